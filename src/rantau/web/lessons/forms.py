"""What teachers give in: a lesson's topic, time and place, who was there with one tap each, what each reached."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.departure.actions.lessons import LONGEST, Mark
from rantau.departure.queries import lessons
from rantau.programmes.queries import ZONE, day, instant
from rantau.web.selection.forms import ClockField
from rantau.web.ui.fields import DayField

from .sentences import MARKS, RESULTS

LATE = 10
"""Minutes that stand ready for who was late."""


def _number(most: int) -> forms.TextInput:
    return forms.TextInput({"inputmode": "numeric", "maxlength": most, "autocomplete": "off"})


class WhenForm(forms.Form):
    """When and where a lesson is held."""

    on = DayField(label=_("Day"), earliest=2026)
    clock = ClockField(label=_("Start (WIB)"))
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), initial=90, min_value=1, max_value=LONGEST, widget=_number(3)
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        help_text=_("Building and room, so that everybody finds it."),
        error_messages={"required": _("Write where the lesson is held: building and room.")},
    )

    def given(self) -> dict[str, Any]:
        """Return time and place as the action takes them."""
        said = self.cleaned_data
        clock: dt.time = said["clock"]
        starts = instant(said["on"], clock.hour, clock.minute)
        return {"starts_at": starts, "minutes": said["minutes"], "place": said["place"]}


class PlanForm(WhenForm):
    """A new lesson: the topic, for whom, when and where."""

    topic = forms.ChoiceField(label=_("Topic"), widget=forms.RadioSelect)
    school = forms.ChoiceField(label=_("For whom?"), required=False)
    field_order = ("topic", "school", "on", "clock", "minutes", "place")

    def __init__(self, data: Any = None, *, topics: Mapping[str, str], schools: Sequence[Any], everybody: bool) -> None:
        super().__init__(data)
        self.schools = {str(one.npsn or one.code): one for one in schools}
        self.fields["topic"].choices = list(topics.items())  # type: ignore[attr-defined]  # a ChoiceField, above
        named = [(key, one.name) for key, one in self.schools.items()]
        choices = ([("", _("everybody on the way to departure"))] if everybody else []) + named
        self.fields["school"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, above
        self.fields["school"].required = not everybody

    def given(self) -> dict[str, Any]:
        """Return the lesson as the action takes it."""
        said = self.cleaned_data
        return super().given() | {"topic": said["topic"], "school": self.schools.get(said["school"])}


class HoldForm(forms.Form):
    """Who was there: four choices for each person, everybody present until a tap says otherwise."""

    def __init__(self, data: Any = None, *, lines: Sequence[lessons.Line], lesson: Any) -> None:
        super().__init__(data, prefix=lesson.ref[:6])
        self.lines = lines
        for line in lines:
            code = line.clearance.code
            mark, late = lessons.mark(line.presence) if line.presence else ("present", 0)
            self.fields[code] = forms.ChoiceField(
                label=line.clearance.application.person.name,
                choices=list(MARKS.items()),
                widget=forms.RadioSelect,
                initial=mark,
                error_messages={"required": _("Choose for each person: present, late, absent or excused.")},
            )
            self.fields[f"{code}-late"] = forms.IntegerField(
                label=_("minutes late"), required=False, min_value=0, initial=late or LATE, widget=_number(3)
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the people as bound fields, for the page."""
        for line in self.lines:
            code = line.clearance.code
            yield {"line": line, "mark": self[code], "late": self[f"{code}-late"]}

    def given(self) -> dict[str, Mark]:
        """Return the marks as the action takes them."""
        said = self.cleaned_data
        found = {}
        for line in self.lines:
            code = line.clearance.code
            found[code] = Mark(said[code], (said[f"{code}-late"] or 0) if said[code] == "late" else 0)
        return found


class ResultsForm(forms.Form):
    """What each person reached in the lesson's topic."""

    def __init__(self, data: Any = None, *, lines: Sequence[lessons.Line]) -> None:
        super().__init__(data)
        for line in lines:
            choices = [(key, words) for key, words in RESULTS.items() if key or not line.result]
            self.fields[line.clearance.code] = forms.ChoiceField(
                label=line.clearance.application.person.name, choices=choices, required=False, initial=line.result
            )


def when(lesson: Any) -> dict[str, Any]:
    """Return a lesson's time and place as they stand in the form."""
    local = lesson.starts_at.astimezone(ZONE)
    on = day(lesson.starts_at)
    return {"on": on, "clock": f"{local:%H.%M}", "minutes": lesson.minutes, "place": lesson.place}
