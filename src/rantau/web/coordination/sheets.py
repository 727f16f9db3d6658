"""The demand as a sheet: what is asked for now, and an empty one to fill in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from rantau.web import tables

from .sentences import FIELDS, TRADES

WIDTHS = {"project": 40, "trade": 26, "note": 40}
COLUMNS = tuple(tables.Column(code, words, width=WIDTHS.get(code, 16)) for code, words in FIELDS.items())
OFFICE = tables.Column("office", _("Ministry"), width=40)
COUNTED = tables.Column("counted", _("Counted as"), width=26)


def template() -> bytes:
    """Return an empty sheet with the headings, and how to fill it in."""
    lines = [
        (str(FIELDS["project"]), now("The name by which the project is known in public.")),
        (str(FIELDS["trade"]), now("In your own words, for example: %(trade)s.") % {"trade": TRADES["welder"]}),
        (str(FIELDS["grade"]), now("The grade or level that the work needs; may stay empty.")),
        (str(FIELDS["year"]), now("The year in which the people are needed, for example 2028.")),
        (str(FIELDS["places"]), now("How many people, a whole number.")),
        (str(FIELDS["region"]), now("Province or regency; may stay empty.")),
        (str(FIELDS["note"]), now("May stay empty; not public.")),
    ]
    return tables.write(COLUMNS, [], title=now("Demand for skills"), notes=(now("How to fill in"), lines))


def current(rows: Sequence[Any], offices: Mapping[str, str]) -> bytes:
    """Return what is asked for now, without the notes."""
    columns = [OFFICE, *(column for column in COLUMNS if column.code != "note"), COUNTED]
    cells = (
        {
            "office": offices.get(row.office, row.office),
            "project": row.project,
            "trade": row.words,
            "grade": row.grade,
            "year": row.year,
            "places": row.places,
            "region": row.region,
            "counted": str(TRADES[row.trade]),
        }
        for row in rows
    )
    return tables.write(columns, cells, title=now("Demand for skills"))
