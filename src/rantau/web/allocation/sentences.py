"""What the division of people says in words: refusals, kinds, mechanisms, reasons wish by wish, phases, the desk's steps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "allocation.exists": _("This division was announced already. Its rules cannot be announced a second time."),
    "allocation.no_final": _("People are divided only after the final result is published."),
    "allocation.not_yours": _("This list belongs to somebody else, or you hold no seat that it could be for."),
    "allocation.not_open": _("The lists were open until %(until)s. Nobody can change one now."),
    "allocation.unknown_place": _("%(place)s is none of the places that are divided here."),
    "allocation.twice": _("%(place)s stands in the list twice. Give each place one number."),
    "allocation.barred": _("%(place)s is not open to you. Your page says why."),
    "allocation.empty": _("The list is empty. Give a number to at least one place."),
    "allocation.pending": _("It cannot go on yet: something is still unanswered. The page of the division says what."),
    "allocation.window": _("Places can be answered until %(until)s. It is decided again only after that."),
    "allocation.nobody": _("There is nobody to divide: no seat in the programme is accepted."),
    "allocation.infeasible": _(
        "Nothing was decided: the minima cannot all be met. In conflict: %(conflict)s. Short (available / required):"
        " %(short)s."
    ),
    "allocation.changed": _(
        "Something changed while the decision was computed, so nothing was decided. Start it once more."
    ),
    "exemption.exists": _("You have asked for this place already. The answer stands on your page."),
    "exemption.why": _("Write why, in at most %(longest)s characters."),
    "exemption.answer": _("Write your answer to the person, in at most %(longest)s characters."),
    "placing.undivided": _("There is nothing to divide: everybody goes to the same places."),
    "placing.unpublished": _("People cannot be divided yet. Not published: %(missing)s."),
}
"""One sentence for each refusal code of divisions, exemptions and their rules, with what can be done."""

OWN = {"field": _("Your field"), "posting": _("Your place of work")}
"""The title of a person's own page."""

KINDS = {"field": _("Division among the fields"), "posting": _("Division among the places of work")}
"""The title of the public page and of the desk."""

PLACES = {"field": _("Field"), "posting": pgettext_lazy("posting", "Place of work")}
"""What one of the places is called."""

MECHANISMS = {
    "merit_wishes": _(
        "In the order of the final result, each person gets the highest place on their list that still has a seat."
    ),
    "exact": _(
        "In the order of the final result, each person gets the highest place on their list that still has a seat and "
        "leaves enough people for the minimum of every other place. Who could fill a minimum is judged by who may go "
        "there, never by what anybody wishes."
    ),
    "applicant_proposing_da": _(
        "Everybody asks for the first place on their list. Each place keeps the best of those who ask, as far as its "
        "seats go; the others ask for their next place, until nobody has to ask any more."
    ),
    "opening_proposing_da": _(
        "Each place asks the best people in its order. A person keeps the place that stands highest on their list and "
        "lets the others go, until no place has anybody left to ask."
    ),
}
"""Each rule in plain words."""

TRUTH = _(
    "Your score and the others' choices decide which places are open to you. You get the highest of those on your list. "
    "Changing your list cannot open another place; it can only make you get a less wanted one. List every place you "
    "would accept, in the order you want it. A place you leave out cannot be given to you."
)
"""The promise that an honest list is the best one, shown where it holds and nowhere else."""

PHASES = {
    "wishing": (
        _("Lists are open"),
        _("Give each place that you would accept a number: 1 for the one that you want most."),
        _(
            "When the lists are closed, the decision is made by the rules below. Another officer publishes it. Then you "
            "read here where you go, and why."
        ),
        "now",
    ),
    "closed": (
        _("Lists are closed"),
        _("Nobody can change a list now. You need do nothing."),
        _(
            "The decision is made by the rules below, and another officer publishes it. No day is announced for that; "
            "the result will stand here."
        ),
        "wait",
    ),
    "offered": (
        _("Your answer is needed"),
        _("This place is kept for you until the day below."),
        _("No answer by then counts as no."),
        "now",
    ),
    "waiting": (
        _("You keep this place and wait for a better one"),
        _(
            "Nobody can take this place from you. If a better one on your list becomes free, the next decision gives it to "
            "you. You must then answer again by a new day, and no answer counts as no."
        ),
        _("If none becomes free, you keep this place when the rounds end. You need do nothing."),
        "good",
    ),
    "accepted": (
        _("You accepted this place"),
        _("It is yours. Later decisions about others do not change it."),
        _("What comes next, and when, is not announced yet."),
        "good",
    ),
    "declined": (_("You declined"), "", "", "none"),
    "silent": (_("No answer came in time"), "", "", "none"),
    "left": (
        _("You left the programme"),
        _("So the place that was kept for you is free again."),
        "",
        "none",
    ),
    "unplaced": (
        _("No place yet"),
        _("You keep your seat in the programme. Why none of your wishes could be met stands below."),
        _(
            "When others decline, the decision is made again with your same list. You can only gain by it. No day is "
            "announced for that."
        ),
        "part",
    ),
    "ended": (
        _("No place"),
        _("The rounds have ended, and no place on your list became free. Why stands below."),
        _(
            "What happens now with your seat in the programme is not announced. Ask an officer of the programme, and give "
            "your registration code."
        ),
        "part",
    ),
    "later": (
        _("Not yet part of a decision"),
        _("You had no accepted seat in the programme when the last decision was made."),
        _(
            "Once you have accepted a seat, the next decision counts you in, with the list that you gave while the lists "
            "were open. Nobody who has a place loses it."
        ),
        "wait",
    ),
    "over": (
        _("Not part of the division"),
        _("The rounds ended before you had an accepted seat in the programme."),
        _(
            "What happens now with your seat in the programme is not announced. Ask an officer of the programme, and give "
            "your registration code."
        ),
        "part",
    ),
}
"""What a phase is called, what it means, what is next, and its tone."""

LOST = {
    ("declined", "field"): _(
        "With the field you gave up your seat in the programme. It was offered to the next on the reserve list."
    ),
    ("declined", "posting"): _(
        "The place is free again. What that means for your seat in the programme is not announced. Ask an officer of the "
        "programme, and give your registration code."
    ),
    ("silent", "field"): _(
        "No answer counts as no, as was said. With the field your seat in the programme went to the next on the reserve "
        "list."
    ),
    ("silent", "posting"): _(
        "No answer counts as no, as was said. The place is free again. What that means for your seat in the programme is "
        "not announced. Ask an officer of the programme, and give your registration code."
    ),
}
"""What was lost with a place that was declined or not answered."""

GIVES_UP = {
    "field": _("No. I give up the field, and with it my seat in the programme. I cannot get it back."),
    "posting": _("No. I give up this place of work. I cannot get it back."),
}
"""The choice to decline, with what is lost."""

DECLINING = {
    "field": _(
        "Who declines the field gives up the seat in the programme: it goes to the next on the reserve list. There is no "
        "other penalty here."
    ),
    "posting": _(
        "Who declines gets no other place in this division. What that means for the seat in the programme is not announced."
    ),
}
"""What declining means, before anybody declines."""

LINES = {
    "PLACED": _("%(place)s: you go here."),
    "NOT_REACHED": _("%(place)s: not asked any more, because a place higher on your list is yours."),
    "NOT_ELIGIBLE": _("%(place)s: not open to you."),
    "exempt": _("%(place)s: not open to you, because you were exempted from it."),
    "needs": _(
        "%(place)s: not open to you. It asks for at least %(needed)s in “%(test)s”; you have %(mark)s of %(maximum)s."
    ),
    "unmarked": _("%(place)s: not open to you. It asks for at least %(needed)s in “%(test)s”; you have no mark there."),
    "OPENING_CLOSED": _("%(place)s: has no seats."),
    "BELOW_CUTOFF": _("%(place)s is full: the last to get in has rank %(cutoff)s, your rank is %(yours)s."),
    "TIE_LOST": _("%(place)s is full: the last to get in stands level with you, and the lot decided."),
    "CAP_FULL": _(
        "%(place)s: all seats of the programme are taken. The last to get one has rank %(cutoff)s, your rank is %(yours)s."
    ),
    "kept": _("%(place)s: no seat is free. They are kept by people who had them before, and nobody is pushed out."),
    "unranked": _("%(place)s is full: everybody with a rank in the final result comes before you."),
    "FLOOR_NEEDS": _(
        "%(place)s: with you there, too few people would have been left for the minimum of %(needy)s (%(minimum)s)."
    ),
}
"""Why a wish was met or not, one sentence each."""

BARRED = {
    "seats": _("It has no seats."),
    "exempt": _("You were exempted from it."),
    "needs": _("It asks for at least %(needed)s in “%(test)s”; you have %(mark)s of %(maximum)s."),
    "unmarked": _("It asks for at least %(needed)s in “%(test)s”; you have no mark there."),
}
"""Why a place is not open to a person."""

EXEMPTIONS = {
    "asked": (pgettext_lazy("exemption", "asked, not answered yet"), "wait"),
    "granted": (pgettext_lazy("exemption", "granted"), "good"),
    "refused": (pgettext_lazy("exemption", "not granted"), "none"),
    "taken_back": (pgettext_lazy("exemption", "taken back"), "none"),
}
"""Where a request stands, with its tone."""

ANSWERS = {
    "offered": pgettext_lazy("place", "not answered yet"),
    "accepted": pgettext_lazy("place", "accepted"),
    "waiting": pgettext_lazy("place", "kept, waiting for a better one"),
    "declined": pgettext_lazy("place", "declined"),
    "silent": pgettext_lazy("place", "no answer in time"),
    "left": pgettext_lazy("place", "left the programme"),
}
"""What people answered to their places."""

STATES = {
    "new": (_("not announced yet"), "none"),
    "open": (_("lists are open"), "now"),
    "closed": (_("lists are closed, not decided yet"), "wait"),
    "decided": (_("decided, not published yet"), "wait"),
    "published": (_("published"), "good"),
    "settled": (_("rounds have ended"), "good"),
}
"""Where a division stands, for everybody, with its tone."""

UNKNOWN = {
    "fields_split": _("whether everybody studies every field or only one"),
    "seats": _("the number of seats"),
    "placing.fields": _("the rule by which people are divided among the fields"),
    "placing.postings": _("the rule by which people are divided among the places of work"),
    "placing.least": _("how many people each place must have at least"),
    "placing.needs": _("what each place asks for"),
    "windows.wish_days": _("how many days the lists are open"),
    "windows.place_days": _("how many days there are to answer"),
}
"""What has to be published before anybody can be divided."""

NEXT = {
    "announce": (
        _("Announce the rules and open the lists"),
        _("You see first what becomes public. From then on no rule can change, and nobody has wished yet."),
    ),
    "not_yet": (
        _("Not possible yet"),
        _("People are divided after the final result, when they have a seat in the programme."),
    ),
    "unpublished": (
        _("The rules are not published"),
        _("What is missing stands below, with the office that owes it. Nobody can be divided by an unpublished rule."),
    ),
    "open": (
        _("Lists are open"),
        _("Nothing waits for you but requests for exemption. Lists close by themselves; nobody sees one before."),
    ),
    "closing": (_("The lists are being closed"), _("Their day is over. They close by themselves soon.")),
    "decide": (
        _("Make the decision"),
        _(
            "The announced rules are applied to the lists as they are. Nobody can influence it, you neither. Nothing becomes "
            "public with it."
        ),
    ),
    "waits": (_("The decision waits"), _("It can be made once nothing stands below any more.")),
    "publish": (
        _("Publish the decision"),
        _("Another officer than the one who made the decision publishes it. You see first what becomes public."),
    ),
    "answers": (
        _("Places are being answered"),
        _("Nothing waits for you. Silence counts as no when the day is over."),
    ),
    "again": (
        _("Decide again, or end the rounds"),
        _(
            "Deciding again gives free seats to those who wait or have no place: upward only, nobody loses. Ending the "
            "rounds leaves everybody the place they hold."
        ),
    ),
    "settled": (_("The rounds have ended"), _("Nothing waits for you here.")),
}
"""The next step of a division and what it does."""

WAITING = {
    "exemptions": _("requests for exemption are not answered"),
    "seats": _("seats of the programme are offered and not answered"),
    "answers": _("places are not answered"),
}
"""What a decision still waits for, behind its number."""

DONE = {
    "announce": _("The rules are announced and the lists are open."),
    "decide": _("The decision is made. Nothing is public yet."),
    "publish": _("The division is public. Everybody is asked on their own page."),
    "finish": _("The rounds have ended. Everybody keeps the place they hold."),
    "grant": _("Granted. The place cannot be given to this person."),
    "refuse": _("Not granted. The person reads your answer."),
    "list": _("Your list is kept. You can change it until %(until)s."),
    "ask": _("Your request is sealed and sent. The answer will stand on this page."),
    "take_back": _("You took the request back. The reason you wrote is deleted."),
    "accept": _("Your answer is kept: you take this place."),
    "wait": _("Your answer is kept: you keep this place and wait for a better one."),
    "decline": _("Your answer is kept: you gave this place up."),
}
"""What was done, once it is."""

TIMELINE = {
    "announced": _("Rules announced, lists open"),
    "closed": _("Lists of wishes"),
    "decided": _("Decision by the rules"),
    "published": _("Publication by another officer"),
    "answers": _("Answers"),
    "settled": _("End of the rounds"),
}

ASSUMED = {
    "rule": _("the rule"),
    "seats": _("the seats"),
    "least": _("how many at least"),
    "needs": _("what is asked for"),
}
"""What of the rules nobody announced, in a rehearsal."""

PROOFS = {
    "rotations": _("It was shown by searching for a ring of people who could all rise at once. There is none."),
    "replay": _("It was shown by making the whole decision a second time. Everything came out the same."),
}
"""How it was shown that no other division is better for those who wished."""
