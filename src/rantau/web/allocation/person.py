"""A person's own page of a division: the list, exemptions, where they go and why, and their answer."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rantau.allocation import queries
from rantau.allocation.actions import deciding, wishing
from rantau.allocation.queries.standing import better, may_answer, phase
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import terms
from rantau.web.applications.pages import address, context, held, is_own, refuse
from rantau.web.sentences import fact

from .forms import AnswerForm, ExemptionForm, WishForm
from .sentences import DECLINING, DONE, EXEMPTIONS, LOST, OWN, PHASES, PLACES, TRUTH
from .words import Reasons, places_of, ruled, shut

METHODS = ["GET", "HEAD", "POST"]


def _own(request: HttpRequest, code: str, kind: str) -> tuple[Any, dict[str, Any]]:
    """Return the reader's own application and what the division holds for it, or raise DoesNotExist."""
    application = held(request, code)
    found = queries.of_person(request.user, application) if is_own(request, application) else []
    own = next((row for row in found if row["allocation"].kind == kind), None)
    if own is None:
        raise ObjectDoesNotExist
    return application, own


def _open(own: dict[str, Any], titles: dict[str, str]) -> dict[str, str]:
    """Return the places with seats that are open to the person, by code."""
    return {place.code: titles[place.code] for place in own["rules"].places if not shut(place, own["barred"])}


@login_required
@require_http_methods(METHODS)
def own_allocation(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Show the rules and the list while lists are open, and afterwards where the person goes and why; take a list."""
    application, own = _own(request, code, kind)
    places = _open(own, places_of(terms(application.intake.version), kind))
    form = WishForm(request.POST if request.method == "POST" else None, places=places, wishes=own["wishes"])
    if form.is_bound and form.is_valid():
        wishing.wish(
            allocation=own["allocation"],
            application=application,
            places=form.list(),
            person=request.user,
            at=request.at,
        )
        messages.success(request, str(DONE["list"]) % {"until": fact(own["allocation"].wishes_until)})
        return _back(application, kind)
    shown = context(request, application, form=form, **_told(request, application, own))
    return render(request, "allocation/own.html", shown, status=422 if form.is_bound else 200)


def _back(application: Any, kind: str) -> HttpResponse:
    return redirect(address("own_allocation", application, kind=kind))


def _told(request: HttpRequest, application: Any, own: dict[str, Any]) -> dict[str, Any]:
    """Return what the own page says: the phase in words, the place, the reasons, the rules, the requests."""
    allocation, place = own["allocation"], own["place"]
    kind, named = allocation.kind, terms(application.intake.version)
    titles = places_of(named, kind)
    now = phase(own, application, at=request.at)
    label, means, following, tone = PHASES[now]
    reasons = Reasons(own, titles, named, ranks=queries.ranks(allocation), least=_least(own["run"]))
    return {
        "allocation": allocation,
        "title": OWN[kind],
        "phase": now,
        "label": label,
        "means": LOST.get((now, kind), means),
        "following": following,
        "tone": tone,
        "until": _until(own, now),
        "rules": ruled(own["rules"], titles, named),
        "word": PLACES[kind],
        "truth": TRUTH if now == "wishing" and own["rules"].truthful else "",
        "wishes": [titles[code] for code in own["wishes"]],
        "barred": reasons.barred(application),
        "lines": reasons.lines(application),
        "place": titles[place.place] if place else "",
        "number": own["wishes"].index(place.place) + 1 if place and place.place in own["wishes"] else None,
        "before": _before(own, titles) if place and now in ("offered", "waiting", "accepted") else None,
        "may": may_answer(own, application, at=request.at),
        "declining": DECLINING[kind],
        "run": own["run"],
        "publication": own["code"],
        "requests": [
            {"request": one, "place": titles[one.place], "words": EXEMPTIONS[one.state]} for one in own["requests"]
        ],
        "askable": bool(_askable(own, titles)),
        "seatless": application.state != "accepted",
    }


def _least(run: Any) -> dict[str, int]:
    """Return the minima that a run had to meet, by place."""
    return {row["id"]: row.get("minimum", 0) for row in queries.instance(run)["openings"]} if run else {}


def _until(own: dict[str, Any], now: str) -> dt.datetime | None:
    """Return the instant that limits what the person can do now."""
    if now == "wishing":
        until: dt.datetime | None = own["allocation"].wishes_until
        return until
    return own["place"].answer_by if now == "offered" else None


def _before(own: dict[str, Any], titles: dict[str, str]) -> dict[str, Any] | None:
    """Return what the run before gave, where there was one: nothing, the same place, or one less wanted."""
    found = queries.runs(own["allocation"])
    if len(found) < 2:
        return None
    code = queries.result(found[1])["assignment"].get(own["code"])
    return {"place": titles.get(code, ""), "same": code == own["place"].place, "none": code is None}


def _askable(own: dict[str, Any], titles: dict[str, str]) -> dict[str, str]:
    """Return the open places from which an exemption was not asked for yet."""
    asked = {one.place for one in own["requests"] if one.state != "taken_back"}
    return {code: title for code, title in _open(own, titles).items() if code not in asked}


@login_required
@require_http_methods(METHODS)
def exemption_ask(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Take a request not to be sent to a place."""
    application, own = _own(request, code, kind)
    places = _askable(own, places_of(terms(application.intake.version), kind))
    if request.method != "POST" and (phase(own, application, at=request.at) != "wishing" or not places):
        return _back(application, kind)
    form = ExemptionForm(request.POST if request.method == "POST" else None, places=places)
    if form.is_bound and form.is_valid():
        try:
            wishing.ask_exemption(
                allocation=own["allocation"],
                application=application,
                person=request.user,
                at=request.at,
                chance=request.chance,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            refuse(form, "why", refusal, "exemption.why")
        else:
            messages.success(request, DONE["ask"])
            return _back(application, kind)
    more = {"form": form, "until": own["allocation"].wishes_until, "kind": kind}
    shown = context(request, application, **more) | {"back": address("own_allocation", application, kind=kind)}
    return render(request, "allocation/exemption_ask.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def exemption_back(request: HttpRequest, programme: str, code: str, kind: str, ref: str) -> HttpResponse:
    """Take a request back before it is answered."""
    application, own = _own(request, code, kind)
    found = next((one for one in own["requests"] if one.ref == ref), None)
    if found is None:
        raise ObjectDoesNotExist
    wishing.take_back(exemption=found, person=request.user, at=request.at)
    messages.success(request, DONE["take_back"])
    return _back(application, kind)


@login_required
@require_http_methods(METHODS)
def place_answer(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Take the answer to a place."""
    application, own = _own(request, code, kind)
    may = may_answer(own, application, at=request.at)
    if own["place"] is None or (request.method != "POST" and not may):
        return _back(application, kind)
    form = AnswerForm(request.POST if request.method == "POST" else None, kind=kind, may=may)
    if form.is_bound and form.is_valid():
        says = form.cleaned_data["says"]
        deciding.answer(place=own["place"], says=says, person=request.user, at=request.at)
        messages.success(request, DONE[says])
        return _back(application, kind)
    more = {
        "form": form,
        "place": places_of(terms(application.intake.version), kind)[own["place"].place],
        "waits": own["place"].state == "waiting",
        "until": own["place"].answer_by if may and "accept" in may else None,
        "better": better(own),
        "declining": DECLINING[kind],
    }
    shown = context(request, application, **more) | {"back": address("own_allocation", application, kind=kind)}
    return render(request, "allocation/answer.html", shown, status=422 if form.is_bound else 200)
