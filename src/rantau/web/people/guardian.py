"""The page a young person passes on to a parent or guardian: plain words, a name, an agreement, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from rantau.applications.actions.registration import guardian_agrees
from rantau.applications.queries import time_of_guardian
from rantau.people import queries

from .forms import GuardianForm, requested


@never_cache
def guardian(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the agreement; of the young person the page knows the first name alone."""
    person = queries.guardian_of(secret)
    form = requested(request, GuardianForm)
    if form.is_valid():
        name, relation = form.cleaned_data["name"], form.cleaned_data["relation"]
        at = time_of_guardian(person, at=request.at)
        guardian_agrees(secret=secret, name=name, relation=relation, at=at, chance=request.chance)
        response = redirect("guardian", secret)
    else:
        context = {"form": form, "first_name": first_name(person.name), "agreed_at": person.guardian.agreed_at}
        response = render(request, "people/guardian.html", context)
    response["Referrer-Policy"] = (
        "same-origin"  # with no referrer at all a browser sends no origin, and the form is refused
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def first_name(name: str) -> str:
    """Return the first word of a name."""
    return name.split()[0] if name.split() else ""
