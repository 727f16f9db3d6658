"""What agreements are called on pages: kinds, states, parts, steps of an office, what was done."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "mou": _("Memorandum of understanding (MoU)"),
    "technical_proposal": _("Technical proposal"),
    "implementing_arrangement": _("Implementing arrangement"),
    "data_sharing": _("Data-sharing agreement"),
}

STATES = {
    "draft": (_("being drafted"), "wait"),
    "tabled": (_("on the table"), "now"),
    "agreed": (_("agreed, not signed yet"), "part"),
    "signed": (_("signed"), "good"),
    "in_force": (_("in force"), "good"),
    "ended": (_("ended"), "none"),
    "withdrawn": (_("withdrawn"), "none"),
}
"""Each state in words, with its tone."""

LINE = {
    "draft": pgettext_lazy("station", "draft"),
    "tabled": pgettext_lazy("station", "tabled"),
    "agreed": pgettext_lazy("station", "agreed"),
    "signed": pgettext_lazy("station", "signed"),
    "in_force": pgettext_lazy("station", "in force"),
    "ended": pgettext_lazy("station", "ended"),
}
"""The way of an agreement as it is drawn."""

SAID = {
    "tabled": _("The text is before the parties. They read it, comment and accept it clause by clause."),
    "agreed": _("Every party that decides has accepted and approved the text. Signatures are missing."),
    "signed": _("Every signatory has signed."),
    "in_force": _("It binds those who signed it."),
    "ended": _("It binds nobody any more."),
}
"""What a state means to somebody who has never read an agreement."""

PARTS = {
    "signs": _("signs"),
    "agrees": _("agrees, does not sign"),
    "consulted": _("is asked for its view"),
}

SIDES = {
    "new": (_("has not received it yet"), "none"),
    "reading": (_("reads and answers"), "wait"),
    "agreed": (_("has accepted every clause"), "part"),
    "cleared": (_("legal review done"), "part"),
    "approved": (_("approved by all its desks"), "good"),
    "signed": (_("signed"), "good"),
}
"""How far an office has come, with its tone."""

TIMES = (
    ("days", _("A number of days after the agreement comes into force")),
    ("before", _("Before something is reached")),
    ("every", _("Again and again")),
)
PERIODS = (
    ("month", _("every month")),
    ("quarter", _("every three months")),
    ("half", _("every six months")),
    ("year", _("every year")),
)

DONE = {
    "start": _("The first draft is written. Nobody but your office sees it until you put it on the table."),
    "put": _("Kept in your office's copy. Nobody else sees it yet."),
    "remove": _("Taken out of your office's copy. Nobody else sees it yet."),
    "redraft": _("Your copy was filled from the programme as it is known now."),
    "discard": _("Your copy was thrown away. The version on the table stays as it is."),
    "table": _("The version is on the table. Every side has been given a day to answer."),
    "withdraw": _("The agreement was withdrawn."),
    "annex": _("The annex was added."),
    "accept": _("Accepted for your office."),
    "agree": _("Your office has accepted every clause of this version."),
    "take_back": _("Taken back: your office has not accepted this clause any more."),
    "comment": _("Your office's comment is there for every side."),
    "settle": _("The comment is settled."),
    "desks": _("The desks are named."),
    "clear": _("The legal review is recorded."),
    "approve": _("Your approval is recorded."),
    "send_back": _("Sent back to your office's negotiators."),
    "sign": _("Your signature is recorded."),
    "force": _("Your signature is recorded. With it the agreement is in force, and its duties have begun."),
    "terminate": _("Your notice is recorded. The agreement is in force until the end of that day."),
}

TONGUES = {
    "id": ("id",),
    "en": ("en",),
    "ru": ("ru",),
    "id-ru": ("id", "ru"),
    "id-en": ("id", "en"),
    "ru-en": ("ru", "en"),
}
"""In which languages a text can be read: one, or two side by side."""

NAMES = {"id": "Bahasa Indonesia", "en": "English", "ru": "Русский"}
"""What each language calls itself."""


def tongues_named(key: str) -> str:
    """Return the name of a choice of languages: two side by side by their codes."""
    return NAMES[key] if key in NAMES else key.upper().replace("-", " | ")


OFFERED = [(key, tongues_named(key)) for key in ("id-ru", "id-en", "id", "en", "ru")]
"""In which languages a paper is fetched, Indonesian and Russian side by side first."""
