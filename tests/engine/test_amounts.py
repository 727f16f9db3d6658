"""Amounts are read as people write them, and whatever cannot be meant is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.amounts import read
from rantau.engine.refusal import Refusal

VECTORS = {
    "Rp1.500.000": (1_500_000, "IDR"),
    "1500000": (1_500_000, "IDR"),
    "rp 1.500.000,-": (1_500_000, "IDR"),
    "Rp. 1.500.000,00": (1_500_000, "IDR"),
    "1,5 juta": (1_500_000, "IDR"),
    "500rb": (500_000, "IDR"),
    "1 500 000 rupiah": (1_500_000, "IDR"),
    "250 USD": (25_000, "USD"),
    "$250": (25_000, "USD"),
    "1.250,50 USD": (125_050, "USD"),
    "1,250.50 usd": (125_050, "USD"),
    "1.500 USD": (150_000, "USD"),
    "3 000 руб.": (300_000, "RUB"),
    "2,5 тыс ₽": (250_000, "RUB"),
}
UNREADABLE = ("", "banyak", "0", "-5", "1.50.000", "12.345,6", "1,2,3", "Rp", "9" * 17, "1,5 juta lebih")


@pytest.mark.parametrize("text", VECTORS)
def test_amounts_as_people_write_them(text):
    assert read(text) == VECTORS[text]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_meant_is_refused(text):
    with pytest.raises(Refusal) as caught:
        read(text)
    assert (caught.value.code, caught.value.facts) == ("amount.unreadable", {})


@given(st.integers(1, 10**12))
def test_every_amount_of_rupiah_is_read_with_points_and_without(units):
    grouped = f"{units:,}".replace(",", ".")
    assert read(f"Rp{grouped}") == read(str(units)) == read(f"{units:,} IDR".replace(",", " ")) == (units, "IDR")
