"""What coordinators and examiners type: a session, a changed mark with its reason."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rantau.programmes.queries import instant
from rantau.web.selection.forms import ClockField, MarkField
from rantau.web.ui.fields import DayField
from rantau.web.ui.values import text

TRAVEL = (
    ("programme", _("The programme pays")),
    ("school", _("The school pays")),
    ("own", _("Each person pays")),
    ("unpublished", _("Not announced yet")),
)


class SessionForm(forms.Form):
    """A session: which tests, where, when, for how many, and who pays the way there."""

    criteria = forms.MultipleChoiceField(
        label=_("Tests"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one test.")},
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=160,
        help_text=_("Building, street and town, so that somebody from another town finds it."),
    )
    on = DayField(label=_("Day"))
    clock = ClockField(label=_("Start (WIB)"))
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=5000, widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4})
    )
    travel = forms.ChoiceField(label=_("Who pays the way there and back"), choices=TRAVEL, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, criteria: Iterable[Any]) -> None:
        super().__init__(data)
        tests = self.fields["criteria"]
        assert isinstance(tests, forms.MultipleChoiceField)
        tests.choices = [(c.code, text(c.title)[0]) for c in criteria if c.kind != "report"]

    def planned(self) -> dict[str, Any]:
        """Return the session as the action takes it."""
        given = self.cleaned_data
        clock: dt.time = given["clock"]
        return {
            "criteria": given["criteria"],
            "place": given["place"],
            "starts_at": instant(given["on"], clock.hour, clock.minute),
            "seats": given["seats"],
            "travel": given["travel"],
        }


class ChangeForm(forms.Form):
    """Another value for a locked mark, and why."""

    def __init__(self, data: Any = None, *, maximum: int, step: int) -> None:
        super().__init__(data)
        self.fields["proposed"] = MarkField(
            maximum=maximum,
            step=step,
            label=_("The right mark"),
            error_messages={"required": _("Write the mark that should stand there.")},
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why"),
            max_length=300,
            help_text=_("What happened: a slip in copying, a page overlooked. A second person reads it and decides."),
            error_messages={"required": _("A locked mark changes only with a reason.")},
        )


class ExaminersForm(forms.Form):
    """Who examines a session."""

    examiners = forms.MultipleChoiceField(
        label=_("Who examines here"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two; with four or more, everybody marks with everybody and a third is always at hand."),
        error_messages={"required": _("Choose at least two examiners.")},
    )

    def __init__(self, data: Any = None, *, able: Iterable[tuple[Any, int]]) -> None:
        super().__init__(data)
        rows = list(able)
        field = self.fields["examiners"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (
                who.ref,
                ngettext("%(name)s: %(number)s piece", "%(name)s: %(number)s pieces", count)
                % {"name": who.name, "number": count}
                if count
                else who.name,
            )
            for who, count in rows
        ]
        dealt = any(count for _who, count in rows)
        field.initial = [who.ref for who, count in rows if count or not dealt]
