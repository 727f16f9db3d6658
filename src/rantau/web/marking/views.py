"""The examiner's pages: work by session and test, marks by piece code alone, locked after a look, sheets in and out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.selection import access, queries
from rantau.selection.actions import marking as actions
from rantau.selection.queries import desks
from rantau.web import tables
from rantau.web.selection.forms import MarkField
from rantau.web.sentences import refusal_sentence
from rantau.web.ui.values import text

from . import sheets


@login_required
@require_GET
def marking(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what there is to mark, by session and test, and how far this examiner is."""
    people.require(request.user, Role.EXAMINER, scope=programme, at=request.at)
    intake = programmes.intake(request.programme)
    rows = desks.batches(request.user, intake=intake, at=request.at) if intake else []
    return render(
        request,
        "marking/marking.html",
        {"rows": rows, "intake": intake, "twice": queries.doubles(intake) if intake else ()},
    )


def _batch(request: HttpRequest, code: str, criterion: str) -> dict[str, Any]:
    """Return a session and one of its tests, to an examiner of the programme alone."""
    scope = request.programme.code
    people.require(request.user, Role.EXAMINER, scope=scope, at=request.at)
    session = access.sessions(request.user, scope=scope, at=request.at).get(code=code)
    rule = next((c for c in queries.criteria(session.intake) if c.code == criterion), None)
    if rule is None or criterion not in session.criteria:
        raise ObjectDoesNotExist
    return {
        "session": session,
        "criterion": rule,
        "interview": rule.kind == "interview",
        "twice": rule in queries.doubles(session.intake),
    }


def field(criterion: Any) -> MarkField:
    """Return how a mark of a test is read: whole points for an interview, hundredths otherwise."""
    step = 100 if criterion.kind == "interview" else 1
    return MarkField(maximum=criterion.maximum, step=step, required=False)


@login_required
@require_http_methods(["GET", "POST"])
def pieces(request: HttpRequest, programme: str, code: str, criterion: str) -> HttpResponse:
    """Show every piece of a session with its mark, and keep what is typed as drafts."""
    batch = _batch(request, code, criterion)
    rows = _pieces(request, batch)
    if request.method == "POST":
        typed = {p.code: request.POST.get(f"mark-{p.code}", "").strip() for p in rows}
        wrong = _save(request, batch, rows, typed)
        if not wrong:
            target = "pieces_lock" if "check" in request.POST else "pieces"
            return redirect(target, programme=programme, code=code, criterion=criterion)
        return _shown(request, batch, _pieces(request, batch), typed=typed, wrong=wrong, status=422)
    return _shown(request, batch, rows)


def _pieces(request: HttpRequest, batch: dict[str, Any]) -> list[desks.Piece]:
    return desks.pieces(request.user, session=batch["session"], criterion=batch["criterion"], at=request.at)


def _shown(
    request: HttpRequest,
    batch: dict[str, Any],
    rows: list[desks.Piece],
    *,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    outcome: Any = None,
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    """Render the marking screen; what was typed stays in its field, with what is wrong below it."""
    reads = field(batch["criterion"])
    shown = [
        {
            "piece": p,
            "value": (typed or {}).get(p.code) or (reads.prepare_value(p.own.value) if p.own else ""),
            "wrong": (wrong or {}).get(p.code, ""),
        }
        for p in rows
    ]
    context = {
        **batch,
        "rows": shown,
        "wrong": bool(wrong),
        "drafts": sum(p.own is not None and p.own.state == "draft" for p in rows),
        "left": sum(p.own is None and not p.full for p in rows),
        "locked": sum(p.own is not None and p.own.state != "draft" for p in rows),
        "choices": _choices(batch["criterion"]),
        "maximum": reads.prepare_value(batch["criterion"].maximum),
        "form": form or tables.SheetForm(),
        "outcome": outcome,
    }
    return render(request, "marking/pieces.html", context, status=status)


def _choices(criterion: Any) -> list[tuple[str, str]]:
    """Return each whole mark of an interview with its descriptor; the number is not said twice."""
    words = [text(descriptor)[0] for descriptor in criterion.descriptors]
    return [(str(n), found.removeprefix(f"{n}:").strip()) for n, found in enumerate(words)]


def _save(
    request: HttpRequest, batch: dict[str, Any], rows: list[desks.Piece], typed: dict[str, str]
) -> dict[str, str]:
    """Keep what is new and right among the typed marks; return what is wrong, by piece."""
    reads, wrong, values = field(batch["criterion"]), {}, {}
    for piece in rows:
        if not typed[piece.code] or (piece.own is not None and piece.own.state != "draft"):
            continue
        try:
            value = reads.to_python(typed[piece.code])
        except ValidationError as error:
            wrong[piece.code] = error.messages[0]
            continue
        if value is not None and (piece.own is None or piece.own.value != value):
            values[piece.code] = value
    refused = _enter(request, batch, values)
    kept = len(values) - len(refused)
    if kept:
        words = ngettext("%(number)s mark is kept as a draft.", "%(number)s marks are kept as drafts.", kept)
        messages.success(request, words % {"number": kept})
    return wrong | {piece: refusal_sentence(refusal) for piece, refusal in refused.items()}


def _enter(request: HttpRequest, batch: dict[str, Any], values: dict[str, int]) -> dict[str, Any]:
    scope = request.programme.code
    sat = access.sittings(request.user, scope=scope, at=request.at).filter(session=batch["session"], piece__in=values)
    return actions.enter_all(
        sittings=list(sat),
        criterion=batch["criterion"].code,
        values=values,
        person=request.user,
        at=request.at,
        chance=request.chance,
    )


@login_required
@require_http_methods(["GET", "POST"])
def pieces_lock(request: HttpRequest, programme: str, code: str, criterion: str) -> HttpResponse:
    """Show one's drafts once more, and lock them: from then on they count."""
    batch = _batch(request, code, criterion)
    found = desks.drafts(request.user, session=batch["session"], criterion=criterion, at=request.at)
    if request.method == "POST":
        # Only what was looked at is locked: a draft that changed in another window stays a draft.
        marks = [m for piece, m in found.items() if request.POST.get(f"seen-{piece}") == str(m.value)]
        actions.lock(marks=marks, person=request.user, at=request.at)
        words = ngettext("%(number)s mark is locked.", "%(number)s marks are locked.", len(marks))
        messages.success(request, words % {"number": len(marks)})
        return redirect("pieces", programme=programme, code=code, criterion=criterion)
    return render(request, "marking/lock.html", {**batch, "drafts": list(found.items())})


@login_required
@require_http_methods(["GET", "POST"])
def piece_conflict(request: HttpRequest, programme: str, code: str, criterion: str, piece: str) -> HttpResponse:
    """Ask once, then declare a conflict: another examiner marks the piece."""
    batch = _batch(request, code, criterion)
    sat = access.sittings(request.user, scope=programme, at=request.at).get(session=batch["session"], piece=piece)
    if request.method == "POST":
        actions.declare_conflict(application=sat.application, person=request.user, at=request.at)
        messages.success(request, _("Noted. %(piece)s goes to another examiner.") % {"piece": piece})
        return redirect("pieces", programme=programme, code=code, criterion=criterion)
    return render(request, "marking/conflict.html", {**batch, "piece": piece})


@login_required
@require_GET
def pieces_out(request: HttpRequest, programme: str, code: str, criterion: str, kind: str) -> HttpResponse:
    """Return the pieces as a sheet, XLSX or CSV, with one's own marks."""
    batch = _batch(request, code, criterion)
    if kind not in ("xlsx", "csv"):
        raise ObjectDoesNotExist
    rows = _pieces(request, batch)
    name = f"nilai-{code}-{criterion}"
    return sheets.as_xlsx(rows, batch, name) if kind == "xlsx" else sheets.as_csv(rows, batch, name)


@login_required
@require_POST
def pieces_in(request: HttpRequest, programme: str, code: str, criterion: str) -> HttpResponse:
    """Keep the marks of a handed-in sheet as drafts; name the rows that are wrong."""
    batch = _batch(request, code, criterion)
    form = tables.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, batch, _pieces(request, batch), form=form, status=422)
    outcome, values, rows = sheets.read(form.cleaned_data["sheet"], _pieces(request, batch), batch)
    for piece, refusal in _enter(request, batch, values).items():
        outcome.refuse(rows.pop(piece), sheets.MARK, refusal)
    outcome.done = list(rows)
    outcome.problems.sort(key=lambda problem: problem.row)
    status = 422 if outcome.problems else 200
    return _shown(request, batch, _pieces(request, batch), outcome=outcome, status=status)
