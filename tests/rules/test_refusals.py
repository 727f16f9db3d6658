"""Every refusal has a sentence, and every sentence a refusal."""

import ast
from pathlib import Path

from rantau.web import sentences
from tests.rules import source


def raised(tree: ast.Module) -> list[str]:
    """Return the codes of all refusals a file makes; a code that is no literal comes back as its line."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_refusal(node.func)]
    return [
        call.args[0].value
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        else f"line {call.lineno}: the code is no literal"
        for call in calls
    ]


def _is_refusal(function: ast.expr) -> bool:
    return isinstance(function, ast.Name | ast.Attribute) and ast.unparse(function).split(".")[-1] == "Refusal"


def worded() -> list[str]:
    """Return the codes of every area's table of sentences, read without running it."""
    return [code for path in sorted(source.PACKAGE.glob("web/**/sentences.py")) for code in _table(path)]


def _table(path: Path) -> list[str]:
    for node in source.parsed(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(target) == "REFUSALS":
                return [ast.literal_eval(key) for key in node.value.keys if key]
    return []


def test_refusals_and_sentences_are_the_same():
    pages = [path for path in source.modules(under="src") if "cli" not in path.parts]  # a terminal shows code and facts
    codes = {code for path in pages for code in raised(source.parsed(path))}
    words = worded()
    assert {"no sentence": sorted(codes - set(words)), "no refusal": sorted(set(words) - codes)} == {
        "no sentence": [],
        "no refusal": [],
    }
    assert len(words) == len(set(words)), "two areas word the same refusal"


def test_every_area_s_sentences_reach_the_page():
    assert set(sentences.REFUSALS) == set(worded())
