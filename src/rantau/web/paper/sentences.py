"""What the refusals of printing and sealing are in words."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "paper.glyphs": _(
        "These characters cannot be printed: %(found)s. Write the text in Latin or Cyrillic letters, a name as in the"
        " passport; paste without formatting where a character cannot be seen."
    ),
    "seal.unreadable": _("This is no PDF, or a damaged one: its seals cannot be read."),
    "seal.changed": _("The file has been changed since it was sealed (%(fields)s). It is not sealed again."),
    "seal.taken": _("This place in the file bears a seal already (%(field)s)."),
    "seal.broken_key": _("The key to seal with, or a certificate, cannot be read: wrong file or wrong passphrase."),
}
