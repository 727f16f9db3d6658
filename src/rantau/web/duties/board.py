"""The shared board of duties by office and month, and one duty's page: its evidence, doubts, excuses, history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rantau.agreements import access
from rantau.agreements.actions import duties as actions
from rantau.agreements.queries import boards
from rantau.engine.known import Text
from rantau.programmes.queries import day, terms
from rantau.web.ui import values

from . import overview
from .forms import DoubtForm, ExcuseForm, ShowForm, ShownForm
from .standings import DONE, STANDINGS, STEPS


@require_GET
def duties(request: HttpRequest, programme: str) -> HttpResponse:
    """Show who owes what by when, and how it stands: to the parties all of it, to anybody what agreements in force owe."""
    rows, full = boards.board(request.user, request.programme, at=request.at)
    today = day(request.at)
    years = sorted({one.due.year for one in rows if one.due} | {today.year})
    offices = {one.office.code: values.text(one.office.name)[0] for one in rows}
    asked = request.GET.dict()
    asked["tahun"] = asked.get("tahun") or str(today.year)
    form = ShownForm(asked, offices=offices, years=years)
    chosen = form.cleaned_data if form.is_valid() else {"pihak": "", "keadaan": "", "tahun": str(today.year)}
    year = int(chosen["tahun"]) if chosen["tahun"].isdigit() else 0
    found = [one for one in rows if chosen["pihak"] in ("", one.office.code)]
    shown = [one for one in found if chosen["keadaan"] in ("", one.standing)]
    shown = [one for one in shown if not year or one.due is None or one.due.year == year]
    context = {
        "terms": terms(request.programme.version),
        "form": form,
        "full": full,
        "acts": bool(access.offices(request.user, request.programme, at=request.at)),
        "counts": _counts(rows),
        "overview": overview.rows(found, year),
        "year": year,
        "months": [(month, [_row(one) for one in own]) for month, own in boards.months(shown)],
    }
    return render(request, "duties/board.html", context)


def _counts(rows: list[boards.Owed]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return for each office how many of its duties stand how, most urgent first; what it has none of is left out."""
    return [
        (
            office,
            [
                {"code": code, "words": f"{words}: {count[code]}", "tone": tone}
                for code, (words, tone) in STANDINGS.items()
                if count[code]
            ],
        )
        for office, count in boards.counts(rows)
    ]


def _row(one: boards.Owed) -> dict[str, Any]:
    words, tone = STANDINGS[one.standing]
    return {
        "one": one,
        "duty": one.duty,
        "what": Text.read(one.duty.what),
        "wanted": Text.read(one.duty.wanted),
        "words": words,
        "tone": tone,
        "link": _link(one.duty.address),
    }


def _link(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""


@require_GET
def duty(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show one duty: what, who, by when, from which clause, its evidence and history, and what the reader may do."""
    return _page(request, code)


@login_required
@require_POST
def duty_show(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a duty of one's own office done, with its evidence."""
    return _judged(request, code, "show", ShowForm(request.POST), actions.show)


@login_required
@require_POST
def duty_doubt(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say that the evidence does not show it."""
    return _judged(request, code, "doubt", DoubtForm(request.POST), actions.doubt)


@login_required
@require_POST
def duty_excuse(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Excuse another office from a duty."""
    return _judged(request, code, "excuse", ExcuseForm(request.POST), actions.excuse)


def _judged(request: HttpRequest, code: str, step: str, form: Any, action: Any) -> HttpResponse:
    found = boards.get(request.user, request.programme, code, at=request.at)
    if not form.is_valid() and step in boards.possible(request.user, found, at=request.at):
        return _page(request, code, **{step: form})
    given = {name: form.cleaned_data.get(name, "") for name in form.fields}
    action(duty=found, person=request.user, at=request.at, **given)
    messages.success(request, DONE[step])
    return redirect("duty", request.programme.code, code)


def _page(request: HttpRequest, code: str, **typed: Any) -> HttpResponse:
    one, full = boards.one(request.user, request.programme, code, at=request.at)
    known = terms(request.programme.version)
    may = boards.possible(request.user, one.duty, at=request.at)
    names = {office.code: office for office in known.offices}
    forms = {"show": ShowForm(), "doubt": DoubtForm(), "excuse": ExcuseForm()}
    context = {
        **_row(one),
        "terms": known,
        "full": full,
        "judge": names.get(one.duty.excused_by),
        "milestone": next((row for row in known.milestones if row.code == one.duty.waits_for), None),
        "forms": {step: typed.get(step, form) for step, form in forms.items() if step in may},
        "history": [
            {"words": STEPS[happened.step], "happened": happened}
            for happened in boards.history(one.duty)
            if happened.step in STEPS
        ],
    }
    return render(request, "duties/duty.html", context, status=422 if typed else 200)
