"""A gateway that takes every letter but those to one address."""

from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail.backends.locmem import EmailBackend

REFUSED = "kp2mi.draft@example.com"


class Picky(EmailBackend):
    """Refuse one address as an SMTP server does, and keep the others' letters."""

    def send_messages(self, messages: Any) -> int:
        """Send, or raise what the standard library raises."""
        if any(REFUSED in message.to for message in messages):
            raise SMTPRecipientsRefused({REFUSED: (550, b"no such mailbox")})
        return super().send_messages(messages)
