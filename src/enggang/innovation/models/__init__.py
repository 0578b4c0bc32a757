from enggang.innovation.models.gate import GateCheck
from enggang.innovation.models.innovation import GateStep, Innovation, Ownership, Scorer
from enggang.innovation.models.monitoring import Checkup
from enggang.innovation.models.reference import Affair, GateItem, GateRule, ScoreAspect
from enggang.innovation.models.replication import Replication
from enggang.innovation.models.trial import Measure, Reading, TrialPlan
from enggang.innovation.models.voice import Comment, Intake, Support

__all__ = [
    "Affair",
    "Checkup",
    "Comment",
    "GateCheck",
    "GateItem",
    "GateRule",
    "GateStep",
    "Innovation",
    "Intake",
    "Measure",
    "Ownership",
    "Reading",
    "Replication",
    "ScoreAspect",
    "Scorer",
    "Support",
    "TrialPlan",
]
