"""Acts on tables of values: a file is kept, looked at, and taken; it is the evidence of every value that came from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.text import folded
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.indicators import rules
from enggang.indicators.domain.measuring import Value, put_on_record
from enggang.indicators.models import Indicator
from enggang.indicators.reading import Found, Table, read_table
from enggang.places.enums import RegionLevel
from enggang.places.models import Region

WHOLE = ("jumlah", "total", "provinsi", "kalimantan barat", "seluruh wilayah", "indonesia")


@dataclass(frozen=True, slots=True)
class Brought:
    """What taking a table did. ``unchanged`` stood on record already."""

    taken: int
    unchanged: int
    rejected: int


def bring_table(*, indicator: Indicator, content: bytes, name: str, actor: Actor) -> StoredFile:
    """Keep a table that can be read as the evidence it will be. Raises Refused, with what to do, when it cannot be read."""
    require(rules.may_measure(actor, indicator.organisation))
    table_in(indicator, content)
    return store_file(
        content=content, name=name, purpose=Purpose.EVIDENCE, organisation=indicator.organisation, actor=actor
    )


def table_of(indicator: Indicator, file: StoredFile) -> Table:
    return table_in(indicator, read_bytes(file))


def table_in(indicator: Indicator, content: bytes) -> Table:
    regions = _regions() if indicator.by_region else {}
    whole = (*WHOLE, indicator.name_key, folded(indicator.organisation.name))
    found = read_table(content, frequency=indicator.frequency, regions=regions, whole=whole)
    late = [each for each in found.taken if each.period and each.period.start > clock.today()]
    future = [each._replace(error=_("this period has not begun")) for each in late]
    return Table([each for each in found.taken if each not in late], [*found.rejected, *future])


def _regions() -> dict[str, str]:
    """Names as tables have them, with and without «Kabupaten» and «Kota», and codes with and without their point.

    A bare name that two regions share (Pontianak is a city and was a regency) stands for neither.
    """
    found: dict[str, set[str]] = {}
    for region in Region.objects.for_choice().filter(level=RegionLevel.REGENCY):
        name = folded(region.name)
        bare = name.removeprefix("kabupaten ").removeprefix("kota ")
        keys = {name, bare, folded(region.code), folded(region.code.replace(".", ""))}
        if name.startswith("kabupaten "):
            keys |= {f"kab {bare}"}
        for key in keys:
            found.setdefault(key, set()).add(region.code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


@act("indicators.import_values")
def accept_table(*, indicator: Indicator, file: StoredFile, source: str, as_of: date, actor: Actor) -> Brought:
    """Put every readable cell on record as entered; a cell that says what stands already changes nothing."""
    require(rules.may_measure(actor, indicator.organisation))
    if not indicator.is_in_use:
        raise Conflict(_("Values are entered for indicators in use. Put this one into use first."))
    if not source.strip():
        raise Conflict(_("Say where the table is from."))
    if as_of > clock.today():
        raise Conflict(_("The source was read on a day that has not come yet."))
    table = table_of(indicator, file)
    standing = {
        (row.period_start, row.period_end, row.region_id or ""): row.value
        for row in indicator.measurements.filter(replaced_at=None, sex="")
    }
    regions = Region.objects.for_choice().in_bulk({each.region for each in table.taken if each.region})
    taken = 0
    for each in table.taken:
        assert each.period is not None
        if standing.get((*each.period, each.region)) == each.value:
            continue
        put_on_record(indicator, _value(each, regions, source, as_of), actor, file=file)
        taken += 1
    record_subject(indicator.subject)
    record(taken=taken, rejected=len(table.rejected))
    return Brought(taken, len(table.taken) - taken, len(table.rejected))


def _value(each: Found, regions: dict[str, Region], source: str, as_of: date) -> Value:
    assert each.period is not None
    return Value(
        period=each.period, value=each.value, as_of=as_of, source=source, region=regions[each.region] if each.region else None,
        note=_("cell %s of the table") % each.where,
    )  # fmt: skip
