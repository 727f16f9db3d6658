"""Messages to people on their way to the departure and home again, and to the offices that care for them there."""

from django.utils.translation import gettext_lazy as _

from .words import DEPARTURE, HOME, REPORT, Words

LEAVING = {
    "preparing": Words(
        _("Your way to departure begins: documents are gathered and you are prepared."),
        _("Your page shows every document, by when it is due, and what comes later."),
    ),
    "paper_soon": Words(
        _("A document is due soon."),
        _("Your page says which one, and takes a photo of it."),
        _("It is due on %(by)s. Your page says which one, and takes a photo of it."),
    ),
    "paper_late": Words(
        _("The day of a document has passed, and it is not here."),
        _("Your page takes it, also now. If you cannot get it, say so to an officer of the programme."),
        _("It was due on %(by)s. Your page takes it, also now. If you cannot get it, say so to an officer."),
    ),
    "paper_returned": Words(
        _("An officer has looked at a document and asks you to mend something."),
        _("Your page says which one and what to mend."),
        _("Your page says which one and what to mend. Please do it by %(by)s."),
    ),
    "paper_renew": Words(
        _("A document ends before long and has to be renewed."),
        _("Your page says which one. Begin early: an office may take weeks."),
        _("The new one is due on %(by)s. Your page says which one. Begin early: an office may take weeks."),
    ),
    "paper_expired": Words(
        _("A document has ended."),
        _("Your page says which one, and takes the new one."),
        _("It ended on %(by)s. Your page says which one, and takes the new one."),
    ),
    "cleared": Words(
        _("You are cleared to leave: everything that is asked before the departure is there."),
        _("Your page shows when and where you leave with your group, and who meets you."),
    ),
    "uncleared": Words(
        _("Something that was there before your departure does not hold any more: you are not cleared for now."),
        _("Your page shows what is missing again."),
    ),
    "released": Words(
        _("It was found that leaving with this programme is not possible. The reason is on your page only."),
        _("It is no verdict on you. Your page says what you can still do."),
    ),
    "group": Words(
        _("The day of your departure is set, or something about it has changed."),
        _("Your page shows where to gather and who meets you."),
        _("You leave on %(by)s. Your page shows where to gather and who meets you."),
    ),
    "group_cancelled": Words(
        _("The departure of your group was cancelled. Nothing is lost by it: your seat stays yours."),
        _("Your page shows the new day as soon as there is one."),
    ),
    "not_boarded": Words(
        _("It is on record that you did not board. Your seat stays yours."),
        _("An officer looks for another group. If it is wrong, say so on your page or to an officer today."),
    ),
    "arrived": Words(
        _("Somebody who left with this programme was reported as arrived."),
        _("The page of arrivals shows who has arrived, and who is still on the way."),
        label=DEPARTURE,
    ),
    "arrival_missing": Words(
        _("An arrival is missing: somebody who left was not reported as arrived in time."),
        _("The page of arrivals shows who, since when, and whom you may call."),
        label=DEPARTURE,
    ),
    "visa_asked": Words(
        _("Visas are asked for people of this programme."),
        _("The list shows for whom. Nothing of them is shown there but the name and the code."),
    ),
    "visa_issued": Words(
        _("Your visa is issued."),
        _("Your page shows from when until when it holds."),
    ),
    "visa_refused": Words(
        _("There is an answer about your visa."),
        _("It is on your page only, with what can be done now."),
    ),
    "homeward": Words(
        _("A way home is opened."),
        _("Its page shows what comes next. It costs nothing here, and no explanation is asked."),
        label=HOME,
    ),
    "homeward_plan": Words(
        _("A way home is planned, or its plan has changed."),
        _("Its page shows the day, the way, and who meets whom."),
        _("It begins on %(by)s. Its page shows the way, and who meets whom."),
        HOME,
    ),
    "lesson": Words(
        _("A lesson before departure is planned for you, or was moved."),
        _("Your page shows the topic, the day and the place."),
        _("It begins on %(by)s. Your page shows the topic and the place."),
    ),
    "lesson_cancelled": Words(
        _("A lesson before departure is cancelled."),
        _("Your page shows which one, and the next."),
        _("It was to begin on %(by)s. Your page shows the next one."),
    ),
    "charge_reported": Words(
        _("Somebody reports that money was asked of them."),
        _("Its page shows what they tell, to protection officers alone."),
        _("Please answer by %(by)s. Its page shows what they tell, to protection officers alone."),
        REPORT,
    ),
    "charge_waiting": Words(
        _("A report that money was asked has waited longer than we promised."),
        _("Its page takes the answer."),
        _("The answer was due on %(by)s. Its page takes the answer."),
        REPORT,
    ),
    "charge_answered": Words(
        _("An officer has answered something that you told us."),
        _("The answer is on your page, where only you can read it."),
        label="",
    ),
}
"""Every kind on the way: what happened and what is next; never why, never which document."""
