"""The commands of `rantau`, their arguments and their help: read before anything heavy is imported."""

import argparse
import datetime as dt
from pathlib import Path

from rantau import __version__


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command; `command` is its dotted name."""
    top = argparse.ArgumentParser(
        prog="rantau", description="International train-then-work programmes, from announcement to kept promise."
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _alone(commands)
    _with_database(commands)
    return top


def _add(
    group: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, command: str, text: str
) -> argparse.ArgumentParser:
    made = group.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    made.set_defaults(command=command)
    return made


def _alone(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that need neither Django nor a database."""
    verify = _add(
        commands,
        "verify",
        "verify",
        "recompute a published round, or check a proof; VERIFIED (0), DIFFERENT and where (1), unreadable (2)",
    )
    verify.add_argument("file", type=Path, help="the published file, or a proof (JSON)")
    verify.add_argument("--round", type=Path, help="the published round that a proof is about")
    verify.add_argument("--root", default="", type=str.lower, help="the seal of the outcomes a proof must lead to")
    verify.add_argument("--key", default="", type=str.lower, help="the public key (hexadecimal) it must be signed with")
    verify.add_argument("--instance", type=Path, help="what an allocation was decided from (JSON)")
    _deciding(commands)
    programme = commands.add_parser("programme", help="programme files").add_subparsers(
        required=True, metavar="COMMAND"
    )
    check = _add(programme, "check", "programme", "say what is wrong with a programme file, one line a problem; 0 or 2")
    check.add_argument("file", type=Path, help="programme file (TOML)")
    check.add_argument("--with", dest="assumptions", type=Path, help="assumed values for a rehearsal (TOML)")
    questions = _add(
        commands, "questions", "questions", "print what nobody has announced yet, by the office that owes the answer"
    )
    questions.add_argument("programme", help="code of a file in programmes/, such as rusal-2026, or a path (TOML)")
    questions.add_argument("--lang", choices=("id", "en", "ru"), default="id", help="of the words (default id)")
    questions.add_argument("--on", type=dt.date.fromisoformat, help="a day such as 2026-06-01 (default: today, WIB)")
    questions.add_argument("--json", action="store_true", help="as data")
    seals = _add(
        commands,
        "seals",
        "seals",
        "say who sealed a PDF and whether it changed since; all hold (0), changed (1), none (2)",
    )
    seals.add_argument("file", type=Path, help="the sealed file (PDF)")
    seals.add_argument(
        "--trust", type=Path, action="append", default=[], help="a certificate you believe (PEM); repeat"
    )
    _add(commands, "secrets", "secrets", "print fresh secrets for the environment of a production server")
    _rehearse(commands)


def _rehearse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command that plays a programme."""
    rehearse = _add(
        commands, "rehearse", "rehearse", "play a programme's intake with made-up people into a folder of its own"
    )
    rehearse.add_argument("programme", type=Path, help="programme file (TOML)")
    rehearse.add_argument("--with", dest="assumptions", type=Path, required=True, help="assumed values (TOML)")
    rehearse.add_argument("--applicants", type=int, default=300, help="how many young people appear (default 300)")
    rehearse.add_argument("--seed", type=int, default=1, help="the same seed plays the same story, byte for byte")
    rehearse.add_argument(
        "--slip",
        type=int,
        default=0,
        metavar="DAYS",
        help="a party of the talks answers so many days later (default 0)",
    )
    rehearse.add_argument("--out", type=Path, required=True, help="folder for rantau.sqlite3, report.json, round.json")
    rehearse.add_argument("--schools", type=Path, help="a real school register (CSV) instead of made-up schools")
    rehearse.add_argument("--force", action="store_true", help="replace an earlier rehearsal in the folder")


def _deciding(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that decide or measure from one file."""
    allocate = _add(
        commands, "allocate", "allocate", "say who goes where by the wishes, orders and seats of a file; 0, 2 or 3"
    )
    allocate.add_argument(
        "instance", type=Path, nargs="?", help="applicants, openings, caps (JSON); see docs/allocation.md"
    )
    allocate.add_argument("--applicants", type=Path, help="columns id[,score][,types][,tie_break] (CSV)")
    allocate.add_argument("--openings", type=Path, help="columns id,capacity[,reserves][,caps] (CSV)")
    allocate.add_argument("--preferences", type=Path, help="columns applicant,opening,rank[,score] (CSV)")
    allocate.add_argument("--seed", help="parts the tied of these columns by the lot")
    allocate.add_argument("--mechanism", help="instead of the one that the rules call for")
    allocate.add_argument("--out", type=Path, help="write the result to this file too; of columns, the places (CSV)")
    select = _add(
        commands, "select", "select", "say who is selected under floors and caps, and why the others are not; 0, 2 or 3"
    )
    select.add_argument("instance", type=Path, help="candidates, seats, floors and caps (JSON); see docs/rules.md")
    select.add_argument("--out", type=Path, help="also write the result to this file")
    sheet = _add(commands, "sheet", "sheet", "write a published round as a spreadsheet that computes it again")
    sheet.add_argument("file", type=Path, help="the published file (JSON)")
    sheet.add_argument("--out", type=Path, required=True, help="the spreadsheet to write (XLSX)")
    sheet.add_argument("--language", choices=("id", "en", "ru"), default="id", help="of its words (default id)")
    agreement = _add(
        commands, "agreement", "agreement", "say how well raters agree: Krippendorff's alpha, intraclass correlations"
    )
    agreement.add_argument("file", type=Path, help='ratings (JSON): {"ratings": [[…]], "metric": "interval"}')
    agreement.add_argument("--out", type=Path, help="also write the answer to this file")


def _with_database(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that work on the configured database."""
    _add(commands, "migrate", "migrate", "bring the database up to date and check the ledger's triggers")
    serve = _add(commands, "serve", "serve", "run web server, worker and due loop as one process group")
    serve.add_argument("--demo", action="store_true", help="with a rehearsal to walk through, on this machine only")
    load = _add(commands, "load", "load", "store a programme file as an immutable version")
    load.add_argument("file", type=Path, help="programme file (TOML)")
    due = _add(commands, "due", "due", "take every step whose deadline has passed; safe to run any number of times")
    due.add_argument("--at", help="an instant with its zone, such as 2026-06-01T00:00+07:00 (default: now)")
    due.add_argument("--sweep", action="store_true", help="also delete stored files of nobody and expired sign-ins")
    imports = commands.add_parser("import", help="registers and lists").add_subparsers(required=True, metavar="COMMAND")
    schools = _add(imports, "schools", "schools", "read the school register (CSV); bad rows are listed, good ones kept")
    schools.add_argument("file", type=Path, help="columns npsn,name,status,province,regency,district")
    schools.add_argument("--errors", type=Path, help="write all refused rows to this file (CSV)")
    ledger = commands.add_parser("ledger", help="the append-only record").add_subparsers(
        required=True, metavar="COMMAND"
    )
    check = _add(
        ledger, "verify", "ledger.verify", "say whether every chain holds; 0, or 1 with the first broken entry of each"
    )
    check.add_argument("--against", type=Path, help="a checkpoint or published round: name what was rewritten since")
    head = _add(
        ledger,
        "checkpoint",
        "ledger.checkpoint",
        "write every chain's head, to be kept where nobody here can change it",
    )
    head.add_argument("--out", type=Path, help="file to write (default: the terminal)")
