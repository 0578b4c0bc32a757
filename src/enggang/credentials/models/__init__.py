from enggang.credentials.models.award import Award
from enggang.credentials.models.badge import Badge

__all__ = ["Award", "Badge"]
