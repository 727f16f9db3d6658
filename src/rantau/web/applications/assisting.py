"""An officer's page for filling in beside somebody who is present, and the paper that the person takes home."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from rantau.applications import queries
from rantau.applications.actions import registration
from rantau.engine.flow import Role
from rantau.engine.flows import STAFF
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes import queries as programmes

from .forms import Assist
from .pages import address, context, held, refuse
from .sentences import STATES
from .views import picture


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assist(request: HttpRequest, programme: str) -> HttpResponse:
    """Start a registration for somebody present, and list those helped before."""
    people.require(request.user, *map(Role, STAFF.split()), scope=request.programme.code, at=request.at)
    intake = programmes.intake(request.programme)
    form = Assist(request.POST if request.method == "POST" else None)
    if intake and form.is_bound and form.is_valid():
        try:
            application = registration.start_for(
                intake=intake,
                person=request.user,
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
                at=request.at,
                chance=request.chance,
            )
        except Refusal as refusal:
            refuse(form, "phone", refusal, "contact.full")
        else:
            return redirect(address("slip", application))
    helped = [
        {"application": application, "words": STATES[application.state], "url": address("application", application)}
        for application in queries.assisted(request.user, scope=request.programme.code)
    ]
    open_now = bool(intake and intake.state == "open" and intake.opens_at <= request.at <= intake.closes_at)
    return render(
        request, "applications/assist.html", {"form": form, "helped": helped, "intake": intake, "open": open_now}
    )


@login_required
@require_GET
def slip(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the registration code as a paper to be printed and handed over."""
    application = held(request, code)
    link = request.build_absolute_uri(address("check_code", application))
    return render(request, "applications/slip.html", context(request, application, link=link, picture=picture(link)))
