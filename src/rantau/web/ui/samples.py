"""What the page of components shows: one made-up example of each."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .fields import DayField


class SampleForm(forms.Form):
    """One field of each kind; an empty answer shows every error."""

    name = forms.CharField(
        label=_("Your name as on the diploma"),
        error_messages={"required": _("Write your name as it stands on the diploma.")},
    )
    born = DayField(label=_("Your date of birth"), help_text=_("For example 31 5 2007"))
    path = forms.ChoiceField(
        label=_("How do you want to be reached?"),
        choices=[("phone", _("By phone")), ("school", _("Through my school"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one way to be reached.")},
    )
    scale = forms.ChoiceField(label=_("Report scale"), choices=[("100", "0–100"), ("10", "0–10"), ("4", "0–4")])
    diploma = forms.FileField(
        label=_("Photo of the diploma"),
        help_text=_("JPEG, PNG or PDF, at most 5 MB."),
        error_messages={"required": _("The photo is missing. Take one near a window; the writing must be readable.")},
    )
    agreed = forms.BooleanField(
        label=_("I have read how my answers are used"), error_messages={"required": _("Tick the box to go on.")}
    )


def samples(at: dt.datetime) -> dict[str, Any]:
    """Return the example of every component, around an instant."""
    soon, before = at + dt.timedelta(days=3), at - dt.timedelta(days=9)
    return {
        "form": SampleForm({}, {}),
        "now": at,
        "tasks": [
            {"label": gettext("Who you are"), "url": "#tasks", "words": gettext("done"), "tone": "good"},
            {"label": gettext("Your school"), "url": "#tasks", "words": gettext("begun"), "tone": "part"},
            {
                "label": gettext("Your marks"),
                "url": "#tasks",
                "words": gettext("missing"),
                "tone": "bad",
                "hint": gettext("Semester 5 is not there yet."),
            },
        ],
        "events": [
            {"title": gettext("Registration received"), "state": "done", "at": before},
            {
                "title": gettext("Files are being checked"),
                "state": "now",
                "until": soon,
                "text": gettext("You need do nothing."),
            },
            {"title": gettext("Written test"), "state": "next", "text": gettext("The date comes by message.")},
        ],
        "rows": [
            {"label": gettext("Name"), "value": "Contoh Peragaan", "url": "#summary"},
            {"label": gettext("School"), "value": "", "url": "#summary"},
        ],
        "funnel": [(gettext("registered"), 300), (gettext("checked"), 212), (gettext("selected"), 50)],
    }
