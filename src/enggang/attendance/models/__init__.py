from enggang.attendance.models.attendance_pass import Pass
from enggang.attendance.models.gate import Gate, Scan
from enggang.attendance.models.mark import Mark
from enggang.attendance.models.occasion import Occasion

__all__ = ["Gate", "Mark", "Occasion", "Pass", "Scan"]
