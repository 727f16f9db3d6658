"""Writing: an office's own copy of an agreement, clause by clause and duty by duty, until it is put on the table."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rantau.agreements import queries
from rantau.agreements.actions import drafting
from rantau.agreements.queries import desks
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import day, terms
from rantau.web.sentences import refusal_sentence
from rantau.web.ui.values import text

from . import reading
from .differing import compared
from .table import address, back, held
from .words import KINDS
from .writing_forms import ClauseForm, DutyForm, SureForm, TableForm

METHODS = ["GET", "HEAD", "POST"]
KEPT = ("agreement.stale", "agreement.closed")
"""Refusals after which what was typed is shown again: another version was tabled meanwhile, or nothing is written any more."""


def copy(request: HttpRequest, code: str) -> tuple[Any, Any, tuple[Any, ...]]:
    """Return an agreement, the office's copy of it if there is one, and the clauses that can be written.

    :raises ObjectDoesNotExist: to who may not write it
    """
    found = held(request, code)
    if "write" not in desks.possible(request.user, found, at=request.at):
        raise ObjectDoesNotExist
    working = desks.working(request.user, found, at=request.at)
    return found, working, queries.clauses(working or queries.newest(found))


def _sides(found: Any) -> list[str]:
    return list(found.sides.values_list("office", flat=True))


def differences(found: Any, working: Any) -> tuple[dict[str, Any] | None, bool]:
    """Return how a copy differs from the version it was begun from, and whether another was tabled since."""
    if working is None:
        return None, False
    given = {"known": terms(found.programme.version), "sides": _sides(found)}
    rows = compared(queries.clauses(working.base), queries.clauses(working), **given)
    return rows, working.base_id != queries.newest(found).pk


def context(found: Any, **more: Any) -> dict[str, Any]:
    """Return what every page of writing knows."""
    return {"agreement": found, "kind": KINDS[found.kind], "terms": terms(found.programme.version), **more}


@login_required
@require_safe
def agreement_writing(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the office's copy: its clauses, how it differs from the table, and what to do where it is out of date."""
    found, working, clauses = copy(request, code)
    rows, stale = differences(found, working)
    known = terms(found.programme.version)
    read = reading.read(enumerate(clauses, 1), tongues=reading.chosen(request), known=known, sides=_sides(found))
    more = {
        "working": working,
        "rows": rows,
        "stale": stale,
        "newest": queries.newest(found),
        "clauses": read,
        "redraft": SureForm(label=_("I know that what was written by hand in this copy is replaced.")),
        "discard": SureForm(label=_("I know that this copy cannot be brought back.")),
    }
    return render(request, "agreements/writing.html", context(found, **more))


@login_required
@require_http_methods(METHODS)
def agreement_clause(request: HttpRequest, programme: str, code: str, clause: str) -> HttpResponse:
    """Write a clause of the office's copy."""
    found, _working, clauses = copy(request, code)
    here = next((one for one in clauses if one.code == clause), None)
    if here is None:
        raise ObjectDoesNotExist
    form = ClauseForm(request.POST if request.method == "POST" else None, clause=here)
    return _written(request, found, form, clauses, here)


@login_required
@require_http_methods(METHODS)
def agreement_clause_new(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Write a clause that was not there before."""
    found, _working, clauses = copy(request, code)
    places = [(one.code, f"{number}. {text(one.title)[0]}") for number, one in enumerate(clauses, 1)]
    form = ClauseForm(request.POST if request.method == "POST" else None, after=places[::-1])
    return _written(request, found, form, clauses, None)


def _written(request: HttpRequest, found: Any, form: ClauseForm, clauses: Any, here: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():
        written = form.written([one.code for one in clauses])
        after = form.cleaned_data.get("after", "")
        if done := _put(request, found, form, written, after=after):
            return done
    known = terms(found.programme.version)
    numbered = [(n, one) for n, one in enumerate(clauses, 1) if here is not None and one.code == here.code]
    read = reading.read(numbered, tongues=reading.chosen(request), known=known, sides=_sides(found))
    duties = list(zip(here.duties, read[0].duties, strict=True)) if read else []
    more = {"form": form, "clause": here, "duties": duties, "last": len(clauses) == 1}
    return render(request, "agreements/clause.html", context(found, **more), status=422 if form.errors else 200)


def _put(request: HttpRequest, found: Any, form: Any, clause: Any, *, after: str = "") -> HttpResponse | None:
    """Keep a clause in the office's copy and lead back to it; None where the form has to be shown again."""
    try:
        drafting.put(agreement=found, clause=clause, after=after, person=request.user, at=request.at)
    except Refusal as refusal:
        if refusal.code not in KEPT:
            raise
        form.add_error(None, refusal_sentence(refusal))
        return None
    return _back(request, found, "put", clause.code)


def _back(request: HttpRequest, found: Any, done: str, clause: str = "") -> HttpResponse:
    back(request, found, done)
    return redirect(address("agreement_writing", found, at=clause))


@login_required
@require_POST
def agreement_clause_remove(request: HttpRequest, programme: str, code: str, clause: str) -> HttpResponse:
    """Take a clause out of the office's copy."""
    found = held(request, code)
    drafting.remove(agreement=found, code=clause, person=request.user, at=request.at)
    return _back(request, found, "remove")


@login_required
@require_http_methods(METHODS)
def agreement_duty(request: HttpRequest, programme: str, code: str, clause: str, duty: str) -> HttpResponse:
    """Write a duty of a clause of the office's copy."""
    found, _working, clauses = copy(request, code)
    here, term = _duty(clauses, clause, duty)
    return _owing(request, found, clauses, here, term)


@login_required
@require_http_methods(METHODS)
def agreement_duty_new(request: HttpRequest, programme: str, code: str, clause: str) -> HttpResponse:
    """Write a duty that a clause did not have before."""
    found, _working, clauses = copy(request, code)
    here = next((one for one in clauses if one.code == clause), None)
    if here is None:
        raise ObjectDoesNotExist
    return _owing(request, found, clauses, here, None)


def _duty(clauses: Any, clause: str, duty: str) -> tuple[Any, Any]:
    for one in clauses:
        for term in one.duties:
            if (one.code, term.code) == (clause, duty):
                return one, term
    raise ObjectDoesNotExist


def _owing(request: HttpRequest, found: Any, clauses: Any, here: Any, term: Any) -> HttpResponse:
    form = DutyForm(request.POST if request.method == "POST" else None, term=term, **_choices(found, term))
    if form.is_bound and form.is_valid():
        taken = [one.code for clause in clauses for one in clause.duties]
        written = form.written(taken)
        kept = tuple(written if one == term else one for one in here.duties)
        duties = kept if term is not None else (*kept, written)
        if done := _put(request, found, form, here.model_copy(update={"duties": duties})):
            return done
    more = {"form": form, "clause": here, "term": term}
    return render(request, "agreements/duty.html", context(found, **more), status=422 if form.errors else 200)


def _choices(found: Any, term: Any) -> dict[str, list[tuple[str, str]]]:
    """Return who can owe something and release from it, and what can be reached, in words."""
    known, sides = terms(found.programme.version), _sides(found)
    offices = [one for one in known.offices if one.code in sides]
    kinds: dict[str, list[Any]] = {}
    for one in offices:
        kinds.setdefault(one.kind, []).append(one)
    named = [(kind, reading.names(own)) for kind, own in kinds.items()]
    several = [(one.code, text(one.name)[0]) for own in kinds.values() if len(own) > 1 for one in own]
    codes = {code for code, _name in (*named, *several)}
    if term is not None and term.owner not in codes:
        several.append((term.owner, next((text(o.name)[0] for o in known.offices if o.code == term.owner), term.owner)))
    return {
        "owners": named + several,
        "kinds": named,
        "milestones": [(row.code, text(row.title)[0]) for row in known.milestones],
    }


@login_required
@require_POST
def agreement_duty_remove(request: HttpRequest, programme: str, code: str, clause: str, duty: str) -> HttpResponse:
    """Take a duty out of a clause of the office's copy."""
    found, _working, clauses = copy(request, code)
    here, term = _duty(clauses, clause, duty)
    rest = here.model_copy(update={"duties": tuple(one for one in here.duties if one != term)})
    drafting.put(agreement=found, clause=rest, after="", person=request.user, at=request.at)
    return _back(request, found, "put", clause)


@login_required
@require_POST
def agreement_redraft(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Fill the office's copy from the template and the programme as it is known now."""
    found = held(request, code)
    if not SureForm(request.POST, label="").is_valid():
        return redirect(address("agreement_writing", found))
    drafting.redraft(agreement=found, person=request.user, at=request.at)
    return _back(request, found, "redraft")


@login_required
@require_POST
def agreement_discard(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Throw the office's copy away."""
    found = held(request, code)
    if not SureForm(request.POST, label="").is_valid():
        return redirect(address("agreement_writing", found))
    drafting.discard(agreement=found, person=request.user, at=request.at)
    return _back(request, found, "discard")


@login_required
@require_http_methods(METHODS)
def agreement_table(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show what goes on the table and how it differs from what lies there; then table it."""
    found, working, _clauses = copy(request, code)
    form = TableForm(request.POST if request.method == "POST" else None, on=day(request.at))
    if form.is_bound and form.is_valid():
        drafting.table(agreement=found, person=request.user, at=request.at, **form.given())
        return back(request, found, "table")
    rows, stale = differences(found, working)
    first = found.state == "draft"
    more = {
        "form": form,
        "rows": rows,
        "stale": stale,
        "first": first,
        "nothing": not first and not (rows and rows["clauses"]),
        "sides": reading.names(one.office for one in desks.standings(found, queries.newest(found), at=request.at)),
    }
    return render(request, "agreements/tabling.html", context(found, **more), status=422 if form.errors else 200)


@login_required
@require_http_methods(METHODS)
def agreement_withdraw(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Ask once more, then take the agreement off the table."""
    found = held(request, code)
    form = SureForm(
        request.POST if request.method == "POST" else None, label=_("I withdraw this agreement. It does not come back.")
    )
    if form.is_bound and form.is_valid():
        drafting.withdraw(agreement=found, person=request.user, at=request.at)
        return back(request, found, "withdraw")
    if "withdraw" not in desks.possible(request.user, found, at=request.at):
        return redirect(address("agreement", found))
    return render(request, "agreements/withdraw.html", context(found, form=form), status=422 if form.errors else 200)
