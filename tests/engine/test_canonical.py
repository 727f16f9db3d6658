"""One value has one byte form, everywhere."""

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rantau.engine.canonical import Frozen, canonical, digest

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


class Point(Frozen):
    """A value to write down."""

    x: int
    on: dt.date


@given(plain)
def test_plain_data_survives(value):
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data
    assert digest(value) == hashlib.sha256(data).hexdigest()


def test_keys_are_sorted_at_every_depth_and_nothing_is_spaced():
    assert canonical({"b": [{"d": 1, "c": None}], "a": True}) == b'{"a":true,"b":[{"c":null,"d":1}]}'


@given(st.dictionaries(st.text(max_size=3), st.integers(), min_size=2, max_size=5))
def test_the_order_of_keys_never_matters(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_text_is_utf8_and_not_escaped():
    assert canonical("ijazah Иванова ≥ 75") == '"ijazah Иванова ≥ 75"'.encode()


def test_a_tuple_is_written_as_a_list():
    assert canonical((1, (2,))) == b"[1,[2]]"


def test_an_engine_value_is_written_as_its_plain_data():
    point = Point(x=1, on=dt.date(2026, 5, 4))
    assert canonical(point) == canonical(point.plain()) == b'{"on":"2026-05-04","x":1}'
    assert Point.read(point.plain()) == point


@pytest.mark.parametrize("value", [1.0, [1.5], {"a": {"b": (0.1,)}}, float("nan"), float("inf")], ids=str)
def test_a_float_has_no_canonical_form(value):
    with pytest.raises(TypeError, match="a float has no canonical form"):
        canonical(value)


def test_a_key_must_be_text():
    with pytest.raises(TypeError, match="a key must be text, not 1"):
        canonical([{1: "a"}])


def test_what_json_has_no_form_for_is_refused():
    with pytest.raises(TypeError, match="not JSON serializable"):
        canonical({"on": dt.date(2026, 5, 4)})


def test_half_a_character_is_refused():
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")


def test_a_value_is_closed_immutable_and_strict():
    with pytest.raises(ValidationError):
        Point.read({"x": 1, "on": "2026-05-04", "y": 2})
    with pytest.raises(ValidationError):
        Point.read({"x": "1", "on": "2026-05-04"})
    with pytest.raises(ValidationError):
        Point(x=1, on=dt.date(2026, 5, 4)).x = 2
