from enggang.attendance.models.attendance_pass import Pass
from enggang.attendance.models.clock import ClockFile, DeviceUser
from enggang.attendance.models.gate import Gate, Scan, SettledScan
from enggang.attendance.models.mark import Mark, TakenMark
from enggang.attendance.models.occasion import Occasion
from enggang.attendance.models.presence import Presence
from enggang.attendance.models.proof import Proof
from enggang.attendance.models.sheet import MealDay, SheetScan
from enggang.attendance.models.tally import Count, CountChange, CountPhone, CountPlan, CountPoint, CountResult

__all__ = [
    "ClockFile",
    "Count",
    "CountChange",
    "CountPhone",
    "CountPlan",
    "CountPoint",
    "CountResult",
    "DeviceUser",
    "Gate",
    "Mark",
    "MealDay",
    "Occasion",
    "Pass",
    "Presence",
    "Proof",
    "Scan",
    "SettledScan",
    "SheetScan",
    "TakenMark",
]
