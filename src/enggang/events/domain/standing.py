"""What every act on an edition asks first: whether it is still open, and whether its days can be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.events.enums import Stage
from enggang.events.models import Edition


def keep_open(edition: Edition) -> None:
    """Raises Conflict once it is closed or cancelled: the record stays as it was then."""
    if Edition.objects.filter(pk=edition.pk, stage__in=[Stage.CLOSED, Stage.CANCELLED]).exists():
        raise Conflict(_("This edition is closed or cancelled, so it stays as it is. Step back first."))


def check_days(edition: Edition) -> None:
    if edition.starts_on and edition.ends_on and edition.ends_on < edition.starts_on:
        raise Conflict(_("The last day lies before the first."))
    if edition.starts_on and abs(edition.starts_on.year - edition.year) > 1:
        raise Conflict(_("These days are not in the year of the edition."))
