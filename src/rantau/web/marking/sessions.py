"""Test sessions for their coordinators and examiners: plan, call, who came with one tap each, a second date, paper."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.selection import access, queries
from rantau.selection.actions import sessions as actions
from rantau.selection.queries import examiners as panel
from rantau.web.selection.desk import planned
from rantau.web.selection.forms import posted

from .forms import TRAVEL, SessionForm


def _coordinates(request: HttpRequest) -> bool:
    held = people.roles(request.user, scope=request.programme.code, at=request.at)
    return Role.COORDINATOR in held


@login_required
@require_GET
def sessions(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the sessions in the order of time: what is tested, where, how many seats are taken, how many came."""
    found = list(access.sessions(request.user, scope=programme, at=request.at))
    sat = access.sittings(request.user, scope=programme, at=request.at).order_by()
    counted: dict[int, Counter[str]] = {s.pk: Counter() for s in found}
    for session, state in sat.values_list("session", "state"):
        counted[session][state] += 1
    intake = programmes.intake(request.programme)
    titles = {c.code: c.title for c in queries.criteria(intake)} if intake else {}
    context = {
        "rows": [_session(s, counted[s.pk], titles) for s in found],
        "coordinates": _coordinates(request),
        "intake": intake,
        "uncalled": queries.pending(intake).get("uncalled", 0) if intake else 0,
    }
    return render(request, "marking/sessions.html", context)


def _session(session: Any, states: Counter[str], titles: dict[str, Any]) -> dict[str, Any]:
    taken = sum(states.values())
    return {
        "session": session,
        "tests": [titles[code] for code in session.criteria if code in titles],
        "taken": taken,
        "free": max(session.seats - taken, 0),
        "open": states["assigned"],
        "attended": states["attended"],
        "missed": states["missed"],
        "travel": dict(TRAVEL)[session.travel],
    }


@login_required
@require_http_methods(["GET", "POST"])
def session_plan(request: HttpRequest, programme: str) -> HttpResponse:
    """Plan a session."""
    intake = planned(request)
    form = SessionForm(posted(request), criteria=queries.criteria(intake))
    if not form.is_valid():
        return render(request, "marking/plan.html", {"form": form}, status=422 if form.is_bound else 200)
    made = actions.plan(intake=intake, person=request.user, at=request.at, chance=request.chance, **form.planned())
    return redirect("attendance", programme=programme, code=made.code)


@login_required
@require_POST
def session_assign(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Call verified people to the session while seats last."""
    session = access.sessions(request.user, scope=programme, at=request.at).get(code=code)
    called = actions.assign(session=session, person=request.user, at=request.at, chance=request.chance)
    words = ngettext("%(number)s person is called.", "%(number)s people are called.", len(called))
    messages.success(request, words % {"number": len(called)})
    return redirect("attendance", programme=programme, code=code)


def _sheet(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return a session's sittings: with names for coordinators, who look at the card; without for examiners."""
    scope = request.programme.code
    session = access.sessions(request.user, scope=scope, at=request.at).get(code=code)
    sat = list(
        access.sittings(request.user, scope=scope, at=request.at)
        .filter(session=session)
        .select_related("session__intake__programme", "application__person")
    )
    titles = {c.code: c.title for c in queries.criteria(session.intake)}
    return {
        "session": session,
        "tests": [titles[c] for c in session.criteria if c in titles],
        "sittings": sat,
        "open": [s for s in sat if s.state == "assigned"],
        "missed": [s for s in sat if s.state == "missed"],
        "begun": request.at > session.starts_at,
        "free": max(session.seats - session.sittings.count(), 0),
        "coordinates": _coordinates(request),
        "travel": dict(TRAVEL)[session.travel],
        "twice": panel.tests(session),
    }


@login_required
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show who is called to a session, and record who came, one tap each or everybody left at once."""
    sheet = _sheet(request, code)
    if request.method == "POST":
        _record(request, sheet)
        return redirect("attendance", programme=programme, code=code)
    session = sheet["session"]
    if sheet["coordinates"] and sheet["missed"]:
        ahead = access.sessions(request.user, scope=programme, at=request.at).filter(starts_at__gt=request.at)
        sheet["second"] = [s for s in ahead if set(s.criteria) == set(session.criteria) and s.pk != session.pk]
    return render(request, "marking/attendance.html", sheet)


def _record(request: HttpRequest, sheet: dict[str, Any]) -> None:
    """Do what the pressed button says: present or absent for one, present for all left, a second date for one."""
    by_piece = {s.piece: s for s in sheet["sittings"]}
    given = request.POST
    who = {"person": request.user, "at": request.at}
    if "all" in given:
        actions.record(sittings=sheet["open"], came=True, **who)
        words = ngettext(
            "%(number)s person is recorded as present.",
            "%(number)s people are recorded as present.",
            len(sheet["open"]),
        )
        messages.success(request, words % {"number": len(sheet["open"])})
    elif given.get("came") in by_piece:
        actions.record(sittings=[by_piece[given["came"]]], came=True, **who)
    elif given.get("missed") in by_piece:
        actions.record(sittings=[by_piece[given["missed"]]], came=False, **who)
    elif given.get("second") in by_piece:
        session = access.sessions(request.user, scope=request.programme.code, at=request.at).get(
            code=given.get("session")
        )
        actions.second_date(sitting=by_piece[given["second"]], session=session, **who)
        messages.success(request, _("%(piece)s has a second date.") % {"piece": given["second"]})


@login_required
@require_GET
def attendance_print(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the attendance sheet as paper: a line to sign for each person."""
    return render(request, "marking/attendance_print.html", _sheet(request, code))
