"""The lot in public, step by step and in plain words: what is fixed when, and what anybody may fetch of it."""

from typing import Any

import filetype
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rantau.programmes import queries as programmes
from rantau.selection import queries
from rantau.selection.queries import public

from .sentences import LOT

FOREVER = "public, max-age=31536000, immutable"


def steps(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of the lot as a timeline: freeze, draw, seal of the outcomes, list."""
    instants = [told["frozen_at"], told["drawn_at"], told["decided_at"], told["published_at"]]
    reached = sum(instant is not None for instant in instants)
    draw = told["draw"]
    facts = {
        "source": told["source"],
        "substitutes": "; ".join(told["substitutes"]),
        "value": draw.get("value", ""),
        "used": draw.get("name", ""),
        "why": draw.get("why", ""),
    }
    return [
        {
            "title": LOT[name][0],
            "state": "done" if number < reached else "now" if number == reached else "next",
            "at": instants[number] or (told["planned"] if name == "draw" else None),
            "text": str(LOT[_words(name, number < reached, draw)][1]) % facts,
        }
        for number, name in enumerate(("freeze", "draw", "seal", "list"))
    ]


def _words(name: str, done: bool, draw: dict[str, Any]) -> str:
    if name == "draw" and done:
        return "substituted" if draw.get("why") else "drawn"
    return "sealed" if name == "seal" and done else name


@require_safe
def evidence(request: HttpRequest, programme: str) -> HttpResponse:
    """Return the evidence of the draw as it was handed in: a download that no browser runs."""
    intake = programmes.intake(request.programme)
    data = queries.evidence(intake) if intake else b""
    if not data:
        raise ObjectDoesNotExist
    found = filetype.guess(data)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = (
        f'attachment; filename="bukti-undian-{programme}.{found.extension if found else "txt"}"'
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = FOREVER
    return response


@require_safe
def signing_key(request: HttpRequest) -> HttpResponse:
    """Return the public key that signs published files, as one line of text."""
    key = public.signing_key()
    if key is None:
        raise ObjectDoesNotExist
    response = HttpResponse(f"ed25519 {key['key']}\n", content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
