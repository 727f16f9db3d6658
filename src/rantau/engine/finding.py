"""What a check found: one line that says which rule spoke, how firmly, and where the rule comes from."""

from typing import Literal

from .canonical import Frozen

Severity = Literal["error", "warning", "unknown"]
"""`error`: it cannot be so; `warning`: a person should look; `unknown`: nobody can say yet."""


class Finding(Frozen):
    """One result of a check: a code for the sentence, the rule's name, its source, and the values it compared."""

    code: str
    severity: Severity
    rule: str
    source: str
    facts: dict[str, str | int]
