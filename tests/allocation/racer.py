"""One of two processes that act on the same allocation at the same time; it writes the code of a refusal to stderr.

`racer.py announce INTAKE PERSON AT`, `decide ALLOCATION PERSON AT`, `answer PLACE SAYS AT`.
It says "ready" once Django has started and begins when it is told to.
"""

import datetime as dt
import sys
from importlib import import_module
from typing import Any

import django
from django.apps import apps


def announce(intake: str, person: str, at: str) -> None:
    """Announce the fields."""
    wishing = import_module("rantau.allocation.actions.wishing")
    wishing.announce(
        intake=one("programmes.Intake", intake, "programme", "version"),
        kind="field",
        person=one("people.Person", person),
        at=dt.datetime.fromisoformat(at),
        chance=import_module("rantau.engine.chance").seeded(person),
    )


def decide(allocation: str, person: str, at: str) -> None:
    """Run the decision."""
    import_module("rantau.allocation.actions.deciding").decide(
        allocation=one("allocation.Allocation", allocation, "intake__programme", "intake__version"),
        person=one("people.Person", person),
        at=dt.datetime.fromisoformat(at),
    )


def answer(place: str, says: str, at: str) -> None:
    """Answer a place by its person's hand."""
    found = one("allocation.Place", place, "allocation__intake__programme", "allocation__intake__version")
    import_module("rantau.allocation.actions.deciding").answer(
        place=found, says=says, person=found.application.person, at=dt.datetime.fromisoformat(at)
    )


def one(model: str, ref: str, *related: str) -> Any:
    """Return the record of a reference."""
    return apps.get_model(model).objects.select_related(*related).get(ref=ref)


if __name__ == "__main__":
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    refusal = import_module("rantau.engine.refusal").Refusal
    try:
        {"announce": announce, "decide": decide, "answer": answer}[sys.argv[1]](*sys.argv[2:])
    except refusal as refused:
        sys.stderr.write(refused.code)
