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


def next_round(plain, assignment, withdrawn):
    """Return the instance of the round after: who stays keeps the seat held, below every wish above it."""
    rows = []
    for row in plain["applicants"]:
        seat = assignment[row["id"]]
        if row["id"] in withdrawn:
            rows.append(row | {"prefs": []})
        elif seat is None:
            rows.append(row)
        else:
            rows.append(row | {"prefs": row["prefs"][: row["prefs"].index(seat)], "held": seat})
    return plain | {"applicants": rows}


def halved(plain, at, first):
    """Return the instance with one opening cut in two, `first` seats in the half that everybody wishes before the other."""
    name, row = f"{at}+", next(row for row in plain["openings"] if row["id"] == at)
    rest = [other for other in plain["openings"] if other["id"] != at]
    halves = [row | {"capacity": first}, row | {"id": name, "capacity": row["capacity"] - first}]
    return plain | {
        "applicants": [
            applicant
            | {"prefs": [c for wish in applicant["prefs"] for c in ([at, name] if wish == at else [wish])]}
            | ({"scores": scores | ({name: scores[at]} if at in scores else {})} if scores is not None else {})
            for applicant in plain["applicants"]
            for scores in [applicant.get("scores")]
        ],
        "openings": [*rest, *halves],
        "caps": [
            cap | {"openings": [*cap["openings"], *([name] if at in cap["openings"] else [])]}
            for cap in plain.get("caps", [])
        ],
    }
