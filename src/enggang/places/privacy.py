"""Places are public knowledge."""

from __future__ import annotations

from enggang.core.registries import PersonalField

PERSONAL: list[PersonalField] = []

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "places.Region": ("*",),
    "places.Organisation": ("*",),
    "places.Succession": ("*",),
    "places.Venue": ("*",),
}
