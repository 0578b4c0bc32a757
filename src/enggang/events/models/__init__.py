from enggang.events.models.accounting import Account, Incident, SectionReport
from enggang.events.models.booking import Booking, BookingAnswer, GuardianConsent, Guest
from enggang.events.models.business import Business
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
from enggang.events.models.impact import ImpactBasis, ImpactInput, ImpactResult
from enggang.events.models.page import EventAmenity, EventPage
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
from enggang.events.models.plot import Plot
from enggang.events.models.publicity import Caption, Channel, Publication
from enggang.events.models.reference import GateCheck, GateItem, Period, Threshold
from enggang.events.models.stall import StallApplication, StallCall, StallCategory, StallContract
from enggang.events.models.ticketing import Part, PartQuestion, Slot
from enggang.events.models.turnover import Turnover, TurnoverChange
from enggang.events.models.visitor_survey import SurveyAnswer, SurveyPost, SurveyRefusal, VisitorSurvey

__all__ = [
    "Account",
    "Booking",
    "BookingAnswer",
    "Business",
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
    "EventAmenity",
    "EventHost",
    "EventPage",
    "GateCheck",
    "GateItem",
    "GuardianConsent",
    "Guest",
    "ImpactBasis",
    "ImpactInput",
    "ImpactResult",
    "Incident",
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
    "Plot",
    "ProgrammeRow",
    "Publication",
    "RoundCriterion",
    "SectionReport",
    "Site",
    "Slot",
    "StageStep",
    "StallApplication",
    "StallCall",
    "StallCategory",
    "StallContract",
    "SurveyAnswer",
    "SurveyPost",
    "SurveyRefusal",
    "Threshold",
    "Turnover",
    "TurnoverChange",
    "VisitorSurvey",
]
