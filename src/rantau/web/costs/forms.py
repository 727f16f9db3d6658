"""What is given in about money: a report in two taps, more of it for who wants to tell, an answer, an expense."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.departure.actions.charges import LONGEST, Told
from rantau.engine import amounts
from rantau.engine.refusal import Refusal
from rantau.web.ui import values
from rantau.web.ui.fields import DayField

from .sentences import ANSWERS, ASKERS, REFUSALS


class AmountField(forms.CharField):
    """An amount as people write it, kept as its smallest unit and currency."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"autocomplete": "off", "maxlength": 40})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> tuple[int, str] | None:
        """Return the amount, or None where none was written."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return amounts.read(typed)
        except Refusal as refusal:
            raise forms.ValidationError(REFUSALS[refusal.code], code="unreadable") from None


class ReportForm(forms.Form):
    """For what money was asked: one tap, and another one sends it."""

    item = forms.ChoiceField(
        label=_("What was the money asked for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Tap what the money was asked for, or “Something else”.")},
    )

    def __init__(self, data: Any = None, *, items: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["item"].choices = list(items.items())  # type: ignore[attr-defined]  # a ChoiceField, above


class TellForm(forms.Form):
    """More of a report; everything may be left out."""

    amount = AmountField(label=_("How much?"), required=False, help_text=_("For example Rp1.500.000 or 250 USD."))
    paid = forms.ChoiceField(
        label=_("Have you paid it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("no, it was only asked")), ("yes", _("yes, I have paid"))],
    )
    asked_by = forms.ChoiceField(
        label=_("Who asked?"), required=False, widget=forms.RadioSelect, choices=list(ASKERS.items())
    )
    note = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=LONGEST,
        help_text=_("Only protection officers and you read it. It is kept under lock."),
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
    )

    def __init__(self, data: Any = None, *, charge: Any, words: str) -> None:
        known = values.minor(charge.amount, charge.currency) if charge.amount else ""
        paid = "yes" if charge.paid else ""
        super().__init__(data, initial={"amount": known, "paid": paid, "asked_by": charge.asked_by, "note": words})

    def given(self) -> Told:
        """Return what was told as the action takes it."""
        said = self.cleaned_data
        amount, currency = said["amount"] or (None, "")
        asked_by = said["asked_by"] or "unknown"
        return Told(amount=amount, currency=currency, asked_by=asked_by, paid=said["paid"] == "yes", note=said["note"])


class AnswerForm(forms.Form):
    """What became of a report."""

    answer = forms.ChoiceField(
        label=_("What became of the report?"),
        widget=forms.RadioSelect,
        choices=list(ANSWERS.items()),
        error_messages={"required": _("Choose one of the answers.")},
    )
    note = forms.CharField(
        label=_("For the person who reported"),
        max_length=300,
        help_text=_("What you found, and what happens now."),
        widget=forms.Textarea({"rows": 3, "maxlength": 300}),
        error_messages={
            "required": _("Write a sentence for the person who reported: what you found, and what happens now.")
        },
    )
    reply = forms.CharField(
        label=_("What the other side says"),
        required=False,
        max_length=300,
        help_text=_("Public, and without anybody's name. Needed where paid money is called unlawful."),
        widget=forms.Textarea({"rows": 3, "maxlength": 300}),
    )


class ExpenseForm(forms.Form):
    """What was paid, by which office, for one person or for all."""

    item = forms.ChoiceField(label=_("Item"))
    payer = forms.ChoiceField(label=_("Who paid?"))
    amount = AmountField(label=_("How much?"), help_text=_("For example Rp1.500.000 or 250 USD."))
    on = DayField(label=_("On which day?"), earliest=2026)
    evidence = forms.CharField(
        label=_("What shows it?"), max_length=200, help_text=_("A receipt's number, a letter, a transfer. Name nobody.")
    )
    whose = forms.CharField(
        label=_("For one person: the code"),
        required=False,
        max_length=20,
        help_text=_("It begins with D-. Leave it empty where it was paid for all."),
    )

    def __init__(self, data: Any = None, *, items: Mapping[str, str], payers: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["item"].choices = list(items.items())  # type: ignore[attr-defined]  # a ChoiceField, above
        self.fields["payer"].choices = list(payers.items())  # type: ignore[attr-defined]  # a ChoiceField, above

    def given(self) -> dict[str, Any]:
        """Return the expense as the action takes it."""
        said = dict(self.cleaned_data)
        said["amount"], said["currency"] = said["amount"]
        return said
