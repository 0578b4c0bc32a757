"""Tasks whose dates are counted back from the day, and the templates they come from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS
from enggang.core.models import Versioned
from enggang.places.models.dated import Dated, DatedQuerySet
from enggang.plans.enums import WAITING, Anchor, TaskState
from enggang.plans.models.plan import Member, Plan, Section
from enggang.plans.rules import READS

OFFSET = [MinValueValidator(-1000), MaxValueValidator(1000)]
LASTS = [MinValueValidator(1), MaxValueValidator(366)]


class TaskQuerySet(models.QuerySet["Task"]):
    def waiting(self) -> TaskQuerySet:
        return self.filter(state__in=WAITING)

    def late_on(self, day: date) -> TaskQuerySet:
        return self.waiting().filter(due_on__lt=day)

    def of(self, actor: Actor) -> TaskQuerySet:
        """The actor's own tasks, and those of the sections they lead."""
        return self.concerning(list(Member.objects.of(actor)))

    def concerning(self, members: list[Member]) -> TaskQuerySet:
        led = [row.section_id for row in members if row.leads and row.section_id]
        return self.filter(Q(member__in=members) | Q(section__in=led)).distinct()

    def with_names(self) -> TaskQuerySet:
        return self.select_related(
            "section", "member__person", "member__subject", "plan__subject", "plan__organisation"
        )


class Task(Versioned):
    """``offset`` counts from the plan's day (negative: before it), by ``anchor``. ``due_on`` is the date that was agreed.

    When the day or a holiday list moves, the reckoned date differs from ``due_on`` until somebody accepts it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks", verbose_name=_("section")
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks", verbose_name=_("in charge")
    )
    title = models.CharField(_("task"), max_length=200)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    anchor = models.CharField(_("date counted as"), max_length=8, choices=Anchor.choices, default=Anchor.DAYS)
    offset = models.SmallIntegerField(_("days from the day"), default=0, validators=OFFSET)
    due_on = models.DateField(_("due"), null=True, blank=True, validators=POSSIBLE_DAYS, db_index=True)
    lasts = models.PositiveSmallIntegerField(_("takes (days)"), default=1, validators=LASTS)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.TODO)
    done_on = models.DateField(null=True, blank=True)
    waits_for = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="holds_up")
    template_key = models.CharField(max_length=60, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def begins_on(self) -> date | None:
        return self.due_on - timedelta(days=self.lasts - 1) if self.due_on else None

    @property
    def counted(self) -> str:
        """How the date is counted, in words."""
        return counted_words(self.anchor, self.offset)


def counted_words(anchor: str, offset: int) -> str:
    if anchor == Anchor.FIXED:
        return str(Anchor.FIXED.label)
    if not offset:
        return str(_("on the day"))
    return _spoken(anchor, offset) % {"n": abs(offset)}


def _spoken(anchor: str, offset: int) -> str:
    n = abs(offset)
    if anchor == Anchor.WORKDAYS:
        before = ngettext("%(n)d working day before", "%(n)d working days before", n)
        return before if offset < 0 else ngettext("%(n)d working day after", "%(n)d working days after", n)
    before = ngettext("%(n)d day before", "%(n)d days before", n)
    return before if offset < 0 else ngettext("%(n)d day after", "%(n)d days after", n)


class TemplateQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *READS)


class TaskTemplate(Dated):
    """A task of a ready-made bundle: "Festival daerah", "Pembukaan pelatihan"."""

    bundle = models.CharField(_("bundle"), max_length=80)
    section = models.CharField(_("section"), max_length=80, blank=True)
    title = models.CharField(_("task"), max_length=200)
    anchor = models.CharField(
        _("date counted as"), max_length=8, default=Anchor.DAYS,
        choices=[(each.value, each.label) for each in (Anchor.DAYS, Anchor.WORKDAYS)],
    )  # fmt: skip
    offset = models.SmallIntegerField(_("days from the day (negative: before)"), default=0, validators=OFFSET)
    lasts = models.PositiveSmallIntegerField(_("takes (days)"), default=1, validators=LASTS)
    note = models.CharField(_("note"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["bundle", "position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def doubt(self) -> str:
        """A suggestion, not a regulation: nothing to be compared with a text."""
        return ""
