"""Applications and what leads to them: school nominations, answers, attached documents, unlisted schools, favours."""

from django.db import models
from django.db.models import Q

from rantau.documents.models import File
from rantau.engine.flows import APPLICATION, NOMINATION, SCHOOL_CLAIM
from rantau.people.models import Organisation, Person
from rantau.programmes.models import Intake


class Application(models.Model):
    """One person's registration for one intake: answers, where it stands, and by when what is due.

    `average` is in hundredths of 100 points. Instants: `file_by` for scans, `answer_by` for an offer, `objection_until`.
    """

    flow = APPLICATION
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    state = models.CharField(max_length=16, default=APPLICATION.initial)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    assisted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="assisted")
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="applications")
    graduated = models.PositiveSmallIntegerField(null=True, blank=True)
    major = models.CharField(max_length=48, blank=True)
    average = models.PositiveIntegerField(null=True, blank=True)
    province = models.CharField(max_length=64, blank=True)
    regency = models.CharField(max_length=64, blank=True)
    wishes = models.JSONField(default=list)
    findings = models.JSONField(default=list)  # of the eligibility check, as frozen at submission
    reason = models.CharField(max_length=32, blank=True)  # of the last return or refusal, from a list
    note = models.CharField(max_length=300, blank=True)  # the officer's words to the candidate beside it
    file_by = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    objection_until = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were
    claimed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="claimed")
    claimed_at = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)  # a verifier's time on the file

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "person"], name="one_application_per_person")]
        indexes = [models.Index(fields=["intake", "state"], name="application_by_state")]

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain

    @property
    def closes_at(self) -> object:
        """Return when the intake closes: the deadline of steps before submission."""
        return self.intake.closes_at


class Attachment(models.Model):
    """A document of an application: its kind, its file, what the verifier said of it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=24)
    file = models.ForeignKey(File, models.PROTECT, related_name="attachments")
    attached_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=Q(replaced_at=None), name="one_document_per_kind"
            )
        ]


class Nomination(models.Model):
    """A school's invitation to one of its best: lives some days, then the person made for it is destroyed unless accepted.

    `person` holds name, NISN and contact like everybody's; `secret` is the digest of what the invitation link holds.
    """

    flow = NOMINATION
    ref = models.CharField(max_length=32, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="nominations")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="nominations")
    state = models.CharField(max_length=16, default=NOMINATION.initial)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="nominations")
    secret = models.CharField(max_length=64, blank=True, db_index=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    lives_until = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "person"], condition=~Q(person=None), name="one_nomination_per_pupil"
            )
        ]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain

    @property
    def closes_at(self) -> object:
        """Return when the intake closes."""
        return self.intake.closes_at


class SchoolClaim(models.Model):
    """A school that the person could not find in the list: what they typed, until a coordinator links or dismisses it."""

    flow = SCHOOL_CLAIM
    ref = models.CharField(max_length=32, unique=True)
    application = models.OneToOneField(Application, models.CASCADE, related_name="school_claim")
    state = models.CharField(max_length=16, default=SCHOOL_CLAIM.initial)
    name = models.CharField(max_length=160)
    place = models.CharField(max_length=120)
    npsn = models.CharField(max_length=8, blank=True)
    asked_at = models.DateTimeField()

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.application.intake.chain


class Favour(models.Model):
    """A request for favour that an officer was approached with; the inspector alone reads it."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="favours")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
