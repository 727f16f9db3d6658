"""Pages about messages: contacts confirmed and removed, a code instead of a password, what failed, which channel was tried."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from rantau.engine.flow import Role
from rantau.outbox import actions as outbox
from rantau.outbox.models import Delivery, Trial
from rantau.people import actions as people
from rantau.people.actions import reaching
from rantau.people.models import Code, Contact, Person
from tests import build
from tests.outbox.build import work

pytestmark = pytest.mark.django_db
PASSWORD = "tiga kata siti"
SECRET = "rahasia.budi@contoh.id"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def siti(at, chance):
    return people.register(at=at, chance=chance, name="Siti", phone="+6281234567890", password=PASSWORD)


@pytest.fixture
def budi(at, chance):
    """Return somebody with a confirmed contact."""
    person = people.register(at=at, chance=chance, name="Budi", email="budi@contoh.id", password=PASSWORD)
    contact = reaching.add_contact(person=person, channel="email", typed=SECRET, at=at, chance=chance)
    contact.confirmed_at = at
    contact.save()
    return person


def digits():
    """Let the worker send what is queued; return the code of the newest message."""
    assert work() == ["SUCCESSFUL"]
    return re.findall(r": (\d{6})\.", mail.outbox[-1].body)[0]


def test_a_contact_is_added_confirmed_and_removed(visit, siti):
    empty = visit(siti, "reach")
    assert "Nothing can be sent to you now." in empty.words
    assert "Abroad" not in empty.words  # of the channels e-mail alone is open
    wrong = visit(siti, "reach", data={"channel": "email", "typed": "0812"}, post=True)
    assert (wrong.status_code, Contact.objects.count()) == (422, 0)
    closed = visit(siti, "reach", data={"channel": "sms", "typed": "081234567890"}, post=True)
    assert (closed.status_code, Contact.objects.count()) == (422, 0)
    added = visit(siti, "reach", data={"channel": "email", "typed": "Siti@Contoh.id"}, post=True)
    contact = Contact.objects.get()
    assert (added.status_code, added.url) == (302, f"/en/akun/saluran/{contact.ref}/")
    code = digits()
    page = visit(siti, "reach_contact", contact.ref)
    assert "siti@contoh.id" in page.words
    assert code not in page.words
    assert "not confirmed" in visit(siti, "reach").words
    missed = visit(siti, "reach_contact", contact.ref, data={"code": f"{(int(code) + 1) % 10**6:06}"}, post=True)
    assert (missed.status_code, Contact.objects.get().confirmed_at) == (422, None)
    done = visit(siti, "reach_contact", contact.ref, data={"code": code}, post=True)
    assert (done.status_code, done.url, bool(Contact.objects.get().confirmed_at)) == (302, "/en/akun/saluran/", True)
    visit(siti, "reach_contact", contact.ref, data={"do": "prefer"}, post=True)
    assert Contact.objects.get().order == 1
    visit(siti, "reach_contact", contact.ref, data={"do": "remove"}, post=True)
    assert Contact.objects.count() == 0


def test_another_person_s_contact_is_not_there_whatever_is_asked_of_it(visit, siti, budi):
    ref = Contact.objects.get().ref
    answers = [visit(siti, "reach_contact", ref)]
    answers += [
        visit(siti, "reach_contact", ref, data=sent, post=True)
        for sent in ({"do": "remove"}, {"do": "prefer"}, {"do": "again"}, {"code": "000000"}, {})
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert [
        SECRET for answer in [*answers, visit(siti, "reach"), visit(siti, "account")] if SECRET in answer.words
    ] == []
    assert (Contact.objects.get().confirmed_at is not None, Code.objects.count()) == (True, 0)


def test_whose_night_is_kept_quiet_is_chosen(visit, siti):
    assert visit(siti, "reach_zone", data={"zone": "Europe/Moscow"}, post=True).status_code == 302
    assert visit(siti, "reach_zone", data={"zone": "Mars/Phobos"}, post=True).status_code == 409
    assert Person.objects.get(pk=siti.pk).zone == "Europe/Moscow"


def test_the_account_says_what_was_sent_and_what_was_not(visit, siti, at):
    for kind, state, channel, attempts in (
        ("verified", "sent", "email", 1),
        ("returned", "failed", "sms", 1),
        ("offer", "failed", "sms", 7),
        ("selected", "no_address", "none", 0),
    ):
        made = outbox.begin(entry=attempts, kind=kind, person=siti, scope="contoh")
        Delivery.objects.filter(pk=made.pk).update(state=state, channel=channel, attempts=attempts)
    said = visit(siti, "account").words
    for part in (
        "Your documents have been checked and are right.",
        "not delivered yet; it is tried again",
        "not delivered; an officer has to try again",
        "no way to reach you",
        "SMS",
    ):
        assert part in said, part


# --- a code instead of a password ----------------------------------------------------------------------------------------
def test_a_code_signs_in_and_stands_in_no_address_and_no_page(visit, client, budi):
    asked = visit(None, "sign_in_code", data={"login": "Budi@Contoh.id"}, post=True)
    code = digits()
    assert (mail.outbox[-1].to, code in asked.words, SECRET in asked.words) == ([SECRET], False, False)
    wrong = visit(None, "sign_in_code", data={"login": "budi@contoh.id", "code": "12"}, post=True)
    assert (wrong.status_code, "_auth_user_id" in client.session) == (422, False)
    done = visit(None, "sign_in_code", data={"login": "budi@contoh.id", "code": code, "device": "borrowed"}, post=True)
    assert (done.status_code, done.url, client.session["_auth_user_id"]) == (302, "/en/akun/", str(budi.pk))
    assert client.session["device"] == "borrowed"
    again = visit(None, "sign_in_code", data={"login": "budi@contoh.id", "code": code}, post=True)
    assert (again.status_code, "_auth_user_id" in client.session) == (422, False)


def test_a_login_that_nobody_has_reads_like_one_that_somebody_has(visit, budi, siti):
    known, bare, unknown = (
        visit(None, "sign_in_code", data={"login": login}, post=True)
        for login in ("budi@contoh.id", "+6281234567890", "lain@contoh.id")
    )
    assert Code.objects.count() == 1

    def read(answer, login):
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.words).replace(login, "LOGIN")

    assert read(known, "budi@contoh.id") == read(bare, "+6281234567890") == read(unknown, "lain@contoh.id")
    tried = [
        visit(None, "sign_in_code", data={"login": login, "code": "12"}, post=True)
        for login in ("budi@contoh.id", "lain@contoh.id")
    ]
    assert read(tried[0], "budi@contoh.id") == read(tried[1], "lain@contoh.id")


def test_a_family_chooses_who_it_is(visit, client, budi, at, chance):
    brother = people.register(at=at, chance=chance, name="Ari", email="budi@contoh.id")
    contact = reaching.add_contact(person=brother, channel="email", typed=SECRET, at=at, chance=chance)
    contact.confirmed_at = at
    contact.save()
    visit(None, "sign_in_code", data={"login": "budi@contoh.id"}, post=True)
    sent = {"login": "budi@contoh.id", "code": digits()}
    asked = visit(None, "sign_in_code", data=sent, post=True)
    assert (asked.status_code, "Budi" in asked.words, "Ari" in asked.words) == (422, True, True)
    done = visit(None, "sign_in_code", data=sent | {"who": brother.ref}, post=True)
    assert (done.status_code, client.session["_auth_user_id"]) == (302, str(brother.pk))


def test_in_a_demo_the_code_stands_on_the_page_and_is_sent_to_nobody(visit, at, chance, settings):
    settings.DEMO = True
    person = people.register(at=at, chance=chance, email="peran@contoh.id", rehearsal=True)
    contact = reaching.add_contact(person=person, channel="email", typed="peran@contoh.id", at=at, chance=chance)
    contact.confirmed_at = at
    contact.save()
    said = visit(None, "sign_in_code", data={"login": "peran@contoh.id"}, post=True).words
    (code,) = re.findall(r"In a demo nothing is sent. The code is (\d{6})", said)
    done = visit(None, "sign_in_code", data={"login": "peran@contoh.id", "code": code}, post=True)
    assert (done.status_code, work(), mail.outbox) == (302, [], [])


# --- officers ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(at, chance, budi):
    """Return the programme, its coordinator and operator, and one failed message of somebody with a contact."""
    programme = build.programme(at=at, chance=chance, rehearsal=False)
    staff = [
        build.person(at=at, chance=chance, role=role, scope=programme.code)
        for role in (Role.COORDINATOR, Role.OPERATOR)
    ]
    made = outbox.begin(entry=1, kind="offer", person=budi, scope=programme.code)
    Delivery.objects.filter(pk=made.pk).update(state="failed", channel="sms", attempts=7, error="gateway")
    other = outbox.begin(entry=2, kind="returned", person=budi, scope="lain")
    Delivery.objects.filter(pk=other.pk).update(state="failed", channel="sms", attempts=7, error="gateway")
    return programme.code, *staff


def test_officers_see_how_many_failed_and_nobody_by_name(visit, desk, budi, settings):
    code, coordinator, operator = desk
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    visit(None, "sign_in_code", data={"login": "budi@contoh.id"}, post=True)
    assert work() == ["FAILED"]
    seen, more = visit(coordinator, "messages_desk", code).words, visit(operator, "messages_desk", code).words
    assert "A seat is offered to you." in seen
    assert "asks you to mend something" not in seen + more  # another programme's
    assert ("ConnectionRefusedError" in seen, "ConnectionRefusedError" in more) == (False, True)
    assert [s for s in (SECRET, "budi@contoh.id", "Budi", budi.ref) if s in seen + more] == []
    assert visit(coordinator, "messages_again", code, post=True).status_code == 302
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["queued", "failed"]


def test_a_trial_is_recorded_by_an_operator_and_read_by_everybody(visit, desk, at):
    code, coordinator, operator = desk
    assert "not tried" in visit(None, "channels").words
    assert "did not arrive" not in visit(None, "channels").words
    sent = {"channel": "sms", "country": "RU", "on": "2025-11-03", "works": "no", "note": "Megafon"}
    assert visit(coordinator, "channel_trials", code, data=sent, post=True).status_code == 403
    assert Trial.objects.count() == 0
    late = visit(operator, "channel_trials", code, data=sent | {"on": "2126-01-01"}, post=True)
    assert (late.status_code, Trial.objects.count()) == (422, 0)
    for row in (sent, sent | {"on": "2025-10-01", "works": "yes", "note": "lama"}):
        assert visit(operator, "channel_trials", code, data=row, post=True).status_code == 302
    said = visit(None, "channels").words
    assert ("did not arrive" in said, "Megafon" in said, "lama" in said) == (True, True, False)
    assert "3 November 2025" in said
