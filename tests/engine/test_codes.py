"""Codes are read as people write them, and one slip of the pen is always noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine import codes
from rantau.engine.chance import seeded

KINDS = "ARCN"
drawn = st.builds(lambda kind, seed: codes.draw(kind, seeded(seed)), st.sampled_from(KINDS), st.text(max_size=8))


def places(code: str) -> list[int]:
    """Return where the letters behind the kind stand."""
    return list(range(2, len(code)))


def test_a_code_is_a_kind_ten_characters_and_a_check():
    assert codes.draw("A", seeded("golden")) == "A-DA0WFXP5GW7"
    assert codes.reference(seeded("golden")) == "ZHX8NEZVWR74G22XDA0WFXP5GW"


def test_the_smallest_and_the_largest_draw():
    assert codes.draw("A", bytes) == "A-00000000000"
    assert codes.draw("A", lambda n: b"\xff" * n)[:12] == "A-ZZZZZZZZZZ"
    assert codes.reference(bytes) == "0" * 26
    assert codes.reference(lambda n: b"\xff" * n) == "Z" * 26


@given(drawn)
def test_every_code_is_read_as_it_was_drawn(code):
    assert codes.read(code) == code


@given(drawn)
def test_every_single_wrong_character_is_noticed(code):
    wrong = [code[:at] + other + code[at + 1 :] for at in places(code) for other in codes.ALPHABET if other != code[at]]
    assert len(wrong) == 11 * 31
    assert [text for text in wrong if codes.read(text) is not None] == []


@given(drawn)
def test_every_swap_of_neighbours_is_noticed(code):
    swapped = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in places(code)[:-1] if code[at] != code[at + 1]
    ]
    assert [text for text in swapped if codes.read(text) is not None] == []


@given(drawn)
def test_reading_forgives_how_people_write(code):
    spaced = " ".join(code.lower())
    assert codes.read(spaced) == code
    assert codes.read(code.replace("-", "")) == code
    assert codes.read(f" {code[:6]}-{code[6:]}\n") == code
    assert codes.read(code[:2] + code[2:].replace("0", "o").replace("1", "l")) == code
    assert codes.read(code[:2] + code[2:].replace("0", "O").replace("1", "i")) == code


@pytest.mark.parametrize(
    "text", ["", "A", "A-", "A-0000000000", "A-000000000000", "A-U0000000000", "A-0000000000é", "A-0000000000²"]
)
def test_what_is_no_code_is_not_read(text):
    assert codes.read(text) is None


def test_the_kind_is_kept_apart():
    code = codes.draw("A", seeded("1"))
    assert codes.read("R" + code[1:]) == "R" + code[1:]


def test_a_thousand_draws_are_a_thousand_codes():
    chance = seeded("many")
    assert len({codes.draw("A", chance) for _ in range(1000)}) == 1000
    assert len({codes.reference(chance) for _ in range(1000)}) == 1000
