from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_ASKED = _("To ask whoever wrote it.")
_KEPT = _("As long as the record of the innovation is kept.")
_PROOF = _("To show the ministry who took part or benefited, as its guide asks.")

PERSONAL = [
    PersonalField("innovation.Evidence.file", _PROOF, "public_duty", _KEPT, sensitive=True),
    PersonalField("innovation.Evidence.added_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.RefusedProposal.by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.Tie.by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.Submission.opened_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.SubmissionVersion.closed_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.SubmissionVersion.facts", _("To read again what was handed in."), "public_duty", _KEPT),
    PersonalField("innovation.SubmissionStep.by_key", _("To know who looked at it, and that no one did so twice."), "public_duty", _KEPT),
    PersonalField("innovation.IndicatorScore.set_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.ProfileAnswer.text", _("To fill the form of the innovation index."), "public_duty", _KEPT),
    PersonalField("innovation.RegionPoint.entered_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.BoardLetter.entered_by_key", _ASKED, "public_duty", _KEPT),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "innovation.GuideYear": ("*",),
    "innovation.GuideIndicator": ("*",),
    "innovation.GuidePredicate": ("*",),
    "innovation.ProfileField": ("*",),
    "innovation.ProposalCriterion": ("*",),
    "innovation.Evidence": (
        "id", "subject", "innovation", "kind", "title", "link", "provider", "key", "facts", "dated_on", "is_personal",
        "added_at", "withdrawn_at",
    ),
    "innovation.RefusedProposal": ("id", "innovation", "provider", "key", "title", "reason", "at"),
    "innovation.Tie": ("id", "innovation", "subject", "at"),
    "innovation.Submission": (
        "id", "version", "subject", "innovation", "year", "state", "board", "renewal", "opened_at", "validated_at",
    ),
    "innovation.SubmissionVersion": ("id", "submission", "number", "digest", "note", "closed_at"),
    "innovation.SubmissionStep": ("id", "submission", "was", "to", "reason", "at"),
    "innovation.IndicatorScore": ("id", "submission", "code", "parameter", "basis", "note", "set_at"),
    "innovation.EvidenceUse": ("*",),
    "innovation.ProfileAnswer": ("id", "submission", "code"),
    "innovation.RegionPoint": ("id", "organisation", "year", "code", "points", "source", "entered_at"),
    "innovation.BoardLetter": (
        "id", "organisation", "year", "number", "dated_on", "index", "rank", "predicate", "file", "entered_at", "replaced_at",
    ),
}  # fmt: skip
