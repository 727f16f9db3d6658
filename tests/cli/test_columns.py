"""`rantau allocate --applicants A.csv …`: places as columns, a summary alone on the terminal, bad rows named by line."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.cli.columns import sheet

APPLICANTS = """\
id,types,score
s2,,80
s1,female east,80
s3,female,75
s4,,90
s5,,60
"""
OPENINGS = "id,capacity,reserves\nc1,2,female:1\nc2,1,\n"
WISHES = "rank,applicant,opening\n1,s1,c1\n2,s1,c2\n1,s2,c1\n3,s2,c2\n1,s3,c1\n1,s4,c1\n1,s5,c2\n"
PLACES = """\
applicant,opening,wish,refused,reason,yours,cutoff
s1,c1,1,,,,
s2,c2,3,c1,BELOW_CUTOFF,80,90
s3,,,c1,BELOW_CUTOFF,75,80
s4,c1,1,,,,
s5,,,c2,BELOW_CUTOFF,60,80
"""


@pytest.fixture
def columns(rantau, tmp_path):
    """Return how to allocate three texts: (exit code, stdout, stderr, the places or None)."""

    def run(*options, applicants=APPLICANTS, openings=OPENINGS, wishes=WISHES):
        typed = []
        for name, text in (("applicants", applicants), ("openings", openings), ("preferences", wishes)):
            path = tmp_path / f"{name}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            typed += [f"--{name}", path]
        out = tmp_path / "places.csv"
        said = rantau("allocate", *typed, "--out", out, *options)
        return *said, out.read_text() if out.exists() else None

    return run


def test_places_go_to_the_file_and_a_summary_to_the_terminal(columns, tmp_path):
    code, said, complaint, places = columns("--seed", "x")
    assert (code, complaint, places) == (0, "", PLACES)
    assert said.startswith('{"format":"rantau.allocation-summary/1","certificate":{')
    given = {name: tmp_path / f"{name}.csv" for name in ("applicants", "openings", "preferences")}
    assert json.loads(said) == {
        "format": "rantau.allocation-summary/1",
        "mechanism": "merit_wishes",
        "people": 5,
        "placed": 3,
        "certificate": {
            "blocking_pairs": 0,
            "best_for_applicants": True,
            "proof": "replay",
            "seed": "x",
        }
        | {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in given.items()},
        "digest": hashlib.sha256(PLACES.encode()).hexdigest(),
    }


def test_a_published_list_parts_the_tied(columns):
    listed = "id,score,tie_break\ns1,80,2\ns2,80,1\n"
    wishes = "applicant,opening,rank\ns1,c2,1\ns2,c2,1\n"
    code, said, _, places = columns(applicants=listed, wishes=wishes)
    assert (code, json.loads(said)["certificate"]["seed"]) == (0, None)
    assert places.splitlines()[1:] == ["s1,,,c2,TIE_LOST,80,80", "s2,c2,1,,,,"]


def test_scores_beside_the_wishes_are_the_openings_own(columns):
    applicants = "id\ns1\ns2\ns3\n"
    wishes = "applicant,opening,rank,score\ns1,c2,1,5\ns1,c1,2,7\ns2,c2,1,6\ns3,c2,1,\n"
    code, said, _, places = columns(applicants=applicants, wishes=wishes)
    assert (code, json.loads(said)["mechanism"]) == (0, "applicant_proposing_da")
    assert json.loads(said)["certificate"]["proof"] == "rotations"
    assert places.splitlines()[1:] == ["s1,c1,2,c2,BELOW_CUTOFF,5,6", "s2,c2,1,,,,", "s3,,,c2,NOT_ELIGIBLE,,"]


@pytest.mark.parametrize("mechanism", ["applicant_proposing_da", "opening_proposing_da", "merit_wishes"])
def test_other_mechanisms_give_the_same_where_there_is_one_outcome(columns, mechanism):
    assert columns("--seed", "x", "--mechanism", mechanism)[3] == PLACES


def test_seats_may_be_capped_by_type(columns):
    code, said, _, places = columns("--seed", "x", openings="id,capacity,caps\nc1,2,female:0\nc2,1,\n")
    assert (code, json.loads(said)["certificate"]["proof"]) == (0, "replay")
    assert places.splitlines()[1:] == [
        "s1,c2,2,c1,OPENING_CLOSED,,",
        "s2,c1,1,,,,",
        "s3,,,c1,OPENING_CLOSED,,",
        "s4,c1,1,,,,",
        "s5,,,c2,BELOW_CUTOFF,60,80",
    ]


def test_the_order_of_rows_and_columns_and_the_way_lines_end_never_matter(columns):
    rows = WISHES.splitlines()
    shuffled = "\n".join([rows[0], *reversed(rows[1:])]) + "\n\n"
    crlf = ("\ufeff" + APPLICANTS).replace("\n", "\r\n")
    quoted = OPENINGS.replace("c1,2", '"c1","2"')
    assert columns("--seed", "x", applicants=crlf, openings=quoted, wishes=shuffled)[3] == PLACES


def test_a_name_with_a_comma_is_quoted_in_the_places_too(columns):
    code, _, _, places = columns(
        applicants='id,score\n"a,b",1\n', wishes='applicant,opening,rank\n"a,b",c2,1\n', openings="id,capacity\nc2,1\n"
    )
    assert (code, places.splitlines()[1]) == (0, '"a,b",c2,1,,,,')


@given(
    st.lists(st.lists(st.text("a \t;é", max_size=2), min_size=2, max_size=2), max_size=4),
    st.sampled_from(("\n", "\r\n")),
)
def test_values_are_the_same_with_quotes_and_without(rows, end):
    lines = [["id", "types"], *rows]
    plain, quoted = (end.join(",".join(f"{q}{one}{q}" for one in row) for row in lines).encode() for q in ("", '"'))
    said = [sheet(data, "sheet", ("id",), ("types",)).columns for data in (plain, quoted)]
    assert said[0] == said[1] == {"id": [row[0] for row in rows], "types": [row[1] for row in rows]}


def test_nobody_is_a_list_too(columns):
    code, said, _, places = columns(applicants="id\n", wishes="applicant,opening,rank\n")
    assert (code, places, json.loads(said)["people"]) == (0, PLACES.splitlines(keepends=True)[0], 0)


A_FILE, O_FILE, P_FILE = "applicants", "openings", "preferences"
WHOLE = "is no whole number from {} to 1099511627775"
BAD = {
    "unknown person": ({"wishes": WISHES + "1,s9,c1\n"}, P_FILE, "line 9, applicant: s9 is not known"),
    "unknown opening": ({"wishes": WISHES + "2,s5,c9\n"}, P_FILE, "line 9, opening: c9 is not known"),
    "no opening": ({"wishes": WISHES + "2,s5,\n"}, P_FILE, "line 9, opening: is empty"),
    "wished twice": ({"wishes": WISHES + "2,s5,c2\n"}, P_FILE, "line 9, opening: s5 has c2 twice"),
    "a rank twice": ({"wishes": WISHES + "1,s5,c1\n"}, P_FILE, "line 9, rank: s5 has 1 twice"),
    "no rank": ({"wishes": WISHES + ",s5,c1\n"}, P_FILE, f"line 9, rank: '' {WHOLE.format(1)}"),
    "rank zero": ({"wishes": WISHES + "0,s5,c1\n"}, P_FILE, f"line 9, rank: '0' {WHOLE.format(1)}"),
    "rank with a fraction": ({"wishes": WISHES + "1.5,s5,c1\n"}, P_FILE, f"line 9, rank: '1.5' {WHOLE.format(1)}"),
    "rank with a space": ({"wishes": WISHES + " 2,s5,c1\n"}, P_FILE, f"line 9, rank: ' 2' {WHOLE.format(1)}"),
    "an empty line before": ({"wishes": WISHES + "\n\n1,s9,c1\n"}, P_FILE, "line 11, applicant: s9 is not known"),
    "a value missing": ({"wishes": WISHES + "1,s5\n"}, P_FILE, "line 9: has 2 values for 3 columns"),
    "a person twice": ({"applicants": APPLICANTS + "s1,,3\n"}, A_FILE, "line 7, id: s1 appears twice"),
    "a person without id": ({"applicants": APPLICANTS + ",,3\n"}, A_FILE, "line 7, id: is empty"),
    "a score missing": (
        {"applicants": APPLICANTS + "s6,,\n"},
        A_FILE,
        "line 7, score: is missing, though others have one",
    ),
    "a score in words": (
        {"applicants": APPLICANTS + "s6,,ten\n"},
        A_FILE,
        f"line 7, score: 'ten' {WHOLE.format(-1099511627775)}",
    ),
    "a score too large": (
        {"applicants": APPLICANTS + "s6,,1099511627776\n"},
        A_FILE,
        f"line 7, score: '1099511627776' {WHOLE.format(-1099511627775)}",
    ),
    "a type twice": (
        {"applicants": APPLICANTS + "s6,w w,1\n"},
        A_FILE,
        "line 7, types: should be different types with one space between",
    ),
    "negative capacity": ({"openings": OPENINGS + "c3,-1,\n"}, O_FILE, f"line 4, capacity: '-1' {WHOLE.format(0)}"),
    "reserve over capacity": (
        {"openings": OPENINGS + "c3,1,east:1 female:1\n"},
        O_FILE,
        "line 4, reserves: reserve 2 of 1 seats",
    ),
    "a reserve of another form": (
        {"openings": OPENINGS + "c3,1,east\n"},
        O_FILE,
        "line 4, reserves: 'east' is not of the form type:seats",
    ),
    "a type reserved twice": (
        {"openings": OPENINGS + "c3,1,east:1 east:0\n"},
        O_FILE,
        "line 4, reserves: east appears twice",
    ),
    "an opening twice": ({"openings": OPENINGS + "c2,1,\n"}, O_FILE, "line 4, id: c2 appears twice"),
    "two reserved types": (
        {"openings": OPENINGS.replace("female:1", "east:1 female:1")},
        P_FILE,
        "line 2, opening: s1 counts for two reserved types there, female one of them",
    ),
    "reserves and caps": (
        {"openings": "id,capacity,reserves,caps\nc1,1,east:1,east:1\nc2,1,,\n"},
        O_FILE,
        "line 2, caps: may not stand beside reserves",
    ),
    "caps that cross": (
        {
            "openings": "id,capacity,caps\nc2,1,\nc1,2,far:1 female:1\n",
            "applicants": APPLICANTS.replace("s2,", "s2,far").replace("female east", "female far"),
        },
        O_FILE,
        "line 3, caps: far and female overlap without being nested",
    ),
    "no such column": ({"openings": "id,seats\nc1,1\n"}, O_FILE, "line 1, capacity: is missing"),
    "unknown column": ({"openings": "id,capacity,note\nc1,1,x\n"}, O_FILE, "line 1, note: is not known to the format"),
    "a column twice": ({"openings": "id,capacity,capacity\nc1,1,1\n"}, O_FILE, "line 1: names a column twice"),
    "semicolons": ({"openings": "id;capacity\nc1;1\n"}, O_FILE, "line 1, id: is missing"),
    "nothing": ({"openings": ""}, O_FILE, "line 1, id: is missing"),
    "not UTF-8": ({"openings": b"id,capacity\nc\xff,1\n"}, O_FILE, "not UTF-8 (invalid start byte at byte 13)"),
    "a quote left open": ({"openings": 'id,capacity\n"c1,1\n'}, O_FILE, "line 2: unexpected end of data"),
    "no order": (
        {"applicants": "id\n" + "".join(f"s{n}\n" for n in range(1, 6))},
        P_FILE,
        "line 1, score: is missing: there is no other order",
    ),
    "a place among the tied twice": (
        {"applicants": "id,score,tie_break\ns1,1,1\ns2,1,1\ns3,1,2\ns4,1,3\ns5,1,4\n"},
        A_FILE,
        "line 3, tie_break: 1 appears twice",
    ),
}


@pytest.mark.parametrize(("texts", "name", "why"), BAD.values(), ids=BAD)
def test_a_bad_row_is_named_and_nothing_is_written(columns, tmp_path, texts, name, why):
    mechanism = ["--mechanism", "applicant_proposing_da"] if "far" in str(texts) else []
    assert columns("--seed", "x", *mechanism, **texts) == (2, "", f"{tmp_path / name}.csv: {why}\n", None)


def test_the_tied_are_named_where_nothing_parts_them(columns, tmp_path):
    why = f"{tmp_path / A_FILE}.csv: line 3, tie_break: s1 is tied, and neither tie_break nor seed parts them\n"
    assert columns() == (2, "", why, None)


@pytest.mark.parametrize(
    ("mechanism", "why"),
    [
        (
            "lottery",
            "mechanism: lottery is none of merit_wishes, applicant_proposing_da, opening_proposing_da, exact\n",
        ),
        ("exact", "openings.csv: line 2, reserves: exact keeps minima, not soft reserves\n"),
    ],
)
def test_a_mechanism_that_does_not_fit_is_refused(columns, tmp_path, mechanism, why):
    code, said, complaint, places = columns("--seed", "x", "--mechanism", mechanism)
    assert (code, said, places) == (2, "", None)
    assert complaint.removeprefix(f"{tmp_path}/") == why


@pytest.mark.parametrize(
    "options",
    [
        ["i.json", "--seed", "x"],
        ["i.json", "--applicants", "a.csv", "--openings", "o.csv", "--preferences", "p.csv", "--out", "r.csv"],
        ["--applicants", "a.csv", "--openings", "o.csv", "--preferences", "p.csv"],
        ["--applicants", "a.csv", "--openings", "o.csv", "--out", "r.csv"],
        [],
    ],
)
def test_it_takes_an_instance_or_three_sheets(rantau, options):
    why = "allocate takes INSTANCE.json, or --applicants, --openings, --preferences and --out\n"
    assert rantau("allocate", *options) == (2, "", why)


def test_sheets_that_are_not_there_are_named(rantau, tmp_path):
    gone = tmp_path / "no.csv"
    said = rantau(
        "allocate", "--applicants", gone, "--openings", gone, "--preferences", gone, "--out", tmp_path / "r.csv"
    )
    assert said == (2, "", f"[Errno 2] No such file or directory: '{gone}'\n")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_where_a_row_is_bad(columns, tmp_path):
    (tmp_path / "places.csv").write_text("earlier")
    assert columns("--seed", "x", wishes="rank\n")[3] == "earlier"
