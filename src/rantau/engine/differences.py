"""Two versions of an agreement side by side: for each clause what became of it, and in each language which words changed."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias, TypeVar

from .canonical import Frozen
from .clauses import Clause, DutyTerm, Timing
from .known import Text

T = TypeVar("T")
U = TypeVar("U")
Fate: TypeAlias = Literal["added", "removed", "changed", "moved", "unchanged"]
TOKEN = re.compile(r"[ \t\n]+|[^ \t\n]+")
"""Words and what stands between them; a space that holds a number together is part of the word."""


class Segment(Frozen):
    """A run of words that both versions have (`kept`), only the earlier (`gone`) or only the later (`new`)."""

    kind: Literal["kept", "gone", "new"]
    text: str


class Passage(Frozen):
    """One text in both versions, word by word in each language; the kept and the new segments make the later version."""

    id: tuple[Segment, ...]
    en: tuple[Segment, ...]
    ru: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        """Return whether a word changed in any language."""
        return any(segment.kind != "kept" for segment in (*self.id, *self.en, *self.ru))


class DutyChange(Frozen):
    """What became of one duty: its words, and owner, timing and who may excuse it in both versions where they differ."""

    code: str
    kind: Literal["added", "removed", "changed", "unchanged"]
    what: Passage
    evidence: Passage
    owner: tuple[str | None, str | None] | None = None
    timing: tuple[Timing | None, Timing | None] | None = None
    excused_by: tuple[str | None, str | None] | None = None


class Change(Frozen):
    """What became of one clause; `was` and `now` are its numbers, counted from 1, None where it does not stand.

    A clause that was changed and moved is `changed`, with `moved` true. `answered` are the values of the programme that
    were open in the earlier version and are not in the later, `opened` the other way round.
    """

    code: str
    kind: Fate
    moved: bool = False
    was: int | None
    now: int | None
    title: Passage
    text: Passage
    rows: tuple[Passage, ...] = ()
    table: tuple[tuple[Passage, ...], ...] = ()
    duties: tuple[DutyChange, ...] = ()
    answered: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


class Summary(Frozen):
    """How many clauses met which fate."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0


def compare(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> tuple[Change, ...]:
    """Return what became of every clause, in the order of the later version; a removed one follows its old neighbour.

    Clauses are known by their code. As few of them as possible count as moved.

    :raises ValueError: where a version has a code twice
    """
    olds, news = _by_code(before), _by_code(after)
    moved = _moved([code for code in news if code in olds], list(olds))
    was, now = _numbers(olds), _numbers(news)
    return tuple(
        _change(code, olds.get(code), news.get(code), was.get(code), now.get(code), code in moved)
        for code in _order(list(olds), list(news))
    )


def summary(changes: Iterable[Change]) -> Summary:
    """Return how many clauses were added, removed, changed, only moved, and left as they were."""
    met = Counter[str](change.kind for change in changes)
    return Summary(**met)


def words(before: str, after: str) -> tuple[Segment, ...]:
    """Return the segments that lead from one text to another, word by word; an edit of one word shows one word."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = SequenceMatcher(str.isspace, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    found: list[tuple[Literal["kept", "gone", "new"], str]] = [("kept", "".join(old[:head]))]
    for step, i, j, k, m in middle.get_opcodes():
        if step == "equal":
            found.append(("kept", "".join(old[head + i : head + j])))
        else:
            found += [("gone", "".join(old[head + i : head + j])), ("new", "".join(new[head + k : head + m]))]
    found.append(("kept", "".join(old[len(old) - tail :])))
    return tuple(Segment(kind=kind, text=text) for kind, text in found if text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _by_code(clauses: tuple[Clause, ...]) -> dict[str, Clause]:
    found = {clause.code: clause for clause in clauses}
    if len(found) != len(clauses):
        raise ValueError("a version has the code of a clause twice")
    return found


def _numbers(clauses: Iterable[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(clauses, 1)}


def _moved(common: list[str], olds: list[str]) -> set[str]:
    """Return the codes outside the longest run that kept its order."""
    places = [olds.index(code) for code in common]
    tops: list[int] = []
    length: list[int] = []
    for place in places:
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
        length.append(at + 1)
    stays, want = set(), len(tops)
    for code, own in zip(reversed(common), reversed(length), strict=True):
        if own == want:
            stays.add(code)
            want -= 1
    return set(common) - stays


def _order(olds: list[str], news: list[str]) -> list[str]:
    order = list(news)
    for number, code in enumerate(olds):
        if code not in order:
            order.insert(order.index(olds[number - 1]) + 1 if number else 0, code)
    return order


def _change(code: str, old: Clause | None, new: Clause | None, was: int | None, now: int | None, moved: bool) -> Change:
    opens = tuple(old.open if old else ()), tuple(new.open if new else ())
    both = old is not None and new is not None
    return Change(
        code=code,
        kind=_fate(old, new, moved),
        moved=moved,
        was=was,
        now=now,
        title=_passage(*_both(old, new, lambda clause: clause.title)),
        text=_passage(*_both(old, new, lambda clause: clause.text)),
        rows=tuple(_paired(old.rows if old else (), new.rows if new else (), _passage)),
        table=tuple(_paired(old.table if old else (), new.table if new else (), _line)),
        duties=tuple(_duties(old.duties if old else (), new.duties if new else ())),
        answered=tuple(path for path in opens[0] if both and path not in opens[1]),
        opened=tuple(path for path in opens[1] if both and path not in opens[0]),
    )


def _fate(old: Clause | None, new: Clause | None, moved: bool) -> Fate:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    if old != new:
        return "changed"
    return "moved" if moved else "unchanged"


def _passage(old: Text | None, new: Text | None) -> Passage:
    return Passage(
        id=words(old.id if old else "", new.id if new else ""),
        en=words(old.en if old else "", new.en if new else ""),
        ru=words(old.ru if old else "", new.ru if new else ""),
    )


def _line(old: tuple[Text, ...] | None, new: tuple[Text, ...] | None) -> tuple[Passage, ...]:
    olds, news = old or (), new or ()
    width = max(len(olds), len(news))
    return tuple(_passage(_nth(olds, place), _nth(news, place)) for place in range(width))


def _nth(line: tuple[Text, ...], place: int) -> Text | None:
    return line[place] if place < len(line) else None


def _paired(olds: tuple[T, ...], news: tuple[T, ...], pair: Callable[[T | None, T | None], U]) -> Iterator[U]:
    """Yield the pairs of a list's items: equal ones meet, between them the first meets the first, and so on."""
    for _, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        for place in range(max(j - i, m - k)):
            yield pair(olds[i + place] if i + place < j else None, news[k + place] if k + place < m else None)


def _duties(olds: tuple[DutyTerm, ...], news: tuple[DutyTerm, ...]) -> Iterator[DutyChange]:
    old, new = {duty.code: duty for duty in olds}, {duty.code: duty for duty in news}
    for code in _order(list(old), list(new)):
        yield _duty(code, old.get(code), new.get(code))


def _duty(code: str, old: DutyTerm | None, new: DutyTerm | None) -> DutyChange:
    return DutyChange(
        code=code,
        kind="added" if old is None else "removed" if new is None else "changed" if old != new else "unchanged",
        what=_passage(*_both(old, new, lambda duty: duty.what)),
        evidence=_passage(*_both(old, new, lambda duty: duty.evidence)),
        owner=_differing(*_both(old, new, lambda duty: duty.owner)),
        timing=_differing(*_both(old, new, lambda duty: duty.timing)),
        excused_by=_differing(*_both(old, new, lambda duty: duty.excused_by)),
    )


def _both(old: T | None, new: T | None, read: Callable[[T], U]) -> tuple[U | None, U | None]:
    return (None if old is None else read(old), None if new is None else read(new))


def _differing(old: T | None, new: T | None) -> tuple[T | None, T | None] | None:
    return None if old == new else (old, new)
