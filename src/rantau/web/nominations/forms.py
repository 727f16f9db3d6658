"""What a school types: one invitation."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rantau.engine.refusal import Refusal
from rantau.people import contacts
from rantau.web.sentences import refusal_sentence


class InviteForm(forms.Form):
    """One pupil: name, NISN, contact."""

    name = forms.CharField(
        label=_("Name as in the school register"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the pupil's name.")},
    )
    nisn = forms.RegexField(
        r"^\d{10}$",
        label=_("NISN"),
        help_text=_("10 digits"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the NISN, 10 digits."),
            "invalid": _("A NISN has 10 digits and nothing else. Compare it with the diploma."),
        },
    )
    contact = forms.CharField(
        label=_("Telephone number or e-mail of the pupil"),
        max_length=254,
        help_text=_("Only the pupil's own or the family's. It is used for this invitation alone."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write how the pupil can be reached.")},
    )

    def clean_contact(self) -> str:
        """Return the contact in its one form."""
        try:
            return contacts.contact(self.cleaned_data["contact"])
        except Refusal as refusal:
            raise ValidationError(refusal_sentence(refusal), code=refusal.code) from None
