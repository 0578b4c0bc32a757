"""Loading the shipped regions and organisations: safe to run again, as sets, never over a local row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.core.models import Subject
from enggang.core.text import folded
from enggang.places import rules
from enggang.places.enums import Origin
from enggang.places.models import Organisation, Region
from enggang.places.signals import places_changed

DATA = Path(__file__).resolve().parent.parent / "data"
REGIONS_SOURCE = "Kepmendagri 300.2.2-2430/2025, github.com/cahyadsn/wilayah (MIT)"
_REGION_FIELDS = ["name", "level", "parent_id", "area_km2", "population", "capital", "outline", "source"]
_ORGANISATION_FIELDS = ["name", "short_name", "kind", "region_id"]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    created: int
    updated: int
    unchanged: int


@act("places.load_reference")
def load_reference(*, actor: Actor) -> dict[str, Loaded]:
    """Bring regions and Kalbar's organisations to the state of the shipped files.

    Creates what is missing and renews shipped rows that differ; a row that somebody has changed or entered
    here is left alone.
    """
    require(rules.may_open_root(actor))
    loaded = {"regions": _load_regions(), "organisations": _load_organisations()}
    record(**{name: [each.created, each.updated, each.unchanged] for name, each in loaded.items()})
    return loaded


def _read(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _load_regions() -> Loaded:
    known = {row.code: row for row in Region.objects.all()}
    shipped = list(_shipped_regions())
    new = [row for row in shipped if row.code not in known]
    changed = [row for row in shipped if (old := known.get(row.code)) and _renews(old, row, _REGION_FIELDS)]
    Region.objects.bulk_create(new, batch_size=500)
    Region.objects.bulk_update(changed, [name.removesuffix("_id") for name in _REGION_FIELDS], batch_size=200)
    return Loaded(len(new), len(changed), len(shipped) - len(new) - len(changed))


def _shipped_regions() -> Iterable[Region]:
    """Rows of both files by code, parents first; the country's file also has area and population."""
    rows = {row["code"]: row for name in ("regions_kalbar.csv", "regions_indonesia.csv") for row in _read(name)}
    capitals = {row["code"]: row["capital"] for row in _read("capitals_kalbar.csv")}
    shapes = json.loads((DATA / "kalbar_regencies.geojson").read_text(encoding="utf-8"))["features"]
    outlines = {shape["properties"]["code"]: shape["geometry"] for shape in shapes}
    make = partial(_region, capitals=capitals, outlines=outlines)
    return [make(rows[code]) for code in sorted(rows)]


def _region(row: Row, *, capitals: Row, outlines: dict[str, Any]) -> Region:
    code = row["code"]
    return Region(
        code=code,
        name=row["name"],
        level=code.count(".") + 1,
        parent_id=code.rpartition(".")[0] or None,
        area_km2=float(row["area_km2"]) if row.get("area_km2") else None,
        population=int(row["population"]) if row.get("population") else None,
        capital=capitals.get(code, ""),
        outline=outlines.get(code),
        source=REGIONS_SOURCE,
        origin=Origin.SHIPPED,
    )


def _load_organisations() -> Loaded:
    shipped = _read("organisations_kalbar.csv")
    known = {row.key: row for row in Organisation.objects.exclude(key="").select_related("subject")}
    new = _new_organisations([row for row in shipped if row["key"] not in known], known)
    changed = []
    for row in shipped:
        old, wanted = known[row["key"]], _organisation(row)
        if old not in new and _renews(old, wanted, _ORGANISATION_FIELDS):
            _take(old, wanted)
            changed.append(old)
    Organisation.objects.bulk_update(changed, ["name", "short_name", "kind", "region", "name_key"], batch_size=200)
    if new or changed:
        places_changed.send(Organisation, organisations=[*new, *changed])
    return Loaded(len(new), len(changed), len(shipped) - len(new) - len(changed))


def _new_organisations(rows: list[Row], known: dict[str, Organisation]) -> list[Organisation]:
    """Create what is missing level by level, so that every parent has its row; adds them to ``known``."""
    made: list[Organisation] = []
    for depth in sorted({row["key"].count("/") for row in rows}):
        level = [_organisation(row) for row in rows if row["key"].count("/") == depth]
        parents = {row["key"]: row["parent"] for row in rows}
        subjects = [Subject(kind=Organisation.subject_kind) for _ in level]
        for organisation, subject in zip(level, subjects, strict=True):
            subject.organisation_code = subject.code
            parent = known.get(parents[organisation.key])
            organisation.parent = parent
            organisation.path = f"{parent.path if parent else '/'}{subject.code}/"
        Subject.objects.bulk_create(subjects)
        for organisation, subject in zip(level, subjects, strict=True):
            organisation.subject = subject
        Organisation.objects.bulk_create(level)
        known.update({organisation.key: organisation for organisation in level})
        made += level
    return made


def _organisation(row: Row) -> Organisation:
    wanted = Organisation(key=row["key"], origin=Origin.SHIPPED, name=row["name"], short_name=row["short_name"])
    wanted.kind, wanted.region_id = row["kind"], row["region"]
    wanted.name_key = folded(f"{wanted.name} {wanted.short_name}")[:300]
    return wanted


def _renews(old: Region | Organisation, wanted: Region | Organisation, fields: list[str]) -> bool:
    return old.origin == Origin.SHIPPED and any(getattr(old, name) != getattr(wanted, name) for name in fields)


def _take(old: Organisation, wanted: Organisation) -> None:
    for name in [*_ORGANISATION_FIELDS, "name_key"]:
        setattr(old, name, getattr(wanted, name))
