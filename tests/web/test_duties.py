"""The board of duties and a duty's page: what anybody reads, what the parties do there, and the days as a calendar."""

import datetime as dt

import icalendar
import pytest

from rantau.agreements.actions import duties
from rantau.agreements.models import Duty
from rantau.engine.flow import Role
from rantau.programmes.models import Programme
from tests import build as people
from tests.agreements import build
from tests.agreements.build import DAY

pytestmark = pytest.mark.django_db
WORDS = {"evidence": "Surat dikirim pada 27 Januari.", "address": "https://contoh.id/surat-7"}


@pytest.fixture
def w():
    return build.world()


@pytest.fixture
def three(w):
    """Return three duties of the memorandum, all others gone: two contacts in February, the mission's access in August."""
    agreement = build.in_force(w)
    agreement.duties.exclude(term__in=["contact-employer", "contact-ministry", "mission-access"]).delete()
    return {duty.term: duty for duty in agreement.duties.all()}


def later(w, days):
    w.at += days * DAY
    Programme.objects.update(clock_at=w.at)


def test_where_nothing_is_in_force_nobody_owes_anything(w, visit):
    build.tabled(w)
    for person in (None, w.desk[0]):
        seen = visit(person, "duties", w.programme.code)
        assert "No agreement is in force, so nobody owes anything yet." in seen.words
        assert "<table" not in seen.words
        assert "duties_public" not in seen.words


def test_anybody_reads_who_owes_what_by_when_and_how_it_stands(w, three, visit):
    later(w, 20)
    done = three["contact-employer"]
    duties.show(duty=done, person=w.of("rusal", "answer"), at=w.at, **WORDS)
    seen = visit(None, "duties", w.programme.code)
    assert 'href="https://contoh.id/surat-7" rel="noopener nofollow external">Evidence' in seen.words
    assert "Surat dikirim" not in seen.words
    for said in ("late, no evidence: 1", "done, with evidence: 1", "to come: 1", "February 2026", "August 2026"):
        assert said in seen.words
    assert f"/perjanjian/{done.agreement.code}/#roles" in seen.words
    assert seen.words.count("Tuesday, 10 February 2026") == 2


def test_the_drawing_has_a_sign_a_number_and_the_same_in_words(w, three, visit):
    later(w, 20)
    duties.show(duty=three["contact-employer"], person=w.of("rusal", "answer"), at=w.at, **WORDS)
    seen = visit(None, "duties", w.programme.code)
    signs = [
        (row["office"].code, cell["month"], cell["sign"], cell["number"])
        for row in seen.context["overview"]
        for cell in row["cells"]
        if cell["number"]
    ]
    assert signs == [("kp2mi", 2, "late", 1), ("rusal", 2, "done", 1), ("rusal", 8, "open", 1)]
    assert (seen.words.count("sign-late"), seen.words.count("sign-done")) == (1, 1)
    assert "August 2026: to come 1" in seen.words


def test_the_board_shows_one_office_one_standing_one_year_or_all(w, three, visit):
    def shown(**query):
        seen = visit(w.desk[0], "duties", w.programme.code, **query)
        assert seen.status_code == 200
        return {row["duty"].term for _, rows in seen.context["months"] for row in rows}

    assert shown() == set(three)
    assert shown(pihak="kp2mi") == {"contact-ministry"}
    assert shown(keadaan="due") == {"mission-access"}
    assert shown(pihak="kp2mi", keadaan="due") == set()
    three["contact-ministry"].due_at += 365 * DAY
    three["contact-ministry"].save()
    assert shown() == {"contact-employer", "mission-access"}
    assert shown(tahun="2027") == {"contact-ministry"}
    assert shown(tahun="semua") == set(three)
    for odd in ({"tahun": "1999"}, {"pihak": "esok"}, {"keadaan": "hilang"}, {"tahun": ""}):
        assert shown(**odd) == {"contact-employer", "mission-access"}


def test_a_duty_without_a_day_says_which_milestone_it_hangs_on(w, three, visit):
    Duty.objects.filter(term="mission-access").update(due_at=None)
    assert "Without a day yet" in visit(None, "duties", w.programme.code).words
    seen = visit(None, "duty", w.programme.code, three["mission-access"].code)
    assert "no day yet" in seen.words
    assert "hangs on the milestone: " in seen.words


def test_an_office_shows_its_duty_done_and_what_was_missing_is_said_first(w, three, visit):
    duty, person = three["contact-employer"], w.of("rusal", "answer")
    page = visit(person, "duty", w.programme.code, duty.code)
    assert "Show this duty done" in page.words
    assert "Excuse this duty" not in page.words
    seen = visit(person, "duty_show", w.programme.code, duty.code, post=True, data={"evidence": WORDS["evidence"]})
    assert seen.status_code == 422
    assert "Write an address or the number of a document." in seen.words
    assert WORDS["evidence"] in seen.words
    seen = visit(person, "duty_show", w.programme.code, duty.code, post=True, data=WORDS)
    assert (seen.status_code, seen.url) == (302, f"/en/program/{w.programme.code}/kewajiban/{duty.code}/")
    duty.refresh_from_db()
    assert (duty.state, duty.evidence, duty.address) == ("done", WORDS["evidence"], WORDS["address"])
    assert WORDS["evidence"] in visit(w.of("kp2mi", "sign"), "duty", w.programme.code, duty.code).words
    public = visit(None, "duty", w.programme.code, duty.code).words
    assert WORDS["evidence"] not in public
    assert WORDS["address"] in public
    assert "Shown as done." in public


def test_a_document_number_is_no_link_and_no_other_scheme_ever_is(w, three, visit):
    duty = three["contact-employer"]
    for address in ("Surat 7/2026", "javascript:alert(1)", "//contoh.id/x"):
        Duty.objects.filter(pk=duty.pk).update(state="done", address=address, done_at=w.at)
        for name, args in (("duties", ()), ("duty", (duty.code,))):
            seen = visit(None, name, w.programme.code, *args)
            assert address in seen.words
            assert f'href="{address}' not in seen.words


def test_a_doubt_is_read_by_the_parties_and_by_nobody_else(w, three, visit):
    duty = three["contact-employer"]
    duties.show(duty=duty, person=w.of("rusal", "answer"), at=w.at, **WORDS)
    seen = visit(w.desk[0], "duty_doubt", w.programme.code, duty.code, post=True, data={"reason": "Tanpa tanggal."})
    assert seen.status_code == 302
    assert "Tanpa tanggal." in visit(w.of("kp2mi", "sign"), "duty", w.programme.code, duty.code).words
    public = visit(None, "duty", w.programme.code, duty.code).words
    assert "Tanpa tanggal." not in public
    assert WORDS["address"] not in public
    assert "The evidence was doubted: open again." in public


def test_why_an_office_was_excused_is_public(w, three, visit):
    duty, mission = three["mission-access"], w.of("kbri-moskow", "answer")
    refused = visit(w.desk[0], "duty_excuse", w.programme.code, duty.code, post=True, data={"reason": "Digabung."})
    assert refused.status_code == 403
    duty.refresh_from_db()
    assert duty.state == "open"
    assert visit(mission, "duty_excuse", w.programme.code, duty.code, post=True).status_code == 422
    seen = visit(mission, "duty_excuse", w.programme.code, duty.code, post=True, data={"reason": "Akses sudah ada."})
    assert seen.status_code == 302
    for name, args in (("duties", ()), ("duty", (duty.code,))):
        assert "Akses sudah ada." in visit(None, name, w.programme.code, *args).words


def test_what_a_meeting_decided_is_the_office_s_and_the_desk_s(w, three, visit):
    decided = duties.owe(
        programme=w.programme,
        office="rusal",
        what={"id": "Kirim daftar."},
        wanted={"id": "Daftar."},
        due_on=dt.date(2026, 2, 20),
        origin="K-1",
        person=w.desk[0],
        roles=frozenset({Role.COORDINATOR}),
        at=w.at,
        chance=w.chance,
    )
    for person, code in ((None, 404), (w.of("kp2mi", "answer"), 404), (w.of("rusal", "answer"), 200), (w.desk[0], 200)):
        assert visit(person, "duty", w.programme.code, decided.code).status_code == code
        assert (decided.code in visit(person, "duties", w.programme.code).words) == (code == 200)


def calendar(answer):
    """Return the entries of a calendar that a page handed out, by their duty's code."""
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    book = icalendar.Calendar.from_ical(answer.content)
    return {str(one["UID"]).partition("@")[0]: one for one in book.walk("VEVENT")}


def test_the_public_days_are_a_calendar_that_reads_back(w, three, visit):
    Duty.objects.filter(term="contact-ministry").update(due_at=None)
    duties.show(duty=three["contact-employer"], person=w.of("rusal", "answer"), at=w.at + DAY, **WORDS)
    found = calendar(visit(None, "duties_public_ics", w.programme.code))
    done, access = three["contact-employer"], three["mission-access"]
    assert set(found) == {done.code, access.code}
    entry = found[access.code]
    assert entry["DTSTART"].dt == dt.datetime(2026, 8, 2, 16, 59, 59, tzinfo=dt.UTC)
    assert entry["DTSTAMP"].dt == w.at
    assert entry["SUMMARY"] == f"REHEARSAL · RUSAL: {access.what['en']}"
    assert str(entry["URL"]).endswith(f"/en/program/{w.programme.code}/kewajiban/{access.code}/")
    alarm = entry.walk("VALARM")
    assert [one["TRIGGER"].dt for one in alarm] == [-14 * DAY]
    assert (found[done.code]["DTSTAMP"].dt, found[done.code]["SEQUENCE"]) == (w.at + DAY, 1)
    assert found[done.code].walk("VALARM") == []
    assert WORDS["evidence"] not in str(found)


def test_the_same_data_is_the_same_calendar_byte_for_byte(w, three, visit):
    first = visit(None, "duties_public_ics", w.programme.code).content
    assert visit(None, "duties_public_ics", w.programme.code).content == first


def test_an_office_s_own_days_are_handed_to_who_acts_for_it(w, three, visit):
    assert visit(None, "duties_own_ics", w.programme.code).status_code == 302
    own = calendar(visit(w.of("rusal", "legal"), "duties_own_ics", w.programme.code))
    assert set(own) == {three["contact-employer"].code, three["mission-access"].code}
    assert calendar(visit(w.desk[0], "duties_own_ics", w.programme.code)) == {}
    stranger = people.person(at=w.at, chance=w.chance)
    assert visit(stranger, "duties_own_ics", w.programme.code).status_code == 403


def test_an_excused_duty_is_a_cancelled_entry(w, three, visit):
    duty = three["contact-employer"]
    duties.excuse(duty=duty, reason="Digabung.", person=w.desk[0], at=w.at)
    assert calendar(visit(None, "duties_public_ics", w.programme.code))[duty.code]["STATUS"] == "CANCELLED"
