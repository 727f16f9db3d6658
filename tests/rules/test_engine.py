"""The engine lives on its arguments: values in, values out, nothing read from the world."""

import ast

import pytest

from tests.rules import source

MAY_IMPORT = {
    *("abc", "base64", "bisect", "calendar", "collections", "copy", "dataclasses", "datetime", "decimal", "difflib"),
    *(
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "hmac",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "statistics",
    ),
    *("string", "struct", "textwrap", "tomllib", "types", "typing", "unicodedata"),
    *("pydantic", "pydantic_core", "numpy", "highspy", "rantau"),
}
ONLY_IN = dict.fromkeys(("importlib.import_module", "importlib.util.find_spec"), "src/rantau/engine/fast.py")
"""What one module alone may import: it looks for a compiler, and does without where none is installed."""
CLOCK = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp", "localtime", "default_rng", "seed"}
WORLD = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"}


def impurities(tree: ast.Module) -> list[str]:
    """Return what in a file reads or changes the world outside its arguments."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK:
            found.append(f"line {node.lineno}: .{node.attr}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORLD:
            found.append(f"line {node.lineno}: {node.func.id}()")
        elif isinstance(node, ast.Global):
            found.append(f"line {node.lineno}: global")
    return found


def test_the_engine_reads_no_clock_no_file_and_no_global():
    found = {source.name(path): impurities(source.parsed(path)) for path in source.modules(under="src/rantau/engine")}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_the_engine_imports_only_values():
    foreign = {
        f"{source.name(path)}: {name}"
        for path in source.modules(under="src/rantau/engine")
        for name in source.imports(path)
        if ONLY_IN.get(name) != source.name(path)
        if name.split(".")[0] not in MAY_IMPORT or (name.startswith("rantau.") and not name.startswith("rantau.engine"))
    }
    assert foreign == set()


@pytest.mark.parametrize("line", ["dt.datetime.now()", "dt.date.today()", "open('x')", "def f():\n    global x"])
def test_the_rule_sees_an_impurity(line):
    assert len(impurities(ast.parse(line))) == 1
