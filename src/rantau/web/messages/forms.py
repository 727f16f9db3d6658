"""What is asked about contacts, codes, zones and trials."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rantau.people import contacts
from rantau.web.people.forms import device
from rantau.web.people.words import person as person_words
from rantau.web.ui import values

from . import words


class AddForm(forms.Form):
    """A channel that is open, and the address there."""

    channel = forms.ChoiceField(
        label=_("By what?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a channel.")}
    )
    typed = forms.CharField(
        label=_("Your number or address there"),
        help_text=_("For Telegram the number of your account (ID), digits only; not your phone number."),
        max_length=254,
        error_messages={"required": _("Type a number or an address.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(name, words.CHANNELS[name]) for name in open_channels()]


def open_channels() -> list[str]:
    """Return the channels by which anything can be sent, in the order of the pages."""
    return [name for name in contacts.CHANNELS if settings.CHANNELS.get(name)]


def digits(hint: Any) -> forms.CharField:
    """Return the field for six digits, which a phone fills in from the message."""
    return forms.CharField(
        label=_("Code of six digits"),
        help_text=hint,
        max_length=12,
        error_messages={"required": _("Type the six digits of the message.")},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class ConfirmForm(forms.Form):
    """The code that was sent to a contact."""

    code = digits(_("It holds for 10 minutes."))


class LoginForm(forms.Form):
    """Whose code is wanted."""

    login = forms.CharField(
        label=_("Phone number, e-mail or registration code"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type the phone number, e-mail or code with which you registered.")},
    )


class EnterForm(forms.Form):
    """The login again, the code that was sent, who it is where a family shares an address, whose device this is."""

    login = forms.CharField(max_length=254, widget=forms.HiddenInput)
    who = forms.CharField(required=False, widget=forms.HiddenInput)
    code = digits(_("It holds for 10 minutes. A code that was asked for earlier opens nothing any more."))
    device = device()

    def __init__(self, *args: Any, persons: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if persons:
            choices = [(person.ref, person_words(person)) for person in persons]
            self.fields["who"] = forms.ChoiceField(
                label=_("Who are you?"), choices=choices, widget=forms.RadioSelect, required=False
            )


class ZoneForm(forms.Form):
    """Whose clock counts."""

    zone = forms.ChoiceField(
        label=_("Where are you?"),
        choices=[(name, values.ZONES[name]) for name in contacts.ZONES],
        widget=forms.RadioSelect,
    )


class TrialForm(forms.Form):
    """What was tried, where, when, and what became of it."""

    channel = forms.ChoiceField(label=_("Channel"), choices=list(words.CHANNELS.items()))
    country = forms.ChoiceField(label=_("Country in which the phone was"))
    on = forms.DateField(label=_("Day of the trial"), widget=forms.DateInput({"type": "date"}))
    works = forms.ChoiceField(
        label=_("Did the message arrive?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it arrived.")},
    )
    note = forms.CharField(
        label=_("Note, for everybody to read"),
        help_text=_("For example the operator of the number. No names and no numbers."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [(code, values.COUNTRIES.get(code, code)) for code in countries]

    def clean_works(self) -> bool:
        """Return whether it arrived."""
        return bool(self.cleaned_data["works"] == "yes")
