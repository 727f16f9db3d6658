"""What the refusals about messages, contacts and codes say."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "code.wait": _(
        "Enough codes were sent there for now. Another one is possible from %(until)s; the last one still counts."
    ),
    "code.wrong": _(
        "This code does not fit, is older than 10 minutes, or was mistyped too often. Compare it with the newest message, or"
        " ask for another one."
    ),
    "contact.closed": _("Nothing is sent by this channel at present. Choose another one."),
    "contact.many": _("You have %(limit)s contacts already. Remove one that you no longer use."),
    "contact.telegram": _(
        "This is no Telegram number: it has 5 to 15 digits and nothing else, and is no phone number."
    ),
    "contact.unconfirmed": _("Confirm this contact first: only then are messages sent there."),
    "messages.none": _("Nothing has failed: there is nothing to try again."),
    "trial.later": _("This day has not come yet. Write down the day on which the channel was tried."),
    "zone.unknown": _("Choose one of the time zones on the page."),
}
