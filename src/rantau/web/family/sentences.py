"""The sentences of the pages for those at home: refusals, what may be told, who reads it, what was done."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "kin.unnamed": _("This person has named nobody at home who is to be told."),
    "kin.untold": _("This person did not agree that anybody at home is told of this."),
    "kin.at_home": _("This person has not left home yet. Whom they want told is read only of people abroad."),
    "kin.ended": _("Your way to departure has ended, so nobody has to be told of anything."),
    "kin.events": _("Choose from the list what your family may be told, at least one."),
    "note.ended": _("Your way has ended, so no new note can be written. Those you wrote stay yours."),
    "note.empty": _("The note is empty. Write a sentence or two."),
    "note.long": _("The note has %(found)s characters; at most %(limit)s fit. Shorten it a little."),
    "note.gone": _("The words of this note are gone; it cannot be shared any more."),
    "note.links": _(
        "You have made %(limit)s links this year, and there is room for no more. In January you can again."
    ),
}
"""Every refusal of these pages."""

EVENTS = {
    "arrival": _("that I have arrived"),
    "illness": _("that I am seriously ill"),
    "accident": _("that I had an accident"),
    "death": _("that I have died"),
    "coming_home": _("that I am coming home, and when"),
}
"""What those at home may be told, as the person ticks it."""

CONSENT = _(
    "The Indonesian embassy and the protection officers may call this person for what I ticked, and for nothing else. I have"
    " told this person that I name them here."
)
"""The wording of the consent; what is kept is the digest of the words that were shown."""

READERS = {"home_mission": _("The Indonesian embassy"), "protection": _("A protection officer")}
"""Who reads whom to tell, by role."""

DONE = {
    "write": _("Your note is kept. Nobody but you can read it."),
    "take_back": _("The link shows nothing any more."),
    "throw_away": _("The note is gone."),
    "name": _("Kept. You can change it or take it back at any time."),
    "forget": _("Taken back. Nobody at home is told of anything now."),
}
"""What was done, in one sentence."""
