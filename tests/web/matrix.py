"""Four programmes with everything that could leak, every kind of person beside them, and who may know what of whom."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone

from rantau.applications import queries as applications
from rantau.applications.actions import calling, nominating, registration, verification
from rantau.applications.models import Application
from rantau.documents import actions as documents
from rantau.engine import codes
from rantau.engine.chance import Chance, seeded
from rantau.engine.flow import Role
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.ledger.models import Head
from rantau.people import actions as people
from rantau.people.actions import reaching
from rantau.people.models import Organisation, Person
from rantau.programmes import actions as programmes
from rantau.programmes.actions import outages
from rantau.programmes.models import Programme
from rantau.selection.actions import marking
from rantau.selection.models import Mark
from tests.build import ASSUMED, RUSAL, reached
from tests.documents.paper import pdf
from tests.selection import build as selection
from tests.selection import twice

from . import (
    matrix_agreed,
    matrix_asked,
    matrix_coordination,
    matrix_divided,
    matrix_lessons,
)

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
JUDGED, OPEN = "contoh-jepang-peragaan", "rusal-2026-peragaan"
"""The programme whose first result is published, and the one whose registration is open."""

STAFF = {
    "school": Role.SCHOOL,
    "neighbour": Role.SCHOOL,
    "verifier": Role.VERIFIER,
    "other_verifier": Role.VERIFIER,
    "examiner": Role.EXAMINER,
    "colleague": Role.EXAMINER,
    "coordinator": Role.COORDINATOR,
    "second": Role.COORDINATOR,
    "auditor": Role.AUDITOR,
    "inspector": Role.INSPECTOR,
    "host": Role.HOST_MISSION,
    "home": Role.HOME_MISSION,
    "employer": Role.EMPLOYER,
    "protector": Role.PROTECTION,
    "helper": Role.OPERATOR,
}
FORMER = (Role.COORDINATOR, Role.VERIFIER, Role.EXAMINER, Role.AUDITOR, Role.INSPECTOR, Role.OPERATOR, Role.SCHOOL)
SCHOOLS = (
    ("20300001", "SMK Pusparaya", "Prov. Tirtamaya", "Kab. Wanasari"),
    ("20300002", "SMK Gunungjati", "Prov. Langitbiru", "Kota Telagawarna"),
)


class Marker(NamedTuple):
    """Something personal: whose it is, of which class, and the text by which it is found."""

    whose: str
    kind: str
    text: str


@dataclass
class World:
    """Everybody, every record that an address may name, and every text that not everybody may read."""

    at: dt.datetime
    chance: Chance
    staff: dict[str, dict[str, Person]] = field(default_factory=dict)
    people: dict[str, Application] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    markers: list[Marker] = field(default_factory=list)
    stranger: Person | None = None

    def marks(self, whose: str, kind: str, *texts: str) -> None:
        """Note texts of a class that belong to somebody."""
        self.markers += [Marker(whose, kind, text) for text in texts]


def build() -> World:
    """Return the programmes, played through the actions."""
    w = World(at=AT, chance=seeded("matrix"))
    people.ensure_system(at=AT, chance=w.chance)
    rows = [
        {"npsn": n, "name": name, "ownership": "N", "province": province, "regency": regency, "district": "Kec. Satu"}
        for n, name, province, regency in SCHOOLS
    ]
    people.load_schools(rows=rows)
    w.stranger = people.register(at=AT, chance=w.chance, name="Orang Lain", email="lain@example.org", rehearsal=True)
    judged(w)
    opened(w)
    matrix_agreed.negotiated(w, OPEN)
    matrix_divided.told(w, offices)
    upload = {"owner": w.people["owner"].person, "size": 9, "at": timezone.now()}  # it lives by the real clock
    w.refs["upload"] = documents.begin(**upload, chance=w.chance).ref
    matrix_lessons.told(w, offices)
    return w


# --- who works on a programme --------------------------------------------------------------------------------------------
def offices(w: World, scope: str) -> dict[str, Person]:
    """Return a programme's officers, one of them whose roles have ended."""
    places = dict(
        zip(("school", "neighbour"), Organisation.objects.filter(kind="school").order_by("npsn"), strict=True)
    )
    made = {}
    for name, role in STAFF.items():
        made[name] = people.register(at=w.at, chance=w.chance, name=f"Petugas {name}", rehearsal=True)
        people.grant(to=made[name], role=role, scope=scope, at=w.at, person=made[name], organisation=places.get(name))
    made["former"] = people.register(at=w.at, chance=w.chance, name="Petugas lama", rehearsal=True)
    for role in FORMER:
        until = w.at + 12 * HOUR
        where = places["school"] if role == Role.SCHOOL else None
        people.grant(
            to=made["former"],
            role=role,
            scope=scope,
            at=w.at,
            person=made["former"],
            until_at=until,
            organisation=where,
        )
    w.staff[scope] = made
    return made


# --- who registers -------------------------------------------------------------------------------------------------------
NAMES = {
    "owner": "Melati Kusumaningrum",
    "rival": "Satria Prabaswara",
    "objector": "Kirana Wulandewi",
    "filed": "Bagaskara Nugrahadi",
    "returned": "Larasati Puspaningtyas",
    "sampled": "Wirayuda Sembadra",
    "refused": "Nirmala Candrakirana",
    "draft": "Jatmika Sasongko",
    "other": "Rengganis Mayangsari",
    "minor": "Anindita Ratnaduhita",
    "nominee": "Baswara Dwipangga",
}
BORN = {name: dt.date(2005, 1 + number, 21) for number, name in enumerate(NAMES)} | {"minor": dt.date(2009, 3, 21)}
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def candidate(w: World, name: str) -> Person:
    """Return somebody with a phone and an address."""
    number = list(NAMES).index(name)
    phone, email = f"+62812777100{number:02}", f"{name}.surat@example.org"
    w.marks(name, "contact", phone, phone[3:], email)
    called(w, name)
    return people.register(at=w.at, chance=w.chance, name=NAMES[name], phone=phone, email=email, rehearsal=True)


def called(w: World, name: str) -> None:
    """Note both parts of somebody's name."""
    first, last = NAMES[name].split()
    w.marks(name, "first", first)
    w.marks(name, "name", last)


def numbers(w: World, name: str) -> dict[str, Any]:
    """Return somebody's identity as they answer it."""
    number, born = list(NAMES).index(name), BORN[name]
    nik, nisn = f"320501{born:%d%m%y}77{number:02}", f"{born.year % 1000:03}88770{number:02}"
    w.marks(name, "number", nik, nisn)
    spoken = f"{born.day} {MONTHS[born.month - 1]} {born.year}"
    w.marks(name, "birth", spoken, *(f"{born:{form}}" for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y")))
    return {"name": NAMES[name], "nik": nik, "nisn": nisn, "birth_on": born}


def in_sample(name: str) -> Chance:
    """Return a chance whose first reference falls into the sample that a second officer checks."""
    for number in range(1000):
        if int(applications.digest(codes.reference(seeded(f"{name} {number}")))[:8], 16) % applications.SAMPLE == 0:
            return seeded(f"{name} {number}")
    raise LookupError(name)


def registered(w: World, intake: Any, name: str, *, npsn: str, helper: Person | None) -> Application:
    """Return a registration with every answer but the school, begun by an officer where there is one."""
    owner = candidate(w, name)
    hand = helper or owner
    sampled = name in ("filed", "returned", "sampled")
    begun = registration.start(
        intake=intake, person=hand, owner=owner, at=w.at, chance=in_sample(name) if sampled else w.chance
    )
    school = Organisation.objects.get(npsn=npsn)
    answers = numbers(w, name) | {"graduated": 2026, "average": 8125, "school": school}
    answers |= {"province": school.province, "regency": school.regency}
    registration.keep(application=begun, person=hand, at=w.at, chance=w.chance, **answers)
    w.people[name] = begun
    w.marks(name, "code", begun.code)
    w.marks(name, "place", school.name, school.province.removeprefix("Prov. "), school.regency.split()[-1])
    return begun


# --- the programme whose first result is published -----------------------------------------------------------------------
def judged(w: World) -> None:
    """Play the invented programme to its published first result, and what follows it."""
    system = people.ensure_system(at=w.at, chance=w.chance)
    programme = programmes.store(text=twice.programme(), person=system, at=w.at, clock_at=w.at)
    staff = offices(w, programme.code)
    boss = staff["coordinator"]
    intake = programmes.plan_intake(
        programme=programme, opens_at=w.at, closes_at=w.at + DAY, person=boss, at=w.at, chance=w.chance
    )
    programmes.open_intake(intake=intake, person=boss, at=w.at)
    Head.objects.update(quiet=False)
    for name in ("owner", "rival", "objector", "filed", "returned", "sampled", "refused"):
        _sent(w, intake, name)
    _reached(w, "owner")
    story = selection.World(intake=intake, at=w.at, chance=w.chance, staff=staff)
    story.later(2 * DAY)
    programmes.close_intake(intake=intake, person=boss, at=story.at)
    calling.call(intake=intake, person=boss, at=story.at)
    for application in w.people.values():
        _handed_in(w, story, application)
    story.people = {name: a for name, a in w.people.items() if name != "refused"}
    sittings = twice.judged(story, "examiner", "colleague", **dict.fromkeys(story.people, (8000, 8000)))
    w.refs |= {"session": sittings["owner"].session.code, "piece": sittings["owner"].piece}
    selection.provisional(story)
    _after_the_list(w, story)
    w.at = story.at


def _reached(w: World, name: str) -> None:
    """Let somebody add a contact that is not confirmed yet."""
    typed = f"kontak.{name}@example.org"
    added = reaching.add_contact(person=w.people[name].person, channel="email", typed=typed, at=w.at, chance=w.chance)
    w.refs["contact"] = added.ref
    w.marks(name, "contact", typed)


def _sent(w: World, intake: Any, name: str) -> None:
    helper = None if name == "rival" else w.staff[JUDGED]["helper"]
    npsn = SCHOOLS[name == "rival"][0]
    sent = registered(w, intake, name, npsn=npsn, helper=helper)
    hand = helper or sent.person
    registration.keep(application=sent, person=hand, at=w.at, chance=w.chance, major="nursing-assistance")
    registration.submit(application=sent, person=hand, consents={"selection": "digest"}, at=w.at)


def _handed_in(w: World, story: selection.World, application: Application) -> None:
    """Hand the documents in and let an officer decide them."""
    application.refresh_from_db()
    who = {"person": application.person, "at": story.at}
    for kind in REQUIRED_DOCUMENTS:
        registration.attach(application=application, kind=kind, data=pdf(), chance=w.chance, **who)
    registration.file(application=application, **who)
    refused = application == w.people["refused"]
    officer = story.staff["verifier" if refused else "other_verifier"]
    verification.claim(person=officer, scope=story.scope, at=story.at, application=application)
    note = "Catatan penolakan rahasia" if refused else ""
    reason, verdict = ("other_major", "refuse") if refused else ("", "verify")
    verification.decide(application=application, person=officer, verdict=verdict, reason=reason, note=note, at=story.at)
    if refused:
        w.marks("refused", "words", note)


def _after_the_list(w: World, story: selection.World) -> None:
    """Object, propose a changed mark, open two files again, lose access, be asked for a favour."""
    at, staff = story.at, story.staff
    objection = selection.objected(story, "objector")
    w.marks("objector", "words", objection.text)
    w.refs["objection"] = objection.ref
    given = Mark.objects.filter(examiner=staff["examiner"], criterion="care_test")
    mark = given.get(application=w.people["owner"])
    reason = "Alasan perubahan rahasia"
    marking.dispute(mark=mark, proposed=8100, reason=reason, person=staff["second"], at=at)
    w.marks("owner", "reason", reason)
    w.refs["disputed"] = mark.ref
    w.refs["locked"] = given.get(application=w.people["rival"]).ref
    note = "Catatan pengembalian rahasia"
    for name in ("filed", "returned"):
        application = w.people[name]
        application.refresh_from_db()
        verification.check_sample(application=application, person=staff["verifier"], agrees=False, at=at)
        verification.claim(person=staff["verifier"], scope=story.scope, at=at, application=application)
    verification.decide(
        application=application, person=staff["verifier"], verdict="return", reason="unreadable", note=note, at=at
    )
    w.marks("returned", "words", note)
    lost = people.open_recovery(
        of=w.people["objector"].person,
        scope=story.scope,
        chain=story.programme.chain,
        person=staff["second"],
        at=at,
        chance=w.chance,
    )
    w.refs["recovery"] = lost.ref
    said = "Titipan rahasia dari seseorang"
    verification.record_favour(intake=story.intake, person=staff["verifier"], kind="call", note=said, at=at)
    w.marks("verifier", "favour", said)


# --- the programme whose registration is open ----------------------------------------------------------------------------
def opened(w: World) -> None:
    """Open the real programme's rehearsal: somebody answers, somebody waits for a guardian, somebody is invited."""
    system = people.ensure_system(at=w.at, chance=w.chance)
    programme = programmes.store(
        text=RUSAL.read_text(), assumptions=ASSUMED.read_text(), person=system, at=w.at, clock_at=w.at
    )
    staff = offices(w, programme.code)
    programme.clock_at = w.at = w.at + DAY
    programme.save()
    intake = programmes.plan_intake(
        programme=programme, opens_at=w.at, closes_at=w.at + 14 * DAY, person=system, at=w.at, chance=w.chance
    )
    reached(at=w.at, chance=w.chance, programme=programme)
    programmes.open_intake(intake=intake, person=staff["coordinator"], at=w.at)
    Head.objects.update(quiet=False)
    for name in ("draft", "other"):
        begun = registered(w, intake, name, npsn=SCHOOLS[name == "other"][0], helper=staff["helper"])
        registration.keep(
            application=begun,
            person=staff["helper"],
            at=w.at,
            chance=w.chance,
            major="welding",
            wishes=["construction", "power"],
        )
    _asks_for_a_school(w, staff["helper"])
    _waits_for_a_guardian(w, intake)
    _is_invited(w, intake, staff["school"])
    w.refs["proposal"], told = matrix_asked.proposed(programme, staff, at=w.at, chance=w.chance)
    w.marks("rusal", "proposal", *told)
    refs, note = matrix_coordination.played(programme, staff, at=w.at, chance=w.chance)
    w.refs |= refs
    _was_down(w, programme, staff["helper"])
    w.marks("rusal", "minutes", *matrix_coordination.MINUTES)
    w.marks("rusal", "interest", note)


def _was_down(w: World, programme: Programme, helper: Person) -> None:
    """Record an outage that nobody has confirmed: what is said of it is not public yet."""
    said = "Kabel putus yang rahasia"
    span = {"from_at": w.at - 2 * HOUR, "until_at": w.at - HOUR, "what": said}
    [made] = outages.record(programme=programme, person=helper, at=w.at, chance=w.chance, **span)
    w.refs["outage"] = made.ref
    w.marks("rusal", "outage", said)


def _asks_for_a_school(w: World, helper: Person) -> None:
    name, place = "SMK Kembangarum", "Desa Cahyamulya"
    claim = registration.claim_school(
        application=w.people["draft"], person=helper, name=name, place=place, npsn="", at=w.at, chance=w.chance
    )
    w.marks("draft", "words", name, place)
    w.refs["claim"] = claim.ref


def _waits_for_a_guardian(w: World, intake: Any) -> None:
    owner = candidate(w, "minor")
    begun = registration.start(intake=intake, person=owner, at=w.at, chance=w.chance)
    answers = numbers(w, "minor")
    registration.keep(application=begun, person=owner, at=w.at, chance=w.chance, birth_on=answers["birth_on"])
    w.refs["guardian"] = registration.guardian_link(application=begun, person=owner, at=w.at, chance=w.chance)
    w.people["minor"] = begun
    w.marks("minor", "code", begun.code)


def _is_invited(w: World, intake: Any, head: Person) -> None:
    number = list(NAMES).index("nominee")
    nisn, contact = f"00688770{number:02}", "+6281277710099"
    nomination, w.refs["invitation"] = nominating.invite(
        intake=intake,
        school=Organisation.objects.get(npsn=SCHOOLS[0][0]),
        person=head,
        name=NAMES["nominee"],
        nisn=nisn,
        contact=contact,
        at=w.at,
        chance=w.chance,
    )
    w.refs["nomination"] = nomination.ref
    called(w, "nominee")
    w.marks("nominee", "number", nisn)
    w.marks("nominee", "contact", contact, contact[3:])
