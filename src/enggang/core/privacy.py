from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_WORK = _("To do in the background what a person asked for, and to show them how far it is.")
_KEPT = _("One year after the job has ended.")
_STAYS = _("As long as the text is kept.")
_RESULT = _("To give the result back to the person who asked for it.")

PERSONAL = [
    PersonalField("core.Job.user_id", _WORK, "public_duty", _KEPT),
    PersonalField("core.Job.title", _WORK, "public_duty", _KEPT),
    PersonalField("core.Job.title_values", _WORK, "public_duty", _KEPT),
    PersonalField("core.Job.arguments", _WORK, "public_duty", _KEPT),
    PersonalField("core.Job.message", _WORK, "public_duty", _KEPT),
    PersonalField("core.Job.error", _("To repair what failed."), "public_duty", _KEPT),
    PersonalField("core.Job.outcome", _RESULT, "public_duty", _KEPT),
    PersonalField("core.Job.result", _RESULT, "public_duty", _KEPT),
    PersonalField("core.Job.result_name", _RESULT, "public_duty", _KEPT),
    PersonalField("core.Wording.written_by_key", _("To ask whoever translated it."), "public_duty", _STAYS),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "core.Job": (
        "id", "code", "name", "subject_code", "state", "done", "total", "attempts", "cancel_requested", "created_at",
        "beat_at", "finished_at",
    ),
    "core.Key": ("*",),
    "core.Subject": ("*",),
    "core.Wording": ("id", "subject", "field", "language", "text", "state", "source_hash", "written_at", "version"),
}  # fmt: skip
