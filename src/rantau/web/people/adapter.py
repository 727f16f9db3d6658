"""How the account library makes, lets in and answers our persons."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rantau.people import actions

from . import devices


class Adapter(DefaultAccountAdapter):
    """Rantau's persons behind the account library."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Phone number, e-mail or code and password do not belong together. Check both and try again."
        ),
        "too_many_login_attempts": _(
            "Too many wrong passwords for this login. Wait 15 minutes, or have your access mended at your school."
        ),
        "enter_current_password": _("This is not your present password."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Make the person by our own action: reference, data key, one form of the contact."""
        login = form.cleaned_data["username"]
        return actions.register(
            at=request.at,
            chance=request.chance,
            phone="" if "@" in login else login,
            email=login if "@" in login else "",
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password1"],
            locale=(get_language() or "id")[:2],
            rehearsal=settings.DEMO,  # in a demo nobody is real
        )

    def set_password(self, user: Any, password: str) -> None:
        """Set the password by our own action."""
        actions.set_password(person=user, password=password)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in and note whose device it is."""
        super().login(request, user)
        devices.remember(request, request.POST.get("device", ""))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("account")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say only that a password changed; being in or out is seen, and a note of it would stay on the device."""
        if message_template in ("account/messages/password_changed.txt", "account/messages/password_set.txt"):
            messages.success(request, _("The new password holds from now on. Other devices were signed out."))
