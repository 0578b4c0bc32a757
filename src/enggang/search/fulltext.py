"""The full-text index of each database behind the same functions.

PostgreSQL: a generated ``tsvector`` column with a GIN index (words as written and their Indonesian stems).
SQLite: an FTS5 table beside the entries with the same row ids, written by the functions here.
Both match the beginnings of words; a word stands for its synonyms too (``data/synonyms.csv``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, models
from django.db.models import F, FloatField
from django.db.models.expressions import RawSQL

from enggang.core.text import folded
from enggang.search.models import SearchEntry
from enggang.search.models.entry import SearchEntryQuerySet

WORDS_MAX = 12  # a longer question is cut: every further word only narrows it
WORD_MAX = 40
RARE = 5_000  # entries at most that have a word which is looked for by its index
SYNONYMS = Path(__file__).parent / "data" / "synonyms.csv"
Row = tuple[int, str, str]  # subject id, folded title, folded text


def words_of(text: str) -> list[str]:
    """The words of a question, folded; quotes, operators and control characters are gone with it."""
    return [word[:WORD_MAX] for word in dict.fromkeys(folded(text[:1000]).split())][:WORDS_MAX]


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each word with its whole group, from rows such as ``asn,pns,pppk,pegawai``."""
    with SYNONYMS.open(encoding="utf-8") as handle:
        groups = [tuple(folded(word) for word in row if word) for row in csv.reader(handle) if row]
    return {word: group for group in groups for word in group}


def alternatives(word: str) -> tuple[str, ...]:
    return synonyms().get(word, (word,))


def matching(rows: SearchEntryQuerySet, text: str) -> SearchEntryQuerySet:
    """``rows`` that have every word of ``text`` (or a synonym), best first; none when ``text`` has no word."""
    words = words_of(text)
    if not words:
        return rows.none()
    return _on_sqlite(rows, words) if connection.vendor == "sqlite" else _on_postgresql(rows, words)


def resembling(rows: SearchEntryQuerySet, text: str) -> SearchEntryQuerySet:
    """``rows`` that have any word of ``text``, those that share most of what is rare first; none when it has no word."""
    words = words_of(text)
    if not words:
        return rows.none()
    return _on_sqlite(rows, words, " OR ") if connection.vendor == "sqlite" else _on_postgresql(rows, words, " || ")


def subjects_with(kind: str, text: str) -> RawSQL | None:
    """The ids of all subjects of a kind that have every word of ``text``, as a part of another question:
    ``rows.filter(subject__in=subjects_with("event", text))``. In no order, so that the first rows wanted end the search.
    None when ``text`` has no word.
    """
    words = words_of(text)
    if not words:
        return None
    if connection.vendor == "sqlite":
        sql = "SELECT search_fts.rowid FROM search_fts WHERE search_fts MATCH %s"
        asked = f"{_lite_query(words)} AND {kind_word(kind)}"
        return RawSQL(sql, [asked], output_field=models.BigIntegerField())  # noqa: S611 -- fixed text, the question is a parameter
    return RawSQL(*_of_kind(kind, words), output_field=models.BigIntegerField())  # noqa: S611 -- as above


def newest_with(kind: str, text: str, most: int) -> list[int] | None:
    """The same as numbers, the newest ``most`` of them; None when ``text`` has no word."""
    words = words_of(text)
    if not words:
        return None
    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC LIMIT %s"
        return _numbers(sql, [f"{_lite_query(words)} AND {kind_word(kind)}", most])
    sql, values = _of_kind(kind, words)
    # Without an order its index answers what is rare; a frequent word is soon met going back from the newest.
    found = _numbers(f"{sql} LIMIT %s", [*values, RARE + 1])
    if len(found) <= RARE:
        return sorted(found, reverse=True)[:most]
    return _numbers(f"{sql} ORDER BY subject_id DESC LIMIT %s", [*values, most])


def _numbers(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def kind_word(kind: str) -> str:
    """What stands in the words of every entry of a kind, so that the index itself narrows by it."""
    return f"zk{folded(kind).replace(' ', '')}"


def write(entries: Iterable[Row]) -> None:
    """Put folded words into the index in place of what it had for these ids."""
    if connection.vendor != "sqlite":
        return  # the column is generated
    rows = list(entries)
    if not rows:
        return
    ids = [row[0] for row in rows]
    if _any_between(min(ids), max(ids)):
        remove(ids)
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_fts (rowid, title, words) VALUES (%s, %s, %s)", rows)


def _any_between(first: int, last: int) -> bool:
    """Whether the index knows one of these ids: a set of new ones has none to be taken out, row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM search_fts WHERE rowid BETWEEN %s AND %s LIMIT 1", [first, last])
        return cursor.fetchone() is not None


def remove(ids: Sequence[int]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_fts WHERE rowid = %s", [(each,) for each in ids])


def rebuild() -> int:
    """Write the whole index anew from the entries; answers how many."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_fts")
            cursor.execute(
                "INSERT INTO search_fts (rowid, title, words) SELECT subject_id, title_key, text_key FROM search_searchentry"
            )
    return SearchEntry.objects.count()


def forget_orphans(**_kwargs: object) -> None:
    """After a migration or a flush: drop index rows whose entry is gone."""
    if connection.vendor != "sqlite" or not {"search_fts", "search_searchentry"} <= set(
        connection.introspection.table_names()
    ):
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_fts WHERE rowid NOT IN (SELECT subject_id FROM search_searchentry)")


def indexed() -> int:
    """How many entries the index knows."""
    if connection.vendor != "sqlite":
        return SearchEntry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_fts")
        return int(cursor.fetchone()[0])


def _lite_query(words: list[str], join: str = " AND ") -> str:
    # Folded words hold letters and digits only, so they cannot leave their quotes.
    return join.join("(" + " OR ".join(f'"{each}"*' for each in alternatives(word)) + ")" for word in words)


def _on_sqlite(rows: SearchEntryQuerySet, words: list[str], join: str = " AND ") -> SearchEntryQuerySet:
    match = RawSQL("search_fts MATCH %s", [_lite_query(words, join)], output_field=models.BooleanField())
    rank = RawSQL("bm25(search_fts, 10.0, 1.0)", [], output_field=FloatField())
    # The first filter only brings the join: the match has to drive it, a subquery per row takes minutes.
    return rows.filter(words__title__isnull=False).filter(match).annotate(rank=rank).order_by("rank", "pk")


def _query(words: list[str], join: str = " && ") -> tuple[str, list[str]]:
    """A tsquery and its values: words as written and their Indonesian stems."""
    terms = [" | ".join(f"{each}:*" for each in alternatives(word)) for word in words]
    either = "(to_tsquery('simple', %s) || to_tsquery('indonesian', %s))"
    return join.join([either] * len(terms)), [term for term in terms for _ in range(2)]


def _of_kind(kind: str, words: list[str]) -> tuple[str, list[Any]]:
    """The ids of a kind that have every word, with the values: the kind is a word too, so the index skips other kinds."""
    query, values = _query(words)
    sql = f"SELECT subject_id FROM search_searchentry WHERE kind = %s AND document @@ ({query} && to_tsquery('simple', %s))"  # noqa: S608 -- fixed text
    return sql, [kind, *values, kind_word(kind)]


def _on_postgresql(rows: SearchEntryQuerySet, words: list[str], join: str = " && ") -> SearchEntryQuerySet:
    query, values = _query(words, join)
    match = RawSQL(  # noqa: S611 -- fixed text, the question is a parameter
        f"search_searchentry.document @@ ({query})", values, output_field=models.BooleanField()
    )
    rank = RawSQL(f"ts_rank(search_searchentry.document, {query})", values, output_field=FloatField())  # noqa: S611 -- as above
    return rows.filter(match).annotate(rank=rank).order_by(F("rank").desc(), "pk")
