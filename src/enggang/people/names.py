"""People's names as they are compared: titles and degrees aside, without case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from enggang.core.text import folded

_TWO_LETTERS = re.compile(r"[^\W\d_].*?[^\W\d_]", re.DOTALL)
LIKE_ENOUGH = 0.72
KEY_LENGTH = 200
_BEFORE = frozenset({"dr", "drs", "dra", "drg", "drh", "ir", "h", "hj", "prof", "apt", "ns", "kh", "pdt", "rd"})
_BEHIND = frozenset(
    "se sh sip ssos sstp skom spd st si stp skep skm sag spi sp spt sik sipem stt sds ssn ssi sfarm sikom spsi sgz shum star sab sap "
    "mm mh msi mpd mt mkom mkes mip map mag msc mba ma mpa mphil mkn msn mds mikom mtp mph phd amd amdkep amdkeb amkg ners apt".split()
)


def tidy(text: object) -> str:
    """One line, composed letters, no control characters: how a cell or field is kept."""
    plain = str(text)
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    if not plain.isprintable():
        plain = "".join(char if char.isprintable() else " " for char in plain)
    return " ".join(plain.split())


def name_key(name: str) -> str:
    """The name for sorting and comparing. ``Hj. Siti Aminah, S.Sos., M.Si`` is ``siti aminah``.

    Cut as its column is: one letter can unfold into eighteen, and PostgreSQL refuses what is too long.
    """
    if name.isascii() and name.replace(" ", "").isalpha():  # nothing to strip: the same answer, sooner
        words = name.lower().split()
        if words[0] not in _BEFORE and words[-1] not in _BEHIND:
            return " ".join(words)[:KEY_LENGTH].rstrip()
    return (folded(" ".join(_without_titles(name.split(",", maxsplit=1)[0]))) or folded(name))[:KEY_LENGTH].rstrip()


def _without_titles(name: str) -> list[str]:
    """Leading titles and trailing degrees off, but never the whole name."""
    words = [part for word in _strip_degrees(name.split()) for part in word.replace(".", ". ").split()]
    while len(words) > 1 and words[0].strip(".").casefold() in _BEFORE:
        words.pop(0)
    return words


def _strip_degrees(words: list[str]) -> list[str]:
    while len(words) > 1 and _is_degree(words[-1]):
        words = words[:-1]
    return words


def _is_degree(word: str) -> bool:
    """``S.Sos`` or ``SE``, but not the surname ``Ma`` or ``St``: without dots, only in capitals."""
    return word.replace(".", "").casefold() in _BEHIND and ("." in word.strip(".") or word.isupper())


def is_same_person(key: str, other: str) -> bool:
    """Whether two name keys may stand for one person: equal, one within the other, abbreviated or misspelt."""
    if key == other:
        return True
    mine, theirs = set(key.split()), set(other.split())
    if mine and theirs and (mine <= theirs or theirs <= mine):
        return True
    return SequenceMatcher(None, key.replace(" ", ""), other.replace(" ", "")).ratio() >= LIKE_ENOUGH


def better_name(old: str, new: str) -> str:
    """Of two spellings with one key, the one that says more: titles kept, capitals only where meant."""
    letters_old, letters_new = sum(map(str.isalnum, old)), sum(map(str.isalnum, new))
    if letters_new != letters_old:
        return new if letters_new > letters_old else old
    return new if old.isupper() and not new.isupper() else old


def initials(name: str) -> str:
    """A name that its reader may not see: ``Siti Aminah`` is ``S••• A•••``."""
    return " ".join(f"{word[0]}•••" for word in name.split(",", maxsplit=1)[0].split() if word)


def is_name(text: str) -> bool:
    """Whether it can be a person's name: two letters at least, and no formula."""
    return text[:1] not in "=+-@#" and _TWO_LETTERS.search(text) is not None
