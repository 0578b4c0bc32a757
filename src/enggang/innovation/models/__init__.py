from enggang.innovation.models.evidence import Evidence, RefusedProposal, Tie
from enggang.innovation.models.gate import GateCheck
from enggang.innovation.models.guide import GuideIndicator, GuidePredicate, GuideYear, ProfileField, ProposalCriterion
from enggang.innovation.models.innovation import GateStep, Innovation, Ownership, Scorer
from enggang.innovation.models.monitoring import Checkup
from enggang.innovation.models.reference import Affair, GateItem, GateRule, ScoreAspect
from enggang.innovation.models.region import BoardLetter, RegionPoint
from enggang.innovation.models.replication import Replication
from enggang.innovation.models.submission import (
    EvidenceUse,
    IndicatorScore,
    ProfileAnswer,
    Submission,
    SubmissionStep,
    SubmissionVersion,
)
from enggang.innovation.models.trial import Measure, Reading, TrialPlan
from enggang.innovation.models.voice import Comment, Intake, Support

__all__ = [
    "Affair",
    "BoardLetter",
    "Checkup",
    "Comment",
    "Evidence",
    "EvidenceUse",
    "GateCheck",
    "GateItem",
    "GateRule",
    "GateStep",
    "GuideIndicator",
    "GuidePredicate",
    "GuideYear",
    "IndicatorScore",
    "Innovation",
    "Intake",
    "Measure",
    "Ownership",
    "ProfileAnswer",
    "ProfileField",
    "ProposalCriterion",
    "Reading",
    "RefusedProposal",
    "RegionPoint",
    "Replication",
    "ScoreAspect",
    "Scorer",
    "Submission",
    "SubmissionStep",
    "SubmissionVersion",
    "Support",
    "Tie",
    "TrialPlan",
]
