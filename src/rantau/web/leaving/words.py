"""What the pages of the last stretch share: what is missing in words, people by name, a page's own way or one of a desk."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from rantau.departure import access, queries
from rantau.programmes.queries import terms
from rantau.web.ui.values import text

from .sentences import GAPS, STATES


def own(request: HttpRequest, code: str) -> Any:
    """Return the reader's own way by the code of their registration, or raise DoesNotExist."""
    return access.own(request.user, code, scope=request.programme.code)


def gaps(clearance: Any, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return what is missing, each in words with its day."""
    said = queries.terms(clearance)
    titles = {one.code: text(one.title)[0] for one in (*said.documents, *said.preparation)}
    return [
        {"words": str(GAPS[gap.code]) % {"about": titles.get(gap.about, gap.about)}, "due_on": gap.due_on}
        for gap in found
    ]


def row(clearance: Any) -> dict[str, Any]:
    """Return somebody as a line of a list: name, code, where they stand."""
    words, tone = STATES[clearance.state]
    return {"way": clearance, "name": clearance.application.person.name, "words": words, "tone": tone}


def office(clearance: Any, code: str) -> str:
    """Return the name of an office of the programme, or nothing."""
    return next((text(one.name)[0] for one in queries.terms(clearance).offices if one.code == code), "")


def labels(clearances: Iterable[Any]) -> dict[str, str]:
    """Return people by code, as they are ticked: name and code."""
    return {one.code: f"{one.application.person.name} · {one.code}" for one in clearances}


def known(request: HttpRequest) -> Any:
    """Return the terms that hold for the programme."""
    return terms(request.programme.version)
