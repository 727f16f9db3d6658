"""What was told to whom and what became of it, and by whom a channel was tried in which country."""

from django.conf import settings
from django.db import models


class Delivery(models.Model):
    """One ledger entry told to one person: waiting, sent by a channel, failed so far, or without a way to reach them.

    What concerns an office is told to each of its people, so one entry may have several rows.
    `entry` is the ledger entry's key as a plain number: entries outlive every table that points to them. `error` is a code,
    never what a gateway said: that may hold an address.
    """

    entry = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=24)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=48, blank=True)  # the programme's code
    channel = models.CharField(max_length=8)  # a channel, console, files, none
    state = models.CharField(max_length=12)  # queued, sent, failed, no_address
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=48, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)  # the end of the quiet hours for which it waits
    begun_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "person"], name="one_delivery_per_entry_kind_and_person")
        ]
        indexes = [models.Index(fields=["scope", "state"], name="delivery_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}: {self.state}"


class Trial(models.Model):
    """Somebody tried a channel in a country on a day, and it worked or it did not; the newest day counts."""

    channel = models.CharField(max_length=8)
    country = models.CharField(max_length=2)
    on = models.DateField()
    works = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["channel", "country", "on"], name="trial_by_place")]
