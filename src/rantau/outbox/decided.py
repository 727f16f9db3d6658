"""Who is told what was decided beside the way to a seat: about people's records, and about what offices share."""

from functools import partial
from typing import Any

from rantau.agreements.queries import concerned
from rantau.allocation import queries as allocation
from rantau.allocation.queries import concerned as allocated
from rantau.applications import queries as applications
from rantau.coordination.queries import concerned as meetings
from rantau.people import queries as people
from rantau.programmes import queries as programmes
from rantau.selection import queries as selection

from .about import About, Find, office, own, ref


# --- what concerns a person ----------------------------------------------------------------------------------------------
def _application(entry: Any) -> list[About]:
    return own(applications.by_ref(ref(entry)))


def _draft(entry: Any) -> list[About]:
    found = applications.by_ref(ref(entry))
    return own(found, by=found.intake.closes_at)


def _claim(entry: Any) -> list[About]:
    return own(applications.claim_by_ref(ref(entry)).application)


def _sitting(entry: Any) -> list[About]:
    return own(selection.sitting_by_ref(ref(entry)).application)


def _round(entry: Any) -> list[About]:
    """Return everybody on the provisional list; the final one tells each person by a step of their own."""
    found = selection.round_by_ref(ref(entry))
    listed = selection.listed(found).values() if found.kind == "provisional" else ()
    return [about for one in listed for about in own(one, by=found.objections_until)]


def _lists(entry: Any) -> list[About]:
    found = allocated.allocation(ref(entry))
    return [about for one in allocated.wishing(found) for about in own(one, by=found.wishes_until)]


def _exemption(entry: Any) -> list[About]:
    return own(allocated.exemption(ref(entry)).application)


def _place(entry: Any) -> list[About]:
    return own(allocation.place_by_ref(ref(entry)).application)


def _recovery(entry: Any) -> list[About]:
    found = people.recovery_by_ref(ref(entry))
    programme = programmes.get(found.scope)
    return [About(found.person, programme, programme.version)]


# --- what concerns offices -----------------------------------------------------------------------------------------------
def _lapsed(entry: Any) -> list[About]:
    found = applications.nomination_by_ref(ref(entry))
    intake = found.intake
    told = applications.nominators(found, at=entry.at)
    return [About(one, intake.programme, intake.version, "nominations") for one in told]


def _agreement(entry: Any) -> list[About]:
    return _of(concerned.agreement(ref(entry), at=entry.at))


def _withdrawn(entry: Any) -> list[About]:
    return _of(concerned.withdrawn(ref(entry), at=entry.at))


def _side(entry: Any) -> list[About]:
    return _of(concerned.one_side(ref(entry), at=entry.at))


def _of(found: Any) -> list[About]:
    return office(found, view="agreement", args=(found.code,))


def _answer(entry: Any) -> list[About]:
    return office(concerned.answered(ref(entry), at=entry.at), view="question_desk")


def _mandate(entry: Any) -> list[About]:
    return office(concerned.mandate(ref(entry)), view="mandates")


def _duty(entry: Any) -> list[About]:
    found = concerned.duty(ref(entry), at=entry.at)
    return office(found, view="duty", args=(found.code,))


def _meeting(entry: Any, *, approving: bool = False) -> list[About]:
    found = meetings.meeting(ref(entry), approving=approving, at=entry.at)
    return office(found, view="meeting", args=(found.code,))


PEOPLE: dict[str, Find] = {
    **dict.fromkeys(("lapsed", "reopened", "silent", "forfeited"), _application),
    "guardian_agreed": _draft,
    "school_linked": _claim,
    "school_dismissed": _claim,
    "missed": _sitting,
    "provisional": _round,
    "wishes_open": _lists,
    "exemption_granted": _exemption,
    "exemption_refused": _exemption,
    "place_silent": _place,
    "settled": _place,
    "recovery_opened": _recovery,
    "recovery_used": _recovery,
}
"""The kinds that tell a person what was decided about them."""

OFFICES: dict[str, Find] = {
    "agreed": _agreement,
    "ended": _agreement,
    "agreement_withdrawn": _withdrawn,
    "sent_back": _side,
    "answer_approved": _answer,
    "answer_refused": _answer,
    "mandate_confirmed": _mandate,
    "mandate_ended": _mandate,
    "duty_dated": _duty,
    "duty_excused": _duty,
    "meeting_planned": _meeting,
    "meeting_moved": _meeting,
    "meeting_cancelled": _meeting,
    "minutes_written": partial(_meeting, approving=True),
    "minutes_approved": _meeting,
}
"""The kinds that tell those who act for an office what was decided."""

STAFF: dict[str, Find] = {"nomination_lapsed": _lapsed}
"""The kinds that tell a school's people what became of their pupils."""
