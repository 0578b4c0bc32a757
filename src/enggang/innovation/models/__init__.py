from enggang.innovation.models.innovation import GateStep, Innovation, Ownership
from enggang.innovation.models.reference import Affair

__all__ = ["Affair", "GateStep", "Innovation", "Ownership"]
