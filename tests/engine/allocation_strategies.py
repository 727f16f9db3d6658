"""Made-up instances for properties of allocations: few people, few seats, few levels, so that ties and refusals abound."""

from hypothesis import settings
from hypothesis import strategies as st

TENFOLD = 10 if settings.default.max_examples > 100 else 1

NESTED = (
    *[()] * 6,
    ((0, 1),),
    ((0, 1, 2),),
    ((0, 1), (0, 1, 2)),
    ((0,), (0, 1)),
    ((0, 1), (2,)),
    ((1, 2), (1, 2)),
    ((0,), (0, 1), (0, 1, 2)),
)
ANY = (*NESTED, ((0, 1), (1, 2)), ((0, 1), (1, 2), (0, 2)), ((0, 2), (0, 1, 2), (1,)))
FLAT = ((),)
BALANCED = ((1, 1, 1), (1, 1, 1, 1), (2, 1, 1), (2, 2), (2, 1, 2), (1, 2, 2))
"""Seats of the openings of a market."""
RULES = ("responsive", "reserve_soft", "cap_hard")
DA = (APPLICANTS, OPENINGS) = ("applicant_proposing_da", "opening_proposing_da")
MERIT = "merit_wishes"
RESERVES = ("f", "r")
"""Types that reserves are for: nobody has two of them."""
LAWFUL = (("f", "r"), ("w", "e"), ("f",))
"""Types that caps are for, disjoint or nested: whoever has `e` has `w`."""
CROSSING = (*LAWFUL, ("f", "w"), ("r", "e", "w"))


@st.composite
def instances(draw, *, most=5, openings=3, caps=NESTED, rules=RULES, merit=False, orders=None, parted=None):
    """Return an instance: `merit` gives one common order, and with it types and caps may cross as they like.

    `orders` is `priority`, `scores` or `score`, and `parted` is `tie_break`, `seed` or `both`; drawn when not given.
    """
    people = [f"s{n}" for n in range(draw(st.sampled_from((*range(1, most + 1), most, most, most))))]
    places = [f"c{n}" for n in range(openings)]
    crossing = merit and "reserve_soft" not in rules
    how = orders or draw(st.sampled_from(("priority", "priority", "scores", "scores", "score")))
    plain = {
        "applicants": [draw(_applicant(i, places)) for i in people],
        "openings": [draw(_opening(c, rules, CROSSING if crossing else LAWFUL)) for c in places],
        "caps": [draw(_cap(n, [places[x] for x in inside])) for n, inside in enumerate(draw(st.sampled_from(caps)))],
    }
    draw(_parted(plain, people, parted))
    if merit or how == "score":
        draw(_one_order(plain, people, merit))
    else:
        draw(_own_orders(plain, people, how))
    return {key: value for key, value in plain.items() if key != "caps" or value}


def samples(number):
    """Return how many instances a property takes: ten times as many where large samples are asked for."""
    return settings(max_examples=number * TENFOLD, deadline=None)


@st.composite
def with_minima(draw, *, most=4):
    """Return an instance of one order where openings and caps, crossing ones too, ask for people."""
    plain = draw(instances(most=most, caps=ANY, rules=("responsive", "cap_hard"), merit=True))
    for limit in (*plain["openings"], *plain.get("caps", [])):
        limit["minimum"] = min(limit["capacity"], draw(st.sampled_from((0, 0, 1, 2))))
    return plain


@st.composite
def markets(draw, *, most=5, rules=RULES, seats=BALANCED):
    """Return an instance with as many seats as people, all wished by all in any order: several outcomes are stable."""
    seats = draw(st.sampled_from([found for found in seats if sum(found) <= most]))
    people, places = [f"s{n}" for n in range(sum(seats))], [f"c{n}" for n in range(len(seats))]
    plain = {
        "applicants": [draw(_applicant(i, places)) | {"prefs": draw(st.permutations(places))} for i in people],
        "openings": [
            draw(_opening(c, rules, LAWFUL, n)) | {"priority": [[i] for i in draw(st.permutations(people))]}
            for c, n in zip(places, seats, strict=True)
        ],
    }
    return plain


@st.composite
def guarantees(draw, *, most=5):
    """Return an instance where nearly every seat is reserved and a cap over all openings has fewer: reserves compete."""
    plain = draw(
        instances(most=most, caps=(((0, 1, 2),), ((0, 1), (0, 1, 2))), rules=("responsive",), orders="priority")
    )
    for row in plain["applicants"]:
        row["types"] = [draw(st.sampled_from(RESERVES))]
    for row in plain["openings"]:
        first, second = draw(st.sampled_from(((1, 1), (2, 0), (1, 0), (0, 2))))
        parts = [{"type": "f", "seats": first}, {"type": "r", "seats": second}]
        row |= {"capacity": 2, "choice": {"rule": "reserve_soft", "reserves": parts}}
    plain["caps"][-1]["capacity"] = draw(st.integers(1, 3))
    return plain


@st.composite
def _applicant(draw, name, places):
    prefs = draw(st.permutations(places))[: draw(st.sampled_from((*range(len(places) + 1), *[len(places)] * 4)))]
    types = [*draw(st.sampled_from(([], ["f"], ["r"]))), *draw(st.sampled_from(([], ["w"], ["w", "e"])))]
    return {"id": name, "prefs": prefs, "types": types}


@st.composite
def _opening(draw, name, rules, limited, capacity=None):
    rule = draw(st.sampled_from(rules))
    capacity = draw(st.sampled_from((0, 1, 1, 1, 1, 2, 2, 3))) if capacity is None else capacity
    found = {"id": name, "capacity": capacity}
    if rule == "reserve_soft":
        first = draw(st.integers(0, capacity))
        seats = dict(zip(RESERVES, (first, draw(st.integers(0, capacity - first))), strict=True))
        found["choice"] = {"rule": rule, "reserves": [{"type": t, "seats": n} for t, n in seats.items()]}
    elif rule == "cap_hard":
        types = draw(st.sampled_from(limited))
        found["choice"] = {"rule": rule, "caps": [{"type": t, "seats": draw(st.integers(0, 2))} for t in types]}
    return found


@st.composite
def _cap(draw, number, inside):
    return {"id": f"X{number}", "openings": inside, "capacity": draw(st.sampled_from((0, 1, 1, 2, 3)))}


@st.composite
def _parted(draw, plain, people, parted):
    parted = parted or draw(st.sampled_from(("tie_break", "seed", "both")))
    listed = draw(st.permutations(people))
    if parted != "seed":
        plain["tie_break"] = listed if parted == "tie_break" else listed[: len(listed) // 2]
    if parted != "tie_break":
        plain["seed"] = draw(st.text("xyz", max_size=2))


@st.composite
def _one_order(draw, plain, people, merit):
    levels = _levels(draw, people)
    if merit and draw(st.booleans()):
        plain["merit_order"] = groups(_some(draw, levels))
    else:
        for applicant in plain["applicants"]:
            applicant["score"] = levels[applicant["id"]]
    if merit and draw(st.booleans()):
        chosen = draw(st.sampled_from(plain["openings"]))
        chosen["priority"] = groups(_some(draw, levels))
    for cap in plain["caps"]:
        if draw(st.booleans()):
            cap["priority"] = groups(_some(draw, levels))


@st.composite
def _own_orders(draw, plain, people, how):
    """Draw one ladder of levels for all openings under the same outermost cap, and leave a few people out of it."""
    outer = {c: cap["id"] for cap in sorted(plain["caps"], key=lambda x: len(x["openings"])) for c in cap["openings"]}
    ladders = {}
    for applicant in plain["applicants"] if how == "scores" else ():
        applicant["scores"] = {}
    for place in plain["openings"]:
        root = outer.get(place["id"], place["id"])
        ladders.setdefault(root, _levels(draw, people))
        levels = _some(draw, ladders[root])
        if how == "priority":
            place["priority"] = groups(levels)
        else:
            for applicant in plain["applicants"]:
                if applicant["id"] in levels:
                    applicant["scores"][place["id"]] = levels[applicant["id"]]
    for cap in plain["caps"]:
        cap["priority"] = groups(_some(draw, ladders[outer[cap["openings"][0]]]))


def _levels(draw, people):
    """Return a level for each: all different, or few levels for many."""
    if draw(st.booleans()):
        return dict(zip(draw(st.permutations(people)), range(len(people)), strict=True))
    return {i: draw(st.integers(0, 3)) for i in people}


def _some(draw, levels):
    """Return the levels without a person who is not acceptable there: mostly everybody stays."""
    gone = draw(st.sampled_from((None, None, None, None, *levels))) if levels else None
    return {i: level for i, level in levels.items() if i != gone}


def groups(levels):
    """Return tie groups of people by level, the highest first; one alone stands without a list now and then."""
    tied = [[i for i in levels if levels[i] == level] for level in sorted(set(levels.values()), reverse=True)]
    return [found[0] if len(found) == 1 and number % 2 else found for number, found in enumerate(tied)]
