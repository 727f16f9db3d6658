"""What is typed at the table: clauses accepted, comments, their answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT, ANSWER = 2000, 1000


class AcceptForm(forms.Form):
    """Clauses that an office accepts, of the version that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    clauses = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput)

    def __init__(self, data: Any = None, *, codes: Sequence[str]) -> None:
        super().__init__(data)
        self.fields["clauses"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]  # above


class TakeBackForm(forms.Form):
    """The clause whose acceptance is taken back, of the version that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    clause = forms.CharField(widget=forms.HiddenInput, max_length=60)


class CommentForm(forms.Form):
    """What an office says about a clause of the version that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    clause = forms.CharField(widget=forms.HiddenInput, max_length=60)
    text = forms.CharField(
        label=_("Your office's comment"),
        help_text=_("Every side reads it. Say what is wrong, and what should stand there instead."),
        max_length=TEXT,
        widget=forms.Textarea({"rows": 4, "maxlength": TEXT}),
        error_messages={"required": _("Write the comment first.")},
    )


class SettleForm(forms.Form):
    """The answer that settles a comment; one's own may be settled without a word."""

    answer = forms.CharField(
        label=_("Your office's answer"),
        help_text=_("Every side reads it. With it the comment is settled."),
        max_length=ANSWER,
        widget=forms.Textarea({"rows": 3, "maxlength": ANSWER}),
        error_messages={"required": _("Write the answer: it settles what another office said.")},
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = not own


class PairForm(forms.Form):
    """Two versions to be held against each other; without a choice the last two."""

    dari = forms.TypedChoiceField(label=_("From version"), coerce=int)
    ke = forms.TypedChoiceField(label=_("To version"), coerce=int)

    def __init__(self, data: Any = None, *, numbers: Sequence[int]) -> None:
        self.last = (numbers[-2] if len(numbers) > 1 else numbers[-1], numbers[-1])
        super().__init__(data, initial={"dari": self.last[0], "ke": self.last[1]})
        for name in ("dari", "ke"):
            self.fields[name].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]  # ChoiceFields, above

    def pair(self) -> tuple[int, int]:
        """Return the two numbers that were chosen, or the last two where nothing valid was."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["dari"], self.cleaned_data["ke"]
        return self.last
