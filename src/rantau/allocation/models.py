"""An intake's question of who goes where, people's wishes and exemptions, each run of the decision, places and answers."""

from django.db import models

from rantau.applications.models import Application
from rantau.engine.flows import ALLOCATION, EXEMPTION, PLACE
from rantau.people.models import Person
from rantau.programmes.models import Intake


class Allocation(models.Model):
    """The people of an intake divided among its fields or its postings, by rules frozen before anybody wished."""

    flow = ALLOCATION
    ref = models.CharField(max_length=32, unique=True)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="allocations")
    kind = models.CharField(max_length=12)  # field, posting
    state = models.CharField(max_length=16, default=ALLOCATION.initial)
    rules = models.JSONField(default=dict)  # engine.placing.Rules, as announced
    announced_at = models.DateTimeField(null=True, blank=True)
    wishes_until = models.DateTimeField(null=True, blank=True)
    answers_until = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "kind"], name="one_allocation_of_a_kind")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.intake.chain


class Wishes(models.Model):
    """A person's list for one allocation, best first; a place that is not on it cannot be given to them."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="wishes")
    application = models.ForeignKey(Application, models.CASCADE, related_name="place_wishes")
    list = models.JSONField(default=list)  # codes of places
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["allocation", "application"], name="one_list_per_allocation")]


class Exemption(models.Model):
    """A person's request not to be sent to a place, for hardship; why is sealed, only that it was granted is used."""

    flow = EXEMPTION
    ref = models.CharField(max_length=32, unique=True)
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="exemptions")
    application = models.ForeignKey(Application, models.PROTECT, related_name="exemptions")
    place = models.CharField(max_length=60)
    state = models.CharField(max_length=16, default=EXEMPTION.initial)
    why = models.BinaryField(null=True)  # sealed by the person's key
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "application", "place"],
                condition=models.Q(state__in=("asked", "granted", "refused")),
                name="one_exemption_per_place",
            )
        ]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.allocation.intake.chain

    @property
    def wishes_until(self) -> object:
        """Return when the list closes: no exemption is asked for after it."""
        return self.allocation.wishes_until


class Run(models.Model):
    """One run of the decision: the frozen instance, the result, and both as published, byte for byte."""

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    instance = models.BinaryField()
    result = models.BinaryField()
    decided_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["allocation", "number"], name="one_run_of_a_number")]


class Place(models.Model):
    """Where a person goes, and what they answered: accepted, waiting for a better one, declined, silent."""

    flow = PLACE
    ref = models.CharField(max_length=32, unique=True)
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="places")
    application = models.ForeignKey(Application, models.PROTECT, related_name="places")
    place = models.CharField(max_length=60)
    state = models.CharField(max_length=16, default=PLACE.initial)
    answer_by = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)  # empty: nobody is to be reminded, or they were

    class Meta:
        constraints = [models.UniqueConstraint(fields=["allocation", "application"], name="one_place_per_allocation")]

    @property
    def chain(self) -> str:
        """Return the intake's ledger chain."""
        return self.allocation.intake.chain
