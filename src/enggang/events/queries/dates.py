"""The rule of an event in words, and its candidates for a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from enggang.events.dates import FIRST_YEAR, LAST_YEAR, Candidate, candidates
from enggang.events.enums import Nth, RuleKind, Stage, SunEvent
from enggang.events.models import Event

HIJRI_MONTHS = (
    gettext_lazy("Muharram"), gettext_lazy("Safar"), gettext_lazy("Rabi al-Awwal"), gettext_lazy("Rabi al-Thani"),
    gettext_lazy("Jumada al-Awwal"), gettext_lazy("Jumada al-Thani"), gettext_lazy("Rajab"), gettext_lazy("Shaban"),
    gettext_lazy("Ramadan"), gettext_lazy("Shawwal"), gettext_lazy("Dhu al-Qadah"), gettext_lazy("Dhu al-Hijjah"),
)  # fmt: skip
DEEPEST = 3  # how far events may hang on one another


def days_in_words(first: date | None, last: date | None) -> str:
    """Days in the reader's language; nothing when they are not known."""
    if first is None:
        return ""
    last = last or first
    if get_language() == "zh-hans":
        return _days_in_mandarin(first, last)
    if first == last:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    return f"{date_format(first, 'j F' if first.year == last.year else 'j F Y')} – {date_format(last, 'j F Y')}"


def _days_in_mandarin(first: date, last: date) -> str:
    """The year before the month before the day, and what is the same is said once."""
    words = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return words
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月"
    return f"{words}至{year}{month}{last.day}日"


def candidates_of(event: Event, year: int, depth: int = 0) -> list[Candidate]:
    """What the event's rule allows in a year; none when it is announced, or beyond the tables of the calendars."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return []

    def after(asked: int) -> list[date]:
        if event.after is None or depth >= DEEPEST:
            return []
        return decided_days(event.after, asked) or [each.first for each in candidates_of(event.after, asked, depth + 1)]

    return candidates(event.date_rule, year, after=after)


def decided_days(event: Event, year: int) -> list[date]:
    """The first days that its editions of a year have: they go before what a calendar computes."""
    rows = event.editions.filter(year=year).exclude(stage=Stage.CANCELLED).order_by("starts_on")
    return [day for day in rows.values_list("starts_on", flat=True) if day]


def computed(event: Event, year: int) -> Candidate | None:
    return next((each for each in candidates_of(event, year) if each.is_computed), None)


def ahead(event: Event, years: Sequence[int]) -> list[tuple[int, list[Candidate]]]:
    return [(year, candidates_of(event, year)) for year in years]


def rule_in_words(event: Event) -> str:
    """The whole rule as a sentence: the day, where the event begins from it, how long it lasts."""
    parts = [_day_in_words(event)]
    if event.rule not in {RuleKind.AFTER, RuleKind.ANNOUNCED} and event.offset:
        before = ngettext("begins %(n)s day before", "begins %(n)s days before", -event.offset)
        behind = ngettext("begins %(n)s day after", "begins %(n)s days after", event.offset)
        parts.append((before if event.offset < 0 else behind) % {"n": abs(event.offset)})
    if event.length > 1:
        parts.append(ngettext("lasts %(n)s day", "lasts %(n)s days", event.length) % {"n": event.length})
    return ", ".join(parts)


def _day_in_words(event: Event) -> str:
    rule, nth = event.date_rule, str(Nth(event.nth).label) if event.nth in Nth.values else ""
    weekday, month = str(WEEKDAYS[rule.weekday]), str(MONTHS[rule.month])
    if event.rule == RuleKind.FIXED:
        return _("every year on %(day)s %(month)s") % {"day": rule.day, "month": month}
    if event.rule == RuleKind.WEEKDAY:
        return _("the %(nth)s %(weekday)s of %(month)s") % {"nth": nth, "weekday": weekday, "month": month}
    if event.rule == RuleKind.CHINESE:
        words = {"day": rule.day, "month": rule.month}
        return _("day %(day)s of month %(month)s of the Chinese lunar calendar") % words
    hijri = str(HIJRI_MONTHS[rule.month - 1])
    if event.rule == RuleKind.HIJRI:
        return _("%(day)s %(month)s of the Hijri calendar") % {"day": rule.day, "month": hijri}
    if event.rule == RuleKind.HIJRI_WEEKDAY:
        named = {"nth": nth, "weekday": weekday, "month": hijri}
        return _("the %(nth)s %(weekday)s of %(month)s of the Hijri calendar") % named
    if event.rule == RuleKind.SUN and rule.month in SunEvent.values:
        return str(SunEvent(rule.month).label)
    if event.rule == RuleKind.AFTER and event.after:
        before = ngettext(
            "%(n)s day before the first day of %(event)s", "%(n)s days before the first day of %(event)s", -event.offset
        )
        behind = ngettext(
            "%(n)s day after the first day of %(event)s", "%(n)s days after the first day of %(event)s", event.offset
        )
        return (before if event.offset < 0 else behind) % {"n": abs(event.offset), "event": event.after}
    return _("announced each year")


def why(candidate: Candidate) -> str:
    """What a candidate rests on."""
    if candidate.shift < 0:
        return _("if the month begins a day earlier than computed")
    return _("if the month begins a day later than computed") if candidate.shift else _("as computed")
