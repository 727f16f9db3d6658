"""What is typed about duties and mandates: evidence, a doubt, an excuse, what is shown of the board, a mandate."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from rantau.web.ui.fields import DayField

from .standings import POWERS, STANDINGS

LONGEST = 1000
"""Characters of an evidence or a reason."""


class ShownForm(forms.Form):
    """Which duties the board shows: of one office or all, in one standing or all, of one year or all."""

    pihak = forms.ChoiceField(label=_("Office"), required=False)
    keadaan = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("All standings")), *((code, words) for code, (words, _tone) in STANDINGS.items())],
    )
    tahun = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: Any, *, offices: Mapping[str, str], years: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["pihak"].choices = [("", _("All offices")), *offices.items()]  # type: ignore[attr-defined]  # ChoiceFields, above
        self.fields["tahun"].choices = [  # type: ignore[attr-defined]  # both are ChoiceFields, above
            *((str(year), str(year)) for year in years),
            ("semua", _("All years")),
        ]


def _words(label: Any, hint: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        max_length=LONGEST,
        error_messages={"required": missing},
    )


class ShowForm(forms.Form):
    """What was done, and where the evidence can be seen."""

    evidence = _words(
        _("What was done?"),
        _("One or two sentences, with the day. The parties read them. Name offices, never people."),
        _("Write what was done."),
    )
    address = forms.CharField(
        label=_("Where can the evidence be seen?"),
        help_text=_("An address beginning with https://, or the number and day of a document. Everybody may read it."),
        max_length=400,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write an address or the number of a document.")},
    )


class DoubtForm(forms.Form):
    """Why the evidence does not show that the duty was done."""

    reason = _words(
        _("What does the evidence not show?"),
        _("The office that owes the duty reads it, and the parties. Name offices, never people."),
        _("Write what is missing."),
    )


class ExcuseForm(forms.Form):
    """Why an office is released from a duty."""

    reason = _words(
        _("Why is the office excused?"),
        _("Everybody may read the reason. Name offices, never people."),
        _("Write the reason."),
    )


class MandateForm(forms.Form):
    """For which office who may do what, between which days, on which written basis."""

    office = forms.ChoiceField(
        label=_("Office"),
        error_messages={"required": _("Choose the office."), "invalid_choice": _("Choose an office.")},
    )
    contact = forms.CharField(
        label=_("Who?"),
        help_text=_(
            "The e-mail, phone number or reference with which the person signed up, typed exactly. People cannot be "
            "searched here. A person finds their reference on their account page."
        ),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the person's e-mail, number or reference.")},
    )
    powers = forms.MultipleChoiceField(
        label=_("What may the person do?"),
        choices=[(code, format_lazy("{}: {}", name, does)) for code, (name, does) in POWERS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    capacity = forms.CharField(
        label=_("In which capacity?"),
        help_text=_("As it stands below a signature, for example: Director General of Placement."),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the capacity in which the person acts.")},
    )
    basis = forms.CharField(
        label=_("On which written basis?"),
        help_text=_("The letter or decree: number, day, who gave it."),
        max_length=240,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the letter or decree. Without a basis there is no mandate.")},
    )
    from_on = DayField(label=_("First day"), earliest=2025, latest=2050)
    until_on = DayField(label=_("Last day"), earliest=2025, latest=2050)

    def __init__(self, data: Any = None, *, offices: Mapping[str, str], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["office"].choices = [("", _("Choose")), *offices.items()]  # type: ignore[attr-defined]  # ChoiceFields, above
