"""In which legal phase somebody is, and for which they gather documents."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.phase import Course, Phase, ahead, phase

LEFT, WORKS, BACK = dt.date(2027, 6, 7), dt.date(2029, 7, 1), dt.date(2034, 7, 1)
days = st.dates(dt.date(2026, 1, 1), dt.date(2036, 1, 1))


@pytest.mark.parametrize(
    ("on", "country", "expected"),
    [
        (dt.date(2027, 6, 6), "RU", Phase.CANDIDATE),
        (LEFT, "RU", Phase.STUDENT),
        (dt.date(2029, 6, 30), "RU", Phase.STUDENT),
        (WORKS, "RU", Phase.WORKER_ABROAD),
        (WORKS, "ID", Phase.WORKER_AT_HOME),
        (BACK, "RU", Phase.FORMER),
        (BACK, "ID", Phase.FORMER),
    ],
)
def test_a_phase_begins_on_the_day_itself(on, country, expected):
    course = Course(home="ID", departed_on=LEFT, work_begins_on=WORKS, country=country, ended_on=BACK)
    assert phase(course, on=on) is expected


@given(left=days, works=days, back=days, first=days, later=days, country=st.sampled_from(("RU", "ID")))
def test_a_person_never_falls_back_into_an_earlier_phase(left, works, back, first, later, country):
    course = Course(home="ID", departed_on=left, work_begins_on=works, country=country, ended_on=back)
    order = list(Phase)
    first, later = sorted((first, later))
    assert order.index(phase(course, on=first)) <= order.index(phase(course, on=later))


def test_documents_are_gathered_for_the_present_phase_and_what_may_follow():
    assert {now: ahead(now) for now in Phase} == {
        Phase.CANDIDATE: (Phase.CANDIDATE, Phase.STUDENT),
        Phase.STUDENT: (Phase.STUDENT, Phase.WORKER_ABROAD, Phase.WORKER_AT_HOME),
        Phase.WORKER_ABROAD: (Phase.WORKER_ABROAD,),
        Phase.WORKER_AT_HOME: (Phase.WORKER_AT_HOME,),
        Phase.FORMER: (Phase.FORMER,),
    }
