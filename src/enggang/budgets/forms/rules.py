"""How the forms of reference rows ask for rupiah and regions."""

from __future__ import annotations

from typing import Any

from enggang.budgets.forms.money import RupiahField
from enggang.places.enums import RegionLevel
from enggang.places.models import Region

MONEY = ("price", "amount", "from_amount", "below_amount")


def rule_field(field: Any, **kwargs: Any) -> Any:
    if field.name in MONEY:
        return RupiahField(label=field.verbose_name, required=not field.null)
    if field.name == "region":
        kwargs["queryset"] = Region.objects.filter(level__lte=RegionLevel.REGENCY).order_by("code")
    return field.formfield(**kwargs)
