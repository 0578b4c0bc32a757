"""Form sets that grow on request, without a script: «more rows» sends the form back longer, with what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

MORE = 4
MOST = 60


def posted_rows(request: HttpRequest, prefix: str) -> QueryDict | None:
    """What was posted, with room for four rows more when «more rows» was pressed; None when nothing was."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "more" in data:
        total = data.get(f"{prefix}-TOTAL_FORMS", "")
        rows = int(total) if total.isdecimal() and len(total) < 4 else 0
        data[f"{prefix}-TOTAL_FORMS"] = str(min(MOST, rows + MORE))
    return data


def is_to_be_saved(request: HttpRequest) -> bool:
    return request.method == "POST" and "more" not in request.POST


def fresh_rows(request: HttpRequest, prefix: str) -> QueryDict | None:
    """The same where no row is older than another: each may be emptied, and so removed."""
    data = posted_rows(request, prefix)
    if data is not None:
        data[f"{prefix}-INITIAL_FORMS"] = "0"
    return data


def fresh_set(kind: Any, request: HttpRequest, prefix: str, *, initial: Any = None, **more: Any) -> Any:
    """A form set of such rows. What is on record fills it only until something is posted.

    Beside a record a row that was left as it is would pass for an empty one, and be lost.
    """
    data = fresh_rows(request, prefix)
    return kind(data, prefix=prefix, initial=None if data is not None else initial, **more)
