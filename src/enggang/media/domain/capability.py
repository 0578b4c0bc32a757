"""Whether this installation can take pictures in: the heavy libraries are an extra."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

NEEDED = ("pyvips", "pdqhash", "exifread")
INSTALL = "uv sync --extra media"


@lru_cache(maxsize=1)
def missing_tools() -> tuple[str, ...]:
    """Names of what is not installed."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


def check_tools() -> tuple[bool, str]:
    """For ``enggang doctor``: the library can do without, so that nothing is wrong then."""
    missing = missing_tools()
    if missing:
        return True, f"no photos are taken in: {', '.join(missing)} not installed ({INSTALL})"
    return True, "photos can be taken in"
