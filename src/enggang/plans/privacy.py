from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_KEPT = _("As long as the plan is kept; the row can be removed at any time.")
_WHO = _("To know who does what in the committee, and to reach them.")

PERSONAL = [
    PersonalField("plans.Member.person", _WHO, "public_duty", _KEPT),
    PersonalField("plans.Member.name", _WHO, "public_duty", _KEPT),
    PersonalField("plans.Member.phone", _WHO, "public_duty", _KEPT),
    PersonalField("plans.ChecklistTick.file", _("To show how a point of the checklist was met."), "public_duty", _KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "plans.HolidayList": ("*",),
    "plans.Holiday": ("*",),
    "plans.Plan": ("*",),
    "plans.Section": ("*",),
    "plans.SectionNeed": ("*",),
    "plans.Member": ("id", "subject", "version", "plan", "section", "post", "leads"),
    "plans.Task": ("*",),
    "plans.TaskTemplate": ("*",),
    "plans.RundownDay": ("*",),
    "plans.RundownItem": ("*",),
    "plans.Risk": ("*",),
    "plans.RiskBand": ("*",),
    "plans.CrowdZone": ("*",),
    "plans.CrowdLimit": ("*",),
    "plans.ChecklistItem": ("*",),
    "plans.ChecklistTick": ("id", "version", "plan", "item", "done", "note", "changed_at"),
}
