"""What acts call so that a thing can be found. The rows are part of the calling act's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enggang.core.models import Subject
from enggang.core.text import folded, one_line
from enggang.search import fulltext
from enggang.search.enums import Audience
from enggang.search.models import SearchEntry

TEXT_MAX = 20_000
_KEPT = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True, slots=True)
class Findable:
    """``organisation_path`` is the path of the organisation that owns the subject: ``/A/B/``."""

    subject: Subject
    title: str
    text: str = ""
    organisation_path: str = "/"
    audience: Audience = Audience.STAFF


def index_subject(
    *,
    subject: Subject,
    title: str,
    text: str = "",
    organisation_path: str,
    public: bool = False,
    signed_in: bool = False,
) -> None:
    """Make one subject findable, or renew what is known of it.

    It is found by the staff of its organisation and above it, by whoever is signed in with ``signed_in``, by
    everyone with ``public``. ``text`` is shown in snippets: put nothing in it that its readers may not read.
    """
    audience = Audience.PUBLIC if public else Audience.SIGNED_IN if signed_in else Audience.STAFF
    index_many([Findable(subject, title, text, organisation_path, audience)])


def index_many(findables: Iterable[Findable]) -> int:
    """The same for many as one set, for imports; answers how many."""
    entries = [_entry(each) for each in findables]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["subject"], update_fields=_KEPT, batch_size=500
    )
    fulltext.write((entry.pk, entry.title_key, entry.text_key) for entry in entries)
    return len(entries)


def drop_subject(subject: Subject) -> None:
    """Make a subject unfindable; one that never was findable is no error."""
    fulltext.remove([subject.pk])
    SearchEntry.objects.filter(pk=subject.pk).delete()


def _entry(each: Findable) -> SearchEntry:
    text = each.text.replace("\0", " ")[:TEXT_MAX]
    return SearchEntry(
        subject=each.subject,
        kind=each.subject.kind,
        title=one_line(each.title, 200),
        text=text,
        organisation_code=each.subject.organisation_code,
        organisation_path=each.organisation_path,
        audience=each.audience,
        title_key=folded(each.title)[:400],
        text_key=folded(text),
    )


def check_index() -> list[str]:
    """Invariant: the full-text index knows exactly the entries."""
    entries, indexed = SearchEntry.objects.count(), fulltext.indexed()
    return (
        []
        if entries == indexed
        else [f"search knows {indexed} of {entries} entries; run: enggang manage rebuild_search"]
    )
