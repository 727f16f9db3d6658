"""What a person types at an unpublished path becomes its plain value, or is refused with what is allowed."""

import datetime as dt

import pytest

from rantau.engine.known import Unpublished
from rantau.engine.programme import Source, known_values
from rantau.engine.programme_answering import Origin, origin, source_of, typed
from rantau.engine.programme_shapes import Shape, shape_at
from rantau.engine.refusal import Refusal
from tests.engine.answers import given_at
from tests.engine.programmes import rehearsed, rusal

OPEN = [path for path, fact in known_values(rusal()) if isinstance(fact, Unpublished)]
TODAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize("path", OPEN)
def test_every_unpublished_path_has_a_field_that_takes_a_sensible_answer(path):
    shape = shape_at(rusal(), path)
    assert shape.path == path
    assert typed(shape, given_at(rusal(), path)) is not None
    assert typed(shape, dict.fromkeys(given_at(rusal(), path), "  ")) is None


KINDS = {
    "fields_split": ("yes_no", None, None),
    "posting_rule": ("text", None, None),
    "phases.work.place": ("words", None, None),
    "fields.power.seats": ("number", 0, 10_000_000),
    "eligibility.min_average": ("hundredths", 0, 1_000_000),
    "dates.departs_on": ("day", None, None),
    "dates.recruitment": ("month", None, None),
    "pay.base": ("money", None, None),
    "pay.by_grade": ("amounts", None, None),
    "selection.tie_break": ("codes", None, None),
    "selection.marking": ("table", None, None),
    "selection.criteria": ("rows", None, None),
    "costs.visa.payer": ("choice", None, None),
}


def test_the_kind_follows_from_the_type():
    found = {path: shape_at(rusal(), path) for path in KINDS}
    assert {path: (shape.kind, shape.least, shape.most) for path, shape in found.items()} == KINDS
    assert found["costs.visa.payer"].options == tuple(office.code for office in rusal().offices)
    assert shape_at(rusal(), "pay.gross_or_net").options == ("gross", "net")


def test_the_cells_of_a_list_have_their_own():
    assert shape_at(rehearsed(), "selection.criteria").kind == "rows"
    assert shape_at(rusal(), "placing.least").pattern == '[[value]]\ncode = "…"\nseats = 0'
    with pytest.raises(LookupError):
        shape_at(rusal(), "pay.nothing")


GOOD = [
    ("number", {"": "1 000"}, 1000),
    ("hundredths", {"": "75,5"}, 7550),
    ("hundredths", {"": "75"}, 7500),
    ("yes_no", {"": "no"}, False),
    ("month", {"": "2026-09"}, "2026-09"),
    ("text", {"id": " Teks ", "en": "", "ru": "Т"}, {"id": "Teks", "ru": "Т"}),
    ("money", {"amount": "200 000", "currency": "RUB"}, {"amount": "200000.00", "currency": "RUB"}),
    ("money", {"amount": "200000,5", "currency": "rub"}, {"amount": "200000.50", "currency": "RUB"}),
    ("money", {"amount": "43800000.00", "currency": "IDR"}, {"amount": "43800000", "currency": "IDR"}),
    (
        "amounts",
        {"": "1 000 RUB\n\n2 RUB"},
        [{"amount": "1000.00", "currency": "RUB"}, {"amount": "2.00", "currency": "RUB"}],
    ),
    ("codes", {"": "practical,\n written"}, ["practical", "written"]),
    ("table", {"": "on = 2026-03-01\nmany = [1]"}, {"on": "2026-03-01", "many": [1]}),
    ("rows", {"": "value = []"}, []),
]


@pytest.mark.parametrize(("kind", "given", "value"), GOOD, ids=str)
def test_what_people_type_is_understood(kind, given, value):
    assert typed(Shape(path="x", kind=kind), given) == value


BAD = [
    ("number", {"": "ten"}),
    ("number", {"": "1.5"}),
    ("number", {"": "0"}),
    ("number", {"": "101"}),
    ("hundredths", {"": "-1"}),
    ("yes_no", {"": "maybe"}),
    ("month", {"": "2026-13"}),
    ("day", {"": "2026-02-30"}),
    ("day", {"": "20260201"}),
    ("text", {"id": "", "en": "Text"}),
    ("money", {"amount": "200.000", "currency": "RUB"}),
    ("money", {"amount": "10.50", "currency": "IDR"}),
    ("money", {"amount": "10", "currency": "rubles"}),
    ("money", {"amount": "10"}),
    ("amounts", {"": "10"}),
    ("choice", {"": "other"}),
    ("table", {"": "no toml"}),
    ("table", {"": "part = 1.5"}),
    ("table", {"": "x = " + "[" * 9999}),
    ("rows", {"": "other = []"}),
    ("rows", {"": "value = 1"}),
]


@pytest.mark.parametrize(("kind", "given"), BAD, ids=lambda part: str(part)[:40])
def test_what_cannot_be_understood_is_refused_with_its_kind_and_bounds(kind, given):
    shape = Shape(path="x.y", kind=kind, least=1, most=100, options=("a",))
    with pytest.raises(Refusal) as refused:
        typed(shape, given)
    assert (refused.value.code, refused.value.facts) == (
        "answer.value",
        {"path": "x.y", "kind": kind, "least": 1, "most": 100},
    )


def test_a_source_says_where_by_title_address_and_day():
    made = origin(title=" Surat  KP2MI ", address="https://kp2mi.go.id/surat/12", on=TODAY, today=TODAY)
    assert made == Origin(title="Surat KP2MI", address="https://kp2mi.go.id/surat/12", on=TODAY)
    assert origin(title="Surat", address="B. 12/2026", on=TODAY, today=TODAY).address == "B. 12/2026"


EMPTY = [
    ("title", {"title": " "}),
    ("title", {"title": "x" * 301}),
    ("address", {"address": ""}),
    ("address", {"address": "http://kp2mi.go.id/"}),
    ("address", {"address": "https://kp2mi.go.id/a b"}),
    ("address", {"address": "javascript://kp2mi.go.id/%0aalert(1)"}),
    ("address", {"address": "x" * 401}),
    ("day", {"on": None}),
    ("day", {"on": TODAY + dt.timedelta(days=1)}),
]


@pytest.mark.parametrize(("what", "given"), EMPTY, ids=lambda part: str(part)[:50])
def test_no_answer_without_a_source(what, given):
    with pytest.raises(Refusal) as refused:
        origin(**({"title": "Surat", "address": "B.1/2026", "on": TODAY, "today": TODAY} | given))
    assert (refused.value.code, refused.value.facts) == ("answer.source", {"what": what})


def test_a_source_that_is_there_already_is_used_again_and_another_gets_a_key_of_its_own():
    where = Origin(title="Surat", address="B.1/2026", on=TODAY)
    first = source_of(where, office="rusal", known=())
    assert first == Source(key="rusal-2026-03-02", title="Surat", address="B.1/2026", on=TODAY)
    assert source_of(where, office="kp2mi", known=[first]) is first
    other = where.model_copy(update={"address": "B.2/2026"})
    assert source_of(other, office="rusal", known=[first]).key == "rusal-2026-03-02-2"
