"""Demand of the partner ministries: the public picture, a ministry's own rows, and its sheet as it is."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from rantau.coordination import access, queries
from rantau.coordination.actions import demand as actions
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import terms
from rantau.web import tables
from rantau.web.sentences import refusal_sentence

from . import picture, sheets
from .declaring import DemandForm, MappingForm, trades
from .sentences import FIELDS, PROBLEMS, SKIPPED, TRADES
from .words import offices, rooms


@require_safe
def demand(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what is asked for beside what is trained: drawn, as a table, and project by project."""
    found = queries.demand.picture(request.programme)
    names = offices(request.programme)
    context = {
        "picture": found,
        "terms": terms(request.programme.version),
        "offices": [(code, names.get(code, code)) for code in found.offices],
        "totals": picture.totals(found, names),
        "years": picture.years(found),
        "supply": picture.supply(found),
        "rows": [
            {"row": row, "office": names.get(row.office, row.office), "trade": TRADES[row.trade]} for row in found.rows
        ],
        "rooms": rooms(request, "demand"),
    }
    return render(request, "coordination/demand.html", context)


@require_safe
def demand_out(request: HttpRequest, programme: str) -> HttpResponse:
    """Give what is asked for as a sheet, without the ministries' notes."""
    rows = queries.demand.of(request.programme)
    return tables.download(sheets.current(rows, offices(request.programme)), f"kebutuhan-{programme}")


@login_required
@require_GET
def demand_template(request: HttpRequest, programme: str) -> HttpResponse:
    """Give an empty sheet; a ministry's own will do as well."""
    access.ministry(request.user, request.programme, at=request.at)
    return tables.download(sheets.template(), "kebutuhan-templat")


@login_required
@require_GET
def demand_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show a ministry what it asks for, the sheets that wait, and the ways to enter more."""
    return _desk(request, tables.SheetForm())


def _desk(request: HttpRequest, form: tables.SheetForm, *, status: int = 200) -> HttpResponse:
    versions = access.demand(request.user, request.programme, at=request.at)
    office = access.ministry(request.user, request.programme, at=request.at).office
    rows = queries.demand.of(request.programme, office)
    context = {
        "office": offices(request.programme)[office],
        "rows": [{"row": row, "trade": TRADES[row.trade]} for row in rows],
        "places": sum(row.places for row in rows),
        "ended": versions.exclude(ended_at=None).count(),
        "sheets": access.sheets(request.user, request.programme, at=request.at),
        "form": form,
        "rooms": rooms(request, "demand_desk"),
    }
    return render(request, "coordination/demand_desk.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def demand_new(request: HttpRequest, programme: str) -> HttpResponse:
    """Enter one demand."""
    access.ministry(request.user, request.programme, at=request.at)
    return _entered(request, DemandForm(request.POST if request.method == "POST" else None))


@login_required
@require_http_methods(["GET", "POST"])
def demand_row(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a demand with every version of it; enter the next."""
    row = access.demand(request.user, request.programme, at=request.at).filter(code=code).order_by("-version")[:1].get()
    now = {name: getattr(row, name) for name in FIELDS if name != "trade"} | {"trade": row.words}
    form = DemandForm(request.POST, initial=now) if request.method == "POST" else DemandForm(initial=now)
    return _entered(request, form, row)


def _entered(request: HttpRequest, form: DemandForm, row: Any = None) -> HttpResponse:
    if not form.is_bound or not form.is_valid():
        return _row(request, form, row, status=422 if form.is_bound else 200)
    who = {"person": request.user, "at": request.at, "chance": request.chance}
    try:
        actions.enter(programme=request.programme, given=form.cleaned_data, code=row.code if row else "", **who)
    except Refusal as refusal:
        form.add_error(None, refusal_sentence(refusal))
        return _row(request, form, row, status=409)
    messages.success(request, _("Entered."))
    return redirect("demand_desk", programme=request.programme.code)


def _row(request: HttpRequest, form: DemandForm, row: Any, *, status: int) -> HttpResponse:
    versions = [{"row": one, "trade": TRADES[one.trade]} for one in queries.demand.versions(row)] if row else []
    context = {
        "form": form,
        "row": row,
        "versions": versions,
        "trades": trades(),
        "rooms": rooms(request, "demand_desk"),
    }
    return render(request, "coordination/demand_row.html", context, status=status)


@login_required
@require_POST
def demand_end(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """End a demand: it is no longer asked for."""
    actions.end(programme=request.programme, code=code, person=request.user, at=request.at)
    messages.success(request, _("Ended. Its versions are kept."))
    return redirect("demand_desk", programme=programme)


@login_required
@require_http_methods(["GET", "POST"])
def demand_in(request: HttpRequest, programme: str) -> HttpResponse:
    """Take a ministry's sheet as it is, and show what was understood before anything is taken."""
    access.ministry(request.user, request.programme, at=request.at)
    if request.method == "GET":
        return redirect("demand_desk", programme=programme)
    form = tables.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, form, status=422)
    data = form.cleaned_data["sheet"]
    try:
        lines = tables.lines(data)
    except Refusal as refusal:
        form.add_error("sheet", refusal_sentence(refusal))
        return _desk(request, form, status=409)
    made = actions.hand_in(
        programme=request.programme,
        name=request.FILES["sheet"].name,
        data=data,
        lines=lines,
        person=request.user,
        at=request.at,
        chance=request.chance,
    )
    return redirect("demand_sheet", programme=programme, ref=made.ref)


@login_required
@require_http_methods(["GET", "POST"])
def demand_sheet(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Show how a sheet was understood and what its rows ask for; correct the columns, take it, or put it away."""
    sheet = access.sheets(request.user, request.programme, at=request.at).get(ref=ref)
    does = request.POST.get("do", "")
    if does == "away":
        actions.put_away(sheet=sheet)
        messages.success(request, _("Put away. Nothing was taken."))
        return redirect("demand_desk", programme=programme)
    if does == "take":
        return _taken(request, sheet)
    found = queries.demand.reading(sheet)[0]
    form = MappingForm(request.POST if does == "map" else None, lines=queries.demand.lines(sheet), found=found)
    if form.is_bound and form.is_valid():
        actions.correct(sheet=sheet, **form.given())
        return redirect("demand_sheet", programme=programme, ref=ref)
    return _preview(request, sheet, form, status=422 if request.method == "POST" else 200)


def _taken(request: HttpRequest, sheet: Any) -> HttpResponse:
    how = {"whole": request.POST.get("wrong") != "leave", "all_of_it": request.POST.get("extent") == "all"}
    try:
        counts = actions.take_sheet(sheet=sheet, person=request.user, at=request.at, chance=request.chance, **how)
    except Refusal as refusal:
        sentence = refusal_sentence(refusal)
        if refusal.code == "demand.columns":
            named = [str(FIELDS[name]) for name in refusal.facts["missing"]]
            sentence = refusal_sentence(Refusal("demand.columns", missing=named))
        form = MappingForm(lines=queries.demand.lines(sheet), found=queries.demand.reading(sheet)[0])
        return _preview(request, sheet, form, status=409, refused=sentence, typed=request.POST)
    words = _("New: %(new)s, changed: %(changed)s, as before: %(same)s, ended: %(ended)s.")
    messages.success(request, words % counts)
    return redirect("demand_desk", programme=request.programme.code)


def _preview(request: HttpRequest, sheet: Any, form: MappingForm, *, status: int, **more: Any) -> HttpResponse:
    found, reading = queries.demand.reading(sheet)
    wrong = sum(bool(row.problems) for row in reading.rows)
    right = len(reading.rows) - wrong
    context = {
        "sheet": sheet,
        "form": form,
        "rows": [
            {"row": row, "trade": TRADES[row.trade], "problems": [PROBLEMS[p.field, p.code] for p in row.problems]}
            for row in reading.rows
        ],
        "skipped": [(one.number, SKIPPED[one.why]) for one in reading.skipped],
        "missing": [FIELDS[name] for name in found.missing],
        "right": right,
        "wrong": wrong,
        "places": sum(row.places or 0 for row in reading.rows if not row.problems),
        "summary": ngettext("%(n)s row can be taken", "%(n)s rows can be taken", right) % {"n": right},
        "rooms": rooms(request, "demand_desk"),
        **more,
    }
    return render(request, "coordination/demand_sheet.html", context, status=status)
