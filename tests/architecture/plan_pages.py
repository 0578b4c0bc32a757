"""The lines of the permission table that are about plans."""

from __future__ import annotations

from tests.architecture import planning
from tests.architecture.arguments import MANAGERS, MONEY_READERS
from tests.architecture.matrix import NONE, Row, page, post

READERS = MONEY_READERS  # the same roles read what was planned and what it costs

PLANS: dict[str, tuple[Row, ...]] = {
    "plans:holidays": (page(READERS),),
    "plans:holidays_load": (post(NONE),),  # for the administrator of the whole installation
    "plans:holiday_list_new": (page(MANAGERS),),
    "plans:holiday_list": (page(READERS, args=planning.listed),),
    "plans:holiday_list_edit": (page(MANAGERS, args=planning.listed),),
    "plans:holiday_list_step": (post(MANAGERS, args=lambda side: {**planning.listed(side), "step": "tarik"}),),
    "plans:holiday_new": (page(MANAGERS, args=planning.listed),),
    "plans:holiday": (page(MANAGERS, args=planning.day),),
    "plans:holiday_drop": (post(MANAGERS, args=planning.day),),
}
