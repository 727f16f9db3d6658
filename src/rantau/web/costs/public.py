"""What everybody reads of money: every item with who pays, its fee and where; what was paid, and what was reported."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rantau.departure.queries import costs as queries
from rantau.programmes import queries as programmes

from .words import payers, reported, row

FREE = ("training", "placement")


@require_GET
def fees(request: HttpRequest, programme: str) -> HttpResponse:
    """Show every item of the cost table: its class, who pays, the official fee, where it is paid, or that nobody has said."""
    terms = programmes.terms(request.programme.version)
    context = {"terms": terms, "rows": [row(one, terms) for one in terms.costs]}
    return render(request, "costs/fees.html", context)


@require_GET
def costs(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what was paid by whom for each item, and what was reported for what must be free."""
    terms = programmes.terms(request.programme.version)
    named, sums = payers(terms), queries.sums(request.programme)
    rows = []
    for cost in terms.costs:
        own = [_sum(one, named) for one in sums if one.item == cost.code]
        offices = [one for one in own if one["payer"] != queries.PARTICIPANT]
        rows.append(row(cost, terms) | {"offices": offices, "participants": [one for one in own if one not in offices]})
    found = queries.reports(request.programme)
    context = {
        "terms": terms,
        "rows": rows,
        "reports": [
            {"kind": kind, "words": reported(found[kind]), "none": not found[kind].all}
            for kind in (*FREE, "personal", "")
        ],
    }
    return render(request, "costs/costs.html", context)


def _sum(one: queries.Sum, named: dict[str, str]) -> dict[str, Any]:
    return {"payer": one.payer, "name": named.get(one.payer, one.payer)} | {
        key: getattr(one, key) for key in ("amount", "currency", "few")
    }
