"""A participant's own lessons: what comes, what was, hours done; and the same as a file for calendars."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from rantau.coordination.calendar import Event, calendar
from rantau.departure import access
from rantau.departure.queries import lessons as queries

from . import cards
from .sentences import MARKS, topics

ALARM = dt.timedelta(hours=12)
"""How long before a lesson a calendar reminds of it."""


@login_required
@require_GET
def lessons(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show somebody their lessons: the next ones, those before with how they were marked, and the hours."""
    clearance = access.own(request.user, code, scope=programme)
    named, marks = topics(request.programme), queries.own_marks(clearance)
    rows = [_row(one, named, marks.get(one.pk)) for one in queries.own(clearance)]
    context = {
        "card": cards.own(clearance, person=request.user, at=request.at),
        "application": clearance.application,
        "ahead": [row for row in rows if row["lesson"].ends_at > request.at],
        "before": [row for row in reversed(rows) if row["lesson"].ends_at <= request.at],
    }
    return render(request, "lessons/own.html", context)


def _row(lesson: Any, named: dict[str, str], presence: Any) -> dict[str, Any]:
    mark = MARKS[presence.mark] if presence else ""
    return {
        "lesson": lesson,
        "title": named.get(lesson.topic, ""),
        "mark": mark,
        "cancelled": lesson.state == "cancelled",
    }


@login_required
@require_GET
def calendar_file(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Hand out somebody's lessons as a file for calendars: topic, time and place."""
    clearance = access.own(request.user, code, scope=programme)
    named = topics(request.programme)
    page = request.build_absolute_uri(reverse("own_lessons", args=[programme, code]))
    played = gettext("REHEARSAL") + " · " if request.programme.rehearsal else ""
    events = [
        Event(
            code=f"lesson-{one.ref}",
            title=f"{played}{named.get(one.topic, '')}",
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            stamp=one.changed_at,
            place=one.place,
            page=page,
            sequence=one.moves,
            cancelled=one.state == "cancelled",
            alarm=ALARM,
        )
        for one in queries.own(clearance)
    ]
    response = HttpResponse(calendar(events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pembekalan.ics"'
    return response
