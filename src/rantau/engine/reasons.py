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
