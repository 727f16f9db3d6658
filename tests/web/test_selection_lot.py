"""The lot in public: each step told when it has happened, the evidence, the key, and a person's own proof."""

import hashlib
import io
import json

import pytest
from django.urls import reverse
from django.utils import translation

from rantau.engine import proof, publication
from rantau.ledger import signing
from rantau.selection.actions import rounds
from rantau.selection.models import Evidence, Listing, Mark, Round
from tests.selection.build import DAY, HOUR, examined, final, frozen, provisional, world

pytestmark = pytest.mark.django_db
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 100}
SOON = {"on_0": "8", "on_1": "5", "on_2": "2026", "clock": "09:00"}


@pytest.fixture
def browse(client):
    """Return a function that opens a page by name in English, signed in as somebody or not at all."""

    def go(name, *args, person=None, method="get", data=None):
        if person is None:
            client.logout()
        else:
            client.force_login(person)
        with translation.override("en"):
            address = reverse(name, args=args)
        return getattr(client, method)(address, data or {})

    return go


def listed(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    return w


def told(page):
    return [(step["state"], step["at"]) for step in page.context["steps"]]


def drawn(w, round_, **given):
    w.later(2 * DAY)
    return rounds.draw(round_=round_, value="4-2-6", person=w.coordinator, at=w.at, **{"evidence": b"bukti", **given})


def test_every_step_is_public_when_it_has_happened_and_not_before(at, chance, browse):
    w = listed(at, chance)
    round_ = frozen(w)
    planned, froze = w.at + DAY, w.at
    page = browse("results", w.scope)
    assert told(page) == [("done", froze), ("now", planned), ("next", None), ("next", None)]
    shown = page.content.decode()
    assert [text for text in (round_.root, "dadu", "koin") if text not in shown] == []
    drawn(w, round_)
    page = browse("results", w.scope)
    assert told(page) == [("done", froze), ("done", w.at), ("now", None), ("next", None)]
    assert "The announced source gave: 4-2-6" in page.content.decode()
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    page = browse("results", w.scope)
    assert [state for state, _ in told(page)] == ["done", "done", "done", "now"]
    shown = page.content.decode()
    assert (round_.outcomes in shown, "It is decided. The list follows" in shown) == (True, True)
    assert [code for code in Listing.objects.values_list("code", flat=True) if code in shown] == []
    assert browse("round_file", w.scope, "provisional").status_code == 404
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    page = browse("results", w.scope)
    assert [state for state, _ in told(page)] == ["done"] * 4
    assert page.context["file"]["outcomes"]["root"] == round_.outcomes
    assert round_.outcomes in page.content.decode()


def test_a_substitute_is_told_with_the_reason(at, chance, browse):
    w = listed(at, chance)
    round_ = frozen(w)
    drawn(w, round_, source="koin", why="Dadu <hilang>.")
    shown = browse("results", w.scope).content.decode()
    assert "The substitute “koin” gave: 4-2-6. Why the earlier ones were missing: Dadu &lt;hilang&gt;." in shown
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    assert "Substitute that was used" in browse("results", w.scope).content.decode()


def test_the_seal_of_the_final_result_stands_above_the_provisional_list(at, chance, browse):
    w = listed(at, chance)
    round_ = provisional(w)
    assert browse("results", w.scope).context["sealed"] is None
    w.later(round_.objections_until - w.at + HOUR)
    last = rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)
    rounds.run(round_=last, person=w.coordinator, at=w.at)
    page = browse("results", w.scope)
    shown = page.content.decode()
    assert (page.context["round"].kind, last.outcomes in shown) == ("provisional", True)
    assert "Final result: decided" in shown
    assert last.outcomes in browse("publish", w.scope, person=w.coordinator).content.decode()
    rounds.publish(round_=last, person=w.coordinator, at=w.at)
    page = browse("results", w.scope)
    assert (page.context["sealed"], page.context["file"]["outcomes"]["root"]) == (None, last.outcomes)


def test_a_source_named_too_late_or_without_substitute_is_said_at_its_field(at, chance, browse):
    w = listed(at, chance)
    given = {"source": "dadu", "substitutes": "koin", **SOON}
    late = {"on_0": "5", "on_1": "5", "on_2": "2026", "clock": "09:00"}
    wrong = [
        ({**given, **late}, "on", "The source is public for at least 24 hours before the draw."),
        ({**given, "substitutes": "\r\n "}, "substitutes", "Write at least one"),
        ({**given, "substitutes": "koin\r\nkoin"}, "substitutes", "each once"),
        ({**given, "source": "da|du"}, "source", "without a vertical bar"),
    ]
    for data, field, words in wrong:
        page = browse("freeze", w.scope, person=w.coordinator, method="post", data=data)
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        assert words in str(page.context["form"].errors[field][0])
        assert Round.objects.count() == 0
    assert browse("freeze", w.scope, person=w.coordinator, method="post", data=given).status_code == 302
    assert Round.objects.get().source["substitutes"] == ["koin"]


def test_the_draw_asks_which_source_and_why(at, chance, browse):
    w = listed(at, chance)
    round_ = frozen(w)
    w.later(2 * DAY)

    def send(**data):
        file = io.BytesIO(b"berita acara")
        file.name = "bukti.pdf"
        given = {"source": "koin", "value": "4-2-6", "why": "Dadu hilang.", "evidence": file}
        return browse("draw", w.scope, person=w.coordinator, method="post", data={**given, **data})

    for data, field in (
        ({"source": "lotre"}, "source"),
        ({"why": ""}, "why"),
        ({"source": "dadu"}, "why"),
        ({"value": "4|2"}, "value"),
    ):
        page = send(**data)
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        round_.refresh_from_db()
        assert (round_.state, round_.draw, Evidence.objects.count()) == ("frozen", {}, 0)
    assert send().status_code == 302
    round_.refresh_from_db()
    digest = hashlib.sha256(b"berita acara").hexdigest()
    assert round_.draw == {"name": "koin", "value": "4-2-6", "evidence": digest, "why": "Dadu hilang."}


def test_the_evidence_is_fetched_by_anybody_and_run_by_no_browser(at, chance, browse):
    w = listed(at, chance)
    round_ = frozen(w)
    assert browse("evidence", w.scope).status_code == 404
    record = b"<script>alert(1)</script>"
    drawn(w, round_, evidence=record)
    response = browse("evidence", w.scope)
    assert response.content == record
    assert hashlib.sha256(response.content).hexdigest() == round_.draw["evidence"]
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert response["Content-Disposition"] == f'attachment; filename="bukti-undian-{w.scope}.txt"'
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_draw_without_evidence_says_so(at, chance, browse):
    w = listed(at, chance)
    drawn(w, frozen(w), evidence=b"")
    assert "no evidence was kept" in browse("results", w.scope).content.decode()
    assert browse("evidence", w.scope).status_code == 404


def test_the_key_is_published_and_signs_the_files(at, chance, browse, settings):
    w = listed(at, chance)
    round_ = provisional(w)
    key = signing.public_key(settings.SIGNING_KEY)
    response = browse("signing_key")
    assert (response.content.decode(), response["Content-Type"]) == (f"ed25519 {key}\n", "text/plain; charset=utf-8")
    assert json.loads(bytes(round_.public))["signature"]["key"] == key
    for page in (browse("verify"), browse("results", w.scope)):
        assert signing.fingerprint(key) in page.content.decode()
        assert settings.SIGNING_KEY not in page.content.decode()


def test_without_a_key_the_pages_say_that_nothing_is_signed(at, chance, browse, settings):
    settings.SIGNING_KEY = ""
    w = listed(at, chance)
    round_ = frozen(w)
    drawn(w, round_)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    assert "This site has no signing key" in browse("publish", w.scope, person=w.coordinator).content.decode()
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    assert browse("signing_key").status_code == 404
    assert "This site has no signing key" in browse("verify").content.decode()
    assert "this file is not signed" in browse("results", w.scope).content.decode()


def test_everybody_in_the_list_has_a_proof_of_their_own(at, chance, browse):
    w = listed(at, chance)
    root = provisional(w).outcomes
    for name, application in w.people.items():
        code = Listing.objects.get(application=application).code
        response = browse("proof_file", w.scope, application.code, person=application.person)
        assert proof.verify(response.content, roots={root}).ok, name
        assert proof.read(response.content)["row"]["code"] == code
        assert response["Content-Disposition"] == f'attachment; filename="bukti-{code}.json"'
        assert response["Cache-Control"] == "no-store"
        page = browse("proof", w.scope, application.code, person=application.person)
        assert (root in page.content.decode(), "<svg" in page.content.decode()) == (True, True)
        own = browse("application", w.scope, application.code, person=application.person).content.decode()
        assert f"/{application.code}/bukti/" in own


def test_a_proof_holds_nothing_of_the_person_but_the_public_line(at, chance, browse):
    w = listed(at, chance)
    provisional(w)
    eka = w.people["eka"]
    listing = Listing.objects.get(application=eka)
    text = browse("proof_file", w.scope, eka.code, person=eka.person).content.decode()
    hidden = (eka.person.name, eka.code, eka.ref, eka.person.ref, listing.salt, "below_pass", "marks", "Rahasia")
    assert [word for word in hidden if word in text] == []
    assert proof.read(text.encode())["row"] == {
        "code": listing.code,
        "rank": None,
        "outcome": "unsuccessful",
        "step": "gate",
        "reason": "not_ranked",
    }


def test_the_proof_is_of_the_newest_list_and_of_nobody_outside_it(at, chance, browse):
    w = listed(at, chance)
    ani, budi = w.people["ani"], w.people["budi"]
    assert browse("proof", w.scope, ani.code, person=ani.person).status_code == 404
    provisional(w)
    Mark.objects.filter(application=ani, criterion="care_test").update(value=7500)
    last = final(w)
    made = proof.read(browse("proof_file", w.scope, ani.code, person=ani.person).content)
    assert (made["kind"], made["root"]) == ("final", last.outcomes)
    assert browse("proof", w.scope, ani.code, person=budi.person).status_code == 404
    for other in (w.coordinator, w.auditor, w.verifier):
        for name in ("proof", "proof_file"):
            response = browse(name, w.scope, ani.code, person=other)
            assert (response.status_code, made["row"]["code"] in response.content.decode()) == (404, False)
    Listing.objects.filter(application=budi).update(code="R-0000000000")
    assert browse("proof", w.scope, budi.code, person=budi.person).status_code == 404


def test_a_file_whose_signature_was_changed_is_another_file(at, chance, settings):
    w = listed(at, chance)
    file = json.loads(bytes(provisional(w).public))
    file["signature"]["value"] = file["signature"]["value"][:-1] + (
        "0" if file["signature"]["value"][-1] != "0" else "1"
    )
    assert (publication.verify(publication.dump(file)).ok, signing.holds(file)) == (True, False)
