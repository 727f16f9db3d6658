"""Forms of what people do beside answering questions: consent, documents, help, invitations, objections, offers."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rantau.engine.canonical import digest
from rantau.engine.reasons import PURPOSES
from rantau.engine.refusal import Refusal
from rantau.people import contacts
from rantau.selection.queries import criteria
from rantau.web.sentences import refusal_sentence
from rantau.web.ui.values import text
from rantau.web.uploads.taking import SentField

from .sentences import CONSENTS


class Consent(forms.Form):
    """One tick a purpose; only the one that the selection needs is required."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose, needed in PURPOSES.items():
            self.fields[purpose] = forms.BooleanField(
                label=CONSENTS[purpose],
                required=needed,
                help_text=_("Needed: without it nobody can be selected.") if needed else _("As you wish."),
                error_messages={"required": _("Without this consent the registration cannot be sent.")},
            )

    def consents(self) -> dict[str, str]:
        """Return the digest of the shown wording for each purpose that was agreed to."""
        return {purpose: digest(str(CONSENTS[purpose])) for purpose in PURPOSES if self.cleaned_data[purpose]}


class Upload(forms.Form):
    """One document."""

    file = SentField()

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = hint


class Assist(forms.Form):
    """Who is helped: somebody present, with a contact if they have one."""

    name = forms.CharField(
        label=_("Full name"), max_length=120, error_messages={"required": _("Write the person's full name.")}
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        help_text=_("A parent's or neighbour's will do. Leave it empty if there is none."),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    present = forms.BooleanField(
        label=_("The person sits beside me and wants to register."),
        error_messages={"required": _("You may fill in only for somebody who is present.")},
    )

    def clean_phone(self) -> str:
        """Return the number as it is dialled from anywhere."""
        try:
            return contacts.phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except Refusal as refusal:
            raise ValidationError(refusal_sentence(refusal)) from None


class Password(forms.Form):
    """A new password, once: a mistyped one is mended at a school or office."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 8 characters. Three short words are easy to keep in mind and hard to guess."),
        max_length=128,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password of at least 8 characters.")},
    )

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class Objection(forms.Form):
    """The one objection: against which mark, and what the officer did wrong."""

    criterion = forms.ChoiceField(
        label=_("Which mark?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the test whose mark you mean.")},
    )
    text = forms.CharField(
        label=_("What did the officer do wrong?"),
        help_text=_("Say what you see in your documents or marks, and what it should be. A few sentences are enough."),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write what the officer did wrong.")},
    )

    def __init__(self, *args: Any, application: Any, against: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if against == "mark":
            marked = [c for c in criteria(application.intake) if c.kind != "report"]
            self.fields["criterion"].choices = [(c.code, text(c.title)[0]) for c in marked]  # type: ignore[attr-defined]
        else:
            del self.fields["criterion"]


class Offer(forms.Form):
    """The answer to an offered seat."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[
            ("accept", _("Yes, I take the seat.")),
            ("decline", _("No, I give it up. It goes to the next on the reserve list, and I cannot get it back.")),
        ],
        error_messages={"required": _("Choose yes or no.")},
    )


class Withdraw(forms.Form):
    """The confirmation of a withdrawal."""

    sure = forms.BooleanField(
        label=_("I withdraw my registration. I know that I cannot register for this intake again."),
        error_messages={"required": _("Tick the box if you really want to withdraw.")},
    )


class Check(forms.Form):
    """A receipt's code as anybody types it."""

    code = forms.CharField(
        label=_("Registration code"),
        help_text=_("It begins with A and stands on the receipt. Small letters and spaces do not matter."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code from the receipt.")},
    )
