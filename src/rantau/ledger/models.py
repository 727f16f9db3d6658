"""The append-only record of everything that was done, and the newest hash of each chain."""

from django.db import models


class Head(models.Model):
    """The end of one chain: its newest hash, locked while an entry is appended; `quiet` chains queue no jobs."""

    name = models.CharField(max_length=96, unique=True)
    hash = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)
    quiet = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.name} ({self.length})"


class Entry(models.Model):
    """One thing that was done; never changed, never deleted (database triggers keep it)."""

    chain = models.CharField(max_length=96)
    position = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    subject = models.CharField(max_length=64)
    action = models.CharField(max_length=48)
    facts = models.JSONField()
    previous = models.CharField(max_length=64, unique=True)  # a fork cannot be stored
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="one_entry_per_position")]
        indexes = [models.Index(fields=["subject", "action"], name="entry_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.position} {self.action}"
