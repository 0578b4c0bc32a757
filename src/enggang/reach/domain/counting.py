"""Counts of readers are written down. No act: nobody decides anything, and a line in the audit trail every few seconds would
bury what people did."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db import connection, transaction

from enggang.core import clock
from enggang.reach.counter import Key
from enggang.reach.enums import What
from enggang.reach.models import Count

# Whoever asks chooses these words, so a day has so many of them; what comes beyond is counted together under no word.
MOST = {What.REFERRER: 300, What.SEARCH: 300}
KEPT_DAYS = {What.REFERRER: 365, What.SEARCH: 90}
ADD = (
    "INSERT INTO reach_count (what, day, key, about, language, count) VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (what, day, key, about, language) DO UPDATE SET count = reach_count.count + excluded.count"
)


def keep_counts(held: Counter[Key]) -> int:
    """Add them to what stands; several processes do so at once. Answers how many rows were added to."""
    rows = sorted(
        _within_limits(held).items()
    )  # in one order, so that two writers never wait for each other in a circle
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ADD, [(key.what, key.day.isoformat(), *key[2:], number) for key, number in rows])
    return len(rows)


def _within_limits(held: Counter[Key]) -> Counter[Key]:
    known: dict[tuple[str, date], set[str]] = defaultdict(set)
    for what, day in {(key.what, key.day) for key in held if key.what in MOST}:
        known[what, day] = set(Count.objects.filter(what=what, day=day).values_list("key", flat=True))
    found: Counter[Key] = Counter()
    for key, number in held.items():
        found[_limited(key, known)] += number
    return found


def _limited(key: Key, known: dict[tuple[str, date], set[str]]) -> Key:
    if key.what not in MOST:
        return key
    words = known[key.what, key.day]
    if key.key not in words and len(words) >= MOST[What(key.what)]:
        return key._replace(key="")
    words.add(key.key)
    return key


def old_words() -> int:
    """Names of other sites after a year, questions after ninety days; the counts of pages stay."""
    return sum(
        Count.objects.filter(what=what, day__lt=clock.today() - timedelta(days=days)).delete()[0]
        for what, days in KEPT_DAYS.items()
    )
