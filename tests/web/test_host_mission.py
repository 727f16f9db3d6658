"""What the host mission opens, of every address of the site: what anybody opens, and a short list of its own."""

import pytest

from .matrix import OPEN
from .matrix_requests import address, letter, told, undone, who
from .matrix_table import ROWS

pytestmark = pytest.mark.django_db

SIGNED_IN = {"account", "account_logout", "account_set_password", "reach"}
"""What anybody opens who has signed in: their own account."""

PUBLIC = {
    "account_left",
    "agreement_check",
    "agreements",
    "allocation",
    "allocation_file",
    "channels",
    "check",
    "check_code",
    "check_receipt",
    "claim",
    "costs",
    "demand",
    "demand_out",
    "document_rules",
    "duties",
    "duties_public_ics",
    "duty",
    "evidence",
    "fees",
    "guardian",
    "home",
    "invitation",
    "invitation_decline",
    "mandates",
    "milestones",
    "outages",
    "parents",
    "programme",
    "programmes",
    "questions",
    "recover",
    "register",
    "rehearsal",
    "results",
    "round_file",
    "round_sheet",
    "safety",
    "shared_note",
    "signing_key",
    "ui",
    "verifier",
    "verifier_signature",
    "verify",
    "verifying_page",
}
"""What anybody opens, signed in or not."""

OWN = {
    "agreement",
    "agreement_annex",
    "agreement_annex_file",
    "agreement_changes",
    "agreement_clause",
    "agreement_clause_new",
    "agreement_desks",
    "agreement_docx",
    "agreement_duty",
    "agreement_duty_new",
    "agreement_pdf",
    "agreement_version",
    "agreement_versions",
    "agreement_writing",
    "duties_own_ics",
    "interest",
    "meeting",
    "meeting_calendar",
    "meeting_plan",
    "meetings",
    "question_desk",
}
"""What the host mission opens by its mandate: agreements in which it has a side, meetings it was invited to, its own
duties and questions, the declaration of everybody who holds an office. A page of cases, check-ins, whereabouts, red list or
of any person is never among them."""

ASKED = {"visa_list"}
"""The one page with people on it: name, code and day of those for whom a visa was asked, until it has answered."""


def opened(played, browsers, kind):
    """Return the addresses that answer a kind of person, below whatever programme and whoever's code stands in them."""
    found = set()
    for row in ROWS:
        person = who(played, kind, row.scope, row.whose)
        with undone():
            answer = browsers.of(person).get(address(played, row.view, row.scope, row.given))
            if answer.streaming:
                list(answer.streaming_content)  # a file is closed when it was read
            if letter(answer) == "o":
                found.add(row.view)
    return found


def test_a_person_with_the_host_mission_s_mandate_alone_opens_what_stands_here_and_nothing_else(played, browsers):
    host = played.staff[OPEN]["host"]
    assert {grant.role for grant in host.grants.all()} == {"host_mission"}
    assert set(host.mandates.values_list("office", "state")) == {("kedubes-rusia", "in_force")}
    seen = opened(played, browsers, "ho")
    assert seen - PUBLIC - SIGNED_IN == OWN | ASKED
    assert (PUBLIC | SIGNED_IN) - seen == set()


def test_what_is_called_public_here_is(played, browsers):
    assert opened(played, browsers, "an") >= PUBLIC


def test_no_address_that_names_a_person_opens_to_it(played, browsers):
    named = {row.view for row in ROWS if row.given.get("code") in played.people and row.view not in PUBLIC}
    assert len(named) > 20
    assert opened(played, browsers, "ho") & named == set()


def test_the_list_of_visas_tells_it_of_nobody_for_whom_none_was_asked(played, browsers):
    row = next(row for row in ROWS if row.view == "visa_list")
    page = told(
        browsers.of(who(played, "ho", row.scope, row.whose)).get(address(played, row.view, row.scope, row.given))
    )
    found = {(marker.whose, marker.kind) for marker in played.markers if marker.text in page}
    assert found == {("waiting", "first"), ("waiting", "name"), ("waiting", "way")}
