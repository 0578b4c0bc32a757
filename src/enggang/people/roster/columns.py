"""The columns of a list, as they are called on screen."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

FIELD_LABELS = {
    "name": gettext_lazy("Name"),
    "name_nip": gettext_lazy("Name and NIP in one cell"),
    "nip": gettext_lazy("NIP"),
    "post": gettext_lazy("Post"),
    "rank": gettext_lazy("Rank and grade"),
    "grade": gettext_lazy("Grade"),
    "phone": gettext_lazy("Mobile number"),
    "email": gettext_lazy("E-mail"),
    "kind": gettext_lazy("Status"),
    "unit": gettext_lazy("Unit"),
    "born": gettext_lazy("Birth date (compared with the NIP)"),
    "sex": gettext_lazy("Sex (compared with the NIP)"),
    "since": gettext_lazy("In this post since"),
}


def column_name(index: int) -> str:
    """As Excel calls it: 0 is A, 26 is AA."""
    return (column_name(index // 26 - 1) if index > 25 else "") + chr(65 + index % 26)


def label_of(labels: Sequence[str], index: int) -> str:
    """What stands above a column; its letter where nothing does."""
    return (labels[index] if index < len(labels) else "") or column_name(index)
