"""Programmes as immutable versions of data, their intakes, the milestones reached, and outages with what they moved."""

from django.db import models

from rantau.engine.flows import INTAKE, MILESTONE, OUTAGE, SHIFT


class Programme(models.Model):
    """What a partner and the ministry offer; a rehearsal has a time of its own, a real programme has real time."""

    code = models.SlugField(max_length=48, unique=True)
    kind = models.CharField(max_length=12)  # real, example
    rehearsal = models.BooleanField(default=False)
    clock_at = models.DateTimeField(null=True, blank=True)
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the ledger chain of the programme's versions."""
        return f"programme:{self.code}"


class Version(models.Model):
    """One programme file and, in a rehearsal, its assumptions: stored once, never changed, known by its digest."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    text = models.TextField()
    assumptions = models.TextField(blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "digest"], name="one_version_per_digest")]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.digest[:12]}"


class Intake(models.Model):
    """One recruitment round of a programme, bound to the version it was opened with."""

    flow = INTAKE
    ref = models.CharField(max_length=32, unique=True)
    code = models.SlugField(max_length=56, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="intakes")
    version = models.ForeignKey(Version, models.PROTECT, related_name="intakes")
    state = models.CharField(max_length=16, default=INTAKE.initial)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the ledger chain of everything that follows from this intake."""
        return f"intake:{self.code}"


class Reached(models.Model):
    """One milestone that was reached: on which day, by what evidence and source; withdrawn where that was wrong."""

    flow = MILESTONE
    ref = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reached")
    milestone = models.SlugField(max_length=48)
    state = models.CharField(max_length=16, default=MILESTONE.initial)
    on = models.DateField()
    note = models.TextField()
    source_title = models.CharField(max_length=200, blank=True)
    source_address = models.URLField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "milestone"],
                condition=models.Q(state="reached"),
                name="one_standing_row_per_milestone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.milestone}:{self.state}"

    @property
    def chain(self) -> str:
        """Return the ledger chain of the programme."""
        return self.programme.chain


class Outage(models.Model):
    """A time in which our whole service was down, in one programme's chain; `event` is the same in every programme's row."""

    flow = OUTAGE
    ref = models.CharField(max_length=32, unique=True)
    event = models.CharField(max_length=32)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="outages")
    state = models.CharField(max_length=16, default=OUTAGE.initial)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    what = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=32)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "event"], name="one_outage_per_event")]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.from_at.isoformat()}:{self.state}"

    @property
    def chain(self) -> str:
        """Return the ledger chain of the programme."""
        return self.programme.chain


class Shift(models.Model):
    """What one outage did to the deadlines of one intake: to which instant how many moved, and how many it came too late for."""

    flow = SHIFT
    ref = models.CharField(max_length=32, unique=True)
    outage = models.ForeignKey(Outage, models.PROTECT, related_name="shifts")
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="shifts")
    state = models.CharField(max_length=16, default=SHIFT.initial)
    at = models.DateTimeField()
    to_at = models.DateTimeField()
    moved = models.JSONField(default=dict)  # kind of deadline → how many
    missed = models.JSONField(default=dict)  # kind of what was counted as missed before → how many

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outage", "intake"], name="one_shift_per_outage_and_intake")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain
