"""What is typed on an office's way to its signature: desks, notes, reasons, and that one has read what one signs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.web.ui.fields import DayField

MOST, LONGEST, NOTE = 6, 160, 1000


class DesksForm(forms.Form):
    """The desks that approve, in their order, one on each line."""

    desks = forms.CharField(
        label=_("Desks, in the order in which they approve"),
        help_text=_("One on each line, for example: Directorate of Placement. At most six; each is another person."),
        widget=forms.Textarea({"rows": 6}),
        max_length=(LONGEST + 2) * MOST,
        error_messages={"required": _("Name one desk at least.")},
    )

    def clean_desks(self) -> list[str]:
        """Return the names, each short enough and none twice."""
        found = [line.strip() for line in self.cleaned_data["desks"].splitlines() if line.strip()]
        if len(found) > MOST:
            raise forms.ValidationError(str(_("At most %(most)s desks.")) % {"most": MOST})
        if len(set(found)) < len(found) or any(len(name) > LONGEST for name in found):
            raise forms.ValidationError(_("Each desk has a name of its own, of at most 160 characters."))
        return found


class NoteForm(forms.Form):
    """A note for one's own office, which may stay empty."""

    note = forms.CharField(
        label=_("Note for your own office"),
        help_text=_("Other offices do not read it."),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea({"rows": 3, "maxlength": NOTE}),
    )


class ReasonForm(forms.Form):
    """The reason for what is done; without one it is not."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=NOTE,
        widget=forms.Textarea({"rows": 4, "maxlength": NOTE}),
        error_messages={"required": _("Write the reason.")},
    )


class NoticeForm(ReasonForm):
    """The reason for ending an agreement, and its last day."""

    ends_on = DayField(
        label=_("Its last day"),
        help_text=_("It ends at 23:59 WIB of that day."),
        earliest=2026,
        latest=2060,
    )


class SignForm(forms.Form):
    """That one has read this text, known by its fingerprint, and signs it."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    read = forms.BooleanField(error_messages={"required": _("Tick the box: only what was read is signed.")})

    def __init__(self, data: Any = None, *, digest: str, label: Any) -> None:
        super().__init__(data, initial={"digest": digest})
        self.digest = digest
        self.fields["read"].label = label

    def clean(self) -> dict[str, Any]:
        """Refuse a text that is no longer the one that was shown."""
        given = super().clean() or {}
        if given.get("digest") != self.digest:
            raise forms.ValidationError(_("The text has changed since this page was shown. Read it again."))
        return given
