"""Collect the catalogues of every room that speaks, and compile them; with --check only say what is not collected.

A room speaks when it has a `locale/` folder; a room inside it with a `locale/` of its own is left to that one.
Collecting needs gettext (`xgettext`), compiling does not.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "rantau"
LANGUAGES = ("id", "ru")


def rooms() -> list[Path]:
    """Return the folders that have catalogues."""
    return sorted(path.parent for path in PACKAGE.rglob("locale") if path.is_dir())


def collect(room: Path) -> None:
    """Bring a room's catalogues up to date with its sources, without dates and line numbers."""
    inner = [
        part for other in rooms() if room in other.parents for part in ("--ignore", f"{other.relative_to(room)}/*")
    ]
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-wrap", "--no-obsolete", *inner]
    languages = [part for language in LANGUAGES for part in ("--locale", language)]
    subprocess.run([*command, *languages], cwd=room, check=True, capture_output=True, text=True)
    for path in catalogues(room):
        catalogue = polib.pofile(str(path), wrapwidth=0)
        kept = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
        catalogue.metadata = {key: catalogue.metadata[key] for key in kept if key in catalogue.metadata}
        catalogue.metadata["Language"] = path.parents[1].name
        catalogue.header, catalogue.metadata_is_fuzzy = "", None
        catalogue.save(str(path))


def catalogues(room: Path) -> list[Path]:
    """Return a room's catalogues."""
    return sorted((room / "locale").glob("*/LC_MESSAGES/django.po"))


def compile_all(room: Path) -> None:
    """Write the compiled form beside each catalogue."""
    for path in catalogues(room):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def messages(room: Path) -> dict[str, set[str]]:
    """Return the messages of each catalogue that are in use."""
    return {
        str(path.relative_to(room)): {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}
        for path in catalogues(room)
    }


def differences(room: Path) -> list[str]:
    """Return what collecting would add to or drop from a room's catalogues; the catalogues stay as they are."""
    before = messages(room)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, room.name)
        ignored = [other.name for other in rooms() if other.parent == room]
        shutil.copytree(room, copy, ignore=shutil.ignore_patterns("__pycache__", *ignored))
        collect(copy)
        after = messages(copy)
    where = room.relative_to(PACKAGE)
    return [
        f"{where}/{path}: {word} {message!r}"
        for path in sorted(before | after)
        for word, found in (
            ("missing", after.get(path, set()) - before.get(path, set())),
            ("no longer used", before.get(path, set()) - after.get(path, set())),
        )
        for message in sorted(found)
    ]


def main(arguments: list[str]) -> int:
    """Collect and compile, or check; return 1 when a check finds differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything is not collected")
    if parser.parse_args(arguments).check:
        found = [line for room in rooms() for line in differences(room)]
        print("\n".join(found) or f"{len(rooms())} rooms speak; every message is collected")
        return 1 if found else 0
    for room in rooms():
        collect(room)
        compile_all(room)
        print(f"{room.relative_to(PACKAGE)}: {sum(map(len, messages(room).values()))} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
