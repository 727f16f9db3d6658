"""`rantau COMMAND`: find the command, start Django only where it needs the database."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from rantau.engine.refusal import Refusal

from . import arguments

ALONE = {
    "agreement": "agreement.main",
    "verify": "verify.run",
    "allocate": "allocate.main",
    "select": "selecting.main",
    "programme": "alone.programme",
    "questions": "questions.main",
    "seals": "seals.run",
    "secrets": "alone.secrets",
    "sheet": "sheet.run",
}
"""The commands that need no Django, by the name of their function: each imports only what it uses."""

PREPARE = {"rehearse": "rehearse.prepare", "serve": "django_setup.for_serving"}
"""How Django is started for a command, where not as the environment says; by name, so that `verify` needs no Django."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 the answer is no, 2 it could not be done and why."""
    options = arguments.parser().parse_args(argv)
    try:
        if options.command in ALONE:
            return _named(ALONE[options.command])(options)
        code = _named(PREPARE.get(options.command, "django_setup.plain"))(options)
        if code:
            return code
        run = _named(f"database.{options.command}" if "." in options.command else f"database.{options.command}.run")
        return _named("database.answer")(run, options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _named(path: str) -> Callable[..., int]:
    """Return a function of this package by its path, importing its module now."""
    module, _, function = path.rpartition(".")
    found: Callable[..., int] = getattr(import_module(f"rantau.cli.{module}"), function)
    return found


if __name__ == "__main__":
    sys.exit(main())
