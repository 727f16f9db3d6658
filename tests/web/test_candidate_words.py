"""Every code that a candidate may meet has its words: states, steps, reasons, questions, documents, findings."""

import re
from pathlib import Path

import pytest

from rantau.applications.queries import TASKS
from rantau.engine import eligibility, identity
from rantau.engine.flows import APPLICATION, SITTING
from rantau.engine.reasons import PURPOSES, REFUSE, REQUIRED_DOCUMENTS, RETURN
from rantau.web.applications import sentences, status

EXPECTED = {
    "STATES": APPLICATION.states,
    "STEPS": {step.name for step in APPLICATION.steps if not step.name.startswith("remind")},
    "REASONS": {*RETURN, *REFUSE},
    "TASKS": set(TASKS),
    "DOCUMENTS": set(REQUIRED_DOCUMENTS),
    "DOCUMENT_HINTS": set(REQUIRED_DOCUMENTS),
    "SITTINGS": SITTING.states - {SITTING.initial},
    "CONSENTS": set(PURPOSES),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_of_words_holds_every_code_and_no_other(name):
    assert set(getattr(sentences, name)) == set(EXPECTED[name])


def test_every_state_has_its_story():
    assert set(status.STORIES) == APPLICATION.states


def test_what_checks_may_find_in_own_answers_has_words():
    requirements = set(eligibility.Requirement.model_fields["code"].annotation.__args__)
    wanted = {code for code in requirements if code != "departs_on"} | {f"{code}.unpublished" for code in requirements}
    wanted |= {"departure_age", "departure_age.unpublished"}
    source = Path(identity.__file__).read_text("utf-8")
    wanted |= set(re.findall(r'"((?:nik|nisn)\.[a-z]+)"', source))
    wanted |= {f"{number}.{fault}" for number in ("nik", "nisn") for fault in ("digits", "length")}
    assert set(sentences.FINDINGS) == wanted


def test_nobody_is_turned_away_in_one_word():
    headings = [str(words).lower() for words in sentences.STATES.values()]
    assert [words for words in headings if "reject" in words or "refus" in words] == []
