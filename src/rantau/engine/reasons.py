"""The lists from which officers choose a reason: nobody is refused in one word or in free text alone."""

RETURN = (
    "unreadable",  # a document cannot be read
    "wrong_document",  # another paper than the one asked for
    "incomplete_document",  # a page or a side is missing
    "answer_differs",  # the answer differs from the document; the person can correct it
    "not_own_document",  # the document names somebody else
)
"""Why a file goes back to the person, who can mend it until a date."""

REFUSE = (
    "too_young",
    "too_old",
    "graduation_year",
    "other_major",
    "average_too_low",
    "duplicate",  # the same person registered twice
    "false_document",
    "requirement",  # another published requirement, named in the note
)
"""Why an application cannot go on; each may be objected to once."""

REQUIRED_DOCUMENTS = ("identity_card", "diploma", "report", "photo")
"""What is asked from those who are called, and from nobody else."""

PURPOSES = {"selection": True, "school_result": False, "statistics": False}
"""Purposes of consent, and whether the registration cannot go on without it."""

FAVOURS = ("call", "visit", "gift", "superior", "other")
"""How a request for favour reached an officer."""

VISA_REFUSALS = (
    "documents",  # the papers that were handed in are not enough
    "earlier_stay",  # an earlier stay or entry stands against it
    "security",  # the host state gives no other reason than its security
    "quota",  # no place is left under the host state's numbers
    "no_reason",  # the host state gave none
)
"""Why a host state refuses a visa, as it said it."""

CLEARANCE_REFUSALS = (
    "visa",  # the host state refused
    "medical",  # an examination says that the person cannot take part
    "false_document",
    "not_prepared",  # the preparation was not taken part in
)
"""Why a person who accepted cannot leave: an outcome with its reason, and never a verdict on the person."""

PAPER_RETURNS = (*RETURN, "expired", "other_name", "not_stamped")
"""Why a paper goes back to the person: as a file does, or it has ended, spells the name otherwise, bears no stamp."""

RESULTS = ("fit", "limited", "unfit")
"""What an examination concludes, in the words of its own form; which limits and why stays in the paper."""

GOING_HOME = ("leaving", "illness", "accident", "pregnancy", "death", "family", "expelled", "end")
"""Why a person comes home; none is assumed to cost the person anything."""

CHARGE_ANSWERS = (
    "repaid",  # the money was given back
    "unlawful",  # it may not be asked; passed on to those who can punish it
    "lawful",  # a fee the public page names, paid to the office it names
    "unproven",  # nothing more could be found out
)
"""What became of a report that money was asked."""

KIN_EVENTS = ("arrival", "illness", "accident", "death", "coming_home")
"""Of what those at home may be told, each only where the person agreed to it."""
