"""What was delivered, so that the same job run twice sends one message."""

from django.conf import settings
from django.db import models


class Delivery(models.Model):
    """One ledger entry told to one person: sent through a channel, or not sent because there is no address.

    What concerns an office is told to each of its people, so one entry may have several rows.
    `entry` is the ledger entry's key as a plain number: entries outlive every table that points to them.
    """

    entry = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=24)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8)  # email, none
    state = models.CharField(max_length=12)  # sent, no_address
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "person"], name="one_delivery_per_entry_kind_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}: {self.state}"
