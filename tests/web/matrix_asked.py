"""Open questions in the access matrix: who acts for the employer has proposed an answer that is not public yet."""

import datetime as dt
from typing import Any

from rantau.agreements.actions import mandates, questions
from rantau.engine.chance import Chance
from rantau.people.models import Person
from rantau.programmes.models import Programme

SOURCE = "Surat tarif rahasia"
AMOUNT = "91234"


def proposed(
    programme: Programme, staff: dict[str, Person], *, at: dt.datetime, chance: Chance
) -> tuple[str, list[str]]:
    """Let the employer's officer answer by a mandate, and return the answer's reference and what it tells."""
    employer = staff["employer"]
    given: dict[str, Any] = {
        "powers": ["answer"],
        "capacity": "Kepala bagian",
        "basis": "Surat kuasa 1/2026",
        "from_on": at.date(),
        "until_on": at.date() + dt.timedelta(days=365),
    }
    mandate = mandates.record(
        of=employer, programme=programme, office="rusal", person=staff["coordinator"], at=at, chance=chance, **given
    )
    mandates.confirm(mandate=mandate, person=staff["second"], at=at)
    answer = questions.propose(
        programme=programme,
        about="pay.base",
        values={"pay.base": {"amount": f"{AMOUNT}.00", "currency": "RUB"}},
        title=SOURCE,
        address="RUSAL 14/2026",
        on=at.date() - dt.timedelta(days=1),
        person=employer,
        at=at,
        chance=chance,
    )
    return answer.ref, [SOURCE, "91.234"]
