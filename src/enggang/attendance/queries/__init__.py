from enggang.attendance.queries.presence import Presence, presence, tally

__all__ = ["Presence", "presence", "tally"]
