"""Files that people hand in: an annex, which is checked and kept; a sealed file, which is only read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rantau.documents import checks
from rantau.engine.refusal import Refusal
from rantau.web.sentences import refusal_sentence

TITLE = 200
ACCEPTED = "application/pdf"


class AnnexForm(forms.Form):
    """One annex: what it is called, and its PDF."""

    title = forms.CharField(
        label=_("What it is called"),
        max_length=TITLE,
        error_messages={"required": _("Give the annex a name.")},
    )
    file = forms.FileField(
        label=_("The annex as PDF"),
        help_text=_(
            "At most 8 MB. Once the agreement is in force anybody may read it: nothing personal belongs in it."
        ),
        widget=forms.FileInput({"accept": ACCEPTED}),
        error_messages={"required": _("Choose the PDF first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> checks.Ready:
        """Return the document ready to be kept; say how to mend one that is none."""
        try:
            ready = checks.prepare(self.cleaned_data["file"].read(checks.LIMIT + 1))
        except Refusal as refusal:
            raise forms.ValidationError(refusal_sentence(refusal)) from None
        if ready.type != checks.PDF:
            raise forms.ValidationError(_("An annex is a PDF. Save or scan it as one."))
        return ready

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        ready = self.cleaned_data["file"]
        return {"title": self.cleaned_data["title"], "data": ready.data, "type_": ready.type}


class CheckForm(forms.Form):
    """A file whose seals are read."""

    file = forms.FileField(
        label=_("The file (PDF)"),
        help_text=_("At most 8 MB. It is read once and not kept."),
        widget=forms.FileInput({"accept": ACCEPTED}),
        error_messages={"required": _("Choose the file first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> bytes:
        """Return the bytes of a file that is not too big."""
        sent = self.cleaned_data["file"]
        if sent.size > checks.LIMIT:
            raise forms.ValidationError(_("The file is larger than 8 MB."))
        return bytes(sent.read())
