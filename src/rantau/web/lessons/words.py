"""Which pages of lessons a reader may go to, and how hours of lessons are told and drawn."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rantau.engine.flow import Role
from rantau.engine.preparation import LESSON_HOUR
from rantau.people import access as people
from rantau.web.ui import values

from .sentences import STANDINGS

ROOMS = {
    "lessons_today": _("Today"),
    "lessons": _("All lessons"),
    "lessons_table": _("How far everybody is"),
}
"""The pages of lessons in their order, by address."""
COORDINATORS = ("lessons_table",)


def rooms(request: Any, here: str) -> list[dict[str, Any]]:
    """Return the pages of lessons that a reader may go to: {"words", "url", "here"}."""
    scope = request.programme.code
    all_ = Role.COORDINATOR in people.roles(request.user, scope=scope, at=request.at)
    names = [name for name in ROOMS if all_ or name not in COORDINATORS]
    return [{"words": ROOMS[name], "url": reverse(name, args=[scope]), "here": name == here} for name in names]


def hours(minutes: int) -> str:
    """Return minutes as hours of lessons, with a decimal where it says something."""
    value = (Decimal(minutes) / LESSON_HOUR).quantize(Decimal("0.1"))
    return values.number(value, 0 if value == value.to_integral_value() else 1)


def bars(rows: Iterable[Any], topics: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the topics of one person as they are drawn: title, standing, hours done of hours asked, width in percent."""
    by_code: Mapping[str, Any] = {one.code: one for one in topics}
    found = []
    for row in rows:
        topic = by_code[row.topic]
        words, tone = STANDINGS[row.standing]
        whole = row.asked or LESSON_HOUR * (topic.hours.value or 0)
        share = min(100 * row.attended / whole, 100) if whole else 100.0 if row.attended else 0.0
        found.append(
            {
                "title": topic.title,
                "kind": topic.kind,
                "words": words,
                "tone": tone,
                "standing": row.standing.value,
                "done": hours(row.attended),
                "asked": None if row.asked is None else hours(row.asked),
                "assumed": topic.hours.status == "assumed",
                "width": f"{share:.0f}%",
                "share": round(share),
            }
        )
    return found
