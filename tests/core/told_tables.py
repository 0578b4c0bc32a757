"""What tables a database has, as text that can be compared. Run as a program it tells those of ENGGANG_DATABASE_URL."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connection

Told = dict[str, dict[str, list[str]]]
# SQLite's own behind the full-text index · made by `createcachetable` · Django's: its key is a size smaller than migrated
NOT_OURS = ("search_fts_", "core_cache", "auth_group_permissions")
# SQLite's own, and names that a database or Django makes up: they tell how a table came about.
NAMELESS = r"__unnamed|sqlite_autoindex|fk_\d|.*_[0-9a-f]{8}(_|$)|.*_p?key$"


def tell() -> Told:
    """Columns and constraints by table; the order of columns is history, not meaning."""
    with connection.cursor() as cursor:
        names = [each.name for each in connection.introspection.get_table_list(cursor)]
        return {
            name: {
                "columns": sorted(
                    f"{row.name} {row.type_code} {row.internal_size} {row.null_ok} {row.default}"
                    for row in connection.introspection.get_table_description(cursor, name)
                ),
                "constraints": _constraints(connection.introspection.get_constraints(cursor, name)),
            }
            for name in names
            if not name.startswith(NOT_OURS)
        }


def _constraints(found: dict[str, dict[str, Any]]) -> list[str]:
    """What each holds to. SQLite counts its nameless through in the order of the columns, so those go without a name."""
    told = ("columns", "unique", "primary_key", "foreign_key", "check", "index")
    names = {name: "" if re.match(NAMELESS, name) else name for name in found}
    return sorted(f"{names[name]} {[(key, each[key]) for key in told]}" for name, each in found.items())


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(tell()))
