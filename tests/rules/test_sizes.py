"""Nothing grows past what can be read in one sitting."""

import ast

import pytest

from tests.rules import source

FILE, FUNCTION, CLASS, METHODS = 400, 50, 150, 12
LIMITS = {"README.md": 120, "CONTRIBUTING.md": 150, "tools/verify.py": 200}
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines(node: ast.stmt) -> int:
    """Return how many lines a function or class takes."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def is_table(tree: ast.Module) -> bool:
    """Tell whether a file is a table of data: it defines no function and no class."""
    return not any(isinstance(node, (*Function, ast.ClassDef)) for node in ast.walk(tree))


def too_long(tree: ast.Module) -> list[str]:
    """Return what in a file is larger than allowed."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, Function) and lines(node) > FUNCTION:
            found.append(f"function {node.name}: {lines(node)} lines, allowed {FUNCTION}")
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(item, Function) for item in node.body)
            if lines(node) > CLASS or methods > METHODS:
                found.append(f"class {node.name}: {lines(node)} lines, {methods} methods")
    return found


def test_every_function_and_class_is_small():
    found = {source.name(path): too_long(source.parsed(path)) for path in source.modules()}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_every_file_but_a_table_of_data_is_small():
    long = {
        source.name(path): count
        for path in source.modules()
        if (count := len(path.read_text("utf-8").splitlines())) > FILE and not is_table(source.parsed(path))
    }
    assert long == {}


@pytest.mark.parametrize("path", LIMITS)
def test_papers_and_the_verifier_stay_short(path):
    assert len((source.ROOT / path).read_text("utf-8").splitlines()) <= LIMITS[path]


def test_the_rule_sees_what_is_too_large():
    function = "def long():\n" + "    pass\n" * FUNCTION
    methods = "class Many:\n" + "".join(f"    def m{i}(self): ...\n" for i in range(METHODS + 1))
    assert too_long(ast.parse(function)) == [f"function long: {FUNCTION + 1} lines, allowed {FUNCTION}"]
    assert too_long(ast.parse(methods)) == [f"class Many: {METHODS + 2} lines, {METHODS + 1} methods"]
    assert not is_table(ast.parse(function))
