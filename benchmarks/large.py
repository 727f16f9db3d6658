"""Measure large allocations with reserves beside a NumPy sort of the same applications."""

import csv
import io
import json
import time
from typing import Any

import numpy as np
from measured import Measured, computed

from rantau.cli.columns import SHEETS, decide, sheet, written
from rantau.engine import allocation, columns_certificate, fast, instance, table
from rantau.engine.columns import Columns, Whole
from rantau.engine.shape import parse
from rantau.engine.sheet import Sheet

WISHES, TYPES = 5, 4
SORT = "numpy.sort of the {:,} application keys"


def market(people: int, openings: int, seed: int = 1) -> Columns:
    """Return made-up columns: seats for three in ten, four tenths of them reserved for four types, some openings popular.

    Keys are `6 * merit + 4 * own mark` with the place among the tied behind it.
    """
    chance = np.random.default_rng(seed)
    wishes = _distinct(chance, people, openings)
    owner, opening = np.repeat(np.arange(people), WISHES), wishes.ravel()
    kind = chance.integers(0, TYPES + 1, people)
    score = 6 * chance.integers(0, 10_001, people)[owner] + 4 * chance.integers(0, 10_001, len(owner))
    seats = np.full(openings, people * 3 // (10 * openings))
    reserve = np.tile(np.array([0, *[1] * TYPES]), openings) * np.repeat(seats // 10, TYPES + 1)
    return Columns(
        starts=np.arange(0, len(owner) + 1, WISHES),
        opening=opening,
        group=opening * (TYPES + 1) + kind[owner],
        key=(score << 24) + chance.permutation(people)[owner],
        capacity=seats,
        groups=np.arange(0, openings * (TYPES + 1) + 1, TYPES + 1),
        reserve=reserve,
    )


def _distinct(chance: np.random.Generator, people: int, openings: int) -> Whole:
    """Return different wishes for everybody, the first openings wished most."""
    found = np.zeros((people, WISHES), dtype=np.int64)
    again = np.arange(people)
    while len(again):
        found[again] = openings * chance.random((len(again), WISHES)) ** 2
        ordered = np.sort(found[again], axis=1)
        again = again[(np.diff(ordered, axis=1) == 0).any(axis=1)]
    return found


def without(columns: Columns, chosen: Whole, gone: Whole) -> Columns:
    """Return what is decided again after some withdrew: the others' lists end with the seat they hold."""
    last = np.where(chosen < 0, columns.starts[1:] - 1, chosen)
    owner = columns.owner
    stays = np.arange(len(columns.key)) <= last[owner]
    left = np.ones(columns.people, dtype=bool)
    left[gone] = False
    stays &= left[owner]
    counts = np.bincount(owner[stays], minlength=columns.people)
    starts = np.concatenate(([0], np.cumsum(counts)))
    parts = (columns.opening[stays], columns.group[stays], columns.key[stays])
    return Columns(starts, *parts, columns.capacity, columns.groups, columns.reserve)


def certified(columns: Columns, chosen: Whole) -> bool:
    """Return whether a result is valid, passes nobody over, and is the best for applicants."""
    valid = columns_certificate.valid(columns, chosen) and not len(columns_certificate.blocking(columns, chosen))
    return valid and columns_certificate.best(columns, chosen)


def measured(people: int = 100_000, openings: int = 1_000) -> list[Measured]:
    """Return what one large instance takes, part by part."""
    columns = market(people, openings)
    sort, baseline = computed(lambda: np.sort(columns.key), 5), SORT.format(len(columns.key))

    def line(what: str, seconds: float) -> Measured:
        return Measured(what, baseline, 1, seconds, 1, sort)

    begin = time.process_time()
    chosen = fast.applicants_propose(columns, compiled=True)
    first = time.process_time() - begin
    assert certified(columns, chosen)
    assert (fast.applicants_propose(columns, compiled=False) == chosen).all()
    gone = np.random.default_rng(2).permutation(people)[: people // 20]
    again = fast.applicants_propose(without(columns, chosen, gone), compiled=True)
    stay = np.setdiff1d(np.flatnonzero(chosen >= 0), gone)
    assert (again[stay] >= 0).all()  # who stays keeps a seat: no worse than the one held, which ends the list
    order = np.argsort(-np.random.default_rng(3).permutation(people))
    return [
        line("placed, compiled", computed(lambda: fast.applicants_propose(columns, compiled=True), 5)),
        line("placed, plain Python", computed(lambda: fast.applicants_propose(columns, compiled=False))),
        line("certificate: valid, nobody passed over, best", computed(lambda: certified(columns, chosen), 5)),
        line(
            "5 % withdrew: lists cut, placed again, compiled",
            computed(lambda: fast.applicants_propose(without(columns, chosen, gone), compiled=True)),
        ),
        line("one order, served in turn, compiled", computed(lambda: fast.serve(columns, order, compiled=True), 5)),
        line("one order, served in turn, plain Python", computed(lambda: fast.serve(columns, order, compiled=False))),
        line("the first compiled run, with the compiling", first),
    ]


def scaling(sizes: tuple[int, ...] = (25_000, 50_000, 100_000, 200_000)) -> list[Measured]:
    """Return what growing instances take, each beside the sort of its own keys."""
    lines = []
    for people in sizes:
        columns = market(people, people // 100)
        sort, baseline = computed(lambda c=columns: np.sort(c.key), 5), SORT.format(len(columns.key))
        for compiled, how in ((True, "compiled"), (False, "plain Python")):
            took = computed(lambda c=columns, k=compiled: fast.applicants_propose(c, compiled=k))
            lines.append(Measured(f"{people:,} people, placed, {how}", baseline, 1, took, 1, sort))
        chosen = fast.applicants_propose(columns, compiled=True)
        took = computed(lambda c=columns, k=chosen: certified(c, k))
        lines.append(Measured(f"{people:,} people, certificate", baseline, 1, took, 1, sort))
    return lines


def from_sheets(people: int = 100_000, openings: int = 1_000) -> list[Measured]:
    """Return what the same takes from three CSV files to one, in plain Python, beside parsing the largest of them."""
    plain = described(market(people, openings))
    texts = {name: "\n".join(lines).encode() for name, lines in _lines(plain).items()}
    parsing = computed(lambda: list(csv.reader(io.StringIO(texts["preferences"].decode()))))

    def read() -> list[Sheet]:
        return [sheet(texts[name], name, *parts) for name, parts in SHEETS.items()]

    sheets = read()
    rows = list(decide(sheets, None, "bench")[0])
    parts = {
        "parsed": read,
        "checked, as columns of numbers": lambda: table.read(*sheets, seed="bench", serial=False),
        "the same, placed, certified, and a row for everybody": lambda: list(decide(sheets, None, "bench")[0]),
        "the rows as bytes": lambda: written(rows),
    }
    baseline = f"csv.reader over {len(texts['preferences']) / 1e6:.0f} MB of wishes"
    return [
        Measured(f"{people:,} people: {what}", baseline, 1, computed(work), 1, parsing) for what, work in parts.items()
    ]


def _lines(plain: dict[str, Any]) -> dict[str, list[str]]:
    """Return an instance as the lines of three sheets."""
    applicants = [f"{row['id']},{' '.join(row['types'])}" for row in plain["applicants"]]
    openings = []
    for row in plain["openings"]:
        reserves = " ".join(f"{part['type']}:{part['seats']}" for part in row["choice"]["reserves"])
        openings.append(f"{row['id']},{row['capacity']},{reserves}")
    wishes = [
        f"{row['id']},{place},{rank},{row['scores'][place]}"
        for row in plain["applicants"]
        for rank, place in enumerate(row["prefs"], 1)
    ]
    return {
        "applicants": ["id,types", *applicants],
        "openings": ["id,capacity,reserves", *openings],
        "preferences": ["applicant,opening,rank,score", *wishes],
    }


def in_full(people: int = 20_000, openings: int = 200) -> list[Measured]:
    """Return what an instance takes as JSON, with a reason for every wish, beside reading its bytes with `json`."""
    data = json.dumps(described(market(people, openings))).encode()
    plain = computed(lambda: json.loads(data))
    read = instance.read(parse(data))
    result = allocation.allocate(read)
    parts = {
        "parse(): strictly": lambda: parse(data),
        "instance.read(): checked, with its digest": lambda: instance.read(parse(data)),
        "allocate(): places, reasons, cut-offs, certificate": lambda: allocation.allocate(read),
        "dump(): canonical bytes": lambda: allocation.dump(result),
    }
    baseline = f"json.loads of {len(data) / 1e6:.0f} MB"
    return [
        Measured(f"{people:,} people: {what}", baseline, 1, computed(work), 1, plain) for what, work in parts.items()
    ]


def described(columns: Columns) -> dict[str, Any]:
    """Return columns as an instance in full."""
    opening, key, group = columns.opening.tolist(), (columns.key >> 24).tolist(), columns.group.tolist()
    starts, size = columns.starts.tolist(), TYPES + 1
    applicants = []
    for person in range(columns.people):
        mine = range(starts[person], starts[person + 1])
        places = [f"c{opening[at]:05d}" for at in mine]
        kind = group[mine[0]] % size
        scores = dict(zip(places, (key[at] for at in mine), strict=True))
        applicants.append(
            {"id": f"s{person:07d}", "prefs": places, "types": [f"t{kind}"] if kind else [], "scores": scores}
        )
    openings = []
    for number, seats in enumerate(columns.capacity.tolist()):
        reserves = [{"type": f"t{kind}", "seats": seats // 10} for kind in range(1, size)]
        choice = {"rule": "reserve_soft", "reserves": reserves}
        openings.append({"id": f"c{number:05d}", "capacity": seats, "choice": choice})
    return {"applicants": applicants, "openings": openings, "seed": "bench"}
