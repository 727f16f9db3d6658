"""The school's desk: quota and deadline, own pupils with what is missing, invitations one by one or by sheet."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.applications import access, queries
from rantau.applications.actions import nominating
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.rules import rule
from rantau.people import access as people
from rantau.programmes.queries import day, intake, terms
from rantau.web import tables
from rantau.web.sentences import refusal_sentence
from rantau.web.verification.sentences import ENDED, MISSING, school_state

from . import sheets
from .forms import InviteForm

FIELDS = {"nomination.exists": "nisn", "contact.full": "contact"}
"""The field of the form that a refusal speaks of."""


@login_required
@require_http_methods(["GET", "POST"])
def nominations(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the school's desk; invite one pupil."""
    desk = _desk(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = nominating.invite(
                intake=desk["intake"],
                school=desk["school"],
                person=request.user,
                at=request.at,
                chance=request.chance,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            field = FIELDS.get(refusal.code)
            form.add_error(field, refusal_sentence(refusal))
            return _page(request, desk, form, status=409)
        return _invited(request, desk, tables.Outcome(done=[made]))
    return _page(request, desk, form, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def nominations_in(request: HttpRequest, programme: str) -> HttpResponse:
    """Invite every pupil of a sheet whose row is right, and name the rows that are not."""
    desk = _desk(request)
    if request.method == "GET":
        return redirect(_address(programme, desk["school"]))
    form = tables.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, desk, InviteForm(), sheet=form, status=422)
    try:
        outcome = sheets.invite_all(
            form.cleaned_data["sheet"],
            intake=desk["intake"],
            school=desk["school"],
            person=request.user,
            at=request.at,
            chance=request.chance,
        )
    except Refusal as refusal:
        form.add_error("sheet", refusal_sentence(refusal))
        return _page(request, desk, InviteForm(), sheet=form, status=409)
    return _invited(request, desk, outcome)


@login_required
@require_GET
def nominations_template(request: HttpRequest, programme: str) -> HttpResponse:
    """Give the empty sheet."""
    people.require(request.user, Role.SCHOOL, scope=programme, at=request.at)
    return tables.download(sheets.template(), "undangan")


@login_required
@require_POST
def nomination_cancel(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Take an unanswered invitation back."""
    nomination = access.nominations(request.user, scope=programme, at=request.at).get(ref=ref)
    nominating.cancel(nomination=nomination, person=request.user, at=request.at)
    messages.success(request, _("The invitation is taken back, and what you wrote about the pupil is destroyed."))
    return redirect(_address(programme, nomination.school))


def _desk(request: HttpRequest) -> dict[str, Any]:
    """Return the intake and the school that the person works for now, of all that are theirs.

    A school that is not theirs is not there.
    """
    programme = request.programme
    people.require(request.user, Role.SCHOOL, scope=programme.code, at=request.at)
    schools = people.organisations(request.user, Role.SCHOOL, scope=programme.code, at=request.at)
    wanted = request.GET.get("npsn") or (schools[0].npsn if schools else None)
    found = [school for school in schools if school.npsn == wanted]
    running = intake(programme)
    if not found or running is None:
        raise ObjectDoesNotExist
    return {"intake": running, "schools": schools, "school": found[0]}


def _address(programme: str, school: Any) -> str:
    return f"{reverse('nominations', args=[programme])}?npsn={school.npsn}"


def _page(
    request: HttpRequest, desk: dict[str, Any], form: InviteForm, *, sheet: Any = None, status: int = 200
) -> HttpResponse:
    running, school = desk["intake"], desk["school"]
    ended = queries.ended_nominations(intake=running, school=school)
    context = {
        **desk,
        "terms": terms(running.version),
        "form": form,
        "sheet": sheet or tables.SheetForm(),
        "left": queries.quota_left(running, school),
        "open": running.state == "open" and running.opens_at <= request.at <= running.closes_at,
        "age": rule("departure_age", day(request.at)),
        "pupils": [_pupil(row, request) for row in queries.pupils(intake=running, school=school)],
        "ended": [(ENDED[state], number) for state, number in sorted(ended.items())],
    }
    return render(request, "nominations/desk.html", context, status=status)


def _pupil(row: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Return what a school reads about one pupil."""
    nomination, application = row["nomination"], row["application"]
    waiting = application is None
    lapsed = waiting and request.at > nomination.lives_until
    words, tone = school_state(row, lapsed=lapsed)
    asked = application is not None and application.state in ("called", "returned")
    until = nomination.lives_until if waiting else application.file_by if asked else None
    return {
        "name": row["person"].name or _("no name yet"),
        "contact": (row["person"].phone or row["person"].email) if waiting else "",
        "invited_at": nomination.invited_at if nomination else None,
        "words": words,
        "tone": tone,
        "missing": [MISSING[name] for name in row["missing"]],
        "until": until,
        "cancel": nomination.ref if waiting else "",
    }


def _invited(request: HttpRequest, desk: dict[str, Any], outcome: tables.Outcome) -> HttpResponse:
    """Show the links of fresh invitations: once, because their secrets are kept nowhere."""
    made = [_invitation(request, nomination, secret) for nomination, secret in outcome.done]
    context = {**desk, "made": made, "outcome": outcome, "back": _address(request.programme.code, desk["school"])}
    return render(request, "nominations/invited.html", context)


def _invitation(request: HttpRequest, nomination: Any, secret: str) -> dict[str, Any]:
    with translation.override("id"):  # the pupil's page begins in Indonesian, whatever the officer reads
        path = reverse("invitation", args=[request.programme.code, secret])
    address = request.build_absolute_uri(path)
    drawn = segno.make(address, error="m", micro=False).svg_data_uri(scale=3, border=2)
    return {"nomination": nomination, "address": address, "drawn": drawn}
