from enggang.impact.models.contribution import Contribution
from enggang.impact.models.monday import MondayPage, Promise

__all__ = ["Contribution", "MondayPage", "Promise"]
