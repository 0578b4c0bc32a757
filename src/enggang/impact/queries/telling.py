"""The facts of a Monday in words: for the page, its print and its text for WhatsApp. One place, so that they say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import registries
from enggang.core.models.closed import Facts
from enggang.events.enums import RedKind, Stage
from enggang.impact.enums import PromiseState
from enggang.impact.queries.monday_iid import iid_lines
from enggang.indicators.enums import Course
from enggang.indicators.numbers import shown
from enggang.indicators.periods import Period

TONES = {Course.ON_PATH: "good", Course.AT_RISK: "warn", Course.OFF: "bad"}
MOST_UNFOUND = 5
MOST_PROMISES, MOST_INDICATORS = 8, 15  # on the page, which says how many more there are
ORDER = (Course.OFF, Course.AT_RISK, Course.STALE, Course.UNKNOWN, Course.NO_TARGET, Course.ON_PATH)


class Line(NamedTuple):
    """``tone`` is one of the badge's; ``label`` its word; ``more`` stands smaller below. ``id`` is that of a promise,
    ``item`` that of what waits for a decision."""

    text: str
    more: str = ""
    href: str = ""
    label: str = ""
    tone: str = "neutral"
    id: int = 0
    state: str = ""
    kind: str = ""  # of a decision
    item: str = ""  # what is decided
    about: str = ""  # the code of the noun
    cause_href: str = ""  # where the cause of a red indicator is stated


class Told(NamedTuple):
    day: date
    decisions: list[Line]
    waiting: int
    digital: list[tuple[str, str]]
    unfound: list[tuple[str, str]]  # searched for on the public pages, and not there; only on a page of now
    more_promises: int
    more_indicators: int
    promises: list[Line]
    changed: list[Line]
    indicators: list[Line]
    counts: list[tuple[str, str, int]]  # word, tone, how many
    ahead: list[Line]
    chain: list[tuple[str, str]]
    iid: list[Line]


def told(
    facts: Facts, names: Mapping[str, str], corrected: Mapping[str, tuple[str | None, str | None]] | None = None, *,
    all_lines: bool = False, unfound: Sequence[tuple[str, int]] = (),
) -> Told:  # fmt: skip
    """In the reader's language. ``names`` are those of people by their codes; ``corrected`` is what has been corrected
    since a closed page was made. The page stays small on a bad line, unless ``all_lines`` are asked for. ``unfound`` is
    never part of the facts: what visitors typed is forgotten after 90 days, and a closed page is kept for ever."""
    promises, indicators = (None, None) if all_lines else (MOST_PROMISES, MOST_INDICATORS)
    day = date.fromisoformat(facts["day"])
    rows = sorted(facts["indicators"], key=lambda row: ORDER.index(Course(row["course"])))
    return Told(
        day, [_decision(each, names) for each in facts["decisions"]], facts["waiting"], list(_digital(facts.get("digital", []))),
        [(words, ngettext("%d time", "%d times", count) % count) for words, count in unfound[:MOST_UNFOUND]],
        _beyond(facts["promises"], promises), _beyond(rows, indicators), [_promise(each, names) for each in facts["promises"][:promises]],
        [_changed(each) for each in facts["changed"]],
        [_indicator(each, names, (corrected or {}).get(each["code"]), day) for each in rows[:indicators]],
        list(_counts(rows)), [_ahead(each) for each in facts["ahead"]], list(_chain(facts["chain"])),
        [Line(**each) for each in iid_lines(facts.get("iid", {}), names, day)],
    )  # fmt: skip


def _beyond(rows: Sequence[Facts], most: int | None) -> int:
    return 0 if most is None else max(0, len(rows) - most)


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "j F Y") if text else "–"


def _number(text: str | None, row: Facts) -> str:
    return shown(None if text is None else Decimal(text), row["decimals"])


def _period(days: list[str]) -> str:
    return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1])).label if days else ""


def _decision(row: Facts, names: Mapping[str, str]) -> Line:
    line = _asked(row)
    given = row.get("assigned")
    more = (
        _("given to %(who)s by %(day)s") % {"who": _named(given["person"], names), "day": _day(given["due"])}
        if given
        else ""
    )
    item = str(row.get("item", row["code"]))
    return line._replace(
        more=f"{line.more} · {more}" if more else line.more, kind=row["kind"], item=item, about=row["code"]
    )


def _named(code: str, names: Mapping[str, str]) -> str:
    return names.get(code) or _("nobody any more")


def _asked(row: Facts) -> Line:
    since = _("waiting since %(day)s") % {"day": _day(row["since"])}
    if row["kind"] == "value":
        text = _("Approve %(name)s, %(period)s: %(value)s %(unit)s") % {
            "name": row["title"], "period": _period(row["period"]), "value": _number(row["value"], row), "unit": row["unit"],
        }  # fmt: skip
        cost = _("until then the number is not official")
        return Line(text, f"{since} · {cost}", reverse("indicators:indicator", args=[row["code"]]))
    if row["kind"] == "edition":
        text = _("Decide about %(event)s: %(stage)s") % {"event": row["title"], "stage": Stage(row["to"]).label}
        cost = _("it begins on %(day)s") % {"day": _day(row["starts"])} if row["starts"] else _("it has no date yet")
        return Line(text, f"{since} · {cost}", reverse("events:gates", args=[row["code"]]))
    text = _("Release the page about %(name)s") % {"name": row["title"]}
    return Line(text, f"{since} · {_('visitors cannot read it')}", reverse("stories:destination", args=[row["code"]]))


def _promise(row: Facts, names: Mapping[str, str]) -> Line:
    state = PromiseState(row["state"])
    label, tone = str(state.label), {"kept": "good", "dropped": "bad"}.get(row["state"], "neutral")
    if row["late"]:
        label, tone = _("Late"), "bad"
    who = _named(row["person"], names)
    more = _("%(who)s, %(agency)s · by %(day)s") % {"who": who, "agency": row["at"], "day": _day(row["due"])}
    return Line(
        row["text"], f"{more} · {row['remark']}" if row["remark"] else more, "", label, tone, row["id"], row["state"]
    )


def _changed(row: Facts) -> Line:
    text = _("%(name)s, %(period)s: %(value)s %(unit)s") % {
        "name": row["name"], "period": _period(row["period"]), "value": _number(row["value"], row), "unit": row["unit"],
    }  # fmt: skip
    more = _("usual: %(low)s to %(high)s, by the %(points)d values before") % {
        "low": _number(row["low"], row), "high": _number(row["high"], row), "points": row["points"],
    }  # fmt: skip
    return Line(text, more, reverse("indicators:indicator", args=[row["code"]]))


def _indicator(
    row: Facts, names: Mapping[str, str], corrected: tuple[str | None, str | None] | None, day: date
) -> Line:
    course = Course(row["course"])
    owner = names.get(row["owner"]) or _("nobody answers for it")
    parts = [*_parts(row, course, corrected), *_cause(row, names, owner, day)]
    return Line(
        row["name"], " · ".join(parts), reverse("indicators:indicator", args=[row["code"]]), str(course.label),
        TONES.get(course, "neutral"), about=row["code"], cause_href=_cause_href(row),
    )  # fmt: skip


def _cause_href(row: Facts) -> str:
    return reverse("impact:causes", args=[row["code"]]) if row.get("red_since") else ""


def _cause(row: Facts, names: Mapping[str, str], owner: str, day: date) -> Iterator[str]:
    """What is said about red: its cause and the dated action, or that there is none yet, whose that is and for how long."""
    if not row.get("red_since"):
        yield owner
    elif cause := row["cause"]:
        yield owner
        yield _("cause: %(cause)s") % {"cause": cause["text"]}
        yield _("%(who)s, by %(day)s: %(action)s") % {
            "who": _named(cause["person"], names), "day": _day(cause["due"]), "action": cause["action"],
        }  # fmt: skip
    else:
        days = max(1, (day - date.fromisoformat(row["red_since"])).days + 1)
        yield _("no cause yet, %(owner)s, since day %(n)d") % {"owner": owner, "n": days}


def _parts(row: Facts, course: Course, corrected: tuple[str | None, str | None] | None) -> Iterator[str]:
    if row["value"] is not None:
        yield f"{_number(row['value'], row)} {row['unit']}"
    if corrected is not None:
        yield _("corrected since: %(now)s") % {"now": _number(corrected[1], row)}
    if row["gap"] is not None and Decimal(row["gap"]) != 0:
        gap = Decimal(row["gap"])
        words = _("%(gap)s above the path") if gap > 0 else _("%(gap)s below the path")
        yield words % {"gap": _number(str(abs(gap)), row)}
    if row["forecast"] is not None and row["target"] is not None:
        yield _("31 December: %(forecast)s of %(target)s") % {
            "forecast": _number(row["forecast"], row), "target": _number(row["target"], row),
        }  # fmt: skip
    if course == Course.STALE and row["awaited"]:
        yield _("%(period)s awaited since %(day)s") % {"period": _period(row["awaited"]), "day": _day(row["since"])}
    elif row["as_of"]:
        yield _("as of %(day)s") % {"day": _day(row["as_of"])}


def _counts(rows: Iterable[Facts]) -> Iterator[tuple[str, str, int]]:
    every = [Course(row["course"]) for row in rows]
    for course in ORDER:
        if number := every.count(course):
            yield str(course.label), TONES.get(course, "neutral"), number


def _ahead(row: Facts) -> Line:
    reds = [str(RedKind(kind).label) for kind in row["reds"]]
    label, tone = (", ".join(reds), "bad") if reds else (_("nothing red"), "good")
    return Line(row["title"], _day(row["starts"]), reverse("events:edition", args=[row["code"]]), label, tone)


def _chain(row: Facts) -> Iterator[tuple[str, str]]:
    visitors = row["visitors"]
    number = shown(visitors["value"])
    if visitors["low"] is not None:
        number = f"{number} ({shown(visitors['low'])}–{shown(visitors['high'])})"
    yield _("people with a certificate"), shown(row["trained"])
    yield _("of them in a committee, or with a work"), shown(row["active"])
    yield _("events they staged"), shown(row["editions"])
    yield _("photos and videos that the public sees"), shown(row["published"])
    yield _("visits to these events"), number
    if "innovations" in row:  # a page that was closed earlier does not know them
        yield _("innovations in use that they own"), shown(row["innovations"])
    yield _("indicators linked by an argument"), shown(row["indicators"])


def _digital(rows: Iterable[Facts]) -> Iterator[tuple[str, str]]:
    for row in rows:
        source = registries.indicator_sources.get(row["source"])
        if source is not None:
            now, before = shown(row["value"]), shown(row["before"])
            yield str(source.label), _("%(now)s (week before: %(before)s)") % {"now": now, "before": before}


def text_of(found: Told, agency: str) -> str:
    """As one WhatsApp message: what waits first, each line short."""
    parts = [f"*{agency} · {formats.date_format(found.day, 'l, j F Y')}*"]
    waits = ngettext("%d decision waits", "%d decisions wait", found.waiting) % found.waiting
    parts += _block(waits, [f"• {line.text}" for line in found.decisions])
    parts += _block(_("Promises"), [f"• {line.text} ({line.label}; {line.more})" for line in found.promises])
    parts += _block(_("Beyond the usual"), [f"• {line.text}" for line in found.changed])
    parts += _block(_("Indicators"), [f"• {word}: {number}" for word, _tone, number in found.counts])
    parts += _block(_("Innovation index"), [f"• {line.text} ({line.more})" for line in found.iid])
    parts += _block(_("The next 14 days"), [f"• {line.text}, {line.more}: {line.label}" for line in found.ahead])
    parts += _block(_("Digital, last seven days"), [f"• {label}: {number}" for label, number in found.digital])
    parts += _block(_("Searched for and not found"), [f"• {words}: {times}" for words, times in found.unfound])
    return "\n".join(parts)


def _block(title: str, lines: list[str]) -> list[Any]:
    return ["", f"*{title}*", *lines] if lines else []
