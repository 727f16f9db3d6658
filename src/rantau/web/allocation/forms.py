"""What people type about their place: the list of wishes, a request for exemption, the answer; and the officer's answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.allocation.actions.wishing import LONGEST

from .sentences import GIVES_UP


class WishForm(forms.Form):
    """A number for each open place, 1 the most wanted; a place without a number is left out."""

    def __init__(self, data: Any = None, *, places: Mapping[str, str], wishes: Sequence[str]) -> None:
        super().__init__(data)
        self.places = places
        now = [code for code in wishes if code in places]
        numbers = [("", _("leave out"))] + [(str(n), str(n)) for n in range(1, len(places) + 1)]
        for code, title in places.items():
            self.fields[f"wish_{code}"] = forms.ChoiceField(
                label=title,
                choices=numbers,
                required=False,
                initial=str(now.index(code) + 1) if code in now else "",
                error_messages={"invalid_choice": _("Choose a number from the list, or leave the place out.")},
            )

    def clean(self) -> dict[str, Any]:
        """Ask for each number once, and for one at least."""
        given = super().clean() or {}
        first: dict[str, str] = {}
        for code, title in self.places.items():
            number = given.get(f"wish_{code}", "")
            if number and number in first:
                words = _("Number %(number)s stands at “%(place)s” too. Give each number to one place.")
                self.add_error(f"wish_{code}", str(words) % {"number": number, "place": first[number]})
            elif number:
                first[number] = title
        if not first and not self.errors:
            raise forms.ValidationError(_("The list is empty. Give a number to at least one place."))
        return given

    def list(self) -> list[str]:
        """Return the places with a number, best first."""
        given = {code: self.cleaned_data[f"wish_{code}"] for code in self.places}
        return sorted((code for code, number in given.items() if number), key=lambda code: int(given[code]))


class ExemptionForm(forms.Form):
    """Which place a person asks to be exempted from, and why."""

    place = forms.ChoiceField(
        label=_("Which place?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the place."), "invalid_choice": _("Choose one of these places.")},
    )
    why = forms.CharField(
        label=_("Why is it impossible for you?"),
        widget=forms.Textarea({"rows": 5, "maxlength": LONGEST}),
        max_length=LONGEST,
        help_text=_("A few sentences. What you write is sealed; only the officers who decide requests can open it."),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, data: Any = None, *, places: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["place"].choices = list(places.items())  # type: ignore[attr-defined]  # a ChoiceField, above


class AnswerForm(forms.Form):
    """The answer to a place: take it, keep it and wait for a better one where there is one, or give it up."""

    says = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of these answers."),
        },
    )

    def __init__(self, data: Any = None, *, kind: str, may: Sequence[str]) -> None:
        super().__init__(data)
        words = {
            "accept": _("Yes, I take this place. Nothing changes it any more."),
            "wait": _("I keep it, and take a place higher on my list if one becomes free."),
            "decline": GIVES_UP[kind],
        }
        self.fields["says"].choices = [(says, words[says]) for says in may]  # type: ignore[attr-defined]  # a ChoiceField, above


class JudgementForm(forms.Form):
    """An officer's answer to a request for exemption."""

    grants = forms.TypedChoiceField(
        label=_("Is the person exempted from this place?"),
        choices=[("1", _("Yes: it cannot be given to them")), ("0", _("No: it can"))],
        coerce=lambda typed: typed == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: yes or no.")},
    )
    answer = forms.CharField(
        label=_("Your answer to the person"),
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        max_length=LONGEST,
        help_text=_("In plain words: what you looked at, and why you decide so. The person alone reads it."),
        error_messages={"required": _("Write your answer; the person reads it.")},
    )
