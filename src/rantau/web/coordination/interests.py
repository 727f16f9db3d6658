"""Declarations of interest: one's own, and the list of who declared what and who has not, for inspector and auditors."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from rantau.coordination import access, queries
from rantau.coordination.actions import interests as actions
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.people import queries as register
from rantau.programmes.queries import intake
from rantau.selection.actions import examining
from rantau.web.people.words import ROLES
from rantau.web.sentences import refusal_sentence

from .declaring import InterestForm
from .sentences import INTERESTS, SHORT
from .words import offices, rooms


@sensitive_post_parameters("note")
@login_required
@require_http_methods(["GET", "POST"])
def interest(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what a person declared, and take a declaration."""
    access.declarer(request.user, request.programme, at=request.at)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _own(request, form, status=422 if form.errors else 200)
    try:
        _declare(request, form.cleaned_data)
    except ObjectDoesNotExist:
        form.add_error("npsn", _("No school has this number. Check the 8 digits."))
        return _own(request, form, status=422)
    except Refusal as refusal:
        form.add_error({"interest.school": "npsn"}.get(refusal.code), refusal_sentence(refusal))
        return _own(request, form, status=409)
    messages.success(request, _("Declared for a year. Thank you."))
    return redirect("interest", programme=programme)


def _declare(request: HttpRequest, given: dict[str, Any]) -> None:
    """Declare, and pass on what one was to judge of that school."""
    npsn, running = given.pop("npsn"), intake(request.programme)
    school = register.school(npsn) if npsn else None
    who = {"programme": request.programme, "person": request.user, "at": request.at, "chance": request.chance}
    actions.declare(**who, school=school, **given)
    if school is not None and running is not None:
        examining.step_aside(intake=running, examiner=request.user, at=request.at)


def _own(request: HttpRequest, form: InterestForm, *, status: int) -> HttpResponse:
    own = queries.interests.own(request.user, request.programme)
    running = queries.interests.in_force(own, at=request.at)
    context = {
        "form": form,
        "running": [_row(one) for one in running],
        "over": [_row(one) for one in own if one not in running and one.superseded_by_id is None],
        "rooms": rooms(request, "interest"),
    }
    return render(request, "coordination/interest.html", context, status=status)


def _row(one: Any) -> dict[str, Any]:
    return {"declaration": one, "words": INTERESTS[one.kind], "short": SHORT[one.kind], "sealed": one.note is not None}


@login_required
@require_GET
def interests(request: HttpRequest, programme: str) -> HttpResponse:
    """List everybody who is asked: who has not declared yet first, then who declared something."""
    names = offices(request.programme)
    found = queries.interests.everybody(request.user, request.programme, at=request.at)
    rows = [
        {
            "person": one.person,
            "roles": [*(ROLES[role] for role in one.roles), *(names.get(code, code) for code in one.offices)],
            "declarations": [_row(declaration) for declaration in one.declarations],
            "nothing": all(declaration.kind == "none" for declaration in one.declarations),
        }
        for one in found
    ]
    context = {
        "rows": rows,
        "missing": sum(not row["declarations"] for row in rows),
        "some": sum(not row["nothing"] for row in rows),
        "opens": Role.INSPECTOR in people.roles(request.user, scope=programme, at=request.at),
        "rooms": rooms(request, "interests"),
    }
    return render(request, "coordination/interests.html", context)


@login_required
@require_GET
def interest_note(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Open the note of a declaration, for the inspector and nobody else."""
    found = access.declaration(request.user, request.programme, ref, at=request.at)
    context = {"row": _row(found), "note": queries.interests.note(found), "rooms": rooms(request, "interests")}
    return render(request, "coordination/interest_note.html", context)
