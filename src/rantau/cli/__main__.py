"""`rantau COMMAND`: find the command, start Django only where it needs the database."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from rantau.engine.refusal import Refusal

from . import alone, arguments, django_setup, rehearse, verify

ALONE = {
    "verify": lambda options: verify.main(str(options.file)),
    "programme": alone.programme,
    "secrets": alone.secrets,
}
PREPARE: dict[str, Callable[..., int]] = {"rehearse": rehearse.prepare, "serve": django_setup.for_serving}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 the answer is no, 2 it could not be done and why."""
    options = arguments.parser().parse_args(argv)
    if options.command in ALONE:
        return ALONE[options.command](options)
    try:
        code = PREPARE.get(options.command, django_setup.plain)(options)
        if code:
            return code
        module, _, function = options.command.partition(".")
        run = getattr(import_module(f"rantau.cli.database.{module}"), function or "run")
        code = import_module("rantau.cli.database").answer(run, options)
        return int(code)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
