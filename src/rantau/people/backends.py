"""Signing in by phone, e-mail or registration code, when several people may share a phone."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from .models import Person
from .queries import opened_by


class HandleBackend(BaseBackend):
    """Try the password against everybody the login may mean.

    Where a family shares phone and password, `who` (a reference) says which of them it is; without it nobody is let
    in and the request keeps the persons to choose from, all of whom the password opens.
    """

    def authenticate(
        self, request: Any, username: str = "", password: str = "", who: str = "", **rest: Any
    ) -> Person | None:
        """Return the person whom login and password mean, or None."""
        opened = opened_by(username, password)
        if len(opened) > 1:
            if request is not None:
                request.namesakes = opened
            opened = [person for person in opened if person.ref == who]
        return opened[0] if opened else None

    def get_user(self, user_id: int) -> Person | None:
        """Return the signed-in person of a session."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
