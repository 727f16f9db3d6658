"""What is sealed is unreadable in the database, bound to person and purpose, and gone with the key."""

import datetime as dt

import pytest
from django.db import connection

from rantau.engine.refusal import Refusal
from rantau.people import actions, queries, vault
from rantau.people.models import Key, Person

NIK, NISN, BORN = "3201234506080001", "0081234567", dt.date(2008, 6, 5)


@pytest.fixture
def siti(make, chance):
    person = make(name="Siti Aminah", phone="+6281234567890")
    return actions.keep_identity(person=person, chance=chance, nik=NIK, nisn=NISN, birth_on=BORN)


def raw(table: str) -> bytes:
    """Return every value of a table as the database holds it, one after another."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return b"|".join(
            v if isinstance(v, bytes) else bytes(v) if isinstance(v, memoryview) else str(v).encode()
            for row in cursor.fetchall()
            for v in row
        )


def test_sealed_columns_come_back_and_cannot_be_read_in_the_database(siti):
    kept = raw("people_person")
    assert queries.identity(Person.objects.get()) == queries.Identity(nik=NIK, nisn=NISN, birth_on=BORN)
    assert b"+6281234567890" in kept  # the search finds what is there
    assert [word for word in (NIK, NISN, "2008-06-05", "2008") if word.encode() in kept] == []


def test_with_the_key_everything_sealed_is_gone(siti):
    Key.objects.filter(person=siti).delete()
    left = Person.objects.get()
    for read in (queries.identity, lambda p: vault.unseal(p, "nik", p.nik), lambda p: vault.fingerprint(p, "x")):
        with pytest.raises(LookupError):
            read(left)
    assert NIK.encode() not in raw("people_person")


def test_a_sealed_value_is_bound_to_its_purpose(siti):
    with pytest.raises(LookupError):
        vault.unseal(siti, "nisn", siti.nik)


def test_a_sealed_value_is_bound_to_its_person(siti, make):
    other = make()
    with pytest.raises(LookupError):
        vault.unseal(other, "nik", siti.nik)
    Key.objects.filter(person=other).update(wrapped=siti.key.wrapped)  # the key itself is bound as well
    with pytest.raises(LookupError):
        vault.unseal(Person.objects.get(pk=other.pk), "nik", siti.nik)


@pytest.mark.parametrize(
    "change", [lambda b: b[:-1], lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b"", lambda b: b[:5]]
)
def test_a_changed_value_is_noticed(siti, change):
    with pytest.raises(LookupError):
        vault.unseal(siti, "nik", change(bytes(siti.nik)))


def test_another_master_key_opens_nothing(siti, settings):
    settings.MASTER_KEY = "ab" * 32
    with pytest.raises(LookupError):
        queries.identity(Person.objects.get())


def test_equal_numbers_are_found_without_being_readable(siti, make, chance):
    twin = actions.keep_identity(person=make(), chance=chance, nik=NIK)
    stranger = actions.keep_identity(person=make(), chance=chance, nik="3201234506080002")
    assert list(queries.same_nik(siti)) == [twin]
    assert list(queries.same_nik(stranger)) == []
    assert bytes(siti.nik) != bytes(twin.nik)
    assert vault.blind("nik", NISN) != vault.blind("nisn", NISN)
    assert vault.blind("nik", "") == ""


def test_people_without_a_number_are_not_the_same_person(make):
    assert list(queries.same_nik(make())) == [] == list(queries.same_nik(make()))


def test_fingerprints_compare_within_a_person_only(siti, make):
    assert vault.fingerprint(siti, "a") == vault.fingerprint(siti, "a")
    assert len({vault.fingerprint(siti, "a"), vault.fingerprint(siti, "b"), vault.fingerprint(make(), "a")}) == 3


def test_keeping_one_answer_leaves_the_others(siti, chance):
    actions.keep_identity(person=Person.objects.get(), chance=chance, name="Siti A.")
    assert queries.identity(Person.objects.get()).nik == NIK
    assert Person.objects.get().name == "Siti A."


def test_a_code_opens_one_person_only(siti, make):
    actions.add_handle(person=siti, value="A-1")
    actions.add_handle(person=siti, value="A-1")
    with pytest.raises(Refusal) as refusal:
        actions.add_handle(person=make(), value="A-1")
    assert refusal.value.code == "handle.taken"
    assert queries.signing_in("A-1") == [siti]
