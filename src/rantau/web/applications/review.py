"""Checking the answers and sending them: what the checks say, one consent a purpose, one button."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rantau.applications import queries
from rantau.applications.actions import registration

from .answers import rows, told
from .forms import Consent
from .pages import address, context, held, writable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the answers with what is unclear in them, take the consents, send."""
    application = held(request, code)
    form = Consent(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        registration.submit(application=application, person=request.user, consents=form.consents(), at=request.at)
        return redirect(address("receipt", application))
    if application.state != "draft" or not writable(application, request):
        return redirect(address("application", application))
    missing = [task for task, done in queries.tasks(application).items() if not done]
    known = {
        "form": form,
        "rows": rows(application, change=True),
        "findings": told(application, queries.findings(application, at=request.at)),
        "missing": missing,
    }
    return render(request, "applications/review.html", context(request, application, **known))
