"""What an agency needs its people to learn in a year, stated by itself; a call of the organiser takes it up."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.training.enums import STANDING, NeedPriority, NeedSource, NeedState
from enggang.training.rules import ASKED_FOR_NEEDS, STATES_NEEDS

YEARS = [MinValueValidator(2000), MaxValueValidator(2199)]
MOST_PEOPLE = 20_000


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, actor: Actor) -> NeedQuerySet:
        """Whoever keeps or leads the staff of the agency, and the organiser it is stated to."""
        agency = below_any(actor.paths(*STATES_NEEDS), "agency__path")
        return self.filter(agency | below_any(actor.paths(*ASKED_FOR_NEEDS), "organiser__path"))

    def open(self) -> NeedQuerySet:
        """In no call yet."""
        return self.filter(state=NeedState.STATED)

    def with_names(self) -> NeedQuerySet:
        return self.select_related(
            "subject", "agency", "organiser", "programme__subject", "competency", "call__subject", "call__programme"
        )

    def counted(self) -> NeedQuerySet:
        """With how many nominations that stand answer each."""
        return self.annotate(nominated=Count("nominations", filter=Q(nominations__state__in=STANDING)))

    def summed(self, name: str) -> list[tuple[str, int, int]]:
        """By a joined name how many needs and people there are, the most people first."""
        found = self.order_by().values(name).annotate(needs=Count("pk"), people_sum=Sum("number"))
        rows = found.order_by("-people_sum", name)
        return [(row[name] or "–", row["needs"], row["people_sum"]) for row in rows]


class Need(Noun, Versioned):
    """Of a competency, a topic in words, or a programme. ``number`` counts all people, the ``people`` named among them."""

    subject_kind = "training_need"

    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    programme = models.ForeignKey(
        "training.Programme", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    competency = models.ForeignKey(
        "people.Competency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    number = models.PositiveIntegerField(
        _("for how many"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    people = models.ManyToManyField("people.Person", blank=True, related_name="training_needs")
    reason = models.CharField(_("why"), max_length=500)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=NeedPriority.choices, default=NeedPriority.MEDIUM
    )
    source = models.CharField(_("where it comes from"), max_length=10, choices=NeedSource.choices)
    state = models.CharField(max_length=10, choices=NeedState.choices, default=NeedState.STATED)
    call = models.ForeignKey("training.Call", null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    stated_at = models.DateTimeField()
    stated_by_key = models.CharField(max_length=60)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "agency__path", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False) | Q(competency__isnull=False) | ~Q(topic=""),
                name="training_need_of_something",
                violation_error_message=_("Say what is to be learned: a competency, a topic or a programme."),
            ),
            models.CheckConstraint(
                condition=Q(call__isnull=False) | ~Q(state=NeedState.PLANNED), name="training_planned_need_has_call"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        return str(self.competency or self.topic or self.programme)

    @property
    def is_open(self) -> bool:
        return self.state == NeedState.STATED

    @property
    def is_planned(self) -> bool:
        return self.state == NeedState.PLANNED
