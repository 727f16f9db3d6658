"""The flows of Rantau as tables: every state a record can be in and every way to leave it."""

from . import flows_leaving
from .flow import STAFF as STAFF
from .flow import Flow, steps

INTAKE = Flow(
    name="intake",
    initial="planned",
    steps=steps(
        ("open", "planned", "open", "coordinator", {}),
        ("remind", "open", "open", "system", {"after": "remind_at", "emits": ("draft_soon", "guardian_soon")}),
        ("close", "open", "closed", "coordinator system", {"after": "closes_at"}),
    ),
)

OUTAGE = Flow(
    name="outage",
    initial="new",
    steps=steps(
        ("record", "new", "recorded", "operator", {}),
        ("confirm", "recorded", "confirmed", "operator coordinator", {"other_than": ("record",)}),
        ("discard", "recorded", "discarded", "operator coordinator", {}),
    ),
)

SHIFT = Flow(
    name="shift",
    initial="new",
    steps=steps(("move", "new", "moved", "system", {"emits": ("deadline_moved",)})),
)

MILESTONE = Flow(
    name="milestone",
    initial="new",
    steps=steps(
        ("record", "new", "reached", "coordinator ministry system", {}),
        ("withdraw", "reached", "withdrawn", "coordinator ministry", {"other_than": ("record",)}),
    ),
)

APPLICATION = Flow(
    name="application",
    initial="draft",
    steps=steps(
        ("ask_guardian", "draft", "guardian", f"owner {STAFF}", {"until": "closes_at"}),
        ("guardian_agree", "guardian", "draft", "system", {"until": "closes_at", "emits": ("guardian_agreed",)}),
        ("submit", "draft", "submitted", f"owner {STAFF}", {"until": "closes_at", "emits": ("receipt",)}),
        (
            "withdraw",
            "draft guardian submitted called filed returned verified selected reserve offered accepted",
            "withdrawn",
            "owner",
            {},
        ),
        ("exclude", "submitted", "ineligible", "coordinator", {"emits": ("ineligible",)}),
        ("call", "submitted", "called", "coordinator", {"emits": ("called",)}),
        ("pass_over", "submitted", "not_called", "coordinator", {"emits": ("not_called",)}),
        ("file", "called returned", "filed", f"owner {STAFF}", {"until": "file_by"}),
        ("remind_file", "called", "called", "system", {"after": "remind_at", "emits": ("file_soon",)}),
        ("remind_mend", "returned", "returned", "system", {"after": "remind_at", "emits": ("mend_soon",)}),
        ("lapse", "called returned", "lapsed", "system", {"after": "file_by", "emits": ("lapsed",)}),
        ("verify", "filed", "verified", "verifier", {"emits": ("verified",)}),
        ("return", "filed", "returned", "verifier", {"emits": ("returned",)}),
        ("refuse", "filed", "ineligible", "verifier", {"emits": ("ineligible",)}),
        ("confirm", "verified", "verified", "verifier", {"other_than": ("verify",)}),
        ("reopen", "verified", "filed", "verifier", {"other_than": ("verify",), "emits": ("reopened",)}),
        ("reinstate", "ineligible", "verified", "verifier coordinator", {"other_than": ("refuse",)}),
        (
            "recall",
            "ineligible",
            "called",
            "verifier coordinator",
            {"other_than": ("exclude",), "emits": ("called",)},
        ),
        ("select", "verified", "selected", "coordinator", {"emits": ("selected",)}),
        ("reserve", "verified", "reserve", "coordinator", {"emits": ("reserve",)}),
        ("leave", "verified", "unsuccessful", "coordinator", {"emits": ("unsuccessful",)}),
        ("offer", "selected reserve", "offered", "coordinator system", {"emits": ("offer",)}),
        ("seat", "unsuccessful reserve", "offered", "coordinator", {"emits": ("offer",)}),
        ("accept", "offered", "accepted", "owner", {"until": "answer_by"}),
        ("decline", "offered", "declined", "owner", {"until": "answer_by"}),
        ("remind_offer", "offered", "offered", "system", {"after": "remind_at", "emits": ("offer_soon",)}),
        ("silence", "offered", "silent", "system", {"after": "answer_by", "emits": ("silent",)}),
        ("forgo", "accepted", "declined", "owner", {}),
        ("forfeit", "accepted", "silent", "system", {"emits": ("forfeited",)}),
        ("release", "accepted", "released", "coordinator", {"emits": ("released",)}),
    ),
)

NOMINATION = Flow(
    name="nomination",
    initial="new",
    steps=steps(
        ("invite", "new", "invited", "school", {"until": "closes_at", "emits": ("invitation",)}),
        ("accept", "invited", "accepted", "owner", {"until": "lives_until"}),
        ("decline", "invited", "declined", "owner", {"until": "lives_until"}),
        ("cancel", "invited", "cancelled", "school", {}),
        ("remind", "invited", "invited", "system", {"after": "remind_at", "emits": ("nomination_soon",)}),
        ("lapse", "invited", "lapsed", "system", {"after": "lives_until", "emits": ("nomination_lapsed",)}),
    ),
)

SCHOOL_CLAIM = Flow(
    name="school_claim",
    initial="new",
    steps=steps(
        ("ask", "new", "asked", f"owner {STAFF}", {}),
        ("link", "asked", "linked", "coordinator", {"emits": ("school_linked",)}),
        ("dismiss", "asked", "dismissed", "coordinator", {"emits": ("school_dismissed",)}),
    ),
)

RECOVERY = Flow(
    name="recovery",
    initial="new",
    steps=steps(
        ("open", "new", "open", STAFF, {"emits": ("recovery_opened",)}),
        ("remind", "open", "open", "system", {"after": "remind_at", "emits": ("recovery_soon",)}),
        ("approve", "open", "approved", STAFF, {"until": "lives_until", "other_than": ("open",)}),
        ("use", "approved", "used", "system", {"until": "lives_until", "emits": ("recovery_used",)}),
        ("lapse", "open approved", "lapsed", "system", {"after": "lives_until"}),
    ),
)

SITTING = Flow(
    name="sitting",
    initial="new",
    steps=steps(
        ("assign", "new", "assigned", "coordinator", {"emits": ("call_up",)}),
        ("attend", "assigned", "attended", "examiner coordinator", {"after": "starts_at"}),
        ("miss", "assigned", "missed", "examiner coordinator", {"after": "starts_at", "emits": ("missed",)}),
        ("reassign", "missed", "assigned", "coordinator", {"emits": ("call_up",)}),
    ),
)

MARK = Flow(
    name="mark",
    initial="draft",
    steps=steps(
        ("lock", "draft", "locked", "examiner", {}),
        ("dispute", "locked", "disputed", "examiner coordinator", {}),
        ("change", "disputed", "locked", "examiner coordinator", {"other_than": ("dispute",)}),
        ("correct", "locked", "locked", "verifier coordinator", {}),
        ("keep", "disputed", "locked", "examiner coordinator", {"other_than": ("dispute",)}),
    ),
)

ROUND = Flow(
    name="round",
    initial="new",
    steps=steps(
        ("freeze", "new", "frozen", "coordinator", {}),
        ("draw", "frozen", "drawn", "coordinator", {}),
        ("decide", "drawn", "decided", "coordinator", {}),
        ("publish", "decided", "published", "coordinator", {"emits": ("provisional",)}),
    ),
)

OBJECTION = Flow(
    name="objection",
    initial="new",
    steps=steps(
        ("lodge", "new", "lodged", "owner", {}),
        ("uphold", "lodged", "upheld", "verifier coordinator", {"emits": ("upheld",)}),
        ("reject", "lodged", "rejected", "verifier coordinator", {"emits": ("rejected",)}),
    ),
)

ALLOCATION = Flow(
    name="allocation",
    initial="new",
    steps=steps(
        ("announce", "new", "open", "coordinator", {"emits": ("wishes_open",)}),
        ("remind", "open", "open", "system", {"after": "remind_at", "emits": ("wishes_soon",)}),
        ("close", "open", "closed", "coordinator system", {"after": "wishes_until"}),
        ("decide", "closed published", "decided", "coordinator", {}),
        ("publish", "decided", "published", "coordinator", {"other_than": ("decide",)}),
        ("finish", "published", "settled", "coordinator", {"after": "answers_until"}),
    ),
)

EXEMPTION = Flow(
    name="exemption",
    initial="new",
    steps=steps(
        ("ask", "new", "asked", "owner", {"until": "wishes_until"}),
        ("grant", "asked", "granted", "protection coordinator", {"emits": ("exemption_granted",)}),
        ("refuse", "asked", "refused", "protection coordinator", {"emits": ("exemption_refused",)}),
        ("take_back", "asked", "taken_back", "owner", {}),
    ),
)

PLACE = Flow(
    name="place",
    initial="new",
    steps=steps(
        ("offer", "new", "offered", "coordinator", {"emits": ("place",)}),
        ("accept", "offered waiting", "accepted", "owner", {"until": "answer_by"}),
        ("wait", "offered", "waiting", "owner", {"until": "answer_by"}),
        ("decline", "offered waiting", "declined", "owner", {}),
        ("remind", "offered", "offered", "system", {"after": "remind_at", "emits": ("place_soon",)}),
        ("silence", "offered", "silent", "system", {"after": "answer_by", "emits": ("place_silent",)}),
        ("rise", "waiting", "offered", "coordinator", {"emits": ("risen",)}),
        ("settle", "waiting", "accepted", "coordinator", {"emits": ("settled",)}),
        ("leave", "offered waiting accepted", "left", "system", {}),
    ),
)

PARTIES = "ministry employer host_mission home_mission partner language_provider technical_provider"
"""Roles in which an office is party to an agreement; a person has one there by a mandate only (`agreements.access`)."""

MANDATE = Flow(
    name="mandate",
    initial="new",
    steps=steps(
        ("record", "new", "recorded", "coordinator operator", {}),
        (
            "confirm",
            "recorded",
            "in_force",
            "coordinator operator",
            {"other_than": ("record",), "emits": ("mandate_confirmed",)},
        ),
        ("end", "recorded in_force", "ended", "coordinator operator", {"emits": ("mandate_ended",)}),
    ),
)

AGREEMENT = Flow(
    name="agreement",
    initial="new",
    steps=steps(
        ("draft", "new", "draft", PARTIES, {}),
        ("table", "draft", "tabled", PARTIES, {"emits": ("tabled",)}),
        ("revise", "draft", "draft", PARTIES, {}),
        ("table_again", "tabled agreed", "tabled", PARTIES, {"emits": ("tabled",)}),
        ("agree", "tabled", "agreed", PARTIES, {"emits": ("agreed",)}),
        ("conclude", "agreed", "signed", PARTIES, {"emits": ("concluded",)}),
        ("start", "signed", "in_force", f"{PARTIES} system", {}),
        ("lapse", "in_force", "ended", "system", {"after": "ends_at", "emits": ("ended",)}),
        ("give_notice", "in_force", "in_force", PARTIES, {"emits": ("terminated",)}),
        ("withdraw", "draft tabled agreed", "withdrawn", PARTIES, {"emits": ("agreement_withdrawn",)}),
    ),
)

SIDE = Flow(
    name="side",
    initial="new",
    steps=steps(
        ("invite", "new", "reading", PARTIES, {}),
        ("agree", "reading", "agreed", PARTIES, {}),
        ("clear", "agreed", "cleared", PARTIES, {}),
        ("endorse", "cleared", "cleared", PARTIES, {}),
        ("approve", "cleared", "approved", PARTIES, {}),
        ("sign", "approved", "signed", PARTIES, {}),
        ("send_back", "agreed cleared approved", "reading", PARTIES, {"emits": ("sent_back",)}),
        ("reopen", "reading agreed cleared approved", "reading", PARTIES, {}),
        ("prompt", "reading", "reading", "system", {"after": "prompt_at", "emits": ("reply_soon",)}),
        ("remind", "reading", "reading", "system", {"after": "reply_by", "emits": ("reply_late",)}),
    ),
)

ANSWER = Flow(
    name="answer",
    initial="new",
    steps=steps(
        ("propose", "new", "proposed", f"{PARTIES} coordinator", {"emits": ("answered",)}),
        (
            "approve",
            "proposed",
            "approved",
            "coordinator ministry",
            {"other_than": ("propose",), "emits": ("answer_approved",)},
        ),
        (
            "refuse",
            "proposed",
            "refused",
            "coordinator ministry",
            {"other_than": ("propose",), "emits": ("answer_refused",)},
        ),
        ("take_back", "proposed", "taken_back", f"{PARTIES} coordinator", {}),
    ),
)

DUTY = Flow(
    name="duty",
    initial="new",
    steps=steps(
        ("owe", "new", "open", f"{PARTIES} coordinator system", {}),
        ("begin", "open", "open", "system", {"emits": ("duty_dated",)}),
        ("remind", "open", "open", "system", {"after": "remind_at", "emits": ("duty_soon",)}),
        ("overdue", "open", "late", "system", {"after": "due_at", "emits": ("duty_late",)}),
        ("escalate", "late", "late", "system", {"after": "escalate_at", "emits": ("duty_escalated",)}),
        ("show", "open late", "done", PARTIES, {}),
        ("doubt", "done", "open", f"{PARTIES} coordinator", {"other_than": ("show",), "emits": ("duty_doubted",)}),
        ("excuse", "open late", "excused", f"{PARTIES} coordinator", {"emits": ("duty_excused",)}),
        ("cease", "open late", "ended", "system", {}),
    ),
)

MEETING = Flow(
    name="meeting",
    initial="new",
    steps=steps(
        ("plan", "new", "planned", f"{PARTIES} coordinator", {"emits": ("meeting_planned",)}),
        ("move", "planned", "planned", f"{PARTIES} coordinator", {"emits": ("meeting_moved",)}),
        ("cancel", "planned", "cancelled", f"{PARTIES} coordinator", {"emits": ("meeting_cancelled",)}),
        ("hold", "planned", "held", f"{PARTIES} coordinator", {"after": "held_at"}),
        ("minute", "held", "minuted", f"{PARTIES} coordinator", {"emits": ("minutes_written",)}),
        ("reopen", "minuted", "held", f"{PARTIES} coordinator", {}),
        (
            "approve",
            "minuted",
            "approved",
            f"{PARTIES} coordinator",
            {"other_than": ("minute",), "emits": ("minutes_approved",)},
        ),
    ),
)

FLOWS = (
    INTAKE,
    OUTAGE,
    SHIFT,
    MILESTONE,
    APPLICATION,
    NOMINATION,
    SCHOOL_CLAIM,
    RECOVERY,
    SITTING,
    MARK,
    ROUND,
    OBJECTION,
    ALLOCATION,
    EXEMPTION,
    PLACE,
    MANDATE,
    AGREEMENT,
    SIDE,
    ANSWER,
    DUTY,
    MEETING,
    *flows_leaving.FLOWS,
)
