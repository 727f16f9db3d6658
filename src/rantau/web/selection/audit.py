"""The auditor's room: the complete files, the ledger's checkpoint, whether the chain holds, every change of a mark."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.selection.queries import public

from .sentences import CHANGES, KINDS


def _intake(request: HttpRequest) -> Any:
    people.require(request.user, Role.AUDITOR, Role.COORDINATOR, scope=request.programme.code, at=request.at)
    found = programmes.intake(request.programme)
    if found is None:
        raise ObjectDoesNotExist
    return found


@login_required
@require_GET
def audit(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what an auditor needs to check the selection without asking anybody."""
    intake = _intake(request)
    room = public.auditing(request.user, intake, at=request.at)
    context = {
        **room,
        "intake": intake,
        "rounds": [(round_, KINDS[round_.kind][0]) for round_ in room["rounds"]],
        "changes": [(entry, CHANGES[entry.action]) for entry in room["changes"]],
    }
    return render(request, "selection/audit.html", context)


@login_required
@require_GET
def audit_file(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Return a published round's complete file, to auditors and coordinators alone."""
    data = public.audit_bytes(request.user, _intake(request), kind, at=request.at)
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="audit-{programme}-{kind}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
