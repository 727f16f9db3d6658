"""The wording by which a person allows that they are shown to the host state's embassy for a visa; its digest is kept."""

from django.utils.translation import gettext_lazy as _

PERMISSION = _(
    "The embassy of the host country may be shown my name and the code of my departure, and on which day my visa was asked"
    " for, so that it can answer. Nothing else of me is shown there. I can take this back at any time."
)
"""What is agreed to, as it stands beside the button."""
