"""How a stored document leaves the house: as a download that no browser runs, shows inline to others or keeps."""

from django.http import HttpResponse

from rantau.documents import queries

ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


def serve(file: queries.File) -> HttpResponse:
    """Return a document as an attachment under a neutral name; call it only with what an `access.get` gave."""
    return given(file, queries.content(file))


def given(file: queries.File, data: bytes) -> HttpResponse:
    """Return a document whose bytes an action gave, as `serve` does."""
    response = HttpResponse(data, content_type=file.type)
    response["Content-Disposition"] = f'attachment; filename="dokumen-{file.ref[:6].lower()}.{ENDINGS[file.type]}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
