from enggang.events.models.edition import DateChange, Edition, EditionOrganiser, Site, StageStep
from enggang.events.models.event import Event, EventHost
from enggang.events.models.permit import (
    DeadlineChange,
    Permit,
    PermitAlarm,
    PermitDocument,
    PermitFile,
    PermitRule,
    PermitStep,
)
from enggang.events.models.reference import GateCheck, GateItem, Period, Threshold

__all__ = [
    "DateChange",
    "DeadlineChange",
    "Edition",
    "EditionOrganiser",
    "Event",
    "EventHost",
    "GateCheck",
    "GateItem",
    "Period",
    "Permit",
    "PermitAlarm",
    "PermitDocument",
    "PermitFile",
    "PermitRule",
    "PermitStep",
    "Site",
    "StageStep",
    "Threshold",
]
