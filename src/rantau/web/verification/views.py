"""The verifier's desk: the queue, one file with answers beside documents and three keys, the sample, the sheet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.applications import access, queries
from rantau.applications.actions import verification
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes.queries import deadline, terms
from rantau.selection.actions import marking
from rantau.web import files, tables
from rantau.web.sentences import refusal_sentence

from . import answers, sheets
from .forms import DecisionForm
from .sentences import DECIDED, KEYS, REFUSE, RETURN

BATCH = 25
"""How many files one sheet holds: as many as an officer can do before others wait for them."""


@login_required
@require_GET
def verification_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show how much waits, since when, and what this officer holds."""
    people.require(request.user, Role.VERIFIER, scope=programme, at=request.at)
    return _desk(request, tables.SheetForm())


def _desk(request: HttpRequest, form: tables.SheetForm, *, status: int = 200, outcome: Any = None) -> HttpResponse:
    scope = request.programme.code
    waiting = queries.queue(request.user, scope=scope, at=request.at)
    oldest = waiting.first()
    context = {
        "waiting": waiting.count(),
        "oldest": oldest.filed_at if oldest else None,
        "days": (request.at - oldest.filed_at).days if oldest else 0,
        "held": [
            {"application": held, "until": held.claimed_at + queries.CLAIM_LASTS}
            for held in queries.claimed(request.user, scope=scope, at=request.at)
        ],
        "pace": queries.pace(scope=scope),
        "sample": len(queries.sample(request.user, scope=scope, at=request.at)),
        "batch": BATCH,
        "form": form,
        "outcome": outcome,
    }
    return render(request, "verification/desk.html", context, status=status)


@login_required
@require_POST
def verification_next(request: HttpRequest, programme: str) -> HttpResponse:
    """Take the oldest free file."""
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    """Claim the next file and open it, or go back to the empty queue."""
    scope = request.programme.code
    try:
        application = verification.claim(person=request.user, scope=scope, at=request.at)
    except Refusal as refusal:
        if refusal.code != "queue.empty":
            raise
        messages.info(request, refusal_sentence(refusal))
        return redirect("verification", programme=scope)
    return redirect("verify_file", programme=scope, code=application.code)


def _held(request: HttpRequest, code: str) -> Any:
    """Return a file that this officer may judge and holds."""
    application = access.judged(request.user, scope=request.programme.code, at=request.at).get(code=code)
    if application.claimed_by_id != request.user.pk or application.state != "filed":
        raise Refusal("queue.not_claimed")
    return application


@login_required
@require_http_methods(["GET", "POST"])
def verify_file(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a held file, answers beside documents; decide it and go on to the next."""
    application = _held(request, code)
    form = DecisionForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        windows = terms(application.intake.version).windows
        context = {
            **_file(request, application),
            "form": form,
            "keys": KEYS,
            "returns": list(RETURN.items()),
            "refusals": list(REFUSE.items()),
            "mend_until": deadline(request.at, windows.return_days.value or 0),
            "object_until": deadline(request.at, windows.objection_days.value or 0),
            "held_until": application.claimed_at + queries.CLAIM_LASTS,
            "held_for": int((request.at - application.claimed_at).total_seconds()),
            "pace": queries.pace(scope=programme),
            "waiting": queries.queue(request.user, scope=programme, at=request.at).count(),
        }
        return render(request, "verification/file.html", context, status=422 if request.method == "POST" else 200)
    before = application.seconds
    verification.decide(application=application, person=request.user, at=request.at, **form.cleaned_data)
    facts = {"code": code, "words": DECIDED[form.cleaned_data["verdict"]], "seconds": application.seconds - before}
    messages.success(request, _("%(code)s: %(words)s, %(seconds)s seconds.") % facts)
    return _onward(request)


def _file(request: HttpRequest, application: Any) -> dict[str, Any]:
    """Return what any officer sees of a file: findings first, answers beside documents."""
    return {
        "application": application,
        "findings": answers.findings(application, at=request.at),
        "documents": answers.beside(application),
    }


@login_required
@require_POST
def verify_release(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give a held file back to the queue."""
    verification.release(application=_held(request, code), person=request.user)
    return redirect("verification", programme=programme)


@login_required
@require_POST
def verify_conflict(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Declare a conflict of interest: the file goes to another officer and is never shown again."""
    application = _held(request, code)
    marking.declare_conflict(application=application, person=request.user, at=request.at)
    verification.release(application=application, person=request.user)
    messages.success(request, _("Noted. The file goes to another officer, and you will not see it again."))
    return redirect("verification", programme=programme)


@login_required
@require_GET
def verify_document(request: HttpRequest, programme: str, code: str, kind: str) -> HttpResponse:
    """Give a document of a file that this officer holds or checks in the sample: pictures inside the page."""
    application = access.judged(request.user, scope=programme, at=request.at).get(code=code)
    held = application.claimed_by_id == request.user.pk and application.state == "filed"
    if not held and not queries.samples(application, request.user):
        raise Refusal("queue.not_claimed")
    attachment = queries.documents(application).get(kind)
    if attachment is None:
        raise Http404
    response = files.serve(attachment.file)
    if attachment.file.type == "image/jpeg":
        response["Content-Disposition"] = "inline"
    return response


@login_required
@require_GET
def sample(request: HttpRequest, programme: str) -> HttpResponse:
    """List the files of the sample that this officer may check."""
    people.require(request.user, Role.VERIFIER, scope=programme, at=request.at)
    found = queries.sample(request.user, scope=programme, at=request.at)
    return render(request, "verification/sample.html", {"found": found, "one_of": queries.SAMPLE})


@login_required
@require_http_methods(["GET", "POST"])
def sample_file(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a file of the sample; confirm the first officer's decision or open it again."""
    application = access.judged(request.user, scope=programme, at=request.at).get(code=code)
    if not queries.samples(application, request.user):
        raise Http404
    if request.method == "GET":
        return render(request, "verification/sample_file.html", _file(request, application))
    agrees = request.POST.get("agrees") == "yes"
    verification.check_sample(application=application, person=request.user, agrees=agrees, at=request.at)
    words = _("%(code)s confirmed.") if agrees else _("%(code)s opened again.")
    messages.success(request, words % {"code": code})
    return redirect("sample", programme=programme)


@login_required
@require_POST
def verification_out(request: HttpRequest, programme: str) -> HttpResponse:
    """Claim the oldest free files and give them as a sheet."""
    found = verification.claim_batch(person=request.user, scope=programme, at=request.at, limit=BATCH)

    def address(code: str) -> str:
        return str(request.build_absolute_uri(reverse("verify_file", args=[programme, code])))

    return tables.download(sheets.write(found, at=request.at, address=address), "verifikasi")


@login_required
@require_http_methods(["GET", "POST"])
def verification_in(request: HttpRequest, programme: str) -> HttpResponse:
    """Take a sheet back: right rows are decided, the others named."""
    people.require(request.user, Role.VERIFIER, scope=programme, at=request.at)
    if request.method == "GET":
        return redirect("verification", programme=programme)
    form = tables.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, form, status=422)
    try:
        outcome = sheets.decide_all(form.cleaned_data["sheet"], person=request.user, scope=programme, at=request.at)
    except Refusal as refusal:
        form.add_error("sheet", refusal_sentence(refusal))
        return _desk(request, form, status=409)
    return _desk(request, tables.SheetForm(), outcome=outcome)
