"""The documents of those who are called: one photo or PDF each, replaced at will, then handed in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rantau.applications import queries
from rantau.applications.actions import registration
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.engine.refusal import Refusal
from rantau.web.files import serve
from rantau.web.uploads.sentences import REFUSALS
from rantau.web.uploads.taking import taken

from .answers import notices
from .forms import Upload
from .pages import address, context, held, refuse
from .sentences import DOCUMENT_HINTS, DOCUMENTS
from .status import shown_state

ASKED = ("called", "returned")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show what is asked and what is there; take one document at a time."""
    application = held(request, code)
    if request.method == "POST":
        return _attach(request, application)
    if shown_state(application, request.at) not in ASKED:
        return redirect(address("application", application))
    return _page(request, application)


def _attach(request: HttpRequest, application: Any) -> HttpResponse:
    kind = request.POST.get("kind", "")
    form = _form(kind, request)
    if form.is_valid():
        try:
            with taken(request, form.cleaned_data["file"]) as data:
                registration.attach(
                    application=application,
                    person=request.user,
                    kind=kind,
                    data=data,
                    at=request.at,
                    chance=request.chance,
                )
        except Refusal as refusal:
            refuse(form, "file", refusal, "file.*", "upload.*")
        else:
            return redirect(f"{address('documents', application)}#{kind}")
    return _page(request, application, wrong=form, kind=kind)


def _form(kind: str, request: HttpRequest | None = None) -> Upload:
    """Return the upload of one kind, with ids of its own: there are several on the page."""
    given = {"data": request.POST, "files": request.FILES} if request else {}
    return Upload(hint=DOCUMENT_HINTS.get(kind, ""), auto_id=f"{kind}_%s", **given)


def _page(request: HttpRequest, application: Any, *, wrong: Upload | None = None, kind: str = "") -> HttpResponse:
    current = queries.documents(application)
    known = {
        "slots": [
            {
                "kind": name,
                "label": DOCUMENTS[name],
                "attachment": there,
                "form": wrong if wrong and name == kind else _form(name),
            }
            for name, there in current.items()
        ],
        "wrong": wrong,
        "there": (good := sum(there is not None and there.file.scan != "infected" for there in current.values())),
        "count": len(REQUIRED_DOCUMENTS),
        "complete": good == len(REQUIRED_DOCUMENTS),
        "quarantined": REFUSALS["file.quarantined"],
        "notices": notices(application, application.state),
    }
    status = 200 if wrong is None else 422
    return render(request, "applications/documents.html", context(request, application, **known), status=status)


@login_required
def file(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Serve one of the documents in force to the person, or to the officer beside them."""
    attachment = queries.documents(held(request, code)).get(kind)
    if attachment is None:
        raise ObjectDoesNotExist
    return serve(attachment.file)


@login_required
@require_POST
def hand_in(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Hand the documents in for the check."""
    application = held(request, code)
    registration.file(application=application, person=request.user, at=request.at)
    return redirect(address("application", application))
