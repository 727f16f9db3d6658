"""Teachers' pages: today with who is here, the list of lessons, planning one, one with its steps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.departure import access
from rantau.departure.actions import lessons as actions
from rantau.departure.queries import lessons as queries
from rantau.engine.refusal import Refusal
from rantau.programmes import queries as programmes
from rantau.web.selection.forms import posted
from rantau.web.sentences import refusal_sentence

from .forms import HoldForm, PlanForm, ResultsForm, WhenForm, when
from .sentences import STATES, topics
from .words import rooms


def _intake(request: HttpRequest) -> Any:
    found = programmes.intake(request.programme)
    if found is None:
        raise ObjectDoesNotExist("no intake is planned yet")
    return found


def _refused(form: Any, refusal: Refusal, request: HttpRequest) -> None:
    form.add_error(None, refusal_sentence(refusal, programme=request.programme))


@login_required
@require_GET
def today(request: HttpRequest, programme: str) -> HttpResponse:
    """Show a teacher what is before them: today, this room, who is here; then what nobody has recorded yet."""
    found = queries.today(request.user, scope=programme, at=request.at)
    context = {"rows": [_room(request, one) for one in found], "rooms": rooms(request, "lessons_today")}
    return render(request, "lessons/today.html", context)


def _room(request: HttpRequest, lesson: Any, form: HoldForm | None = None) -> dict[str, Any]:
    """Return a lesson with its list, and with the form where it has begun."""
    lines = queries.sheet(lesson)
    begun = request.at > lesson.starts_at
    return {
        "lesson": lesson,
        "title": topics(request.programme).get(lesson.topic, lesson.topic),
        "state": STATES[lesson.state],
        "lines": lines,
        "begun": begun,
        "came": sum(1 for one in lines if one.presence and one.presence.mark in ("present", "late")),
        "form": form or (HoldForm(lines=lines, lesson=lesson) if begun and lesson.state == "planned" else None),
    }


@login_required
@require_GET
def lessons(request: HttpRequest, programme: str) -> HttpResponse:
    """List a teacher's lessons: what comes, then what was."""
    found = queries.seen(access.lessons(request.user, scope=programme, at=request.at))
    named = topics(request.programme)
    rows = [{"seen": one, "title": named.get(one.lesson.topic), "state": STATES[one.lesson.state]} for one in found]
    ahead = [row for row in rows if row["seen"].lesson.ends_at > request.at]
    context = {
        "ahead": ahead,
        "before": [row for row in reversed(rows) if row not in ahead],
        "rooms": rooms(request, "lessons"),
    }
    return render(request, "lessons/lessons.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, programme: str) -> HttpResponse:
    """Plan a lesson."""
    access.lessons(request.user, scope=programme, at=request.at)
    intake = _intake(request)
    schools, everybody = queries.schools(request.user, intake, at=request.at)
    form = PlanForm(posted(request), topics=topics(request.programme), schools=schools, everybody=everybody)
    if form.is_bound and form.is_valid():
        try:
            who = {"person": request.user, "at": request.at, "chance": request.chance}
            made = actions.plan(intake=intake, **who, **form.given())
        except Refusal as refusal:
            _refused(form, refusal, request)
        else:
            messages.success(request, _("The lesson is planned, and everybody called is told."))
            return redirect("lesson", programme=programme, ref=made.ref)
    context = {"form": form, "rooms": rooms(request, "lessons")}
    return render(request, "lessons/plan.html", context, status=422 if form.is_bound else 200)


def _fetched(request: HttpRequest, ref: str) -> Any:
    return access.lesson(request.user, ref, scope=request.programme.code, at=request.at)


def _page(request: HttpRequest, lesson: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    room = _room(request, lesson, forms.get("hold"))
    if lesson.state == "held" and room["form"] is None:
        room["form"] = HoldForm(lines=room["lines"], lesson=lesson)
    context = {
        "row": room,
        "lesson": lesson,
        "move": forms.get("move") or WhenForm(initial=when(lesson)),
        "results": ResultsForm(lines=room["lines"]) if lesson.state == "held" else None,
        "rooms": rooms(request, "lessons"),
    }
    return render(request, "lessons/lesson.html", context, status=status)


@login_required
@require_GET
def lesson(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Show one lesson: when, where, who is called or was there, and the steps that can be taken."""
    return _page(request, _fetched(request, ref))


@login_required
@require_POST
def hold(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Record who was there, or correct it; where something is wrong the page comes back with every tap as it was."""
    found = _fetched(request, ref)
    form = HoldForm(request.POST, lines=queries.sheet(found), lesson=found)
    if not form.is_valid():
        return _page(request, found, hold=form, status=422)
    step = actions.correct if found.state == "held" else actions.hold
    try:
        step(lesson=found, marks=form.given(), person=request.user, at=request.at)
    except Refusal as refusal:
        _refused(form, refusal, request)
        return _page(request, _fetched(request, ref), hold=form, status=409)
    messages.success(request, _("It is recorded who was there."))
    return redirect("lesson", programme=programme, ref=ref)


@login_required
@require_POST
def results(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Record what people reached in the topic."""
    found = _fetched(request, ref)
    form = ResultsForm(request.POST, lines=queries.sheet(found))
    if not form.is_valid():
        return _page(request, found, status=422)
    count = actions.record(lesson=found, results=form.cleaned_data, person=request.user, at=request.at)
    words = ngettext("%(number)s result is recorded.", "%(number)s results are recorded.", count)
    messages.success(request, words % {"number": count})
    return redirect("lesson", programme=programme, ref=ref)


@login_required
@require_POST
def move(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Move a planned lesson."""
    found = _fetched(request, ref)
    form = WhenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, move=form, status=422)
    try:
        actions.move(lesson=found, person=request.user, at=request.at, **form.given())
    except Refusal as refusal:
        _refused(form, refusal, request)
        return _page(request, _fetched(request, ref), move=form, status=409)
    messages.success(request, _("The lesson is moved, and everybody called is told."))
    return redirect("lesson", programme=programme, ref=ref)


@login_required
@require_POST
def cancel(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Cancel a planned lesson."""
    actions.cancel(lesson=_fetched(request, ref), person=request.user, at=request.at)
    messages.success(request, _("The lesson is cancelled, and everybody called is told."))
    return redirect("lesson", programme=programme, ref=ref)
