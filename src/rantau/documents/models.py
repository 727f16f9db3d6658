"""A stored file: where its sealed bytes are, what it is, whose it is; and an upload that is still on its way."""

from django.db import models

from rantau.people.models import Person


class File(models.Model):
    """Bytes in storage under a random key, never the user's name; the digest covers what was kept (after re-encoding)."""

    ref = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="files")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    type = models.CharField(max_length=24)  # image/jpeg or application/pdf, as sniffed
    pages = models.PositiveSmallIntegerField(default=1)
    stored_at = models.DateTimeField()
    scan = models.CharField(max_length=12, default="unscanned", db_index=True)  # unscanned, clean, infected
    scanned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.ref


class Upload(models.Model):
    """A file that comes in parts over a bad line: a draft of its sender, gone after a day."""

    ref = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="uploads")
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    lives_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.ref


class Part(models.Model):
    """One chunk of an upload, sealed, in storage under a random key; the digest covers the chunk as it was sent."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    offset = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_part_an_offset")]

    def __str__(self) -> str:
        return f"{self.upload.ref} from {self.offset}"
