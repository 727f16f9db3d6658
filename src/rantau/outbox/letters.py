"""What each kind of message says, in the person's language and with the least data: what happened, what is next, where."""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

from rantau.engine.known import Text

from .words import AGREEMENT, DUTY, PAGE, Words
from .words_decisions import DECISIONS
from .words_leaving import LEAVING
from .words_offices import OFFICES
from .words_reminders import REMINDERS

ZONE = ZoneInfo("Asia/Jakarta")

LETTERS = {
    "receipt": Words(
        _("We have received your registration. Being early gives no advantage, and nothing more is needed now."),
        _("You will be told whether you are called for documents and tests."),
        _("Registration closes on %(by)s. After that you will be told whether you are called for documents and tests."),
    ),
    "not_called": Words(
        _("The people to be called for documents and tests have been chosen. You are not among them this time."),
        _("Your page shows the rule by which people were called. Nothing is asked of you."),
    ),
    "called": Words(
        _("You are called: your documents are asked now, tests come after that."),
        PAGE,
        _("Please hand in your documents on your page by %(by)s. A phone camera is enough."),
    ),
    "returned": Words(
        _("An officer has looked at your documents and asks you to mend something. Your registration goes on."),
        PAGE,
        _("Your page says what to mend. Please do it by %(by)s."),
    ),
    "verified": Words(
        _("Your documents have been checked and are right."),
        _("The next thing is a test. You will be told the place and the day in good time."),
    ),
    "ineligible": Words(
        _("Your registration does not go on for now. The reason is on your page only."),
        PAGE,
        _("If you think that an officer made an error, you can object once, on your page, until %(by)s."),
    ),
    "call_up": Words(
        _("You have a date for a test."),
        _("Your page shows the place, the time, and who pays the way there."),
        _("The test begins on %(by)s. Your page shows the place, and who pays the way there."),
    ),
    "upheld": Words(
        _("Your objection was decided by an officer who had no part in it: you were right."),
        _("What was wrong has been corrected. Your page shows the answer and what is next."),
    ),
    "rejected": Words(
        _("Your objection was decided by an officer who had no part in it: no error was found."),
        _("The answer with its reason is on your page."),
    ),
    "selected": Words(
        _("The final result is published. Your rank lies within the seats."),
        _("Your page shows your marks, and how anybody can check the result."),
    ),
    "reserve": Words(
        _("The final result is published. You are on the reserve list."),
        _("When a seat becomes free, the next on the list is offered it, in order. Your page shows your place."),
    ),
    "unsuccessful": Words(
        _("The final result is published. There is no seat for you this time."),
        _("Your page shows your marks, your rank, and how anybody can check the result."),
    ),
    "offer": Words(
        _("A seat is offered to you."),
        PAGE,
        _("Please accept or decline on your page by %(by)s. Without an answer the seat goes to the next person."),
    ),
    "place": Words(
        _("It has been decided where you go: your place and the reasons are on your page."),
        PAGE,
        _(
            "Please answer on your page by %(by)s: accept the place, keep it and wait for a better one, or decline it. "
            "Without an answer it counts as declined, and your page says what follows from that."
        ),
    ),
    "risen": Words(
        _("You have risen: a place that you wish more has become yours, instead of the one before."),
        PAGE,
        _(
            "Please answer once more on your page by %(by)s: accept the place, keep it and wait for a better one, or "
            "decline it. Without an answer it counts as declined, and the place before does not come back."
        ),
    ),
    "invitation": Words(
        _("Your school has named you for this programme. Nothing is registered yet, and you are free to say no."),
        _("Your school has the link with which you accept or decline."),
        _(
            "Your school has the link with which you accept or decline, until %(by)s. Without an answer, what the school "
            "wrote about you is deleted."
        ),
    ),
    "tabled": Words(
        _("A version of an agreement lies before your office."),
        _("Its page shows it clause by clause, with what differs from the version before."),
        _("Please answer it clause by clause by %(by)s. Silence is no consent: it is shown as silence."),
        AGREEMENT,
    ),
    "concluded": Words(
        _("An agreement of your office is signed by everybody who signs it, and in force."),
        _("What each office now owes stands on the board of duties, with its day."),
        label=AGREEMENT,
    ),
    "terminated": Words(
        _("One of its parties has given notice: an agreement of your office ends before its time."),
        _("Its page says who gave notice, and why."),
        _("It ends on %(by)s. Duties that are still open then end with it. Its page says who gave notice, and why."),
        AGREEMENT,
    ),
    "reply_late": Words(
        _("A party has not answered the version on the table in time."),
        _("The page of the agreement shows who is still reading."),
        _("The answer was due on %(by)s. The page of the agreement shows who is still reading."),
        AGREEMENT,
    ),
    "answered": Words(
        _("An answer to an open question was proposed. It changes nothing until a second person approves it."),
        _("You may be that person: the page of the question shows the source, and what would change."),
    ),
    "duty_soon": Words(
        _("A duty of your office is due soon."),
        _("Its page says what shows that it was done."),
        _("Its day is %(by)s. Its page says what shows that it was done, and takes the evidence."),
        DUTY,
    ),
    "duty_late": Words(
        _("The day of a duty of your office has passed, and no evidence is known."),
        _("Its page takes the evidence, also now."),
        _("It was due on %(by)s. Its page takes the evidence, also now."),
        DUTY,
    ),
    "duty_escalated": Words(
        _("A duty is still without evidence two weeks after its day. Coordinators and all parties are told."),
        _("Its page says who owes it and what shows that it was done."),
        _("It was due on %(by)s. Its page says who owes it and what shows that it was done."),
        DUTY,
    ),
    "duty_doubted": Words(
        _("The evidence of a duty of your office is doubted: the duty is open again."),
        _("Its page says why, and takes other evidence."),
        _("Its day is %(by)s. Its page says why, and takes other evidence."),
        DUTY,
    ),
    **REMINDERS,
    **DECISIONS,
    **OFFICES,
    **LEAVING,
}
"""Every kind of message; why something was decided, marks and other people are never in one."""


class Letter(NamedTuple):
    """A message ready to be sent."""

    subject: str
    text: str


def write(
    kind: str, *, locale: str, programme: Text, page: str, safety: str, code: str = "", by: dt.datetime | None = None
) -> Letter:
    """Return the message of one kind in a language; `page` and `safety` are full addresses, `code` that of the record.

    The subject is the same for every kind: on a shared phone it is read by others.
    """
    with translation.override(locale):
        words, title = LETTERS[kind], programme.in_(locale)[0]
        following = words.by % {"by": _instant(by)} if by and words.by else words.following
        parts = [
            title,
            words.label % {"code": code} if code and words.label else "",
            words.happened,
            following,
            _("Here: %(page)s") % {"page": page},
            _("We never ask for money. Whoever asks for it does not come from us: %(safety)s") % {"safety": safety},
            _("Sent by %(publisher)s.") % {"publisher": settings.PUBLISHER}
            if settings.PUBLISHER
            else _("This is not an official site: no authority publishes it yet."),
        ]
        subject = _("News on your page: %(programme)s") % {"programme": title}
        return Letter(subject=" ".join(subject.split()), text="\n\n".join(str(part) for part in parts if part) + "\n")


def _instant(at: dt.datetime) -> str:
    local = at.astimezone(ZONE)
    day = formats.date_format(local.date(), "l, j E Y" if translation.get_language() == "ru" else "l, j F Y")
    return f"{day}, {formats.date_format(local, 'H.i' if translation.get_language() == 'id' else 'H:i')} WIB"
