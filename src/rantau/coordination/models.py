"""Meetings with attendance and decisions; the demand of partner ministries row by row; declarations of interest."""

import datetime as dt

from django.db import models
from django.db.models import Q

from rantau.agreements.models import Duty, Mandate
from rantau.engine.flows import MEETING
from rantau.people.models import Organisation, Person
from rantau.programmes.models import Programme


class Meeting(models.Model):
    """One meeting of offices: called, held, minuted, its minutes approved by somebody who did not write them."""

    flow = MEETING
    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200)
    held_at = models.DateTimeField()
    lasts = models.PositiveSmallIntegerField(default=60)  # minutes
    place = models.CharField(max_length=200)
    offices = models.JSONField()  # codes of the invited
    agenda = models.TextField(blank=True)
    called_by = models.CharField(max_length=60, blank=True)  # an office; empty: the coordinator
    state = models.CharField(max_length=16, default=MEETING.initial)
    changed_at = models.DateTimeField()  # when it was called, moved or cancelled
    moves = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, default="id")  # of the minutes
    minutes = models.TextField(blank=True)
    minuted_by = models.CharField(max_length=60, blank=True)  # an office; empty: the coordinator
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "held_at"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """Return the programme's ledger chain."""
        return self.programme.chain

    @property
    def ends_at(self) -> dt.datetime:
        """Return when the meeting is planned to end."""
        return self.held_at + dt.timedelta(minutes=self.lasts)


class Attendance(models.Model):
    """That an office was there, and by which mandate; none where it came before anybody held one."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    office = models.CharField(max_length=60)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "office"], name="one_attendance_per_office")]


class Decision(models.Model):
    """One decision of a meeting, in the language it was taken in and others; with an owner it becomes a duty."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.JSONField()  # by language, the meeting's always
    office = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    wanted = models.CharField(max_length=400, blank=True)  # the evidence that shows it
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_decision_per_number")]

    @property
    def code(self) -> str:
        """Return the code by which a duty names its origin."""
        return f"{self.meeting.code}/{self.number}"


class Demand(models.Model):
    """One version of what an office asks for: never changed but for its end; `code` stays from version to version."""

    ref = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="demand")
    office = models.CharField(max_length=60)
    project = models.CharField(max_length=200)
    trade = models.CharField(max_length=16)  # of engine.demand.TRADES, or other
    words = models.CharField(max_length=120)  # the trade as it was written
    grade = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField()
    places = models.PositiveIntegerField()
    region = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_demand_per_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(ended_at=None), name="one_demand_in_force"),
        ]
        indexes = [models.Index(fields=["programme", "ended_at"], name="demand_in_force")]


class Sheet(models.Model):
    """A ministry's sheet between hand-in and confirmation: kept as it came until it is taken or put away."""

    ref = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    data = models.BinaryField(null=True)  # None once it was taken or put away
    lines = models.JSONField(null=True)  # (row, cells) as read, as long as the data
    found = models.JSONField()  # the heading and the columns, guessed or corrected
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)


class Declaration(models.Model):
    """What somebody with a role on a programme declares of their interests, for a year; only the inspector opens its note."""

    ref = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    roles = models.JSONField()  # values of engine.flow.Role held when it was made
    offices = models.JSONField()  # offices acted for by mandate
    kind = models.CharField(max_length=12)  # of queries.interests.KINDS
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField(max_length=160, blank=True)
    note = models.BinaryField(null=True)  # sealed
    from_on = models.DateField()
    until_on = models.DateField()
    declared_at = models.DateTimeField()
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["programme", "person"], name="declaration_by_person")]
