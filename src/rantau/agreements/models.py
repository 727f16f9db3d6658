"""Mandates, agreements with their versions, sides, comments and signatures; answers to open questions; duties."""

import datetime as dt

from django.db import models

from rantau.engine.flows import AGREEMENT, ANSWER, DUTY, MANDATE, SIDE
from rantau.people.models import Person
from rantau.programmes.models import Programme, Version


class Mandate(models.Model):
    """That a person may act for an office of a programme, between two days, on a written basis; nobody acts without."""

    flow = MANDATE
    ref = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    office = models.CharField(max_length=60)
    powers = models.JSONField()  # of access.POWERS
    capacity = models.CharField(max_length=160)
    basis = models.CharField(max_length=240)  # the letter or decree: number, day, who gave it
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=16, default=MANDATE.initial)
    recorded_at = models.DateTimeField()

    @property
    def chain(self) -> str:
        """Return the programme's ledger chain."""
        return self.programme.chain

    def holds(self, on: dt.date) -> bool:
        """Return whether the mandate is in force on a day."""
        return self.state == "in_force" and self.from_on <= on <= self.until_on


class Agreement(models.Model):
    """One agreement between offices of a programme, from its first draft to its end."""

    flow = AGREEMENT
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=32)
    title = models.JSONField()
    state = models.CharField(max_length=16, default=AGREEMENT.initial)
    annex_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="annexed")
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewed_by")
    years = models.PositiveSmallIntegerField()
    drafted_by = models.CharField(max_length=60)  # the office
    drafted_at = models.DateTimeField()
    tabled_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BinaryField(null=True)  # the PDF with every seal, once the first party signed

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the programme's ledger chain."""
        return self.programme.chain


class Draft(models.Model):
    """One version of an agreement's text: stored once, never changed, known by its digest."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    clauses = models.BinaryField()  # canonical JSON
    digest = models.CharField(max_length=64)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_draft_per_number")]


class Working(models.Model):
    """An office's own copy of the text while it rewrites it: nobody else sees it, nothing typed is lost."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="working")
    office = models.CharField(max_length=60)
    base = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    clauses = models.BinaryField()  # canonical JSON
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "office"], name="one_working_copy_per_office")]


class Side(models.Model):
    """One office's part in one agreement: it signs, it agrees, or it is consulted; and how far it has come."""

    flow = SIDE
    ref = models.CharField(max_length=32, unique=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="sides")
    office = models.CharField(max_length=60)
    part = models.CharField(max_length=12)  # signs, agrees, consulted
    desks = models.JSONField(default=list)  # the approval chain: what each desk is called, in order
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default=SIDE.initial)
    reply_by = models.DateTimeField(null=True, blank=True)
    prompt_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "office"], name="one_side_per_office")]

    @property
    def chain(self) -> str:
        """Return the programme's ledger chain."""
        return self.agreement.chain


class Acceptance(models.Model):
    """That a side accepted the words of one clause: a clause that changes is not accepted any more."""

    side = models.ForeignKey(Side, models.PROTECT, related_name="acceptances")
    clause = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["side", "clause", "digest"], name="one_acceptance")]


class Comment(models.Model):
    """What an office says about a clause of a version, and the answer to it."""

    ref = models.CharField(max_length=32, unique=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="comments")
    clause = models.CharField(max_length=60)
    side = models.ForeignKey(Side, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)  # the office that answered


class Approval(models.Model):
    """One step inside an office on one version: legal review, a desk of the chain, the signature, or a return."""

    side = models.ForeignKey(Side, models.PROTECT, related_name="approvals")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    step = models.CharField(max_length=16)  # clear, endorse, approve, sign, send_back
    desk = models.CharField(max_length=160, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=160)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()


class Annex(models.Model):
    """A paper that belongs to an agreement, kept as its bytes; its digest stands in the ledger."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="annexes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    type = models.CharField(max_length=24)
    data = models.BinaryField()
    digest = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_annex_per_number")]


class Answer(models.Model):
    """An answer to an open question: the values with their source, and the programme version that it proposes."""

    flow = ANSWER
    ref = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="answers")
    about = models.CharField(max_length=160)
    office = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    base = models.ForeignKey(Version, models.PROTECT, related_name="+")
    values = models.JSONField()  # path → value
    source = models.JSONField()  # key, title, address, on
    text = models.TextField()
    assumptions = models.TextField(blank=True)
    state = models.CharField(max_length=16, default=ANSWER.initial)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    @property
    def chain(self) -> str:
        """Return the programme's ledger chain."""
        return self.programme.chain


class Asked(models.Model):
    """By when an office is asked to answer an open question; the newest row counts."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="asked")
    about = models.CharField(max_length=160)
    due_on = models.DateField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Duty(models.Model):
    """What an office owes by an instant: from a clause of an agreement in force, or decided in a meeting."""

    flow = DUTY
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="duties")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="duties")
    clause = models.CharField(max_length=60, blank=True)
    term = models.CharField(max_length=60, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=40, blank=True)  # the decision of a meeting
    office = models.CharField(max_length=60)
    excused_by = models.CharField(max_length=60, blank=True)  # an office; empty: the coordinator
    what = models.JSONField()
    wanted = models.JSONField()  # the evidence that shows it
    state = models.CharField(max_length=16, default=DUTY.initial)
    due_at = models.DateTimeField(null=True, blank=True)  # None: waits for a milestone without a day
    waits_for = models.CharField(max_length=60, blank=True)  # that milestone
    remind_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=1000, blank=True)
    address = models.CharField(max_length=400, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "state", "due_at"], name="duty_by_day")]

    @property
    def chain(self) -> str:
        """Return the programme's ledger chain."""
        return self.programme.chain
