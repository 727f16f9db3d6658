"""The table of handlers: kind of job to what it does."""

from rantau.ledger.jobs import Handler

HANDLERS: dict[str, Handler] = {}
