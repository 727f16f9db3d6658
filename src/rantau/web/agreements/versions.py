"""The versions of an agreement, one by one and against each other: what changed, clause by clause, in plain words."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rantau.agreements import access, queries
from rantau.programmes.queries import terms

from . import reading
from .differing import compared
from .table import held
from .table_forms import PairForm
from .words import KINDS, TONGUES


def tabled(request: HttpRequest, code: str) -> tuple[Any, list[Any]]:
    """Return an agreement and the versions of it that one of its sides may read, or raise DoesNotExist."""
    found = held(request, code)
    if not access.inside(request.user, found, at=request.at):
        raise ObjectDoesNotExist
    return found, list(access.versions(request.user, found, at=request.at))


def _context(found: Any, **more: Any) -> dict[str, Any]:
    return {"agreement": found, "kind": KINDS[found.kind], "terms": terms(found.programme.version), **more}


@login_required
@require_safe
def agreement_versions(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """List the versions: who wrote each, when, what was said with it, and what it changed."""
    found, versions = tabled(request, code)
    names = {one.code: one.name for one in terms(found.programme.version).offices}
    rows = [
        {
            "draft": one,
            "office": names.get(one.office),
            "before": versions[number - 1].number if number else None,
        }
        for number, one in enumerate(versions)
    ]
    form = PairForm(numbers=[one.number for one in versions])
    return render(request, "agreements/versions.html", _context(found, rows=rows[::-1], form=form))


@login_required
@require_safe
def agreement_version(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Show one version as it stood."""
    found, versions = tabled(request, code)
    draft = next((one for one in versions if one.number == number), None)
    if draft is None:
        raise ObjectDoesNotExist
    chosen = reading.chosen(request)
    read = reading.read(
        enumerate(queries.clauses(draft), 1),
        tongues=chosen,
        known=terms(found.programme.version),
        sides=list(found.sides.values_list("office", flat=True)),
    )
    rows = [{"read": row} for row in read]
    context = _context(found, draft=draft, rows=rows, tongues=reading.choices(request), two=len(TONGUES[chosen]) > 1)
    return render(request, "agreements/version.html", context)


@login_required
@require_safe
def agreement_changes(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show what changed between two versions, clause by clause; without a choice between the last two."""
    found, versions = tabled(request, code)
    numbers = [one.number for one in versions]
    form = PairForm(request.GET if request.GET else None, numbers=numbers)
    old, new = form.pair()
    drafts = {one.number: one for one in versions}
    rows = compared(
        queries.clauses(drafts[old]),
        queries.clauses(drafts[new]),
        known=terms(found.programme.version),
        sides=list(found.sides.values_list("office", flat=True)),
    )
    context = _context(found, old=drafts[old], new=drafts[new], rows=rows, form=form, few=len(versions) < 2)
    return render(request, "agreements/changes.html", context)
