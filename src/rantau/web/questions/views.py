"""The pages of open questions: for everybody, for who answers, for who decides, and the difference an answer makes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from rantau.agreements import access
from rantau.agreements.actions import questions as actions
from rantau.agreements.queries import questions as queries
from rantau.engine.refusal import Refusal
from rantau.programmes import queries as programmes
from rantau.web.selection.forms import posted
from rantau.web.sentences import refusal_sentence

from .forms import AnswerForm, DecisionForm, DueForm
from .sentences import DONE, STATES
from .words import changed, place


def questions(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what nobody has announced, by the office that owes the answer, and what was answered since."""
    request.at = programmes.now(request.programme, request.at)
    terms = programmes.terms(request.programme.version)
    rows = queries.standing(request.programme, queries.public(request.programme), at=request.at)
    owed = queries.by_office(rows, terms.offices)
    context = {
        "terms": terms,
        "found": {"intake": programmes.intake(request.programme)},
        "owed": [
            {"office": one, "rows": [_row(terms, row) for row in one.rows if row.open]} for one in owed if one.open
        ],
        "asked": sum(one.open for one in owed),
        "over": sum(one.over for one in owed),
        "answers": [_answer(one) for row in rows for one in row.approved],
        "assumed": [row for row in rows if row.assumed and not row.open],
    }
    return render(request, "questions/public.html", context)


def _row(terms: Any, row: queries.Standing) -> dict[str, Any]:
    """Return a question with its values by name, and before what the answer is needed."""
    milestone = next((one for one in terms.milestones if one.code == row.ask.before), None)
    return {
        "row": row,
        "before": milestone,
        "values": [(place(terms, path), path) for path in (*row.open, *row.assumed)],
    }


def _answer(answer: Any) -> dict[str, Any]:
    """Return an answer with its question, its office, its source, where it stands, and what it changes in words."""
    terms = queries.proposed_terms(answer)
    asked = next((ask for ask in terms.asks if ask.about == answer.about), None)
    return {
        "answer": answer,
        "asked": asked,
        "office": next((one for one in terms.offices if one.code == answer.office), None),
        "source": next((one for one in terms.sources if _written(one) == _written_of(answer.source)), None),
        "state": STATES[answer.state],
        "changes": [changed(terms, change) for change in queries.changes(answer)],
        "version": queries.version(answer),
    }


def _written(source: Any) -> tuple[str, str, str]:
    return source.title, source.address, str(source.on)


def _written_of(source: dict[str, str]) -> tuple[str, str, str]:
    return source["title"], source["address"], source["on"]


@login_required
@require_GET
def question_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the questions of one's offices, what waits for a second person, and what was decided."""
    desk = queries.desk(request.user, request.programme, at=request.at)
    context = {
        "desk": desk,
        "terms": programmes.terms(request.programme.version),
        "waiting": [_answer(one) for one in desk.waiting],
        "decided": [_answer(one) for one in desk.decided],
    }
    return render(request, "questions/desk.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, programme: str, about: str) -> HttpResponse:
    """Ask for the values of one question and their source; an answer is kept for a second person."""
    ask, paths = _asked(request, about)
    office, _roles = access.answering(request.user, request.programme, ask.office, at=request.at)
    terms = programmes.terms(request.programme.version)
    form = AnswerForm(posted(request), terms=terms, paths=paths)
    if form.is_valid() and (made := _proposed(request, about, form)):
        messages.success(request, DONE["propose"])
        return redirect("question_proposal", programme=programme, ref=made.ref)
    context = {
        "ask": ask,
        "form": form,
        "terms": terms,
        "office": next(one for one in terms.offices if one.code == office),
        "waits": queries.waiting(request.programme, about),
    }
    return render(request, "questions/answer.html", context, status=422 if form.is_bound else 200)


def _asked(request: HttpRequest, about: str) -> tuple[Any, tuple[str, ...]]:
    """Return a question with the values it asks for; what this programme never asked is not there."""
    if about not in {ask.about for ask in programmes.terms(request.programme.version).asks}:
        raise ObjectDoesNotExist(about)
    return queries.asked(request.programme, about)


def _proposed(request: HttpRequest, about: str, form: AnswerForm) -> Any:
    """Propose the answer, or say in the form why it cannot be one."""
    try:
        return actions.propose(
            programme=request.programme,
            about=about,
            values=form.values,
            person=request.user,
            at=request.at,
            chance=request.chance,
            **{name: form.cleaned_data[name] for name in ("title", "address", "on")},
        )
    except Refusal as refusal:
        if not form.refused(refusal):
            raise
        return None


@login_required
@require_http_methods(["GET", "POST"])
def question_due(request: HttpRequest, programme: str, about: str) -> HttpResponse:
    """Ask by which day an office is to answer, and set it."""
    ask, _paths = _asked(request, about)
    access.deciding(request.user, request.programme, at=request.at)
    form = DueForm(posted(request))
    if form.is_valid() and _set(request, about, form):
        messages.success(request, DONE["ask"])
        return redirect("question_desk", programme=programme)
    return render(request, "questions/due.html", {"ask": ask, "form": form}, status=422 if form.is_bound else 200)


def _set(request: HttpRequest, about: str, form: DueForm) -> bool:
    try:
        actions.ask(
            programme=request.programme,
            about=about,
            person=request.user,
            at=request.at,
            due_on=form.cleaned_data["due_on"],
        )
    except Refusal as refusal:
        if refusal.code != "question.due":
            raise
        form.add_error("due_on", refusal_sentence(refusal))
        return False
    return True


DECISIONS: dict[str, Any] = {"approve": actions.approve, "refuse": actions.refuse, "take_back": actions.take_back}


@login_required
@require_http_methods(["GET", "POST"])
def question_proposal(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Show one answer value by value, before and after, and let a second person decide or its office take it back."""
    found = access.answers(request.user, request.programme, at=request.at).get(ref=ref)
    form = DecisionForm(posted(request))
    if form.is_valid():
        says = form.cleaned_data["says"]
        given = {"reason": form.cleaned_data["reason"]} if says == "refuse" else {}
        DECISIONS[says](answer=found, person=request.user, at=request.at, **given)
        messages.success(request, DONE[says])
        return redirect("question_proposal", programme=programme, ref=ref)
    own = found.person_id == request.user.pk
    one = _answer(found)
    context = {
        **one,
        "one": one,
        "form": form,
        "own": own,
        "decides": not own and bool(access.decides(request.user, request.programme, at=request.at)),
        "takes_back": queries.takes_back(request.user, found, at=request.at),
    }
    return render(request, "questions/proposal.html", context, status=422 if form.is_bound else 200)
