"""The page that checks a file in the reader's browser: opened as a file and from the server, with good and spoilt files."""

import copy
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from rantau.engine import proof
from rantau.engine.canonical import canonical
from rantau.engine.publication import build, dump
from rantau.engine.seal import stamp
from rantau.engine.shape import Unreadable
from rantau.ledger.signing import sign
from tests.browser.phone import PHONE
from tests.browser.reader import Reader
from tests.engine.changes import UNREADABLE, changes, ours, theirs, written
from tests.engine.rounds import ENTRIES, RULES, SIGNING_KEY, files, header
from tests.engine.test_verify import BAD, FORGERIES

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parents[2] / "tools" / "verify.html"
SERVED = "/cara-memeriksa/verify.html"
FILES = files()
SHIFTS = """() => {
  window.shifted = 0;
  const add = (one) => { window.shifted += one.hadRecentInput ? 0 : one.value; };
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({type: "layout-shift", buffered: true});
}"""
VERIFIED = {
    "id": ("Hasil ini dapat dihitung ulang", "Yang diperiksa", "PERAGAAN · data rekaan"),
    "en": ("This result can be computed again", "What was checked", "REHEARSAL · made-up data"),
    "ru": ("Этот результат можно пересчитать", "Что проверено", "РЕПЕТИЦИЯ · вымышленные данные"),
}
DIFFERENT = {
    "id": ("Berkas ini berbeda dari hitungannya", "Tertulis", "Seharusnya"),
    "en": ("This file differs from its own computing", "It says", "It should be"),
    "ru": ("Файл расходится с собственным расчётом", "Записано", "Должно быть"),
}
PROVED = {
    "id": ("Bukti ini cocok", "nilai lain"),
    "en": ("This proof holds", "another value"),
    "ru": ("Это доказательство верно", "другое значение"),
}
NOTHING_SENT = {
    "id": "Tidak ada yang dikirim ke mana pun.",
    "en": "Nothing is sent anywhere.",
    "ru": "Никуда ничего не отправляется.",
}


def proven(data: bytes) -> str:
    """Return the library's verdict on a proof in the form of `ours`."""
    try:
        return proof.verify(data).path
    except Unreadable:
        return UNREADABLE


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    """Return a phone with scripts and without a network."""
    context = browser.new_context(**PHONE)
    context.set_offline(True)
    yield Reader(context.new_page(), tmp_path)
    context.close()


@pytest.fixture
def opened(reader: Reader) -> Reader:
    """Open the page as a file."""
    return reader.open(HERE.as_uri())


# --- what it says -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", VERIFIED)
@pytest.mark.parametrize("name", FILES)
def test_a_published_file_is_verified(reader, name, language):
    reader.open(HERE.as_uri(), language)
    reader.page.evaluate(SHIFTS)
    assert NOTHING_SENT[language] in reader.page.locator("main").inner_text()
    data = dump(FILES[name])
    told = reader.give(data)
    assert [words for words in VERIFIED[language] if words not in told] == []
    assert hashlib.sha256(data).hexdigest() in told
    checks = reader.page.locator(".checks li")
    classes = [one.get_attribute("class") for one in checks.all()]
    assert classes == ["yes"] * (9 if "final" in name else 8)
    rows, open_rows = len(FILES[name]["rows"]), sum("marks" in row for row in FILES[name]["rows"])
    assert {str(rows), str(open_rows)} <= set(checks.first.inner_text().replace(":", " ").replace(",", " ").split())
    assert (reader.faults(), reader.page.evaluate("window.shifted")) == ([], 0)
    assert reader.page.locator("#status").inner_text() == VERIFIED[language][0]


@pytest.mark.parametrize("language", DIFFERENT)
def test_a_changed_total_is_named_with_what_it_should_be(reader, language):
    reader.open(HERE.as_uri(), language)
    file = copy.deepcopy(FILES["final public"])
    file["rows"][1]["total"] = 8001
    told = reader.give(dump(file))
    point = "." if language == "en" else ","
    found = [f"8001 (80{point}01)", f"9000 (90{point}00)", "DIFFERENT rows[1].total", "R-A", *DIFFERENT[language]]
    assert [words for words in found if words not in told] == []
    classes = [one.get_attribute("class") for one in reader.page.locator(".checks li").all()]
    assert classes == ["yes", "yes", "yes", "no", None, None, None, None, None]
    assert reader.faults() == []


def test_every_forgery_that_is_sealed_again_is_explained(opened):
    for name, forge, path in FORGERIES.values():
        file = copy.deepcopy(FILES[name])
        forge(file)
        told = opened.give(dump(sign({**file, "seal": stamp(file)}, SIGNING_KEY)))
        assert [words for words in (*DIFFERENT["id"], f"DIFFERENT {path}") if words not in told] == [], path
        assert "undefined" not in told, path
    assert opened.faults() == []


def test_what_is_no_such_file_is_said_to_be_unreadable(opened):
    for name, data in BAD.items():
        told = opened.give(data)
        assert told.startswith("Berkas ini tidak dapat dibaca\n"), name
        assert (len(told.splitlines()) >= 3, "undefined" in told) == (True, False), name
        assert opened.page.locator("#ask").is_hidden(), name
    assert opened.faults() == []


WHY = {
    "not UTF-8": ("id", "Isinya bukan teks UTF-8."),
    "a key twice": ("en", "The key “kind” stands twice.\n\nLine 1, column 1319."),
    "a whole fraction": ("ru", "10. — не целое число"),
    "another format": ("en", "This kind of file is not known. The page reads: rantau.round/1, rantau.proof/1."),
    "weights not 100": ("id", "Aturan di berkas ini tidak mungkin"),
    "a key missing": ("id", "draw tidak ada."),
    "a key too many": ("ru", "Формат не знает: note."),
    "rows no list": ("en", "What stands in rows is not allowed by the format."),
}


def test_why_a_file_cannot_be_read_stands_there_in_words(opened):
    for name, (language, words) in WHY.items():
        opened.page.click(f"#tongues [lang={language}]")
        assert words in opened.give(BAD[name]), name
    assert opened.faults() == []


def test_the_language_changes_with_what_was_found(opened):
    opened.give(dump(FILES["provisional public"]))
    for language, words in VERIFIED.items():
        opened.page.click(f"#tongues [lang={language}]")
        told = opened.page.locator("#result").inner_text()
        assert ([one for one in words if one not in told], opened.page.title()[-9:]) == ([], " · Rantau")
        assert opened.page.locator("html").get_attribute("lang") == language
        assert opened.page.locator("#tongues [aria-pressed=true]").get_attribute("lang") == language
    assert opened.faults() == []


# --- one's own row ------------------------------------------------------------------------------------------------------
OWN = {
    "R-A": "R-A: rank 1 of 7, total 90.00 of 100. Selected. The rank lies within the 2 seats. Nobody stands above. "
    "written: 90.00 of 100.00, weight 40 practical: 90.00 of 100.00, weight 40 interview: 18.00 of 20.00, weight 20",
    "R-D": "R-D: rank 2 of 7, total 80.00 of 100. Selected. The rank lies within the 2 seats. Directly above stands R-A "
    "with a total of 90.00; the total parts them. "
    "written: 70.00 of 100.00, weight 40 practical: 90.00 of 100.00, weight 40 interview: 16.00 of 20.00, weight 20",
    "r b": "R-B: rank 3 of 7, total 80.00 of 100. Reserve. The rank lies behind the 2 seats, within the reserve list (2). "
    "Directly above stands R-D with the same total; the mark of the test practical decided. "
    "That mark is 90.00 above and 80.00 here. "
    "written: 80.00 of 100.00, weight 40 practical: 80.00 of 100.00, weight 40 interview: 16.00 of 20.00, weight 20",
    "rg": "R-G: rank 7 of 7, total 60.00 of 100. No seat. The rank lies behind the 2 seats and the reserve list (2). "
    "Directly above stands R-F, equal in every mark; the lot decided, the larger number first: "
    "bfcfc4bcc02a… and 6a0ac482065c….",
    "R-F": "R-F: rank 6 of 7, total 60.00 of 100. No seat. The rank lies behind the 2 seats and the reserve list (2). "
    "Directly above stands R-E with the same total; the mark of the test practical decided.",
    "R-I": "R-I: no rank. No seat. Only who took every test and reached every pass mark has a rank. "
    "Why is shown to the person alone.",
    "R-Z": "R-Z is not in this list. Compare it with your own page, sign by sign.",
}


def test_whoever_types_a_code_sees_rank_total_and_why(reader):
    reader.open(HERE.as_uri(), "en").give(dump(FILES["provisional public"]))
    assert {typed: reader.ask(typed) for typed in OWN} == OWN
    assert reader.faults() == []


def test_in_the_auditors_file_the_reason_of_a_row_without_rank_stands_there(opened):
    opened.give(dump(FILES["provisional audit"]))
    assert opened.ask("R-H").startswith(
        "R-H: tanpa peringkat. Belum mendapat kursi. Nilai tes written di bawah nilai batas."
    )
    assert "Tidak ada nilai untuk tes practical." in opened.ask("R-I")
    assert "practical: – dari 100,00, bobot 40" in opened.ask("R-I")


def test_a_row_of_a_file_that_differs_comes_with_a_warning(opened):
    file = copy.deepcopy(FILES["provisional public"])
    file["rows"][3]["total"] = 8100
    opened.give(dump(file))
    assert opened.ask("R-A").startswith(
        "Berkas ini berbeda dari hitungannya; baris ini belum tentu benar. R-A: peringkat 1"
    )


def test_a_code_like_those_we_write_is_forgiven_its_form(opened):
    file = copy.deepcopy(FILES["provisional public"])
    file["rows"][0]["code"] = "R-7K3QF9X0M11A"
    opened.give(dump(file))
    for typed in ("r-7k3qf9xoml1a", "R7K3 QF9X 0MIL A", " R-7K3QF9X0M11A "):
        assert "R-7K3QF9X0M11A: peringkat 1" in opened.ask(typed)


# --- agreement ------------------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_page_agrees_with_both_verifiers_about_every_kind_of_change(opened, name):
    spoilt = list(changes(FILES[name], most=6))
    for path, file in random.Random(name).sample(spoilt, 16):
        data = written(file)
        assert opened.judge(data) == theirs(data) == ours(data) != "", path


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_page_agrees_about_changes_that_are_sealed_and_signed_again(opened, name):
    spoilt = [found for found in changes(FILES[name], most=2) if found[0][0] not in ("seal", "signature")]
    for path, file in random.Random(name).sample(spoilt, 16):
        try:
            data = written(sign({**file, "seal": stamp(file)}, SIGNING_KEY))
        except TypeError:  # a float has no canonical form to seal
            data = written(file)
        assert opened.judge(data) == theirs(data) == ours(data), path


@pytest.mark.slow
def test_the_page_agrees_about_what_cannot_be_read(opened):
    assert {name: opened.judge(data) for name, data in BAD.items()} == dict.fromkeys(BAD, UNREADABLE)


ODD = {
    "\U0001f600": ["\ufb01"],
    "\ufb01": '\u0001\u007f\u2028"\\/\b\f\n\r\t',
    "\ue000": None,
    "": {"b": 10**30, "a": -0},
}


def test_the_page_writes_the_same_canonical_bytes(opened):
    """Keys beyond the basic plane sort behind all others, by code point; what JSON must escape is escaped alike."""
    text = json.dumps(ODD)
    assert opened.page.evaluate("(text) => canonical(parse(text))", text).encode() == canonical(json.loads(text))


@pytest.mark.slow
def test_the_page_agrees_about_codes_in_any_script(opened):
    codes = {"R-A": "\U0001f600", "R-B": "\ufb01", "R-C": "ñ漢"}
    entries = [one.model_copy(update={"code": codes.get(one.code, one.code)}) for one in ENTRIES]
    for audience in ("public", "audit"):
        data = dump(build(header(), entries, RULES, audience=audience))
        assert [opened.judge(data), theirs(data), ours(data)] == ["", "", ""]


@pytest.mark.slow
@pytest.mark.parametrize("code", ["R-E", "R-J", "R-H"])
def test_the_page_reads_a_proof_and_agrees_about_every_change_of_it(opened, code):
    made = proof.prove(FILES["final public"], code)
    told = opened.give(dump(made))
    assert [words for words in ("Bukti ini cocok", code, made["root"]) if words not in told] == []
    assert (opened.page.locator("#ask").is_hidden(), opened.faults()) == (True, [])
    spoilt = list(changes(made, most=6))
    for path, file in random.Random(code).sample(spoilt, 30):
        data = written(file)
        assert opened.judge(data) == proven(data) != "", path


@pytest.mark.slow
def test_every_language_says_that_a_proof_holds_or_where_not(opened):
    made = proof.prove(FILES["final public"], "R-J")
    told = {"id": "tempat 8 dari 10", "en": "place 8 of 10", "ru": "место 8 из 10"}
    for language, (verdict, word) in PROVED.items():
        opened.page.click(f"#tongues [lang={language}]")
        said = opened.give(dump(made))
        assert (said.startswith(f"{verdict}\n"), told[language] in said) == (True, True), said
        said = opened.give(dump({**made, "index": 6}))
        assert (said.startswith(DIFFERENT[language][0]), word in said, "DIFFERENT index" in said) == (True, True, True)
    assert opened.faults() == []


# --- other ways in, and none out -------------------------------------------------------------------------------------------
def test_pasted_text_is_checked_too(opened):
    opened.page.click("summary")
    opened.page.fill("#text", dump(FILES["final public"]).decode())
    opened.page.evaluate("document.getElementById('verdict').textContent = ''")
    opened.page.click("#pasted button")
    told = opened.answer()
    assert (told.startswith(VERIFIED["id"][0]), "Sidik jari berkas" in told) == (True, False)
    assert opened.faults() == []


def test_a_dropped_file_is_checked_too(opened):
    text = dump(FILES["final public"]).decode()
    opened.page.evaluate(
        """(text) => {
          document.getElementById("verdict").textContent = "";
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "round.json"));
          const how = {dataTransfer, bubbles: true, cancelable: true};
          for (const kind of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, how));
        }""",
        text,
    )
    assert opened.answer().startswith(VERIFIED["id"][0])


def test_the_page_can_reach_nothing_and_keeps_nothing(opened):
    opened.give(dump(FILES["final public"]))
    opened.ask("R-A")
    assert [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []
    assert opened.page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')") == "refused"
    assert opened.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert [line for line in opened.said if "Content Security Policy" in line] != []


def test_without_scripts_the_page_says_what_it_needs(browser):
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(HERE.as_uri())
    told = page.locator("main").inner_text()
    needed = ("memerlukan JavaScript", "needs JavaScript", "нужны JavaScript")
    assert [words for words in needed if words not in told] == []
    assert page.locator("#file").is_disabled()
    context.close()


# --- from the server --------------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("language", VERIFIED)
def test_the_served_page_does_the_same(browser, site, tmp_path, language):
    context = browser.new_context(**PHONE, base_url=site.url)
    reader = Reader(context.new_page(), tmp_path)
    prefix = "" if language == "id" else f"/{language}"
    reader.page.goto(f"{prefix}/cara-memeriksa/")
    reader.page.click("a[href$='verify.html']")
    assert reader.page.url == f"{site.url}{prefix}{SERVED}"
    assert reader.page.locator("html").get_attribute("lang") == language
    before = len(reader.asked)
    assert VERIFIED[language][0] in reader.give(dump(FILES["final public"]))
    assert DIFFERENT[language][0] in reader.give(dump({**FILES["final public"], "intake": "2027"}))
    assert (reader.asked[before:], reader.faults()) == ([], [])
    with reader.page.expect_download() as saved:
        reader.page.click("#save a")
    assert Path(saved.value.path()).read_bytes() == HERE.read_bytes()
    context.close()
