"""Agreement: the published examples, the definitions once more in their slowest form, and files read strictly."""

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rantau.engine.agreement import CONSISTENT, alpha, cronbach, icc, of_mean, standing
from rantau.engine.agreement_file import answer, decimal, dump, read
from rantau.engine.refusal import Refusal
from rantau.engine.shape import Unreadable

KRIPPENDORFF, SHROUT = json.loads((Path(__file__).parent / "vectors" / "comparable.json").read_text())["agreement"]
METRICS = ("nominal", "ordinal", "interval", "ratio")
value = st.integers(0, 5)
table = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.none() | value, min_size=k, max_size=k), min_size=1, max_size=7)
)
complete = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(value, min_size=k, max_size=k), min_size=2, max_size=6)
)


def exact(rows):
    return [[None if v is None else Fraction(v) for v in row] for row in rows]


def file(**content):
    return json.dumps(content).encode()


def plain_alpha(rows, metric):
    """Return alpha by its definition: every ordered pair inside an item against every ordered pair of all."""
    items = [[v for v in row if v is not None] for row in rows]
    items = [row for row in items if len(row) > 1]
    everything = [v for row in items for v in row]
    count = {v: everything.count(v) for v in everything}

    def apart(a, b):
        if metric == "nominal":
            return int(a != b)
        if metric == "interval":
            return (a - b) ** 2
        if metric == "ratio":
            return Fraction((a - b) ** 2, (a + b) ** 2) if a != b else 0
        low, high = sorted((a, b))
        return (sum(n for v, n in count.items() if low <= v <= high) - Fraction(count[a] + count[b], 2)) ** 2

    n = len(everything)
    observed = sum(Fraction(apart(a, b)) / (len(row) - 1) for row in items for a, b in permutations(row, 2)) / n
    expected = Fraction(sum(apart(a, b) for a, b in permutations(everything, 2))) / (n * (n - 1))
    return 1 - observed / expected


@pytest.mark.parametrize("metric", METRICS)
def test_krippendorff_s_own_example(metric):
    found = alpha(exact(KRIPPENDORFF["ratings"]), metric)
    assert str(round(float(found), 3)) == KRIPPENDORFF["alpha"][metric]


def test_the_example_of_shrout_and_fleiss():
    found = icc(exact(SHROUT["ratings"]))
    assert {name: f"{float(value):.2f}" for name, value in found.items()} == SHROUT["icc"]


@given(table, st.sampled_from(METRICS))
def test_alpha_is_what_its_definition_says(rows, metric):
    everything = [v for row in rows if sum(v is not None for v in row) > 1 for v in row if v is not None]
    assume(len(set(everything)) > 1)
    assert alpha(exact(rows), metric) == plain_alpha(rows, metric)


@given(table, st.sampled_from(METRICS), st.randoms())
def test_items_and_raters_in_any_order_agree_alike(rows, metric, shuffler):
    before = answer(exact(rows), metric)
    columns = list(zip(*rows, strict=True))
    shuffler.shuffle(columns)
    other = [list(row) for row in zip(*columns, strict=True)]
    shuffler.shuffle(other)
    assert answer(exact(other), metric) == before


@given(complete, st.integers(1, 9), st.integers(-20, 20))
def test_another_unit_changes_no_correlation_and_no_interval_alpha(rows, factor, zero):
    other = [[factor * v + zero for v in row] for row in rows]
    assert icc(exact(other)) == icc(exact(rows))
    if len({v for row in rows for v in row}) > 1:
        assert alpha(exact(other), "interval") == alpha(exact(rows), "interval")


@given(complete)
def test_the_mean_of_all_follows_from_one_by_spearman_and_brown(rows):
    found = icc(exact(rows))
    for one, all_ in (("ICC(1,1)", "ICC(1,k)"), ("ICC(2,1)", "ICC(2,k)"), ("ICC(3,1)", "ICC(3,k)")):
        if found[one] is not None and found[all_] is not None:
            assert of_mean(found[one], len(rows[0])) == found[all_]


@given(complete)
def test_cronbach_s_alpha_by_its_own_formula(rows):
    def variance(values):
        return Fraction(len(values) * sum(v * v for v in values) - sum(values) ** 2, len(values) * (len(values) - 1))

    totals = variance([sum(row) for row in rows])
    assume(totals)
    k = len(rows[0])
    questions = sum(variance(column) for column in zip(*rows, strict=True))
    assert cronbach(exact(rows)) == Fraction(k, k - 1) * (1 - questions / totals)


def test_complete_agreement_is_one():
    rows = exact([[1, 1], [2, 2], [4, 4]])
    assert [alpha(rows, metric) for metric in METRICS] == [1, 1, 1, 1]
    assert set(icc(rows).values()) == {1}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "scoring.unpaired"),
        ([[1, None], [None, 2]], "scoring.unpaired"),
        ([[1, 1], [1, 1]], "scoring.no_variation"),
        ([[1, 1], [2, None]], "scoring.no_variation"),
    ],
)
def test_without_pairs_or_variation_there_is_no_alpha(rows, code):
    with pytest.raises(Refusal) as refusal:
        alpha(exact(rows), "interval")
    assert (refusal.value.code, refusal.value.facts) == (code, {})


@pytest.mark.parametrize(("rows", "facts"), [([[1, 2]], (1, 2)), ([[1], [2]], (2, 1)), ([[1, 2], [3, None]], (2, 2))])
def test_correlations_need_complete_ratings(rows, facts):
    with pytest.raises(Refusal) as refusal:
        icc(exact(rows))
    assert (refusal.value.code, refusal.value.facts) == (
        "scoring.incomplete",
        dict(zip(("items", "raters"), facts, strict=True)),
    )


def test_a_paper_on_which_all_are_alike_is_not_consistent_nor_inconsistent():
    with pytest.raises(Refusal) as refusal:
        cronbach(exact([[1, 2], [2, 1]]))
    assert (refusal.value.code, refusal.value.facts) == ("scoring.no_variation", {})


@pytest.mark.parametrize(
    ("value", "said"),
    [("0.8", "good"), ("0.799999", "provisional"), ("0.667", "provisional"), ("0.6669", "low"), ("-1", "low")],
)
def test_what_a_figure_carries(value, said):
    assert standing(Fraction(value)) == said


def test_a_paper_is_consistent_from_seven_tenths():
    said = [standing(Fraction(v), good=CONSISTENT, provisional=CONSISTENT) for v in ("0.7", "0.69")]
    assert said == ["good", "low"]


def test_decimals_are_read_as_they_are_written():
    assert read(b'{"ratings":[[0.1,null],[1,2.50]]}') == (
        [[Fraction(1, 10), None], [Fraction(1), Fraction(5, 2)]],
        "interval",
    )


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"ratings": [[1, "2"]]}, "ratings[0][1]"),
        ({"ratings": [[1, True]]}, "ratings[0][1]"),
        ({"ratings": [[1, [2]]]}, "ratings[0][1]"),
        ({"ratings": [[1, 2], [3]]}, "ratings[1]"),
        ({"ratings": [[1, 2], 3]}, "ratings[1]"),
        ({"ratings": {}}, "ratings"),
        ({}, "ratings"),
        ({"ratings": [], "metric": "metric"}, "metric"),
        ({"ratings": [], "metric": None}, "metric"),
        ({"ratings": [], "weights": []}, "weights"),
        ({"ratings": [[0, -1]], "metric": "ratio"}, "ratings[0][1]"),
        ({"ratings": [[10**30, 1]]}, "ratings[0][0]"),
        ([], ""),
    ],
    ids=str,
)
def test_what_does_not_fit_is_named(content, path):
    with pytest.raises(Unreadable) as error:
        read(json.dumps(content).encode())
    assert error.value.path == path


@pytest.mark.parametrize("number", ["1e30", "1e-31", "0.1234567890123456789012345678901"])
def test_a_number_that_no_one_measures_is_named(number):
    with pytest.raises(Unreadable) as error:
        read(b'{"ratings":[[1,' + number.encode() + b"]]}")
    assert error.value.path == "ratings[0][1]"


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b'{"ratings":[[NaN]]}', b'{"ratings":[[1e99999999999999999999]]}']
)
def test_what_is_no_json_is_said(text):
    with pytest.raises(Unreadable) as error:
        read(text)
    assert error.value.path == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [("1", "1"), ("10", "10"), ("0", "0"), ("-0.25", "-0.25"), ("2/3", "0.666667"), ("0.0000005", "0"),
     ("0.0000015", "0.000002"), ("-1/3", "-0.333333"), ("-0.0000001", "0")],
)  # fmt: skip
def test_figures_are_rounded_once_to_six_places(value, written):
    assert decimal(Fraction(value)) == written


def test_the_answer_in_bytes():
    said = dump(answer(*read(file(ratings=[[1, 2], [2, 4], [3, 3]], metric="nominal"))))
    assert said == (
        b'{"format":"rantau.agreement/1","alpha":0.230769,"icc":{"ICC(1,1)":0.285714,"ICC(1,k)":0.444444,'
        b'"ICC(2,1)":0.375,"ICC(2,k)":0.545455,"ICC(3,1)":0.5,"ICC(3,k)":0.666667},"items":3,"metric":"nominal",'
        b'"pairable":6,"raters":2}\n'
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], {"items": 0, "raters": 0, "pairable": 0, "why": "unpaired", "icc_why": "incomplete"}),
        ([[1, 1], [1, 1]], {"items": 2, "raters": 2, "pairable": 4, "why": "no_variation", "icc_why": "no_variation"}),
        ([[1, None], [2, None]], {"items": 2, "raters": 2, "pairable": 0, "why": "unpaired", "icc_why": "incomplete"}),
    ],
)
def test_what_cannot_be_said_has_a_reason(rows, expected):
    said = json.loads(dump(answer(*read(file(ratings=rows)))))
    assert said == {"format": "rantau.agreement/1", "metric": "interval", "alpha": None, "icc": None, **expected}


def test_one_correlation_may_be_missing_beside_others():
    found = icc(exact([[1, 2], [2, 1]]))
    assert (found["ICC(1,k)"], found["ICC(1,1)"]) == (None, -1)
