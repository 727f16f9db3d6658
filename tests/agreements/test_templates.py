"""The shipped templates: they read well for every programme, name owners that exist, and owe nothing twice."""

from typing import get_args

import pytest

from rantau.agreements.wording import KINDS, WORDS, say_for, template, templates
from rantau.engine.clauses import LOCALES, OfficeKind, draft
from rantau.engine.known import Assumed, Contested, Money, Published, Unpublished, Version
from rantau.engine.programme import known_values
from tests.engine.programmes import example, rehearsed, rusal

PROGRAMMES = {"real": rusal, "rehearsal": rehearsed, "example": example}
SAID = {"sources": ("suara",), "on": rusal().seats.on}


def _texts(clause):
    return (clause.title, clause.text, *clause.rows, *(cell for line in clause.table for cell in line))


@pytest.mark.parametrize("which", PROGRAMMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_reads_in_three_languages(kind, which):
    programme = PROGRAMMES[which]()
    clauses = draft(template(kind), programme, say_for(programme))
    for clause in clauses:
        for text in (*_texts(clause), *(words for duty in clause.duties for words in (duty.what, duty.evidence))):
            for at in LOCALES:
                words = getattr(text, at)
                assert words.strip() == words != ""
                assert [sign for sign in ("{", "}", "..", "  ", "None") if sign in words] == []
                assert len(words) <= 2000
        assert len({len(line) for line in clause.table}) <= 1
    assert {path for clause in clauses for path in clause.open} <= {
        path for path, fact in known_values(programme) if isinstance(fact, Unpublished)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_open_or_assumed_is_marked_in_every_language(kind):
    for which, mark in (("real", "unpublished"), ("rehearsal", "assumed")):
        programme = PROGRAMMES[which]()
        for clause in draft(template(kind), programme, say_for(programme)):
            found = clause.open if mark == "unpublished" else clause.assumed
            for at in LOCALES:
                words = " ".join(getattr(text, at) for text in _texts(clause))
                assert (WORDS[at][mark] in words) == bool(found)


def test_codes_are_unique_and_no_duty_stands_in_two_agreements():
    for one in templates():
        codes = [clause.code for clause in one.clauses]
        assert sorted(set(codes)) == sorted(codes)
    duties = [duty.code for one in templates() for clause in one.clauses for duty in clause.duties]
    assert sorted(set(duties)) == sorted(duties)


def test_owners_are_kinds_of_office_and_milestones_are_the_programmes():
    kinds = get_args(OfficeKind)
    milestones = {row.code for row in rusal().milestones}
    for one in templates():
        parties = {*one.signs, *one.agrees, *one.consulted}
        for duty in (duty for clause in one.clauses for duty in clause.duties):
            assert duty.owner in kinds
            assert duty.owner in parties
            assert duty.excused_by is None or (duty.excused_by in parties and duty.excused_by != duty.owner)
            assert {duty.timing.before, duty.timing.after} <= {None, *milestones}
            assert bool(duty.timing.before) + bool(duty.timing.after or duty.timing.every) <= 1
            assert duty.timing.days > 0 or duty.timing.every


def test_validity_says_the_years_of_the_template():
    for one in templates():
        validity = next(clause for clause in one.clauses if clause.code == "validity")
        assert [f" {one.years} (" in getattr(validity.text, at) for at in LOCALES] == [True, True, True]


def _all(value, path="value", programme=None):
    say = say_for(programme or rehearsed())
    return tuple(say(path, value, at).replace("\xa0", " ") for at in LOCALES)


def test_values_in_words():
    every = dict(known_values(rehearsed()))
    assert _all(every["seats"]) == ("50", "50", "50")
    assert _all(every["pay.ceiling"]) == ("200.000 rubel Rusia", "200,000 Russian rubles", "200 000 российских рублей")
    assert _all(every["pay.in_rupiah"]) == (
        "Rp43.800.000 atau Rp30.000.000 (sumber berbeda)",
        "Rp43,800,000 or Rp30,000,000 (sources differ)",
        "43 800 000 индонезийских рупий или 30 000 000 индонезийских рупий (источники расходятся)",
    )
    assert _all(every["dates.recruitment"]) == ("Mei 2026", "May 2026", "май 2026")
    assert _all(every["dates.meeting"]) == ("26 Januari 2026", "26 January 2026", "26 января 2026 г.")
    assert _all(every["contract.years"], "contract.years") == ("5 tahun", "5 years", "5 лет")
    assert _all(every["phases.work.months"], "months") == ("60 bulan", "60 months", "60 месяцев")
    assert _all(every["windows.objection_days"], "windows.objection_days") == (
        "3 hari (asumsi peragaan)",
        "3 days (rehearsal assumption)",
        "3 дня (допущение репетиции)",
    )
    assert _all(every["pay.base"]) == ("[belum diumumkan]", "[not published]", "[не объявлено]")
    assert _all(every["eligibility.graduated_to"], "eligibility.graduated_to")[1] == "2026 (rehearsal assumption)"
    assert _all(every["eligibility.min_average"], "eligibility.min_average")[2] == "75 (допущение репетиции)"
    assert _all(every["selection.tie_break"])[1].startswith("Practical test: one welded joint from a drawing; Written")
    assert _all(every["selection.criteria"])[0].startswith(
        "Rata-rata rapor semester 1–5 (bobot 20%); "
        "Tes tertulis: matematika, fisika, informatika (bobot 20%, nilai batas 60 dari 100); "
    )
    assert _all(every["employer_stage"])[1] == "takes no part in judging (rehearsal assumption)"
    assert _all(every["fields_split"])[0] == "ya (asumsi peragaan)"
    steps = Published(
        value=(Money(amount="60000.00", currency="RUB"), Money(amount="80000.00", currency="RUB")), **SAID
    )
    assert _all(steps)[1] == "60,000 Russian rubles; 80,000 Russian rubles"
    assert _all(Published(value="gross", **SAID))[2] == "до вычета налога"
    assert _all(Published(value=Money(amount="1234.50", currency="RUB"), **SAID)) == (
        "1.234,50 rubel Rusia",
        "1,234.50 Russian rubles",
        "1 234,50 российского рубля",
    )


@pytest.mark.parametrize(
    ("payer", "employer", "state", "office"),
    [
        ("rusal", "yes", "no", "RUSAL"),
        ("kp2mi", "no", "yes", "Ministry for the Protection of Indonesian Migrant Workers (KP2MI)"),
        ("kp2mi-rusal", "yes", "yes", "KP2MI and RUSAL together"),
    ],
)
def test_who_pays_by_side(payer, employer, state, office):
    fact = Published(value=payer, **SAID)
    assert _all(fact, "payer.employer")[1] == employer
    assert _all(fact, "payer.state")[1] == state
    assert _all(fact, "payer")[1] == office


def test_who_pays_where_sources_differ_or_nobody_said():
    versions = tuple(Version(value=code, sources=("suara",)) for code in ("kp2mi", "rusal"))
    assert _all(Contested(versions=versions), "payer.state")[1] == "yes or no (sources differ)"
    assert _all(Unpublished(owes="rusal"), "payer.employer")[0] == "[belum diumumkan]"
    assert _all(Published(value=True, **SAID), "payer.participant")[0] == "tidak"
    assert _all(Assumed(value=False, assumed=True, model="x"), "payer.participant")[2] == "да (допущение репетиции)"


def test_every_value_has_words_or_is_quoted_by_no_clause():
    for programme in (rusal(), rehearsed(), example()):
        say, silent = say_for(programme), set()
        for path, fact in known_values(programme):
            try:
                assert [bool(say(path, fact, at)) for at in LOCALES] == [True, True, True]
            except ValueError:
                silent.add(path)
        assert silent <= {
            "selection.marking",
            *(f"placing.{name}" for name in ("fields", "postings", "least", "needs")),
        }
