"""One way to write data down, so that the same data always has the same bytes and the same hash."""

from __future__ import annotations

import json
from typing import Any


def canonical_bytes(data: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8. Stored as bytes: jsonb would reorder keys and rewrite numbers."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()
