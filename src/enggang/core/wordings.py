"""Texts of a row in languages beside Indonesian, kept as rows: which field, which language, checked or not, of which original."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict
from enggang.core.enums import WordingState
from enggang.core.models import Subject, Wording

ORIGINAL = "id"
LANGUAGES = {"en": "English", "ms": "Bahasa Melayu", "zh": "中文"}  # each by its own name, as its readers look for it


class Text(NamedTuple):
    """``language`` is that of the text itself, which may not be that of the page."""

    text: str
    language: str = ORIGINAL


class Translation(NamedTuple):
    """A language as its translator sees it: how many texts stand, are checked, and are older than their original."""

    language: str
    label: str
    written: int
    checked: int
    stale: list[str]
    wanted: int

    @property
    def is_shown(self) -> bool:
        return self.checked >= self.wanted > 0


def hash_of(original: str) -> str:
    return hashlib.sha256(original.strip().encode()).hexdigest()


def keep_wordings(
    *, subject: Subject, language: str, texts: Mapping[str, str], originals: Mapping[str, str], checked: bool, actor: Actor
) -> int:  # fmt: skip
    """Inside an act: what a subject's fields say in ``language``; an empty text takes the old one away. Answers how many stand.

    Only what has changed counts as written now. Raises Conflict for a language that is not offered.
    """
    if language not in LANGUAGES:
        raise Conflict(_("This language is not offered."))
    known = {row.field: row for row in Wording.objects.filter(subject=subject, language=language)}
    state = WordingState.CHECKED if checked else WordingState.DRAFT
    for field, text in texts.items():
        row = known.pop(field, None)
        if not text.strip():
            if row is not None:
                row.delete()
            continue
        row = row or Wording(subject=subject, field=field, language=language, version=0)
        fresh = (text.strip(), str(state), hash_of(originals[field]))
        if (row.text, row.state, row.source_hash) != fresh:
            row.text, row.state, row.source_hash = fresh
            row.written_at, row.written_by_key, row.version = clock.now(), actor.key, row.version + 1
            row.clean_fields(exclude=["subject"])
            row.save()
    return Wording.objects.filter(subject=subject, language=language).count()


def wordings_of(subjects: Iterable[Subject | int], language: str) -> dict[int, dict[str, Wording]]:
    """By subject's id and field, in one question; none for Indonesian, which the rows themselves say."""
    found: dict[int, dict[str, Wording]] = {}
    if language in LANGUAGES:
        for row in Wording.objects.filter(subject__in=list(subjects), language=language):
            found.setdefault(row.subject_id, {})[row.field] = row
    return found


def languages_of(subject: Subject, needed: Collection[str]) -> list[str]:
    """The languages in which every field of ``needed`` is checked, Indonesian first."""
    rows = Wording.objects.filter(subject=subject, state=WordingState.CHECKED, field__in=needed)
    fields: dict[str, set[str]] = {}
    for row in rows:
        fields.setdefault(row.language, set()).add(row.field)
    return [ORIGINAL, *(code for code in LANGUAGES if fields.get(code, set()) >= set(needed))]


def spoken(subject: Subject, fields: Collection[str]) -> str:
    """What is checked of these fields in all languages, for a search to look through."""
    rows = Wording.objects.filter(subject=subject, state=WordingState.CHECKED, field__in=fields)
    return " ".join(rows.values_list("text", flat=True))


def is_stale(row: Wording, original: str) -> bool:
    """Whether the Indonesian text has changed since."""
    return row.source_hash != hash_of(original)


def text_in(wordings: Mapping[str, Wording], field: str, original: str) -> Text:
    """What visitors read: the checked text of ``wordings_of`` for this subject, else the Indonesian one."""
    known = wordings.get(field)
    if known is not None and known.state == WordingState.CHECKED:
        return Text(known.text, known.language)
    return Text(original)


def translations_of(
    subject: Subject, originals: Mapping[str, str], needed: Collection[str], labels: Mapping[str, Any]
) -> list[Translation]:
    """Every language beside Indonesian; it is shown once all of ``needed`` is checked."""
    rows: dict[str, list[Wording]] = {code: [] for code in LANGUAGES}
    for wording in Wording.objects.filter(subject=subject):
        rows.setdefault(wording.language, []).append(wording)
    found = []
    for code, name in LANGUAGES.items():
        checked = [row for row in rows[code] if row.field in needed and row.state == WordingState.CHECKED]
        stale = [str(labels[row.field]) for row in rows[code] if is_stale(row, originals.get(row.field, ""))]
        found.append(Translation(code, name, len(rows[code]), len(checked), stale, len(needed)))
    return found
