"""When somebody is reminded of a deadline: late enough to be of use, early enough to act."""

import datetime as dt

SHARE = 5
"""A reminder comes when a fifth of the window is left,"""

LEAST = dt.timedelta(hours=24)
"""at least so long before its end, a day in which a shared phone comes round once more,"""

MOST = dt.timedelta(days=7)
"""and at most so long: what is said earlier is forgotten again."""


def soon(begins: dt.datetime, ends: dt.datetime) -> dt.datetime:
    """Return the instant after which whoever has not acted is reminded of a deadline.

    `begins` is when the window opened, or when the deadline was set anew. Nobody is reminded in the first half of a
    window, however short it is.
    """
    window = ends - begins
    lead = min(max(window / SHARE, LEAST), MOST)
    return max(ends - lead, begins + window / 2)
