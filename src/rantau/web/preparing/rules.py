"""The public page of documents: every one by legal phase, when it is due, why, how firmly, and what nobody has said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rantau.departure import queries

from .words import by_phase


@require_GET
def document_rules(request: HttpRequest, programme: str) -> HttpResponse:
    """Show every document that a programme asks for, in the order of a person's life."""
    terms = queries.rules_of(request.programme)
    phases = by_phase(terms.documents, terms)
    lengths = [row["length"] for phase in phases for row in phase["rows"]]
    unknown = sum(one is not None and one.status == "unpublished" for one in lengths)
    return render(request, "preparing/rules.html", {"terms": terms, "phases": phases, "unknown": unknown})
