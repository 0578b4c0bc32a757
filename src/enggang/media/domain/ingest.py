"""From an arrived file to an asset with its renditions. A job: the file is read by a child process with limits."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, act, record, record_subject
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import move
from enggang.core.text import folded, one_line
from enggang.files.domain.finalising import finalise_upload
from enggang.files.domain.giving_back import give_back_upload
from enggang.files.domain.retention import let_go
from enggang.files.enums import UploadState
from enggang.files.models import StoredFile
from enggang.media.domain.places import Made, keep_made, local_path, scratch, throw_away
from enggang.media.domain.renditions import write_renditions
from enggang.media.domain.sentences import SENTENCES
from enggang.media.domain.twins import note_twins
from enggang.media.domain.videos import make_video
from enggang.media.enums import DELIVERY_MOVES, SIZES, AssetKind, DeliveryState
from enggang.media.models import Asset, Delivery
from enggang.media.workshop.bench import PHOTO, POSTER, workbench
from enggang.media.workshop.words import Unreadable
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject

TELLING = 50  # a likeness hash of less quality says nothing: a blue sky looks like every blue sky


@job("media.ingest_delivery", attempts=3)
def ingest_delivery(run: JobRun, *, delivery_id: int) -> None:
    """Safe to run twice: the second run finds the delivery settled, or meets the same file's asset."""
    delivery = Delivery.objects.select_related("organisation__subject", "upload__file", "about").get(pk=delivery_id)
    if delivery.is_waiting:
        take_in(delivery, run, run.actor or SYSTEM)


def take_in(delivery: Delivery, run: JobRun, actor: Actor) -> Delivery:
    assert delivery.upload
    if delivery.upload.state == UploadState.RECEIVED:  # its own job is still behind us
        finalise_upload(run, upload_id=delivery.upload.pk)
        delivery.upload.refresh_from_db()
    stored = delivery.upload.file
    if stored is None:
        return settle_delivery(delivery=delivery, refusal=delivery.upload.refusal, actor=actor)
    return ingest_file(delivery, stored, actor)


def ingest_file(delivery: Delivery, stored: StoredFile, actor: Actor) -> Delivery:
    """Look at a stored file and keep it as an asset, or say why not."""
    if found := same_file(delivery.organisation, stored):
        return settle_delivery(delivery=delivery, stored=stored, asset=found, actor=actor)
    try:
        with scratch() as folder:
            facts = _examined(stored, folder)
            made = keep_made(folder, facts["renditions"])
    except Unreadable as error:
        return settle_delivery(delivery=delivery, stored=stored, refusal=SENTENCES[error.why], actor=actor)
    try:
        return keep_asset(delivery=delivery, stored=stored, facts=facts, made=made, actor=actor).deliveries.get(
            pk=delivery.pk
        )
    except (IntegrityError, Conflict):  # the same file came twice in this moment
        throw_away(made)
        return settle_delivery(
            delivery=delivery, stored=stored, asset=same_file(delivery.organisation, stored), actor=actor
        )
    except BaseException:
        throw_away(made)
        raise


def same_file(organisation: Organisation, stored: StoredFile) -> Asset | None:
    return Asset.objects.filter(organisation=organisation, sha256=stored.sha256).select_related("subject").first()


def _examined(stored: StoredFile, folder: Path) -> dict[str, Any]:
    task, bounds = ("poster", POSTER) if is_video(stored) else ("photo", PHOTO)
    source, sizes = local_path(stored, folder), [(str(kind), side) for kind, side in SIZES.items()]
    return workbench.ask(
        task, bounds, source=str(source), media_type=stored.media_type, folder=str(folder), sizes=sizes, whole=True
    )


def is_video(stored: StoredFile) -> bool:
    return stored.media_type.startswith("video/")


@act("media.keep_asset")
def keep_asset(
    *, delivery: Delivery, stored: StoredFile, facts: dict[str, Any], made: list[Made], actor: Actor
) -> Asset:
    """Write the asset with its renditions, whose bytes are in the store. IntegrityError when the file is here already."""
    move(delivery, DeliveryState.KEPT, moves=DELIVERY_MOVES)
    asset = _new_asset(delivery, stored, facts)
    asset.save()
    delivery.asset = asset
    delivery.save(update_fields=["asset"])
    write_renditions(asset, made)
    index_asset(asset)
    twins = note_twins(asset)
    if not asset.is_photo:
        enqueue(
            make_video,
            actor=SYSTEM,
            title=gettext_noop("Making a video ready"),
            subject_code=asset.code,
            asset_id=asset.pk,
        )
    record_subject(asset.subject)
    record(kind=asset.kind, size=stored.size, twins=twins)
    return asset


def _new_asset(delivery: Delivery, stored: StoredFile, facts: dict[str, Any]) -> Asset:
    title = one_line(delivery.name.rsplit(".", 1)[0].replace("_", " "), 200) or _("Photo or video")
    author = author_of(delivery.owner_key)
    latitude, longitude = facts.get("place") or (None, None)
    return Asset(
        subject=Asset.new_subject(delivery.organisation.code), organisation=delivery.organisation, original=stored,
        kind=AssetKind.VIDEO if is_video(stored) else AssetKind.PHOTO, title=title, name_key=folded(title)[:400], author=author,
        author_name="" if author else delivery.author_name, about=delivery.about, latitude=latitude,
        longitude=longitude, taken_at=_moment(facts), taken_zone=facts["zone"], camera=one_line(facts["camera"], 120),
        width=facts["width"], height=facts["height"], orientation=facts["orientation"], sha256=stored.sha256,
        phash=facts["phash"] if facts["quality"] >= TELLING else "", duration_ms=facts.get("duration_ms"), brought_at=delivery.at, brought_by_key=delivery.owner_key,
    )  # fmt: skip


def author_of(owner_key: str) -> Person | None:
    """The person behind the account that brought it."""
    kind, _sep, number = owner_key.partition(":")
    return Person.objects.filter(user_id=int(number)).first() if kind == "user" else None


def _moment(facts: dict[str, Any]) -> datetime | None:
    """When it was taken; a camera that tells no zone is taken to show the installation's time."""
    try:
        local = datetime.fromisoformat(facts["taken"] + facts["zone"])
    except ValueError:
        return None
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def index_asset(asset: Asset) -> None:
    """It is found by its title, caption, tags and author."""
    tags = asset.tagged.values_list("tag__name", flat=True)
    index_subject(
        subject=asset.subject, title=asset.title, text=asset.caption, organisation_path=asset.organisation.path,
        also=" ".join([asset.shown_author, *tags]),
    )  # fmt: skip


@act("media.settle_delivery")
def settle_delivery(
    *, delivery: Delivery, actor: Actor, stored: StoredFile | None = None, refusal: str = "", asset: Asset | None = None
) -> Delivery:
    """Not taken: refused with its sentence, or the same file as ``asset``. The bytes are let go."""
    to = DeliveryState.SAME if asset else DeliveryState.REFUSED
    move(delivery, to, moves=DELIVERY_MOVES, refusal=refusal[:300], asset=asset)
    if delivery.upload:
        give_back_upload(upload=delivery.upload, actor=actor)
    elif stored:
        let_go(stored=stored, actor=actor)
    record_subject(delivery.organisation.subject)
    record(delivery=delivery.pk, state=str(to))
    return delivery
