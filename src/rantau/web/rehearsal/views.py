"""The door to the rehearsal: what it is, who is who, being any of them with one click, and its clock."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rantau.applications.actions import nominating
from rantau.departure.actions import deadlines
from rantau.figures import queries as figures
from rantau.people import queries as people
from rantau.programmes import actions

from .forms import ClockForm
from .words import cast

BACKEND = "rantau.people.backends.HandleBackend"


def door(request: HttpRequest) -> HttpResponse:
    """Show what is played, its time, and who is who."""
    played = figures.played(at=request.at)
    candidates, offices = cast(people.demo_people(), {item.programme.code: item.terms.title for item in played})
    page = {
        "played": played,
        "candidates": candidates,
        "offices": offices,
        "rehearsal": True,
    }
    return render(request, "rehearsal/door.html", page)


@require_POST
def enter(request: HttpRequest, ref: str) -> HttpResponse:
    """Sign in as a made-up person, whose own page lists their desks."""
    person = people.demo_person(ref)
    login(request, person, backend=BACKEND)
    messages.success(request, _("You are now signed in as: %(name)s.") % {"name": person.name})
    return redirect("account")


@require_POST
def clock(request: HttpRequest, programme: str) -> HttpResponse:
    """Move a rehearsal's time forward by a day or a week, and take every step that falls due by then."""
    form = ClockForm(request.POST)
    if form.is_valid():
        moved = actions.set_clock(
            programme=request.programme, clock_at=request.at + dt.timedelta(days=form.cleaned_data["days"])
        )
        deadlines.take(programme=moved, at=moved.clock_at)
    return redirect("rehearsal")


@require_POST
def invitation(request: HttpRequest, programme: str) -> HttpResponse:
    """Let a made-up school invite the visitor, where a programme takes only nominated pupils."""
    secret = nominating.invite_visitor(programme=request.programme, at=request.at, chance=request.chance)
    return redirect("invitation", programme, secret)
