"""The negotiating table: one agreement as its sides see it, accepted clause by clause, commented, answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rantau.agreements import access, queries
from rantau.agreements.actions import negotiating
from rantau.agreements.queries import desks
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import terms
from rantau.web.sentences import refusal_sentence

from . import reading
from .drawing import drawn
from .table_forms import AcceptForm, CommentForm, SettleForm, TakeBackForm
from .turns import turn
from .words import DONE, KINDS, OFFERED, PARTS, SIDES, STATES, TONGUES

PARTIES = ("clear", "endorse", "approve", "sign")


def held(request: HttpRequest, code: str) -> Any:
    """Return an agreement that the reader may read, or raise DoesNotExist."""
    return access.get(request.user, request.programme, code, at=request.at)


def address(name: str, agreement: Any, *more: Any, at: str = "") -> str:
    """Return the address of one of an agreement's pages, at one of its clauses where it is named."""
    found = reverse(name, args=[agreement.programme.code, agreement.code, *more])
    return f"{found}#pasal-{at}" if at else found


def back(request: HttpRequest, agreement: Any, done: str, *, clause: str = "") -> HttpResponse:
    """Say what was done and lead back to the agreement."""
    messages.success(request, DONE[done])
    return redirect(address("agreement", agreement, at=clause))


@require_safe
def agreement(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show an agreement: to its sides with all that is negotiated, to everybody else once it is in force."""
    return shown(request, held(request, code))


def shown(
    request: HttpRequest, found: Any, *, forms: dict[str, Any] | None = None, unsent: Any = None, status: int = 200
) -> HttpResponse:
    """Show an agreement with the forms that were sent, by the clause or the comment they belong to; `unsent` says what
    was typed and could not be taken."""
    draft = queries.newest(found)
    known = terms(found.programme.version)
    context = {
        "agreement": found,
        "draft": draft,
        "terms": known,
        "kind": KINDS[found.kind],
        "state": STATES[found.state],
        "line": drawn(found.state, key="line"),
        "tongues": reading.choices(request),
        "two": len(TONGUES[reading.chosen(request)]) > 1,
        "papers": OFFERED,
        "annexes": list(found.annexes.order_by("number")),
        "stands": [_standing(one) for one in desks.standings(found, draft, at=request.at)],
        "notice": queries.notice(found),
    }
    if not access.inside(request.user, found, at=request.at):
        sides = list(found.sides.values_list("office", flat=True))
        numbered = enumerate(queries.clauses(draft), 1)
        rows = reading.read(numbered, tongues=reading.chosen(request), known=known, sides=sides)
        return render(request, "agreements/read.html", context | {"rows": [{"read": row} for row in rows]})
    context |= _inside(request, found, draft, known, forms or {}) | {"unsent": unsent}
    return render(request, "agreements/table.html", context, status=status)


def _inside(request: HttpRequest, found: Any, draft: Any, known: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """Return what the sides see beside the text: whose turn it is, who accepted what, what was said about it."""
    may = desks.possible(request.user, found, at=request.at)
    acting = desks.acting(request.user, found, at=request.at)
    side = acting[0] if acting else None
    lines = desks.lines(found, draft)
    sides = list(found.sides.values_list("office", flat=True))
    read = reading.read(
        ((line.number, line.clause) for line in lines), tongues=reading.chosen(request), known=known, sides=sides
    )
    rows = [_row(line, one, side, draft, may, forms) for line, one in zip(lines, read, strict=True)]
    return {
        "may": may,
        "side": side,
        "mandate": acting[1] if acting else None,
        "turn": turn(request, found, may=may),
        "returned": queries.returned(side, draft) if side is not None else None,
        "working": desks.working(request.user, found, at=request.at),
        "rows": rows,
        "left": [row["read"].code for row in rows if not row["mine"]],
        "versions": access.versions(request.user, found, at=request.at).count(),
        "wrong": next((form for form in forms.values() if form.errors), None),
    }


def _row(line: Any, read: reading.Read, side: Any, draft: Any, may: frozenset[str], forms: dict[str, Any]) -> Any:
    names = {one.code: one for one in (*line.accepted, *line.missing)}
    given = {"initial": {"number": draft.number, "clause": read.code}, "auto_id": f"{read.code}_%s"}
    return {
        "read": read,
        "accepted": line.accepted,
        "missing": line.missing,
        "mine": side is not None and side.office in {one.code for one in line.accepted},
        "comments": [_comment(one, side, may, names, forms) for one in line.comments],
        "open": sum(one.settled_at is None for one in line.comments),
        "form": (forms.get(read.code) or CommentForm(**given)) if "comment" in may else None,
        "sent": read.code in forms,
    }


def _comment(one: Any, side: Any, may: frozenset[str], names: dict[str, Any], forms: dict[str, Any]) -> dict[str, Any]:
    own = side is not None and one.side_id == side.pk
    answers = "comment" in may and one.settled_at is None
    known = {office.code: office for office in terms(one.draft.agreement.programme.version).offices} | names
    return {
        "comment": one,
        "office": known.get(one.side.office),
        "by": known.get(one.settled_by),
        "own": own,
        "form": (forms.get(one.ref) or SettleForm(own=own, auto_id=f"{one.ref}_%s")) if answers else None,
        "sent": one.ref in forms,
    }


def _standing(one: desks.Standing) -> dict[str, Any]:
    """Return where a side stands as one row: its part, its state, its legal review, its desks, its signature."""
    passed = {step: [row for row in one.passed if row.step == step] for step in PARTIES}
    done = [*passed["endorse"], *passed["approve"]]
    return {
        "side": one.side,
        "office": one.office,
        "part": PARTS[one.side.part],
        "state": SIDES[one.side.state],
        "accepted": one.accepted,
        "clauses": one.clauses,
        "late": one.late,
        "legal": passed["clear"][0] if passed["clear"] else None,
        "desks": [(name, done[number] if number < len(done) else None) for number, name in enumerate(one.side.desks)],
        "signed": passed["sign"][0] if passed["sign"] else None,
    }


@login_required
@require_POST
def agreement_accept(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Accept clauses of the version that was read, for one's office."""
    found = held(request, code)
    form = AcceptForm(request.POST, codes=list(queries.digests(queries.newest(found))))
    if not form.is_valid():
        return shown(request, found, status=422)
    side = negotiating.accept(agreement=found, person=request.user, at=request.at, **form.cleaned_data)
    whole = side.state == "agreed"
    return back(
        request, found, "agree" if whole else "accept", clause="" if whole else form.cleaned_data["clauses"][-1]
    )


@login_required
@require_POST
def agreement_take_back(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take the acceptance of one clause back."""
    found, form = held(request, code), TakeBackForm(request.POST)
    if not form.is_valid():
        return shown(request, found, status=422)
    negotiating.take_back(agreement=found, person=request.user, at=request.at, **form.cleaned_data)
    return back(request, found, "take_back", clause=form.cleaned_data["clause"])


@login_required
@require_POST
def agreement_comment(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say something about a clause; what cannot be taken any more is shown again and not lost."""
    found = held(request, code)
    clause = request.POST.get("clause", "")
    form = CommentForm(request.POST, auto_id=f"{clause}_%s")
    if not form.is_valid():
        return shown(request, found, forms={clause: form}, status=422)
    try:
        negotiating.comment(
            agreement=found, person=request.user, at=request.at, chance=request.chance, **form.cleaned_data
        )
    except Refusal as refusal:
        if refusal.code not in ("agreement.newer", "agreement.closed", "agreement.clause"):
            raise
        unsent = {"sentence": refusal_sentence(refusal), "text": form.cleaned_data["text"]}
        return shown(request, held(request, code), unsent=unsent, status=409)
    return back(request, found, "comment", clause=clause)


@login_required
@require_http_methods(["POST"])
def agreement_settle(request: HttpRequest, programme: str, code: str, ref: str) -> HttpResponse:
    """Answer a comment and settle it."""
    found = held(request, code)
    said = access.comment(request.user, found, ref, at=request.at)
    acting = desks.acting(request.user, found, at=request.at)
    own = acting is not None and acting[0].pk == said.side_id
    form = SettleForm(request.POST, own=own, auto_id=f"{ref}_%s")
    if not form.is_valid():
        return shown(request, found, forms={ref: form}, status=422)
    negotiating.settle(comment=said, person=request.user, at=request.at, **form.cleaned_data)
    return back(request, found, "settle", clause=said.clause)
