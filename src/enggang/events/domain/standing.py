"""What acts ask first: whether an edition is still open and its days can be, and how a row of a register is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.core.states import keep_version
from enggang.events.enums import Stage
from enggang.events.models import Business, Edition, Partner

R = TypeVar("R", Business, Partner)


def keep_open(edition: Edition) -> None:
    """Raises Conflict once it is closed or cancelled: the record stays as it was then."""
    if Edition.objects.filter(pk=edition.pk, stage__in=[Stage.CLOSED, Stage.CANCELLED]).exists():
        raise Conflict(_("This edition is closed or cancelled, so it stays as it is. Step back first."))


def check_days(edition: Edition) -> None:
    if edition.starts_on and edition.ends_on and edition.ends_on < edition.starts_on:
        raise Conflict(_("The last day lies before the first."))
    if edition.starts_on and abs(edition.starts_on.year - edition.year) > 1:
        raise Conflict(_("These days are not in the year of the edition."))


def rewrite(row: R, version: int, facts: Mapping[str, Any]) -> R:
    """Set what a person has typed, unless somebody else was faster; the caller tidies and saves."""
    keep_version(row, version)
    for name, value in facts.items():
        setattr(row, name, value)
    return row


def stand_since(row: R, retired_on: date | None) -> R:
    """In an agency's register: offered to nobody since that day, or offered again."""
    keep_version(row, row.version)
    row.retired_on = retired_on
    row.save()
    return row
