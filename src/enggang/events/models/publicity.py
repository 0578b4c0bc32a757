"""What is told of an edition, where and when: a calendar of publications over channels, with captions by language."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned
from enggang.events.enums import TO_BE_POSTED, CaptionLanguage, PublicationState
from enggang.events.models.reference import Reference

LONGEST_CAPTION = 5000
MOST_REACH = 2_000_000_000


class Channel(Reference):
    """Where something is told, with the size that its pictures want there. Zero and empty: no limit is known."""

    name = models.CharField(_("channel"), max_length=60)
    form = models.CharField(_("form"), max_length=80, blank=True)
    width = models.PositiveIntegerField(_("width (px)"), default=0, validators=[MaxValueValidator(20_000)])
    height = models.PositiveIntegerField(_("height (px)"), default=0, validators=[MaxValueValidator(20_000)])
    seconds = models.PositiveIntegerField(_("longest video (seconds)"), default=0)
    letters = models.PositiveIntegerField(_("longest caption (letters)"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "name", "form", "pk"]

    def __str__(self) -> str:
        return f"{self.name} · {self.form}" if self.form else self.name

    @property
    def size(self) -> str:
        return f"{self.width} × {self.height} px" if self.width and self.height else ""


class PublicationQuerySet(models.QuerySet["Publication"]):
    def to_be_posted(self) -> PublicationQuerySet:
        return self.filter(state__in=TO_BE_POSTED)

    def with_names(self) -> PublicationQuerySet:
        return self.select_related("channel", "asset").prefetch_related("captions")


class Publication(Versioned):
    """``offset`` counts from the first day of the edition and moves with it; without it ``on`` is a fixed day.

    ``was_on`` is the day from which it has moved with the edition, until somebody has taken note.
    """

    edition = models.ForeignKey("events.Edition", on_delete=models.CASCADE, related_name="publications")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("channel"))
    title = models.CharField(_("what is told"), max_length=200)
    brief = models.TextField(_("picture or video"), max_length=1000, blank=True)
    offset = models.SmallIntegerField(
        _("days from the first day"), null=True, blank=True,
        validators=[MinValueValidator(-366), MaxValueValidator(366)],
    )  # fmt: skip
    on = models.DateField(_("day"), null=True, blank=True)
    at = models.TimeField(_("time"), null=True, blank=True)
    was_on = models.DateField(null=True, blank=True, editable=False)
    person = models.CharField(_("in charge"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=PublicationState.choices, default=PublicationState.PLANNED)
    asset = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    posted_on = models.DateField(_("published on"), null=True, blank=True)
    link = models.URLField(_("address"), max_length=500, blank=True)
    reach = models.PositiveIntegerField(_("reached"), null=True, blank=True, validators=[MaxValueValidator(MOST_REACH)])

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["on", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PublicationState.POSTED) | Q(posted_on__isnull=False),
                name="events_publication_posted",
                violation_error_message=_("Say when it was published."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in TO_BE_POSTED

    def day_when(self, first: date | None) -> date | None:
        """Its day when the edition begins on ``first``: counted, or the fixed one."""
        if self.offset is None:
            return self.on
        return first + timedelta(days=self.offset) if first else None

    def is_late(self, today: date) -> bool:
        return self.is_open and self.on is not None and self.on < today

    @property
    def old_captions(self) -> bool:
        """Whether a caption is last year's and nobody has read it again."""
        return any(row.is_old for row in self.captions.all())


class Caption(models.Model):
    """The words in one language. ``is_old``: taken from last year's edition and not read again."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=5, choices=CaptionLanguage.choices)
    text = models.TextField(_("caption"), max_length=LONGEST_CAPTION)
    is_old = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "language"], name="events_caption_once")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.language}"
