"""Who takes part: persons, their keys, handles, contacts and one-time codes, organisations, grants, consents, lost access."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from rantau.engine.flow import Role
from rantau.engine.flows import RECOVERY


class Organisation(models.Model):
    """An office, school, provider or employer; schools carry their NPSN and where they are."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    npsn = models.CharField(max_length=8, unique=True, null=True, blank=True)
    ownership = models.CharField(max_length=1, blank=True)  # N state, S private
    province = models.CharField(max_length=64, blank=True)
    regency = models.CharField(max_length=64, blank=True)
    district = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "province", "regency"], name="organisation_by_place")]

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """Anyone who signs in or is filled in for; a phone is a contact and may be shared, `ref` alone is the identity.

    `nik`, `nisn` and `birth_on` are sealed by the person's key (see `vault`); their indexes are keyed digests.
    """

    ref = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    locale = models.CharField(max_length=5, default="id")
    zone = models.CharField(max_length=32, default="Asia/Jakarta")  # whose night is kept quiet
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    rehearsal = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    nik = models.BinaryField(null=True)
    nik_index = models.CharField(max_length=64, blank=True, db_index=True)
    nisn = models.BinaryField(null=True)
    nisn_index = models.CharField(max_length=64, blank=True, db_index=True)
    birth_on = models.BinaryField(null=True)
    is_minor = models.BooleanField(default=False)  # known before anything else may be kept

    USERNAME_FIELD = "ref"
    REQUIRED_FIELDS: list[str] = []
    objects = BaseUserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_system"], condition=Q(is_system=True), name="one_system_person")
        ]

    def __str__(self) -> str:
        return self.ref

    def get_username(self) -> str:
        """Return the reference: what sign-in libraries store is never a name or a number."""
        return self.ref


class Key(models.Model):
    """A person's data key, wrapped by the master key; destroyed, everything sealed for the person is gone."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="key")
    wrapped = models.BinaryField()


class Handle(models.Model):
    """Something a person may type to sign in that is neither phone nor e-mail: a registration code."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="handles")
    value = models.CharField(max_length=24, unique=True)


class Contact(models.Model):
    """Where messages for a person go; the phone or e-mail they sign in with counts only while nothing is confirmed here.

    `address` is sealed by the person's key; `index` is its keyed digest, equal for all who share it.
    """

    ref = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=8)  # contacts.CHANNELS
    address = models.BinaryField()
    index = models.CharField(max_length=64)
    order = models.PositiveSmallIntegerField()  # the lowest is tried first
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "index"], name="one_contact_per_address")]


class Code(models.Model):
    """Six digits by which a person shows that a contact is theirs: to confirm it, or to sign in.

    `digest` is keyed; `sealed` holds the digits under the person's key only until they were handed to a gateway. Where
    several people share an address one message tells them all: the rows have the same digits, one of them is sent.
    """

    ref = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="codes")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="codes")
    index = models.CharField(
        max_length=64
    )  # the contact's, which stays when the contact is removed: limits count by it
    purpose = models.CharField(max_length=8)  # confirm, sign_in
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    lives_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["index", "made_at"], name="code_by_address")]


class Grant(models.Model):
    """A role a person holds, for an organisation or none, on one programme (its code) or all (`*`), between instants."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="grants")
    scope = models.CharField(max_length=48)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=32)  # a person's reference

    class Meta:
        indexes = [models.Index(fields=["scope", "role"], name="grant_by_scope")]

    def holds(self, *, scope: str, at: dt.datetime) -> bool:
        """Return whether the grant is in force for a programme at an instant."""
        return self.scope in ("*", scope) and self.from_at <= at and (self.until_at is None or at < self.until_at)


class Consent(models.Model):
    """What a person agreed to, for one purpose; `assisted_by` recorded it when somebody filled in for them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=32)
    scope = models.CharField(max_length=48)
    text = models.CharField(max_length=64)  # digest of the wording that was agreed to
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    assisted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "scope"], condition=Q(withdrawn_at=None), name="one_consent_in_force"
            )
        ]


class Guardian(models.Model):
    """A parent's or guardian's agreement for a person under 18, asked for by a link with a secret."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="guardian")
    secret = models.CharField(max_length=64, unique=True)  # digest of what the link holds
    name = models.BinaryField(null=True)
    relation = models.CharField(max_length=16, blank=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)


class Recovery(models.Model):
    """Lost access mended by two officers: one opens, another approves, the person sets a new password once."""

    flow = RECOVERY
    ref = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="recoveries")
    scope = models.CharField(max_length=48)
    chain = models.CharField(max_length=96)
    state = models.CharField(max_length=16, default=RECOVERY.initial)
    secret = models.CharField(max_length=64, blank=True)  # digest of the one-time word
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lives_until = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were
