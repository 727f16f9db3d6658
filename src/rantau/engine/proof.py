"""The proof of one outcome: its row and the way up to the root that was published before any row was."""

from collections.abc import Collection
from typing import Any

from .publication import LIST_SHAPE, PUBLIC_REASONS, STANDING, Verdict
from .recount import LIST, outcome_leaf, outcome_leaves, shown_outcome
from .seal import check_proof, proof
from .shape import Shape, Unreadable, fit, hashed, named, parse, text, whole

FORMAT = "rantau.proof/1"

SHAPE: Shape = {
    "format": FORMAT,
    **LIST_SHAPE,
    "row": {"code": named, "total?": whole, "step": text, "reason": PUBLIC_REASONS, **STANDING},
    "salt": text,
    "index": whole,
    "size": whole,
    "path": [hashed],
    "root": hashed,
}


def prove(file: dict[str, Any], code: str) -> dict[str, Any]:
    """Return the proof of a publication code's outcome from a published file; it says nothing that the file does not.

    :raises LookupError: where the code is not in the list
    """
    rows = file["rows"]
    index = next((i for i, row in enumerate(rows) if row["code"] == code), None)
    if index is None:
        raise LookupError(code)
    return {
        "format": FORMAT,
        **{key: file[key] for key in LIST if key in file},
        "row": shown_outcome(rows[index]),
        "salt": rows[index]["outcome_salt"],
        "index": index,
        "size": len(rows),
        "path": list(proof(outcome_leaves(file, rows), index)),
        "root": file["outcomes"]["root"],
    }


def read(data: bytes) -> dict[str, Any]:
    """Return a proof from its bytes.

    :raises Unreadable: not UTF-8 JSON, an unknown format, or a value that does not fit
    """
    found = parse(data)
    if type(found) is not dict or found.get("format") != FORMAT:
        raise Unreadable("format", f"is not {FORMAT}")
    fit(found, SHAPE)
    return found


def verify(data: bytes, *, roots: Collection[str] = ()) -> Verdict:
    """Return whether a proof leads to its root, and to each of the published roots given; `path` is where it fails.

    Alone it shows that row, place and list belong to its root: whether that root was published, only the world knows.

    :raises Unreadable: when the bytes are no proof
    """
    found = read(data)
    index, size, rank = found["index"], found["size"], found["row"]["rank"]
    if index >= size or rank not in (None, index + 1):
        return Verdict(ok=False, path="index")
    if not _fits(len(found["path"]), index, size):
        return Verdict(ok=False, path="path")
    leaf = outcome_leaf(found, size, found["row"], found["salt"])
    leads = check_proof(leaf, index, size, found["path"], found["root"])
    return Verdict(ok=True, path="") if leads and set(roots) <= {found["root"]} else Verdict(ok=False, path="root")


def _fits(steps: int, index: int, size: int) -> bool:
    """Return whether a leaf at this place of a tree of this size is so many steps below the root."""
    while size > 1:
        split = 1 << (size - 1).bit_length() - 1
        index, size, steps = (index, split, steps - 1) if index < split else (index - split, size - split, steps - 1)
    return steps == 0
