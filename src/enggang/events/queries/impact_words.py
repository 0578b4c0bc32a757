"""An impact in words: every figure with its method, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.budgets.amounts import shown
from enggang.core.models.closed import Facts
from enggang.events.enums_impact import BaseMeaning, ImpactArea, InputKind, VisitorBase, Weighting
from enggang.events.queries.edition_concept import figure
from enggang.events.queries.impact import SEED


def rupiah_range(found: Facts | None) -> str:
    """«Rp 1.250.000.000 (Rp 900.000.000 – Rp 1.600.000.000)», to three digits that mean something."""
    if found is None:
        return "–"
    if found["low"] is None:
        return shown(_three(found["value"]))
    return f"{shown(_three(found['value']))} ({shown(_three(found['low']))} – {shown(_three(found['high']))})"


def people_range(found: Facts | None) -> str:
    if found is None:
        return "–"
    if found["low"] is None:
        return figure(_three(found["value"]))
    return f"{figure(_three(found['value']))} ({figure(_three(found['low']))}–{figure(_three(found['high']))})"


def _three(value: int) -> int:
    """To three significant digits: a survey bears no more."""
    digits = len(str(abs(int(value)))) - 3
    return round(value, -digits) if digits > 0 else int(value)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the reckoning. ``method`` is what opens under it."""

    code: str
    name: str
    text: str
    method: str
    strong: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class GroupLine:
    facts: Facts
    name: str
    persons: str
    each: str
    spend: str


@dataclass(frozen=True, slots=True)
class ToldImpact:
    lines: list[Line]
    groups: list[GroupLine]
    rests_on: list[str]
    assumptions: list[Line]
    inputs: list[Facts]
    beside: list[Facts]
    as_of: datetime
    n: int
    headline: str
    facts: Facts


STAYS = {"night": gettext_lazy("Stay overnight"), "day": gettext_lazy("Day visitors")}
IN_SUM = {str(InputKind.ORGANISER), str(InputKind.VENDOR), str(InputKind.LEAKAGE), str(InputKind.MULTIPLIER)}


def told_impact(facts: Facts) -> ToldImpact:
    rows = [{**row, "name": str(InputKind(row["kind"]).label), "text": _input_text(row)} for row in facts["inputs"]]
    return ToldImpact(
        lines=list(_lines(facts)), groups=[_group(row, facts) for row in facts["groups"]], rests_on=list(_rests_on(facts)),
        assumptions=list(_assumptions(facts)), inputs=[row for row in rows if row["kind"] in IN_SUM],
        beside=[row for row in rows if row["kind"] == str(InputKind.OCCUPANCY)],
        as_of=datetime.fromisoformat(facts["as_of"]), n=facts["n"], headline=rupiah_range(facts["direct"]), facts=facts,
    )  # fmt: skip


def _input_text(row: Facts) -> str:
    if row["factor"] is not None:
        return f"{figure(round(row['factor'], 3))} %" if row["kind"] == InputKind.OCCUPANCY else f"× {row['factor']:g}"
    return figure(row["amount"]) if row["kind"] in {"msmes", "artists", "jobs"} else shown(row["amount"])


def _lines(facts: Facts) -> Iterator[Line]:
    few = _too_few(facts) if facts["n"] < facts["rules"]["least"] else ""
    why = few or ("" if facts["base"]["value"] is not None else _("There is no number of visitors yet."))
    yield Line("unique", _("Unique visitors"), people_range(facts["unique"]), _unique_method(facts), why="" if facts["unique"] else why)  # fmt: skip
    yield Line(
        "eligible", _("Of them from outside, because of the event"), people_range(facts["eligible"]),
        _("Unique visitors × the share of answers from outside the area who came because of the event: %(counted)s of %(n)s. %(residents)s live in the area, %(casual)s would have come anyway; what they spend is not counted.") % {
            "counted": facts["n"] - facts["residents"] - facts["casual"], "n": facts["n"],
            "residents": facts["residents"], "casual": facts["casual"],
        },
        why="" if facts["eligible"] else why,
    )  # fmt: skip
    yield Line(
        "visitor_spend", _("Visitors' spending"), rupiah_range(facts["visitor_spend"]),
        _("Sum over those who stay overnight and day visitors: persons × trimmed mean of (nights × bed price + other daily spending × days) of one person."),
        why=_partial(facts) or ("" if facts["visitor_spend"] else why or _too_few(facts)),
    )  # fmt: skip
    yield Line("outside_money", _("Outside money spent by organisers and vendors"), shown(facts["outside_money"]), _("What was entered, each with its source: money from outside the area that was spent within it."))  # fmt: skip
    yield Line("leakage", _("Leakage"), f"− {shown(facts['leakage'])}", _("What was entered: spending that flowed to suppliers outside the area."))  # fmt: skip
    yield Line("direct", _("Direct economic impact"), rupiah_range(facts["direct"]), _("Visitors' spending + outside money of organisers and vendors − leakage. Residents' spending is left out. It is no return on public money and is never divided by it."), strong=True, why=_partial(facts))  # fmt: skip
    yield from _alike(facts)
    if facts["multiplier"] is not None:
        yield Line("total", _("Total impact"), rupiah_range(facts["total"]), _("Direct impact × the multiplier of the document named below."), why=_partial(facts))  # fmt: skip
    else:
        yield Line("total", _("Total impact"), "–", _("A total needs a multiplier from a documented regional input-output table. Ready-made multipliers have no local basis."), why=_("No multiplier is entered, so there is no total."))  # fmt: skip


def _alike(facts: Facts) -> Iterator[Line]:
    """What it would be without weights, where they make a difference; results closed before weights have none."""
    found = facts.get("unweighted")
    if not found or found["direct"] is None:
        return
    days = {"days": figure(round(found["mean_days"], 2)), "unique": people_range(found["unique"])}
    yield Line("unweighted", _("Direct economic impact without weights, beside it"), rupiah_range(found["direct"]), _("The same reckoning with every answer counting alike: mean days %(days)s, unique visitors %(unique)s. It holds too many of those who come on several days.") % days)  # fmt: skip


def _too_few(facts: Facts) -> str:
    return _("Too few answers: at least %(least)s are needed.") % {"least": facts["rules"]["least"]}


def _partial(facts: Facts) -> str:
    if not facts["partial"] or facts["visitor_spend"] is None:
        return ""
    names = ", ".join(str(STAYS[row["stay"]]) for row in facts["groups"] if row["too_few"])
    return _("Without %(names)s, of whom too few answered: the figure is too low.") % {"names": names}


def _unique_method(facts: Facts) -> str:
    base = facts["base"]
    if base["meaning"] == BaseMeaning.ATTENDANCES:
        days = figure(round(facts["mean_days"], 2)) if facts["mean_days"] else "–"
        words = {"value": people_range(base), "days": days, "n": facts["n"]}
        if facts.get("weighted"):
            return _("Attendances ÷ mean days attended: %(value)s ÷ %(days)s (weighted mean of %(n)s answers).") % words
        return _("Attendances ÷ mean days attended: %(value)s ÷ %(days)s (mean of %(n)s answers).") % words
    return _("The number counts persons once over all days, so it is not divided by days again.")


def _group(row: Facts, facts: Facts) -> GroupLine:
    few = _("too few answers")
    name = str(STAYS[row["stay"]])
    if row["too_few"]:
        return GroupLine(row, name, few, few, few)
    persons = "–" if row["persons"] is None else figure(_three(row["persons"]))
    each = "–" if row["each"] is None else shown(_three(row["each"]))
    return GroupLine(row, name, persons, each, rupiah_range(row["spend"]))


def _assumptions(facts: Facts) -> Iterator[Line]:
    base, rules = facts["base"], facts["rules"]
    area = {"area": ImpactArea(facts["area"]).label, "place": facts["place"]}
    yield Line("area", _("Home area"), _("%(area)s (%(place)s)") % area, _("Whoever lives in it is a resident and does not count."))  # fmt: skip
    where = _("entered") if base["base"] == VisitorBase.ENTERED else (
        _("counting, version %(number)s") % {"number": base["version"]} if base["version"] else _("counting, not closed yet")
    )  # fmt: skip
    yield Line("base", _("Number of visitors"), f"{people_range(base) if base['value'] is not None else '–'} · {where}", base["source"] or _("Nobody has written down another source than the counting itself."))  # fmt: skip
    if "weighted" in facts:
        weighting = Weighting.DAYS if facts["weighted"] else Weighting.NONE
        yield Line("weights", _("Weights"), str(weighting.label), _weights_method(facts))
    yield Line("trim", _("Trimming"), _("%(trim)s %% of the answers of a group at each end") % rules, rules["sources"]["trim"] or _("No dated row says so: a careful value is used."))  # fmt: skip
    yield Line("least", _("Fewest answers of a group"), figure(rules["least"]), rules["sources"]["least"] or _("No dated row says so: a careful value is used."))  # fmt: skip


def _weights_method(facts: Facts) -> str:
    if not facts["weighted"]:
        return _("Whoever comes on several days is met more often; nothing undoes that here.")
    words = {"n": facts["n"], "effective": figure(round(facts["effective"]))}
    return _("Whoever comes on several days could be met on each of them, so an answer counts 1 ÷ its days (visits bias: R. R. Perdue, Annals of Tourism Research 13, 1986; Horvitz–Thompson). %(n)s answers so weighted bear as much as %(effective)s that count alike (Kish).") % words  # fmt: skip


def _rests_on(facts: Facts) -> Iterator[str]:
    yield _("Method: eventIMPACTS (https://www.eventimpacts.com/impact-types/economic).")
    if facts["draws"]:
        words = {"draws": facts["draws"], "n": facts["n"], "seed": SEED}
        yield _("A range holds in 95 of 100 cases for the errors that it contains: %(draws)s times %(n)s answers were drawn anew with replacement (bootstrap, seed %(seed)s), each time with a number of visitors out of its own range.") % words  # fmt: skip
    if facts["base"]["value"] is not None and facts["base"]["low"] is None:
        yield _("The number of visitors has no range, so the range of the impact is too narrow.")
    yield _("The range does not hold that people remember wrongly what they spend, nor that those who answer differ from those who do not.")  # fmt: skip
    if not facts.get("weighted"):
        yield _("Whoever comes on several days is met more often; the answers are not weighted for it.")
    if facts["n"]:
        yield _("%(asked)s of %(n)s answers were asked by interviewers with the sample plan, %(refused)s people refused; the others answered because they liked to.") % facts  # fmt: skip
    yield _("Every answer speaks for one person; members of a group are taken to spend like the one who answers.")
    if facts["base"]["base"] == VisitorBase.COUNTED and not facts["base"]["version"]:
        yield _("The counting is not closed: its number may still change.")


# -- what changed between two versions ----------------------------------------------------------------------------

FIELDS = {
    "area": gettext_lazy("Home area"),
    "base": gettext_lazy("Number of visitors"),
    "weighted": gettext_lazy("Weights"),
    "rules": gettext_lazy("Trimming and fewest answers"),
    "n": gettext_lazy("Answers"),
    "residents": gettext_lazy("Residents among them"),
    "casual": gettext_lazy("Would have come anyway"),
    "unique": gettext_lazy("Unique visitors"),
    "eligible": gettext_lazy("Of them from outside, because of the event"),
    "groups": gettext_lazy("Answers: overnight / day"),
    "visitor_spend": gettext_lazy("Visitors' spending"),
    "outside_money": gettext_lazy("Outside money spent by organisers and vendors"),
    "leakage": gettext_lazy("Leakage"),
    "direct": gettext_lazy("Direct economic impact"),
    "multiplier": gettext_lazy("Multiplier"),
    "total": gettext_lazy("Total impact"),
    "input": gettext_lazy("Figure entered"),
}
PEOPLE = {"unique", "eligible"}


def change_in_words(row: tuple[str, Any, Any]) -> dict[str, str]:
    name, was, now = row
    return {"field": str(FIELDS[name]), "was": _value(name, was), "now": _value(name, now)}


def _value(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name == "area":
        return str(ImpactArea(value).label)
    if name == "weighted":
        return str((Weighting.DAYS if value else Weighting.NONE).label)
    if name == "rules":
        return f"{value['trim']} % · {value['least']}"
    if name == "groups":
        return " / ".join(str(row["n"]) for row in value)
    if name == "input":
        return f"{InputKind(value['kind']).label}: {_input_text(value)} ({value['source']})"
    if name == "base":
        return people_range(value) if value["value"] is not None else "–"
    if name in {"outside_money", "leakage"}:
        return shown(value)
    if isinstance(value, dict):
        return people_range(value) if name in PEOPLE else rupiah_range(value)
    return figure(value)
