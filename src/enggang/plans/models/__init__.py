from enggang.plans.models.holiday import Holiday, HolidayList

__all__ = ["Holiday", "HolidayList"]
