from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_KEPT = _("As long as the record that was judged is kept.")
_WHY = _("To know who judged a work, and why.")

PERSONAL = [
    PersonalField("reviews.Sheet.judge_name", _WHY, "public_duty", _KEPT),
    PersonalField("reviews.Sheet.feedback", _("To tell the author what the judges saw."), "public_duty", _KEPT),
    PersonalField("reviews.Mark.note", _("To tell the author what the judges saw."), "public_duty", _KEPT),
    PersonalField("reviews.Review.score", _("To decide about the work."), "public_duty", _KEPT, sensitive=True),
    PersonalField("reviews.Minutes.members", _WHY, "public_duty", _KEPT),
    PersonalField("reviews.Minutes.text", _WHY, "public_duty", _KEPT),
    PersonalField("reviews.Minutes.scan", _("To keep the minutes as they were signed."), "public_duty", _KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "reviews.Rubric": ("*",),
    "reviews.Criterion": ("*",),
    "reviews.Level": ("*",),
    "reviews.Review": (
        "id",
        "organisation",
        "rubric",
        "subject",
        "mode",
        "state",
        "spread",
        "wanted",
        "opened_at",
        "decided_at",
    ),
    "reviews.Sheet": ("id", "review", "judge_key", "number", "score", "submitted_at"),
    "reviews.Mark": ("id", "sheet", "criterion", "level"),
    "reviews.Minutes": ("id", "review", "held_on", "place", "kept_at"),
}
