"""Made-up instances of any size, the same on every machine: popular openings, scores in steps, reserves, an employer's caps."""

import random


def crowd(people, openings, *, wishes=5, reserves=False, caps=False, minima=False, seed="crowd"):
    """Return an instance with a third as many seats as people.

    Each opening has its own order by `scores`; with `caps` or `minima` one `score` counts everywhere: every tenth
    opening with its neighbours is one employer's, who takes fewer than they have seats, and pairs of employers are one
    province. `minima` asks for a few people in each opening.
    """
    chance = random.Random(f"{seed}|{people}|{openings}")
    names = [f"c{n:05}" for n in range(openings)]
    plain = {
        "applicants": [applicant(chance, n, names, wishes, caps or minima) for n in range(people)],
        "openings": [opening(chance, name, max(1, people // 3 // openings), reserves) for name in names],
        "seed": seed,
    }
    if caps:
        plain["caps"] = [cap(plain, names, at, width) for width in (10, 20) for at in range(0, openings, width)]
    if minima:
        plain["openings"] = [row | {"minimum": min(2, row["capacity"])} for row in plain["openings"]]
    return plain


def applicant(chance, number, names, wishes, one_score):
    """Return one applicant; the first openings are wished by most."""
    merit = chance.randrange(1000)
    prefs = list(dict.fromkeys(names[int(len(names) * chance.random() ** 2)] for _ in range(wishes)))
    types = [kind for kind, share in (("f", 0.4), ("r", 0.1)) if chance.random() < share][:1]
    scores = {name: merit + 9 * chance.randrange(1000) for name in sorted(prefs)}
    return {"id": f"s{number:07}", "prefs": prefs, "types": types} | (
        {"score": merit} if one_score else {"scores": scores}
    )


def opening(chance, name, seats, reserves):
    """Return one opening of about that many seats; with reserves a fifth and a tenth of them are for two types."""
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
