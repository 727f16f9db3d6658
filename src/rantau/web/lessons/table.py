"""The coordinator's view of preparation: topics by people as strips, who is least far first, and attendance as a file."""

import csv
import io

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rantau.departure import queries as departure
from rantau.departure.queries import lessons as queries
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.web.tables import RUNS

from .sentences import MARKS, topics
from .words import bars, rooms

CELL = 26
"""Width of a topic in a strip, in pixels."""


@login_required
@require_GET
def table(request: HttpRequest, programme: str) -> HttpResponse:
    """Show how far everybody is in every topic."""
    people.require(request.user, Role.COORDINATOR, scope=programme, at=request.at)
    intake = programmes.intake(request.programme)
    found = queries.table(intake, person=request.user, at=request.at) if intake else []
    named = departure.rules_of(request.programme).preparation
    rows = []
    for far in found:
        cells = bars(far.rows, named)
        for number, cell in enumerate(cells):
            full = round(20 * cell["share"] / 100)
            cell |= {"x": number * CELL, "y": 22 - full, "height": full}
        done = sum(cell["standing"] == "done" for cell in cells)
        rows.append({"clearance": far.clearance, "cells": cells, "done": done})
    context = {
        "rows": rows,
        "topics": named,
        "width": CELL * len(named),
        "ends": [number * CELL + 11 for number in range(len(named))],
        "complete": sum(row["done"] == len(named) for row in rows),
        "rooms": rooms(request, "lessons_table"),
    }
    return render(request, "lessons/table.html", context)


@login_required
@require_GET
def attendance(request: HttpRequest, programme: str) -> HttpResponse:
    """Hand out who was at every lesson that was held."""
    people.require(request.user, Role.COORDINATOR, scope=programme, at=request.at)
    intake, named = programmes.intake(request.programme), topics(request.programme)
    found = queries.attendance(intake, person=request.user, at=request.at) if intake else []
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(
        [
            _("Day"),
            _("Start (WIB)"),
            _("Topic"),
            _("Place"),
            _("Length"),
            _("Code"),
            _("Name"),
            _("Presence"),
            _("Minutes there"),
        ]
    )
    for one in found:
        lesson, way = one.lesson, one.clearance
        local = lesson.starts_at.astimezone(programmes.ZONE)
        row = [
            f"{local:%Y-%m-%d}",
            f"{local:%H:%M}",
            named.get(lesson.topic, lesson.topic),
            lesson.place,
            lesson.minutes,
        ]
        row += [way.code, way.application.person.name, MARKS[one.mark], one.minutes]
        sheet.writerow([_plain(cell) for cell in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hadir-{programme}.csv"'
    return response


def _plain(cell: object) -> str:
    """Return a cell as text that no spreadsheet runs as a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(RUNS) else text
