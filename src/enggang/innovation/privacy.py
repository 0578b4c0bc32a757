from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_ASKED = _("To ask whoever wrote it.")
_KEPT = _("As long as the record of the innovation is kept.")
_OWNER = _("To know who answers for it.")

PERSONAL = [
    PersonalField("innovation.Innovation.owner", _OWNER, "public_duty", _KEPT),
    PersonalField("innovation.Innovation.handed_in_by_key", _("To tell whoever had the idea what became of it."), "public_duty", _KEPT),
    PersonalField("innovation.Ownership.person", _OWNER, "public_duty", _KEPT),
    PersonalField("innovation.Ownership.by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("innovation.GateStep.decider", _("To know who has decided."), "public_duty", _KEPT),
    PersonalField("innovation.GateStep.noted_by_key", _ASKED, "public_duty", _KEPT),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "innovation.Affair": ("*",),
    "innovation.Innovation": (
        "id", "version", "subject", "organisation", "title", "name_key", "problem", "idea", "initiator", "kind", "form", "facet",
        "affair", "design", "aims", "benefits", "results", "latitude", "longitude", "stage", "stage_since", "due_on", "handed_in_on",
        "trial_on", "trial_until", "adopted_on", "published_at", "changed_at",
    ),
    "innovation.Ownership": ("id", "innovation", "since", "until", "reason"),
    "innovation.GateStep": ("id", "innovation", "was", "now", "decided_on", "reason", "missing", "due_on", "noted_at"),
}  # fmt: skip
