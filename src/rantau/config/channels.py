"""By which gateways messages leave, and at which hours they wait, as the environment says it."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

NAMES = ("email", "whatsapp", "sms", "telegram")
PLAIN = ("", "console", "files")


def read(environ: Mapping[str, str], *, mode: str) -> dict[str, str]:
    """Return the way of each channel, by name.

    Where nothing is set up everything is written: into files where `MESSAGES_DIR` names a folder, else on the terminal.
    Where something is, a channel that was left out is closed. The suite has e-mail alone, in memory.

    :raises ImproperlyConfigured: naming the variable, never what it holds
    """
    if mode == "test":
        return dict.fromkeys(NAMES, "") | {"email": "django"}
    found = {name: environ.get(f"CHANNEL_{name.upper()}", "") for name in NAMES}
    for name, way in found.items():
        if way not in PLAIN and not ("://" in way and way.count("{to}") == 1):
            raise ImproperlyConfigured(
                f"CHANNEL_{name.upper()} is neither console nor files nor an address with {{to}} in it once"
            )
        if way == "files" and not environ.get("MESSAGES_DIR"):
            raise ImproperlyConfigured(f"CHANNEL_{name.upper()} says files, but MESSAGES_DIR names no folder")
    if not found["email"] and environ.get("EMAIL_BACKEND"):
        found["email"] = "django"
    if not any(found.values()):
        return dict.fromkeys(NAMES, "files" if environ.get("MESSAGES_DIR") else "console")
    return found


def hours(text: str) -> tuple[int, int]:
    """Return the hour of the evening and of the morning between which it is quiet; `0-0` for no quiet hours.

    :raises ImproperlyConfigured: when it is not two whole hours, the evening's first
    """
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    evening, morning = (int(part) for part in match.groups()) if match else (-1, 0)
    if not (0 <= morning < evening <= 24 or evening == morning == 0):
        raise ImproperlyConfigured("QUIET_HOURS is two whole hours, evening and morning, such as 21-7")
    return evening, morning
