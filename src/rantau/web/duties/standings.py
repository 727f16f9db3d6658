"""What duties and mandates say in words: standings with their sign, steps of a duty's history, powers, states of a mandate."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STANDINGS = {
    "late": (_("late, no evidence"), "bad"),
    "soon": (_("due within 14 days"), "now"),
    "due": (pgettext_lazy("duty", "to come"), "wait"),
    "done": (_("done, with evidence"), "good"),
    "excused": (_("excused"), "part"),
    "waiting": (_("waits for a milestone's day"), "none"),
}
"""Each standing of a duty in words, with the sign that says the same without colour; most urgent first."""

STEPS = {
    "owe": _("The duty began."),
    "begin": _("The milestone it hangs on has a day, and so has the duty."),
    "remind": _("The office was reminded."),
    "overdue": _("Its day passed without evidence: late."),
    "escalate": _("Still no evidence: coordinators and all parties were told."),
    "show": _("Shown as done."),
    "doubt": _("The evidence was doubted: open again."),
    "excuse": _("Excused."),
    "cease": _("Ended with its agreement."),
}
"""Each step of a duty in words."""

DONE = {
    "show": _("Kept: the duty is shown as done, with its evidence."),
    "doubt": _("Kept: the duty is open again, and its office is told."),
    "excuse": _("Kept: the office is excused. The reason is public."),
    "record": _("Recorded. It is in force once a second officer has confirmed it."),
    "confirm": _("Confirmed. The mandate is in force between its days."),
    "end": _("Ended. What was done by it stands."),
}
"""What is said after something was done."""

POWERS = {
    "draft": (pgettext_lazy("power", "Write and table"), _("draft agreements and put versions on the table")),
    "accept": (pgettext_lazy("power", "Accept and comment"), _("accept clauses one by one, comment, answer comments")),
    "legal": (pgettext_lazy("power", "Legal review"), _("say that nothing in law stands against a version")),
    "approve": (pgettext_lazy("power", "Approve"), _("approve a version as one of the office's desks")),
    "sign": (pgettext_lazy("power", "Sign"), _("sign, and end an agreement")),
    "answer": (pgettext_lazy("power", "Answer"), _("answer open questions, show duties done")),
}
"""What a mandate may cover: its name, and what it lets a person do."""

MANDATES = {
    "recorded": (_("waits for a second officer"), "now"),
    "in_force": (_("in force"), "good"),
    "early": (_("confirmed, begins later"), "wait"),
    "past": (_("its last day has passed"), "none"),
    "ended": (pgettext_lazy("mandate", "ended"), "none"),
}
"""Each state of a mandate on a day, with its sign."""
