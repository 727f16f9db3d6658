"""What every page of a registration needs: the application that its reader holds, and the addresses of its pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from rantau.applications import access, queries
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import terms
from rantau.web.sentences import refusal_sentence

WRITABLE = ("draft", "returned")
"""States in which answers can be written: before sending, and while a file came back to be mended."""


def held(request: HttpRequest, code: str) -> Any:
    """Return the application that the reader owns or fills in for somebody, or raise DoesNotExist."""
    return access.held(request.user, code, scope=request.programme.code, at=request.at)


def address(name: str, application: Any, **more: str) -> str:
    """Return the address of one of an application's pages."""
    return reverse(name, kwargs={"programme": application.intake.programme.code, "code": application.code, **more})


def is_own(request: HttpRequest, application: Any) -> bool:
    """Return whether the reader is the person themself and not an officer beside them."""
    return application.person_id == request.user.pk


def writable(application: Any, request: HttpRequest) -> bool:
    """Return whether answers can be written now."""
    until = application.file_by if application.state == "returned" else application.intake.closes_at
    return application.state in WRITABLE and (until is None or request.at <= until)


def asked(application: Any) -> list[str]:
    """Return the questions in order; wishes are not asked again when a file came back."""
    found = list(queries.tasks(application))
    return [task for task in found if task != "wishes"] if application.state == "returned" else found


def context(request: HttpRequest, application: Any, **more: Any) -> dict[str, Any]:
    """Return what every template of a registration knows."""
    return {
        "application": application,
        "terms": terms(application.intake.version),
        "mine": is_own(request, application),
        "back": address("application", application),
        **more,
    }


def refuse(form: Any, field: str | None, refusal: Refusal, *codes: str) -> None:
    """Show a refusal at its field, or raise it again for the middleware when it is none of the codes (`file.*` too)."""
    if not any(refusal.code == code or (code.endswith("*") and refusal.code.startswith(code[:-1])) for code in codes):
        raise refusal
    form.add_error(field, refusal_sentence(refusal))
