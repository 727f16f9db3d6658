"""Made-up plain allocations: openings with or without reserves, no caps, few people and seats, so that most are refused."""

from hypothesis import strategies as st

from rantau.engine.chance import below, seeded

PLACES = ("c1", "c2", "c3", "c4")
MECHANISMS = ("applicant_proposing_da", "merit_wishes")


@st.composite
def instances(draw, least=0, most=8, held=True):
    """Return an instance as plain data: scores by opening or one for all, reserves now and then, everyone in a type."""
    people = [f"s{n}" for n in range(draw(st.integers(least, most)))]
    common = draw(st.booleans())
    applicants = [draw(_applicant(name, common, held)) for name in people]
    openings = [draw(_opening(name)) for name in PLACES]
    if common and draw(st.booleans()):
        chosen = draw(st.sampled_from(openings))
        chosen["priority"] = [[name] for name in draw(st.permutations(people))[: len(people) // 2 + 1]]
    return {"applicants": applicants, "openings": openings, "seed": draw(st.text("xy", max_size=1))}


@st.composite
def _applicant(draw, name, common, held):
    wishes = draw(st.permutations(PLACES))[: draw(st.integers(0, 4))]
    types = [*draw(st.sampled_from(([], ["f"], ["r"]))), *draw(st.sampled_from(([], ["w"])))]
    found = {"id": name, "prefs": wishes, "types": types}
    if common:
        found["score"] = draw(st.integers(-2, 3))
    else:
        found["scores"] = {place: draw(st.integers(-2, 3)) for place in PLACES if draw(st.integers(0, 5))}
    if held and wishes and not draw(st.integers(0, 3)):
        found["held"] = wishes.pop()
    return found


@st.composite
def _opening(draw, name):
    capacity = draw(st.sampled_from((0, 1, 1, 2, 3)))
    found = {"id": name, "capacity": capacity}
    if draw(st.booleans()):
        first = draw(st.integers(0, capacity))
        seats = {"f": first, "r": draw(st.integers(0, capacity - first))}
        reserves = [{"type": kind, "seats": n} for kind, n in seats.items()]
        found["choice"] = {"rule": "reserve_soft", "reserves": reserves}
    return found


def crowd(people, openings, *, wishes=5, common=False, seed="crowd"):
    """Return a large instance: seats for three in ten, a third of the people in each of two types that half of them suit."""
    chance = seeded(seed)
    places = [f"c{n:04d}" for n in range(openings)]
    seats = max(1, people * 3 // (10 * openings))
    reserves = [{"type": "f", "seats": seats * 3 // 10}, {"type": "r", "seats": seats // 5}]
    applicants = []
    for n in range(people):
        listed = list(dict.fromkeys(places[below(openings, chance)] for _ in range(wishes)))
        merit = below(10_001, chance)
        row = {"id": f"s{n:06d}", "prefs": listed, "types": [[], ["f"], ["r"]][below(3, chance)]}
        scores = {place: 6 * merit + 4 * below(10_001, chance) for place in listed}
        applicants.append(row | ({"score": merit} if common else {"scores": scores}))
    rule = {} if common else {"choice": {"rule": "reserve_soft", "reserves": reserves}}
    return {
        "applicants": applicants,
        "openings": [{"id": place, "capacity": seats} | rule for place in places],
        "seed": seed,
    }
