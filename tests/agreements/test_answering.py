"""An answer is written into the text of a programme file: the rest stays to the letter, an assumption makes room."""

import datetime as dt
import difflib

import pytest

from rantau.agreements.answering import answered
from rantau.engine.known import Unpublished
from rantau.engine.programme import known_values
from rantau.engine.programme_answering import Origin, typed
from rantau.engine.programme_difference import difference
from rantau.engine.programme_file import overlay, parse, parse_assumptions
from rantau.engine.programme_shapes import shape_at
from rantau.engine.refusal import Refusal
from tests.engine.answers import given_at
from tests.engine.programmes import ASSUMED, RUSAL, rusal

WHERE = Origin(title="Surat KP2MI 12/2026", address="B.12/2026", on=dt.date(2026, 3, 1))
OPEN = [path for path, fact in known_values(rusal()) if isinstance(fact, Unpublished)]
SENSIBLE = {path: typed(shape_at(rusal(), path), given_at(rusal(), path)) for path in OPEN}
KEY = "kp2mi-2026-03-01"


def write(values, text=RUSAL, assumptions="", where=WHERE):
    return answered(text, assumptions, office="kp2mi", values=values, where=where)


def changed_lines(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in found if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize("question", rusal().questions(), ids=lambda question: question.about)
def test_every_open_value_can_be_answered_and_gives_exactly_that_difference(question):
    text, _ = write({path: SENSIBLE[path] for path in question.paths})
    after = parse(text, "a")
    facts = dict(known_values(after))
    assert {(facts[path].sources, facts[path].on) for path in question.paths} == {((KEY,), WHERE.on)}
    answers = {(path, "answered") for path in question.paths}
    assert {(c.path, c.kind) for c in difference(rusal(), after)} == {*answers, (f"sources.{KEY}", "added")}
    assert question.about not in {one.about for one in after.questions()}


def test_a_line_changes_and_a_source_comes_and_the_rest_stays_to_the_letter():
    text, _ = write({"pay.base": {"amount": "90000.00", "currency": "RUB"}})
    assert changed_lines(RUSAL, text) == [
        *("+[[sources]]", f'+key = "{KEY}"', '+title = "Surat KP2MI 12/2026"', '+address = "B.12/2026"'),
        *("+on = 2026-03-01", "+"),
        '-base = "unpublished"',
        f'+base = {{ value = {{ amount = "90000.00", currency = "RUB" }}, sources = ["{KEY}"], on = 2026-03-01 }}',
    ]
    assert (
        text.index('[[sources]]\nkey = "kp2mi')
        < text.index("# ---", text.index("koranedukasi.id"))
        < text.index("[[phases]]")
    )


def test_rows_of_a_list_stand_on_lines_of_their_own():
    majors = [{"code": code, "title": {"id": code.title()}} for code in ("las", "bubut")]
    text, _ = write({"eligibility.majors": majors})
    assert text.split("majors = ")[1].split("min_average")[0] == (
        '{ value = [\n    { code = "las", title = { id = "Las" } },\n    { code = "bubut", title = { id = "Bubut" } },\n'
        f'], sources = ["{KEY}"], on = 2026-03-01 }}\n'
    )


def test_a_second_answer_from_the_same_source_declares_it_once():
    first, _ = write({"pay.base": SENSIBLE["pay.base"]})
    second, _ = write({"pay.stipend": SENSIBLE["pay.stipend"]}, text=first)
    assert second.count(f'key = "{KEY}"') == 1
    third, _ = write(
        {"pay.at_home": SENSIBLE["pay.at_home"]}, text=second, where=WHERE.model_copy(update={"address": "B.13/2026"})
    )
    assert third.count(f'key = "{KEY}-2"') == 1


def test_a_group_is_answered_in_part_and_the_rest_stays_open():
    text, _ = write({"eligibility.min_age": 18, "eligibility.max_age": 22})
    (question,) = (q for q in parse(text, "a").questions() if q.about == "eligibility")
    assert question.paths == tuple(
        f"eligibility.{name}" for name in ("graduated_from", "graduated_to", "majors", "min_average", "health")
    )


def test_all_of_it_can_be_answered_together():
    text, _ = write(SENSIBLE)
    assert parse(text, "a").questions() == ()


def test_a_cell_of_a_published_list_is_filled_in_and_the_list_takes_the_source_on():
    rows = SENSIBLE["selection.criteria"][0]
    half, _ = write({"selection.criteria": [{**rows, "weight": "unpublished"}]})
    where = WHERE.model_copy(update={"address": "B.99/2026"})
    text, _ = write({"selection.criteria.interview.weight": 100}, text=half, where=where)
    criteria = parse(text, "a").selection.criteria
    assert (criteria.value[0].weight, criteria.sources) == (100, (KEY, f"{KEY}-2"))


ASSUMPTIONS = parse_assumptions(ASSUMED, "a").values
REPLACED = (
    *("fields_split", "fields.power.seats", "employer_stage", "eligibility.min_age", "eligibility.majors"),
    *("eligibility.health", "selection.marking", "placing.least", "milestones.departure.days"),
)
"""One of each way in which an assumption is written: a line, a dotted line, a table, a list of tables, a last table."""


def test_answers_take_the_place_of_assumptions_and_remarks_stay():
    text, rest = write({path: SENSIBLE[path] for path in REPLACED}, assumptions=ASSUMED)
    left = parse_assumptions(rest, "a")
    assert left.values == tuple(one for one in ASSUMPTIONS if ".".join(one.path) not in REPLACED)
    assert [line for line in rest.splitlines() if line.startswith("#")] == [
        line for line in ASSUMED.splitlines() if line.startswith("#")
    ]
    facts = dict(known_values(overlay(parse(text, "p"), left)))
    assert {facts[path].status for path in REPLACED} == {"published"}


def test_every_assumption_can_make_room_and_remarks_stay():
    _, rest = write(
        {path: SENSIBLE[path] for path in map(".".join, (one.path for one in ASSUMPTIONS))}, assumptions=ASSUMED
    )
    assert parse_assumptions(rest, "a").values == ()
    assert rest.count("\n#") == ASSUMED.count("\n#")


def test_assumptions_that_nothing_answers_stay_to_the_letter():
    assert write({"pay.base": SENSIBLE["pay.base"]}, assumptions=ASSUMED)[1] == ASSUMED


WRONG = {
    "fields.power.seats": (-1, "greater than or equal to 0"),
    "pay.base": ({"amount": "1", "currency": "RUB"}, "exactly 2 decimals in RUB"),
    "eligibility.min_age": (3, "greater than or equal to 15"),
    "costs.visa.payer": ("nobody", ", ".join(office.code for office in rusal().offices)),
}
INSIDE = {"pay.base": "pay.base.amount"}


def test_values_that_do_not_fit_are_named_by_their_path_with_what_is_allowed():
    for path, (value, allowed) in WRONG.items():
        with pytest.raises(Refusal) as caught:
            write({path: value})
        assert caught.value.code == "answer.invalid"
        assert [(p.path, p.allowed) for p in caught.value.facts["problems"]] == [(INSIDE.get(path, path), allowed)]


def test_rules_between_values_and_rows_inside_an_answer_are_named_too():
    rows = [{"code": "rusia", "seats": 25}]
    with pytest.raises(Refusal) as caught:
        write({"placing.least": rows, "eligibility.min_age": 30, "eligibility.max_age": 20, "contract.site": "a\x07"})
    found = [(p.path, p.wrong) for p in caught.value.facts["problems"]]
    assert found == [("contract.site", "a control character")]
    with pytest.raises(Refusal) as caught:
        write({"placing.least": rows, "eligibility.min_age": 30, "eligibility.max_age": 20})
    assert [(p.path, p.wrong) for p in caught.value.facts["problems"]] == [
        ("placing.least.rusia.code", '"rusia" is declared nowhere'),
        ("eligibility.max_age", "20 comes before 30"),
    ]


def test_a_title_that_looks_like_a_place_for_a_value_stays_a_title():
    where = WHERE.model_copy(update={"title": '0" ] } # [x]'})
    text, _ = write({"pay.base": SENSIBLE["pay.base"]}, where=where)
    assert parse(text, "a").sources[-1].title == where.title
