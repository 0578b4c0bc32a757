"""The survey of an edition's visitors: rows without a name, without an address, without a moment; only the day is kept."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned
from enggang.events.enums_impact import Heard, Reason, Stay, SurveyState, Via

MOST_DAYS_AFTER = 60
MOST_NIGHTS, MOST_DAYS, MOST_GROUP = 60, 60, 500
MOST_PRICE = 100_000_000  # of a bed for a night, and of a day's spending, by one person
MOST_EVERY, MOST_WANTED = 500, 5_000
REMARK = 500


class VisitorSurvey(Versioned):
    """Open as long as its state says so, the edition is to be held, and its days, with ``days_after`` more, are not over."""

    edition = models.OneToOneField("events.Edition", on_delete=models.CASCADE, related_name="survey")
    state = models.CharField(max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT)
    intro = models.CharField(_("words before the questions"), max_length=300, blank=True)
    days_after = models.PositiveSmallIntegerField(
        _("days after the last day on which answers are still taken"), default=7,
        validators=[MaxValueValidator(MOST_DAYS_AFTER)],
    )  # fmt: skip
    opened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def last_day(self) -> date | None:
        ends = self.edition.ends_on
        return ends + timedelta(days=self.days_after) if ends else None

    def takes_answers_on(self, day: date) -> bool:
        edition, last = self.edition, self.last_day
        if self.state != SurveyState.OPEN or edition.starts_on is None or last is None:
            return False
        return edition.is_decided and edition.is_under_way and edition.starts_on <= day <= last


class SurveyPost(Versioned):
    """A line of the sample plan: on this day, at this place, every ``every``-th visitor, until ``wanted`` have answered."""

    survey = models.ForeignKey(VisitorSurvey, on_delete=models.CASCADE, related_name="posts")
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120)
    every = models.PositiveSmallIntegerField(
        _("ask one visitor in"), default=10,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_EVERY)],
    )  # fmt: skip
    wanted = models.PositiveSmallIntegerField(
        _("answers wanted"), default=30, validators=[MinValueValidator(1), MaxValueValidator(MOST_WANTED)]
    )

    class Meta:
        ordering = ["day", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "day", "place"],
                name="events_post_once",
                violation_error_message=_("This day and place stand in the plan already."),
            )
        ]

    def __str__(self) -> str:
        return self.place


class SurveyRefusal(models.Model):
    """Somebody who was asked and did not want to: counted, nothing else."""

    post = models.ForeignKey(SurveyPost, on_delete=models.PROTECT, related_name="refusals")
    key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.post_id}"


class SurveyAnswer(models.Model):
    """``origin``: code of a regency (61.02), of a province (31), or letters of a country (MY). Money in whole Rupiah of
    one person. ``key`` is the form's own: sent twice it is one answer. ``void``: taken out with a reason, never lost."""

    survey = models.ForeignKey(VisitorSurvey, on_delete=models.PROTECT, related_name="answers")
    post = models.ForeignKey(SurveyPost, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=64, unique=True)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.SELF)
    day = models.DateField(_("day"))
    origin = models.CharField(_("origin"), max_length=8)
    reason = models.CharField(_("came because of the event"), max_length=8, choices=Reason.choices)
    stay = models.CharField(_("stays overnight"), max_length=8, choices=Stay.choices)
    nights = models.PositiveSmallIntegerField(_("nights"), default=0, validators=[MaxValueValidator(MOST_NIGHTS)])
    bed_price = models.BigIntegerField(
        _("bed, per person and night (Rp)"), default=0, validators=[MaxValueValidator(MOST_PRICE)]
    )
    daily_spend = models.BigIntegerField(
        _("other spending, per person and day (Rp)"), validators=[MaxValueValidator(MOST_PRICE)]
    )
    days = models.PositiveSmallIntegerField(
        _("days at the event"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    group_size = models.PositiveSmallIntegerField(
        _("people in the group"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_GROUP)],
    )  # fmt: skip
    heard = models.CharField(_("heard of it from"), max_length=8, choices=Heard.choices, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    remark = models.CharField(_("remark"), max_length=REMARK, blank=True)
    void = models.BooleanField(default=False)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stay=Stay.DAY, nights=0, bed_price=0) | Q(stay=Stay.NIGHT, nights__gte=1),
                name="events_answer_nights",
                violation_error_message=_("Say how many nights, or that you go home on the same day."),
            ),
            models.CheckConstraint(
                condition=Q(daily_spend__gte=0, bed_price__gte=0),
                name="events_answer_money",
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.day}"
