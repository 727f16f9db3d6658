"""Pages of meetings: by month, one with its steps, the call, who came, the minutes, the file for calendars."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.coordination import access, queries
from rantau.coordination.actions import meetings as actions
from rantau.coordination.calendar import calendar
from rantau.engine.refusal import Refusal
from rantau.web.duties.standings import STANDINGS
from rantau.web.sentences import refusal_sentence

from .minuting import ROWS, HoldForm, MinutesForm, PlanForm, WhenForm, when
from .sentences import LANGUAGES, MEETINGS
from .words import offices, parties, rooms


@login_required
@require_GET
def meetings(request: HttpRequest, programme: str) -> HttpResponse:
    """List the meetings that a person may read, by month."""
    names = offices(request.programme)
    months = [
        (month, [{"meeting": one, "state": _state(one, request), "offices": _named(one, names)} for one in found])
        for month, found in queries.meetings.months(request.user, request.programme, at=request.at)
    ]
    context = {
        "months": months,
        "plans": bool(access.callers(request.user, request.programme, at=request.at)),
        "rooms": rooms(request, "meetings"),
    }
    return render(request, "coordination/meetings.html", context)


def _state(meeting: Any, request: HttpRequest) -> tuple[Any, str]:
    over = meeting.state == "planned" and request.at > meeting.ends_at
    return MEETINGS["past" if over else meeting.state]


def _named(meeting: Any, names: dict[str, str]) -> list[str]:
    return [names.get(code, code) for code in meeting.offices]


@login_required
@require_http_methods(["GET", "POST"])
def meeting_plan(request: HttpRequest, programme: str) -> HttpResponse:
    """Call a meeting."""
    able = access.callers(request.user, request.programme, at=request.at)
    if not able:
        raise Refusal("role.missing", roles=["coordinator"])
    names = offices(request.programme)
    callers = {code: names[code] for code in able}
    form = PlanForm(
        request.POST if request.method == "POST" else None, callers=callers, parties=parties(request.programme)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(
                programme=request.programme,
                person=request.user,
                at=request.at,
                chance=request.chance,
                **form.given(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal_sentence(refusal))
            return _plan(request, form, status=409)
        messages.success(request, _("The meeting is called."))
        return redirect("meeting", programme=programme, code=made.code)
    return _plan(request, form, status=422 if form.errors else 200)


def _plan(request: HttpRequest, form: PlanForm, *, status: int) -> HttpResponse:
    context = {"form": form, "rooms": rooms(request, "meetings")}
    return render(request, "coordination/meeting_plan.html", context, status=status)


def _fetched(request: HttpRequest, code: str) -> Any:
    return access.meeting(request.user, request.programme, code, at=request.at)


@login_required
@require_GET
def meeting(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a meeting with what was decided, and what the reader may do about it now."""
    return _page(request, _fetched(request, code))


def _page(request: HttpRequest, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    names = offices(request.programme)
    opened = queries.meetings.opened(request.user, found, at=request.at)
    invited = {code: names.get(code, code) for code in found.offices}
    context = {
        "meeting": found,
        "state": _state(found, request),
        "invited": list(invited.values()),
        "caller": names.get(found.called_by, found.called_by),
        "writer": names.get(found.minuted_by, found.minuted_by),
        "approver": names.get(found.approved_by, found.approved_by),
        "attendances": [(invited.get(one.office, one.office), one.mandate) for one in opened.attendances],
        "decisions": [_decision(one, found, names, opened) for one in opened.decisions],
        "steps": opened.steps,
        "drafted": bool(found.minutes) and found.state == "held",
        "rooms": rooms(request, "meetings"),
        "hold": forms.get("hold") or HoldForm(invited=invited),
        "move": forms.get("move") or WhenForm(initial=when(found)),
    }
    return render(request, "coordination/meeting.html", context, status=status)


def _decision(one: Any, meeting: Any, names: dict[str, str], opened: Any) -> dict[str, Any]:
    others = [
        (code, name, one.text[code]) for code, name in LANGUAGES if code != meeting.language and one.text.get(code)
    ]
    return {
        "decision": one,
        "language": meeting.language,
        "words": one.text.get(meeting.language, ""),
        "others": others,
        "owner": names.get(one.office, one.office) if one.office else "",
        "duty": one.duty.code if one.duty else "",
        "standing": STANDINGS[opened.standings[one.duty.code]] if one.duty else None,
        "opens": one.duty is not None and one.duty.code in opened.duties,
    }


@login_required
@require_GET
def meeting_calendar(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give a meeting as a file for calendars: title, time and place, and the page that has the rest."""
    found = _fetched(request, code)
    page = request.build_absolute_uri(reverse("meeting", args=[programme, found.code]))
    response = HttpResponse(calendar([queries.meetings.event(found, page=page)]), content_type="text/calendar")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def meeting_move(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Move a planned meeting."""
    found = _fetched(request, code)
    form = WhenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, move=form, status=422)
    try:
        actions.move(meeting=found, person=request.user, at=request.at, **form.given())
    except Refusal as refusal:
        form.add_error(None, refusal_sentence(refusal))
        return _page(request, _fetched(request, code), move=form, status=409)
    messages.success(request, _("The meeting is moved. Calendars take the new time from the new file."))
    return redirect("meeting", programme=programme, code=code)


@login_required
@require_POST
def meeting_hold(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Record that a meeting was held and who was there."""
    found = _fetched(request, code)
    names = offices(request.programme)
    form = HoldForm(request.POST, invited={office: names.get(office, office) for office in found.offices})
    if not form.is_valid():
        return _page(request, found, hold=form, status=422)
    actions.hold(meeting=found, person=request.user, at=request.at, offices=form.cleaned_data["offices"])
    messages.success(request, _("Recorded. Now the minutes can be written."))
    return redirect("meeting_minute", programme=programme, code=code)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_minute(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Write the minutes: keep them, ask for more rows, or hand them in for approval."""
    found = _fetched(request, code)
    opened = queries.meetings.opened(request.user, found, at=request.at)
    if "minute" not in opened.steps:
        raise Refusal("meeting.not_held")
    names = offices(request.programme)
    typed = request.POST.get("rows", "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else ROWS
    data = request.POST if request.method == "POST" else None
    form = MinutesForm(data, meeting=found, decisions=opened.decisions, offices=names, rows=rows)
    if data is None:
        return _minutes(request, found, form)
    if not form.is_valid():
        return _minutes(request, found, form, status=422)
    hands_in = data.get("do") == "hand"
    who = {"meeting": found, "person": request.user, "at": request.at}
    try:
        (actions.minute if hands_in else actions.draft)(**who, **form.given())
    except Refusal as refusal:
        form.add_error(None, refusal_sentence(refusal))
        return _minutes(request, _fetched(request, code), form, status=409)
    if hands_in:
        messages.success(request, _("Handed in. Another invited office approves the minutes."))
        return redirect("meeting", programme=programme, code=code)
    messages.success(request, _("Kept. Nobody is bound by the minutes yet."))
    return redirect("meeting_minute", programme=programme, code=code)


def _minutes(request: HttpRequest, found: Any, form: MinutesForm, *, status: int = 200) -> HttpResponse:
    context = {"meeting": found, "form": form, "rooms": rooms(request, "meetings")}
    return render(request, "coordination/meeting_minute.html", context, status=status)


@login_required
@require_POST
def meeting_approve(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Approve the minutes: their decisions become duties."""
    found = _fetched(request, code)
    actions.approve(meeting=found, person=request.user, at=request.at, chance=request.chance)
    messages.success(request, _("Approved. Each decision with an owner is a duty now."))
    return redirect("meeting", programme=programme, code=code)


@login_required
@require_POST
def meeting_reopen(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Open minutes again that are not right yet."""
    actions.reopen(meeting=_fetched(request, code), person=request.user, at=request.at)
    messages.success(request, _("The minutes are open again."))
    return redirect("meeting_minute", programme=programme, code=code)


@login_required
@require_POST
def meeting_cancel(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Cancel a planned meeting."""
    actions.cancel(meeting=_fetched(request, code), person=request.user, at=request.at)
    messages.success(request, _("The meeting is cancelled. Calendars learn it from the new file."))
    return redirect("meeting", programme=programme, code=code)
