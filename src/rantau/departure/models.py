"""A person's way from the accepted seat to the arrival and home again, and everything that is asked for on it."""

import datetime as dt

from django.db import models
from django.db.models import Q

from rantau.applications.models import Application
from rantau.documents.models import File
from rantau.engine.flows_leaving import CHARGE, CLEARANCE, GROUP, HOMEWARD, LESSON, PAPER, VISA
from rantau.people.models import Organisation, Person
from rantau.programmes.models import Intake


class Group(models.Model):
    """People who leave together: when, by what way, where they gather, who meets them there, by which number."""

    flow = GROUP
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="groups")
    state = models.CharField(max_length=16, default=GROUP.initial)
    departs_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    route = models.CharField(max_length=200)
    gather = models.CharField(max_length=300, blank=True)  # where and when people gather
    met_by = models.CharField(max_length=120, blank=True)  # an office, and who acts for it there
    met_phone = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["intake", "departs_at"], name="group_by_day")]

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain


class Clearance(models.Model):
    """One person's way to departure: where it stands, in which group, when they left and arrived.

    `findings` is what was checked when they were cleared, as frozen then; `reason` that of a refusal, from a list.
    """

    flow = CLEARANCE
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    application = models.OneToOneField(Application, models.PROTECT, related_name="clearance")
    state = models.CharField(max_length=16, default=CLEARANCE.initial)
    rules = models.CharField(max_length=64, blank=True)  # digest of the programme version whose documents are asked
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="members")
    begun_at = models.DateTimeField()
    findings = models.JSONField(default=dict)
    reason = models.CharField(max_length=32, blank=True)
    note = models.CharField(max_length=300, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    arrive_by = models.DateTimeField(null=True, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_by = models.CharField(max_length=16, blank=True)  # the role that reported it
    address = models.BinaryField(null=True)  # where they live after arrival, sealed
    home_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.application.intake.chain


class Paper(models.Model):
    """One document asked of a person: until when, what was given, how far it is known to be true.

    `number` and `details` (who consents, the head of the village, a result) are sealed by the person's key. A document that
    has to be renewed is asked for anew in a row of its own, `turn` counts them.
    """

    flow = PAPER
    ref = models.CharField(max_length=32, unique=True)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=60)  # code of the document's rule
    turn = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=16, default=PAPER.initial)
    asked_at = models.DateTimeField()
    ruled_at = models.DateTimeField(null=True, blank=True)  # the day by the rule alone, as it was reckoned last
    due_at = models.DateTimeField(
        null=True, blank=True
    )  # the person's own: later for who steps in, mends, or was shut out
    remind_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="papers")
    given_at = models.DateTimeField(null=True, blank=True)
    number = models.BinaryField(null=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)  # as typed, or as the rule reckons it
    expires_at = models.DateTimeField(null=True, blank=True)
    details = models.BinaryField(null=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_from = models.CharField(max_length=160, blank=True)  # the source that said so
    reason = models.CharField(max_length=32, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clearance", "kind", "turn"], name="one_paper_of_a_turn")]
        indexes = [models.Index(fields=["state", "due_at"], name="paper_by_due_day")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.clearance.application.intake.chain


class Visa(models.Model):
    """A visa that was asked for a person, and what the host state answered; a refusal has its reason from a list."""

    flow = VISA
    ref = models.CharField(max_length=32, unique=True)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="visas")
    state = models.CharField(max_length=16, default=VISA.initial)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clearance"], condition=Q(state__in=("asked", "issued")), name="one_visa_at_a_time"
            )
        ]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.clearance.application.intake.chain


class Lesson(models.Model):
    """One lesson of the preparation: topic, when, where, by which office; for one school's people or for everybody."""

    flow = LESSON
    ref = models.CharField(max_length=32, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="lessons")
    topic = models.CharField(max_length=60)
    state = models.CharField(max_length=16, default=LESSON.initial)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200)
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="lessons")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who planned it and answers for it
    changed_at = models.DateTimeField()
    moves = models.PositiveSmallIntegerField(default=0)  # how often it was moved or cancelled, for calendars

    class Meta:
        indexes = [models.Index(fields=["intake", "starts_at"], name="lesson_by_day")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain

    @property
    def ends_at(self) -> dt.datetime:
        """Return when the lesson ends."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class Presence(models.Model):
    """How much of a lesson a person was there for; `mark` says present, late, absent or excused."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="presences")
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="presences")
    mark = models.CharField(max_length=8)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "clearance"], name="one_presence_per_lesson")]


class Result(models.Model):
    """What a person reached in a topic, the newest counts: passed, or to come again."""

    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="results")
    topic = models.CharField(max_length=60)
    result = models.CharField(max_length=8)  # passed, again
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Charge(models.Model):
    """A report that money was asked of a person: for which item of the cost table, how much, and what became of it.

    `amount` is in minor units beside `currency`. What the person writes is sealed by their key. `cost_kind` is the item's
    class on the day of the report: training, placement, personal, or empty where nobody has said. `answer_note` is for the
    person; `reply` is what the other side says to it, in words that name nobody and that anybody may read.
    """

    flow = CHARGE
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="charges")
    state = models.CharField(max_length=16, default=CHARGE.initial)
    item = models.CharField(max_length=60)  # of the cost table, or "other"
    cost_kind = models.CharField(max_length=12, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    asked_by = models.CharField(max_length=16)  # school, officer, agent, employer, provider, other, unknown
    paid = models.BooleanField(default=False)
    note = models.BinaryField(null=True)
    reported_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=16, blank=True)
    answer_note = models.CharField(max_length=300, blank=True)
    reply = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)  # once by its person, who was not satisfied

    class Meta:
        indexes = [models.Index(fields=["state", "answer_by"], name="charge_by_answer")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.clearance.application.intake.chain


class Expense(models.Model):
    """What was paid for an item of the cost table, by which office, for one person or for all; never changed, only corrected.

    `payer` is an office's code, or "participant". `amount` is in minor units; a correction is a row with a negative amount.
    """

    ref = models.CharField(max_length=32, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="expenses")
    clearance = models.ForeignKey(Clearance, models.PROTECT, null=True, blank=True, related_name="expenses")
    item = models.CharField(max_length=60)
    payer = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    on = models.DateField()
    evidence = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")


class Homeward(models.Model):
    """One coming home: why, how, who pays as far as anybody has said, whether the family may be told.

    What is written of the reason is sealed by the person's key; the reason itself, which may be an illness, stands in the
    ledger only as a value under that key.
    """

    flow = HOMEWARD
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="homewards")
    state = models.CharField(max_length=16, default=HOMEWARD.initial)
    reason = models.CharField(max_length=16)
    note = models.BinaryField(null=True)
    opened_at = models.DateTimeField()
    travels_at = models.DateTimeField(null=True, blank=True)
    arrives_at = models.DateTimeField(null=True, blank=True)
    route = models.CharField(max_length=200, blank=True)
    met_by = models.CharField(max_length=120, blank=True)
    payer = models.CharField(max_length=60, blank=True)  # an office's code; empty: nobody has said
    family_told_at = models.DateTimeField(null=True, blank=True)
    home_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clearance"],
                condition=Q(state__in=("open", "planned", "travelling")),
                name="one_way_home_at_a_time",
            )
        ]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.clearance.application.intake.chain


class Kin(models.Model):
    """Whom the person wants told when something happens, and of what; sealed by their key, taken back at any time."""

    clearance = models.OneToOneField(Clearance, models.CASCADE, related_name="kin")
    name = models.BinaryField()
    phone = models.BinaryField()
    of = models.JSONField(default=list)  # codes of reasons.KIN_EVENTS
    given_at = models.DateTimeField()


class Note(models.Model):
    """A monthly note that the person may share with those at home by a link; sealed, and theirs alone while not shared.

    `named` says whether the link shows their first name. `links` holds the day of every link that was made: a year has room
    for so many, and a text that was thrown away leaves its days behind.
    """

    ref = models.CharField(max_length=32, unique=True)
    clearance = models.ForeignKey(Clearance, models.CASCADE, related_name="notes")
    month = models.DateField()  # its first day
    text = models.BinaryField(null=True)  # None: thrown away
    named = models.BooleanField(default=False)
    links = models.JSONField(default=list)
    secret = models.CharField(
        max_length=64, blank=True, db_index=True
    )  # digest of what the link holds; empty: not shared
    written_at = models.DateTimeField()
    shared_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clearance", "month"], name="one_note_a_month")]


class Transfer(models.Model):
    """One file that went to another system or came from it: what for, how many rows, its digest; no person is named."""

    ref = models.CharField(max_length=32, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="transfers")
    way = models.CharField(max_length=3)  # out, in
    purpose = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Outside(models.Model):
    """What another system answered about a person: its number (sealed) and its word for how it stands there."""

    clearance = models.OneToOneField(Clearance, models.CASCADE, related_name="outside")
    number = models.BinaryField(null=True)
    status = models.CharField(max_length=40)
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="+")
