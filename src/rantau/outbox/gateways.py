"""Handing one message to the gateway of its channel, and turning whatever goes wrong into a code without addresses."""

import hashlib
import sys
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import apprise
from django.conf import settings
from django.core.mail import EmailMessage

from rantau.people.queries import Route


class Said(NamedTuple):
    """A message in one language: what a mailbox shows, the whole text, and what fits into one SMS."""

    subject: str
    text: str
    short: str


class Undelivered(OSError):
    """A gateway did not take a message; `code` says why and names nobody, because jobs and logs keep it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def send(route: Route, said: Said, *, message: str) -> str:
    """Send a message once and return by what it left: the channel, `console` or `files`.

    `message` is the identifier by which mail programs drop a copy. Called outside any transaction of ours, so that a slow
    gateway holds no lock.

    :raises Undelivered:
    """
    way = settings.CHANNELS[route.channel]
    try:
        return WAYS.get(way, _by_apprise)(route, said, message)
    except Undelivered:
        raise
    except OSError as error:  # what a mail server refuses names the address: its kind is enough
        raise Undelivered(type(error).__name__) from None


def body(channel: str, said: Said) -> str:
    """Return what a channel carries: an SMS the short form."""
    return said.short if channel == "sms" else said.text


def _by_django(route: Route, said: Said, message: str) -> str:
    EmailMessage(said.subject, said.text, to=[route.address], headers={"Message-ID": message}).send()
    return route.channel


def _on_console(route: Route, said: Said, message: str) -> str:
    sys.stdout.write(_plain(route, said))
    sys.stdout.flush()
    return "console"


def _into_files(route: Route, said: Said, message: str) -> str:
    """Write a file that its owner alone reads; the same message again is the same file."""
    folder = settings.MESSAGES_DIR
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = hashlib.sha256(f"{message} {route.channel} {route.address}".encode()).hexdigest()[:16]
    path = folder / f"{route.channel}-{name}.txt"
    path.touch(mode=0o600)
    path.write_text(_plain(route, said))
    return "files"


def _plain(route: Route, said: Said) -> str:
    return f"{route.channel}: {route.address}\n{said.subject}\n\n{body(route.channel, said)}\n{'-' * 60}\n"


def _by_apprise(route: Route, said: Said, message: str) -> str:
    """Send through the library, which tells success from failure and nothing else, and prints nothing (see `LOGGING`)."""
    asset = apprise.AppriseAsset(
        app_id="Rantau", app_url=settings.SITE, async_mode=False, secure_logging=True, storage_mode="memory"
    )
    gateway = apprise.Apprise(asset=asset)
    if not gateway.add(settings.CHANNELS[route.channel].replace("{to}", quote(route.address, safe=""))):
        raise Undelivered("address")
    title = said.subject if route.channel == "email" else ""
    if not gateway.notify(body=body(route.channel, said), title=title, body_format=apprise.NotifyFormat.TEXT):
        raise Undelivered("gateway")
    return route.channel


WAYS: dict[str, Callable[[Route, Said, str], str]] = {
    "django": _by_django,
    "console": _on_console,
    "files": _into_files,
}
"""The ways that need no gateway's address."""
