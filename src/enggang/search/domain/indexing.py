"""What acts call so that a thing can be found. The rows are part of the calling act's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from enggang.core.bulk import in_parts, insert_rows, upsert_rows
from enggang.core.models import Subject
from enggang.core.text import folded, one_line
from enggang.search import fulltext
from enggang.search.enums import Audience
from enggang.search.fulltext import kind_word
from enggang.search.models import SearchEntry

TEXT_MAX = 20_000
_folded_text = lru_cache(4_096)(folded)  # posts and agencies repeat
FIRST_SIGN, LONGEST_WORD = "\u2e80", 40  # of scripts without spaces; signs of one word that are looked at
PART = 5_000  # what is held in memory at a time
_FIELDS = (
    "subject", "kind", "title", "text", "organisation_code", "organisation_path", "audience", "title_key", "text_key",
)  # fmt: skip


class Pointed(NamedTuple):
    """What is needed of a subject, for those who write a hundred thousand of them."""

    pk: int
    kind: str
    organisation_code: str


class Findable(NamedTuple):
    """``organisation_path`` is the path of the organisation that owns the subject: ``/A/B/``. ``also``: what finds it and
    is never shown, such as its name in other languages."""

    subject: Subject | Pointed
    title: str
    text: str = ""
    organisation_path: str = "/"
    audience: Audience = Audience.STAFF
    also: str = ""


def index_subject(
    *,
    subject: Subject,
    title: str,
    text: str = "",
    organisation_path: str,
    public: bool = False,
    signed_in: bool = False,
    also: str = "",
) -> None:
    """Make one subject findable, or renew what is known of it.

    It is found by the staff of its organisation and above it, by whoever is signed in with ``signed_in``, by
    everyone with ``public``. ``text`` is shown in snippets: put nothing in it that its readers may not read; ``also`` is not.
    """
    audience = Audience.PUBLIC if public else Audience.SIGNED_IN if signed_in else Audience.STAFF
    index_many([Findable(subject, title, text, organisation_path, audience, also)])


def index_many(findables: Iterable[Findable], *, new: bool = False) -> int:
    """The same for many as sets, for imports; answers how many. ``new``: their subjects were made in this transaction."""
    count = 0
    for part in in_parts(map(_row, findables), PART):
        (insert_rows if new else upsert_rows)(SearchEntry, _FIELDS, part)
        fulltext.write((row[0], row[-2], row[-1]) for row in part)
        count += len(part)
    return count


def drop_subject(subject: Subject) -> None:
    """Make a subject unfindable; one that never was findable is no error."""
    fulltext.remove([subject.pk])
    SearchEntry.objects.filter(pk=subject.pk).delete()


def drop_subjects(ids: Sequence[int]) -> None:
    """The same for many, by the ids of their subjects."""
    fulltext.remove(ids)
    SearchEntry.objects.filter(pk__in=ids).delete()


def _row(each: Findable) -> tuple[Any, ...]:
    """In the order of ``_FIELDS``."""
    subject, text = each.subject, each.text.replace("\0", " ")[:TEXT_MAX]
    return (
        subject.pk, subject.kind, one_line(each.title, 200), text, subject.organisation_code, each.organisation_path,
        int(each.audience), folded(each.title)[:400], _words(text, each.also, subject.kind),
    )  # fmt: skip


def _words(text: str, also: str, kind: str) -> str:
    return " ".join(filter(None, (_folded_text(text), _with_tails(folded(also[:TEXT_MAX])), kind_word(kind))))


def _with_tails(text: str) -> str:
    """Chinese has no spaces: the end of a word from each of its signs on is a word too, so that every part is found."""
    words = text.split()
    tails = (
        word[place:] for word in words if max(word) >= FIRST_SIGN for place in range(1, min(len(word), LONGEST_WORD))
    )
    return " ".join([*words, *tails])


def check_index() -> list[str]:
    """Invariant: the full-text index knows exactly the entries."""
    entries, indexed = SearchEntry.objects.count(), fulltext.indexed()
    return (
        []
        if entries == indexed
        else [f"search knows {indexed} of {entries} entries; run: enggang manage rebuild_search"]
    )
