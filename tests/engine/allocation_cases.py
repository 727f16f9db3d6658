"""What tests of allocations do with an instance: decide it, and change one thing in it."""

from rantau.engine.allocation import allocate
from rantau.engine.instance import read


def decide(plain, mechanism):
    """Return the assignment."""
    return allocate(read(plain), mechanism)["assignment"]


def with_row(plain, name):
    """Return the opening or the cap of that name."""
    return next(row for row in (*plain["openings"], *plain.get("caps", [])) if row["id"] == name)


def changed(plain, person, **fields):
    """Return the instance where one applicant says something else."""
    rows = [{**row, **fields} if row["id"] == person else row for row in plain["applicants"]]
    return {**plain, "applicants": rows}


def raised(plain, names):
    """Return the instance with a seat more in every opening and cap named."""
    more = {
        key: [row | {"capacity": row["capacity"] + (row["id"] in names)} for row in plain.get(key, [])]
        for key in ("openings", "caps")
    }
    return plain | more


def over(plain, opening):
    """Return an opening and all caps over it."""
    return {opening, *(cap["id"] for cap in plain.get("caps", []) if opening in cap["openings"])}
