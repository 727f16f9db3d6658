"""An officer's look at one document: scan beside what was typed, findings, a decision by key, and on to the next."""

import base64
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rantau.departure import access, queries
from rantau.departure.actions import papers as actions
from rantau.departure.queries import board
from rantau.engine import required
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes.queries import day
from rantau.web import files
from rantau.web.sentences import fact, refusal_sentence

from .forms import DecisionForm
from .sentences import DONE, DOUBTS, KEYS, RETURNS, TRUTHS
from .words import rule_row, shown, spoken_values

FIELD = {"paper.source": "source", "paper.reason": "reason", "paper.note": "note", "reason.empty": "note"}
"""Where a refused decision is mended."""
HERE = (*FIELD, "paper.visa", "paper.long")
STEPS = {"see": ("given",), "confirm": ("given", "seen"), "return": ("given", "seen", "confirmed")}
"""The states of a document in which an officer takes a decision."""


def _found(request: HttpRequest, ref: str) -> tuple[Any, bool]:
    """Return a document and whether its reader looks into it; a coordinator alone reads only that it is asked."""
    asked = {"scope": request.programme.code, "at": request.at}
    try:
        return access.paper(request.user, ref, **asked), True
    except ObjectDoesNotExist:
        return access.known(request.user, ref, **asked), False


@login_required
@require_http_methods(["GET", "POST"])
def paper_look(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Show a document, health and police papers closed; decide it and go on to the next that waits."""
    paper, inside = _found(request, ref)
    if request.method != "POST":
        return _page(request, paper, inside)
    form = DecisionForm(request.POST)
    if form.is_valid() and _decided(request, paper, form):
        messages.success(request, DONE[form.cleaned_data["verdict"]])
        return _onward(request, ref)
    return _page(request, paper, inside, form=form)


def _decided(request: HttpRequest, paper: Any, form: DecisionForm) -> bool:
    """Take the decision, or say in the form why it is not possible."""
    said, who = form.cleaned_data, {"paper": paper, "person": request.user, "at": request.at}
    try:
        if said["verdict"] == "see":
            actions.see(**who)
        elif said["verdict"] == "confirm":
            actions.confirm(source=said["source"], **who)
        elif said["verdict"] == "return":
            actions.send_back(reason=said["reason"], note=said["note"], **who)
        else:
            actions.waive(note=said["note"], **who)
    except Refusal as refusal:
        if refusal.code not in HERE:
            raise
        form.add_error(FIELD.get(refusal.code), refusal_sentence(refusal))
        return False
    return True


def _onward(request: HttpRequest, ref: str) -> HttpResponse:
    """Open the next document that waits for this officer, or go back to the board."""
    scope = request.programme.code
    following = board.queue(request.user, scope=scope, at=request.at).exclude(ref=ref).first()
    return redirect("paper_look", scope, following.ref) if following else redirect("papers_board", scope)


@login_required
@require_POST
def paper_open(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Open a health or police paper after an explicit click; the look is on record for its person."""
    paper = access.paper(request.user, ref, scope=programme, at=request.at)
    who = {"paper": paper, "person": request.user, "at": request.at}
    if paper.file is None:
        return _page(request, paper, True, typed=actions.details(**who))
    data = actions.read(**who)  # the one look that is on record opens the scan and what was typed beside it
    picture = base64.b64encode(data).decode() if paper.file.type == "image/jpeg" else ""
    return _page(request, paper, True, typed=queries.sealed(paper), picture=picture)


@login_required
@require_http_methods(["GET", "POST"])
def paper_scan(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Give the scan of a document, pictures inside the page; a health or police paper only to whoever clicked for it."""
    paper = access.paper(request.user, ref, scope=programme, at=request.at)
    if paper.file is None or (queries.rule(paper.clearance, paper.kind).sensitive and request.method != "POST"):
        raise ObjectDoesNotExist(ref)
    data = actions.read(paper=paper, person=request.user, at=request.at)
    response = files.given(paper.file, data)
    if paper.file.type == "image/jpeg":
        response["Content-Disposition"] = "inline"
    return response


def _page(
    request: HttpRequest,
    paper: Any,
    inside: bool,
    *,
    form: DecisionForm | None = None,
    typed: dict[str, str] | None = None,
    picture: str = "",
) -> HttpResponse:
    rule, scope = queries.rule(paper.clearance, paper.kind), request.programme.code
    if typed is None and inside and not rule.sensitive:
        typed = actions.details(paper=paper, person=request.user, at=request.at)
    days = {"issued_on": paper.issued_on, "expires_on": paper.expires_on}
    held = people.roles(request.user, scope=scope, at=request.at)
    terms = queries.terms(paper.clearance)
    decides = inside and (typed is not None or form is not None)  # what is closed was not seen
    steps = [step for step, states in STEPS.items() if decides and paper.state in states]
    if paper.state == "asked" and Role.COORDINATOR in held:
        steps.append("waive")
    context = {
        **shown(paper, rule, request.at),
        "terms": terms,
        "row": rule_row(rule, terms),
        "application": paper.clearance.application,
        "inside": inside,
        "coded": bool(held & {Role.VERIFIER, Role.COORDINATOR}),
        "opened": typed is not None,
        "typed": spoken_values({**typed, **days}) if typed is not None else [],
        "findings": _findings(paper, rule, request.at) if inside else [],
        "picture": picture,
        "form": form or DecisionForm(),
        "steps": steps,
        "keys": KEYS,
        "returns": list(RETURNS.items()),
        "truths": TRUTHS,
        "queue": board.queue(request.user, scope=scope, at=request.at).count() if inside else 0,
    }
    return render(request, "preparing/look.html", context, status=422 if form else 200)


def _findings(paper: Any, rule: Any, at: Any) -> list[str]:
    """Return what a machine finds about a given document's days, in words."""
    if paper.given_at is None or paper.state == "asked":
        return []
    departs = queries.events(paper.clearance)["departure"]
    departs_on = departs.date() if departs and rule.due.event == "departure" else None
    given = required.Given(issued_on=paper.issued_on, expires_on=paper.expires_on)
    found = required.doubts(rule, given, on=day(at), departs_on=departs_on)
    return [str(DOUBTS[one.code]) % {"day": fact(one.day)} for one in found]
