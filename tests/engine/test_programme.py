"""The programme as a typed value: the four kinds of value, open questions, and what an intake needs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine import eligibility, selection
from rantau.engine.known import Assumed, Contested, Published, Text, Unpublished
from rantau.engine.programme import (
    Programme,
    digest,
    known_values,
    opening_problems,
    requirements,
    selection_rules,
    source_of,
)
from rantau.engine.refusal import Refusal
from tests.engine.programmes import example, rehearsed, rusal

PATHS = {path: fact for path, fact in known_values(rusal())}


def with_plain(programme: Programme, *path: str, value: object) -> Programme:
    """Return the programme with one part of its plain data replaced."""
    plain = programme.plain()
    node = plain
    for key in path[:-1]:
        node = node[int(key)] if isinstance(node, list) else node[key]
    node[path[-1]] = value
    return Programme.read(plain)


def test_a_text_falls_back_to_indonesian_with_a_mark():
    text = Text(id="Bahasa", ru="Язык")
    assert [text.in_(locale) for locale in ("id", "ru", "en", "fr")] == [
        ("Bahasa", False),
        ("Язык", False),
        ("Bahasa", True),
        ("Bahasa", True),
    ]


def test_the_announcement_says_this_and_nothing_else():
    said = {path: fact.plain()["value"] for path, fact in PATHS.items() if isinstance(fact, Published)}
    assert {path: value for path, value in said.items() if not isinstance(value, dict)} == {
        "seats": 50,
        "phases.language.months": 12,
        "phases.technical.months": 12,
        "phases.work.months": 60,
        "postings.russia.seats": 25,
        "postings.indonesia.seats": 25,
        "contract.years": 5,
        "pay.at_grade": 6,
        "dates.meeting": "2026-01-26",
        "dates.recruitment": "2026-05",
        "dates.departure": "2026-09",
        "costs.training.free": True,
        "costs.placement.free": True,
        "eligibility.school_type": "SMK",
    }
    assert sorted(path for path, value in said.items() if isinstance(value, dict)) == [
        "contract.occupation",
        "pay.ceiling",
        "postings.indonesia.place",
    ]
    assert said["pay.ceiling"] == {"amount": "200000.00", "currency": "RUB"}


def test_sources_that_disagree_keep_all_versions():
    contested = PATHS["pay.in_rupiah"]
    assert isinstance(contested, Contested)
    assert (contested.status, contested.value) == ("contested", None)
    assert [version.value.amount for version in contested.versions] == ["43800000", "30000000"]
    assert source_of(contested) == "suara, bergelora, wapenja, newslink"


def test_each_kind_of_value_says_which_it_is_and_where_it_comes_from():
    assumed = rehearsed().seats, rehearsed().selection.reserve
    assert [(fact.status, fact.value, source_of(fact)) for fact in (*assumed, PATHS["pay.base"])] == [
        ("published", 50, "suara, bergelora"),
        ("assumed", 25, "CPNS"),
        ("unpublished", None, "rusal"),
    ]


@settings(deadline=None)
@given(path=st.sampled_from(sorted(path for path, fact in PATHS.items() if isinstance(fact, Unpublished))))
def test_unpublished_survives_the_way_to_plain_data_and_back(path):
    again = Programme.read(rusal().plain())
    assert dict(known_values(again))[path] == PATHS[path]


@pytest.mark.parametrize("build", [rusal, rehearsed, example])
def test_a_version_is_known_by_its_digest(build):
    programme = build()
    assert digest(Programme.read(programme.plain())) == digest(programme)
    changed = with_plain(programme, "title", "en", value="Another title")
    assert digest(changed) != digest(programme)


def test_every_unpublished_value_is_asked_about_by_one_question():
    questions = rusal().questions()
    asked = [path for question in questions for path in question.paths]
    assert sorted(asked) == sorted(path for path, fact in PATHS.items() if isinstance(fact, Unpublished))
    owed = {path: question.office for question in questions for path in question.paths}
    assert owed == {path: PATHS[path].owes for path in asked}


def test_the_five_fields_and_their_split_are_two_questions():
    found = {question.about: question.paths for question in rusal().questions() if "field" in question.about}
    assert found == {
        "fields_split": ("fields_split",),
        "fields": tuple(
            f"fields.{code}.seats" for code in ("construction", "machinery", "materials", "transport", "power")
        ),
    }


def test_an_assumed_value_is_asked_no_more():
    assert [question.about for question in rehearsed().questions()] == [
        "phases",
        "posting_rule",
        "postings",
        "women_all_tasks",
        "contract.employer",
        "contract.site",
        "contract.leaving_early",
        "pay.gross_or_net",
        "pay.base",
        "pay.by_grade",
        "pay.stipend",
        "pay.at_home",
        "costs",
        "documents",
        "departing",
    ]


ALL = tuple(f"opening.{code}" for code in ("eligibility", "types", "weights", "knock_outs", "tie_break", "reserve"))


def test_an_intake_opens_only_when_the_notice_is_complete():
    assert opening_problems(rusal()) == opening_problems(rusal(), rehearsal=True) == ALL
    assert opening_problems(rehearsed()) == ALL
    assert opening_problems(rehearsed(), rehearsal=True) == ()
    assert opening_problems(example()) == ()


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        (("seats",), ("opening.seats",)),
        (("eligibility", "health"), ("opening.eligibility",)),
        (("selection", "criteria"), ("opening.types", "opening.weights", "opening.knock_outs")),
        (("selection", "criteria", "value", "0", "weight"), ("opening.weights",)),
        (("selection", "criteria", "value", "0", "pass_mark"), ("opening.knock_outs",)),
        (("selection", "tie_break"), ("opening.tie_break",)),
        (("selection", "reserve"), ("opening.reserve",)),
    ],
)
def test_each_missing_part_keeps_an_intake_closed(path, codes):
    assert opening_problems(with_plain(example(), *path, value={"owes": "dinas-contoh"})) == codes


def test_an_unpublished_weight_is_asked_about_by_its_path():
    open_weight = with_plain(example(), "selection", "criteria", "value", "1", "weight", value={"owes": "dinas-contoh"})
    known = dict(known_values(open_weight))
    assert known["selection.criteria.care_test.weight"] == Unpublished(owes="dinas-contoh")


def test_the_rules_of_a_selection():
    assert selection_rules(rehearsed()) == {
        "seats": 50,
        "reserve": 25,
        "criteria": [
            {"code": "report", "maximum": 10000, "weight": 20, "pass_mark": None},
            {"code": "written", "maximum": 10000, "weight": 20, "pass_mark": 6000},
            {"code": "practical", "maximum": 10000, "weight": 40, "pass_mark": 6000},
            {"code": "interview", "maximum": 300, "weight": 20, "pass_mark": 100},
        ],
        "tie_break": ["practical", "written", "report", "interview"],
    }


@pytest.mark.parametrize("build", [rehearsed, example])
def test_the_selection_and_the_eligibility_check_take_what_a_programme_gives(build):
    programme = build()
    assert selection.Rules.read(selection_rules(programme)).plain() == selection_rules(programme)
    assert [eligibility.Requirement.read(plain).plain() for plain in requirements(programme)] == list(
        requirements(programme)
    )


def test_what_is_unpublished_is_a_requirement_too():
    assert [eligibility.Requirement.read(plain).status for plain in requirements(rusal())] == ["unpublished"] * 7


def test_there_are_no_rules_while_they_are_unpublished():
    with pytest.raises(Refusal) as refused:
        selection_rules(rusal())
    assert (refused.value.code, refused.value.facts) == ("programme.unpublished", {"missing": ALL[1:]})


def test_the_requirements_of_an_applicant():
    assert requirements(rehearsed()) == (
        {"code": "min_age", "value": 18, "status": "assumed", "source": "UU 18/2017 pasal 5"},
        {"code": "max_age", "value": 22, "status": "assumed", "source": "Beasiswa Pemerintah Rusia 2020"},
        {"code": "graduated_from", "value": 2024, "status": "assumed", "source": "Rantau"},
        {"code": "graduated_to", "value": 2026, "status": "assumed", "source": "Rantau"},
        {
            "code": "majors",
            "value": [
                "welding",
                "machining",
                "metal-fabrication",
                "electrical-installation",
                "light-vehicles",
                "construction",
            ],
            "status": "assumed",
            "source": "Rantau",
        },
        {"code": "min_average", "value": 7500, "status": "assumed", "source": "Rantau"},
        {"code": "departs_on", "value": "2026-09-15", "status": "assumed", "source": "Rantau"},
    )


def test_a_contested_requirement_is_no_rule_yet():
    version = {"value": 18, "sources": ["suara"], "on": None}
    contested = with_plain(
        rusal(),
        "eligibility",
        "min_age",
        value={"versions": [version, {**version, "value": 21, "sources": ["newslink"]}]},
    )
    assert requirements(contested)[:2] == (
        {"code": "min_age", "value": None, "status": "unpublished", "source": "suara, newslink"},
        {"code": "max_age", "value": None, "status": "unpublished", "source": "kp2mi"},
    )


def test_every_value_of_the_example_is_marked_as_invented():
    models = {fact.model for _, fact in known_values(example()) if isinstance(fact, Assumed)}
    kinds = {type(fact).__name__.partition("[")[0] for _, fact in known_values(example())}
    assert (models, kinds) == ({"rekaan"}, {"Assumed", "Unpublished"})


def test_the_example_has_another_shape():
    shapes = {
        programme.code: (
            programme.host_country,
            [phase.kind for phase in programme.phases],
            [row.seats.value for row in programme.postings],
            len(programme.fields),
            programme.nomination.required.value,
            programme.employer_stage.value.criteria,
        )
        for programme in (rehearsed(), example())
    }
    assert shapes == {
        "rusal-2026": ("RU", ["language", "technical", "work"], [25, 25], 5, False, ()),
        "contoh-jepang": ("JP", ["technical", "work"], [9, 7, 5, 3], 0, True, ("employer_interview",)),
    }


@pytest.mark.parametrize("build", [rehearsed, example])
def test_every_text_for_people_is_written_in_three_languages(build):
    def texts(plain, path=""):
        if isinstance(plain, dict) and set(plain) == {"id", "en", "ru"}:
            yield path, plain
        elif isinstance(plain, dict | list):
            for key, item in plain.items() if isinstance(plain, dict) else enumerate(plain):
                yield from texts(item, f"{path}.{key}")

    assert [path for path, text in texts(build().plain()) if not all(text.values())] == []
