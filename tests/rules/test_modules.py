"""Every module says what it alone is for, and nothing hides in it."""

import ast
import re

from tests.rules import source

FORBIDDEN = {
    "util",
    "utils",
    "common",
    "core",
    "helper",
    "helpers",
    "service",
    "services",
    "manager",
    "managers",
    "misc",
}
GETTEXT = ("django.utils.translation", "gettext")


def opening(tree: ast.Module) -> str:
    """Return the first paragraph of a module's docstring on one line."""
    return " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())


def is_one_sentence(text: str) -> bool:
    """Tell whether a text is exactly one sentence."""
    return text.endswith(".") and not re.search(r"[.!?] [A-ZА-Я]", text)


def test_every_module_opens_with_one_sentence():
    opened = {source.name(path): opening(source.parsed(path)) for path in source.modules()}
    assert {path: text for path, text in opened.items() if not is_one_sentence(text)} == {}


def test_the_rule_sees_two_sentences_and_none():
    assert is_one_sentence("Codes that people read, type and say.")
    assert not is_one_sentence("Codes. And more.")
    assert not is_one_sentence(opening(ast.parse("x = 1")))


def test_no_file_or_folder_has_a_name_that_means_nothing():
    code = [f for f in source.files() if f.suffix in {".py", ".html", ".js", ".css"}]
    named = {part for path in code for part in (*path.relative_to(source.ROOT).parts[:-1], path.stem)}
    assert named & FORBIDDEN == set()


def test_no_class_is_a_service_or_a_helper():
    classes = [
        f"{source.name(path)}: {node.name}"
        for path in source.modules()
        for node in ast.walk(source.parsed(path))
        if isinstance(node, ast.ClassDef) and re.search(r"(Service|Helper|Utils?|Mixin)$", node.name)
    ]
    assert classes == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{source.name(path)}:{inner.lineno}"
        for path in source.modules()
        for node in ast.walk(source.parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_words_for_people_are_translated_at_the_edge_only():
    edges = {source.PACKAGE / "web", source.PACKAGE / "outbox"}
    inside = [
        source.name(path)
        for path in source.modules(under="src")
        if any(name.startswith(GETTEXT) for name in source.imports(path)) and not edges & set(path.parents)
    ]
    assert inside == []


def test_nothing_listens_to_signals_but_the_ledger_to_migrations():
    listening = {
        source.name(path)
        for path in source.modules(under="src")
        if any(name.startswith(("django.dispatch", "django.db.models.signals")) for name in source.imports(path))
    }
    assert listening == {"src/rantau/ledger/apps.py"}


def test_migrations_stand_alone():
    migrations = [path for path in source.files() if path.suffix == ".py" and "migrations" in path.parts]
    leaning = [source.name(p) for p in migrations if any(name.startswith("rantau") for name in source.imports(p))]
    assert migrations
    assert leaning == []
