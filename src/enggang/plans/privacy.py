from __future__ import annotations

from enggang.core.registries import PersonalField

PERSONAL: list[PersonalField] = []

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "plans.HolidayList": ("*",),
    "plans.Holiday": ("*",),
}
