"""What is committed speaks of the project alone: locks without hosts, papers without anybody's folders."""

import re

import pytest

from tests.rules import source

LOCKS = sorted((source.ROOT / "requirements").glob("*.lock"))
HOST = re.compile(r"(?:https?|file|git\+\w+)://|index-url|find-links|\b[\w-]+\.(?:org|com|net|io|dev|id|ru)\b")
HOME = re.compile(r"(?<![\w.$}])/(?:home|Users|root)/\w")
LINE = re.compile(r"[a-z0-9-]+==[\w.!+]+(?: ; .+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def test_there_is_a_lock_for_every_set():
    assert {path.stem for path in LOCKS} == {"runtime", *source.project()["dependency-groups"]}


@pytest.mark.parametrize("path", LOCKS, ids=source.name)
def test_a_lock_holds_names_versions_and_hashes_and_no_host(path):
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if HOST.search(line)] == []
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_the_locks_agree_on_versions():
    pins: dict[str, set[frozenset[str]]] = {}
    for path in LOCKS:
        rows = re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE)
        for name in {name for name, _ in rows}:
            pins.setdefault(name, set()).add(frozenset(version for other, version in rows if other == name))
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_every_declared_dependency_is_locked_and_argued():
    argued = (source.ROOT / "docs" / "adr" / "0011-dependencies.md").read_text("utf-8").lower()
    declared = {
        re.split(r"[\[<>=]", d)[0].lower().replace("_", "-") for d in source.project()["project"]["dependencies"]
    }
    locked = set(re.findall(r"^([a-z0-9-]+)==", (source.ROOT / "requirements/runtime.lock").read_text(), re.MULTILINE))
    assert declared - locked == set()
    assert {name for name in declared if f"`{name}`" not in argued} == set()


def test_no_file_speaks_of_the_place_where_it_was_written():
    this = source.ROOT / "tests" / "rules" / "test_papers.py"
    texts = [path for path in source.files() if path.suffix not in {".mo", ".png", ".jpg", ".woff2", ".pdf", ".ico"}]
    assert [source.name(p) for p in texts if p != this and HOME.search(p.read_text("utf-8", "replace"))] == []
    assert HOME.search("see /home/somebody/notes")


def test_decision_records_are_numbered_without_gaps_and_short():
    records = sorted((source.ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert [source.name(path) for path in records if len(path.read_text("utf-8").splitlines()) > 60] == []


def test_every_path_that_a_paper_names_is_there():
    papers = [source.ROOT / "README.md", source.ROOT / "CONTRIBUTING.md", *(source.ROOT / "docs").rglob("*.md")]
    named = {
        (source.name(paper), path)
        for paper in papers
        for path in re.findall(
            r"`((?:src|tests|tools|docs|programmes|requirements)/[\w./-]*)`", paper.read_text("utf-8")
        )
    }
    assert named
    assert {(paper, path) for paper, path in named if not (source.ROOT / path).exists()} == set()
