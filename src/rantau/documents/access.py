"""Whose documents a person may open here: their own; staff come through the application a document belongs to."""

import datetime as dt

from django.db.models import QuerySet

from rantau.engine.flow import Role
from rantau.people.models import Person

from .models import File, Upload


def roles(file: File, *, person: Person) -> frozenset[Role]:
    """Return what a person is to a file: its owner, or nothing."""
    return frozenset({Role.OWNER}) if person.is_authenticated and file.owner_id == person.pk else frozenset()


def visible(*, person: Person) -> QuerySet[File]:
    """Return the files a person owns."""
    return File.objects.filter(owner_id=person.pk if person.is_authenticated else None).select_related("owner")


def get(ref: str, *, person: Person) -> File:
    """Return a person's own file by reference, or raise DoesNotExist."""
    return visible(person=person).get(ref=ref)


def upload(ref: str, *, person: Person, at: dt.datetime) -> Upload:
    """Return a person's own upload that still lives, by reference, or raise DoesNotExist.

    An officer who fills in for somebody sends their own upload; the document that comes of it is the other person's.
    """
    own = Upload.objects.filter(owner_id=person.pk if person.is_authenticated else None, lives_until__gt=at)
    return own.select_related("owner").get(ref=ref)
