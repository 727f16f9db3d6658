"""Which agreement is to be drafted, what it belongs to, what it renews."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .words import KINDS


class StartForm(forms.Form):
    """The kind of the agreement, and the agreements that it belongs to or renews where there are."""

    kind = forms.ChoiceField(
        label=_("Which agreement?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which agreement."), "invalid_choice": _("Choose one of these.")},
    )
    annex_of = forms.ChoiceField(
        label=_("It belongs to"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    renews = forms.ChoiceField(
        label=_("It renews"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, data: Any = None, *, kinds: Sequence[tuple[str, Any]], visible: Sequence[Any]) -> None:
        super().__init__(data)
        self.known = {one.code: one for one in visible}
        none: list[tuple[str, Any]] = [("", "–")]
        live = [one for one in visible if one.state not in ("ended", "withdrawn")]
        past = [one for one in visible if one.state in ("in_force", "ended")]
        self._choose("kind", list(kinds))
        for name, rows in (("annex_of", live), ("renews", past)):
            self._choose(name, none + [(one.code, f"{KINDS[one.kind]} · {one.code}") for one in rows])
            if not rows:
                del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, above

    def given(self) -> dict[str, Any]:
        """Return what the action takes: the kind, and the agreements themselves."""
        found: dict[str, Any] = {"kind": self.cleaned_data["kind"]}
        for name in ("annex_of", "renews"):
            found[name] = self.known.get(self.cleaned_data.get(name, ""))
        return found
