"""Every refusal has a sentence, and every sentence a refusal."""

import ast

from tests.rules import source

SENTENCES = source.PACKAGE / "web" / "sentences.py"


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
    """Return the keys of the sentence table, read without running it."""
    for node in source.parsed(SENTENCES).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(target) == "REFUSALS":
                return [ast.literal_eval(key) for key in node.value.keys if key]
    raise LookupError("web/sentences.py holds no table REFUSALS")


def test_refusals_and_sentences_are_the_same():
    codes = {code for path in source.modules(under="src") for code in raised(source.parsed(path))}
    assert {"no sentence": sorted(codes - set(worded())), "no refusal": sorted(set(worded()) - codes)} == {
        "no sentence": [],
        "no refusal": [],
    }


def test_no_sentence_is_written_twice():
    assert len(worded()) == len(set(worded()))


def test_the_rule_sees_a_code_that_is_no_literal():
    assert raised(ast.parse("raise Refusal(code)\nraise Refusal('a.b', x=1)")) == [
        "line 1: the code is no literal",
        "a.b",
    ]
