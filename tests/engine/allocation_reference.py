"""Places given once more, plainly: the definitions themselves, over pairs (person, opening), in sets and sorted lists."""

import hashlib
import hmac


def reference(plain, mechanism):
    """Return the opening of every person, or None."""
    book = Book(plain, mechanism)
    reserves = any("reserves" in opening.get("choice", {}) for opening in book.openings)
    in_turn = mechanism == "merit_wishes" and not reserves
    decide = openings_offer if mechanism == "opening_proposing_da" else serve if in_turn else applicants_ask
    return dict.fromkeys(book.wishes) | dict(decide(book))


def applicants_ask(book):
    """Let everybody without a place ask for the next wish; those asked choose anew, until nobody has anything left."""
    held, left = set(), {i: [c for c in wishes if book.takes(i, c)] for i, wishes in book.wishes.items()}
    while asking := [i for i in left.keys() - dict(held).keys() if left[i]]:
        asked = {(i, left[i].pop(0)) for i in asking}
        near = set().union(*(book.beside[c] for c in {c for _, c in asked}))
        there = {pair for pair in held if pair[1] in near}
        held = (held - there) | book.choose(there | asked)
    return held


def openings_offer(book):
    """Let all choose from everybody who would come; each keeps the best offer and says no to whatever is worse."""
    pool = {(i, c) for i, wishes in book.wishes.items() for c in wishes if book.takes(i, c)}
    while True:
        offered, best = book.choose(pool), {}
        for i, c in offered:
            best[i] = min(book.wish[i, c], best.get(i, book.wish[i, c]))
        refused = {pair for pair in pool if book.wish[pair] > best.get(pair[0], book.wish[pair])}
        if not refused:
            return offered
        pool -= refused


def serve(book):
    """Let each in merit order take the best wish that still has room: in the opening, its type caps and all caps."""
    held = set()
    for i in sorted(book.common, key=book.common.get):
        fits = (
            {(i, c)} for c in book.wishes[i] if book.takes(i, c) and book.choose(held | {(i, c)}) == held | {(i, c)}
        )
        held |= next(fits, set())
    return held


class Book:
    """An instance read plainly: wishes, orders (0 is best, who is absent is not acceptable), and what is kept of pairs."""

    def __init__(self, plain, mechanism):
        self.openings, self.seed = plain["openings"], plain.get("seed", "")
        self.caps = sorted(plain.get("caps", []), key=lambda cap: len(cap["openings"]))
        self.people = {a["id"]: a for a in plain["applicants"]}
        self.listed = {i: place for place, i in enumerate(plain.get("tie_break", []))}
        self.wishes = {i: [*a["prefs"], *([a["held"]] if "held" in a else [])] for i, a in self.people.items()}
        self.wish = {(i, c): n for i, wishes in self.wishes.items() for n, c in enumerate(wishes)}
        people, scores = plain["applicants"], {}
        for i, c, score in ((a["id"], c, score) for a in people for c, score in a.get("scores", {}).items()):
            scores.setdefault(c, {})[i] = score
        self.common = self._order(plain.get("merit_order"), {a["id"]: a["score"] for a in people if "score" in a})
        self.beside = {o["id"]: {o["id"]}.union(*self._around(o["id"], "openings")) for o in self.openings}
        scored = [o["id"] for o in self.openings if any("scores" in a for a in people)]
        self.accepts = {
            x["id"]: self._order(x.get("priority"), scores.get(x["id"]))
            if "priority" in x or x["id"] in scored
            else self.common
            for x in [*self.openings, *self.caps]
        }
        self.orders = (
            dict.fromkeys(self.accepts, self.common) if mechanism in ("merit_wishes", "exact") else self.accepts
        )

    def takes(self, i, c):
        """Return whether a person stands in the order of an opening and of every cap over it."""
        return all(i in self.accepts[x] and i in self.orders[x] for x in [c, *self._around(c, "id")])

    def choose(self, pairs):
        """Return what is kept: each opening its choice, then each cap its best, the smallest caps first."""
        kept, reserved, at = set(), set(), {}
        for i, c in pairs:
            at.setdefault(c, []).append(i)
        for opening in (opening for opening in self.openings if opening["id"] in at):
            c, choice, most = opening["id"], opening.get("choice", {}), opening["capacity"]
            here = sorted(at[c], key=self.orders[c].get)
            first = self._within(here, choice.get("reserves", []), others=False)
            rest = [i for i in self._within(here, choice.get("caps", []), most) if i not in first]
            kept |= {(i, c) for i in [*first, *rest][:most]}
            reserved |= {(i, c) for i in first}
        for cap in self.caps:
            order, inside = self.orders[cap["id"]], [pair for pair in kept if pair[1] in cap["openings"]]
            inside.sort(key=lambda pair: (pair not in reserved, order[pair[0]], self.wish[pair]))
            kept -= set(inside[cap["capacity"] :])
        return kept

    def _within(self, here, seats, most=None, others=True):
        """Return the best, at most `most`, that fit into the seats of each of their types; `others` have no such type."""
        left, found = {part["type"]: part["seats"] for part in seats}, []
        for i in here:
            mine = [t for t in self.people[i].get("types", []) if t in left]
            if all(left[t] for t in mine) and (mine or others) and len(found) != most:
                left |= {t: left[t] - 1 for t in mine}
                found.append(i)
        return found

    def _around(self, c, key):
        return [cap[key] for cap in self.caps if c in cap["openings"]]

    def _order(self, groups, scores=None):
        """Return the standing of each: from tie groups, else from scores; the list, then the lot, parts those tied."""
        if groups is None:
            by_score = sorted((-score, self._tie(i), i) for i, score in (scores or {}).items())
            return {i: place for place, (_, _, i) in enumerate(by_score)}
        strict = [i for tied in groups for i in sorted([tied] if isinstance(tied, str) else tied, key=self._tie)]
        return {i: place for place, i in enumerate(strict)}

    def _tie(self, i):
        number = hmac.new(self.seed.encode(), i.encode(), hashlib.sha256).hexdigest()[:32]
        return (0, self.listed[i], i) if i in self.listed else (1, -int(number, 16), i)
