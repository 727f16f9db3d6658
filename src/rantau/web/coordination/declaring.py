"""What a person types to declare an interest, and to enter or correct a demand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.coordination.actions.interests import LONGEST
from rantau.engine import demand

from .sentences import FIELDS, INTERESTS, PROBLEMS, TRADES


class InterestForm(forms.Form):
    """One declaration: its kind, the school or whom it concerns, and a note that is sealed."""

    kind = forms.ChoiceField(
        label=_("What do you declare?"),
        choices=list(INTERESTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the kinds."), "invalid_choice": _("Choose one of the kinds.")},
    )
    npsn = forms.RegexField(
        r"^\d{8}$",
        label=_("NPSN of the school"),
        required=False,
        strip=True,
        help_text=_("8 digits. You are never given files or work of its pupils."),
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 8, "autocomplete": "off"}),
        error_messages={"invalid": _("An NPSN has 8 digits.")},
    )
    organisation = forms.CharField(label=_("Whom does it concern?"), required=False, max_length=160)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        help_text=_("Sealed: the inspector alone can open it. You cannot read it here again either."),
    )


class DemandForm(forms.Form):
    """One demand as a ministry states it."""

    project = forms.CharField(
        label=FIELDS["project"], required=False, help_text=_("The name by which the project is known in public.")
    )
    trade = forms.CharField(
        label=FIELDS["trade"],
        required=False,
        help_text=_("In your own words. We count it under the trade that the words mean."),
        widget=forms.TextInput({"list": "trades"}),
    )
    grade = forms.CharField(label=FIELDS["grade"], required=False)
    year = forms.CharField(label=FIELDS["year"], required=False, widget=forms.TextInput({"inputmode": "numeric"}))
    places = forms.CharField(label=FIELDS["places"], required=False, widget=forms.TextInput({"inputmode": "numeric"}))
    region = forms.CharField(label=FIELDS["region"], required=False)
    note = forms.CharField(
        label=FIELDS["note"],
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Not public. All other columns are."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask of the texts what is asked of a row of a sheet."""
        given = super().clean() or {}
        for problem in demand.asked(0, {name: given.get(name, "") for name in demand.FIELDS}).problems:
            self.add_error(problem.field, PROBLEMS[problem.field, problem.code])
        return given


def trades() -> list[Any]:
    """Return the trades we count by, to be chosen from."""
    return [TRADES[code] for code in demand.TRADES]


class MappingForm(forms.Form):
    """Where a sheet's heading is, and which column is which."""

    heading = forms.TypedChoiceField(label=_("The heading is in row"), coerce=int)
    by_year = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, lines: list[demand.Line], found: demand.Guess) -> None:
        super().__init__(data, initial={"heading": found.heading, "by_year": bool(found.years), **found.columns})
        self.lines, self.found = dict(lines), found
        first = lines[: demand.HEADING_WITHIN]
        rows = [(number, f"{number} · {' · '.join(filter(None, cells))[:60]}") for number, cells in first]
        self.fields["heading"].choices = rows  # type: ignore[attr-defined]  # a ChoiceField, above
        heading = self.lines.get(found.heading, ())
        columns = [("", _("no column"))]
        columns += [(str(n), f"{_letter(n)} · {cell or '–'}"[:50]) for n, cell in enumerate(heading)]
        for name, words in FIELDS.items():
            self.fields[name] = forms.ChoiceField(label=words, choices=columns, required=False)
        self.years = demand.years_of(heading)
        if self.years:
            named = ", ".join(f"{_letter(place)} ({year})" for place, year in self.years.items())
            self.fields["by_year"].label = _("%(columns)s: each holds the places of its year") % {"columns": named}
        else:
            del self.fields["by_year"]

    def given(self) -> dict[str, Any]:
        """Return heading and columns as the action takes them; under another heading the columns are guessed anew."""
        said = self.cleaned_data
        if said["heading"] != self.found.heading:
            guessed = demand.guess_at((said["heading"], self.lines[said["heading"]]))
            return {"heading": guessed.heading, "columns": guessed.columns, "years": guessed.years}
        columns = {name: int(said[name]) for name in FIELDS if said[name]}
        years = self.years if said.get("by_year") else {}
        if years:
            columns = {name: place for name, place in columns.items() if name not in ("year", "places")}
        return {"heading": said["heading"], "columns": columns, "years": years}


def _letter(number: int) -> str:
    """Return a column as a spreadsheet names it."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)
