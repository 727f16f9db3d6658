"""Taking a file in parts, in the words of the tus protocol 1.0 (Upload-Length, Upload-Offset, 409 on conflict)."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from rantau.documents import access, actions
from rantau.engine.refusal import Refusal
from rantau.web.sentences import refusal_sentence

PART = "application/offset+octet-stream"
STATUS = {"upload.offset": 409, "file.size": 413}
"""What is no mistake in what was sent (422)."""


@login_required
@require_POST
def upload_begin(request: HttpRequest) -> HttpResponse:
    """Begin an upload of `Upload-Length` bytes; the answer's `Location` is where its parts go."""

    def begun() -> actions.Upload:
        size = _number(request, "Upload-Length")
        return actions.begin(owner=request.user, size=size, at=request.real_at, chance=request.chance)

    return _answer(begun, status=201)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, ref: str) -> HttpResponse:
    """Say how much has come, or take the part at `Upload-Offset`; `Upload-Checksum` is `sha256` and its hexadecimal."""
    found = access.upload(ref, person=request.user, at=request.real_at)
    if request.method != "POST":
        return _answer(lambda: found)

    def received() -> actions.Upload:
        offset = _number(request, "Upload-Offset")
        if request.content_type != PART or int(request.META.get("CONTENT_LENGTH") or 0) > actions.CHUNK:
            raise Refusal("upload.chunk", size=actions.CHUNK)
        digest = request.headers.get("Upload-Checksum", "").removeprefix("sha256 ")
        return actions.receive(upload=found, offset=offset, data=request.body, digest=digest, chance=request.chance)

    return _answer(received)


def _number(request: HttpRequest, header: str) -> int:
    """Return a header's number; 0 for none, as for a length of nothing or the beginning."""
    said = request.headers.get(header, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0


def _answer(step: Callable[[], actions.Upload], status: int = 200) -> HttpResponse:
    """Return where an upload stands after a step, or why the step was refused: {"code", "sentence"}."""
    try:
        found = step()
    except Refusal as refusal:
        said = {"code": refusal.code, "sentence": refusal_sentence(refusal)}
        response = JsonResponse(said, status=STATUS.get(refusal.code, 422))
        if "offset" in refusal.facts:
            response["Upload-Offset"] = str(refusal.facts["offset"])
        return response
    where = reverse("upload", args=[found.ref])
    response = JsonResponse(
        {"address": where, "ref": found.ref, "offset": found.received, "size": found.size}, status=status
    )
    response["Upload-Offset"], response["Upload-Length"] = str(found.received), str(found.size)
    response["Cache-Control"] = "no-store"
    if status == 201:
        response["Location"] = where
    return response
