"""The departure pack as a file: for the person whose it is, and for the coordinator who hands it out on paper."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rantau.departure import access
from rantau.engine.flow import Role
from rantau.paper import typeset
from rantau.people import access as people
from rantau.web.agreements.papers import PDF, download

from .packing import LANGUAGES, packed
from .words import own


def _file(request: HttpRequest, clearance: Any, language: str) -> HttpResponse:
    if language not in LANGUAGES or clearance.state in access.LEFT:
        raise ObjectDoesNotExist
    made = typeset.pack(packed(clearance, language=language, at=request.at))
    return download(made, f"bekal-{clearance.code}-{language}.pdf", PDF)


@login_required
@require_safe
def own_pack(request: HttpRequest, programme: str, code: str, language: str) -> HttpResponse:
    """Return one's own pack in a language."""
    return _file(request, own(request, code), language)


@login_required
@require_safe
def desk_pack(request: HttpRequest, programme: str, code: str, language: str) -> HttpResponse:
    """Return somebody's pack in a language, to the coordinator or the home mission."""
    scope = request.programme.code
    people.require(request.user, Role.COORDINATOR, Role.HOME_MISSION, scope=scope, at=request.at)
    return _file(request, access.get(request.user, code, scope=scope, at=request.at), language)
