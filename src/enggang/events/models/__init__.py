from enggang.events.models.booking import Booking, BookingAnswer, GuardianConsent, Guest
from enggang.events.models.concept import Concept, Objective, ProgrammeRow
from enggang.events.models.curation import (
    CurationAspect,
    CurationJudge,
    CurationProposal,
    CurationRound,
    RoundCriterion,
)
from enggang.events.models.edition import DateChange, Edition, EditionOrganiser, Site, StageStep
from enggang.events.models.event import Event, EventHost
from enggang.events.models.partner import Partner, Partnership, PartnershipStep
from enggang.events.models.permit import (
    DeadlineChange,
    Permit,
    PermitAlarm,
    PermitDocument,
    PermitFile,
    PermitRule,
    PermitStep,
)
from enggang.events.models.publicity import Caption, Channel, Publication
from enggang.events.models.reference import GateCheck, GateItem, Period, Threshold
from enggang.events.models.ticketing import Part, PartQuestion, Slot

__all__ = [
    "Booking",
    "BookingAnswer",
    "Caption",
    "Channel",
    "Concept",
    "CurationAspect",
    "CurationJudge",
    "CurationProposal",
    "CurationRound",
    "DateChange",
    "DeadlineChange",
    "Edition",
    "EditionOrganiser",
    "Event",
    "EventHost",
    "GateCheck",
    "GateItem",
    "GuardianConsent",
    "Guest",
    "Objective",
    "Part",
    "PartQuestion",
    "Partner",
    "Partnership",
    "PartnershipStep",
    "Period",
    "Permit",
    "PermitAlarm",
    "PermitDocument",
    "PermitFile",
    "PermitRule",
    "PermitStep",
    "ProgrammeRow",
    "Publication",
    "RoundCriterion",
    "Site",
    "Slot",
    "StageStep",
    "Threshold",
]
