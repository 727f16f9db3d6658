"""Test sessions and sittings, marks, rounds and their listed codes, objections."""

from django.db import models
from django.db.models import Q

from rantau.applications.models import Application
from rantau.engine.flows import MARK, OBJECTION, ROUND, SITTING
from rantau.people.models import Person
from rantau.programmes.models import Intake


class Session(models.Model):
    """A sitting of one test: which criteria are examined, where, when, for how many, and who pays the way there."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="sessions")
    code = models.CharField(max_length=16, unique=True)
    criteria = models.JSONField()  # codes of the criteria examined here
    place = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    seats = models.PositiveIntegerField()
    travel = models.CharField(max_length=16)  # programme, school, own, unpublished


class Sitting(models.Model):
    """One person called to one session; `piece` is the code under which written and practical work is marked blind."""

    flow = SITTING
    ref = models.CharField(max_length=32, unique=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="sittings")
    application = models.ForeignKey(Application, models.PROTECT, related_name="sittings")
    piece = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=16, default=SITTING.initial)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "application"], name="one_sitting_per_session")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.application.intake.chain

    @property
    def starts_at(self) -> object:
        """Return when the session starts: attendance is recorded after it."""
        return self.session.starts_at


class Mark(models.Model):
    """One examiner's mark for one criterion, in hundredths; a locked mark changes only by a second person's step."""

    flow = MARK
    ref = models.CharField(max_length=32, unique=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=32)
    examiner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    value = models.PositiveIntegerField()
    state = models.CharField(max_length=16, default=MARK.initial)
    proposed = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    changed = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion", "examiner"], name="one_mark_per_examiner")
        ]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.application.intake.chain


class Duty(models.Model):
    """An examiner's part in one piece that two judge: of the pair, the third named beforehand, or by an anchor's all.

    `why` says why a third is asked to look: `anchor`, `apart`, `gate`, `again`; empty while nobody asked them.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="duties")
    criterion = models.CharField(max_length=40)
    examiner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8)  # pair, third, anchor
    why = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "criterion", "examiner"], name="one_duty_per_examiner")
        ]


class Conflict(models.Model):
    """An examiner's or verifier's declared conflict of interest with one application: they never see it again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "application"], name="one_conflict")]


class Round(models.Model):
    """One run of the selection rules: frozen rows, rules, seed, decision, and the two published files."""

    flow = ROUND
    ref = models.CharField(max_length=32, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=12)  # provisional, final
    state = models.CharField(max_length=16, default=ROUND.initial)
    frozen_at = models.DateTimeField(null=True, blank=True)
    root = models.CharField(max_length=64, blank=True)
    rules = models.JSONField(default=dict)
    rows = models.JSONField(default=list)  # as frozen: code, marks, salt, subject
    source = models.JSONField(default=dict)  # {"name", "planned", "substitutes"}, announced at the freeze
    draw = models.JSONField(default=dict)  # {"name", "value", "evidence", "why"}
    drawn_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=400, blank=True)
    decision = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcomes = models.CharField(max_length=64, blank=True)  # the root over the outcomes, public before the rows
    extra_seats = models.PositiveSmallIntegerField(default=0)  # added by corrections after the final round
    published_at = models.DateTimeField(null=True, blank=True)
    objections_until = models.DateTimeField(null=True, blank=True)
    public = models.BinaryField(null=True)  # the published bytes
    audit = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "kind"], condition=~Q(kind=""), name="one_round_of_a_kind")
        ]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain


class Evidence(models.Model):
    """What shows that a source gave what was drawn: the bytes as they were handed in, public beside the round."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="evidence")
    data = models.BinaryField()


class Listing(models.Model):
    """A person's publication code and salt for an intake, drawn at the freeze and shown to them alone."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="listing")
    code = models.CharField(max_length=16, unique=True)
    salt = models.CharField(max_length=32)


class Objection(models.Model):
    """A person's one objection against an officer's error, decided by another officer, with a reason."""

    flow = OBJECTION
    ref = models.CharField(max_length=32, unique=True)
    application = models.OneToOneField(Application, models.PROTECT, related_name="objection")
    state = models.CharField(max_length=16, default=OBJECTION.initial)
    against = models.CharField(max_length=16)  # verification, mark
    criterion = models.CharField(max_length=32, blank=True)
    text = models.TextField()
    lodged_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.application.intake.chain
