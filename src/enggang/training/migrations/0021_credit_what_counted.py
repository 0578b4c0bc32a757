"""Whatever was decided before keeps the learning hours that it counts for today, by the rule of today."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import migrations


def keep_credit(apps: Any, _schema_editor: Any) -> None:
    """Sessions attended go on being counted one by one in the year of each: there is no one number to keep."""
    modules, registrations = apps.get_model("training", "Module"), apps.get_model("training", "Registration")
    planned: dict[int, int] = defaultdict(int)
    for programme_id, jp in modules.objects.values_list("programme_id", "jp"):
        planned[programme_id] += jp
    programmes = apps.get_model("training", "Programme")
    for pk, rule in list(programmes.objects.values_list("pk", "jp_credit")):
        waves = apps.get_model("training", "Wave").objects.filter(programme_id=pk).values("pk")
        decided = registrations.objects.filter(wave__in=waves, jp_rule="", outcome__in=["passed", "failed"])
        if rule == "completed":
            decided.filter(outcome="passed").update(jp_planned=planned[pk], jp_credited=planned[pk], jp_rule=rule)
            decided.filter(outcome="failed").update(jp_planned=planned[pk], jp_credited=0, jp_rule=rule)
        else:
            decided.update(jp_planned=planned[pk], jp_rule=rule)


class Migration(migrations.Migration):
    dependencies = [("training", "0020_credited_hours")]
    operations = [migrations.RunPython(keep_credit, migrations.RunPython.noop)]
