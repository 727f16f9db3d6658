"""A person's own page of whom at home to tell: name, change, take back, and who has read it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rantau.departure.actions import kin
from rantau.departure.queries import family
from rantau.engine.refusal import Refusal
from rantau.web.applications.pages import address, refuse

from .forms import KinForm
from .notes import METHODS, own, shown
from .sentences import DONE, EVENTS, READERS


@login_required
@sensitive_post_parameters("called", "phone")
@require_http_methods(METHODS)
def own_kin(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show whom the person named and who read it; take a name, what may be told, and the consent."""
    clearance = own(request, code)
    named = family.named(clearance)
    initial = {"called": named.name, "phone": named.phone, "of": named.of} if named else {}
    form = KinForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            kin.name(clearance=clearance, person=request.user, at=request.at, chance=request.chance, **form.given())
        except Refusal as refusal:
            refuse(form, "phone", refusal, "contact.phone")
        else:
            messages.success(request, DONE["name"])
            return redirect(address("own_kin", clearance.application))
    more = {
        "form": form,
        "named": named,
        "told": [EVENTS[event] for event in named.of] if named else [],
        "readings": [(READERS[one.role], EVENTS[one.event], one.at) for one in family.readings(clearance)],
        "names": clearance.state not in kin.ENDED,
    }
    page = shown(request, clearance, **more)
    return render(request, "family/own_kin.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def kin_take_back(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Forget whom the person named."""
    clearance = own(request, code)
    kin.take_back(clearance=clearance, person=request.user, at=request.at)
    messages.success(request, DONE["forget"])
    return redirect(address("own_kin", clearance.application))
