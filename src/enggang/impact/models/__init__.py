from enggang.impact.models.cause import Cause
from enggang.impact.models.contribution import Contribution
from enggang.impact.models.figure import DayFigure, FigureMark, MonthFigure, PeopleFigure
from enggang.impact.models.monday import MondayPage, Promise

__all__ = ["Cause", "Contribution", "DayFigure", "FigureMark", "MondayPage", "MonthFigure", "PeopleFigure", "Promise"]
