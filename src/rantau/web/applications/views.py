"""The start of a registration, its own page, its receipt, and the page where anybody checks a receipt."""

from typing import Any
from urllib.parse import quote

import segno
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rantau.applications import access, queries
from rantau.applications.actions import registration
from rantau.departure import queries as departure
from rantau.engine import codes
from rantau.engine.programme import opening_problems
from rantau.engine.refusal import Refusal
from rantau.programmes import queries as programmes
from rantau.selection import queries as selection
from rantau.web.allocation.cards import cards

from . import results, status
from .answers import notices
from .forms import Check
from .pages import address, asked, context, held, is_own, writable
from .sentences import MISSING, STATES, TASKS

TOLD = ("intake.closed", "nomination.required")
"""Refusals that the start page itself explains."""


def register(request: HttpRequest, programme: str) -> HttpResponse:
    """Say what registering means, and start it."""
    intake = programmes.intake(request.programme)
    if request.method == "POST":
        return _start(request, intake)
    terms = programmes.terms(intake.version if intake else request.programme.version)
    mine = _own(request)
    return render(
        request,
        "applications/register.html",
        {
            "terms": terms,
            "intake": intake,
            "open": bool(intake and intake.state == "open" and intake.opens_at <= request.at <= intake.closes_at),
            "later": bool(intake and intake.state == "planned" and request.at <= intake.closes_at),
            "missing": [MISSING[code] for code in opening_problems(terms, rehearsal=request.programme.rehearsal)],
            "criteria": terms.selection.criteria.value,
            "mine": mine,
            "mine_here": bool(mine and intake and mine.intake_id == intake.pk),
            "by_nomination": terms.nomination.required.value is True,
            "questions": [TASKS[task] for task in TASKS if task != "wishes" or terms.fields_split.value is True],
        },
    )


def _start(request: HttpRequest, intake: Any) -> HttpResponse:
    here = reverse("register", args=[request.programme.code])
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={quote(here)}")
    mine = _own(request)
    if intake is None:
        return redirect(here)
    if mine is None or mine.intake_id != intake.pk:
        try:
            mine = registration.start(intake=intake, person=request.user, at=request.at, chance=request.chance)
        except Refusal as refusal:
            if refusal.code not in TOLD:
                raise
            return redirect(here)
    return redirect(address("application", mine))


def _own(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        return None
    try:
        return access.own(request.user, scope=request.programme.code)
    except ObjectDoesNotExist:
        return None


@login_required
@require_GET
def application(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show what is missing before sending, and afterwards what happened, what is next, by when, whom to ask."""
    mine = held(request, code)
    result = results.own(mine) if is_own(request, mine) else None
    told = status.story(mine, request.at, ranked=result is not None)
    more = {"told": told, "events": status.timeline(mine, told), "notices": notices(mine, told["state"])}
    more["leaving"] = departure.of(mine) is not None
    if told["state"] == "returned":
        more["corrections"] = [{"label": TASKS[task], "url": address("task", mine, task=task)} for task in asked(mine)]
    if told["state"] in ("draft", "guardian", "closed"):
        more |= _before(request, mine)
    elif is_own(request, mine):
        more |= {
            "result": result,
            "calls": results.calls(mine),
            "objection": selection.objection_of(mine),
            "may_object": selection.may_object(mine, at=request.at),
            "object_until": results.object_until(mine),
            "may_withdraw": status.may_withdraw(mine),
            "divisions": cards(request.user, mine, at=request.at),
        }
    return render(request, "applications/application.html", context(request, mine, **more))


def _before(request: HttpRequest, mine: Any) -> dict[str, Any]:
    items = status.task_list(mine, lambda task: address("task", mine, task=task) if writable(mine, request) else "")
    answered = sum(item["tone"] == "good" for item in items)
    return {
        "items": items,
        "answered": answered,
        "complete": answered == len(items),
        "may_withdraw": is_own(request, mine),
        "first": next((item["url"] for item in items if item["tone"] != "good"), ""),
        "count": len(asked(mine)),
    }


@login_required
@require_POST
def guardian_link(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Make a fresh link for a parent or guardian and show it once, ready to be passed on."""
    mine = held(request, code)
    secret = registration.guardian_link(application=mine, person=request.user, at=request.at, chance=request.chance)
    link = request.build_absolute_uri(guardian_address(secret, request.programme.code))
    message = _("Please read this and say whether you agree that I register: %(link)s") % {"link": link}
    return render(
        request,
        "applications/guardian_link.html",
        context(request, mine, link=link, message=message, quoted=quote(message)),
    )


def guardian_address(secret: str, programme: str) -> str:
    """Return the address of the guardian's page, below the programme or beside it."""
    try:
        return reverse("guardian", kwargs={"secret": secret})
    except NoReverseMatch:
        return reverse("guardian", kwargs={"programme": programme, "secret": secret})


@login_required
@require_GET
def receipt(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the receipt: the code, when it was sent, and a picture of the address where anybody checks it."""
    mine = held(request, code)
    if mine.submitted_at is None:
        return redirect(address("application", mine))
    link = request.build_absolute_uri(address("check_code", mine))
    return render(request, "applications/receipt.html", context(request, mine, link=link, picture=picture(link)))


def picture(link: str) -> SafeString:
    """Return a QR code as an SVG that needs no style of its own."""
    drawn = segno.make(link, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, title=link
    )
    return mark_safe(drawn)  # noqa: S308  # drawn here from an address we made


def check_receipt(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask for a code and lead to what it says."""
    form = Check(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["code"]
        return redirect("check_code", programme=programme, code=codes.read(typed) or typed.replace("/", "-"))
    return render(request, "applications/check.html", {"form": form})


@require_GET
def check_code(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show anybody the state and date behind a code, and nothing of the person."""
    try:
        found = queries.public_state(codes.read(code) or "")
        known = found["programme"] == request.programme
    except ObjectDoesNotExist:
        known = False
    if not known:
        form = Check(initial={"code": code})
        return render(request, "applications/check_unknown.html", {"form": form, "typed": code[:40]}, status=404)
    return render(
        request,
        "applications/check_code.html",
        {"code": codes.read(code), "since": found["since"], "label": STATES[found["state"]]},
    )
