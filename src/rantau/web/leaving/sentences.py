"""Every code of the last stretch in words: refusals, states, what is missing, reasons, events."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "clearance.missing": _("Nobody is cleared while something is missing. What it is stands on this person's page."),
    "clearance.reason": _("Choose the reason from the list."),
    "group.past": _("The day of departure has to lie in the future."),
    "group.order": _("The arrival has to come after the departure."),
    "group.unmet": _("Name who meets the group there before it is announced; nobody arrives to nobody."),
    "group.over": _("This group takes nobody any more: it has left or was cancelled."),
    "group.member": _("These people cannot be moved now: %(codes)s."),
    "group.empty": _("Nobody is in this group."),
    "group.not_cleared": _("These people are not cleared: %(codes)s. Take them out of the group first."),
    "group.travelling": _("These people have not arrived yet: %(codes)s."),
    "visa.nobody": _("Tick at least one person."),
    "visa.asked": _(
        "For these people no visa can be asked now: %(codes)s. One is asked or issued, or they do not leave."
    ),
    "visa.passport": _("No officer has seen the passport of these people: %(codes)s."),
    "visa.basis": _(
        "Nothing allows these people to be shown to the host state yet: %(codes)s. Each of them can allow it on their own"
        " page, or an agreement on data has to be in force that the embassy signed."
    ),
    "visa.dates": _("A visa ends after it begins."),
    "visa.reason": _("Choose the reason from the list."),
    "arrival.time": _("The arrival lies after the departure and not in the future."),
    "arrival.none": _("This is possible after the arrival."),
    "arrival.nobody": _("Tick at least one person."),
    "homeward.reason": _("Choose the reason from the list."),
    "homeward.home": _("A way home is opened for somebody who has left; before that a seat can be given up."),
    "homeward.open": _("A way home is open already."),
    "homeward.order": _("The arrival has to come after the departure."),
    "homeward.payer": _("Only an office of the programme can be named as the one who pays, never the person."),
    "exchange.purpose": _("Write what the file is for. No file leaves without a purpose."),
    "exchange.empty": _("The sheet has no row below its heading."),
    "exchange.rows": _("Nothing was taken in: rows of the sheet have to be mended first."),
    "exchange.nobody": _("Nobody is cleared or has left, so there is nothing to hand over."),
}
"""One sentence for each refusal code of the last stretch."""

STATES = {
    "preparing": (pgettext_lazy("way", "preparing"), "part"),
    "cleared": (pgettext_lazy("way", "cleared to leave"), "good"),
    "departed": (pgettext_lazy("way", "has left"), "now"),
    "arrived": (pgettext_lazy("way", "has arrived"), "good"),
    "home": (pgettext_lazy("way", "is home again"), "none"),
    "refused": (pgettext_lazy("way", "cannot leave"), "none"),
    "withdrawn": (pgettext_lazy("way", "gave the seat up"), "none"),
}
"""Where somebody's way stands, with its tone."""

GAPS = {
    "document.missing": _("%(about)s is missing"),
    "document.unseen": _("%(about)s was given and not seen by an officer yet"),
    "document.ends": _("%(about)s ends before the departure"),
    "topic.missing": _("%(about)s: no lesson attended"),
    "topic.begun": _("%(about)s: not enough hours"),
    "topic.again": _("%(about)s: to come again"),
    "visa.missing": _("no visa is issued"),
    "visa.refused": _("the host state refused the visa"),
    "group.missing": _("in no group"),
    "group.unmet": _("nobody is named who meets the group"),
}
"""What is missing before somebody may leave; documents and topics by their title."""

GROUPS = {
    "planned": (pgettext_lazy("group", "planned, nobody is told"), "wait"),
    "announced": (pgettext_lazy("group", "announced"), "now"),
    "departed": (pgettext_lazy("group", "has left"), "part"),
    "closed": (pgettext_lazy("group", "closed"), "good"),
    "cancelled": (pgettext_lazy("group", "cancelled"), "none"),
}
"""Where a group stands, with its tone."""

VISAS = {
    "asked": (pgettext_lazy("visa", "asked, not answered yet"), "wait"),
    "issued": (pgettext_lazy("visa", "issued"), "good"),
    "refused": (pgettext_lazy("visa", "refused by the host state"), "none"),
    "taken_back": (pgettext_lazy("visa", "taken back"), "none"),
}
"""Where a visa stands, with its tone."""

VISA_REASONS = {
    "documents": _("The papers that were handed in are not enough."),
    "earlier_stay": _("An earlier stay or entry stands against it."),
    "security": _("The host state gives no other reason than its security."),
    "quota": _("No place is left under the host state's numbers."),
    "no_reason": _("The host state gave no reason."),
}
"""Why a host state refuses a visa, as it said it."""

REFUSED = {
    "visa": _("The host state refused the visa."),
    "medical": _("An examination says that taking part is not possible."),
    "false_document": _("A document is not what it says."),
    "not_prepared": _("The preparation was not taken part in."),
}
"""Why somebody who accepted cannot leave."""

HINDERED = {
    "passport": _("passport not seen by an officer yet"),
    "basis": _("has not allowed the embassy to be shown their name, and no agreement on data is in force"),
}
"""Why a visa cannot be asked for somebody yet."""

HOMEWARDS = {
    "open": (pgettext_lazy("homeward", "open, not planned yet"), "now"),
    "planned": (pgettext_lazy("homeward", "planned"), "part"),
    "travelling": (pgettext_lazy("homeward", "on the way home"), "part"),
    "home": (pgettext_lazy("homeward", "home"), "good"),
    "stayed": (pgettext_lazy("homeward", "stays after all"), "none"),
    "closed": (pgettext_lazy("homeward", "closed"), "none"),
}
"""Where a way home stands, with its tone."""

REASONS = {
    "leaving": _("wants to go home"),
    "illness": _("illness"),
    "accident": _("accident"),
    "pregnancy": _("pregnancy"),
    "death": _("death"),
    "family": _("something at home"),
    "expelled": _("has to leave the place of study or the country"),
    "end": _("the programme has ended"),
}
"""Why somebody comes home."""

DONE = {
    "clear": _("Cleared to leave. What was checked is kept and can be computed again."),
    "reopen": _("The clearance is taken back."),
    "refuse": _("Recorded. The person reads the reason, and the seat goes on by rule."),
    "miss": _("Recorded: this person is at home and needs another group."),
    "plan": _("The group is planned. Nobody is told before you announce it."),
    "change": _("The group is changed; where it was announced everybody in it is told."),
    "announce": _("The group is announced; everybody in it is told."),
    "depart": _("The departure is recorded. Who has not arrived a day after the planned arrival raises an alarm."),
    "cancel": _("The group is cancelled; everybody in it is told."),
    "close": _("The group is closed."),
    "put": _("The people are in the group."),
    "out": _("The people are out of the group."),
    "visa_ask": _("The visas are asked. The embassy of the host state now sees name and code."),
    "visa_answer": _("The answer is kept, and each person is told on their own page."),
    "visa_back": _("Taken back. The embassy of the host state sees this person no longer."),
    "arrivals": _("The arrivals are kept."),
    "home_open": _("The way home is open."),
    "home_plan": _("The plan is kept, and the person is told."),
    "home_travel": _("The journey has begun."),
    "home_arrive": _("Home. Nothing more is asked."),
    "home_stay": _("Recorded: stays after all."),
    "home_close": _("Closed."),
    "home_tell": _("It is on record that the family was told, without a name."),
    "own_arrived": _("Thank you. Your arrival is on record."),
    "own_permit": _("Kept. The embassy may be shown your name and your code."),
    "own_forbid": _("Taken back. The embassy is shown nothing of you any more."),
    "own_withdraw": _("You gave your seat up. Nothing is owed."),
    "exchange_in": _("The answer is kept, row by row."),
}
"""What was done, once it is."""
