"""A form's file, sent whole or in parts before: a field for forms, and its bytes for the action that keeps them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rantau.documents import access, actions, queries
from rantau.engine.refusal import Refusal


class Ref(str):
    """The reference of an upload that came in parts."""


class SentInput(forms.FileInput):
    """A file input; beside it the script of `{% upload %}` puts the reference of what it sent, as `<name>_upload`."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the file, else the reference."""
        return files.get(name) or (Ref(data[f"{name}_upload"]) if data.get(f"{name}_upload") else None)


class SentField(forms.FileField):
    """A photo or PDF, whole (`UploadedFile`) or in parts (`Ref`): give what is cleaned to `taken`."""

    widget = SentInput
    default_error_messages = {
        "required": _("Choose a photo or a PDF first."),
        "empty": _("This file is empty. Photograph the document again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Photo or PDF"), **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return what phones offer to choose from."""
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png,application/pdf"}

    def to_python(self, data: Any) -> Any:
        """Return a reference as it is, a file when it holds something."""
        return data if isinstance(data, Ref) else super().to_python(data)


@contextmanager
def taken(request: HttpRequest, sent: UploadedFile | Ref) -> Iterator[bytes]:
    """Give a sent file's bytes to the action inside; parts are deleted when it kept them or found the file unfit.

    Any other failure leaves them, so that nothing has to be sent again.

    :raises Refusal: `upload.gone` for no upload of this reader that lives, `upload.unfinished`
    """
    if not isinstance(sent, Ref):
        yield sent.read()
        return
    try:
        upload = access.upload(sent, person=request.user, at=request.real_at)
    except ObjectDoesNotExist:
        raise Refusal("upload.gone") from None
    data = queries.joined(upload)
    try:
        yield data
    except Refusal as refusal:
        if refusal.code.startswith("file."):
            actions.drop(upload=upload)
        raise
    actions.drop(upload=upload)


def keep(request: HttpRequest, sent: UploadedFile | Ref) -> str:
    """Keep a file whose form has another mistake, so that it need not be chosen again; return what stands for it.

    An empty text is returned for a file that cannot be kept: it is then asked for again.
    """
    if isinstance(sent, Ref):
        return str(sent)
    sent.seek(0)
    data = sent.read()
    try:
        upload = actions.begin(owner=request.user, size=len(data), at=request.real_at, chance=request.chance)
        for offset in range(0, len(data), actions.CHUNK):
            part = data[offset : offset + actions.CHUNK]
            digest = hashlib.sha256(part).hexdigest()
            upload = actions.receive(upload=upload, offset=offset, data=part, digest=digest, chance=request.chance)
    except Refusal:
        return ""
    return str(upload.ref)
