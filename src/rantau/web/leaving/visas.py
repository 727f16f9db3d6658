"""Visas: the coordinator asks and records what came on paper; the embassy of the host country sees its list and answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rantau.departure import access, queries
from rantau.departure.actions import visas as acts
from rantau.departure.queries import visas as asked
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.web.applications.pages import refuse
from rantau.web.selection.desk import planned

from .forms import AnswerForm, PeopleForm
from .sentences import DONE, HINDERED, VISA_REASONS, VISAS
from .words import labels, row


@login_required
@require_GET
def visa_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show for whom a visa can be asked, for whom not yet and why, and what was answered."""
    return _desk(request, planned(request))


def _desk(request: HttpRequest, intake: Any, status: int = 200, **forms: Any) -> HttpResponse:
    ready, waiting = asked.askable(intake)
    rows = list(access.visas(request.user, scope=request.programme.code, at=request.at).order_by("state", "asked_at"))
    pending = [one for one in rows if one.state == "asked"]
    context = {
        "intake": intake,
        "ask_form": PeopleForm(people=labels(ready)) if ready else None,
        "waiting": [{**row(one), "why": HINDERED[why]} for one, why in waiting],
        "pending": [{**row(one.clearance), "visa": one} for one in pending],
        "answer_form": AnswerForm(people=_named(pending)) if pending else None,
        "answered": [
            {**row(one.clearance), "visa": one, "said": VISAS[one.state], "reason": VISA_REASONS.get(one.reason)}
            for one in rows
            if one.state != "asked"
        ],
        **forms,
    }
    return render(request, "leaving/visa_desk.html", context, status=status)


def _named(visas: list[Any]) -> dict[str, str]:
    return {one.ref: f"{one.clearance.application.person.name} · {one.clearance.code}" for one in visas}


@login_required
@require_POST
def visa_ask(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask for the visas of those who are ticked."""
    intake = planned(request)
    ready, _waiting = asked.askable(intake)
    form = PeopleForm(request.POST, people=labels(ready))
    if not form.is_valid():
        return _desk(request, intake, 422, ask_form=form, wrong=form)
    ways = {one.code: one for one in ready}
    ticked = [ways[one] for one in form.cleaned_data["people"]]
    acts.ask_for(clearances=ticked, person=request.user, at=request.at, chance=request.chance)
    messages.success(request, DONE["visa_ask"])
    return redirect("visa_desk", programme=programme)


@login_required
@require_GET
def visa_list(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the embassy of the host country whose visa waits for its answer: name, code, day, and nothing more."""
    return _list(request)


def _list(request: HttpRequest, status: int = 200, form: Any = None) -> HttpResponse:
    rows = asked.shown(request.user, scope=request.programme.code, at=request.at)
    form = form or AnswerForm(people={one.ref: f"{one.name} · {one.code}" for one in rows})
    return render(request, "leaving/visa_list.html", {"rows": rows, "form": form}, status=status)


@login_required
@require_POST
def visa_answer(request: HttpRequest, programme: str) -> HttpResponse:
    """Keep the host state's answer for those who are ticked, given here by its embassy or come on paper."""
    scope = request.programme.code
    held = people.roles(request.user, scope=scope, at=request.at)
    found = access.visas(request.user, scope=scope, at=request.at).filter(state="asked")
    if Role.COORDINATOR not in held:
        asked.shown(request.user, scope=scope, at=request.at)  # refuses whoever does not answer for the host state
    visas = {one.ref: one for one in queries.with_way(found)}
    form = AnswerForm(request.POST, people=_named(list(visas.values())))
    if form.is_valid():
        try:
            _answer(form.cleaned_data, visas, request)
        except Refusal as refusal:
            refuse(form, "valid_until", refusal, "visa.dates")
        else:
            messages.success(request, DONE["visa_answer"])
            return redirect("visa_desk" if Role.COORDINATOR in held else "visa_list", programme=programme)
    if Role.COORDINATOR in held:
        return _desk(request, planned(request), 422, answer_form=form, wrong=form)
    return _list(request, 422, form)


def _answer(said: dict[str, Any], visas: dict[str, Any], request: HttpRequest) -> None:
    who = {"visas": [visas[one] for one in said["people"]], "person": request.user, "at": request.at}
    if said["answer"] == "issue":
        acts.issue(**who, valid_from=said["valid_from"], valid_until=said["valid_until"])
    else:
        acts.refuse(**who, reason=said["reason"])


@login_required
@require_POST
def visa_take_back(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Take back what was asked for somebody."""
    scope = request.programme.code
    people.require(request.user, Role.COORDINATOR, scope=scope, at=request.at)
    visa = access.visas(request.user, scope=scope, at=request.at).get(ref=ref)
    acts.take_back(visa=visa, person=request.user, at=request.at)
    messages.success(request, DONE["visa_back"])
    return redirect("visa_desk", programme=programme)
