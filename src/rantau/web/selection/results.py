"""The public result: what is frozen, the list by publication code, its differences, the exact file, and how to check it."""

import json
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from rantau.engine import codes
from rantau.ledger.signing import fingerprint
from rantau.programmes import queries as programmes
from rantau.programmes.queries import terms
from rantau.selection import queries
from rantau.selection.queries import public
from rantau.web.tables import download

from . import lot, workbook
from .sentences import KINDS, OUTCOMES, PARTINGS, REASONS
from .workbook_words import LANGUAGES

PAGE = 100
"""Rows of the list on one page: a phone on a slow network loads them at once."""


@require_safe
def results(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the newest published round, or the one asked for by `?tahap=`; before it, what is fixed already."""
    intake = programmes.intake(request.programme)
    rounds = public.results(intake) if intake else []
    if intake is None or not rounds:
        told = public.announced(intake) if intake else None
        context = {"told": told, "intake": intake, "steps": lot.steps(told) if told else []}
        return render(request, "selection/results_before.html", context)
    wanted = request.GET.get("tahap", "")
    shown = next((r for r in rounds if r["round"].kind == wanted), rounds[0])
    tests = {c.code: c for c in queries.criteria(intake)}
    kind = shown["round"].kind
    sealed, provisional = public.sealed(intake), next(r["round"] for r in rounds if r["round"].kind == "provisional")
    context = {
        "intake": intake,
        "terms": terms(intake.version),
        "rounds": [(r["round"], KINDS[r["round"].kind][0]) for r in rounds],
        "round": shown["round"],
        "kind": KINDS[kind],
        "file": shown["file"],
        "sealed": sealed,
        "sealed_kind": KINDS[sealed.kind][0] if sealed else "",
        "steps": lot.steps(public.lot(provisional)),
        "signed": _signer(shown["file"]),
        "digest": shown["digest"],
        "size": -(-shown["size"] // 1024),
        "address": _address(request, "round_file", programme, kind),
        "verifier": _address(request, "verifier"),
        "curve": _address(request, "verifier_signature"),
        **_list(request, shown["file"], tests),
        "differences": [_difference(d) for d in shown["file"].get("differences", ())],
    }
    return render(request, "selection/results.html", context)


def _signer(file: dict[str, Any]) -> str:
    """Return the fingerprint of the key that signed a file, or nothing."""
    signature = file.get("signature")
    return fingerprint(signature["key"]) if signature else ""


def _address(request: HttpRequest, name: str, *args: str) -> str:
    """Return an address to type, the same in every language."""
    with translation.override("id"):
        return request.build_absolute_uri(reverse(name, args=args))


def _list(request: HttpRequest, file: dict[str, Any], tests: dict[str, Any]) -> dict[str, Any]:
    """Return the part of the list that was asked for: a code, or a page of all or of one outcome."""
    typed = request.GET.get("kode", "").strip()
    if typed:
        code = codes.read(typed) or typed.upper()
        found = next((number for number, row in enumerate(file["rows"]) if row["code"] == code), None)
        near = [] if found is None else file["rows"][max(found - 1, 0) : found + 2]
        return {"typed": typed, "code": code, "rows": [_row(row, tests) for row in near]}
    wanted = request.GET.get("nasib", "")
    chosen = [row for row in file["rows"] if wanted not in OUTCOMES or row["outcome"] == wanted]
    pages = max(-(-len(chosen) // PAGE), 1)
    asked = request.GET.get("hal", "1")
    page = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return {
        "rows": [_row(row, tests) for row in chosen[(page - 1) * PAGE : page * PAGE]],
        "wanted": wanted if wanted in OUTCOMES else "",
        "choices": [(key, words) for key, (words, _tone) in OUTCOMES.items()],
        "page": page,
        "numbers": range(1, pages + 1),
        "pages": pages,
        "number": len(chosen),
    }


def _row(row: dict[str, Any], tests: dict[str, Any]) -> dict[str, Any]:
    words, tone = OUTCOMES[row["outcome"]]
    return {
        "code": row["code"],
        "rank": row["rank"],
        "total": row.get("total"),
        "words": words,
        "tone": tone,
        "parting": PARTINGS.get(row["step"], ""),
        "test": tests.get(row["step"]),
        "reason": REASONS[row["reason"]],
        "marks": [(test, row["marks"][code]) for code, test in tests.items() if code in row.get("marks", {})],
    }


def _difference(change: dict[str, Any]) -> dict[str, Any]:
    def place(standing: dict[str, Any] | None) -> dict[str, Any] | None:
        return standing and {"words": OUTCOMES[standing["outcome"]][0], "rank": standing["rank"]}

    return {"code": change["code"], "before": place(change["from"]), "now": place(change["to"])}


@require_safe
def round_file(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Return a published round's public file byte for byte; it never changes, so anybody may keep it."""
    intake = programmes.intake(request.programme)
    if intake is None:
        raise ObjectDoesNotExist
    response = HttpResponse(queries.public_bytes(intake, kind), content_type="application/json")
    response["Cache-Control"] = lot.FOREVER
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def round_sheet(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Return a published round as a spreadsheet that computes it again, in the reader's language."""
    intake = programmes.intake(request.programme)
    if intake is None:
        raise ObjectDoesNotExist
    file = json.loads(queries.public_bytes(intake, kind))
    made = workbook.build(file, language=translation.get_language() or LANGUAGES[0])
    return download(made, f"{programme}-{kind}")
