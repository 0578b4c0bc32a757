"""Acts on the settings of surveys. Shipped rows stay; an agency's own row is added beside them, and can be taken out."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.places.enums import Origin
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.models import Setting
from enggang.surveys.queries.settings import as_row, shipped


@act("surveys.keep_setting")
def keep_setting(
    *, organisation: Organisation, key: str, value: int, valid_from: date, source: str, actor: Actor
) -> Setting:
    """Decide a number for an agency and everything below it, from a day on, with its reason."""
    require(rules.may_keep_settings(actor, organisation))
    row = Setting(organisation=organisation, key=key, value=value, valid_from=valid_from, source=source.strip())
    row.full_clean()
    row.save()
    record(key=str(key), value=value)
    return row


@act("surveys.drop_setting")
def drop_setting(*, row: Setting, actor: Actor) -> None:
    """Take an agency's own number out again; the one above it counts then."""
    if row.organisation is None or row.origin == Origin.SHIPPED:
        raise Conflict(_("A shipped number stays. Add your agency's own beside it."))
    require(rules.may_keep_settings(actor, row.organisation))
    record(key=str(row.key), value=row.value)
    row.delete()


@act("surveys.load_settings")
def load_settings(*, actor: Actor) -> int:
    """Renew the shipped rows; local ones are left alone."""
    Setting.objects.filter(origin=Origin.SHIPPED).delete()
    rows = [as_row(row) for row in shipped("settings")]
    for row in rows:
        row.origin = Origin.SHIPPED
    Setting.objects.bulk_create(rows)
    return len(rows)
