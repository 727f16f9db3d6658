"""What the refusals of agreements are in words."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "agreement.annexes": _("An agreement has at most %(limit)s annexes. Put several papers into one PDF."),
    "agreement.chain": _(
        "Your office has not named the desks that approve. Somebody with a mandate to draft names them."
    ),
    "agreement.changed": _(
        "Another office signed at the same moment, and the file was sealed anew. Load the page again and sign once more."
    ),
    "agreement.clause": _("This clause is not in the version on the table, or is not accepted. Load the page again."),
    "agreement.closed": _("This is no longer possible: the agreement, or your office's part in it, has moved on."),
    "agreement.consulted": _(
        "Your office cannot do this here: it is asked for its view, or the draft is another office's."
    ),
    "agreement.desks": _(
        "Name from one to %(limit)s desks, before the legal review is done. After it the chain stands as it is."
    ),
    "agreement.drafter": _(
        "Only an office that would sign it can draft it, and only the one that did can withdraw it."
    ),
    "agreement.empty": _("An agreement has one clause at least. Write another one before this one is taken out."),
    "agreement.newer": _("Meanwhile version %(number)s was tabled. Read what it changes, and answer that one."),
    "agreement.no_signatory": _("Your office does not sign this agreement."),
    "agreement.notice": _("The last day lies between %(first)s and %(last)s."),
    "agreement.parties": _("The programme names no office that could sign for one of the parties."),
    "agreement.same": _("Nothing was changed: your copy says the same as the version on the table."),
    "agreement.settled": _("Somebody has settled this comment already."),
    "agreement.signing": _(
        "An office has approved or signed this version, so it cannot be changed any more. It would have to be sent back first."
    ),
    "agreement.stale": _(
        "Meanwhile version %(number)s was tabled. Your copy was begun from an older one and stays as it is: copy what you"
        " still want, throw the copy away, and write into the newest version."
    ),
    "agreement.text": _("Words are missing: write the comment, the answer or the reason."),
}
