"""What is said of decisions about a person's record, beside the way to a seat."""

from django.utils.translation import gettext_lazy as _

from .words import PAGE, Words

DECISIONS = {
    "guardian_agreed": Words(
        _("Your parent or guardian has agreed. You can go on with your registration."),
        PAGE,
        _("Registration closes on %(by)s. Your page shows what is still missing."),
    ),
    "lapsed": Words(
        _("No documents came by the day that was set: your registration has ended."),
        _("Your page shows when they were asked for, and until when."),
    ),
    "reopened": Words(
        _("A second officer has opened your documents again. This is a check of our work, not of you."),
        _("You will be told how it ends. Nothing is asked of you now."),
    ),
    "silent": Words(
        _("No answer to the offered seat came by the day that was set: it counts as declined."),
        _("The seat is offered to the next person. Your page shows when it was offered and until when."),
    ),
    "forfeited": Words(
        _("With the place, your seat in the programme has gone to the next person."),
        _("Your page shows the rule by which this happened."),
    ),
    "school_linked": Words(
        _("The school that you could not find was found: it is part of your registration now."),
        _("Your page shows it. Nothing more is needed for this."),
    ),
    "school_dismissed": Words(
        _("The school that you named could not be found among the schools we know."),
        _("Your registration goes on. Your documents will show which school it is."),
    ),
    "missed": Words(
        _("It was recorded that you did not come to a test."),
        _(
            "If that is wrong, or if you had a good reason, tell the office that called you: a second date can be given."
        ),
    ),
    "provisional": Words(
        _("The provisional result is published. No seat is given by it yet."),
        _("Your page shows your marks, your rank, and how anybody can check the result."),
        _("Your page shows your marks and your rank. If you think that a mark is wrong, you can object until %(by)s."),
    ),
    "wishes_open": Words(
        _("You can say now where you wish to go, best first."),
        PAGE,
        _("The lists close on %(by)s. Until then you can change yours as often as you like."),
    ),
    "exemption_granted": Words(
        _("Your request not to be sent to a place was granted."),
        _("That place has left your list. The answer is on your page."),
    ),
    "exemption_refused": Words(
        _("Your request not to be sent to a place was not granted."),
        _("The answer with its reason is on your page. You need not wish for that place."),
    ),
    "place_silent": Words(
        _("No answer about your place came by the day that was set: it counts as declined."),
        _("Your page says what follows from that."),
    ),
    "settled": Words(
        _("The rounds have ended: the place that you kept is yours for good."),
        _("Your page shows it. Nothing more is asked of you now."),
    ),
    "recovery_opened": Words(
        _("Somebody asked in your name for a new password to your account, and an officer is looking into it."),
        _("If that was you, come to the office with your card. If it was not, tell an officer at once."),
    ),
    "recovery_used": Words(
        _("A new password was set for your account, with the word that two officers gave out."),
        _("If that was not you, tell an officer at once. Whoever was signed in before is signed out."),
    ),
}
