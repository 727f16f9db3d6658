"""What is typed about questions: values by the type of their path, a source, a day, a decision."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from rantau.agreements.actions.questions import LONGEST
from rantau.engine.programme import Programme as Terms
from rantau.engine.programme import known_values
from rantau.engine.programme_answering import ADDRESS, TITLE, typed
from rantau.engine.programme_file import Problem
from rantau.engine.programme_shapes import Shape, shape_at
from rantau.engine.refusal import Refusal
from rantau.web.ui import values
from rantau.web.ui.fields import DayField

from .sentences import BOUNDS, CHOICES, LANGUAGES, SOURCE, WRONG
from .words import place, said

LONG, SHOWN = 2000, 160
HINTS = dict.fromkeys(("table", "rows"), _("As in the pattern below, in the form of programme files (TOML)."))
PLAIN = {"autocomplete": "off"}


@dataclass(frozen=True)
class Group:
    """The fields of one value: what it is called, its path, and how rows of it are written."""

    place: str
    path: str
    pattern: str
    fields: list[Any]


class AnswerForm(forms.Form):
    """Fields for every value that a question asks for, all of them optional, and the source, which is not."""

    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("The title of the letter, the page or the regulation in which the answer is written."),
        max_length=TITLE,
        widget=forms.TextInput(PLAIN),
        error_messages={"required": SOURCE["title"]},
    )
    address = forms.CharField(
        label=_("Where is it?"),
        help_text=_("An address that begins with https://, or the number of the document."),
        max_length=ADDRESS,
        widget=forms.TextInput(PLAIN),
        error_messages={"required": SOURCE["address"]},
    )
    on = DayField(label=_("On which day was it said?"), earliest=2025, latest=2100)

    def __init__(self, data: Any = None, *, terms: Terms, paths: Sequence[str]) -> None:
        super().__init__(data)
        self.terms = terms
        self.shapes = {path: shape_at(terms, path) for path in paths}
        for shape in self.shapes.values():
            self.fields.update(_fields(terms, shape))
        for path, fact in known_values(terms):
            if path in self.shapes and fact.status == "assumed":
                self._assumed(self.shapes[path], fact.value)
        self.order_fields([*(name for name in self.fields if ":" in name), "title", "address", "on"])

    def _assumed(self, shape: Shape, value: Any) -> None:
        """Say below the first field of a value what the rehearsal takes for it now."""
        first = self.fields[_names(shape)[0]]
        shown = Truncator(said(self.terms, shape.path, value)).chars(SHOWN)
        words = str(_("Assumed in this rehearsal now: %(value)s")) % {"value": shown}
        first.help_text = f"{first.help_text} {words}".strip()

    def groups(self) -> list[Group]:
        """Return the fields of each value under its name."""
        return [
            Group(place(self.terms, path), path, shape.pattern, [self[name] for name in _names(shape)])
            for path, shape in self.shapes.items()
        ]

    def source(self) -> list[Any]:
        """Return the fields of the source."""
        return [self[name] for name in ("title", "address", "on")]

    def clean(self) -> dict[str, Any]:
        """Read every value that was typed, and ask for one at least."""
        given = super().clean() or {}
        self.values: dict[str, Any] = {}
        for path, shape in self.shapes.items():
            parts = {name.partition(":")[2]: _text(given.get(name)) for name in _names(shape)}
            if any(name in self.errors for name in _names(shape)):
                continue
            try:
                value = typed(shape, parts)
            except Refusal as refusal:
                self.add_error(_names(shape)[0], _wrong(refusal.facts))
                continue
            if value is not None:
                self.values[path] = value
        if not self.values and not self.errors:
            raise forms.ValidationError(_("The answer is empty. Fill in at least one value."))
        return given

    def refused(self, refusal: Refusal) -> bool:
        """Put a refusal beside the field it is about; return False where it is about none."""
        if refusal.code == "answer.source":
            what = refusal.facts["what"]
            self.add_error("on" if what == "day" else what, SOURCE[what])
        elif refusal.code == "answer.invalid":
            for problem in refusal.facts["problems"]:
                self.add_error(self._beside(problem), _contradiction(problem))
        else:
            return False
        return True

    def _beside(self, problem: Problem) -> str | None:
        for path, shape in self.shapes.items():
            if path in self.values and (problem.path == path or problem.path.startswith(f"{path}.")):
                return _names(shape)[0]
        return None


def _contradiction(problem: Problem) -> Any:
    """Return a problem of the file with what is allowed, as the engine words it."""
    words = _("It does not fit (%(path)s): %(wrong)s. Possible is: %(allowed)s.")
    told = {"path": problem.path, "wrong": problem.wrong, "allowed": problem.allowed}
    return str(words) % told


def _wrong(facts: dict[str, Any]) -> Any:
    if facts["kind"] == "number" and facts["least"] is not None and facts["most"] is not None:
        return str(BOUNDS) % {name: values.number(facts[name]) for name in ("least", "most")}
    return WRONG[facts["kind"]]


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


PARTS = {"text": ("id", "en", "ru"), "money": ("amount", "currency")}


def _names(shape: Shape) -> list[str]:
    """Return the names of the fields of a value: its path and the part behind a colon."""
    return [f"{shape.path}:{part}" for part in PARTS.get(shape.kind, ("",))]


def _fields(terms: Terms, shape: Shape) -> Iterator[tuple[str, forms.Field]]:
    label = place(terms, shape.path)
    for name, part in zip(_names(shape), PARTS.get(shape.kind, ("",)), strict=True):
        yield name, _field(terms, shape, part, label)


def _field(terms: Terms, shape: Shape, part: str, label: str) -> forms.Field:
    kind = shape.kind
    if kind == "yes_no":
        return _choice(label, [("yes", _("yes")), ("no", _("no"))])
    if kind == "choice":
        offices = {office.code: values.text(office.name)[0] for office in terms.offices if office.kind != "press"}
        words = [(option, CHOICES.get(option) or offices.get(option)) for option in shape.options]
        return _choice(label, [pair for pair in words if pair[1]])
    if kind == "day":
        return DayField(label=label, required=False, earliest=2025, latest=2100)
    if kind == "text":
        area = forms.Textarea({"rows": 3, "maxlength": LONG, "lang": part})
        return forms.CharField(label=LANGUAGES[part], required=False, max_length=LONG, widget=area)
    if kind in ("table", "rows", "amounts", "codes"):
        area = forms.Textarea({"rows": 6 if kind == "rows" else 4, "spellcheck": "false"})
        return forms.CharField(
            label=label, required=False, max_length=40_000, widget=area, help_text=HINTS.get(kind, WRONG[kind])
        )
    if kind == "money":
        told = {
            "amount": (_("Amount"), "decimal", ""),
            "currency": (_("Currency"), "text", _("Three letters, such as RUB")),
        }
        words, mode, hint = told[part]
        widget = forms.TextInput({**PLAIN, "inputmode": mode})
        return forms.CharField(label=words, required=False, max_length=40, widget=widget, help_text=hint)
    mode = {"number": "numeric", "hundredths": "decimal"}.get(kind, "text")
    widget = forms.TextInput({**PLAIN, "inputmode": mode})
    return forms.CharField(label=label, required=False, max_length=LONG, widget=widget)


def _choice(label: str, options: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", _("not answered")), *options],
        error_messages={"invalid_choice": WRONG["choice"]},
    )


class DueForm(forms.Form):
    """By which day an office is asked to answer."""

    due_on = DayField(label=_("By which day is the answer wanted?"), earliest=2025, latest=2100)


class DecisionForm(forms.Form):
    """What a second person decides, with a reason where the answer is not taken."""

    says = forms.ChoiceField(choices=[(says, says) for says in ("approve", "refuse", "take_back")])
    reason = forms.CharField(
        label=_("Why is it not taken?"),
        help_text=_("The office reads it. Name what is missing, so that it can be answered again."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where one is needed."""
        given = super().clean() or {}
        if given.get("says") == "refuse" and not given.get("reason", "").strip():
            self.add_error("reason", _("Write the reason; the office reads it."))
        return given
