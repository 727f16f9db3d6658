"""A person's own way to departure: where they stand, what is next, each document on a page of its own, its scan."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rantau.departure import access, queries
from rantau.departure.actions import papers as actions
from rantau.engine.refusal import Refusal
from rantau.web.costs import cards as costs
from rantau.web.family import cards as family
from rantau.web.files import serve
from rantau.web.leaving import cards as leaving
from rantau.web.lessons import cards as lessons
from rantau.web.sentences import fact, refusal_sentence
from rantau.web.uploads.taking import keep, taken

from .forms import PaperForm
from .sentences import DOUBTS, REFUSED, RETURNS, ROLES, TRUTHS, WAYS
from .words import by_phase, gap, rule_row, shown, spoken_values, titles, worst_first

CARDS: dict[str, Callable[..., dict[str, Any]]] = {
    "leaving/parts/own.html": leaving.own,
    "lessons/parts/own.html": lessons.own,
    "costs/parts/own.html": costs.own,
    "family/parts/own.html": family.own,
}
"""What other areas add to a person's page, in order: a template, and what it shows of a way."""
WAITS = ("preparing", "cleared", "departed", "arrived")
"""States of a way in which something may still be asked."""


@login_required
@require_GET
def own_departure(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show where somebody stands, what is next and by when, whom to ask, and every document, worst first."""
    clearance = access.helped(request.user, code, scope=programme, at=request.at)
    terms, held = queries.terms(clearance), queries.papers(clearance)
    rules = {one.code: one for one in terms.documents}
    rows = worst_first([shown(one, rules[one.kind], request.at) for one in held if one.kind in rules])
    label, tone, means = WAYS[clearance.state]
    open_ = [row for row in rows if row["open"]]
    named = titles(terms)
    before = clearance.state in ("preparing", "cleared")
    mine = _mine(request, clearance)
    later = [one for one in terms.documents if one.code not in {paper.kind for paper in held}]
    context = {
        **_context(clearance, mine),
        "label": label,
        "tone": tone,
        "means": means,
        "refused": REFUSED.get(clearance.reason, ""),
        "rows": rows,
        "there": len(rows) - len(open_),
        "next": _next(open_) if clearance.state in WAITS else None,
        "waits": sum(row["paper"].state == "given" for row in rows),
        "others": [gap(one, named) for one in queries.gaps(clearance) if _of_others(one)] if before else [],
        "days": queries.events(clearance),
        "later": by_phase(later, terms),
        "looks": _looks(rows) if mine else [],
        "truths": TRUTHS,
        "cards": [(name, own(clearance, person=request.user, at=request.at)) for name, own in CARDS.items() if mine],
    }
    return render(request, "preparing/own.html", context)


def _context(clearance: Any, mine: bool) -> dict[str, Any]:
    application = clearance.application
    return {"clearance": clearance, "application": application, "terms": queries.terms(clearance), "mine": mine}


def _mine(request: HttpRequest, clearance: Any) -> bool:
    return bool(clearance.application.person_id == request.user.pk)


def _next(open_: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the document to give next: the one whose day comes first, else any that is asked."""
    asked = [row for row in open_ if row["paper"].state == "asked"]
    dated = sorted((row for row in asked if row["paper"].due_at), key=lambda row: row["paper"].due_at)
    return next(iter([*dated, *asked]), None)


def _of_others(missing: Any) -> bool:
    return missing.code.startswith(("visa.", "group."))


def _looks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each health or police paper with who looked at it and when."""
    return [
        {**row, "looks": [(at, ROLES[role]) for at, role in queries.looks(row["paper"])]}
        for row in rows
        if row["rule"].sensitive
    ]


# --- one document ------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_paper(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Show why a document is asked and until when, and take it."""
    paper, rule = _paper(request, code, kind)
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES, rule=rule)
        if form.is_valid() and _given(request, paper, form):
            return redirect(reverse("own_departure", args=[programme, code]) + f"#{kind}")
        return _page(request, paper, rule, form)
    known = _typed(request, paper, rule)
    return _page(request, paper, rule, PaperForm(initial=known, rule=rule) if paper.state == "asked" else None, known)


def _paper(request: HttpRequest, code: str, kind: str) -> tuple[Any, Any]:
    """Return the current document of a kind on one's own way, or of somebody for whom one fills in, with its rule."""
    clearance = access.helped(request.user, code, scope=request.programme.code, at=request.at)
    paper = next((one for one in queries.papers(clearance) if one.kind == kind), None)
    rule = next((one for one in queries.terms(clearance).documents if one.code == kind), None)
    if paper is None or rule is None:
        raise ObjectDoesNotExist(kind)
    paper.clearance = clearance
    return paper, rule


def _given(request: HttpRequest, paper: Any, form: PaperForm) -> bool:
    """Give the document, or say in the form why not, at the field that it is about."""
    typed = form.typed()
    try:
        with taken(request, form.cleaned_data["file"]) as data:
            actions.give(paper=paper, person=request.user, at=request.at, chance=request.chance, data=data, **typed)
    except Refusal as refusal:
        if refusal.code not in ("paper.dates", "paper.ends") and not refusal.code.startswith(("file.", "upload.")):
            raise
        form.add_error(*_wrong(refusal, form))
        return False
    return True


def _wrong(refusal: Refusal, form: PaperForm) -> tuple[str, str]:
    """Return the field and the sentence of a refusal: dates by what is wrong with them, all else at the scan."""
    if "doubt" not in refusal.facts:
        return "file", refusal_sentence(refusal)
    asked = [name for name in (refusal.facts.get("field"), "expires_on", "issued_on") if name in form.fields]
    return asked[0], str(DOUBTS[refusal.facts["doubt"]]) % {"day": fact(refusal.facts["day"])}


def _typed(request: HttpRequest, paper: Any, rule: Any) -> dict[str, Any]:
    """Return what was typed of a document before, for its owner; an officer beside them reads no health or police paper."""
    if not _mine(request, paper.clearance) and rule.sensitive:
        return {}
    days = {"issued_on": paper.issued_on, "expires_on": paper.expires_on}
    found = queries.sealed(paper) | {name: on for name, on in days.items() if on}
    return {name: value for name, value in found.items() if name in rule.asks or paper.state != "asked"}


def _page(
    request: HttpRequest, paper: Any, rule: Any, form: PaperForm | None, known: dict[str, Any] | None = None
) -> HttpResponse:
    wrong = form is not None and form.is_bound
    mine = _mine(request, paper.clearance)
    kept = keep(request, form.cleaned_data["file"]) if form and wrong and "file" in form.cleaned_data else ""
    context = {
        **_context(paper.clearance, mine),
        **shown(paper, rule, request.at),
        "row": rule_row(rule, queries.terms(paper.clearance)),
        "form": form,
        "wrong": form if wrong else None,
        "kept": kept,
        "typed": spoken_values(known or {}),
        "reason": RETURNS.get(paper.reason, ""),
        "truths": TRUTHS,
        "scan": paper.file_id and (mine or not rule.sensitive),
        "looks": [(at, ROLES[role]) for at, role in queries.looks(paper)] if mine and rule.sensitive else [],
        "ask": _("Give this document"),
    }
    return render(request, "preparing/paper.html", context, status=422 if wrong else 200)


@login_required
@require_GET
def own_paper_scan(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Serve the scan of a document to its person; to the officer beside them only what is no health or police paper."""
    paper, rule = _paper(request, code, kind)
    if paper.file is None or (rule.sensitive and not _mine(request, paper.clearance)):
        raise ObjectDoesNotExist(kind)
    return serve(paper.file)
