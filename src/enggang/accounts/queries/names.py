from __future__ import annotations

from collections.abc import Iterable

from enggang.accounts.models import User

PREFIX = "user:"


def names_of_keys(keys: Iterable[str]) -> dict[str, str]:
    """The names of those behind actor keys; a link, a job or an account that is gone has none. One query."""
    ids = {int(key[len(PREFIX) :]) for key in keys if key.startswith(PREFIX) and key[len(PREFIX) :].isdigit()}
    return {f"{PREFIX}{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}
