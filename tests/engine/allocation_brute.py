"""Every placement of a small instance, tried one by one: which are valid, which are stable, which keep the minima."""

from itertools import product


def placements(book):
    """Yield every placement that gives each person a wish that takes them, or nothing, inside all seats and caps."""
    table, people = list(levels(book).values()), sorted(book.wishes)

    def place(n, held):
        if n == len(people):
            yield dict.fromkeys(people) | dict(held)
            return
        yield from place(n + 1, held)
        for c in book.wishes[people[n]]:
            more = held | {(people[n], c)}
            if book.takes(people[n], c) and all(len(counted(book, more, level)) <= level[2] for level in table):
                yield from place(n + 1, more)

    return place(0, set())


def every_change(book, assignment):
    """Yield every placement that differs in one seat: one person elsewhere or nowhere, or two people the other way round."""
    people, places = sorted(assignment), [*(opening["id"] for opening in book.openings), None]
    yield from (assignment | {i: c} for i in people for c in places if c != assignment[i])
    for i, j in product(people, people):
        if i < j and assignment[i] != assignment[j]:
            yield assignment | {i: assignment[j], j: assignment[i]}


def valid(book, assignment):
    """Return whether a placement gives each a wish that takes them and keeps every number of seats."""
    held = pairs(assignment)
    return all(pair in book.wish and book.takes(*pair) for pair in held) and fits(book, held)


def pairs(assignment):
    """Return who sits where."""
    return {(i, c) for i, c in assignment.items() if c is not None}


def levels(book):
    """Return every limit by its name: (openings, type or none, seats)."""
    found = {cap["id"]: (cap["openings"], None, cap["capacity"]) for cap in book.caps}
    for opening in book.openings:
        c = opening["id"]
        found[c] = ([c], None, opening["capacity"])
        found |= {f"{c}:{p['type']}": ([c], p["type"], p["seats"]) for p in opening.get("choice", {}).get("caps", [])}
    return found


def counted(book, held, level):
    """Return who counts at a limit."""
    inside, kind, _ = level
    return [i for i, c in held if c in inside and (kind is None or kind in book.people[i].get("types", []))]


def fits(book, held):
    """Return whether nowhere sit more people than there are seats."""
    return all(len(counted(book, held, level)) <= level[2] for level in levels(book).values())


def blocking(book, assignment, giving_up=False):
    """Return the pairs (person, opening) where the person wants the opening more and the choice would keep them.

    With `giving_up` their own seat is free again before they ask.
    """
    held = pairs(assignment)
    wanted = [
        (i, c)
        for i, wishes in book.wishes.items()
        for c in wishes
        if book.takes(i, c) and book.wish[i, c] < book.wish.get((i, assignment[i]), len(wishes))
    ]
    own = pairs if giving_up else lambda _: set()
    return [pair for pair in wanted if pair in book.choose((held - own({pair[0]: assignment[pair[0]]})) | {pair})]


def stable(book):
    """Return all valid placements without a blocking pair."""
    return [assignment for assignment in placements(book) if not blocking(book, assignment)]


def at_least(book, one, other):
    """Return whether nobody is worse off in one placement than in the other."""
    return all(standing(book, one, i) <= standing(book, other, i) for i in other)


def standing(book, assignment, person):
    """Return which of their wishes a person has in a placement, 0 the best; nothing comes after every wish."""
    return book.wish.get((person, assignment[person]), len(book.wishes[person]))


def keeping_minima(book):
    """Return what `exact` gives, by trying every way to place those still to come; None where the minima cannot be met."""
    order = sorted(book.common, key=book.common.get)
    minima = {x["id"]: x.get("minimum", 0) for x in by_number(book)}
    held = set()
    if not completable(book, held, order, minima):
        return None
    for n, i in enumerate(order):
        here = ({(i, c)} for c in book.wishes[i] if book.takes(i, c))
        place = next((pair for pair in here if completable(book, held | pair, order[n + 1 :], minima)), set())
        held |= place
        if not place:
            minima = lowered(book, held, order[n + 1 :], minima)
    return dict.fromkeys(book.wishes) | dict(held)


def by_number(book):
    """Return openings by id, then caps by id: the order in which minima are kept when not all can be."""
    return [*sorted(book.openings, key=lambda x: x["id"]), *sorted(book.caps, key=lambda x: x["id"])]


def lowered(book, held, rest, minima):
    """Return the minima that can still be met: as many seats of the first as possible, then of the next."""
    for name in minima if not completable(book, held, rest, minima) else ():
        below = dict.fromkeys(minima, 0) | dict(list(minima.items())[: list(minima).index(name)])
        while not completable(book, held, rest, below | {name: minima[name]}):
            minima = minima | {name: minima[name] - 1}
    return minima


def completable(book, held, rest, minima):
    """Return whether those to come can be placed where they are taken, wished or not, so that every minimum is met."""
    if not fits(book, held):
        return False
    table = levels(book)
    if all(len(counted(book, held, table[name])) >= minimum for name, minimum in minima.items()):
        return True
    if not rest:
        return False
    i, *others = rest
    takers = [o["id"] for o in book.openings if book.takes(i, o["id"])]
    return any(completable(book, held | pair, others, minima) for pair in (*({(i, c)} for c in takers), set()))


def categories(book, published, person):
    """Return the categories of an opening that a person has."""
    return [kind for kind in published if kind in book.people[person]["types"]] or ["*"]


def reaches(book, published, person):
    """Return whether a person stands at or above the last one in at every level of every category they have."""
    for kind in categories(book, published, person):
        for level, last in published[kind].items():
            order = book.orders[level.split(":")[0]]
            if last == "" or (last is not None and order[person] > order[last]):
                return False
    return True
