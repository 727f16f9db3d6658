"""A person's own page of a division: the list, what is barred, exemptions, where they go and why, the answer, the card."""

import pytest
from django.utils.translation import override

from rantau.allocation.models import Exemption, Place, Wishes
from rantau.applications.models import Application
from rantau.web.allocation.sentences import TRUTH
from tests.allocation import build
from tests.allocation.build import again, announce, answer, close, everything, past, published, run, seated, wish

pytestmark = pytest.mark.django_db
SECRET = "Ayah saya lumpuh dan hanya saya yang merawatnya."


@pytest.fixture
def own(visit):
    """Return a function that opens one of somebody's pages of a division."""

    def go(w, name, kind, page="own_allocation", *args, **more):
        application = w.people[name]
        return visit(application.person, page, w.scope, application.code, kind, *args, **more)

    return go


def truth(language="en"):
    with override(language):
        return str(TRUTH)


# --- the list -----------------------------------------------------------------------------------------------------------
def test_a_list_is_given_and_shown_again_as_it_counts(at, chance, own):
    w = seated(at, chance)
    announce(w, "posting")
    page = own(w, "ani", "posting")
    assert "You have given no list yet." in page.words
    assert list(page.context["form"].places) == ["osaka", "sendai", "sapporo"]
    kept = own(w, "ani", "posting", post=True, data={"wish_osaka": "2", "wish_sapporo": "1", "wish_sendai": ""})
    assert (kept.status_code, Wishes.objects.get().list) == (302, ["sapporo", "osaka"])
    page = own(w, "ani", "posting")
    assert "Your list is kept. You can change it until" in page.words
    assert "This is your list as it counts now." in page.words
    initial = {name: field.initial for name, field in page.context["form"].fields.items()}
    assert initial == {"wish_osaka": "2", "wish_sendai": "", "wish_sapporo": "1"}


def test_fields_begin_with_the_wishes_of_the_registration(at, chance, own):
    w = seated(at, chance)
    Application.objects.filter(pk=w.people["ani"].pk).update(wishes=["anak", "lansia"])
    announce(w)
    page = own(w, "ani", "field")
    assert [page.context["form"].fields[f"wish_{code}"].initial for code in ("lansia", "anak")] == ["2", "1"]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (
            {"wish_osaka": "1", "wish_sapporo": "1"},
            {"wish_sapporo": ["Number 1 stands at “Osaka” too. Give each number to one place."]},
        ),
        ({"wish_osaka": "9"}, {"wish_osaka": ["Choose a number from the list, or leave the place out."]}),
        ({}, {"__all__": ["The list is empty. Give a number to at least one place."]}),
    ],
)
def test_a_list_that_cannot_be_read_is_explained_and_nothing_is_lost(at, chance, own, given, errors):
    w = seated(at, chance)
    wish(w, announce(w, "posting"), "ani", "sendai")
    before = everything()
    page = own(w, "ani", "posting", post=True, data=given)
    with override("en"):
        assert (page.status_code, page.context["form"].errors) == (422, errors)
    assert {key: value for key, value in page.context["form"].data.items() if value} == given
    assert all(f'<option value="{value}" selected>' in page.words for value in given.values() if value != "9")
    assert everything() == before


def test_a_place_that_is_not_open_says_why_and_cannot_be_listed(at, chance, own):
    w = seated(at, chance)
    announce(w, "posting")
    page = own(w, "dedi", "posting")
    assert page.context["barred"] == [
        {
            "title": "Osaka",
            "words": "It asks for at least 70.00 in “Practical care test”; you have 65.00 of 100.00.",
        },
        {"title": "Nagano", "words": "It has no seats."},
    ]
    assert list(page.context["form"].fields) == ["wish_sendai", "wish_sapporo"]
    assert own(w, "dedi", "posting", post=True, data={"wish_osaka": "1"}).status_code == 422
    assert Wishes.objects.count() == 0


def test_after_the_day_no_list_is_taken_and_the_page_says_what_comes(at, chance, own):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "sapporo", "osaka")
    w.later(allocation.wishes_until - w.at + build.HOUR)
    late = own(w, "ani", "posting", post=True, data={"wish_osaka": "1"})
    assert (late.status_code, Wishes.objects.get().list) == (409, ["sapporo", "osaka"])
    page = own(w, "ani", "posting")
    assert (page.context["phase"], "<li>Sapporo</li><li>Osaka</li>" in page.words) == ("closed", True)
    assert "form" in page.context
    assert "wish_osaka" not in page.words


def test_whoever_has_no_accepted_seat_is_told_when_the_list_counts(at, chance, own):
    w = build.finished(at, chance)
    announce(w)
    assert "Your list counts once you have accepted a seat" in own(w, "ani", "field").words
    build.take_seats(w)
    build.refresh(w)
    assert "Your list counts once you have accepted a seat" not in own(w, "ani", "field").words


# --- the promise ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mechanism", "holds"),
    [
        ("merit_wishes", True),
        ("applicant_proposing_da", True),
        ("opening_proposing_da", False),
        ("exact", True),
    ],
)
def test_the_promise_about_honest_lists_stands_where_it_holds_and_only_while_lists_are_open(
    at, chance, own, visit, mechanism, holds
):
    w = seated(at, chance, build.programme(postings=mechanism))
    allocation = announce(w, "posting")
    assert (truth() in own(w, "ani", "posting").words) is holds
    public = visit(None, "allocation", w.scope, "posting").words
    desk = visit(w.coordinator, "allocation_desk", w.scope, "posting").words
    assert [truth() in words for words in (public, desk)] == [False, False]
    wish(w, allocation, "ani", "sapporo")
    close(w, allocation)
    assert truth() not in own(w, "ani", "posting").words
    run(w, allocation)
    assert truth() not in own(w, "ani", "posting").words


def test_the_promise_is_said_in_every_language(at, chance, client):
    w = seated(at, chance)
    announce(w)
    client.force_login(w.people["ani"].person)
    rest = f"program/{w.scope}/pendaftaran/{w.people['ani'].code}/pembagian/field/"
    for language, prefix in (("id", ""), ("en", "en/"), ("ru", "ru/")):
        page = client.get(f"/{prefix}{rest}").content.decode().replace("&#x27;", "'")
        assert truth(language) in " ".join(page.split())
    assert len({truth(language) for language in ("id", "en", "ru")}) == 3


# --- exemptions -----------------------------------------------------------------------------------------------------------
def test_an_exemption_is_asked_for_sealed_and_taken_back(at, chance, own):
    w = seated(at, chance)
    announce(w, "posting")
    page = own(w, "ani", "posting", "exemption_ask")
    assert "They see the place and your reason; they see no list of wishes." in page.words
    bad = own(w, "ani", "posting", "exemption_ask", post=True, data={"place": "osaka", "why": " "})
    assert (bad.status_code, Exemption.objects.count()) == (422, 0)
    odd = own(w, "ani", "posting", "exemption_ask", post=True, data={"place": "mars", "why": SECRET})
    assert (odd.status_code, SECRET in odd.words) == (422, True)
    assert (
        own(w, "ani", "posting", "exemption_ask", post=True, data={"place": "osaka", "why": SECRET}).status_code == 302
    )
    asked = Exemption.objects.get()
    assert (asked.place, asked.state, SECRET.encode() in bytes(asked.why)) == ("osaka", "asked", False)
    page = own(w, "ani", "posting")
    assert ("asked, not answered yet" in page.words, SECRET in page.words) == (True, False)
    assert list(own(w, "ani", "posting", "exemption_ask").context["form"].fields["place"].choices) == [
        ("sendai", "Sendai"),
        ("sapporo", "Sapporo"),
    ]
    own(w, "ani", "posting", "exemption_back", asked.ref, post=True)
    asked.refresh_from_db()
    assert (asked.state, asked.why) == ("taken_back", None)


def test_an_answered_exemption_is_read_and_bars_the_place(at, chance, own):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "osaka", "sendai")
    build.judge(w, build.ask(w, allocation, "ani", "osaka", SECRET))
    page = own(w, "ani", "posting")
    assert page.context["barred"][0] == {"title": "Osaka", "words": "You were exempted from it."}
    assert page.context["wishes"] == ["Sendai"]
    assert ("“Sudah diperiksa.”" in page.words, SECRET in page.words) == (True, False)


def test_nobody_takes_back_or_reads_what_belongs_to_another(at, chance, visit):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    asked = build.ask(w, allocation, "ani", "osaka", SECRET)
    wish(w, allocation, "ani", "sapporo")
    ani, budi = w.people["ani"], w.people["budi"]
    before = everything()
    for code in (ani.code, budi.code):
        answered = visit(budi.person, "exemption_back", w.scope, code, "posting", asked.ref, post=True)
        assert answered.status_code == 404
    assert visit(budi.person, "own_allocation", w.scope, ani.code, "posting").status_code == 404
    assert visit(w.coordinator, "own_allocation", w.scope, ani.code, "posting").status_code == 404
    assert everything() == before


# --- where one goes and why -----------------------------------------------------------------------------------------------
WISHES = {name: ("anak", "lansia") for name in ("ani", "budi", "citra")} | {"dedi": ("lansia",)}


def lines(page):
    return [line["words"] for line in page.context["lines"]]


def test_each_wish_has_one_plain_sentence(at, chance, own):
    w = seated(at, chance)
    published(w, **WISHES)
    page = own(w, "citra", "field")
    assert lines(page) == [
        "Field anak is full: the last to get in has rank 2, your rank is 3.",
        "Field lansia: you go here.",
    ]
    assert (page.context["place"], page.context["number"], page.context["may"]) == (
        "Field lansia",
        2,
        ["accept", "wait", "decline"],
    )
    assert lines(own(w, "ani", "field")) == [
        "Field anak: you go here.",
        "Field lansia: not asked any more, because a place higher on your list is yours.",
    ]
    assert own(w, "ani", "field").context["may"] == ["accept", "decline"]


def test_a_minimum_and_a_bar_are_named_as_the_reason(at, chance, own):
    w = seated(at, chance, build.programme(postings="exact", least={"sendai": 1}))
    allocation = announce(w, "posting")
    for name in ("ani", "budi", "citra"):
        wish(w, allocation, name, "osaka", "sendai", "sapporo")
    wish(w, allocation, "dedi", "sapporo")
    for name in ("citra", "dedi"):
        build.judge(w, build.ask(w, allocation, name, "sendai", SECRET))
    close(w, allocation)
    run(w, allocation)
    assert lines(own(w, "budi", "posting")) == [
        "Osaka: with you there, too few people would have been left for the minimum of Sendai (1).",
        "Sendai: you go here.",
        "Sapporo: not asked any more, because a place higher on your list is yours.",
    ]
    assert lines(own(w, "citra", "posting"))[0] == "Osaka: you go here."
    assert [row["words"] for row in own(w, "dedi", "posting").context["barred"]] == [
        "It asks for at least 70.00 in “Practical care test”; you have 65.00 of 100.00.",
        "You were exempted from it.",
        "It has no seats.",
    ]


def test_without_a_place_the_page_says_why_and_what_now(at, chance, own):
    w = seated(at, chance)
    published(w, "posting", ani=("sendai",), dedi=("sendai",))
    page = own(w, "dedi", "posting")
    assert (page.context["phase"], lines(page)) == (
        "unplaced",
        ["Sendai is full: the last to get in has rank 1, your rank is 4."],
    )
    assert "You keep your seat in the programme." in page.words
    bare = own(w, "citra", "posting")
    assert (bare.context["phase"], "You gave no list, so no place could be given to you." in bare.words) == (
        "unplaced",
        True,
    )
    assert own(w, "eka", "posting").context["phase"] == "later"


# --- the answer -----------------------------------------------------------------------------------------------------------
def test_answers_are_taken_and_what_is_lost_is_said_before(at, chance, own):
    w = seated(at, chance)
    published(w, **WISHES)
    page = own(w, "citra", "field", "place_answer")
    assert "Who declines the field gives up the seat in the programme" in page.words
    assert "No answer by then counts as no." in page.words
    assert own(w, "citra", "field", "place_answer", post=True).status_code == 422
    assert own(w, "ani", "field", "place_answer", post=True, data={"says": "wait"}).status_code == 422
    own(w, "ani", "field", "place_answer", post=True, data={"says": "accept"})
    own(w, "citra", "field", "place_answer", post=True, data={"says": "wait"})
    own(w, "dedi", "field", "place_answer", post=True, data={"says": "decline"})
    build.refresh(w)
    assert {name: own(w, name, "field").context["phase"] for name in ("ani", "citra", "dedi")} == {
        "ani": "accepted",
        "citra": "waiting",
        "dedi": "declined",
    }
    assert (w.people["dedi"].state, w.people["eka"].state) == ("declined", "offered")
    gone = own(w, "dedi", "field").words
    assert "With the field you gave up your seat in the programme." in gone
    assert own(w, "ani", "field", "place_answer").status_code == 302


def test_silence_is_told_as_what_it_was_and_no_answer_is_taken_after_it(at, chance, own):
    w = seated(at, chance)
    allocation = published(w, **WISHES)
    w.later(again(allocation).answers_until - w.at + build.HOUR)
    page = own(w, "ani", "field")
    assert (page.context["phase"], page.context["may"]) == ("silent", [])
    assert "No answer counts as no, as was said." in page.words
    late = own(w, "ani", "field", "place_answer", post=True, data={"says": "accept"})
    assert (late.status_code, Place.objects.get(application=w.people["ani"]).state) == (422, "offered")
    past(w, allocation)
    assert own(w, "ani", "field").context["phase"] == "silent"


def test_after_a_second_decision_people_read_that_they_rose_or_keep(at, chance, own):
    w = seated(at, chance)
    allocation = published(w, **WISHES)
    answer(w, allocation, "ani", "decline")
    answer(w, allocation, "budi", "accept")
    answer(w, allocation, "citra", "wait")
    answer(w, allocation, "dedi", "accept")
    build.take_seats(w)
    past(w, allocation)
    run(w, allocation)
    page = own(w, "citra", "field")
    assert "You rose from Field lansia to Field anak." in page.words
    assert (page.context["phase"], page.context["may"]) == ("offered", ["accept", "decline"])
    assert "You keep Field anak: nothing higher on your list became free." in own(w, "budi", "field").words
    assert own(w, "eka", "field").context["phase"] == "unplaced"


# --- nothing of others, and where it is listed ----------------------------------------------------------------------------
def test_no_page_says_what_others_wish_or_wrote(at, chance, own, visit):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "sapporo", "osaka")
    build.ask(w, allocation, "ani", "sendai", SECRET)
    codes = set(build.names(w))
    ani = next(code for code, name in build.names(w).items() if name == "ani")
    pages = [
        own(w, "budi", "posting"),
        own(w, "budi", "posting", "exemption_ask"),
        visit(None, "allocation", w.scope, "posting"),
        visit(w.coordinator, "allocations", w.scope),
        visit(w.coordinator, "allocation_desk", w.scope, "posting"),
        visit(w.auditor, "allocation_desk", w.scope, "posting"),
        visit(w.coordinator, "exemptions", w.scope),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [SECRET in page.words or "Nama ani" in page.words for page in pages] == [False] * len(pages)
    assert [ani in page.words.replace(" ", "") for page in pages] == [False] * len(pages)
    unlisted = [page for page in pages if not any(code in page.words.replace(" ", "") for code in codes)]
    assert len(unlisted) == len(pages) - 1  # a person's own page holds their own code
    judging = visit(w.coordinator, "exemption_judge", w.scope, Exemption.objects.get().ref).words
    assert (SECRET in judging, "Sapporo" in judging, "Osaka" in judging) == (True, False, False)


def test_what_is_due_stands_on_the_registration_and_on_the_account(at, chance, visit):
    w = seated(at, chance)
    ani = w.people["ani"]
    assert visit(ani.person, "application", w.scope, ani.code).context["divisions"] == []
    allocation = announce(w)
    (card,) = visit(ani.person, "application", w.scope, ani.code).context["divisions"]
    assert (str(card["title"]), card["until"], card["listed"]) == ("Pilihan bidang", allocation.wishes_until, 0)
    wish(w, allocation, "ani", "anak")
    close(w, allocation)
    run(w, allocation)
    page = visit(ani.person, "application", w.scope, ani.code)
    (card,) = page.context["divisions"]
    assert (card["place"], card["until"], card["tone"]) == ("Field anak", again(allocation).answers_until, "now")
    assert "Your field: Field anak" in page.words
    assert "Your answer is needed" in visit(ani.person, "account").words
    timeline = [entry["title"] for entry in page.context["events"]]
    assert len(timeline) == len(set(timeline))
