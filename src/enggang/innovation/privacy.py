from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField
from enggang.innovation import privacy_iid

_ASKED = _("To ask whoever wrote it.")
_KEPT = _("As long as the record of the innovation is kept.")
_ANSWER = _("To answer whoever had the idea.")
_YEAR = _("One year after the idea was handed in.")
_OWNER = _("To know who answers for it.")

PERSONAL = [
    PersonalField("innovation.Innovation.owner", _OWNER, "public_duty", _KEPT),
    PersonalField("innovation.Innovation.handed_in_by_key", _("To tell whoever had the idea what became of it."), "public_duty", _KEPT),
    PersonalField("innovation.Ownership.person", _OWNER, "public_duty", _KEPT),
    PersonalField("innovation.Ownership.by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.GateStep.decider", _("To know who has decided."), "public_duty", _KEPT),
    PersonalField("innovation.GateStep.noted_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.GateCheck.checked_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.Scorer.user", _("To know who was asked to score."), "public_duty", _KEPT),
    PersonalField("innovation.Intake.name", _ANSWER, "consent", _YEAR),
    PersonalField("innovation.Intake.email", _ANSWER, "consent", _YEAR),
    PersonalField("innovation.Intake.phone", _ANSWER, "consent", _YEAR),
    PersonalField("innovation.Comment.author", _("To show who says it."), "public_duty", _KEPT),
    PersonalField("innovation.Comment.text", _("To hear what others think of it."), "public_duty", _KEPT),
    PersonalField("innovation.Comment.hidden_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.Support.user", _("To count each person once."), "public_duty", _KEPT),
    PersonalField("innovation.Replication.contact", _("To ask there how it went."), "public_duty", _KEPT),
    PersonalField("innovation.Replication.entered_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.Reading.entered_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.Checkup.said_by_key", _ASKED, "public_duty", _KEPT),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "innovation.Affair": ("*",),
    "innovation.GateItem": ("*",),
    "innovation.GateRule": ("*",),
    "innovation.ScoreAspect": ("*",),
    "innovation.GateCheck": ("id", "innovation", "item", "met", "note", "checked_at"),
    "innovation.Scorer": ("id", "innovation", "asked_at"),
    "innovation.TrialPlan": ("*",),
    "innovation.Measure": ("*",),
    "innovation.Intake": ("id", "innovation", "language", "at"),
    "innovation.Comment": ("id", "innovation", "at", "hidden_at"),
    "innovation.Support": ("id", "innovation", "at"),
    "innovation.Replication": (
        "id", "origin", "origin_name", "copy", "copy_name", "region", "on", "note", "proof", "entered_at", "voided_at", "void_reason",
    ),
    "innovation.Reading": (
        "id", "measure", "moment", "value", "as_of", "method", "source", "entered_at", "voided_at", "void_reason",
    ),
    "innovation.Checkup": ("id", "innovation", "adopted_on", "number", "use", "users", "note", "said_on", "said_at"),
    "innovation.Innovation": (
        "id", "version", "subject", "organisation", "title", "name_key", "problem", "idea", "initiator", "kind", "form", "facet",
        "affair", "design", "aims", "benefits", "results", "latitude", "longitude", "stage", "stage_since", "due_on", "reminded_on", "handed_in_on",
        "trial_on", "trial_until", "adopted_on", "published_at", "changed_at",
    ),
    "innovation.Ownership": ("id", "innovation", "since", "until", "reason"),
    "innovation.GateStep": ("id", "innovation", "was", "now", "decided_on", "reason", "missing", "due_on", "noted_at"),
}  # fmt: skip
NOT_PERSONAL |= privacy_iid.NOT_PERSONAL
