"""When participants from the regencies arrive, with whom they would share a room, and what they eat."""

from __future__ import annotations

from datetime import time, timedelta

from enggang.core.actor import SYSTEM
from enggang.training.domain.travel import keep_travel_wish
from enggang.training.models import Wave

WISHES = (
    (time(16), "Sekamar dengan rekan sedinas", ""),
    (time(18, 30), "", "Tanpa makanan laut (alergi)"),
    (time(20), "Kamar di lantai dasar", "Vegetarian"),
    (None, "", "Rendah gula"),
)


def lay_down_wishes(wave: Wave) -> None:
    far = wave.registrations.seated().exclude(agency__region_id="61").with_names().order_by("pk")
    for row, (hour, room, diet) in zip(far, WISHES, strict=False):
        keep_travel_wish(
            registration=row, arrives_on=wave.starts_on - timedelta(days=1) if hour else None, arrives_at=hour,
            room_wish=room, diet=diet, actor=SYSTEM,
        )  # fmt: skip
