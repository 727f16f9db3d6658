"""What is typed while an agreement is written: a clause in three languages, a duty with its timing, what is tabled."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rantau.agreements.actions.drafting import REPLY
from rantau.agreements.wording import WORDS
from rantau.engine.clauses import LOCALES, Clause, DutyTerm, Timing
from rantau.engine.known import Text
from rantau.web.ui.fields import DayField

from .words import NAMES, PERIODS, TIMES

TITLE, TEXT, LIST, NOTE = 200, 2000, 6000, 400
LONGEST = 180
"""Days within which a version has to be answered, at most."""
STRANGE = re.compile(r"[^a-z0-9]+")
SPLIT = re.compile(r"\s*\|\s*")


def unused(wanted: str, taken: Sequence[str], fallback: str) -> str:
    """Return a code made of words that no other has."""
    stem = STRANGE.sub("-", slugify(wanted))[:40].strip("-") or fallback
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def text_fields(name: str, label: Any, *, limit: int, rows: int = 0, required: bool = True) -> dict[str, Any]:
    """Return a field for each language; Indonesian is needed where anything is."""
    found = {}
    for at, language in NAMES.items():
        widget = forms.Textarea({"rows": rows, "lang": at}) if rows else forms.TextInput({"lang": at})
        found[f"{name}_{at}"] = forms.CharField(
            label=f"{language}",
            max_length=limit,
            widget=widget,
            required=required and at == "id",
            error_messages={
                "required": _("Write it in Indonesian at least: this language stands in for the others."),
                "max_length": _("At most %(limit_value)d characters; there are %(show_value)d."),
            },
        )
        found[f"{name}_{at}"].widget.attrs["aria-label"] = f"{label} · {language}"
    return found


class Worded(forms.Form):
    """A form whose texts are written in three languages."""

    GROUPS: tuple[tuple[str, Any], ...] = ()

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields of each text together, under what the text is."""
        return [
            (label, [self[f"{name}_{at}"] for at in LOCALES])
            for name, label in self.GROUPS
            if f"{name}_id" in self.fields
        ]

    def text(self, name: str) -> Text:
        """Return a text that was typed."""
        return Text(**{at: self.cleaned_data[f"{name}_{at}"].replace("\r\n", "\n").strip() for at in LOCALES})

    def lines(self, name: str) -> dict[str, list[str]]:
        """Return the lines of each language, empty ones left out."""
        typed = {at: self.cleaned_data.get(f"{name}_{at}") or "" for at in LOCALES}
        return {at: [line.strip() for line in words.splitlines() if line.strip()] for at, words in typed.items()}


class ClauseForm(Worded):
    """One clause: its title, its text, its rows or its table, each in three languages."""

    GROUPS = (
        ("title", _("Title")),
        ("text", _("Text: every paragraph on a line of its own")),
        ("rows", _("List below the text: every item on a line of its own, in the same order in every language")),
        ("table", _("Table below the text: every row on a line of its own, its cells divided by |")),
    )

    def __init__(
        self, data: Any = None, *, clause: Clause | None = None, after: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data, initial=_typed(clause) if clause else {})
        self.clause = clause
        self.fields |= text_fields("title", _("Title"), limit=TITLE)
        self.fields |= text_fields("text", _("Text"), limit=TEXT, rows=8)
        if clause is None or not clause.table:
            self.fields |= text_fields("rows", _("List"), limit=LIST, rows=4, required=False)
        else:
            self.fields |= text_fields("table", _("Table"), limit=LIST, rows=6, required=False)
        if after:
            self.fields["after"] = forms.ChoiceField(label=_("It stands behind"), choices=after)

    def clean(self) -> dict[str, Any]:
        """Ask that a list is as long, and a table as wide, in every language in which it is written."""
        given = super().clean() or {}
        for name in ("rows", "table"):
            if f"{name}_id" in self.fields:
                self._even(name)
        return given

    def _even(self, name: str) -> None:
        lines = self.lines(name)
        for at, typed in lines.items():
            if any(len(line) > TEXT for line in typed):
                self.add_error(f"{name}_{at}", str(_("A line has at most %(limit)s characters.")) % {"limit": TEXT})
        for at in ("en", "ru"):
            if lines[at] and len(lines[at]) != len(lines["id"]):
                words = _("There are %(here)s lines here and %(there)s in Indonesian: each has to stand in its place.")
                self.add_error(f"{name}_{at}", str(words) % {"here": len(lines[at]), "there": len(lines["id"])})
        if name == "table":
            width = max((len(SPLIT.split(line)) for line in lines["id"]), default=0)
            for at, typed in lines.items():
                if any(len(SPLIT.split(line)) != width for line in typed):
                    words = _("Every row needs %(width)s cells, divided by |.")
                    self.add_error(f"table_{at}", str(words) % {"width": width})

    def written(self, taken: Sequence[str]) -> Clause:
        """Return the clause as it was typed; what it rests on and its duties stay as they are."""
        title = self.text("title")
        known = self.clause.plain() if self.clause else {"code": unused(title.en or title.id, taken, "clause")}
        rows, table = self.lines("rows"), self.lines("table")
        known |= {
            "title": title.plain(),
            "text": self.text("text").plain(),
            "rows": [_at(rows, number) for number in range(len(rows["id"]))],
            "table": [_cells(table, number) for number in range(len(table["id"]))],
        }
        return resting(Clause.read(known))


def resting(clause: Clause) -> Clause:
    """Return a clause that rests on nothing unpublished, or assumed, any more once none of its words says so."""
    said = " ".join(one.id for one in (clause.text, *clause.rows, *(cell for line in clause.table for cell in line)))
    marks = {"open": WORDS["id"]["unpublished"], "assumed": WORDS["id"]["assumed"]}
    return clause.model_copy(update={name: () for name, mark in marks.items() if mark not in said})


def _typed(clause: Clause) -> dict[str, str]:
    """Return a clause as it stands in the form's fields."""
    found = {}
    for at in LOCALES:
        found |= {f"title_{at}": getattr(clause.title, at), f"text_{at}": getattr(clause.text, at)}
        found[f"rows_{at}"] = "\n".join(getattr(row, at) for row in clause.rows)
        found[f"table_{at}"] = "\n".join(" | ".join(getattr(cell, at) for cell in line) for line in clause.table)
    return found


def _at(lines: dict[str, list[str]], number: int) -> dict[str, str]:
    return {at: typed[number] if typed else "" for at, typed in lines.items()}


def _cells(lines: dict[str, list[str]], number: int) -> list[dict[str, str]]:
    split = {at: SPLIT.split(typed[number]) if typed else [] for at, typed in lines.items()}
    return [{at: cells[place] if cells else "" for at, cells in split.items()} for place in range(len(split["id"]))]


class DutyForm(Worded):
    """What a clause makes somebody owe: who, what, by when, and what shows it."""

    GROUPS = (("what", _("What is owed")), ("evidence", _("What shows that it was done")))

    owner = forms.ChoiceField(label=_("Who owes it?"))
    time = forms.ChoiceField(label=_("By when?"), choices=TIMES, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("Days"),
        help_text=_("After the agreement comes into force, or before what has to be reached."),
        min_value=0,
        max_value=3000,
        required=False,
    )
    before = forms.ChoiceField(label=_("What has to be reached"), required=False)
    every = forms.ChoiceField(label=_("How often"), choices=PERIODS, required=False)
    day = forms.IntegerField(label=_("On which day of the month"), min_value=1, max_value=28, required=False)
    excused_by = forms.ChoiceField(
        label=_("Who may release from it?"),
        help_text=_("Nobody releases itself. Where no office is named the programme's coordinator decides."),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        term: DutyTerm | None = None,
        owners: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, str]],
        milestones: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=_owed(term) if term else {"time": "days", "days": 30, "day": 5})
        self.term = term
        self.fields |= text_fields("what", _("What is owed"), limit=TEXT, rows=3)
        self.fields |= text_fields("evidence", _("What shows that it was done"), limit=TEXT, rows=3)
        for name, choices in (
            ("owner", owners),
            ("before", [("", "–"), *milestones]),
            ("every", [("", "–"), *PERIODS]),
            ("excused_by", [("", _("the programme's coordinator")), *kinds]),
        ):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # ChoiceFields, above

    @property
    def times(self) -> list[Any]:
        """Return the fields that say when, of which the kind of time needs one or two."""
        return [self[name] for name in ("days", "before", "every", "day")]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind of time needs."""
        given = super().clean() or {}
        needed = {"days": "days", "before": "before", "every": "every"}.get(given.get("time", ""), "")
        if needed and given.get(needed) in (None, "") and needed not in self.errors:
            self.add_error(needed, _("This kind of time needs it."))
        return given

    def written(self, taken: Sequence[str]) -> DutyTerm:
        """Return the duty as it was typed."""
        given, what = self.cleaned_data, self.text("what")
        return DutyTerm(
            code=self.term.code if self.term else unused(what.en or what.id, taken, "duty"),
            owner=given["owner"],
            what=what,
            evidence=self.text("evidence"),
            timing=self._timing(),
            excused_by=given["excused_by"] or None,
        )

    def _timing(self) -> Timing:
        given = self.cleaned_data
        if given["time"] == "every":
            return Timing(every=given["every"], day=given["day"] or 5)
        return Timing(days=given["days"] or 0, before=given["before"] if given["time"] == "before" else None)


def _owed(term: DutyTerm) -> dict[str, Any]:
    timing = term.timing
    found: dict[str, Any] = {
        "owner": term.owner,
        "time": "every" if timing.every else "before" if timing.before else "days",
        "days": timing.days,
        "before": timing.before or "",
        "every": timing.every,
        "day": timing.day,
        "excused_by": term.excused_by or "",
    }
    for at in LOCALES:
        found |= {f"what_{at}": getattr(term.what, at), f"evidence_{at}": getattr(term.evidence, at)}
    return found


class TableForm(forms.Form):
    """What goes with a version to the table: a note, and the day by which it has to be answered."""

    note = forms.CharField(
        label=_("Note to the other sides"),
        help_text=_("What was changed, and why. Every side reads it beside the version."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": NOTE}),
    )
    reply_on = DayField(
        label=_("The day by which every side answers"),
        help_text=_("It ends at 23:59 WIB. Who has not answered by then is shown as late."),
        earliest=2026,
        latest=2060,
    )

    def __init__(self, data: Any = None, *, on: dt.date) -> None:
        super().__init__(data, initial={"reply_on": on + dt.timedelta(days=REPLY)})
        self.on = on

    def clean_reply_on(self) -> dt.date:
        """Return a day that lies ahead and not too far."""
        day: dt.date = self.cleaned_data["reply_on"]
        if not 1 <= (day - self.on).days <= LONGEST:
            words = _("Choose a day from tomorrow on, at most %(days)s days ahead.")
            raise forms.ValidationError(str(words) % {"days": LONGEST})
        return day

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"note": self.cleaned_data["note"], "days": (self.cleaned_data["reply_on"] - self.on).days}


class SureForm(forms.Form):
    """A tick before something that cannot be undone."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you really want it.")})

    def __init__(self, data: Any = None, *, label: Any) -> None:
        super().__init__(data)
        self.fields["sure"].label = label
