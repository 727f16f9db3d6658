"""What lessons say in words: refusals, marks, results, standings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rantau.departure import queries
from rantau.engine.refusal import Refusal
from rantau.web.ui import values

REFUSALS = {
    "lesson.topic": _("%(topic)s is no topic of this programme's preparation."),
    "lesson.past": _("The lesson has to be in the future. Check the day and the time."),
    "lesson.minutes": _("A lesson lasts at least one minute and at most %(longest)s."),
    "lesson.place": _("Write where the lesson is held: building and room."),
    "lesson.nobody": _("Nobody would be called: none of these people is on the way to departure now."),
    "lesson.overlap": _(
        "The same people have another lesson at that time: %(topic)s, %(starts)s. Choose another time, or move that one."
    ),
    "lesson.called": _("Somebody in this list was not called to the lesson. Load the page again."),
    "lesson.mark": _("Choose for each person: present, late, absent or excused."),
    "lesson.late": _("Write how many minutes late, from 1 to %(longest)s. Who missed all of it was absent."),
    "lesson.result": _("A result is “passed” or “to come again”."),
    "lesson.not_held": _("Results are recorded after it was recorded who came."),
}
"""One sentence for each refusal code of lessons, with what can be done."""

MARKS = {
    "present": _("Present"),
    "late": _("Late"),
    "absent": _("Absent"),
    "excused": _("Excused"),
}
RESULTS = {"": _("none yet"), "passed": _("passed"), "again": _("to come again")}
STANDINGS = {
    "done": (_("done"), "good"),
    "begun": (_("begun"), "part"),
    "again": (_("to come again"), "bad"),
    "missing": (_("no lesson yet"), "none"),
}
STATES = {
    "planned": (_("planned"), "wait"),
    "held": (_("held"), "good"),
    "cancelled": (_("cancelled"), "none"),
}


def topics(programme: Any) -> dict[str, str]:
    """Return the names of a programme's topics by code, in the reader's language."""
    return {one.code: values.text(one.title)[0] for one in queries.rules_of(programme).preparation}


def named(refusal: Refusal, programme: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """Return a refusal's facts, those of a lesson with the topic's name."""
    if "topic" not in facts or refusal.code not in REFUSALS or programme is None or programme.version is None:
        return facts
    return facts | {"topic": topics(programme).get(facts["topic"], facts["topic"])}
