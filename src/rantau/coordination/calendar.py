"""Meetings and duties as a file for calendars (RFC 5545): the same data gives the same bytes, whenever it is written."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import icalendar

PRODUCT = "-//Rantau//Koordinasi//ID"
HOST = "rantau.invalid"
"""The right side of every UID: the code alone tells events apart, and no machine is named."""


@dataclass(frozen=True)
class Event:
    """One entry of a calendar; without an end it is an instant, such as the day by which a duty is owed.

    `stamp` is when the data last changed, `sequence` how often, `alarm` how long before the start a reader is reminded.
    """

    code: str
    title: str
    starts_at: dt.datetime
    stamp: dt.datetime
    ends_at: dt.datetime | None = None
    place: str = ""
    page: str = ""
    words: str = ""
    sequence: int = 0
    cancelled: bool = False
    alarm: dt.timedelta | None = None


def calendar(events: Iterable[Event]) -> bytes:
    """Return events as one iCalendar file in UTC; the UID of each is its code, so that a newer file replaces it."""
    book = icalendar.Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    for event in events:
        book.add_component(_component(event))
    return bytes(book.to_ical())


def _component(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", f"{event.code}@{HOST}")
    made.add("dtstamp", event.stamp.astimezone(dt.UTC))
    made.add("sequence", event.sequence)
    made.add("dtstart", event.starts_at.astimezone(dt.UTC))
    if event.ends_at is not None:
        made.add("dtend", event.ends_at.astimezone(dt.UTC))
    made.add("summary", event.title)
    for name, text in (("location", event.place), ("url", event.page), ("description", event.words)):
        if text:
            made.add(name, text)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.alarm is not None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.title)
        alarm.add("trigger", -event.alarm)
        made.add_component(alarm)
    return made
