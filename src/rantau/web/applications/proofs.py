"""A person's own proof: their published line with the way up to the seal, as a picture to scan and as a small file."""

from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rantau.engine.publication import dump
from rantau.selection import queries

from .pages import context, held, is_own


def _proof(request: HttpRequest, code: str) -> tuple[Any, dict[str, Any]]:
    """Return the person's own application and its proof; to nobody else, not even to who helped to fill it in."""
    application = held(request, code)
    found = queries.own_proof(application) if is_own(request, application) else None
    if found is None:
        raise ObjectDoesNotExist
    return application, found


@login_required
@require_GET
def proof(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the proof: what it shows, to whom, and the picture that holds all of it."""
    application, found = _proof(request, code)
    more = {"proof": found, "place": found["index"] + 1, "picture": _picture(dump(found).decode().strip())}
    return render(request, "applications/proof.html", context(request, application, **more))


@login_required
@require_GET
def proof_file(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Return the proof as a file under the publication code, which stands in it anyway."""
    _application, found = _proof(request, code)
    response = HttpResponse(dump(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="bukti-{found["row"]["code"]}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _picture(text: str) -> SafeString:
    """Return a QR code of the whole proof as wide as the column: a hundred modules and more need the room."""
    title = _("Your proof as a QR code")
    drawn = segno.make(text, error="l", micro=False, boost_error=False).svg_inline(
        border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, title=title, omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308  # drawn here from what we computed
