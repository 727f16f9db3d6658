"""The pages of milestones: what waits for what and how late it is, what a slip would do, and an officer's record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.figures import queries as figures
from rantau.people import access as people
from rantau.programmes import actions
from rantau.programmes import queries as programmes
from rantau.web.selection.forms import posted
from rantau.web.sentences import refusal_sentence
from rantau.web.ui import values

from .drawing import bar, days_of, move, percent, scale
from .forms import ReachedForm, SlipForm
from .sentences import DONE

RECORDS = (Role.COORDINATOR, Role.MINISTRY)
"""Who records what only an officer's word shows."""
TWO_MONTHS = 60


@require_GET
def milestones(request: HttpRequest, programme: str) -> HttpResponse:
    """Show every milestone, drawn and in words; with `tonggak` and `geser` also what that slip would do."""
    found = figures.milestones(request.programme, at=request.at)
    open_ = {step.milestone.code: values.text(step.milestone.title)[0] for step in found.steps if not step.reached}
    form = SlipForm(request.GET if "tonggak" in request.GET else None, titles=open_)
    held = people.roles(request.user, scope=programme, at=request.at)
    context = {
        "found": found,
        "terms": found.terms,
        "opens": _by(found, "intake"),
        "departs": _by(found, "departure"),
        "unmet": [step for step in found.steps if step.milestone.code in found.unmet],
        "form": form if open_ else None,
        "example": _example(found),
        "two_months": TWO_MONTHS,
        "records": bool(held & set(RECORDS)),
        **(_drawn(found) if found.steps else {}),
    }
    if form.is_bound and form.is_valid():
        context |= _slipped(found, form.cleaned_data["tonggak"], form.cleaned_data["geser"])
    return render(request, "coordination/milestones.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def milestone_record(request: HttpRequest, programme: str, milestone: str) -> HttpResponse:
    """Ask on which day a milestone was reached and what shows it; or show what was recorded, for a second officer."""
    people.require(request.user, *RECORDS, scope=programme, at=request.at)
    found = figures.milestones(request.programme, at=request.at)
    step = next((one for one in found.steps if one.milestone.code == milestone and one.milestone.by == "hand"), None)
    if step is None:
        raise ObjectDoesNotExist(milestone)
    form = ReachedForm(posted(request))
    if form.is_valid() and _recorded(request, found, milestone, form):
        messages.success(request, DONE["reach"])
        return redirect("milestones", programme=programme)
    before = [one for one in found.steps if one.milestone.code in step.milestone.after]
    own = step.evidence is not None and step.evidence.recorded_by == request.user.ref
    context = {"step": step, "before": before, "form": form, "own": own, "terms": found.terms}
    return render(request, "coordination/record.html", context, status=422 if form.is_bound else 200)


def _recorded(request: HttpRequest, found: Any, milestone: str, form: ReachedForm) -> bool:
    """Record it, or say in the form why that day is not possible."""
    try:
        actions.reach(
            programme=request.programme,
            milestone=milestone,
            on=form.cleaned_data["on"],
            person=request.user,
            at=request.at,
            chance=request.chance,
            shown={step.milestone.code: step.reached for step in found.steps if step.reached},
            **form.evidence(),
        )
    except Refusal as refusal:
        if refusal.code not in ("milestone.future", "milestone.before"):
            raise
        form.add_error("on", refusal_sentence(refusal, programme=request.programme))
        return False
    return True


@login_required
@require_POST
def milestone_withdraw(request: HttpRequest, programme: str, milestone: str) -> HttpResponse:
    """Withdraw what was recorded wrongly."""
    people.require(request.user, *RECORDS, scope=programme, at=request.at)
    reached = programmes.standing(request.programme).get(milestone=milestone)
    actions.withdraw(reached=reached, person=request.user, at=request.at)
    messages.success(request, DONE["withdraw"])
    return redirect("milestones", programme=programme)


def _by(found: Any, by: str) -> Any:
    """Return the milestone that an intake or a departure shows, or None."""
    return next((step for step in found.steps if step.milestone.by == by), None)


def _example(found: Any) -> Any:
    """Return the milestone of the ready example: the memorandum while it is not reached, else the first that is not."""
    open_ = [step for step in found.steps if not step.reached]
    return next((step for step in open_ if step.milestone.agreement == "mou"), open_[0] if open_ else None)


def _drawn(found: Any) -> dict[str, Any]:
    """Return the rows of the drawing and of the table, on one scale."""
    rows = [step.row for step in found.steps]
    on = scale(days_of(found.nodes, rows, found.on))
    titles = {step.milestone.code: step.milestone.title for step in found.steps}
    return {
        "scale": on,
        "today": percent(on.x(found.on)),
        "today_anchor": "end" if on.x(found.on) > 70 else "start" if on.x(found.on) < 15 else "middle",
        "rows": [
            {
                "step": step,
                "bar": bar(node, step.row, on, critical=step.row.critical and found.plan.complete),
                "critical": step.row.critical and found.plan.complete,
                "held_by": titles.get(step.row.binding),
                "short": -step.row.slack if step.row.slack is not None and step.row.slack < 0 else 0,
                "sure": step.row.exact and step.row.latest_exact,
            }
            for node, step in zip(found.nodes, found.steps, strict=True)
        ],
        "path": [titles[code] for code in found.path],
    }


def _slipped(found: Any, code: str, days: int) -> dict[str, Any]:
    """Return what a slip does, in rows that are drawn and said."""
    done = figures.slipped(found, code, days)
    steps = {step.milestone.code: step for step in found.steps}
    moved = [one for one in done.slip.moved if one.days]
    on = scale([found.on, *(day for one in moved for day in (one.before, one.after))])
    phases = {phase.code: phase.title for phase in found.terms.phases}
    return {
        "slip": {
            "step": steps[code],
            "days": days,
            "slack": steps[code].row.slack,
            "scale": on,
            "today": percent(on.x(found.on)),
            "moved": [
                {
                    "step": steps[one.code],
                    "move": one,
                    "drawn": move(one.before, one.after, on),
                    "exact": done.slip.after.row(one.code).exact,
                }
                for one in moved
            ],
            "path": [steps[one].milestone.title for one in done.path],
            "missed": [steps[one] for one in done.slip.missed],
            "later": [
                steps[one.code] for one in moved if steps[one.code].row.late and one.code not in done.slip.missed
            ],
            "stretches": [
                {"title": phases[old.code], "before": old, "after": new}
                for old, new in done.stretches
                if old.first != new.first
            ],
        }
    }
