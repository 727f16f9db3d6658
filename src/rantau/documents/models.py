"""A stored file: where its sealed bytes are, what it is, whose it is."""

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

    def __str__(self) -> str:
        return self.ref
