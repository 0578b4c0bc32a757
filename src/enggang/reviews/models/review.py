"""One thing that is judged: the sheets of its graders, what came of them, and the minutes of a panel."""

from __future__ import annotations

from django.db import models

from enggang.reviews.enums import Mode, ReviewState


class Review(models.Model):
    """Scores are hundredths of a point of a hundred, as whole numbers (8 333 is 83.33).

    ``wanted``: so many sheets are awaited, where it is not the number that the mode asks for by itself.
    """

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey("reviews.Rubric", on_delete=models.PROTECT, related_name="reviews")
    subject = models.OneToOneField("core.Subject", on_delete=models.PROTECT, related_name="review")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.OPEN)
    score = models.PositiveIntegerField(null=True, blank=True)
    spread = models.PositiveIntegerField(null=True, blank=True)
    wanted = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.pk}"

    @property
    def is_decided(self) -> bool:
        return self.state == ReviewState.DECIDED

    @property
    def is_disputed(self) -> bool:
        return self.state == ReviewState.DISPUTED

    @property
    def points(self) -> float | None:
        return None if self.score is None else self.score / 100


class Sheet(models.Model):
    """What one grader gave. ``number`` 3 is the one who was called when two were far apart."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    judge_key = models.CharField(max_length=60)
    judge_name = models.CharField(max_length=200)
    score = models.PositiveIntegerField()
    feedback = models.TextField(max_length=4000, blank=True)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "judge_key"], name="reviews_sheet_of_judge"),
            models.UniqueConstraint(fields=["review", "number"], name="reviews_sheet_number"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.number}"

    @property
    def points(self) -> float:
        return self.score / 100


class Mark(models.Model):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("reviews.Criterion", on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey("reviews.Level", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=1000, blank=True, default="", db_default="")

    class Meta:
        ordering = ["criterion__position"]
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="reviews_mark_once")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.level_id}"


class Minutes(models.Model):
    """Berita acara of a panel: who sat, when and where, what was said, and the signed sheet."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="minutes")
    held_on = models.DateField()
    place = models.CharField(max_length=160)
    members = models.TextField(max_length=2000)
    text = models.TextField(max_length=8000, blank=True)
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.held_on}: {self.review_id}"

    @property
    def names(self) -> list[str]:
        return [line.strip() for line in self.members.splitlines() if line.strip()]
