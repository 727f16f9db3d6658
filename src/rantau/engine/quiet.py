"""Quiet hours: when a message that is no emergency may reach somebody, by the clock where they are."""

import datetime as dt

LONGEST = dt.timedelta(hours=10)
"""No message waits longer for the morning, in zones whose clock is not set forward or back."""


def awake(at: dt.datetime, *, zone: dt.tzinfo, evening: int, morning: int) -> dt.datetime:
    """Return the first instant from `at` on that lies outside the quiet hours of a zone.

    Quiet is from `evening` o'clock until `morning` o'clock the next day (whole hours, 0 to 24, evening the later one);
    where both are the same no hour is quiet.
    """
    local = at.astimezone(zone)
    if evening == morning or morning <= local.hour < evening:
        return at
    day = local.date() + dt.timedelta(days=local.hour >= evening)
    return dt.datetime.combine(day, dt.time(morning), tzinfo=zone).astimezone(dt.UTC)
