"""The lines of the permission table that are about plans."""

from __future__ import annotations

from tests.architecture import planning
from tests.architecture.arguments import MANAGERS, MONEY_READERS, OWNER, fixed, token, tomorrow
from tests.architecture.matrix import EVERYONE, NONE, Row, page, post
from tests.architecture.planning import part, plan

READERS = MONEY_READERS  # the same roles read what was planned and what it costs
COMMITTEE = READERS | OWNER  # and whoever stands in the committee with an account
NEW = {"title": "Baru", "day": "2027-08-04", "time_zone": "Asia/Pontianak"}
TASK = {"title": "Baru", "anchor": "days", "number": "3", "side": "before", "lasts": "1"}

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
    "plans:rules": (page(READERS, args=fixed(word="tugas")),),
    "plans:rule_new": (page(MANAGERS, args=fixed(word="tugas")),),
    "plans:rule": (page(MANAGERS, args=planning.rule),),
    "plans:list": (page(COMMITTEE),),
    "plans:new": (page(MANAGERS), post(MANAGERS, data=lambda side: {**NEW, "organisation": side.organisation.pk})),
    "plans:plan": (page(COMMITTEE, args=plan),),
    "plans:plan_edit": (page(MANAGERS, args=plan),),
    "plans:plan_step": (post(MANAGERS, args=lambda side: {**plan(side), "step": "tutup"}),),
    "plans:dates": (page(COMMITTEE, args=plan), post(MANAGERS, args=plan, data=planning.moved)),
    "plans:digest": (page(COMMITTEE, args=plan),),
    "plans:tasks": (page(COMMITTEE, args=plan),),
    "plans:gantt": (page(COMMITTEE, args=plan),),
    "plans:bundles": (page(MANAGERS, args=plan), post(MANAGERS, args=plan, data=fixed(bundle="Pembukaan pelatihan"))),
    "plans:task_new": (page(MANAGERS, args=plan), post(MANAGERS, args=plan, data=fixed(**TASK))),
    "plans:task": (page(MANAGERS, args=part("task", "task_id")),),
    "plans:task_move": (post(MANAGERS | OWNER, args=part("task", "task_id", step="selesai")),),
    "plans:committee": (page(COMMITTEE, args=plan),),
    "plans:section_add": (post(MANAGERS, args=plan, data=fixed(name="Bendahara")),),
    "plans:section_drop": (post(MANAGERS, args=part("section", "section_id")),),
    "plans:need_add": (post(MANAGERS, args=part("section", "section_id"), data=planning.needed),),
    "plans:need_drop": (post(MANAGERS, args=part("section_need", "need_id")),),
    "plans:member_add": (post(MANAGERS, args=plan, data=fixed(name="Ibu Contoh")),),
    "plans:member": (page(MANAGERS, args=part("member", "member_code")),),
    "plans:member_drop": (post(MANAGERS, args=part("member", "member_code")),),
    "plans:member_link": (post(MANAGERS, args=part("member", "member_code")),),
    "plans:mine": (page(OWNER),),
    "plans:tasks_by_link": (page(EVERYONE, EVERYONE, args=planning.by_link),),  # the address is the right
    "plans:task_by_link": (post(EVERYONE, EVERYONE, args=planning.task_by_link),),
    "plans:rundown": (page(COMMITTEE, args=plan),),
    "plans:rundown_calendar": (page(COMMITTEE, args=plan),),
    "plans:rundown_day_add": (post(MANAGERS, args=plan, data=lambda _side: {"day": tomorrow()}),),
    "plans:rundown_day": (page(COMMITTEE, args=planning.rundown_day),),
    "plans:rundown_day_drop": (post(MANAGERS, args=planning.empty_day),),
    "plans:rundown_order": (post(MANAGERS, args=planning.rundown_day, data=planning.ordered),),
    "plans:item_add": (post(MANAGERS, args=planning.rundown_day, data=fixed(begins="10.00", minutes="5", title="A")),),
    "plans:item": (page(MANAGERS, args=planning.rundown_item()),),
    "plans:item_shift": (post(MANAGERS, args=planning.rundown_item(), data=planning.shifted),),
    "plans:item_drop": (post(MANAGERS, args=planning.rundown_item()),),
    "plans:live": (page(COMMITTEE, args=planning.rundown_day),),
    "plans:live_step": (post(MANAGERS | OWNER, args=planning.rundown_item(step="mulai")),),
    "plans:wall_open": (post(MANAGERS, args=plan, data=fixed(hours="2")),),
    "plans:wall": (page(EVERYONE, EVERYONE, args=token("wall")),),  # the address is the right
    "plans:risks": (page(COMMITTEE, args=plan),),
    "plans:bounds": (post(MANAGERS, args=plan, data=planning.bounds),),
    "plans:risk_new": (page(MANAGERS, args=plan),),
    "plans:risk": (page(MANAGERS, args=part("risk", "risk_id")),),
    "plans:risk_step": (post(MANAGERS, args=part("risk", "risk_id", step="terjadi")),),
    "plans:crowd": (page(COMMITTEE, args=plan),),
    "plans:zone_add": (post(MANAGERS, args=plan, data=fixed(name="Gerbang", area="50", peak="10")),),
    "plans:zone": (page(MANAGERS, args=part("zone", "zone_id")),),
    "plans:zone_drop": (post(MANAGERS, args=part("zone", "zone_id")),),
    "plans:chse": (page(COMMITTEE, args=plan),),
    "plans:chse_item": (page(MANAGERS, args=part("point", "item_id")),),
    "plans:chse_file": (page(COMMITTEE, args=part("point", "item_id")),),
    "plans:chse_file_drop": (post(MANAGERS, args=part("point", "item_id")),),
}
