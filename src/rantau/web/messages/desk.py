"""The officers' page of messages that did not arrive, the operator's trials of channels, and what everybody reads of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.engine.refusal import Refusal
from rantau.outbox import actions, queries, trials
from rantau.web.sentences import refusal_sentence
from rantau.web.ui import values

from . import words
from .forms import TrialForm


@login_required
@require_GET
def messages_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show by kind and channel how many messages wait or failed, for how many people, since when; no one by name."""
    found = queries.desk(request.user, request.programme, at=request.at)
    context = {"desk": found, "rows": words.failing(found.rows), "jobs": words.jobs(found.jobs)}
    return render(request, "messages/desk.html", context)


@login_required
@require_POST
def messages_again(request: HttpRequest, programme: str) -> HttpResponse:
    """Try everything that failed once more, now."""
    number = actions.try_again(programme=request.programme, person=request.user, at=request.at)
    said = ngettext("%(number)s message is tried again.", "%(number)s messages are tried again.", number)
    messages.success(request, said % {"number": number})
    return redirect("messages_desk", programme)


@login_required
@require_http_methods(["GET", "POST"])
def channel_trials(request: HttpRequest, programme: str) -> HttpResponse:
    """Record that a channel was tried in a country."""
    trials.require(request.user, request.programme, at=request.at)
    form = TrialForm(request.POST if request.method == "POST" else None, countries=trials.countries())
    if form.is_valid():
        try:
            trials.record(programme=request.programme, person=request.user, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("on", refusal_sentence(refusal))
        else:
            return redirect("channels")
    return render(request, "messages/trials.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """Show for each country and channel the day of the last trial and what came of it, or that there was none."""
    rows = [
        {
            "country": values.COUNTRIES.get(place.country, place.country),
            "channel": words.CHANNELS[place.channel],
            "trial": place.trial,
        }
        for place in trials.places()
    ]
    return render(request, "messages/channels.html", {"rows": rows})
