"""What coordinators and officers type: dates of an intake, the freeze, the draw, an answer to an objection, a reason."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from rantau.programmes.queries import instant
from rantau.web.ui.fields import DayField
from rantau.web.ui.values import points


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it is nothing; None where a page is only read."""
    return request.POST if request.method == "POST" else None


class ClockField(forms.TimeField):
    """A time of day as people write it: 09:00 or 09.00."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Write the time like 09:00.")
        widget = forms.TextInput({"inputmode": "numeric", "maxlength": 5, "autocomplete": "off"})
        messages = {"required": wrong, "invalid": wrong}
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M"], error_messages=messages, **kwargs)


class MarkField(forms.IntegerField):
    """A mark typed in points with at most two decimals (81.4 or 81,4), kept in hundredths."""

    def __init__(self, *, maximum: int, step: int = 1, **kwargs: Any) -> None:
        self.maximum, self.step = maximum, step
        widget = forms.TextInput({"inputmode": "decimal", "maxlength": 7, "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Return hundredths; say which numbers are possible where it is none of them."""
        typed = str(value or "").strip().replace(",", ".")
        if not typed:
            return None
        whole, _point, rest = typed.partition(".")
        good = whole.isascii() and whole.isdigit() and len(rest) <= 2 and (not rest or rest.isdigit())
        hundredths = int(whole) * 100 + int(rest.ljust(2, "0")) if good else -1
        if not 0 <= hundredths <= self.maximum or hundredths % self.step:
            raise forms.ValidationError(self.wrong(), code="range")
        return hundredths

    def wrong(self) -> str:
        """Return what a mark may be."""
        words = _("A whole number from 0 to %(maximum)s.") if self.step == 100 else _("A number from 0 to %(maximum)s.")
        maximum = self.maximum // 100 if self.maximum % 100 == 0 else points(self.maximum)
        return str(words) % {"maximum": maximum}

    def prepare_value(self, value: Any) -> Any:
        """Return hundredths as people type them."""
        if not isinstance(value, int):
            return value
        return str(value // 100) if value % 100 == 0 else points(value)


class PlanForm(forms.Form):
    """The first and the last day of registration."""

    opens = DayField(label=_("First day of registration"))
    closes = DayField(
        label=_("Last day of registration"), help_text=_("Registration ends at 23:59:59 WIB of this day.")
    )

    def instants(self) -> dict[str, dt.datetime]:
        """Return when registration opens and when it closes."""
        opens, closes = self.cleaned_data["opens"], self.cleaned_data["closes"]
        return {"opens_at": instant(opens), "closes_at": instant(closes, 23, 59, 59)}


class OutageForm(forms.Form):
    """From when until when nobody could reach the service, and what happened; public once it is confirmed."""

    from_on = DayField(label=_("Day on which it began"))
    from_clock = ClockField(label=_("Time at which it began (WIB)"))
    until_on = DayField(label=_("Day on which it ended"))
    until_clock = ClockField(label=_("Time at which it ended (WIB)"))
    what = forms.CharField(
        label=_("What happened"),
        help_text=_("One or two sentences. Everybody reads them once it is confirmed: name no person."),
        widget=forms.Textarea({"rows": 3, "maxlength": 300}),
        max_length=300,
        error_messages={"required": _("Write what happened.")},
    )

    def given(self) -> dict[str, Any]:
        """Return the two instants, and what happened."""
        clean = self.cleaned_data
        ends = {
            f"{name}_at": instant(clean[f"{name}_on"], clean[f"{name}_clock"].hour, clean[f"{name}_clock"].minute)
            for name in ("from", "until")
        }
        return ends | {"what": clean["what"]}


class FreezeForm(forms.Form):
    """The source of chance, named before the draw, and the instant of the draw."""

    source = forms.CharField(
        label=_("Source of chance"),
        max_length=160,
        help_text=_(
            "In plain words, so that anybody can watch it: ten throws of dice before two witnesses, a named public lottery."
        ),
        error_messages={"required": _("Name the source before the draw; afterwards anybody could choose it.")},
    )
    substitutes = forms.CharField(
        label=_("What is used should the source be missing"),
        widget=forms.Textarea({"rows": 3}),
        max_length=800,
        help_text=_("One a line, in the order in which they are tried. Then nobody has to choose when it happens."),
        error_messages={"required": _("Write at least one: a draw that fails must leave nobody a choice.")},
    )
    on = DayField(label=_("Day of the draw"), help_text=_("At least 24 hours from now: anybody can come and watch."))
    clock = ClockField(label=_("Time of the draw (WIB)"))

    def clean_substitutes(self) -> list[str]:
        """Return the lines that hold something."""
        return [line.strip() for line in self.cleaned_data["substitutes"].splitlines() if line.strip()]

    def given(self) -> dict[str, Any]:
        """Return source, substitutes and the instant planned for the draw."""
        clock = self.cleaned_data["clock"]
        planned = instant(self.cleaned_data["on"], clock.hour, clock.minute)
        return {key: self.cleaned_data[key] for key in ("source", "substitutes")} | {"planned_at": planned}


class DrawForm(forms.Form):
    """Which source gave something, what it gave, and the evidence, which is published as it is."""

    source = forms.ChoiceField(
        label=_("Which source was used"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the source that was used.")},
    )
    why = forms.CharField(
        label=_("Why the earlier ones were missing"),
        required=False,
        max_length=300,
        help_text=_("Only for a substitute. It is published."),
    )
    value = forms.CharField(
        label=_("What the source gave"),
        max_length=200,
        help_text=_("Exactly as it stands in the evidence; every character counts."),
        error_messages={"required": _("Write what the source gave.")},
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_(
            "The signed record, a photo, the bulletin. It is published as it is, with its SHA-256: no names of candidates, "
            "no numbers of identity cards. At most 8 MB."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, source: dict[str, Any]) -> None:
        super().__init__(data, files)
        named = [source["name"], *source.get("substitutes", [])]
        self.fields["source"].choices = [(name, name) for name in named]
        self.fields["source"].initial = named[0]

    def clean_evidence(self) -> bytes:
        """Return the bytes of the evidence, or nothing without one."""
        file = self.cleaned_data["evidence"]
        return file.read() if file else b""

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where a substitute was used, and for none where the planned source was."""
        given = super().clean() or {}
        planned = given.get("source") == self.fields["source"].initial
        if "source" in given and planned == bool(given.get("why")):
            words = _("For the planned source say nothing.") if planned else _("Say why the earlier ones were missing.")
            self.add_error("why", words)
        return given


class SeatForm(forms.Form):
    """The reason of an extra seat."""

    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_("The person reads it, and auditors do."),
        error_messages={"required": _("Write what was wrong; a seat is never added without a reason.")},
    )


class ObjectionForm(forms.Form):
    """An officer's decision on an objection: the answer, and the corrected mark where one was wrong."""

    upheld = forms.TypedChoiceField(
        label=_("Did an officer err?"),
        choices=[("1", _("Yes: uphold, and put it right")), ("0", _("No: reject"))],
        coerce=lambda typed: typed == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: uphold or reject.")},
    )
    answer = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text=_("In plain words to the person: what was looked at, and what was found."),
        error_messages={"required": _("Write the reason; the person reads it.")},
    )

    def __init__(self, data: Any = None, *, marks: Sequence[Any] = (), maximum: int = 0, step: int = 1) -> None:
        super().__init__(data)
        self.marks = marks
        if len(marks) > 1:
            choices = [
                (m.ref, _("Mark %(number)s: %(value)s") % {"number": n, "value": points(m.value)})
                for n, m in enumerate(marks, 1)
            ]
            self.fields["mark"] = forms.ChoiceField(
                label=_("Which mark is corrected"), choices=choices, widget=forms.RadioSelect, required=False
            )
        if marks:
            self.fields["value"] = MarkField(
                maximum=maximum,
                step=step,
                label=_("Corrected mark"),
                required=False,
                help_text=_("Only when you uphold."),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the corrected mark where an objection to a mark is upheld."""
        given = super().clean() or {}
        if not self.marks or given.get("upheld") is not True:
            return given
        if given.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("An upheld objection needs the corrected mark."))
        if len(self.marks) > 1 and not given.get("mark"):
            self.add_error("mark", _("Choose which mark is corrected."))
        return given

    def correction(self) -> dict[str, Any]:
        """Return the corrected mark and its value, or neither."""
        if not self.cleaned_data["upheld"] or not self.marks:
            return {}
        chosen = self.cleaned_data.get("mark") or self.marks[0].ref
        return {"mark": next(m for m in self.marks if m.ref == chosen), "value": self.cleaned_data["value"]}
