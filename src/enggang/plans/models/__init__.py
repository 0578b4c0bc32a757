from enggang.plans.models.holiday import Holiday, HolidayList
from enggang.plans.models.need import SectionNeed
from enggang.plans.models.plan import Member, Plan, Section
from enggang.plans.models.risk import ChecklistItem, ChecklistTick, CrowdLimit, CrowdZone, Risk, RiskBand
from enggang.plans.models.rundown import RundownDay, RundownItem
from enggang.plans.models.task import Task, TaskTemplate

__all__ = [
    "ChecklistItem",
    "ChecklistTick",
    "CrowdLimit",
    "CrowdZone",
    "Holiday",
    "HolidayList",
    "Member",
    "Plan",
    "Risk",
    "RiskBand",
    "RundownDay",
    "RundownItem",
    "Section",
    "SectionNeed",
    "Task",
    "TaskTemplate",
]
