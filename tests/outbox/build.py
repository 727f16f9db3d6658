"""A real programme's people with addresses, their records of every kind, and a worker's run over what is queued."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from rantau.allocation.models import Allocation, Exemption, Place
from rantau.applications.models import Application, Nomination, SchoolClaim
from rantau.departure.models import Clearance, Paper
from rantau.engine import codes
from rantau.ledger.actions import append
from rantau.ledger.models import Entry
from rantau.people.models import Organisation, Person, Recovery
from rantau.programmes.models import Outage, Programme, Shift
from rantau.selection.models import Listing, Objection, Round, Session, Sitting
from tests.selection.build import DAY, World, world


def real(at, chance, *applicants: str) -> World:
    """Return a small programme that is no rehearsal; every applicant has an address of their own."""
    made = world(at, chance, *applicants)
    Programme.objects.update(rehearsal=False)
    made.intake.programme.refresh_from_db()
    for name, application in made.people.items():
        application.person.email = f"{name}@example.com"
        application.person.save()
    DBTaskResult.objects.all().delete()
    return made


def subjects(w: World, application: Application) -> dict[str, str]:
    """Return the ledger subject of one record of each kind, all about the same person."""
    school = Organisation.objects.create(code="s", kind="school", name="SMK Rahasia", npsn="20100001")
    nomination = Nomination.objects.create(
        ref=codes.reference(w.chance),
        intake=w.intake,
        school=school,
        person=application.person,
        invited_by=w.coordinator,
        invited_at=w.at,
        lives_until=w.at + 7 * DAY,
    )
    session = Session.objects.create(
        intake=w.intake,
        code="S-1",
        criteria=["care-test"],
        place="Balai Rahasia",
        starts_at=w.at + DAY,
        seats=9,
        travel="programme",
    )
    sitting = Sitting.objects.create(
        ref=codes.reference(w.chance), session=session, application=application, piece="T-1"
    )
    objection = Objection.objects.create(
        ref=codes.reference(w.chance), application=application, against="mark", text="Rahasia.", lodged_at=w.at
    )
    divided = Allocation.objects.create(ref=codes.reference(w.chance), intake=w.intake, kind="posting", state="open")
    place = Place.objects.create(
        ref=codes.reference(w.chance),
        allocation=divided,
        application=application,
        place="osaka-rahasia",
        answer_by=w.at + 9 * DAY,
    )
    return (
        _further(w, application, divided)
        | leaving(w, application)
        | {
            "application": f"application:{application.ref}",
            "nomination": f"nomination:{nomination.ref}",
            "sitting": f"sitting:{sitting.ref}",
            "objection": f"objection:{objection.ref}",
            "place": f"place:{place.ref}",
        }
    )


def _further(w: World, application: Application, divided: Allocation) -> dict[str, str]:
    """Return the subjects of what comes beside the way to a seat."""
    code = codes.draw("R", w.chance)
    Listing.objects.create(application=application, code=code, salt="s")
    about = {"application": application, "ref": codes.reference(w.chance)}
    claim = SchoolClaim.objects.create(**about, name="SMK Rahasia", place="Rahasia", asked_at=w.at)
    exemption = Exemption.objects.create(**about, allocation=divided, place="osaka-rahasia", asked_at=w.at)
    round_ = Round.objects.create(
        ref=codes.reference(w.chance),
        intake=w.intake,
        kind="provisional",
        state="published",
        rows=[{"code": code}],
        objections_until=w.at + 9 * DAY,
    )
    recovery = Recovery.objects.create(
        ref=codes.reference(w.chance),
        person=application.person,
        scope=w.scope,
        chain=w.intake.chain,
        state="open",
        opened_at=w.at,
        opened_by=w.coordinator,
        lives_until=w.at + DAY,
    )
    return {
        "claim": f"school_claim:{claim.ref}",
        "exemption": f"exemption:{exemption.ref}",
        "round": f"round:{round_.ref}",
        "recovery": f"recovery:{recovery.ref}",
        "shift": f"shift:{_shift(w).ref}",
        "intake": f"intake:{w.intake.ref}",
        "allocation": f"allocation:{divided.ref}",
    }


def _shift(w: World) -> Shift:
    """Return what an outage did: everything that is asked here is asked until the ninth day."""
    outage = Outage.objects.create(
        ref=codes.reference(w.chance),
        event="e",
        programme=w.intake.programme,
        from_at=w.at,
        until_at=w.at,
        what="Rahasia.",
        recorded_at=w.at,
    )
    return Shift.objects.create(
        ref=codes.reference(w.chance), outage=outage, intake=w.intake, at=w.at, to_at=w.at + 9 * DAY
    )


def leaving(w: World, application: Application) -> dict[str, str]:
    """Return the ledger subjects of somebody's way to departure and of one of its documents."""
    way = Clearance.objects.create(
        ref=codes.reference(w.chance), code="D-RAHASIA", application=application, state="preparing", begun_at=w.at
    )
    days = {"due_at": w.at + 9 * DAY, "expires_at": w.at + 9 * DAY}
    paper = Paper.objects.create(
        ref=codes.reference(w.chance), clearance=way, kind="hiv-rahasia", asked_at=w.at, **days
    )
    return {"clearance": f"clearance:{way.ref}", "paper": f"paper:{paper.ref}"}


def entry(w: World, subject: str, action: str = "told") -> Entry:
    """Append one entry about a record."""
    return append(chain=w.intake.chain, actor=w.coordinator.ref, subject=subject, action=action, at=w.at)


def work() -> list[str]:
    """Run what is queued as the worker does; return the status of each job that ran."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="worker",
        excluded_queue_names=[],
    )
    found = []
    for job in DBTaskResult.objects.ready().order_by("enqueued_at"):
        job.claim("worker")
        worker.run_task(job)
        job.refresh_from_db()
        found.append(job.status)
    return found


def forget(person: Person) -> None:
    """Destroy a person, as an invitation does that nobody accepted."""
    person.delete()
