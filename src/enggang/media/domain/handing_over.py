"""Bringing files: a ticket for the upload, and what arrived is handed over to be looked at by a job."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import enqueue
from enggang.core.models import Subject
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.media import rules
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.ingest import ingest_delivery
from enggang.media.models import Delivery
from enggang.places.models import Organisation

MOST_AT_ONCE = 50
LARGEST = 100 * 1024**2  # one photo; a lossless TIFF of a large camera


def media_ticket(organisation: Organisation, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=organisation, context=_context(organisation), purpose=Purpose.MEDIA,
        accepts=Accepts.PHOTO, max_bytes=LARGEST,
    )  # fmt: skip


def _context(organisation: Organisation) -> str:
    return f"media:{organisation.code}"


@act("media.hand_over")
def hand_over(
    *,
    organisation: Organisation,
    uploads: Sequence[str],
    actor: Actor,
    about: Subject | None = None,
    author_name: str = "",
) -> list[Delivery]:
    """Hand over files that have arrived. Raises Conflict when one has not, or was handed over before."""
    require(rules.may_contribute(actor, organisation))
    if missing_tools():
        raise Conflict(_("This installation cannot take photos in: its administrator must install the media extra."))
    if not 1 <= len(uploads) <= MOST_AT_ONCE or len(set(uploads)) != len(uploads):
        raise Conflict(_("Choose at least one file, and at most %(count)s at once.") % {"count": MOST_AT_ONCE})
    brought = [_deliver(code, organisation, actor, about, author_name) for code in uploads]
    record_subject(organisation.subject)
    record(files=len(brought))
    return brought


def _deliver(
    code: str, organisation: Organisation, actor: Actor, about: Subject | None, author_name: str
) -> Delivery:  # fmt: skip
    upload = claim_upload(code=code, context=_context(organisation), actor=actor)
    delivery = Delivery.objects.create(
        organisation=organisation, upload=upload, owner_key=actor.key, name=upload.name, about=about,
        author_name=author_name[:200], at=clock.now(),
    )  # fmt: skip
    enqueue(ingest_delivery, actor=actor, title=_("Taking a photo in"), delivery_id=delivery.pk)
    return delivery
