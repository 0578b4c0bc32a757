"""What a side of the table has, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Rows(dict[str, Any]):
    """Added to by ``|=``, by each app; one name for two things would ask a page for the wrong one."""

    def __ior__(self, more: Mapping[str, Any]) -> Rows:  # type: ignore[override,misc]
        doubled = self.keys() & more.keys()
        assert not doubled, f"names used twice: {sorted(doubled)}"
        self.update(more)
        return self
