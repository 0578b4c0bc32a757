"""Lists of any length: counted as far as anybody learns from it, and read no further than that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

COUNTED = 1_000  # beyond it «1,000+» is told: counting a million on costs more than anybody learns from it


def bounded_count(rows: QuerySet[Any]) -> int:
    """How many there are, up to one more than ``COUNTED``."""
    return rows.order_by()[: COUNTED + 1].count()


def told_count(count: int) -> str:
    """A count in words of the language spoken now: ``999``, ``1,000+``."""
    if count <= COUNTED:
        return str(count)
    return f"{number_format(COUNTED, use_l10n=True, force_grouping=True)}+"


class BoundedPaginator(_Paginator):
    """Pages of the first ``COUNTED`` rows: who does not find it among them narrows the list. ``count`` is cut."""

    @classmethod
    def of(cls, count: int, per_page: int) -> BoundedPaginator:
        """The pages of rows that were read before: what they are is told beside them."""
        pages = cls(range(count), per_page)
        pages.found = count
        return pages

    @cached_property
    def found(self) -> int:
        """As of ``bounded_count``."""
        return bounded_count(self.object_list)  # type: ignore[arg-type]  # ours are querysets

    @cached_property
    def count(self) -> int:
        return min(self.found, COUNTED)

    @property
    def is_cut(self) -> bool:
        return self.found > COUNTED
