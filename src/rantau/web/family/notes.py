"""A person's own notes for those at home: this month's, the links that show them, and what a link shows."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rantau.departure import access
from rantau.departure.actions import notes
from rantau.departure.queries import family
from rantau.programmes.queries import day
from rantau.web.applications.pages import address, context

from .forms import NoteForm, ShareForm
from .sentences import DONE

METHODS = ["GET", "HEAD", "POST"]


def own(request: HttpRequest, code: str) -> Any:
    """Return the reader's own way to departure, or raise DoesNotExist: for everybody else there is no such page."""
    return access.own(request.user, code, scope=request.programme.code)


def shown(request: HttpRequest, clearance: Any, **more: Any) -> dict[str, Any]:
    """Return what every own page of this area knows."""
    return {"clearance": clearance, **context(request, clearance.application, **more)}


@login_required
@sensitive_post_parameters("text")
@require_http_methods(METHODS)
def own_notes(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a person's notes and take this month's."""
    clearance = own(request, code)
    written = family.notes(clearance, at=request.at)
    month = day(request.at).replace(day=1)
    current = next((one for one in written if one.month == month), None)
    form = NoteForm(
        request.POST if request.method == "POST" else None, initial={"text": current.text if current else ""}
    )
    if form.is_bound and form.is_valid():
        notes.write(
            clearance=clearance,
            text=form.cleaned_data["text"],
            person=request.user,
            at=request.at,
            chance=request.chance,
        )
        messages.success(request, DONE["write"])
        return redirect(address("own_notes", clearance.application))
    more = {
        "form": form,
        "month": month,
        "current": current,
        "written": written,
        "writes": clearance.state in notes.WRITING,
        "left": family.links_left(request.user, at=request.at),
    }
    return render(
        request, "family/own_notes.html", shown(request, clearance, **more), status=422 if form.is_bound else 200
    )


@login_required
@require_http_methods(METHODS)
def note_share(request: HttpRequest, programme: str, code: str, ref: str) -> HttpResponse:
    """Ask whether the link shows a name, then make it and show it once, ready to be passed on."""
    clearance = own(request, code)
    note = family.note(clearance, ref)
    form = ShareForm(request.POST if request.method == "POST" else None)
    back = address("own_notes", clearance.application)
    if not (form.is_bound and form.is_valid()):
        left = family.links_left(request.user, at=request.at)
        page = shown(request, clearance, form=form, note=note, left=left) | {"back": back}
        return render(request, "family/note_share.html", page)
    secret = notes.share(
        note=note, named=form.cleaned_data["named"], person=request.user, at=request.at, chance=request.chance
    )
    with override("id"):  # those at home read Indonesian, whatever the writer reads here
        link = request.build_absolute_uri(reverse("shared_note", args=[secret]))
    message = _("A note from me: %(link)s") % {"link": link}
    page = shown(request, clearance, note=note, link=link, message=message, quoted=quote(message))
    return render(request, "family/note_link.html", page | {"back": back})


@login_required
@require_POST
def note_take_back(request: HttpRequest, programme: str, code: str, ref: str) -> HttpResponse:
    """Let a link show nothing any more."""
    clearance = own(request, code)
    notes.take_back(note=family.note(clearance, ref), person=request.user)
    messages.success(request, DONE["take_back"])
    return redirect(address("own_notes", clearance.application))


@login_required
@require_http_methods(METHODS)
def note_throw_away(request: HttpRequest, programme: str, code: str, ref: str) -> HttpResponse:
    """Ask once, then destroy the words of a note."""
    clearance = own(request, code)
    note, back = family.note(clearance, ref), address("own_notes", clearance.application)
    if request.method != "POST":
        page = shown(request, clearance, note=note, form=Form()) | {"back": back}
        return render(request, "family/note_throw_away.html", page)
    notes.throw_away(note=note, person=request.user)
    messages.success(request, DONE["throw_away"])
    return redirect(back)


@never_cache
@require_safe
def shared_note(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a note to whoever holds its link; where it shows nothing any more, say so, and the same of any other link."""
    try:
        found = family.shared(secret, at=request.at)
    except ObjectDoesNotExist:
        response = render(request, "family/note_gone.html", status=404)
    else:
        page = {"note": found, "rehearsal": found.rehearsal}
        response = render(request, "family/shared_note.html", page)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
