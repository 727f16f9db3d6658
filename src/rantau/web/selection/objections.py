"""The objection desk: oldest first, who may not decide is told so, and a decision with its reason."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.selection import queries
from rantau.selection.actions import objections as actions
from rantau.selection.queries import desks
from rantau.web.verification.answers import frozen_errors
from rantau.web.verification.sentences import REFUSE

from .forms import ObjectionForm, posted
from .sentences import AGAINST, DONE


def _intake(request: HttpRequest) -> Any:
    people.require(request.user, Role.VERIFIER, Role.COORDINATOR, scope=request.programme.code, at=request.at)
    found = programmes.intake(request.programme)
    if found is None:
        raise ObjectDoesNotExist
    return found


@login_required
@require_GET
def objections(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the objections, undecided and oldest first, with the window and what is not this officer's to decide."""
    intake = _intake(request)
    titles = {c.code: c.title for c in queries.criteria(intake)}
    heard = desks.heard(request.user, intake=intake, at=request.at)
    rows = [_row(h, titles) for h in heard]
    context = {
        "open": [row for row in rows if row["objection"].state == "lodged"],
        "decided": [row for row in rows if row["objection"].state != "lodged"],
        "round": queries.round_of(intake, "provisional"),
        "due": desks.final_due(intake),
        "coordinates": Role.COORDINATOR in people.roles(request.user, scope=programme, at=request.at),
    }
    return render(request, "selection/objections.html", context)


def _row(heard: desks.Heard, titles: dict[str, Any]) -> dict[str, Any]:
    objection = heard.objection
    return {
        "objection": objection,
        "barred": heard.barred,
        "marks": heard.marks,
        "against": AGAINST[objection.against],
        "title": titles.get(objection.criterion),
    }


@login_required
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Show one objection with what it is about, and decide it."""
    intake = _intake(request)
    heard = desks.heard(request.user, intake=intake, at=request.at)
    found = next((h for h in heard if h.objection.ref == ref), None)
    if found is None:
        raise ObjectDoesNotExist
    rules = {c.code: c for c in queries.criteria(intake)}
    rule = rules.get(found.objection.criterion)
    step = 100 if rule and rule.kind == "interview" else 1
    form = ObjectionForm(posted(request), marks=found.marks, maximum=rule.maximum if rule else 0, step=step)
    if not form.is_valid():
        application = found.objection.application
        context = {
            **_row(found, {code: c.title for code, c in rules.items()}),
            "form": form,
            "maximum": rule.maximum if rule else 0,
            "reason": REFUSE.get(application.reason),
            "findings": frozen_errors(application),
        }
        return render(request, "selection/objection.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    actions.decide(
        objection=found.objection,
        upheld=given["upheld"],
        answer=given["answer"],
        person=request.user,
        at=request.at,
        **form.correction(),
    )
    messages.success(request, DONE["uphold" if given["upheld"] else "reject"])
    return redirect("objections", programme=programme)
