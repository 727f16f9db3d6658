"""What is typed of a document by its person, and what an officer decides about it or asks the board for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rantau.departure.actions.papers import LONGEST, LONGEST_NOTE
from rantau.web.ui.fields import DayField
from rantau.web.uploads.taking import SentField

from .sentences import DOUBTS, FIELDS, RESULTS, RETURNS, STATES

DATES = ("issued_on", "expires_on")
_NOTE = _("The note has room for 300 letters.")


class PaperForm(forms.Form):
    """The fields that a document's rule asks for, and its scan."""

    def __init__(self, *args: Any, rule: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in rule.asks:
            self.fields[name] = _asked(name)
        self.fields["file"] = SentField(
            help_text=_("In daylight, the paper flat, every letter sharp; at most 8 MB. Several pages: one PDF.")
        )

    def typed(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        clean = self.cleaned_data
        details = {name: clean[name] for name in ("consenter", "village_head", "result") if clean.get(name)}
        days = {name: clean[name] for name in DATES if name in clean}
        return {"number": clean.get("number", ""), "details": details, **days}


def _asked(name: str) -> forms.Field:
    label, hint = FIELDS[name]
    if name in DATES:
        return DayField(
            label=label, help_text=hint, earliest=1990, latest=2100, error_messages={"required": DOUBTS["required"]}
        )
    if name == "result":
        wrong = _("Choose the result as the letter says it.")
        return forms.ChoiceField(
            label=label,
            help_text=hint,
            choices=list(RESULTS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": wrong, "invalid_choice": wrong},
        )
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("This is missing. Copy it from the document."),
            "max_length": _("This is too long: at most 160 letters."),
        },
    )


class DecisionForm(forms.Form):
    """One decision on a document: seen, confirmed with its source, sent back with a reason, not needed with why."""

    verdict = forms.ChoiceField(choices=[(one, one) for one in ("see", "confirm", "return", "waive")])
    source = forms.CharField(
        label=_("Which source, when and how"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("This is too long: at most 160 letters.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=list(RETURNS.items()),
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, error_messages={"max_length": _NOTE}
    )


class Sift(forms.Form):
    """Which people the board shows: those of whom a document stands in a state."""

    dokumen = forms.ChoiceField(label=_("Document"), required=False)
    keadaan = forms.ChoiceField(label=pgettext_lazy("paper", "State"), required=False)

    def __init__(self, *args: Any, titles: dict[str, str], states: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dokumen"].choices = [("", _("all")), *titles.items()]  # type: ignore[attr-defined]  # a ChoiceField
        known = [(code, STATES[code][0]) for code in states]
        self.fields["keadaan"].choices = [("", _("all")), *known]  # type: ignore[attr-defined]
