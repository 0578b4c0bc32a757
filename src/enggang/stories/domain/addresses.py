"""The address of a page: from its name, with a number where others have it or had it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict

OWN = 80  # letters of an address
ADDRESSES = 50  # of one name; beyond that somebody plays


def is_same_address(one: str, other: str) -> bool:
    return _plain(one)[:OWN] == _plain(other)[:OWN]


def _plain(name: str) -> str:
    """«20–25 Mei» is no year 2025: a dash of any kind stays one."""
    return slugify(re.sub(r"[\u2010-\u2015/·]", "-", name))


def free_slug(row: Any, name: str, *, former: Any, fallback: str) -> str:
    """One that no page has or had. ``former`` is the model of addresses that pages had before, by the row's own name.

    Back to a name that the page itself had before, its old address is its own again. Raises Conflict beyond fifty.
    """
    base = _plain(name)[: OWN - 4] or fallback
    former.objects.filter(slug=base, **{row.subject_kind: row.pk}).delete()
    others = type(row).objects.exclude(pk=row.pk).filter(slug__startswith=base).values_list("slug", flat=True)
    taken = {*others, *former.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    for number in range(1, ADDRESSES):
        slug = base if number == 1 else f"{base}-{number}"
        if slug not in taken:
            return slug
    raise Conflict(_("Too many pages have this name. Choose a longer one."))
