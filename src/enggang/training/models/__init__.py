from enggang.training.models.action_plan import ActionPlan, PlanStep
from enggang.training.models.asking import Answer, HandedPaper, Question, RequiredPaper
from enggang.training.models.assignment import AssignedPerson, AssignmentLetter
from enggang.training.models.call_change import CallChange, PaperApproval
from enggang.training.models.coursework import Assignment, HandIn, HandInVersion, Piece
from enggang.training.models.evaluation import FollowUp, WaveSurvey
from enggang.training.models.grading import Allocation, SatWork, Sitting
from enggang.training.models.index import ColumnOrder, IndexEntry, IndexRule, PortalRule, Relevance
from enggang.training.models.invitation import Addressee
from enggang.training.models.jp_limit import JpLimit
from enggang.training.models.learning import OutsideCertificate, PastImport
from enggang.training.models.material import Material
from enggang.training.models.message import WaveMessage
from enggang.training.models.money import Fee, Instructor, Receipt, TravelWish, Trip, Unavailable
from enggang.training.models.need import Need
from enggang.training.models.nomination import Call, CallAgency, Nomination, Proposal, ProposalRow
from enggang.training.models.profile import Assessment
from enggang.training.models.programme import Module, Programme, ProgrammeCompetency
from enggang.training.models.registration import Registration
from enggang.training.models.report import ActivityReport, ReportPhoto, ReportPoint, ReportVersion
from enggang.training.models.session import Session, Teaching
from enggang.training.models.stage import NominationStage
from enggang.training.models.testing import WaveTest
from enggang.training.models.wave import Wave
from enggang.training.models.wave_class import ClassPlace, WaveClass
from enggang.training.models.work import Licence, Work, WorkAuthor

__all__ = [
    "ActionPlan",
    "ActivityReport",
    "Addressee",
    "Allocation",
    "Answer",
    "Assessment",
    "AssignedPerson",
    "Assignment",
    "AssignmentLetter",
    "Call",
    "CallAgency",
    "CallChange",
    "ClassPlace",
    "ColumnOrder",
    "Fee",
    "FollowUp",
    "HandIn",
    "HandInVersion",
    "HandedPaper",
    "IndexEntry",
    "IndexRule",
    "Instructor",
    "JpLimit",
    "Licence",
    "Material",
    "Module",
    "Need",
    "Nomination",
    "NominationStage",
    "OutsideCertificate",
    "PaperApproval",
    "PastImport",
    "Piece",
    "PlanStep",
    "PortalRule",
    "Programme",
    "ProgrammeCompetency",
    "Proposal",
    "ProposalRow",
    "Question",
    "Receipt",
    "Registration",
    "Relevance",
    "ReportPhoto",
    "ReportPoint",
    "ReportVersion",
    "RequiredPaper",
    "SatWork",
    "Session",
    "Sitting",
    "Teaching",
    "TravelWish",
    "Trip",
    "Unavailable",
    "Wave",
    "WaveClass",
    "WaveMessage",
    "WaveSurvey",
    "WaveTest",
    "Work",
    "WorkAuthor",
]
