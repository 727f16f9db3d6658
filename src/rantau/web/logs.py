"""What of an address may stand in a log: never the secret of an invitation's, a guardian's or a note's link."""

import logging
import re

LINK = re.compile(r"/(undangan|wali|kabar)/[^/\s]+")
"""The parts of an address that hold a secret (`applications.urls`, `people.urls`, `family.urls`): who has it is who it
was given to."""


class Secrets(logging.Filter):
    """Take the secrets of links out of what is written about a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, changed where it names a link."""
        if isinstance(record.args, tuple):
            record.args = tuple(LINK.sub(r"/\1/…", one) if isinstance(one, str) else one for one in record.args)
        return True
