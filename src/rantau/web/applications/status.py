"""What a registration's own page says in each state: what it means, what is next, by when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rantau.applications import queries
from rantau.applications.queries import tasks
from rantau.engine.flows import APPLICATION

from .sentences import REASONS, STATES, STEPS, TASKS


@dataclass(frozen=True)
class Story:
    """What one state means to the person (`now`), what comes (`next`), and which instant of the record limits it."""

    now: Any
    next: Any
    tone: str = "now"
    until: str = ""


STORIES = {
    "draft": Story(
        _("Your answers are kept after each page. Nothing is sent before you press “Send the registration”."),
        _("Answer the questions below, check them, send."),
        until="closes_at",
    ),
    "guardian": Story(
        _("You are under 18. Until a parent or guardian agrees, nothing is kept but your contact."),
        _("Give your parent or guardian the link. When they have agreed, your registration goes on here."),
        "wait",
        "closes_at",
    ),
    "submitted": Story(
        _("Your registration is here. You need do nothing now."),
        _(
            "After registration closes, the best by report average are called. Coming early or late makes no difference."
        ),
        "good",
    ),
    "called": Story(
        _("You are among those called. Now, and only now, your documents are asked."),
        _("Photograph the documents and hand them in. An officer compares them with your answers."),
        until="file_by",
    ),
    "not_called": Story(
        _("More people registered than can be tested, and the report averages of those called were higher."),
        _("Your registration for this intake ends here. If another intake opens, you may register again."),
        "none",
    ),
    "filed": Story(
        _("Your documents wait for an officer. You need do nothing now."),
        _("The officer finds them right, or sends them back with a reason and a date."),
        "wait",
    ),
    "returned": Story(
        _("An officer looked at your documents and something has to be mended."),
        _("Mend what is named below, then hand the documents in again."),
        "part",
        "file_by",
    ),
    "lapsed": Story(
        _("The documents were not handed in by the deadline, so the registration ended by itself."),
        _("If another intake opens, you may register again."),
        "none",
    ),
    "ineligible": Story(
        _("A requirement of the programme is not met. The reason stands below."),
        _(
            "If an officer made an error you may object, once, until the date below. New documents cannot be added then."
        ),
        "none",
        "objection_until",
    ),
    "verified": Story(
        _("Your documents are right. You take part in the tests."),
        _("Where and when stands below as soon as it is set. After the tests the result is published."),
        "good",
    ),
    "selected": Story(_("You are selected."), _("The offer of a seat comes next, with a date to answer by."), "good"),
    "reserve": Story(
        _("You stand on the reserve list. When a seat becomes free, the next on the list is offered it."),
        _("You need do nothing. An offer would appear here with a date to answer by."),
        "wait",
    ),
    "unsuccessful": Story(
        _("The seats went to others this time. Your marks, your rank and the reason stand below."),
        _("Your registration for this intake ends here. If another intake opens, you may register again."),
        "none",
    ),
    "offered": Story(
        _("A seat is yours if you want it."),
        _("Accept or decline. No answer by the deadline counts as declined, and the seat goes to the reserve list."),
        "good",
        "answer_by",
    ),
    "accepted": Story(
        _("You have a seat. Congratulations."),
        _("Preparation comes next. Its dates are not announced yet; they will stand here."),
        "good",
    ),
    "declined": Story(_("You declined the seat. It was offered to the next on the reserve list."), "", "none"),
    "silent": Story(
        _("No answer came by the deadline, so the seat was offered to the next on the reserve list."), "", "none"
    ),
    "released": Story(
        _("You had a seat, and leaving is not possible. The reason stands on the page of your departure."),
        _("It is no verdict on you, and nothing is owed. If another intake opens, you may register again."),
        "none",
    ),
    "withdrawn": Story(_("You withdrew your registration. It takes no part in this intake any more."), "", "none"),
}
"""One story a state; `closed` below is a draft whose time has passed."""

CLOSED = Story(
    _("Registration has closed, and this one was not sent."),
    _("If another intake opens, you may register again."),
    "none",
)


RANKED = Story(
    _("The provisional result is published. Your marks, your rank and the reason stand below."),
    _("First the objections are decided, then the final result is published. Until then nothing is certain."),
    "wait",
)
"""The story of a verified registration once the provisional result is out."""


def shown_state(application: Any, at: dt.datetime) -> str:
    """Return the state as it is at an instant, also where a deadline has passed that nobody has acted on yet."""
    state: str = application.state
    if state in ("called", "returned") and application.file_by and at > application.file_by:
        return "lapsed"
    if state == "offered" and application.answer_by and at > application.answer_by:
        return "silent"
    return state


def story(application: Any, at: dt.datetime, *, ranked: bool = False) -> dict[str, Any]:
    """Return the state in words with what is next and until when; `ranked` where the person has a published line."""
    state = shown_state(application, at)
    closed = state in ("draft", "guardian") and at > application.intake.closes_at
    told = CLOSED if closed else RANKED if ranked and state == "verified" else STORIES[state]
    until = getattr(application, told.until) if told.until else None
    return {
        "state": "closed" if closed else state,
        "label": _("Closed, not sent") if closed else STATES[state],
        "now": told.now,
        "next": told.next,
        "tone": told.tone,
        "until": until if until and at <= until else None,
    }


def timeline(application: Any, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what happened, and what is next and by when, as the timeline shows it."""
    events: list[dict[str, Any]] = [
        {
            "title": STEPS[entry["step"]],
            "at": entry["at"],
            "state": "done",
            "text": REASONS.get(entry["facts"].get("reason", ""), ""),
        }
        for entry in queries.timeline(application)
    ]
    if told["next"]:
        events.append({"title": _("Next"), "text": told["next"], "until": told["until"], "state": "next"})
    if told["state"] not in ("draft", "guardian", "closed") and len(events) > 1 and told["next"]:
        events[-2]["state"] = "now"
    return events


def may_withdraw(application: Any) -> bool:
    """Return whether the registration can still be withdrawn."""
    return application.state in APPLICATION.step("withdraw").sources


def task_list(application: Any, address: Any) -> list[dict[str, Any]]:
    """Return the pages of a registration with what is missing; `address` makes a task's address."""
    return [
        {
            "label": TASKS[task],
            "url": address(task),
            "words": _("answered") if done else _("not answered yet"),
            "tone": "good" if done else "wait",
        }
        for task, done in tasks(application).items()
    ]
