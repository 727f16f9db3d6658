"""The coordinator's desk: the journey as a funnel, what is late, what waits, and the one next step; the call."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.allocation import access as allocation
from rantau.allocation.queries import steps
from rantau.applications import queries as applications
from rantau.applications.actions import calling
from rantau.engine import programme as engine
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.people import queries as register
from rantau.programmes import actions, queries
from rantau.programmes.queries import terms
from rantau.selection import queries as selection
from rantau.selection.queries import desks
from rantau.web.verification.answers import frozen_errors

from .forms import PlanForm, posted
from .sentences import BUTTONS, DIRECT, DONE, FUNNEL, LATE, NEXT, OPENING, PENDING, STAGES


def coordinator(request: HttpRequest) -> Any:
    """Return the programme's newest intake, or None before the first is planned, to its coordinator alone.

    :raises Refusal: `role.missing`
    """
    people.require(request.user, Role.COORDINATOR, scope=request.programme.code, at=request.at)
    return queries.intake(request.programme)


def planned(request: HttpRequest) -> Any:
    """Return the newest intake to the coordinator; before the first is planned there is nothing here."""
    found = coordinator(request)
    if found is None:
        raise ObjectDoesNotExist
    return found


@login_required
@require_GET
def desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show where the intake stands and the one step that it needs."""
    intake = coordinator(request)
    step = desks.next_step(intake, at=request.at)
    context = {"intake": intake, "step": _step(step, programme), "journey": _journey(intake, step)}
    if intake is None or intake.state == "planned":
        version = intake.version if intake else request.programme.version
        missing = engine.opening_problems(terms(version), rehearsal=request.programme.rehearsal)
        context["missing"] = [OPENING[code] for code in missing]
        unmet = queries.unmet(request.programme, at=request.at)
        context["unmet"] = [row.title for row in terms(request.programme.version).milestones if row.code in unmet]
    if intake is not None:
        counts = selection.funnel(intake)
        late = desks.late(intake, at=request.at)
        context |= {
            "funnel": [(FUNNEL[key], count) for key, count in counts.items() if count or key == "registered"],
            "late": [(LATE[key], count) for key, count in late.items()],
            "waits": _waits(request, intake),
        }
    return render(request, "selection/desk.html", context)


def _step(step: desks.Next, programme: str) -> dict[str, Any]:
    """Return the next step in words, with its button where a coordinator can do it now."""
    title, text = NEXT[step.code]
    page, direct = BUTTONS.get(step.code), DIRECT.get(step.code)
    label, name = (page or direct or ("", "")) if step.ready else ("", "")
    return {
        "code": step.code,
        "title": title,
        "text": text,
        "by": step.by,
        "ready": step.ready,
        "waiting": [(count, PENDING[key]) for key, count in (step.waiting or {}).items()],
        "label": label,
        "url": reverse(name, args=[programme]) if name else "",
        "direct": direct is not None,
    }


def _journey(intake: Any, step: desks.Next) -> list[dict[str, Any]]:
    """Return the stages as a timeline, with the instants that are known."""
    here = desks.STAGES.index(step.stage)
    known: dict[str, tuple[Any, Any]] = {}
    if intake is not None:
        rounds = {kind: selection.round_of(intake, kind) for kind in ("provisional", "final")}
        known = {
            "registration": (None, intake.closes_at),
            "list": (getattr(rounds["provisional"], "published_at", None), None),
            "objections": (None, getattr(rounds["provisional"], "objections_until", None)),
            "final": (getattr(rounds["final"], "published_at", None), desks.final_due(intake)),
        }
    events = []
    for number, stage in enumerate(desks.STAGES):
        at, until = known.get(stage, (None, None))
        state = "done" if number < here or step.code == "done" else "now" if number == here else "next"
        events.append({"title": STAGES[stage], "state": state, "at": at, "until": None if state == "done" else until})
    return events


def _waits(request: HttpRequest, intake: Any) -> list[dict[str, Any]]:
    """Return what waits for a coordinator beside the next step, with how much of it."""
    scope = request.programme.code
    changes = desks.changes(request.user, intake=intake, at=request.at)
    heard = desks.heard(request.user, intake=intake, at=request.at)
    asked = allocation.exemptions(request.user, scope=scope, at=request.at)
    rows = (
        ("school_claims", _("Schools that somebody could not find"), applications.school_claims(scope=scope).count()),
        (
            "disputes",
            _("Changes of a locked mark to decide"),
            sum(c.mark.state == "disputed" and not c.own for c in changes),
        ),
        ("objections", _("Objections to decide"), sum(h.objection.state == "lodged" and not h.barred for h in heard)),
        ("exemptions", _("Requests for exemption to answer"), asked.filter(state="asked").count()),
        ("allocations", _("Who goes where: divisions with a next step"), steps.waits(intake, at=request.at)),
        ("recovery", _("Lost access to mend"), register.recoveries(scope=scope, at=request.at).count()),
    )
    return [{"name": name, "label": label, "count": count} for name, label, count in rows]


@login_required
@require_http_methods(["GET", "POST"])
def intake_plan(request: HttpRequest, programme: str) -> HttpResponse:
    """Plan an intake by the first and the last day of registration."""
    coordinator(request)
    form = PlanForm(posted(request))
    if not form.is_valid():
        return render(request, "selection/plan.html", {"form": form}, status=422 if form.is_bound else 200)
    actions.plan_intake(
        programme=request.programme, person=request.user, at=request.at, chance=request.chance, **form.instants()
    )
    return redirect("desk", programme=programme)


@login_required
@require_POST
def intake_open(request: HttpRequest, programme: str) -> HttpResponse:
    """Open registration."""
    actions.open_intake(intake=planned(request), person=request.user, at=request.at)
    messages.success(request, DONE["intake_open"])
    return redirect("desk", programme=programme)


@login_required
@require_POST
def intake_close(request: HttpRequest, programme: str) -> HttpResponse:
    """Close registration after its last instant."""
    actions.close_intake(intake=planned(request), person=request.user, at=request.at)
    messages.success(request, DONE["intake_close"])
    return redirect("desk", programme=programme)


@login_required
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, programme: str) -> HttpResponse:
    """Show who would be called, passed over and excluded, everybody by code; then do it."""
    intake = planned(request)
    if request.method == "POST":
        done = calling.call(intake=intake, person=request.user, at=request.at)
        facts = {"called": len(done["call"]), "passed": len(done["pass_over"]), "excluded": len(done["exclude"])}
        messages.success(request, DONE["call"] % facts)
        return redirect("desk", programme=programme)
    plan = applications.calling(intake)
    return render(request, "selection/call.html", {"plan": _plan(plan), **_dates(intake, request.at), "intake": intake})


def _plan(plan: dict[str, list[Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return each group's rows by code, with average and error findings; no name is needed."""
    return {
        group: [
            {
                "code": a.code,
                "average": a.average,
                "findings": frozen_errors(a),
            }
            for a in found
        ]
        for group, found in plan.items()
    }


def _dates(intake: Any, at: dt.datetime) -> dict[str, Any]:
    rules = terms(intake.version)
    days = rules.windows
    return {
        "file_by": queries.deadline(at, days.file_days.value or 0),
        "object_until": queries.deadline(at, days.objection_days.value or 0),
        "places": (rules.seats.value or 0) * (rules.selection.call_ratio.value or 1),
        "seats": rules.seats.value,
        "ratio": rules.selection.call_ratio.value or 1,
    }
