from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

KEPT = _("As long as the record of the training is kept.")
SITS = _("To know who sat the test.")

PERSONAL: list[PersonalField] = [
    PersonalField("surveys.Attempt.holder", SITS, "public_duty", KEPT),
    PersonalField("surveys.Attempt.user", SITS, "public_duty", KEPT),
    PersonalField("surveys.Invitation.holder", _("To let everyone answer once."), "public_duty", KEPT),
    PersonalField("surveys.Invitation.user", _("To let everyone answer once."), "public_duty", KEPT),
    PersonalField("surveys.Invitation.about", _("To say whom a superior is asked about."), "public_duty", KEPT),
    PersonalField(
        "surveys.Sheet.comments", _("To learn what to improve; people may name people."), "public_duty", KEPT
    ),
    PersonalField(
        "surveys.Sheet.profile", _("To know which citizens were heard; shown as sums only."), "public_duty", KEPT
    ),
    PersonalField("surveys.AttemptItem.answer", _("To score the test."), "public_duty", KEPT, sensitive=True),
    PersonalField("surveys.AttemptItem.earned", _("To score the test."), "public_duty", KEPT, sensitive=True),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "surveys.Topic": ("*",),
    "surveys.Question": ("*",),
    "surveys.QuestionVersion": ("*",),
    "surveys.Setting": ("*",),
    "surveys.Survey": ("*",),
    "surveys.Statement": ("*",),
    "surveys.ServiceSurvey": ("*",),
    "surveys.ElementWeight": ("*",),
    "surveys.ProfileOption": ("*",),
    "surveys.Invitation": ("id", "survey", "group", "answered"),
    "surveys.Sheet": ("id", "survey", "group", "values", "batch", "handed"),
    "surveys.Test": ("*",),
    "surveys.TestItem": ("*",),
    "surveys.Attempt": (
        "id", "code", "test", "possible", "started_at", "deadline", "saved_at", "handed_in_at",
    ),
    "surveys.AttemptItem": ("id", "attempt", "item", "position", "revision", "judged_by_key"),
}  # fmt: skip
