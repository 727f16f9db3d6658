"""What is asked for a note and for whom at home to tell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.departure.actions.notes import LENGTH
from rantau.engine.canonical import digest

from .sentences import CONSENT, EVENTS


class NoteForm(forms.Form):
    """This month's note."""

    text = forms.CharField(
        label=_("How are you this month?"),
        widget=forms.Textarea({"rows": 6, "maxlength": LENGTH}),
        max_length=LENGTH,
        help_text=_("At most 500 characters, in any language. It is locked: nobody but you can open it."),
        error_messages={
            "required": _("The note is empty. Write a sentence or two."),
            "max_length": _("At most %(limit_value)d characters fit; there are %(show_value)d. Shorten it a little."),
        },
    )


class ShareForm(forms.Form):
    """Whether the link shows a name."""

    named = forms.BooleanField(
        label=_("Show my first name above the note"),
        required=False,
        help_text=_("Without it the page says nothing of who wrote it."),
    )


class KinForm(forms.Form):
    """Somebody at home, what they may be told, and the consent."""

    called = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As the officer should say it on the phone, for example “Ibu Sri, my mother”."),
        error_messages={"required": _("Write the name.")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Write the phone number.")},
    )
    of = forms.MultipleChoiceField(
        label=_("What may this person be told?"),
        choices=list(EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you do not tick is told to nobody. Of any other reason they learn only that you come home."),
        error_messages={
            "required": _("Choose from the list what your family may be told, at least one."),
            "invalid_choice": _("Choose from the list what your family may be told, at least one."),
        },
    )
    agreed = forms.BooleanField(
        label=CONSENT,
        error_messages={"required": _("Without your consent nobody is named.")},
    )

    def given(self) -> dict[str, Any]:
        """Return what was typed, with the digest of the wording that was agreed to."""
        named = {key: self.cleaned_data[key] for key in ("called", "phone", "of")}
        return {**named, "wording": digest(str(CONSENT))}
