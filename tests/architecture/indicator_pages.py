"""The lines of the permission table that are about indicators."""

from __future__ import annotations

from collections.abc import Callable

from enggang.core import clock
from enggang.indicators import rules
from tests.architecture.arguments import fixed
from tests.architecture.matrix import EVERYONE, Row, Side, Values, page, post, roles

READERS, DEFINERS, MEASURERS = roles(*rules.READS), roles(*rules.DEFINES), roles(*rules.MEASURES)
HEADS = roles(*rules.APPROVES)


def indicator(side: Side) -> Values:
    return {"code": side.rows["indicator"]}


def part(name: str, *, of: str = "indicator") -> Callable[[Side], Values]:
    return lambda side: {"code": side.rows[of], "number": side.rows[name]}


def measured(_side: Side) -> Values:
    today = clock.today()
    return {"period": today.replace(day=1).isoformat(), "value": "7", "as_of": today.isoformat(), "source": "BPS"}


def public(side: Side) -> Values:
    return {"code": side.rows["counted"]}


INDICATORS: dict[str, tuple[Row, ...]] = {
    "portal:data": (page(EVERYONE),),
    "portal:data_catalogue": (page(EVERYONE),),
    "portal:data_page": (page(EVERYONE, EVERYONE, args=public),),
    "portal:data_csv": (page(EVERYONE, EVERYONE, args=public),),
    "portal:data_json": (page(EVERYONE, EVERYONE, args=public),),
    "indicators:list": (page(READERS),),
    "indicators:new": (page(DEFINERS),),
    "indicators:tree": (page(READERS),),
    "indicators:waiting": (page(DEFINERS | HEADS),),
    "indicators:rules": (page(READERS, args=fixed(word="skala")),),
    "indicators:rule_new": (page(DEFINERS, args=fixed(word="skala")),),
    "indicators:rule": (page(DEFINERS, args=lambda side: {"word": "skala", "row_id": side.rows["scale"]}),),
    "indicators:indicator": (page(READERS, args=indicator),),
    "indicators:edit": (page(DEFINERS, args=indicator),),
    "indicators:move": (post(DEFINERS, args=indicator, data=fixed(to="retired")),),
    "indicators:target_set": (post(DEFINERS, args=indicator, data=fixed(year="2026", quarter="0", value="5")),),
    "indicators:target_back": (post(DEFINERS, args=part("target")),),
    "indicators:break_mark": (post(DEFINERS, args=indicator, data=fixed(on="2024-01-01", reason="Cara baru")),),
    "indicators:break_unmark": (post(DEFINERS, args=part("break")),),
    "indicators:value_new": (page(MEASURERS, args=indicator), post(MEASURERS, args=indicator, data=measured)),
    "indicators:value_evidence": (page(READERS, args=part("value")),),
    "indicators:value_verify": (post(DEFINERS, args=part("value")),),
    "indicators:value_approve": (post(HEADS, args=part("value_verified", of="counted")),),
    "indicators:value_return": (page(DEFINERS | HEADS, args=part("value")),),
    "indicators:table_new": (page(MEASURERS, args=indicator),),
    "indicators:table": (page(MEASURERS, args=lambda side: {**indicator(side), "file": side.rows["table"]}),),
    "indicators:count": (post(MEASURERS, args=lambda side: {"code": side.rows["counted"]}),),
}
