"""An office's way to its signature: desks named, legal review, approval, sending back, signing; and ending an agreement."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rantau.agreements import access, papers, queries
from rantau.agreements.actions import approving, drafting
from rantau.agreements.queries import desks
from rantau.programmes.queries import terms
from rantau.web.ui.values import text

from .approving_forms import DesksForm, NoteForm, NoticeForm, ReasonForm, SignForm
from .table import address, back, held
from .words import KINDS

METHODS = ["GET", "HEAD", "POST"]


def _asked(
    request: HttpRequest, code: str, *, step: str, form: Any, template: str, act: Callable[[Any, Any], str], **more: Any
) -> HttpResponse:
    """Show the page of a step to who can take it, take it with what was typed, lead back to the agreement.

    `act` gets the agreement and the clean form, and returns what was done.
    """
    found = held(request, code)
    if form.is_bound and form.is_valid():
        return back(request, found, act(found, form))
    may = desks.possible(request.user, found, at=request.at)
    if step not in may:
        return redirect(address("agreement", found))
    acting = desks.acting(request.user, found, at=request.at)
    known = terms(found.programme.version)
    context = {
        "agreement": found,
        "draft": queries.newest(found),
        "kind": KINDS[found.kind],
        "form": form,
        "side": acting[0] if acting else None,
        "office": next((one for one in known.offices if acting and one.code == acting[0].office), None),
        **more,
    }
    return render(request, f"agreements/{template}.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(METHODS)
def agreement_desks(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Name the desks of one's office that approve, in their order."""

    def act(found: Any, form: Any) -> str:
        drafting.chain(agreement=found, desks=form.cleaned_data["desks"], person=request.user, at=request.at)
        return "desks"

    found = held(request, code)
    acting = desks.acting(request.user, found, at=request.at)
    now = "\n".join(acting[0].desks) if acting else ""
    form = DesksForm(_sent(request), initial={"desks": now})
    return _asked(request, code, step="chain", form=form, template="desks", act=act)


@login_required
@require_http_methods(METHODS)
def agreement_clear(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Record the legal review of one's office."""

    def act(found: Any, form: Any) -> str:
        approving.clear(agreement=found, person=request.user, at=request.at, note=form.cleaned_data["note"])
        return "clear"

    return _asked(request, code, step="clear", form=NoteForm(_sent(request)), template="clear", act=act)


@login_required
@require_http_methods(METHODS)
def agreement_approve(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Approve as the next desk of one's office."""

    def act(found: Any, form: Any) -> str:
        approving.approve(agreement=found, person=request.user, at=request.at, note=form.cleaned_data["note"])
        return "approve"

    found = held(request, code)
    acting = desks.acting(request.user, found, at=request.at)
    desk = desks.next_desk(acting[0], queries.newest(found)) if acting else ""
    form = NoteForm(_sent(request))
    return _asked(request, code, step="approve", form=form, template="approve", act=act, desk=desk)


@login_required
@require_http_methods(METHODS)
def agreement_send_back(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Send the version back to one's own negotiators, with the reason."""

    def act(found: Any, form: Any) -> str:
        approving.send_back(agreement=found, person=request.user, at=request.at, reason=form.cleaned_data["reason"])
        return "send_back"

    form = ReasonForm(_sent(request))
    return _asked(request, code, step="send_back", form=form, template="send_back", act=act)


@login_required
@require_http_methods(METHODS)
def agreement_terminate(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give notice: end an agreement in force with the end of a day, with the reason."""

    def act(found: Any, form: Any) -> str:
        approving.terminate(agreement=found, person=request.user, at=request.at, **form.cleaned_data)
        return "terminate"

    form = NoticeForm(_sent(request))
    return _asked(request, code, step="terminate", form=form, template="terminate", act=act)


@login_required
@require_http_methods(METHODS)
def agreement_sign(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show what is signed, by which mandate, and what that proves; then sign."""

    def act(found: Any, form: Any) -> str:
        given = {"person": request.user, "at": request.at, "chance": request.chance, "seal": papers.own_seal()}
        signed = approving.sign(agreement=found, **given)
        return "force" if signed.state == "in_force" else "sign"

    found = held(request, code)
    draft = queries.newest(found)
    signs = access.signing(request.user, found, at=request.at)
    known = {one.code: one for one in terms(found.programme.version).offices}
    office = text(known[signs.office].name)[0] if signs and signs.office in known else ""
    label = _("I have read version %(number)s and sign it for %(office)s.") % {
        "number": draft.number,
        "office": office,
    }
    form = SignForm(_sent(request), digest=draft.digest, label=label)
    more = {
        "mandate": signs,
        "clauses": len(queries.clauses(draft)),
        "duties": sum(len(one.duties) for one in queries.clauses(draft)),
        "annexes": list(found.annexes.order_by("number")),
        "seal": papers.own_seal(),
    }
    return _asked(request, code, step="sign", form=form, template="sign", act=act, **more)
