"""Private addresses for contributors without an account: made with an end, shown once, ended at any time."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, require
from enggang.core.models import Subject
from enggang.media import rules
from enggang.media.models import Intake
from enggang.places.models import Organisation

LONGEST_DAYS = 180


@act("media.open_intake")
def open_intake(
    *,
    organisation: Organisation,
    author_name: str,
    last_day: date,
    actor: Actor,
    note: str = "",
    about: Subject | None = None,
) -> tuple[Intake, str]:
    """Answers the intake and the token of its address, which is shown once. It ends with ``last_day``."""
    require(rules.may_keep(actor, organisation))
    days = (last_day - clock.today()).days
    if not 0 <= days <= LONGEST_DAYS:
        raise Conflict(_("Choose a last day from today to at most %(days)s days ahead.") % {"days": LONGEST_DAYS})
    until = datetime.combine(last_day, time.max, tzinfo=ZoneInfo(settings.TIME_ZONE))
    intake = Intake(
        subject=Intake.new_subject(organisation.code), organisation=organisation, author_name=author_name.strip(),
        note=note.strip(), about=about, opened_at=clock.now(), expires_at=until,
    )  # fmt: skip
    intake.full_clean()
    intake.save()
    _link, token = open_link(
        scope=LinkScope.MEDIA, subject=intake.subject, actor=actor, expires_at=until, handed_out=True
    )
    return intake, token


@act("media.close_intake")
def close_intake(*, intake: Intake, actor: Actor) -> Intake:
    """End the address; what came by it stays."""
    require(rules.may_keep(actor, intake.organisation))
    if intake.closed_at is None:
        intake.closed_at = clock.now()
        intake.save(update_fields=["closed_at"])
    revoke_links(scope=LinkScope.MEDIA, subject=intake.subject, actor=actor)
    return intake
