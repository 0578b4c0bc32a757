"""Curation: the rubric of a year as dated rows, a round, its judges, and what was proposed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS
from enggang.core.models import Noun, Versioned
from enggang.events.enums import Proof, RoundMode, RoundState, Stage, Verdict
from enggang.events.models.edition import YEARS
from enggang.events.models.event import Event
from enggang.events.models.reference import Reference
from enggang.events.rules import MANAGERS, SEES_EVENTS
from enggang.places.models.organisation import below_any

if TYPE_CHECKING:
    from enggang.places.models import Organisation

PANEL = ("curation_panel", "Panel")  # key and name that the sheet of a panel is kept under
PERCENT = [MaxValueValidator(100)]
USUAL_LEVELS = "Belum ada=0, Lemah=40, Cukup=60, Baik=80, Sangat baik=100"


def levels_of(text: str) -> tuple[tuple[str, int], ...]:
    """«Cukup=60, Baik=80» as pairs. Raises ValidationError unless there are at least two good ones."""
    pairs = [part.rpartition("=") for part in text.split(",") if part.strip()]
    good = tuple(
        (name.strip()[:160], int(points))
        for name, _sign, points in pairs
        if name.strip() and points.strip().isascii() and points.strip().isdigit() and len(points.strip()) < 4
    )
    if len(good) != len(pairs) or len(good) < 2 or any(points > 100 for _name, points in good):
        raise ValidationError(_text("Write at least two levels with points of a hundred, such as “Fair=60, Good=100”."))
    return good


def check_levels(text: str) -> None:
    levels_of(text)


class CurationAspect(Reference):
    """One criterion of a rubric, as long as it holds. An agency's own rows take the place of the shipped ones."""

    rubric = models.CharField(_("rubric"), max_length=80)
    title = models.CharField(_("criterion"), max_length=160)
    question = models.CharField(_("what is looked at"), max_length=600, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    levels = models.CharField(
        _("levels"), max_length=400, default=USUAL_LEVELS, validators=[check_levels],
        help_text=_("Name=points of a hundred, parted by commas; at least two."),
    )  # fmt: skip
    proof = models.CharField(_("record laid beside it"), max_length=12, choices=Proof.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["rubric", "-valid_from", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class CurationRoundQuerySet(models.QuerySet["CurationRound"]):
    def visible_to(self, actor: Actor) -> CurationRoundQuerySet:
        """The curator's staff, that of agencies whose events are proposed to it, and its judges with an account."""
        paths = actor.paths(*SEES_EVENTS)
        proposing = Event.objects.filter(below_any(paths, "organisation__path")).values("curator")
        seen = below_any(paths, "organisation__path") | Q(organisation__in=proposing)
        if actor.user_id is not None:
            judging = CurationJudge.objects.filter(user_id=actor.user_id).values("round")
            seen |= Q(pk__in=judging)
        return self.filter(seen)

    def curated_by(self, actor: Actor) -> CurationRoundQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def with_names(self) -> CurationRoundQuerySet:
        return self.select_related("subject", "organisation__subject", "rubric")


class CurationRound(Noun, Versioned):
    """A year's curation by the agency that events are proposed to."""

    subject_kind = "curation_round"

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="curation_rounds", verbose_name=_("curator")
    )
    year = models.PositiveSmallIntegerField(_("year of the events"), validators=YEARS)
    title = models.CharField(_("title"), max_length=120)
    call = models.TextField(_("call"), max_length=3000, blank=True)
    deadline = models.DateField(_("proposals until"), validators=POSSIBLE_DAYS)
    mode = models.CharField(_("judged by"), max_length=8, choices=RoundMode.choices, default=RoundMode.ALONE)
    gap_below = models.PositiveSmallIntegerField(_("a gap is what stays below"), default=60, validators=PERCENT)
    spread_alert = models.PositiveSmallIntegerField(_("judges may differ by"), default=20, validators=PERCENT)
    rubric = models.ForeignKey("reviews.Rubric", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.CALL)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True, validators=POSSIBLE_DAYS)
    place = models.CharField(_("place"), max_length=160, blank=True)
    members = models.TextField(_("who signs, one per line"), max_length=2000, blank=True)
    minutes = models.TextField(_("what was said"), max_length=8000, blank=True)
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CurationRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "title"],
                name="events_round_once",
                violation_error_message=_("There is a round of that year with this title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_call(self) -> bool:
        return self.state == RoundState.CALL

    @property
    def is_judging(self) -> bool:
        return self.state == RoundState.JUDGING

    @property
    def is_deciding(self) -> bool:
        return self.state == RoundState.DECIDING

    @property
    def is_closed(self) -> bool:
        return self.state == RoundState.CLOSED

    @property
    def is_panel(self) -> bool:
        return self.mode == RoundMode.PANEL

    @property
    def signers(self) -> list[str]:
        return [line.strip() for line in self.members.splitlines() if line.strip()]


class RoundCriterion(models.Model):
    """What the rubric says of a criterion beyond its title and levels."""

    round = models.ForeignKey(CurationRound, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.OneToOneField("reviews.Criterion", on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=600, blank=True)
    proof = models.CharField(max_length=12, choices=Proof.choices, blank=True)
    source = models.CharField(max_length=300, blank=True)
    doubt = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["criterion__position", "pk"]

    def __str__(self) -> str:
        return str(self.criterion)


class CurationJudge(Noun):
    """Somebody who judges a round: with an account, or by a private address. ``agency`` is where they work."""

    subject_kind = "curation_judge"

    round = models.ForeignKey(CurationRound, on_delete=models.CASCADE, related_name="judges")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("account"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=160)
    post = models.CharField(_("post or expertise"), max_length=160, blank=True)
    agency = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("works for"),
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"],
                name="events_judge_once",
                violation_error_message=_("This person judges in the round already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What sheets are kept under: the same with whichever address they come."""
        return f"curation_judge:{self.pk}"


class CurationProposalQuerySet(models.QuerySet["CurationProposal"]):
    def standing(self) -> CurationProposalQuerySet:
        return self.filter(withdrawn_at=None)

    def with_names(self) -> CurationProposalQuerySet:
        edition = [f"edition__{name}" for name in (
            "subject", "organisation", "curator", "budget", "event__subject", "event__organisation", "event__region",
            "event__concept", "cloned_from",
        )]  # fmt: skip
        rows = self.select_related(
            "subject", "round__subject", "round__organisation__subject", "review__rubric", *edition
        )
        return rows.defer("edition__event__region__outline")

    def visible_to(self, actor: Actor) -> CurationProposalQuerySet:
        """The curator's staff, that of the proposing agency, and judges of the round with an account."""
        paths = actor.paths(*SEES_EVENTS)
        seen = below_any(paths, "round__organisation__path") | below_any(paths, "edition__organisation__path")
        if actor.user_id is not None:
            seen |= Q(round__in=CurationJudge.objects.filter(user_id=actor.user_id).values("round"))
        return self.filter(seen)


class CurationProposal(Noun):
    """An edition as it was taken into a round, its review and what the curator decided."""

    subject_kind = "curation_proposal"

    round = models.ForeignKey(CurationRound, on_delete=models.PROTECT, related_name="proposals")
    edition = models.ForeignKey("events.Edition", on_delete=models.PROTECT, related_name="proposals")
    review = models.OneToOneField("reviews.Review", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decider = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = CurationProposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "edition"], name="events_proposal_once")]

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def organisation(self) -> Organisation:
        return self.edition.organisation

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    @property
    def waits(self) -> bool:
        """Whether the curator has still to decide; what was taken back at the gates elsewhere waits for nothing."""
        return self.is_standing and not self.verdict and self.edition.stage == Stage.PROPOSED
