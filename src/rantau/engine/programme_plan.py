"""When a programme's things happen: its milestones and what each waits for, and how long its windows are open."""

from typing import Annotated, Literal

from pydantic import Field

from .canonical import Frozen
from .known import Code, Fact, Text, Words

Days = Annotated[int, Field(ge=1, le=366)]
Work = Annotated[int, Field(ge=0, le=2000)]
AgreementKind = Literal["mou", "technical_proposal", "implementing_arrangement", "data_sharing"]


class Milestone(Frozen):
    """One thing that has to be reached: after all of `after`, `days` of work later at the least, by the office `owner`.

    `by` says what shows that it is reached: the announcement itself, an officer's word with evidence (`hand`), an
    agreement in force, published selection rules (`opening`), an opened intake, a final list, a departure. `announced`
    names the date of the programme by which it was said to come. `why` says where the milestone itself comes from.
    """

    code: Code
    title: Text
    owner: Code
    after: tuple[Code, ...] = ()
    by: Literal["announced", "hand", "agreement", "opening", "intake", "selection", "departure"]
    agreement: AgreementKind | None = None
    announced: Literal["", "meeting", "recruitment", "departure"] = ""
    days: Fact[Work]
    why: Text
    sources: tuple[Words, ...] = ()


class Windows(Frozen):
    """How many days each window is open: to register, to bring files, to mend them, to object, to answer an offer.

    `reannounce_days` is how soon after the objections the result is announced again; `wish_days` and `place_days` are
    for the wishes among fields or postings, and for answering the place that came of them.
    """

    registration_days: Fact[Days]
    file_days: Fact[Days]
    return_days: Fact[Days]
    objection_days: Fact[Days]
    reannounce_days: Fact[Days]
    offer_days: Fact[Days]
    wish_days: Fact[Days]
    place_days: Fact[Days]
