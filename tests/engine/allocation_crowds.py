"""Made-up instances of any size, the same on every machine: popular openings, scores in steps, reserves, an employer's caps."""

import random

DA = ("applicant_proposing_da", "opening_proposing_da")
CROWDS = {
    "plain": ({}, DA),
    "reserves": ({"reserves": True}, DA),
    "caps": ({"caps": True}, (*DA, "merit_wishes")),
    "reserves in caps": ({"caps": True, "reserves": True}, (*DA, "merit_wishes")),
    "minima": ({"minima": True}, ("exact",)),
}
CASES = [(name, mechanism) for name, (_, mechanisms) in CROWDS.items() for mechanism in mechanisms]
"""Every kind of crowds and the mechanisms for each."""


def crowd(people, openings, *, wishes=5, reserves=False, caps=False, minima=False, seed="crowd"):
    """Return an instance with about as many seats as people, who all want the same openings.

    Each opening has its own order by `scores`; with `caps` or `minima` one `score` counts everywhere: every tenth
    opening with its neighbours is one employer's, who takes fewer than they have seats, and pairs of employers are one
    province. `minima` asks for four fifths of the seats of each opening, and leaves a third of the people out of each.
    """
    chance = random.Random(f"{seed}|{people}|{openings}")
    names = [f"c{n:05}" for n in range(openings)]
    plain = {
        "applicants": [applicant(chance, n, names, wishes, caps or minima) for n in range(people)],
        "openings": [opening(chance, name, max(1, people // openings), reserves) for name in names],
        "seed": seed,
    }
    if caps:
        plain["caps"] = [cap(plain, names, at, width) for width in (10, 20) for at in range(0, openings, width)]
    if minima:
        for at, row in enumerate(plain["openings"]):
            row["minimum"] = row["capacity"] * 4 // 5
            row["priority"] = [[i["id"] for n, i in enumerate(plain["applicants"]) if (7 * n + at) % 3]]
    return plain


def applicant(chance, number, names, wishes, one_score):
    """Return one applicant; the first openings are wished by most."""
    types = [kind for kind, share in (("f", 0.2), ("r", 0.1)) if chance.random() < share][:1]
    merit = chance.randrange(0, 1000, 5) // (2 if types else 1)
    prefs = list(dict.fromkeys(names[int(len(names) * chance.random() ** 2)] for _ in range(wishes)))
    scores = {name: merit + chance.randrange(1000) for name in sorted(prefs)}
    return {"id": f"s{number:07}", "prefs": prefs, "types": types} | (
        {"score": merit} if one_score else {"scores": scores}
    )


def opening(chance, name, seats, reserves):
    """Return one opening of about that many seats; with reserves two tenths and one are for two types."""
    capacity = chance.randint(1, 2 * seats)
    parts = [{"type": "f", "seats": capacity // 5}, {"type": "r", "seats": capacity // 10}]
    return {"id": name, "capacity": capacity} | (
        {"choice": {"rule": "reserve_soft", "reserves": parts}} if reserves else {}
    )


def cap(plain, names, at, width):
    """Return the cap over `width` openings from one on: four fifths of their seats, two thirds where it is wide."""
    inside = names[at : at + width]
    seats = sum(row["capacity"] for row in plain["openings"][at : at + width])
    return {
        "id": f"X{width}-{at:05}",
        "openings": inside,
        "capacity": seats * 4 // 5 if width == 10 else seats * 2 // 3,
    }
