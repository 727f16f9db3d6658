"""Storing a programme file."""

import argparse
import os
import sys

from django.utils import timezone

from rantau.engine.programme_file import check
from rantau.people import actions as people
from rantau.programmes import actions as programmes


def run(options: argparse.Namespace) -> int:
    """Store the file as a version; 2 with its problems, one line each."""
    try:
        text = options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    problems = check(text, str(options.file))
    for problem in problems:
        print(problem.sentence(), file=sys.stderr)
    if problems:
        return 2
    at = timezone.now()
    system = people.ensure_system(at=at, chance=os.urandom)
    programme = programmes.store(text=text, person=system, at=at)
    assert programme.version is not None
    print(f"{programme.code} {programme.version.digest}")
    return 0
