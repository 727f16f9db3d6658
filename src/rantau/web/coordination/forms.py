"""What is typed about milestones: a slip to try out, and what an officer records as reached."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.web.ui.fields import DayField

LONGEST = 600
"""Characters of the evidence."""


class SlipForm(forms.Form):
    """A milestone that is not reached, and by how many days it might come later."""

    tonggak = forms.ChoiceField(
        label=_("What comes later?"), error_messages={"invalid_choice": _("Choose one that is not reached yet.")}
    )
    geser = forms.IntegerField(
        label=_("By how many days?"),
        min_value=1,
        max_value=2000,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a whole number of days, from 1 to 2,000.")
        ),
    )

    def __init__(self, data: Any = None, *, titles: Mapping[str, str]) -> None:
        super().__init__(data, initial={"geser": 60})
        self.fields["tonggak"].choices = list(titles.items())  # type: ignore[attr-defined]  # a ChoiceField, above


class ReachedForm(forms.Form):
    """On which day a milestone was reached, and what shows it; all of it is public."""

    on = DayField(label=_("On which day was it reached?"), earliest=2025, latest=2100)
    note = forms.CharField(
        label=_("What shows it?"),
        help_text=_("One or two sentences that anybody can check. Everybody reads them: name offices, never people."),
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        max_length=LONGEST,
        error_messages={"required": _("Write what shows it. Without evidence nothing is recorded.")},
    )
    source_title = forms.CharField(
        label=_("Title of the source"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    source_address = forms.URLField(
        label=_("Address of the source"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a whole address, for example https://kemlu.go.id/.")},
    )

    def evidence(self) -> dict[str, str]:
        """Return what shows it."""
        return {key: self.cleaned_data[key] for key in ("note", "source_title", "source_address")}
