"""Renditions as they go out: author and licence written into each, crops beside them, AVIF a little later.

Whoever publishes calls ``mark_asset`` in the same act; the marks are plain values, so that this module knows no licences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from enggang.core.actor import SYSTEM
from enggang.core.acts import Refused
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.places import keep_made, local_path, scratch, throw_away
from enggang.media.domain.renditions import keep_renditions
from enggang.media.domain.sentences import why_not
from enggang.media.enums import CROPS, SIZES
from enggang.media.models import Asset
from enggang.media.workshop.bench import PHOTO, POSTER, workbench
from enggang.media.workshop.marks import FIELDS, sum_of
from enggang.media.workshop.words import Unreadable

MIDDLE = (0.5, 0.5)


def mark_asset(asset: Asset, marks: Mapping[str, str]) -> Job:
    """Have every rendition of the picture made anew with these marks (names: workshop/marks.py); call it inside an act."""
    if unknown := set(marks) - set(FIELDS):
        raise ValueError(f"no such marks: {sorted(unknown)}")
    return enqueue(
        mark_renditions, actor=SYSTEM, title=gettext_noop("Writing author and licence into the picture"),
        subject_code=asset.code, asset_id=asset.pk, marks=dict(marks),
    )  # fmt: skip


@job("media.mark_renditions", attempts=3)
def mark_renditions(run: JobRun, *, asset_id: int, marks: dict[str, str]) -> None:
    """JPEG, WebP and the crops; then the slow one is asked for."""
    asset = _found(asset_id)
    if missing_tools():  # the renditions that are there go out as they are; each answer writes the credit itself
        return
    if _is_overtaken(asset, run):
        return
    crops = [(str(kind), *size) for kind, size in CROPS.items()]
    _make(asset, run, marks, ["jpeg", "webp"], crops)
    enqueue(
        make_avif, actor=SYSTEM, title=gettext_noop("Making small pictures (AVIF)"), subject_code=asset.code, asset_id=asset_id,
        marks=marks,
    )  # fmt: skip


@job("media.make_avif", attempts=3, slow=True)
def make_avif(run: JobRun, *, asset_id: int, marks: dict[str, str]) -> None:
    _make(_found(asset_id), run, marks, ["avif"], [])


def _is_overtaken(asset: Asset, run: JobRun) -> bool:
    """Whether the credit was changed since: the newer job writes it, and the older one must not come last."""
    newer = Job.objects.filter(name=run.job.name, subject_code=asset.code, pk__gt=run.job.pk)
    return newer.exclude(state=JobState.CANCELLED).exists()


def _found(asset_id: int) -> Asset:
    return Asset.objects.select_related("subject", "original").get(pk=asset_id)


def _make(
    asset: Asset, run: JobRun, marks: dict[str, str], forms: Sequence[str], crops: Sequence[tuple[Any, ...]]
) -> None:
    focus = (asset.focal_x, asset.focal_y)
    sizes = [(str(kind), side) for kind, side in SIZES.items()]
    task, bounds = ("photo", PHOTO) if asset.is_photo else ("poster", POSTER)
    with scratch() as folder:
        try:
            facts = workbench.ask(
                task, bounds, source=str(local_path(asset.original, folder)), media_type=asset.original.media_type,
                folder=str(folder), sizes=sizes, forms=list(forms), marks=marks, crops=list(crops),
                focus=None if focus == MIDDLE else focus,
            )  # fmt: skip
        except Unreadable as error:
            raise Refused(why_not(error)) from error
        if _is_overtaken(asset, run):
            return
        made = keep_made(folder, facts["renditions"])
    try:
        keep_renditions(asset=asset, made=made, actor=run.actor, marks=sum_of(marks))
    except BaseException:
        throw_away(made)
        raise
