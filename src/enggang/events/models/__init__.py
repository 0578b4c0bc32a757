from enggang.events.models.edition import DateChange, Edition, EditionOrganiser, Site, StageStep
from enggang.events.models.event import Event, EventHost
from enggang.events.models.reference import GateCheck, GateItem, Period

__all__ = [
    "DateChange",
    "Edition",
    "EditionOrganiser",
    "Event",
    "EventHost",
    "GateCheck",
    "GateItem",
    "Period",
    "Site",
    "StageStep",
]
