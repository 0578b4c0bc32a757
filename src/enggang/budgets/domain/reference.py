"""Reference rows: loading the shipped ones, safe to run again, and keeping an agency's own."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from enggang.budgets import rules
from enggang.budgets.models import EvidenceRule, HonorariumRate, PriceStandard, TaxRate, TeachingUnit
from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.places.domain.dated import keep_dated
from enggang.places.enums import Origin
from enggang.places.models import Organisation, Region

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


@act("budgets.keep_rule")
def keep_rule(*, rule: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a reference row of an agency, new or changed; a shipped row is never changed, only outranked."""
    require(rules.may_manage(actor, organisation))
    if isinstance(rule, PriceStandard):
        rule.fold()
    return keep_dated(rule, organisation, version)


@act("budgets.load_reference")
def load_reference(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {
        "units": _load(TeachingUnit, "teaching_units.csv"),
        "honorarium": _load(HonorariumRate, "honorarium_rates.csv"),
        "taxes": _load(TaxRate, "tax_rates.csv"),
        "evidence": _load(EvidenceRule, "evidence_rules.csv"),
        "prices": _load(PriceStandard, "price_standards.csv"),
    }
    record(**made)
    return made


def _load(model: type[Any], name: str) -> int:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    known = {row.key: row for row in model.objects.filter(origin=Origin.SHIPPED)}
    made = 0
    for row in rows:
        values = _values(row)
        if values is None:
            continue
        old = known.get(row["key"])
        instance = old or model(key=row["key"], origin=Origin.SHIPPED)
        if old is not None and all(getattr(old, name) == value for name, value in values.items()):
            continue
        _save(instance, values)
        made += old is None
    return made


def _save(instance: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(instance, name, value)
    if isinstance(instance, PriceStandard):
        instance.fold()
    instance.full_clean()
    instance.save()


def _values(row: Row) -> dict[str, Any] | None:
    """The columns as fields; None when the row speaks of a region that is not there yet."""
    values: dict[str, Any] = {}
    for name, text in row.items():
        if name == "region":
            if not Region.objects.filter(pk=text).exists():
                return None
            values["region_id"] = text
        elif name == "unit" and "teacher_origin" in row:
            values["unit_id"] = TeachingUnit.objects.get(key=text, origin=Origin.SHIPPED).pk
        elif name != "key":
            values[name] = _cell(name, text)
    return values


def _cell(name: str, text: str) -> Any:
    if name in {"valid_from", "valid_to"}:
        return date.fromisoformat(text) if text else None
    if name == "verified":
        return text == "yes"
    if name == "below_amount" and not text:
        return None
    return int(text) if text.isdecimal() and name not in {"item", "source", "name"} else text
