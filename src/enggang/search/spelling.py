"""Help with a word that nothing has: the words nearest to it among those that titles in the index hold. Works without any
extension of either database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from enggang.search.models import SearchEntry

SHORTEST = 3  # letters of a word that is put right
NEWEST = 2_000  # titles of a kind that are looked at: a question that finds nothing costs no more on a large site
FAR = 2  # letters by which a word may be longer or shorter
ALIKE = 0.75


def words_in_titles(kinds: Iterable[str]) -> Counter[str]:
    """How often each word stands in the newest titles, also of what the public may not read: whoever offers one asks first
    whether it finds something for this reader."""
    found: Counter[str] = Counter()
    for kind in kinds:
        newest = SearchEntry.objects.filter(kind=kind).order_by("-subject").values("subject")[:NEWEST]
        for title in SearchEntry.objects.filter(subject__in=newest).values_list("title_key", flat=True):
            found.update(word for word in title.split() if len(word) >= SHORTEST and not word.isdecimal())
    return found


def nearest(word: str, known: Mapping[str, int]) -> str:
    """The word meant: itself, or the start of one; one letter off, the most frequent; else one that is alike. Else empty."""
    if word in known or any(each.startswith(word) for each in known):
        return word
    if len(word) < SHORTEST:
        return ""
    one_off = [each for each in known if abs(len(each) - len(word)) <= 1 and _is_one_off(word, each)]
    if one_off:
        return max(one_off, key=lambda each: (known[each], each))
    same_start = [each for each in known if each[0] == word[0] and abs(len(each) - len(word)) <= FAR]
    return next(iter(get_close_matches(word, same_start, n=1, cutoff=ALIKE)), "")


def _is_one_off(one: str, other: str) -> bool:
    """One letter put in, left out or changed, or two neighbours swapped."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
