"""The exchange with the ministry's system: a file out for a purpose, its answer back in with row by row errors."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from rantau.departure.actions import exchanging as acts
from rantau.departure.queries import exchange as known
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.web import tables
from rantau.web.selection.forms import posted

from .forms import PurposeForm
from .sentences import DONE

OUT = tuple(tables.Column(one.code, one.heading, digits=one.digits) for one in known.COLUMNS)
IN = tuple(tables.Column(one.code, one.heading, digits=one.digits, needed=one.code != "nomor") for one in known.ANSWER)
WRONG = {
    "unknown": _("This code belongs to nobody who was handed over. Copy it from the file that went out."),
    "twice": _("This code stands in a row above too. Leave one of them."),
    "empty": _("The cell is empty. Write the word of the other system."),
    "long": _("The text is too long. At most 40 letters for a status, 60 for a number."),
}
"""What is wrong with a row of an answer, and how to mend it."""


def _intake(request: HttpRequest) -> Any:
    people.require(request.user, *acts.HANDS_OVER, scope=request.programme.code, at=request.at)
    intake = programmes.intake(request.programme)
    if intake is None:
        raise ObjectDoesNotExist
    return intake


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what goes out, what went out and came in; hand over a file for a purpose."""
    intake = _intake(request)
    form = PurposeForm(posted(request))
    if not form.is_valid():
        return _shown(request, intake, 422 if form.is_bound else 200, form=form)
    kind = form.cleaned_data["form"]
    data, transfer = acts.hand_over(
        intake=intake,
        purpose=form.cleaned_data["purpose"],
        write=_csv if kind == "csv" else _xlsx,
        person=request.user,
        at=request.at,
        chance=request.chance,
    )
    name = f"keberangkatan-{intake.code}-{transfer.digest[:8]}"
    return tables.download_csv(data, name) if kind == "csv" else tables.download(data, name)


def _xlsx(rows: Sequence[dict[str, str]]) -> bytes:
    return tables.write(OUT, rows, title="Keberangkatan")


def _csv(rows: Sequence[dict[str, str]]) -> bytes:
    return tables.write_csv(OUT, rows)


def _shown(request: HttpRequest, intake: Any, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "intake": intake,
        "form": PurposeForm(),
        "sheet_form": tables.SheetForm(),
        "columns": known.COLUMNS,
        "answer": known.ANSWER,
        "transfers": known.transfers(intake),
        "coordinates": Role.COORDINATOR in people.roles(request.user, scope=request.programme.code, at=request.at),
        **more,
    }
    return render(request, "leaving/exchange.html", context, status=status)


@login_required
@require_POST
def exchange_in(request: HttpRequest, programme: str) -> HttpResponse:
    """Take in the answer, every row or none; say of each wrong row what is wrong and how to mend it."""
    intake = _intake(request)
    form = tables.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, intake, 422, sheet_form=form, wrong=form)
    data = form.cleaned_data["sheet"]
    rows, problems = tables.read(data, IN)
    if not problems:
        found = [acts.Row(one.number, one.cells["kode"], one.cells["status"], one.cells["nomor"]) for one in rows]
        try:
            acts.take_in(
                intake=intake, rows=found, data=data, person=request.user, at=request.at, chance=request.chance
            )
        except Refusal as refusal:
            if refusal.code != "exchange.rows":
                raise
            problems = [_problem(*one) for one in refusal.facts["problems"]]
        else:
            messages.success(request, DONE["exchange_in"])
            return redirect("exchange", programme=programme)
    return _shown(request, intake, 422, problems=sorted(problems, key=lambda one: one.row))


def _problem(line: int, column: str, why: str) -> tables.Problem:
    heading = next(one.heading for one in known.ANSWER if one.code == column)
    return tables.Problem(line, heading, WRONG[why])
