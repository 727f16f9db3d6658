"""What the taking of files in parts says in words."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "upload.empty": _("This file is empty. Photograph the document again."),
    "upload.chunk": _("A part of the file has the wrong size. Load the page again and send the file once more."),
    "upload.damaged": _("A part of the file was damaged on its way. Send it again."),
    "upload.offset": _("The file goes on from byte %(offset)s."),
    "upload.unfinished": _("The file has not come whole: %(missing)s bytes are missing. Send it again."),
    "upload.gone": _("What was sent of this file is kept no longer. Choose the file and send it again."),
    "file.infected": _(
        "A virus scanner found something harmful in this file. Take a new photo of the paper and send that."
    ),
    "file.quarantined": _(
        "A virus scanner found something harmful in this file after it was kept. It is shown to nobody any more; another one"
        " has to be sent in its place."
    ),
}
