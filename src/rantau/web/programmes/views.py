"""The public pages of programmes: the announcement, its sentences, the self-check, how to check."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from rantau.figures import queries as figures
from rantau.programmes import queries as programmes
from rantau.selection.queries import public
from rantau.web.agreements.public import announced
from rantau.web.allocation.public import divided
from rantau.web.ui import values

from .forms import SelfCheckForm
from .words import STAGES, counted, results, sentence

POLICY = re.compile('<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
"""Where a page that is one file keeps its policy: it holds wherever the file is opened."""


def home(request: HttpRequest) -> HttpResponse:
    """Show the announcement of the front page's programme, or say that none is stored."""
    request.programme = programmes.front()
    if request.programme is None:
        return render(request, "programmes/nothing.html")
    return announcement(request, request.programme.code)


def announcement(request: HttpRequest, programme: str) -> HttpResponse:
    """Show a programme's announcement, sentence by sentence."""
    return render(request, "programmes/announcement.html", _page(request))


def claim(request: HttpRequest, programme: str, claim: str) -> HttpResponse:
    """Show one sentence of the announcement at an address of its own."""
    page = _page(request)
    sentences = page["sentences"]
    number = next((n for n, s in enumerate(sentences) if s.claim.code == claim), None)
    if number is None:
        raise ObjectDoesNotExist(claim)
    page |= {
        "sentence": sentences[number],
        "number": number + 1,
        "before": sentences[number - 1] if number else None,
        "after": sentences[number + 1] if number + 1 < len(sentences) else None,
    }
    return render(request, "programmes/claim.html", page)


@never_cache
@sensitive_post_parameters()
def check(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask, and hold the answers against what is known; nothing is kept."""
    terms = programmes.terms(request.programme.version)
    form = SelfCheckForm(request.POST or None, terms=terms)
    if not form.is_valid():
        return render(request, "programmes/check.html", {"terms": terms, "form": form})
    needed, found = figures.self_check(request.programme, form.answers(), at=request.at)
    rows, misfit = results(terms, needed, found, on=programmes.day(request.at))
    return render(request, "programmes/checked.html", {"terms": terms, "rows": rows, "misfit": misfit})


def index(request: HttpRequest) -> HttpResponse:
    """List every programme, real ones first."""
    found = [(programme, programmes.terms(programme.version)) for programme in programmes.all_programmes()]
    return render(request, "programmes/index.html", {"found": found})


def verify(request: HttpRequest) -> HttpResponse:
    """Say how anybody can check a published result, in four ways, and which key signs it."""
    return render(request, "programmes/verify.html", {"key": public.signing_key()})


def verifying_page(request: HttpRequest) -> HttpResponse:
    """Show the page that checks a file in the reader's own browser, held to the policy that stands in it."""
    page = (settings.ROOT / "tools" / "verify.html").read_text("utf-8")
    response = HttpResponse(page)
    response["Content-Security-Policy"] = f"{POLICY.search(page)[1]}; frame-ancestors 'none'"
    return response


def verifier(request: HttpRequest) -> FileResponse:
    """Hand out the one-file verifier: to be read, and run far from here."""
    return _tool("verify.py")


def verifier_signature(request: HttpRequest) -> FileResponse:
    """Hand out the arithmetic of signatures, which the verifier takes from the folder it lies in."""
    return _tool("ed25519.py")


def _tool(name: str) -> FileResponse:
    return FileResponse((settings.ROOT / "tools" / name).open("rb"), as_attachment=True, filename=name)


def safety(request: HttpRequest) -> HttpResponse:
    """Say what this site is, what the programme never does, and how to report whoever does it."""
    return render(request, "programmes/safety.html")


def _page(request: HttpRequest) -> dict[str, Any]:
    """Return what the pages of an announcement share."""
    request.at = programmes.now(request.programme, request.at)
    found = figures.announcement(request.programme, at=request.at)
    sentences = [sentence(found.terms, claim, judgement) for claim, judgement in found.promises]
    return {
        "found": found,
        "terms": found.terms,
        "sentences": sentences,
        "counts": counted(sentences),
        "stages": [(stage, stage.title or STAGES[stage.code]) for stage in found.stages],
        "study": _study(found.terms),
        "asked": sum(len(own) for _, own in found.questions),
        "costs": _costs(found.terms),
        "ties": _ties(found.terms),
        "agreements": announced(request.programme, found.terms),
        "divided": divided(found.intake, found.terms),
        "twice": _titles(found.terms, getattr(found.terms.selection.marking.value, "criteria", ())),
    }


def _study(terms: Any) -> dict[str, Any]:
    """Return the months of study, the years where they are whole, and whether any of it is assumed."""
    phases = [phase.months for phase in terms.phases if phase.kind != "work"]
    months = sum(fact.value or 0 for fact in phases)
    return {
        "months": months,
        "years": 0 if months % 12 else months // 12,
        "assumed": any(fact.status == "assumed" for fact in phases),
    }


def _costs(terms: Any) -> dict[str, list[Any]]:
    """Return the items of cost that are said to be free, and those of which nobody said anything."""
    return {
        "free": [cost for cost in terms.costs if cost.free.value],
        "unknown": [cost for cost in terms.costs if cost.free.value is None],
    }


def _ties(terms: Any) -> list[str]:
    """Return the names of the criteria that decide between equal totals, in order."""
    return _titles(terms, terms.selection.tie_break.value or ())


def _titles(terms: Any, codes: Iterable[str]) -> list[str]:
    """Return the names of criteria, in the order of their codes."""
    names = {row.code: values.text(row.title)[0] for row in terms.selection.criteria.value or ()}
    return [names[code] for code in codes]
