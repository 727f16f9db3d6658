"""Papers of an agreement: any version as PDF or DOCX, the sealed file, annexes in and out, and checking a file's seals."""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rantau.agreements import access, papers
from rantau.agreements.actions import drafting
from rantau.agreements.queries import desks, public
from rantau.engine.refusal import Refusal
from rantau.paper import sealing
from rantau.programmes.queries import terms
from rantau.web.sentences import refusal_sentence

from .paper_forms import AnnexForm, CheckForm
from .table import address, back, held
from .words import KINDS, TONGUES

METHODS = ["GET", "HEAD", "POST"]
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIELD = re.compile(r"sign-([a-z0-9_-]+)")


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """Return bytes as a download that no browser runs or keeps."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def _version(request: HttpRequest, code: str, number: int, tongues: str) -> tuple[Any, Any, tuple[str, ...]]:
    """Return an agreement, a version of it that the reader may read, and the languages, or raise DoesNotExist."""
    found = held(request, code)
    if tongues not in TONGUES:
        raise ObjectDoesNotExist
    return found, access.versions(request.user, found, at=request.at).get(number=number), TONGUES[tongues]


@require_safe
def agreement_pdf(request: HttpRequest, programme: str, code: str, number: int, tongues: str) -> HttpResponse:
    """Return a version as PDF, in one language or two side by side."""
    found, draft, languages = _version(request, code, number, tongues)
    return download(papers.pdf(found, draft, languages=languages), f"{code}-v{number}-{tongues}.pdf", PDF)


@require_safe
def agreement_docx(request: HttpRequest, programme: str, code: str, number: int, tongues: str) -> HttpResponse:
    """Return a version as DOCX, to be worked on."""
    found, draft, languages = _version(request, code, number, tongues)
    return download(papers.docx(found, draft, languages=languages), f"{code}-v{number}-{tongues}.docx", DOCX)


@require_safe
def agreement_sealed(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Return the file that was sealed with each signature, byte for byte."""
    found = held(request, code)
    if not found.sealed:
        raise ObjectDoesNotExist
    return download(bytes(found.sealed), f"{code}.pdf", PDF)


@login_required
@require_http_methods(METHODS)
def agreement_annex(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Add a paper to an agreement that is not approved yet."""
    found = held(request, code)
    sent = request.method == "POST"
    form = AnnexForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_bound and form.is_valid():
        drafting.annex(agreement=found, person=request.user, at=request.at, **form.given())
        return back(request, found, "annex")
    if "annex" not in desks.possible(request.user, found, at=request.at):
        return redirect(address("agreement", found))
    context = {"agreement": found, "kind": KINDS[found.kind], "form": form}
    return render(request, "agreements/annex.html", context, status=422 if form.errors else 200)


@require_safe
def agreement_annex_file(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Return an annex, byte for byte."""
    annex = access.annex(request.user, held(request, code), number)
    return download(bytes(annex.data), f"{code}-lampiran-{number}.pdf", annex.type)


@never_cache
@require_http_methods(METHODS)
def agreement_check(request: HttpRequest, programme: str) -> HttpResponse:
    """Read the seals of a file that somebody shows; nothing of it is kept."""
    sent = request.method == "POST"
    form = CheckForm(request.POST if sent else None, request.FILES if sent else None)
    context: dict[str, Any] = {"form": form, "seal": papers.own_seal()}
    if form.is_bound and form.is_valid():
        try:
            context["found"] = _read(request, form.cleaned_data["file"])
        except Refusal as refusal:
            form.add_error("file", refusal_sentence(refusal))
    return render(request, "agreements/check.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, data: bytes) -> dict[str, Any]:
    """Return a file's seals in words, and the agreement whose sealed file has the very same bytes."""
    own = papers.own_seal()
    seals = sealing.read(data, trust=[own.pem()] if own else [])
    offices = {one.code: one for one in terms(request.programme.version).offices}
    same = public.sealed_as(request.programme, data)
    return {
        "seals": [
            {
                "seal": one,
                "office": offices.get(match[1]) if (match := FIELD.fullmatch(one.field)) else None,
                "own": bool(own and one.certificate == own.fingerprint),
            }
            for one in seals
        ],
        "holds": bool(seals) and all(one.holds for one in seals),
        "same": same,
        "kind": KINDS[same.kind] if same else "",
    }
