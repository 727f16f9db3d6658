"""From a programme to the instance: what is unpublished is refused by path, what a place asks for cuts its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.allocation import allocate, dump, verify
from rantau.engine.completing import Infeasible
from rantau.engine.instance import read
from rantau.engine.mechanisms import MECHANISMS
from rantau.engine.placing import Place, Rules, Wisher, barred, instance, minima, rules
from rantau.engine.programme_file import parse
from rantau.engine.refusal import Refusal
from rantau.engine.shape import Unreadable
from tests.engine.programmes import EXAMPLE, changed, example, rehearsed, rusal

ABOUT = {"programme": "p", "intake": "p-1", "kind": "posting", "run": 1}
PLACES = ("a", "b", "c")


def place(code, capacity=1, minimum=0, **needs):
    return Place(code=code, capacity=capacity, minimum=minimum, needs=needs)


def divided(*places, mechanism="merit_wishes", seats=3):
    return Rules(kind="posting", mechanism=mechanism, seats=seats, places=places)


def wisher(code, rank, *wishes, exempt=(), held=None, answer="wait", **marks):
    return Wisher(code=code, rank=rank, marks=marks, wishes=wishes, exempt=frozenset(exempt), held=held, answer=answer)


def outcome(given_rules, people):
    return allocate(read(instance(given_rules, people, about=ABOUT)), given_rules.mechanism)["assignment"]


# --- the rules of a programme ----------------------------------------------------------------------------------------


def test_the_rules_of_the_rehearsed_programme():
    fields, postings = rules(rehearsed(), "field"), rules(rehearsed(), "posting")
    assert (fields.kind, fields.mechanism, fields.seats) == ("field", "merit_wishes", 50)
    assert [(p.code, p.capacity, p.minimum, p.needs) for p in fields.places] == [
        (code, 10, 0, {}) for code in ("construction", "machinery", "materials", "transport", "power")
    ]
    assert (postings.mechanism, postings.seats) == ("exact", 50)
    assert [(p.code, p.capacity, p.minimum, p.needs) for p in postings.places] == [
        ("russia", 25, 25, {}),
        ("indonesia", 25, 25, {}),
    ]
    assert fields.truthful
    assert postings.truthful


def test_the_rules_of_the_invented_programme():
    found = rules(example(), "posting")
    assert [(p.code, p.capacity, p.minimum, p.needs) for p in found.places] == [
        ("osaka", 9, 0, {"care_test": 7000}),
        ("sendai", 7, 0, {}),
        ("sapporo", 5, 0, {}),
        ("nagano", 3, 0, {}),
    ]
    assert Rules.read(found.plain()) == found


def test_nothing_is_divided_by_what_nobody_published():
    with pytest.raises(Refusal) as caught:
        rules(rusal(), "field")
    fields = ("construction", "machinery", "materials", "transport", "power")
    assert caught.value.code == "placing.unpublished"
    assert caught.value.facts == {
        "missing": (
            "fields_split",
            "placing.fields",
            "placing.least",
            "placing.needs",
            *(f"fields.{code}.seats" for code in fields),
            "windows.wish_days",
            "windows.place_days",
        )
    }
    with pytest.raises(Refusal) as caught:
        rules(rusal(), "posting")
    windows = ("windows.wish_days", "windows.place_days")
    assert caught.value.facts == {"missing": ("placing.postings", "placing.least", "placing.needs", *windows)}


NOWHERE = ((("postings",), []), (("placing", "needs", "value"), []), (("asks", 0, "about"), "pay.by_grade"))


@pytest.mark.parametrize(("kind", "changes"), [("field", ()), ("posting", NOWHERE), ("grade", ())])
def test_nobody_is_divided_where_there_is_nothing_to_divide_among(kind, changes):
    with pytest.raises(Refusal) as caught:
        rules(parse(changed(EXAMPLE, *changes), "x"), kind)
    assert (caught.value.code, caught.value.facts) == ("placing.undivided", {"kind": kind})


def test_an_honest_list_is_promised_to_be_the_best_only_where_it_is():
    found = {mechanism: divided(place("a"), mechanism=mechanism).truthful for mechanism in MECHANISMS}
    assert found == {
        "merit_wishes": True,
        "applicant_proposing_da": True,
        "opening_proposing_da": False,
        "exact": True,
    }


# --- who may go where ------------------------------------------------------------------------------------------------


def test_a_place_is_closed_by_an_exemption_or_by_a_mark_it_asks_for():
    asks = place("a", weld=7000, theory=6000)
    assert barred(asks, wisher("p", 1, weld=7000, theory=6000)) == ""
    assert barred(asks, wisher("p", 1, weld=6999, theory=5999)) == "needs:theory"
    assert barred(asks, wisher("p", 1, weld=6999, theory=6000)) == "needs:weld"
    assert barred(asks, wisher("p", 1, theory=6000)) == "needs:weld"
    assert barred(asks, wisher("p", 1, exempt=("a", "b"), weld=6999, theory=0)) == "exempt"
    assert barred(place("c"), wisher("p", 1, exempt=("a", "b"))) == ""
    assert barred(place("a", weld=0), wisher("p", 1)) == "needs:weld"  # who has no mark has not reached 0 either


def test_in_a_round_the_wishes_that_count_lie_above_the_seat_held():
    assert wisher("p", 1, "a", "b", "c").list() == ("a", "b", "c")
    assert wisher("p", 1, "a", "b", "c", held="b").list() == ("a",)
    assert wisher("p", 1, "a", "b", "c", held="a").list() == ()
    assert wisher("p", 1, "a", "b", "c", held="c", answer="accept").list() == ()
    assert wisher("p", 1, "a", "b", held="z").list() == ()


def test_the_instance_of_a_round_is_written_down_exactly():
    found = instance(
        divided(place("a", 2, weld=7000), place("b", 1, 1), mechanism="exact", seats=4),
        [
            wisher("R-3", 1, "a", "b", weld=8000),
            wisher("R-1", 2, "b", "a", weld=6999),
            wisher("R-2", 3, "b", weld=9000, exempt=("a",)),
            wisher("R-4", 4, "b", "a", weld=6000, held="a"),
        ],
        about=ABOUT | {"rehearsal": True},
    )
    assert dump(found) == (
        b'{"format":"rantau.instance/1",'
        b'"about":{"intake":"p-1","kind":"posting","programme":"p","rehearsal":true,"run":1},'
        b'"applicants":[{"id":"R-1","prefs":["b","a"]},{"id":"R-2","prefs":["b"]},{"id":"R-3","prefs":["a","b"]},'
        b'{"held":"a","id":"R-4","prefs":["b"]}],'
        b'"caps":[{"capacity":4,"id":"seats","openings":["a","b"]}],'
        b'"merit_order":["R-3","R-1","R-2","R-4"],'
        b'"openings":[{"capacity":2,"id":"a","priority":["R-3","R-4"]},{"capacity":1,"id":"b","minimum":1}]}\n'
    )
    assert read(found).rehearsal is True


def test_a_wish_that_is_closed_is_refused_with_its_reason():
    found = allocate(
        read(
            instance(
                divided(place("a", weld=7000), place("b")),
                [wisher("p", 1, "a", "b", weld=6000), wisher("q", 2, "a", weld=7000)],
                about=ABOUT,
            )
        )
    )
    assert found["assignment"] == {"p": "b", "q": "a"}
    assert found["reasons"]["p"] == [
        {"opening": "a", "code": "NOT_ELIGIBLE", "at": "a"},
        {"opening": "b", "code": "PLACED"},
    ]


def test_a_place_that_asks_for_what_nobody_has_is_open_to_nobody():
    closed = instance(divided(place("a", weld=7000)), [wisher("p", 1, "a", weld=1)], about=ABOUT)
    assert closed["openings"][0]["priority"] == []
    assert allocate(read(closed))["assignment"] == {"p": None}


def test_who_holds_a_place_keeps_it_though_it_is_closed_to_them_now():
    found = instance(divided(place("a", weld=7000)), [wisher("p", 1, "a", held="a", weld=1)], about=ABOUT)
    assert allocate(read(found))["assignment"] == {"p": "a"}


def test_minima_are_said_to_the_mechanism_and_never_dropped():
    low = divided(place("a", 2, 1), mechanism="merit_wishes")
    found = instance(low, [wisher("p", 1, "a")], about=ABOUT)
    assert found["openings"][0]["minimum"] == 1
    with pytest.raises(Unreadable) as caught:
        allocate(read(found), low.mechanism)
    assert str(caught.value) == "openings[0].minimum: merit_wishes keeps no minima; exact does"


def test_the_seats_of_the_programme_stand_above_those_of_its_places():
    few = divided(place("a", 2), place("b", 2), seats=3)
    people = [wisher(f"p{n}", n, "a", "b") for n in range(4)]
    assert list(outcome(few, people).values()) == ["a", "a", "b", None]


# --- whatever the people ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "people", "expected"),
    [
        ((25, 25), 50, (25, 25)),
        ((25, 25), 48, (24, 24)),
        ((25, 25), 49, (25, 24)),  # equal shares: the first by code
        ((20, 10, 0), 12, (8, 4, 0)),
        ((3, 2, 1), 0, (0, 0, 0)),
    ],
)
def test_minima_are_shares_where_too_few_people_are_left(asked, people, expected):
    places = [place(code, capacity=30, minimum=least) for code, least in zip(PLACES, asked, strict=False)]
    assert tuple(minima(places, people).values()) == expected


@given(st.lists(st.integers(0, 30), min_size=1, max_size=3), st.integers(0, 60))
def test_shares_of_minima_never_exceed_them_and_use_everybody(asked, people):
    places = [place(code, capacity=30, minimum=least) for code, least in zip(PLACES, asked, strict=False)]
    found = list(minima(places, people).values())
    assert sum(found) == min(people, sum(asked))
    assert all(share <= least for share, least in zip(found, asked, strict=True))


@st.composite
def wishers(draw, number=5):
    """Return people in the order of the final round, each with a list, marks, and now and then an exemption."""
    codes = draw(st.permutations([f"R-{n}" for n in range(draw(st.integers(1, number)))]))
    found = []
    for rank, code in enumerate(codes, 1):
        listed = draw(st.permutations(PLACES))[: draw(st.integers(0, len(PLACES)))]
        exempt = draw(st.sampled_from(((), (), (), ("a",), ("b", "c"))))
        found.append(wisher(code, rank, *listed, exempt=exempt, weld=draw(st.sampled_from((5000, 7000)))))
    return found


@st.composite
def rule_books(draw, mechanism=None):
    """Return rules over three places: any mechanism, minima where it keeps them, one place that asks for a mark."""
    mechanism = mechanism or draw(st.sampled_from(MECHANISMS))
    places = []
    for number, code in enumerate(PLACES):
        capacity = draw(st.integers(0, 2))
        minimum = draw(st.integers(0, min(1, capacity))) if mechanism == "exact" else 0
        places.append(place(code, capacity, minimum, **({"weld": 7000} if number == 0 else {})))
    return divided(*places, mechanism=mechanism, seats=draw(st.integers(2, 6)))


@given(rule_books(), wishers(), st.randoms())
def test_every_instance_can_be_read_and_does_not_depend_on_the_order_of_the_people(book, people, luck):
    shuffled = people.copy()
    luck.shuffle(shuffled)
    one, two = (dump(instance(book, given_, about=ABOUT)) for given_ in (people, shuffled))
    assert one == two
    found = read(instance(book, people, about=ABOUT))
    assert found.people == tuple(sorted(person.code for person in people))
    try:
        result = allocate(found, book.mechanism)
    except Infeasible:
        assert book.mechanism == "exact"
        return
    assert list(verify(result, found)) == []
    by_code = {person.code: person for person in people}
    for code, at in result["assignment"].items():
        assert at is None or (at in by_code[code].wishes and at not in by_code[code].exempt)
        assert at != "a" or by_code[code].marks["weld"] >= 7000


@given(rule_books("exact"), wishers(), st.data())
def test_another_list_changes_nothing_for_those_who_stand_above(book, people, data):
    at = data.draw(st.integers(0, len(people) - 1))
    listed = data.draw(st.permutations(PLACES))[: data.draw(st.integers(0, len(PLACES)))]
    other = [*people[:at], people[at].model_copy(update={"wishes": tuple(listed)}), *people[at + 1 :]]
    try:
        before, after = outcome(book, people), outcome(book, other)
    except Infeasible:
        with pytest.raises(Infeasible):
            outcome(book, other)
        return
    assert [before[person.code] for person in people[:at]] == [after[person.code] for person in people[:at]]
    mine = people[at]
    got = [after[mine.code], before[mine.code]]
    best = [mine.wishes.index(p) if p in mine.wishes else len(mine.wishes) for p in got]
    assert best[1] <= best[0]  # an honest list is never the worse one
