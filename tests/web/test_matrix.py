"""Every address asked by every kind of person: who gets an answer, and that no answer says what its reader may not know."""

import pytest

from .matrix import JUDGED, OPEN
from .matrix_requests import Browsers, address, addresses, leaked, letter, undone, who, writes
from .matrix_table import ROWS, SHOWN

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row():
    assert {row.view for row in ROWS} == set(addresses())


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_who_gets_an_answer_and_what_it_says(row, played, browsers):
    path = address(played, row.view, row.scope, row.given)
    answers, said = {}, {}
    for kind in row.asking:
        person = who(played, kind, row.scope, row.whose)
        with undone(), writes() as written:
            response = browsers.of(person).get(path)
        answers[kind] = letter(response) + "".join(written)
        said[kind] = leaked(played, response, path, person, SHOWN.get(row.name, ""))
    assert answers == row.asking
    assert {kind: found for kind, found in said.items() if found} == {}


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_who_changes_something_by_sending_nothing(row, played, browsers):
    path = address(played, row.view, row.scope, row.given)
    answers, said = {}, {}
    for kind in row.sending:
        person = who(played, kind, row.scope, row.whose)
        with undone(), writes() as written:
            response = browsers.of(person).post(path)
        answers[kind] = letter(response).upper() if written else letter(response)
        said[kind] = leaked(played, response, path, person, SHOWN.get(row.name, ""))
    assert answers == row.sending
    assert {kind: found for kind, found in said.items() if found} == {}


def test_without_the_forms_token_nothing_is_done(played, browsers):
    strict = Browsers(checked=True)
    strict.signed = browsers.signed
    for row in ROWS:
        kind = next((kind for kind, said in row.sending.items() if said.isupper()), "co")
        person = who(played, kind, row.scope, row.whose)
        with undone(), writes() as written:
            response = strict.of(person).post(address(played, row.view, row.scope, row.given))
        assert (response.status_code, written) == (403, []), row.name


PLAIN = ("claim", "round_file", "audit_file", "guardian", "rehearsal_enter", "upload", "reach_contact", "shared_note")
"""Addresses that name a sentence or a kind of round, which every programme has, or that stand below no programme; those
of divisions name a kind."""
NAMED = [row for row in ROWS if row.given and row.view not in PLAIN and not row.view.startswith("allocation")]


@pytest.mark.slow
@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.name)
def test_what_belongs_to_one_programme_is_nothing_below_another(row, played, browsers):
    elsewhere = OPEN if row.scope == JUDGED else JUDGED
    path = address(played, row.view, elsewhere, row.given)
    found = {}
    for kind in ("ow", "as", "sc", "ve", "ex", "co"):
        for scope in (row.scope, elsewhere):
            person = played.people[row.whose].person if kind == "ow" else who(played, kind, scope, row.whose)
            with undone(), writes() as written:
                answers = [browsers.of(person).get(path), browsers.of(person).post(path)]
            said = {letter(answer) for answer in answers} | set(written)
            said |= set().union(*(leaked(played, answer, path, person, "") for answer in answers))
            found[kind, scope] = said - {".", "-", "x"}
    assert {key: said for key, said in found.items() if said} == {}
