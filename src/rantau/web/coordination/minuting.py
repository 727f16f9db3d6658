"""What people type about a meeting: the call, another time, who came, the minutes with their decisions."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.coordination.actions.meetings import LONGEST, Decided
from rantau.programmes.queries import day, instant
from rantau.web.selection.forms import ClockField
from rantau.web.ui.fields import DayField

from .sentences import LANGUAGES

ROWS = 3
"""How many empty rows for decisions the minutes offer."""
MOST = 60


class WhenForm(forms.Form):
    """When and where a meeting is held."""

    on = DayField(label=_("Day"), earliest=2026)
    clock = ClockField(label=_("Start (WIB)"))
    lasts = forms.IntegerField(
        label=_("How long, in minutes"),
        initial=60,
        min_value=1,
        max_value=LONGEST,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 3}),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        help_text=_("Building and room, or the address of the call."),
        error_messages={"required": _("Write where the meeting is held.")},
    )

    def given(self) -> dict[str, Any]:
        """Return time and place as the action takes them."""
        clock: dt.time = self.cleaned_data["clock"]
        return {
            "held_at": instant(self.cleaned_data["on"], clock.hour, clock.minute),
            "place": self.cleaned_data["place"],
            "lasts": self.cleaned_data["lasts"],
        }


class PlanForm(WhenForm):
    """The call to a meeting: what about, for whom, who is invited, when and where."""

    title = forms.CharField(
        label=_("What is the meeting about?"),
        max_length=200,
        error_messages={"required": _("Write what the meeting is about.")},
    )
    office = forms.ChoiceField(label=_("You call it for"), required=False)
    offices = forms.MultipleChoiceField(
        label=_("Who is invited?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only people who act for an invited office, the coordinators and the auditors read this meeting."),
        error_messages={"required": _("Invite at least one office.")},
    )
    agenda = forms.CharField(
        label=_("Agenda"), required=False, max_length=4000, widget=forms.Textarea({"rows": 5, "maxlength": 4000})
    )
    field_order = ("title", "office", "offices", "on", "clock", "lasts", "place", "agenda")

    def __init__(self, data: Any = None, *, callers: Mapping[str, str], parties: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["office"].choices = list(callers.items())  # type: ignore[attr-defined]  # a ChoiceField, above
        self.fields["offices"].choices = list(parties.items())  # type: ignore[attr-defined]  # a ChoiceField, above
        if len(callers) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = next(iter(callers))

    def given(self) -> dict[str, Any]:
        """Return the call as the action takes it."""
        return super().given() | {name: self.cleaned_data[name] for name in ("title", "office", "offices", "agenda")}


class HoldForm(forms.Form):
    """Which of the invited offices were there."""

    offices = forms.MultipleChoiceField(
        label=_("Who was there?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Mark at least one office that was there. If nobody came, cancel the meeting.")},
    )

    def __init__(self, data: Any = None, *, invited: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["offices"].choices = list(invited.items())  # type: ignore[attr-defined]  # a ChoiceField, above


class MinutesForm(forms.Form):
    """The minutes and their decisions, a row each: words, owner, day, evidence, and the words in other languages."""

    language = forms.ChoiceField(label=_("Language of the minutes"), choices=LANGUAGES, widget=forms.RadioSelect)
    minutes = forms.CharField(
        label=_("What was discussed"),
        required=False,
        max_length=20000,
        widget=forms.Textarea({"rows": 12, "maxlength": 20000}),
    )

    def __init__(
        self, data: Any = None, *, meeting: Any, decisions: Sequence[Any], offices: Mapping[str, str], rows: int
    ) -> None:
        super().__init__(data, initial={"language": meeting.language, "minutes": meeting.minutes})
        self.rows = min(max(rows, len(decisions) + ROWS), MOST)
        owners = [("", _("nobody: it is only noted")), *((code, name) for code, name in offices.items() if code)]
        for number in range(1, self.rows + 1):
            old = decisions[number - 1] if number <= len(decisions) else None
            self._add(number, old, meeting.language, owners)

    def _add(self, number: int, old: Any, language: str, owners: list[Any]) -> None:
        said = dict(old.text) if old else {}
        box = forms.Textarea({"rows": 2, "maxlength": 1000})
        self.fields[f"text_{number}"] = forms.CharField(
            label=_("Decision"), required=False, max_length=1000, widget=box, initial=said.get(language, "")
        )
        self.fields[f"office_{number}"] = forms.ChoiceField(
            label=_("Who does it?"), required=False, choices=owners, initial=old.office if old else ""
        )
        self.fields[f"due_{number}"] = DayField(
            label=_("By which day?"), required=False, earliest=2026, initial=old.due_on if old else None
        )
        self.fields[f"wanted_{number}"] = forms.CharField(
            label=_("What will show that it is done?"),
            required=False,
            max_length=400,
            initial=old.wanted if old else "",
        )
        for code, name in LANGUAGES:
            self.fields[f"{code}_{number}"] = forms.CharField(
                label=name, required=False, max_length=1000, widget=box, initial=said.get(code, "")
            )

    def decisions(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as bound fields, for the page."""
        for number in range(1, self.rows + 1):
            others = [self[f"{code}_{number}"] for code, _name in LANGUAGES]
            names = ("text", "office", "due", "wanted")
            row = {"number": number, "others": others, **{name: self[f"{name}_{number}"] for name in names}}
            yield row | {"translated": any(bound.value() for bound in others)}

    def given(self) -> dict[str, Any]:
        """Return the minutes as the action takes them; rows without words are left out."""
        said, language = self.cleaned_data, self.cleaned_data["language"]
        found = []
        for number in range(1, self.rows + 1):
            words = {code: said[f"{code}_{number}"] for code, _name in LANGUAGES}
            words |= {language: said[f"text_{number}"]}
            owner = said[f"office_{number}"]
            if any(words.values()) or owner:
                day_, wanted = said[f"due_{number}"], said[f"wanted_{number}"]
                found.append(Decided(text=words, office=owner, due_on=day_, wanted=wanted))
        return {"language": language, "minutes": said["minutes"], "decisions": found}


def when(meeting: Any) -> dict[str, Any]:
    """Return a meeting's time and place as they stand in the form."""
    local = meeting.held_at.astimezone(dt.timezone(dt.timedelta(hours=7)))
    on = day(meeting.held_at)
    return {"on": on, "clock": f"{local:%H.%M}", "lasts": meeting.lasts, "place": meeting.place}
