"""Acts on the materials of a wave."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.files.models import Upload
from enggang.training import rules
from enggang.training.models import Material, Session, Wave

LARGEST = 512 * 1024 * 1024  # bytes
ACCEPTS = ",".join(Accepts.values)


def material_ticket(wave: Wave, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=wave.organisation, context=context_of(wave), purpose=Purpose.MATERIAL, accepts=ACCEPTS,
        max_bytes=LARGEST,
    )  # fmt: skip


def context_of(wave: Wave) -> str:
    return f"material:{wave.code}"


@act("training.add_materials")
def add_materials(
    *,
    wave: Wave,
    actor: Actor,
    title: str = "",
    session: Session | None = None,
    link: str = "",
    uploads: Sequence[str] = (),
) -> list[Material]:
    """Give participants a link, or the files of ``uploads`` (codes of uploads that have arrived); each gets a row.

    A file without a title goes by its name. Raises Conflict for neither or both.
    """
    require(rules.may_teach(actor, wave))
    if bool(link) == bool(uploads):
        raise Conflict(_("Give a file or a link."))
    if session is not None and session.wave_id != wave.pk:
        raise Conflict(_("This session belongs to another wave."))
    if link and not title.strip():
        raise Conflict(_("Give the link a title."))
    found: list[Upload | None] = [claim_upload(code=code, context=context_of(wave), actor=actor) for code in uploads]
    rows = [keep_material(wave, session, title.strip(), link, upload, actor) for upload in found or [None]]
    record_subject(wave.subject)
    record(added=len(rows), files=len(uploads))
    return rows


def keep_material(
    wave: Wave, session: Session | None, title: str, link: str, upload: Upload | None, actor: Actor
) -> Material:
    """Within an act: one row of what participants are given."""
    row = Material(
        wave=wave, session=session, title=(title or (upload.name if upload else ""))[:160], link=link, upload=upload,
        added_at=clock.now(), added_by_key=actor.key,
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row


@act("training.remove_material")
def remove_material(*, material: Material, actor: Actor) -> Wave:
    """Take it from the participants' pages; it can be brought back."""
    return _set_removed(material, actor, removed=True)


@act("training.restore_material")
def restore_material(*, material: Material, actor: Actor) -> Wave:
    """Bring a removed material back."""
    return _set_removed(material, actor, removed=False)


def _set_removed(material: Material, actor: Actor, *, removed: bool) -> Wave:
    require(rules.may_teach(actor, material.wave))
    rows = Material.objects.filter(pk=material.pk, removed_at__isnull=removed)
    if not rows.update(removed_at=clock.now() if removed else None):
        raise Conflict(_("This was done already."))
    record(material=material.pk)
    return material.wave
