"""The self-check's questions: only those that a known requirement or the law looks at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.engine.eligibility import Answers
from rantau.engine.programme import Programme as Terms
from rantau.web.ui import values
from rantau.web.ui.fields import DayField


class SelfCheckForm(forms.Form):
    """Asks what can be compared with something known; nothing that is typed here is kept."""

    birth_on = DayField(
        label=_("When were you born?"),
        help_text=_("Day, month and year, for example 31 5 2008."),
        earliest=1950,
        latest=2020,
        error_messages={"required": _("Write the day, month and year of your birth.")},
    )
    graduated = forms.IntegerField(
        label=_("In which year did you leave, or will you leave, vocational school (SMK)?"),
        min_value=1980,
        max_value=2040,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("The year has four digits, for example 2026.")
        ),
    )
    major = forms.ChoiceField(label=_("Which course did you take?"), required=False)
    average = forms.DecimalField(
        label=_("What is the average of your report marks?"),
        help_text=_("From 0 to 100. Two decimals are enough."),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places"),
            _("Write the average as a number from 0 to 100, for example 82.5."),
        ),
    )

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = terms.eligibility
        majors = asked.majors.value
        if majors is None:
            del self.fields["major"]
        else:
            titles = [(row.code, values.text(row.title)[0]) for row in majors]
            self.fields["major"].choices = [("", _("Choose")), *titles, ("other", _("Another course"))]
        if asked.graduated_from.value is None and asked.graduated_to.value is None:
            del self.fields["graduated"]
        if asked.min_average.value is None:
            del self.fields["average"]

    def answers(self) -> Answers:
        """Return the clean answers as the engine reads them."""
        clean, average = self.cleaned_data, self.cleaned_data.get("average")
        return Answers(
            birth_on=clean["birth_on"],
            graduated=clean.get("graduated"),
            major=clean.get("major") or None,
            average=None if average is None else int(average * 100),
        )
