"""The one anticipated failure: a rule said no."""

from typing import Any


class Refusal(Exception):
    """Say that a rule forbids an action: `code` names the rule, `facts` the values that broke it.

    The edge (web, api, cli) turns both into a sentence in the reader's language; nobody else words it.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code}: {self.facts}" if self.facts else self.code
