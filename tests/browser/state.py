"""What the browser's server shows: the real programme, and a rehearsal whose registration is open."""

import datetime as dt
import sys
from pathlib import Path

import django

django.setup()

from rantau.cli import django_setup  # noqa: E402
from rantau.people import actions as people  # noqa: E402
from rantau.programmes import actions as programmes  # noqa: E402
from rantau.rehearsal import enrol, stage  # noqa: E402

FILES = Path(__file__).resolve().parents[2] / "programmes"
OPENS = dt.date(2026, 5, 4)


def main() -> int:
    """Fill an empty database."""
    django_setup.migrate()
    played = stage.build(
        text=(FILES / "rusal-2026.toml").read_text("utf-8"),
        assumptions=(FILES / "rusal-2026.assumptions.toml").read_text("utf-8"),
        seed="browser",
        opens=OPENS,
        position=1,
    )
    enrol.open_intake(played)
    programmes.set_clock(programme=played.programme, clock_at=played.at + dt.timedelta(hours=1))
    system = people.ensure_system(at=played.at, chance=played.chance)
    programmes.store(text=(FILES / "rusal-2026.toml").read_text("utf-8"), person=system, at=played.at)
    return 0


if __name__ == "__main__":
    sys.exit(main())
