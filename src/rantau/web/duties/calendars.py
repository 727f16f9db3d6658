"""Duties as files for calendars: what one's own offices owe, and the days that anybody may know."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from rantau.agreements.actions.duties import REMIND
from rantau.agreements.queries import boards
from rantau.coordination.calendar import Event, calendar
from rantau.web.ui import values

from .standings import STANDINGS


@require_GET
def duties_public(request: HttpRequest, programme: str) -> HttpResponse:
    """Hand out the days of the duties that anybody may see."""
    return _file(request, boards.told(request.programme, at=request.at), "kewajiban")


@login_required
@require_GET
def duties_own(request: HttpRequest, programme: str) -> HttpResponse:
    """Hand out the days of what the reader's own offices owe.

    :raises Refusal: `mandate.missing`
    """
    rows = boards.owed(request.user, request.programme, at=request.at)
    return _file(request, (one for one in rows if one.own), "kewajiban-kantor")


def _file(request: HttpRequest, rows: Iterable[boards.Owed], name: str) -> HttpResponse:
    changes = boards.changes(request.programme)
    events = [_event(request, one, *changes[one.duty.ref]) for one in rows if one.duty.due_at]
    response = HttpResponse(calendar(events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.programme.code}.ics"'
    return response


def _event(request: HttpRequest, one: boards.Owed, stamp: Any, number: int) -> Event:
    """Return a duty as an entry: an alarm only while its evidence is missing, an excused one as cancelled."""
    duty, language = one.duty, getattr(request, "LANGUAGE_CODE", "id")
    what, wanted = (texts.get(language) or texts["id"] for texts in (duty.what, duty.wanted))
    words, _tone = STANDINGS[one.standing]
    office = values.text(one.office.name)[0]
    played = gettext("REHEARSAL") + " · " if request.programme.rehearsal else ""
    return Event(
        code=duty.code,
        title=f"{played}{office}: {what}",
        starts_at=duty.due_at,
        stamp=stamp,
        page=request.build_absolute_uri(reverse("duty", args=[request.programme.code, duty.code])),
        words=gettext("Evidence: %(wanted)s\nStanding: %(words)s") % {"wanted": wanted, "words": words},
        sequence=number - 1,
        cancelled=one.standing == "excused",
        alarm=REMIND if duty.state in boards.OPEN else None,
    )
