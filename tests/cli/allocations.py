"""Small instances to allocate, and how to spoil them."""

import copy
import json

ORDERED = {
    "applicants": [
        {"id": "s1", "prefs": ["c5", "c1"], "types": ["female"]},
        {"id": "s2", "prefs": ["c1", "c5"]},
        {"id": "s3", "prefs": ["c1"]},
    ],
    "openings": [
        {
            "id": "c1",
            "capacity": 1,
            "priority": [["s3"], ["s2", "s1"]],
            "choice": {"rule": "reserve_soft", "reserves": [{"type": "female", "seats": 1}]},
        },
        {"id": "c5", "capacity": 1, "priority": [["s1", "s2"]]},
    ],
    "caps": [{"id": "X", "openings": ["c1", "c5"], "capacity": 2, "priority": ["s3", ["s2", "s1"]]}],
    "tie_break": ["s2", "s1"],
}
"""Openings with orders of their own: s2 and s1 are tied at c5, and the list says s2."""

SCORED = {
    "applicants": [
        {"id": "a", "prefs": ["x", "y"], "score": 90},
        {"id": "b", "prefs": ["x"], "score": 80},
        {"id": "c", "prefs": ["x", "y"], "score": 80},
        {"id": "d", "prefs": [], "score": 95},
    ],
    "openings": [{"id": "x", "capacity": 2}, {"id": "y", "capacity": 1}],
    "seed": "beacon",
}
"""One score: b and c are tied for the last seat of x, and the lot parts them."""

MINIMA = {
    "applicants": [{"id": "a", "prefs": ["x"]}, {"id": "b", "prefs": ["x"]}],
    "openings": [{"id": "x", "capacity": 2}, {"id": "y", "capacity": 2, "minimum": 2}],
    "caps": [{"id": "both", "openings": ["x", "y"], "capacity": 1}],
    "merit_order": ["a", "b"],
}


def put(path, value):
    """Write a value as JSON and return the file."""
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def changed(plain, *path_and_value):
    """Return a copy with the value at a path replaced; a callable is applied to what is there."""
    *path, last, value = path_and_value
    found = copy.deepcopy(plain)
    spot = found
    for key in path:
        spot = spot[key]
    spot[last] = value(spot[last]) if callable(value) else value
    return found
