"""What is said to those who act for a school or an office when something they share was decided."""

from django.utils.translation import gettext_lazy as _

from .words import AGREEMENT, DUTY, MEETING, Words

OFFICES = {
    "nomination_lapsed": Words(
        _("An invitation of your school has ended without an answer. What you wrote about the pupil is deleted."),
        _("Its place in your quota is free again while registration is open."),
    ),
    "agreed": Words(
        _("Every side has agreed to the words of an agreement of your office."),
        _("Now it is approved and signed, each office in its own order. Its page shows whose turn it is."),
        label=AGREEMENT,
    ),
    "ended": Words(
        _("An agreement of your office has reached its last day and has ended."),
        _("Its page keeps the text. Duties that were still open ended with it."),
        label=AGREEMENT,
    ),
    "agreement_withdrawn": Words(
        _("An agreement of your office was withdrawn before it was signed. It binds nobody."),
        _("Its page says how far it had come."),
        label=AGREEMENT,
    ),
    "sent_back": Words(
        _("Somebody of your own office has sent an agreement back to be read again."),
        _("Its page says why."),
        label=AGREEMENT,
    ),
    "answer_approved": Words(
        _("Your office's answer to an open question was approved: the programme says it now."),
        _("The page of questions shows what is still open."),
    ),
    "answer_refused": Words(
        _("Your office's answer to an open question was not taken. The programme stays as it is."),
        _("The page of questions says why. A better source can be proposed at any time."),
    ),
    "mandate_confirmed": Words(
        _("Your mandate is confirmed: you act for your office now, within its powers and days."),
        _("The page of mandates shows both. If anything is wrong, tell the coordinator at once."),
    ),
    "mandate_ended": Words(
        _("A mandate of yours has ended. What you did by it stands."),
        _("The page of mandates shows who acts for your office now."),
    ),
    "duty_dated": Words(
        _("A duty of your office has a day now: what it waited for has come."),
        _("Its page says what shows that it was done."),
        _("Its day is %(by)s. Its page says what shows that it was done, and takes the evidence."),
        DUTY,
    ),
    "duty_excused": Words(
        _("Your office was released from a duty."),
        _("Its page says why. Nothing more is asked for it."),
        label=DUTY,
    ),
    "meeting_planned": Words(
        _("Your office is invited to a meeting."),
        _("Its page has the place, the agenda and a file for your calendar."),
        _("It begins on %(by)s. Its page has the place, the agenda and a file for your calendar."),
        MEETING,
    ),
    "meeting_moved": Words(
        _("A meeting to which your office is invited was moved to another time or place."),
        _("Its page has the place, the agenda and a file for your calendar."),
        _("It begins on %(by)s now. Its page has the place and a new file for your calendar."),
        MEETING,
    ),
    "meeting_cancelled": Words(
        _("A meeting to which your office was invited will not take place."),
        _("Nothing is asked of you. Please take it out of your calendar."),
        label=MEETING,
    ),
    "minutes_written": Words(
        _("The minutes of a meeting are handed in. They bind nobody until another office approves them."),
        _("Your office may be that one. The page of the meeting has the minutes and the decisions."),
        label=MEETING,
    ),
    "minutes_approved": Words(
        _("The minutes of a meeting are approved. Decisions with an owner are duties from now on."),
        _("The page of the meeting shows them, the board of duties their days."),
        label=MEETING,
    ),
}
