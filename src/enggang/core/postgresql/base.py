"""Django's PostgreSQL, with statements that the server keeps planned, and a look at the line instead of a question.

To plan a question costs the server more than to answer it, for those that ask for a few rows by their keys. Django puts
the values into the text, so that no two texts are alike; the few paths of ``core/hot.py`` send them apart and have the
text planned once for each connection.
"""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg.pq import ConnStatus


class PreparedCursor(Cursor[Any]):
    """Every statement is kept planned by the server, up to psycopg's bound; the one used longest ago goes first."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> PreparedCursor:
        return super().execute(query, params, prepare=True)


NEVER_BY_ITSELF = 1 << 30  # how often psycopg must have seen a text before it has it planned unasked


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if params["prepare_threshold"] is None:  # which would also refuse those that ask for it
            params["prepare_threshold"] = NEVER_BY_ITSELF
        return params

    def prepared(self) -> CursorWrapper:
        """A cursor for statements that are asked again and again.

        An ordinary one where a pooler hands on connections between transactions (``DISABLE_SERVER_SIDE_CURSORS``, as
        Django calls it): what was planned on one would be missing on the next.
        """
        if self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            return self.cursor()
        self.ensure_connection()
        return self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined, no-any-return]

    def is_usable(self) -> bool:
        """Whether a connection that was kept open still is. A server that has gone has said so on the line: only when
        something lies there is it asked, as Django does for every request."""
        if self.connection is None:
            return False
        if self.connection.pgconn.status == ConnStatus.OK and not _has_spoken(self.connection.fileno()):
            return True
        return bool(super().is_usable())


def _has_spoken(line: int) -> bool:
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))
