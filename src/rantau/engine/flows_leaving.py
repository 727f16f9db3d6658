"""The flows between the offer and the arrival, and of coming home, as tables."""

from .flow import STAFF, Flow, steps

CLEARANCE = Flow(
    name="clearance",
    initial="new",
    steps=steps(
        ("begin", "new", "preparing", "coordinator system", {"emits": ("preparing",)}),
        ("clear", "preparing", "cleared", "coordinator", {"emits": ("cleared",)}),
        ("reopen", "cleared", "preparing", "verifier coordinator system", {"emits": ("uncleared",)}),
        ("refuse", "preparing cleared", "refused", "coordinator", {}),
        ("withdraw", "preparing cleared", "withdrawn", "owner system", {}),
        ("depart", "cleared", "departed", "coordinator", {}),
        ("miss", "departed", "cleared", "coordinator", {"emits": ("not_boarded",)}),
        ("alarm", "departed", "departed", "system", {"after": "arrive_by", "emits": ("arrival_missing",)}),
        ("arrive", "departed", "arrived", "owner home_mission", {"emits": ("arrived",)}),
        ("come_home", "departed arrived", "home", "home_mission coordinator protection system", {}),
    ),
)

PAPER = Flow(
    name="paper",
    initial="new",
    steps=steps(
        ("ask", "new", "asked", "coordinator system", {}),
        ("ask_again", "new", "asked", "system", {"emits": ("paper_renew",)}),
        ("remind", "asked", "asked", "system", {"after": "remind_at", "emits": ("paper_soon",)}),
        ("overdue", "asked", "asked", "system", {"after": "late_at", "emits": ("paper_late",)}),
        ("give", "asked", "given", f"owner {STAFF}", {}),
        ("see", "given", "seen", "verifier home_mission", {}),
        ("confirm", "given seen", "confirmed", "verifier home_mission", {}),
        ("return", "given seen confirmed", "asked", "verifier home_mission", {"emits": ("paper_returned",)}),
        ("waive", "asked", "waived", "coordinator", {}),
        ("expire", "given seen confirmed", "expired", "system", {"after": "expires_at", "emits": ("paper_expired",)}),
        ("replace", "given seen confirmed expired", "replaced", "system", {}),
        ("end", "asked given seen confirmed expired waived", "ended", "system", {}),
    ),
)

ANSWERS_VISAS = "host_mission"
"""The office that answers for a visa: here alone, among everything about a person, it takes a step."""

VISA = Flow(
    name="visa",
    initial="new",
    steps=steps(
        ("ask", "new", "asked", "coordinator", {"emits": ("visa_asked",)}),
        ("issue", "asked", "issued", f"{ANSWERS_VISAS} coordinator", {"emits": ("visa_issued",)}),
        ("refuse", "asked", "refused", f"{ANSWERS_VISAS} coordinator", {"emits": ("visa_refused",)}),
        ("take_back", "asked", "taken_back", "coordinator system", {}),
    ),
)

TEACHERS = "school coordinator ministry language_provider technical_provider"
"""Roles that hold lessons before departure."""

LESSON = Flow(
    name="lesson",
    initial="new",
    steps=steps(
        ("plan", "new", "planned", TEACHERS, {"emits": ("lesson",)}),
        ("move", "planned", "planned", TEACHERS, {"emits": ("lesson",)}),
        ("cancel", "planned", "cancelled", TEACHERS, {"emits": ("lesson_cancelled",)}),
        ("hold", "planned", "held", TEACHERS, {"after": "starts_at"}),
        ("correct", "held", "held", TEACHERS, {}),
    ),
)

CHARGE = Flow(
    name="charge",
    initial="new",
    steps=steps(
        ("report", "new", "reported", "owner system", {"emits": ("charge_reported",)}),
        ("tell", "reported", "reported", "owner", {}),
        ("remind", "reported", "reported", "system", {"after": "remind_at", "emits": ("charge_waiting",)}),
        ("answer", "reported", "answered", "protection", {"emits": ("charge_answered",)}),
        ("reopen", "answered", "reported", "owner protection", {"emits": ("charge_reported",)}),
    ),
)

GROUP = Flow(
    name="group",
    initial="new",
    steps=steps(
        ("plan", "new", "planned", "coordinator", {}),
        ("change", "planned", "planned", "coordinator", {}),
        ("announce", "planned", "announced", "coordinator", {"emits": ("group",)}),
        ("revise", "announced", "announced", "coordinator", {"emits": ("group",)}),
        ("depart", "announced", "departed", "coordinator", {"after": "departs_at"}),
        ("close", "departed", "closed", "coordinator system", {}),
        ("cancel", "planned announced", "cancelled", "coordinator", {"emits": ("group_cancelled",)}),
    ),
)

CARERS = "home_mission coordinator protection"
"""Roles that bring a person home."""

HOMEWARD = Flow(
    name="homeward",
    initial="new",
    steps=steps(
        ("open", "new", "open", f"owner {CARERS}", {"emits": ("homeward",)}),
        ("plan", "open planned", "planned", CARERS, {"emits": ("homeward_plan",)}),
        ("travel", "planned", "travelling", CARERS, {}),
        ("arrive", "travelling", "home", f"owner {CARERS}", {}),
        ("stay", "open planned", "stayed", f"owner {CARERS}", {}),
        ("close", "home stayed", "closed", CARERS, {}),
    ),
)

FLOWS = (CLEARANCE, PAPER, VISA, LESSON, CHARGE, GROUP, HOMEWARD)
