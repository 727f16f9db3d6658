"""What is typed on the way out and home again: days of a group, an address, an answer about a visa, a plan of a way home."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.programmes.queries import ZONE, instant
from rantau.web.selection.forms import ClockField
from rantau.web.ui.fields import DayField

from .sentences import REASONS, REFUSED, VISA_REASONS

LONGEST = 300


def _line(label: Any, **more: Any) -> forms.CharField:
    length = more.pop("max_length", 200)
    return forms.CharField(
        label=label, max_length=length, widget=forms.TextInput({"autocomplete": "off"}), required=False, **more
    )


def _note(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "maxlength": LONGEST})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, **more)


def _many(choices: Iterable[tuple[str, Any]], label: Any, empty: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": empty, "invalid_choice": _("The list has changed. Load the page again.")},
    )


def split(at: dt.datetime | None) -> tuple[dt.date | None, str]:
    """Return the date and the time of day of an instant, as they are typed."""
    local = at.astimezone(ZONE) if at else None
    return (local.date(), f"{local:%H:%M}") if local else (None, "")


class _Instants(forms.Form):
    """A form with pairs of a day and a time of day, which are in WIB."""

    def at(self, name: str) -> dt.datetime:
        """Return the instant of a pair."""
        clock: dt.time = self.cleaned_data[f"{name}_time"]
        return instant(self.cleaned_data[f"{name}_on"], clock.hour, clock.minute)


class GroupForm(_Instants):
    """When a group leaves and arrives, by what way, where it gathers and who meets it."""

    departs_on = DayField(label=_("Day of departure"), earliest=2026)
    departs_time = ClockField(label=_("Time of departure (WIB)"))
    arrives_on = DayField(label=_("Day of arrival"), earliest=2026)
    arrives_time = ClockField(label=_("Time of arrival (WIB)"))
    route = _line(_("Way, with flight numbers"))
    gather = _line(_("Where and when people gather"), max_length=300)
    met_by = _line(_("Who meets them there: office and person"), max_length=120)
    met_phone = _line(_("Their telephone number"), max_length=40)

    def __init__(self, data: Any = None, *, group: Any = None) -> None:
        known = {name: getattr(group, name) for name in ("route", "gather", "met_by", "met_phone")} if group else {}
        for name in ("departs", "arrives"):
            known[f"{name}_on"], known[f"{name}_time"] = split(getattr(group, f"{name}_at", None))
        super().__init__(data, initial=known)

    def fields_of(self) -> dict[str, Any]:
        """Return what a group is made of."""
        said = {name: self.cleaned_data[name].strip() for name in ("route", "gather", "met_by", "met_phone")}
        return said | {"departs_at": self.at("departs"), "arrives_at": self.at("arrives")}


class PeopleForm(forms.Form):
    """Who is meant, ticked one by one."""

    def __init__(self, data: Any = None, *, people: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["people"] = _many(people.items(), _("Who?"), _("Tick at least one person."))


class ReasonForm(forms.Form):
    """Why, in words, where something is taken back."""

    note = _note(_("Why?"), error_messages={"required": _("Write why, in one sentence.")})


class RefuseForm(forms.Form):
    """Why somebody cannot leave: a reason of the list and a note that they read."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=list(REFUSED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    note = _note(
        _("What exactly, in plain words"),
        help_text=_("The person reads it. Write what was found and by whom, and nothing about their character."),
        error_messages={"required": _("Write what exactly was found.")},
    )


class AnswerForm(PeopleForm):
    """The host state's answer for the people who are ticked: days, or a reason."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("issue", _("Issued")), ("refuse", _("Refused"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer.")},
    )
    valid_from = DayField(label=_("Issued: valid from"), earliest=2026, required=False)
    valid_until = DayField(label=_("Issued: valid until"), earliest=2026, required=False)
    reason = forms.ChoiceField(
        label=_("Refused: reason as given"), choices=[("", "–"), *VISA_REASONS.items()], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the days with an issue, for the reason with a refusal."""
        given = super().clean() or {}
        if given.get("answer") == "issue":
            for name in ("valid_from", "valid_until"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Write the day."))
        elif given.get("answer") == "refuse" and not given.get("reason"):
            self.add_error("reason", _("Choose the reason as it was given; “no reason given” is one."))
        return given


class ArrivedForm(forms.Form):
    """One's own arrival: where one lives now, if one wants to say it."""

    address = _note(
        _("Where do you live now?"),
        required=False,
        help_text=_("Sealed: only you, the Embassy of Indonesia and protection officers read it. It may stay empty."),
    )


class ReportForm(PeopleForm, _Instants):
    """Who arrived, and when."""

    arrived_on = DayField(label=_("Day of arrival"), earliest=2026)
    arrived_time = ClockField(label=_("Time of arrival (WIB)"))


class HomewardForm(forms.Form):
    """Why somebody comes home, as far as it has to be known to help."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=list(REASONS.items()), widget=forms.RadioSelect, initial="leaving"
    )
    note = _note(
        _("What has to be known to help"),
        required=False,
        help_text=_("Sealed: the person, the Embassy of Indonesia and protection officers read it, nobody else."),
    )


class PlanForm(_Instants):
    """The plan of a way home; no payer means that nobody has said who pays."""

    travels_on = DayField(label=_("Day of travel"), earliest=2026)
    travels_time = ClockField(label=_("Time of travel (WIB)"))
    arrives_on = DayField(label=_("Day of arrival"), earliest=2026)
    arrives_time = ClockField(label=_("Time of arrival (WIB)"))
    route = _line(_("Way, with flight numbers"))
    met_by = _line(_("Who meets them at home: office and person"), max_length=120)
    payer = forms.ChoiceField(label=_("Which office pays?"), required=False)

    def __init__(self, data: Any = None, *, way: Any, offices: Mapping[str, str]) -> None:
        known = {name: getattr(way, name) for name in ("route", "met_by", "payer")}
        for name in ("travels", "arrives"):
            known[f"{name}_on"], known[f"{name}_time"] = split(getattr(way, f"{name}_at"))
        super().__init__(data, initial=known)
        choices = [("", _("nobody has said: it stays an open question")), *offices.items()]
        self.fields["payer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, above

    def plan(self) -> dict[str, Any]:
        """Return the plan."""
        said = {name: self.cleaned_data[name] for name in ("route", "met_by", "payer")}
        return said | {"travels_at": self.at("travels"), "arrives_at": self.at("arrives")}


class OutcomeForm(forms.Form):
    """What became of a way home."""

    outcome = _note(_("What became of it?"), error_messages={"required": _("Write what became of it.")})


class PurposeForm(forms.Form):
    """What a file is for, and its form."""

    purpose = forms.CharField(
        label=_("What is the file for?"),
        help_text=_(
            "For example: entry of cleared participants in Sisko P2MI, by whom. It is kept with the file's digest."
        ),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write what the file is for. No file leaves without a purpose.")},
    )
    form = forms.ChoiceField(
        label=_("Form"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], widget=forms.RadioSelect, initial="xlsx"
    )
