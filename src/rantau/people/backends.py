"""Signing in by phone, e-mail or registration code, when several people may share a phone."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from .models import Person
from .queries import signing_in


class HandleBackend(BaseBackend):
    """Try the password against everybody the typed contact may mean; nobody found costs the same as a wrong password."""

    def authenticate(self, request: Any, password: str = "", **credentials: Any) -> Person | None:
        """Return the person, or None."""
        typed = credentials.get("phone") or credentials.get("email") or credentials.get("username") or ""
        candidates = signing_in(typed)
        for person in candidates:
            if person.check_password(password):
                return person
        if not candidates:
            make_password(password)
        return None

    def get_user(self, user_id: int) -> Person | None:
        """Return the signed-in person of a session."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
