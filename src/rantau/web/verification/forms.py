"""What verifiers, coordinators and those approached for a favour fill in: a decision, a school's number, how they were asked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .sentences import FAVOURS, REFUSE, RETURN, VERDICTS

NOTE = 300
_TOO_LONG = _("The note has room for 300 letters.")


def choices(table: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return a table of codes and words as choices."""
    return list(table.items())


class DecisionForm(forms.Form):
    """One verdict on a file, with a reason of its list, and a note that the person reads."""

    verdict = forms.ChoiceField(choices=choices(VERDICTS))
    reason = forms.ChoiceField(
        choices=choices(RETURN | REFUSE),
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )
    note = forms.CharField(max_length=NOTE, required=False, error_messages={"max_length": _TOO_LONG})

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the verdict needs one, and for a note where the reason says nothing by itself."""
        cleaned = super().clean() or self.cleaned_data
        verdict, reason = cleaned.get("verdict"), cleaned.get("reason")
        if verdict in ("return", "refuse") and not reason and "reason" not in self.errors:
            raise ValidationError(_("Choose a reason: the person reads it."), code="reason")
        if reason == "requirement" and not cleaned.get("note"):
            raise ValidationError(_("Name the requirement in the note: the person reads it."), code="note")
        return cleaned


class LinkForm(forms.Form):
    """The school that a claim means."""

    npsn = forms.RegexField(
        r"^\d{8}$",
        label=_("NPSN"),
        error_messages={"required": _("Choose a school."), "invalid": _("Choose a school.")},
    )


class FavourForm(forms.Form):
    """How a request for favour came, and what was said if one wants to write it down."""

    kind = forms.ChoiceField(choices=choices(FAVOURS))
    note = forms.CharField(
        label=_("What was said (may stay empty)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
