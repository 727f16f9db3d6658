"""What is said when a day comes near, or has moved: what is asked, and by when."""

from django.utils.translation import gettext_lazy as _

from .words import AGREEMENT, PAGE, Words

REMINDERS = {
    "draft_soon": Words(
        _("You have begun a registration, and it is not sent yet."),
        PAGE,
        _("Registration closes on %(by)s. Your page shows what is still missing."),
    ),
    "guardian_soon": Words(
        _("Your registration waits for the agreement of a parent or guardian."),
        PAGE,
        _("Registration closes on %(by)s. Your page has the link for your parent or guardian."),
    ),
    "file_soon": Words(
        _("Your documents are still missing."),
        PAGE,
        _("Please hand them in on your page by %(by)s. After that your registration ends."),
    ),
    "mend_soon": Words(
        _("An officer asked you to mend something in your documents, and waits for it."),
        PAGE,
        _("Please hand them in again on your page by %(by)s. After that your registration ends."),
    ),
    "offer_soon": Words(
        _("A seat is offered to you, and your answer is still missing."),
        PAGE,
        _("Please accept or decline by %(by)s. Without an answer the seat goes to the next person."),
    ),
    "wishes_soon": Words(
        _("You can say where you wish to go, and we have no list from you yet."),
        PAGE,
        _("The lists close on %(by)s. A place that is not on your list cannot be given to you."),
    ),
    "place_soon": Words(
        _("A place is yours, and your answer is still missing."),
        PAGE,
        _("Please answer by %(by)s. Without an answer the place counts as declined."),
    ),
    "nomination_soon": Words(
        _("A pupil whom your school named has not answered the invitation yet."),
        _("The page of your school shows which invitation it is."),
        _(
            "The invitation ends on %(by)s. Please see that the pupil knows of it: accepting and declining are both fine."
        ),
    ),
    "recovery_soon": Words(
        _("Somebody who lost access to their account waits for a second officer."),
        _("The page of lost access shows who opened it."),
        _("If nobody approves it by %(by)s, it ends, and the person has to come again."),
    ),
    "reply_soon": Words(
        _("Your office has not answered the version of an agreement that lies before it."),
        _("Its page shows which clauses still wait for your word."),
        _("Your answer is due by %(by)s. Its page shows which clauses still wait for your word."),
        AGREEMENT,
    ),
    "deadline_moved": Words(
        _("Our service was down when a deadline of yours came. The deadline moves, for everyone equally."),
        PAGE,
        _("The new deadline is %(by)s. Whatever you had sent before stays as you sent it."),
    ),
}
