"""Bringing files: a ticket for the upload, and what arrived is handed over to be looked at by a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import enqueue, queue_again
from enggang.core.models import Subject
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.media import rules
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.ingest import ingest_delivery
from enggang.media.enums import DeliveryState
from enggang.media.models import Contest, Delivery, Intake
from enggang.media.queries.work import troubles_of
from enggang.places.models import Organisation

MOST_AT_ONCE = 50
LARGEST = 2 * 1024**3  # one file: a long video


def media_ticket(
    organisation: Organisation, actor: Actor, intake: Intake | None = None, contest: Contest | None = None
) -> Ticket:
    return ticket_for(
        actor=actor, organisation=organisation, context=_context(organisation, intake, contest), purpose=Purpose.MEDIA,
        accepts=f"{Accepts.PHOTO},{Accepts.VIDEO}", max_bytes=LARGEST,
    )  # fmt: skip


def _context(organisation: Organisation, intake: Intake | None, contest: Contest | None) -> str:
    if contest:
        return f"contest:{contest.code}"
    return f"intake:{intake.code}" if intake else f"media:{organisation.code}"


@act("media.hand_over")
def hand_over(
    *,
    organisation: Organisation,
    uploads: Sequence[str],
    actor: Actor,
    about: Subject | None = None,
    intake: Intake | None = None,
    contest: Contest | None = None,
) -> list[Delivery]:
    """Hand over files that have arrived. Raises Conflict when one has not, was handed over before, or the day's share is used up.

    ``contest``: whoever has an account brings works for its open call, also without a role in the agency.
    """
    require(_may_hand_over(actor, organisation, intake, contest))
    today = clock.today(organisation.time_zone)
    if contest and not contest.takes_entries(today):
        raise Conflict(contest.why_closed(today))
    if missing_tools():
        raise Conflict(_("This installation cannot take photos in: its administrator must install the media extra."))
    if not 1 <= len(uploads) <= MOST_AT_ONCE or len(set(uploads)) != len(uploads):
        raise Conflict(_("Choose at least one file, and at most %(count)s at once.") % {"count": MOST_AT_ONCE})
    _within_a_day(actor.key, len(uploads))
    context = _context(organisation, intake, contest)
    brought = [_deliver(code, context, organisation, actor, about, intake) for code in uploads]
    record_subject(organisation.subject)
    record(files=len(brought), by_address=intake is not None)
    return brought


def _may_hand_over(actor: Actor, organisation: Organisation, intake: Intake | None, contest: Contest | None) -> bool:
    if contest:
        return contest.organisation_id == organisation.pk and rules.may_bring_for(actor, contest)
    return rules.may_deliver(actor, intake) if intake else rules.may_contribute(actor, organisation)


def _within_a_day(owner_key: str, count: int) -> None:
    """A private address that has become known must not fill the library. What has arrived waits for the next day."""
    mine = Delivery.objects.filter(owner_key=owner_key, at__gt=clock.now() - timedelta(days=1))
    if mine.count() + count > settings.MEDIA_FILES_A_DAY:
        raise Conflict(
            _(
                "At most %(count)s files in 24 hours. What has arrived waits: choose it again tomorrow, it is not sent twice."
            )
            % {"count": settings.MEDIA_FILES_A_DAY}
        )
    length = mine.filter(state=DeliveryState.KEPT).aggregate(total=Sum("asset__duration_ms"))["total"] or 0
    if length >= settings.MEDIA_FILM_MINUTES_A_DAY * 60_000:
        raise Conflict(
            _(
                "At most %(count)s minutes of film in 24 hours. What has arrived waits: choose it again tomorrow, it is not sent twice."
            )
            % {"count": settings.MEDIA_FILM_MINUTES_A_DAY}
        )


def _deliver(
    code: str, context: str, organisation: Organisation, actor: Actor, about: Subject | None, intake: Intake | None
) -> Delivery:
    upload = claim_upload(code=code, context=context, actor=actor)
    delivery = Delivery.objects.create(
        organisation=organisation, upload=upload, owner_key=actor.key, name=upload.name, intake=intake,
        about=intake.about if intake else about, author_name=intake.author_name if intake else name_of(actor),
        at=clock.now(),
    )  # fmt: skip
    enqueue(
        ingest_delivery, actor=actor, title=gettext_noop("Taking a photo in"), subject_code=delivery.code,
        delivery_id=delivery.pk,
    )  # fmt: skip
    return delivery


def name_of(actor: Actor) -> str:
    """Under which the works of an account stand that belongs to nobody on the staff list."""
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    return user.name[:200] if user else ""


@act("media.look_again")
def look_again(*, delivery: Delivery, actor: Actor) -> Delivery:
    """Have a file looked at once more whose work was given up. Raises Conflict when it is being looked at, or was."""
    require(rules.may_look_again(actor, delivery))
    trouble = troubles_of([delivery]).get(delivery.pk)
    if trouble is None:
        raise Conflict(_("This file is being looked at, or was already."))
    queue_again(trouble)
    record_subject(delivery.organisation.subject)
    record(delivery=delivery.pk)
    return delivery
