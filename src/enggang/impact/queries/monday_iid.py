"""The innovation index on the Monday page: where it stands by the year's formula, and the three cheapest next points with owner.

An estimate from own scores. It is nothing where no entry of the year is on record, so the section is not shown there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.models.closed import Facts
from enggang.innovation.queries.region import region_index
from enggang.innovation.queries.scores import Sheet
from enggang.innovation.scoring import Step
from enggang.places.models import Organisation

MOST_STEPS = 3


def iid_of(organisation: Organisation, day: date) -> Facts:
    """Plain facts for the page of ``day``; empty without an entry. A fixed number of questions to the database."""
    found = region_index(organisation, day.year)
    if not found.sheets and not found.left_out:
        return {}
    steps = sorted(_steps(found.sheets), key=lambda each: (each[1].effort, -each[1].gain, each[0].submission.pk))
    return {
        "year": day.year,
        "index": _text(found.entered.index),
        "entries": len(found.sheets),
        "next": [_text(found.to_next[0]), found.to_next[1]] if found.to_next else [],
        "closes": found.window_to.isoformat() if found.window_to else "",
        "steps": [_step(sheet, step) for sheet, step in steps[:MOST_STEPS]],
    }


def _text(value: Decimal | None) -> Any:
    return None if value is None else str(value)


def _steps(sheets: list[Sheet]) -> Iterator[tuple[Sheet, Step]]:
    """Of the entries that can still be changed."""
    for sheet in sheets:
        if sheet.submission.is_open:
            yield from ((sheet, step) for _standing, step in sheet.steps(MOST_STEPS))


def _step(sheet: Sheet, step: Step) -> Facts:
    standing, innovation = sheet.standing(step.code), sheet.submission.innovation
    return {
        "code": sheet.submission.code, "title": innovation.title, "indicator": str(standing.guide) if standing else step.code,
        "number": step.code, "gain": step.gain, "owner": innovation.owner.code if innovation.owner else "",
    }  # fmt: skip


def owners_in(facts: Facts) -> set[str]:
    return {each["owner"] for each in facts.get("steps", ())}


def iid_lines(facts: Facts, names: Mapping[str, str], day: date) -> Iterator[dict[str, Any]]:
    """In the reader's language: the estimate first, then the next points. Keys are those of a line of the page."""
    if not facts:
        return
    yield {"text": _standing(facts), "more": " · ".join(_distances(facts, day)), "href": reverse("innovation:regions")}
    for each in facts["steps"]:
        who = names.get(each["owner"]) or _("nobody answers for it")
        yield {
            "text": _("+%(gain)s points: %(indicator)s") % {"gain": each["gain"], "indicator": each["indicator"]},
            "more": f"{each['title']} · {who}",
            "href": reverse("innovation:parameter", args=[each["code"], each["number"]]),
        }


def _standing(facts: Facts) -> str:
    if facts["index"] is None:
        return _("Index %(year)s cannot be estimated: the guide of the year is not known") % {"year": facts["year"]}
    number = formats.number_format(Decimal(facts["index"]), 2)
    return _("Index %(year)s by own scores: %(index)s (estimate, not verified)") % {
        "year": facts["year"],
        "index": number,
    }


def _distances(facts: Facts, day: date) -> Iterator[str]:
    yield ngettext("%d entry", "%d entries", facts["entries"]) % facts["entries"]
    if facts["next"]:
        gap = formats.number_format(Decimal(facts["next"][0]), 2)
        yield _("%(gap)s to the threshold of “%(word)s” (unverified)") % {"gap": gap, "word": facts["next"][1]}
    if facts["closes"]:
        left = (date.fromisoformat(facts["closes"]) - day).days
        yield (
            ngettext("%d day to the end of entry", "%d days to the end of entry", left) % left
            if left >= 0
            else _("entry is over")
        )
    else:
        yield _("the days of entry are not known")
