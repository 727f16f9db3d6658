"""The questions of a registration as forms: one a page, each says what is wrong, where, and how to mend it."""

import datetime as dt
import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rantau.applications.queries import answers as kept_answers
from rantau.engine import eligibility, identity
from rantau.people import queries as people
from rantau.programmes.queries import day, terms
from rantau.web.ui.fields import DayField
from rantau.web.ui.values import text

from .sentences import FINDINGS

OTHER = "-"
"""The choice of a course of study that is not in the programme's list."""


class Question(forms.Form):
    """One page's question about an application, its first answer taken from what is kept."""

    question: ClassVar[str | Promise] = ""
    why: ClassVar[str | Promise] = ""

    def __init__(self, data: Any = None, *, application: Any, at: dt.datetime, **kwargs: Any) -> None:
        self.application, self.at = application, at
        super().__init__(data, initial=self.kept(), **kwargs)
        self.build()

    def kept(self) -> dict[str, Any]:
        """Return what is kept already."""
        return {}

    def build(self) -> None:
        """Add what depends on the programme."""

    def answers(self) -> dict[str, Any]:
        """Return what to keep."""
        return dict(self.cleaned_data)


class Birth(Question):
    """The date of birth: first, because nothing else is kept of somebody under 18 until a guardian agrees."""

    question = _("When were you born?")
    why = _(
        "As on your identity card or birth certificate. We ask this first: under 18, a parent or guardian has to agree."
    )
    birth_on = DayField(label=_("Date of birth"), help_text=_("For example 31 5 2007"))
    sure = forms.CharField(required=False, widget=forms.HiddenInput)

    def kept(self) -> dict[str, Any]:
        """Return the date kept."""
        return {"birth_on": kept_answers(self.application).birth_on}

    def clean_birth_on(self) -> dt.date:
        """Refuse a date that cannot be somebody's who registers."""
        born: dt.date = self.cleaned_data["birth_on"]
        if born > day(self.at):
            raise ValidationError(_("This date lies in the future. Check the year."))
        if not 10 <= eligibility.age(born, day(self.at)) <= 90:
            raise ValidationError(_("This year cannot be right. Write the year you were born, with four digits."))
        return born

    def doubtful(self) -> int | None:
        """Return the age of somebody under 18 who has not said yet that the date is right."""
        born = self.cleaned_data["birth_on"]
        if not eligibility.is_minor(born, day(self.at)) or self.cleaned_data["sure"] == born.isoformat():
            return None
        if people.guardian_agreed(self.application.person):
            return None
        return eligibility.age(born, day(self.at))

    def answers(self) -> dict[str, Any]:
        """Return the date."""
        return {"birth_on": self.cleaned_data["birth_on"]}


class Name(Question):
    """The person's name."""

    question = _("What is your full name?")
    why = _(
        "As it stands on your identity card. If your diploma writes it differently, an officer sorts that out later."
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"}),
        error_messages={"required": _("Write your full name as it stands on your identity card.")},
    )

    def kept(self) -> dict[str, Any]:
        """Return the name kept."""
        return {"name": self.application.person.name}

    def clean_name(self) -> str:
        """Return the name with single spaces."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(c.isalpha() for c in name) or any(c.isdigit() for c in name):
            raise ValidationError(_("A name has letters and no digits. Write it as on your identity card."))
        return name


class Identity(Question):
    """NIK, and NISN where known."""

    question = _("What is your NIK?")
    why = _(
        "It stands on your identity card (KTP) and on your family card (KK). We keep it sealed; it is never published."
    )
    nik = forms.CharField(
        label="NIK",
        help_text=_("16 digits"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the 16 digits of your NIK.")},
    )
    nisn = forms.CharField(
        label="NISN",
        help_text=_("10 digits, on your school report or diploma. Leave it empty if you do not have it at hand."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def kept(self) -> dict[str, Any]:
        """Return the numbers kept."""
        found = people.identity(self.application.person)
        return {"nik": found.nik, "nisn": found.nisn}

    def clean_nik(self) -> str:
        """Return the digits of a NIK."""
        number = _digits(self.cleaned_data["nik"])
        _sound(identity.nik(number, birth_on=None, female=None))
        return number

    def clean_nisn(self) -> str:
        """Return the digits of a NISN."""
        number = _digits(self.cleaned_data["nisn"])
        if number:
            _sound(identity.nisn(number, birth_on=None))
        return number


class Study(Question):
    """Course of study and year of graduation."""

    question = _("What did you study, and when did you graduate?")
    major = forms.ChoiceField(
        label=_("Course of study"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your course of study, or “another course” and write it.")},
    )
    other = forms.CharField(
        label=_("Another course"),
        help_text=_("As it stands on your diploma. Only if yours is not in the list."),
        max_length=48,
        required=False,
    )
    graduated = forms.IntegerField(
        label=_("Year of graduation"),
        help_text=_("For example 2026. Still at school? Write the year you will graduate."),
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
        error_messages={
            "required": _("Write the year of graduation."),
            "invalid": _("Write the year with four digits, for example 2026."),
        },
    )

    def majors(self) -> dict[str, str]:
        """Return the programme's courses by code, in the reader's language."""
        known = terms(self.application.intake.version).eligibility.majors.value or ()
        return {major.code: text(major.title)[0] for major in known}

    def kept(self) -> dict[str, Any]:
        """Return the course, in the list or beside it, and the year."""
        major = self.application.major
        listed = not major or major in self.majors()
        return {
            "major": major if listed else OTHER,
            "other": "" if listed else major,
            "graduated": self.application.graduated,
        }

    def build(self) -> None:
        """Offer the programme's list; without one the course is written."""
        known = self.majors()
        if known:
            self.fields["major"].choices = [*known.items(), (OTHER, _("another course"))]  # type: ignore[attr-defined]
        else:
            del self.fields["major"]
            self.fields["other"].label = _("Course of study")
            self.fields["other"].help_text = _("As it stands on your diploma.")

    def clean_graduated(self) -> int:
        """Refuse a year that cannot be a year of graduation."""
        year: int = self.cleaned_data["graduated"]
        if not 1990 <= year <= day(self.at).year + 4:
            raise ValidationError(_("This year cannot be right. Write it with four digits, for example 2026."))
        return year

    def clean(self) -> dict[str, Any]:
        """Ask for the words of a course that is not in the list."""
        found: dict[str, Any] = super().clean() or {}
        found["other"] = " ".join(found.get("other", "").split())
        if found.get("major", OTHER) == OTHER and "major" not in self.errors and not found["other"]:
            self.add_error("other", _("Write your course of study as it stands on your diploma."))
        return found

    def answers(self) -> dict[str, Any]:
        """Return course and year."""
        chosen = self.cleaned_data.get("major", OTHER)
        return {
            "major": self.cleaned_data["other"] if chosen == OTHER else chosen,
            "graduated": self.cleaned_data["graduated"],
        }


class Average(Question):
    """The report average, written with a comma or a point."""

    question = _("What is your report average?")
    average = forms.CharField(
        label=_("Average"),
        help_text=_("Out of 100, with at most two decimals. For example 84.25 or 84,25."),
        max_length=12,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": _("Write your report average, for example 84.25.")},
    )

    def kept(self) -> dict[str, Any]:
        """Return the average as it was written."""
        value = self.application.average
        return {"average": "" if value is None else f"{value // 100}.{value % 100:02}"}

    def build(self) -> None:
        """Name the average as the programme does."""
        criteria = terms(self.application.intake.version).selection.criteria.value or ()
        named = next((c.title for c in criteria if c.kind == "report"), None)
        self.fields["average"].label = text(named)[0] if named else self.fields["average"].label

    def clean_average(self) -> int:
        """Return the average in hundredths."""
        typed = self.cleaned_data["average"].replace(" ", "").replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", typed):
            raise ValidationError(_("Write a number with at most two decimals, for example 84.25."))
        whole, _point, part = typed.partition(".")
        value = int(whole) * 100 + int(part.ljust(2, "0") or 0)
        if value > 100_00:
            raise ValidationError(_("An average out of 100 cannot be above 100. Did a decimal point get lost?"))
        if value <= 10_00:
            raise ValidationError(_("This looks like a scale up to 10. Write it out of 100: 8.4 becomes 84."))
        return value


class Home(Question):
    """Where the person lives: the regency of the province chosen before."""

    question = _("Where do you live?")
    why = _(
        "Where you live now. It has no part in the selection; it keeps officers of your own regency from judging you."
    )
    province = forms.CharField(widget=forms.HiddenInput, max_length=64)
    regency = forms.ChoiceField(
        label=_("Regency or city"), error_messages={"required": _("Choose the regency or city you live in.")}
    )

    def __init__(self, data: Any = None, *, province: str, **kwargs: Any) -> None:
        self.place = province
        super().__init__(data, **kwargs)

    def kept(self) -> dict[str, Any]:
        """Return the province chosen and the regency kept."""
        return {"province": self.place, "regency": self.application.regency}

    def build(self) -> None:
        """Offer the regencies of the province; where none are known the name is written."""
        known = people.regencies(self.place) if self.place else []
        if known:
            self.fields["regency"].choices = [("", "…"), *((name, name) for name in known)]  # type: ignore[attr-defined]
        else:
            self.fields["regency"] = forms.CharField(label=_("Regency or city"), max_length=64)


class Wishes(Question):
    """The fields in the order of the person's wish."""

    question = _("Which field do you want most?")
    why = _(
        "Number the fields: 1 for the one you want most. You may leave out those you do not want. It changes no marks."
    )

    def studied(self) -> dict[str, Any]:
        """Return the programme's fields by code."""
        return {field.code: field for field in terms(self.application.intake.version).fields}

    def kept(self) -> dict[str, Any]:
        """Return the number of each field."""
        return {code: str(number) for number, code in enumerate(self.application.wishes, start=1)}

    def build(self) -> None:
        """Add one number for each field."""
        known = self.studied()
        numbers = [("", "–"), *((str(n), str(n)) for n in range(1, len(known) + 1))]
        for code, studied in known.items():
            self.fields[code] = forms.ChoiceField(label=text(studied.title)[0], choices=numbers, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse no wish at all, and one number given twice."""
        found: dict[str, Any] = super().clean() or {}
        given = [number for number in found.values() if number]
        if not given:
            raise ValidationError(_("Give at least one field the number 1."))
        for code, number in list(found.items()):
            if number and given.count(number) > 1:
                self.add_error(code, _("You used this number twice. Give each field a different one."))
        return found

    def answers(self) -> dict[str, Any]:
        """Return the fields' codes in the order of the wish."""
        ranked = sorted((int(number), code) for code, number in self.cleaned_data.items() if number)
        return {"wishes": [code for _number, code in ranked]}


class SchoolClaim(forms.Form):
    """A school that is not in the list."""

    name = forms.CharField(
        label=_("Name of the school"), max_length=160, error_messages={"required": _("Write the school's name.")}
    )
    place = forms.CharField(
        label=_("Regency or city, and province"),
        max_length=120,
        error_messages={"required": _("Write where the school is, for example “Kab. Garut, Jawa Barat”.")},
    )
    npsn = forms.CharField(
        label="NPSN",
        help_text=_("8 digits, on the school report. Leave it empty if you do not know it."),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_npsn(self) -> str:
        """Return the digits of an NPSN."""
        number = _digits(self.cleaned_data["npsn"])
        if number and any(f.severity == "error" for f in identity.npsn(number)):
            raise ValidationError(_("An NPSN has 8 digits. Correct it, or leave it empty."))
        return number


TASK_FORMS: dict[str, type[Question]] = {
    "birth": Birth,
    "name": Name,
    "identity": Identity,
    "study": Study,
    "average": Average,
    "wishes": Wishes,
}


def _digits(typed: str) -> str:
    """Return what was typed without the spaces, dots and hyphens people group numbers with."""
    return re.sub(r"[\s.\-]", "", typed)


def _sound(findings: tuple[Any, ...]) -> None:
    """Refuse what cannot be such a number; a warning is told later and refuses nothing."""
    for finding in findings:
        if finding.severity == "error":
            raise ValidationError(FINDINGS[finding.code] % finding.facts)
