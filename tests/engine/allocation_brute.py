"""Every placement of a small instance, tried one by one: which are valid, which are stable, which none can better."""

from itertools import product


def placements(book):
    """Yield every placement that gives each person a wish that takes them, or nothing, inside all seats and caps."""
    people = sorted(book.wishes)
    for places in product(*([*(c for c in book.wishes[i] if book.takes(i, c)), None] for i in people)):
        assignment = dict(zip(people, places, strict=True))
        if valid(book, assignment):
            yield assignment


def valid(book, assignment):
    """Return whether a placement gives each a wish that takes them and keeps every number of seats."""
    pairs = {(i, c) for i, c in assignment.items() if c is not None}
    if any(pair not in book.wish or not book.takes(*pair) for pair in pairs):
        return False
    for place in (*book.openings, *book.caps):
        inside = [i for i, c in pairs if c in place.get("openings", [place["id"]])]
        limits = [("", place["capacity"]), *((p["type"], p["seats"]) for p in place.get("choice", {}).get("caps", []))]
        if any(len([i for i in inside if not t or t in book.people[i].get("types", [])]) > n for t, n in limits):
            return False
    return True


def blocking(book, assignment):
    """Return the pairs (person, opening) where the person wants the opening more and the choice would keep them."""
    held = {(i, c) for i, c in assignment.items() if c is not None}
    wanted = [
        (i, c)
        for i, wishes in book.wishes.items()
        for c in wishes
        if book.takes(i, c) and book.wish[i, c] < book.wish.get((i, assignment[i]), len(wishes))
    ]
    return [pair for pair in wanted if pair in book.choose(held | {pair})]


def stable(book):
    """Return all valid placements without a blocking pair."""
    return [assignment for assignment in placements(book) if not blocking(book, assignment)]


def at_least(book, one, other):
    """Return whether nobody is worse off in one placement than in the other."""
    return all(book.wish.get((i, one[i]), 99) <= book.wish.get((i, c), 99) for i, c in other.items())
