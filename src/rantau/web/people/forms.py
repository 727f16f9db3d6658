"""What is asked to sign up, sign in, change a password, mend lost access and agree as a guardian."""

from typing import Any

from allauth.account import forms as account
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rantau.engine import codes
from rantau.engine.refusal import Refusal
from rantau.people import contacts, queries
from rantau.web.sentences import refusal_sentence

from . import devices, words

PASSWORD_HINT = _("At least 8 characters. Three words that only you would put together are good.")

CHOOSE = _("Choose a password of at least 8 characters.")
AGAIN = _("Type the same password a second time.")


def password(label: Any, *, new: bool = False, hint: Any = "", missing: Any = "") -> forms.CharField:
    """Return a password field that browsers understand; `missing` says what to do where it was left empty."""
    widget = forms.PasswordInput({"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(
        label=label,
        widget=widget,
        strip=False,
        help_text=hint,
        max_length=128,
        error_messages={"required": missing or _("Type your password.")},
    )


def device() -> forms.ChoiceField:
    """Return the question whose device this is, borrowed unless said otherwise."""
    return forms.ChoiceField(
        label=_("Whose phone or computer is this?"),
        choices=devices.CHOICES,
        initial=devices.BORROWED,
        required=False,
        widget=forms.RadioSelect,
    )


class LoginForm(account.LoginForm):
    """Phone, e-mail or code, and password; who it is where a family shares both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
        self.fields = {
            "who": forms.CharField(required=False, widget=forms.HiddenInput),
            "login": forms.CharField(
                label=_("Phone number, e-mail or registration code"),
                max_length=254,
                widget=widget,
                error_messages={"required": _("Type the phone number, e-mail or code with which you registered.")},
            ),
            "password": password(_("Password")),
            "device": device(),
        }

    def user_credentials(self) -> dict[str, str]:
        """Return what the account library passes on, the login in its one form."""
        return {
            "username": contacts.login(self.cleaned_data["login"]),
            "password": self.cleaned_data["password"],
            "who": self.cleaned_data["who"],
        }

    def clean(self) -> dict[str, Any]:
        """Let the account library try, and ask who it is where login and password mean several."""
        try:
            super().clean()
        except forms.ValidationError:
            namesakes = getattr(self.request, "namesakes", None)
            if not namesakes:
                raise
            self._ask_who(namesakes)
        self.cleaned_data["remember"] = self.cleaned_data.get("device") == devices.OWN
        return self.cleaned_data

    def _ask_who(self, namesakes: list[Any]) -> None:
        choices = [(person.ref, words.person(person)) for person in namesakes]
        self.fields["who"] = forms.ChoiceField(label=_("Who are you?"), choices=choices, widget=forms.RadioSelect)
        self.add_error(
            "who", _("Several people use this login and this password. Choose yourself and type the password again.")
        )


class SignupForm(account.SignupForm):
    """Phone or e-mail, what we may call you, a password typed twice."""

    field_order = ("username", "name", "password1", "password2", "device")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "username": forms.CharField(
                label=_("Phone number or e-mail"),
                help_text=_("It may be the number of your family or your school: several people can use one."),
                max_length=254,
                error_messages={"required": _("Type a phone number or an e-mail with which you will sign in.")},
                widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
            ),
            "name": forms.CharField(
                label=_("What may we call you?"),
                required=False,
                max_length=120,
                widget=forms.TextInput({"autocomplete": "given-name"}),
            ),
            "password1": password(_("Password"), new=True, hint=PASSWORD_HINT, missing=CHOOSE),
            "password2": password(_("The same password again"), new=True, missing=AGAIN),
            "device": device(),
        }

    def clean_username(self) -> str:
        """Return the contact in its one form; who else has it is never said."""
        try:
            login = contacts.contact(self.cleaned_data["username"])
            queries.room(login)
        except Refusal as refusal:
            raise forms.ValidationError(refusal_sentence(refusal)) from None
        return login


class ChangePasswordForm(account.ChangePasswordForm):
    """The present password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password(_("Present password"))
        _name_new(self)


class SetPasswordForm(account.SetPasswordForm):
    """A first password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new(self)


def _name_new(form: forms.Form) -> None:
    for name, label, hint in (
        ("password1", _("New password"), PASSWORD_HINT),
        ("password2", _("The new password again"), ""),
    ):
        form.fields[name].label, form.fields[name].help_text = label, hint
        form.fields[name].widget.attrs.pop("placeholder", None)


class FindForm(forms.Form):
    """The registration code of a person who lost access: the only way to find them."""

    code = forms.CharField(
        label=_("Registration code"),
        help_text=_("It stands on the receipt and begins with A-. People are never searched by name or number here."),
        max_length=24,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Return the code as we write it."""
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("This cannot be a registration code. Compare each character with the receipt.")
            )
        return code


class RecoverForm(forms.Form):
    """The one-time word that a second officer handed over, and a new password twice."""

    word = forms.CharField(
        label=_("One-time word"),
        help_text=_("The second officer wrote it down for you. It begins with P- and works once, within 48 hours."),
        max_length=24,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password1 = password(_("New password"), new=True, hint=PASSWORD_HINT, missing=CHOOSE)
    password2 = password(_("The new password again"), new=True, missing=AGAIN)

    def clean_password1(self) -> str:
        """Return a password that is not too easy."""
        validate_password(self.cleaned_data["password1"])
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type them again."))
        return self.cleaned_data


class GuardianForm(forms.Form):
    """Who agrees, and that they do."""

    name = forms.CharField(label=_("Your full name, as on your identity card"), max_length=120)
    relation = forms.ChoiceField(label=_("You are"), choices=words.RELATIONS, widget=forms.RadioSelect)
    agree = forms.BooleanField(label=_("I have read this page and I agree"))


class ConsentForm(forms.Form):
    """Which consent is withdrawn."""

    purpose = forms.CharField(max_length=32)
    scope = forms.CharField(max_length=48)


def refused(form: forms.Form, field: str, refusal: Refusal) -> None:
    """Show a refusal beside the field that it is about."""
    form.add_error(field, refusal_sentence(refusal))


def requested(request: HttpRequest, kind: type[forms.Form]) -> forms.Form:
    """Return a form with what was sent, if something was."""
    return kind(request.POST if request.method == "POST" else None)
