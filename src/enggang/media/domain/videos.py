"""A video made ready: first one file that plays at once, then the streams for every line. Slow work, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.acts import Refused
from enggang.core.jobs import JobRun, job
from enggang.files.domain.storing import Damaged
from enggang.media.domain.places import keep_made, local_path, scratch, throw_away
from enggang.media.domain.renditions import keep_renditions
from enggang.media.domain.sentences import why_not
from enggang.media.enums import RenditionKind
from enggang.media.models import Asset
from enggang.media.workshop.bench import video_bounds, workbench
from enggang.media.workshop.words import Unreadable


@job("media.make_video", attempts=3, slow=True)
def make_video(run: JobRun, *, asset_id: int) -> None:
    """Safe to run twice: what is there already is not made again."""
    asset = Asset.objects.select_related("subject", "original").get(pk=asset_id)
    with scratch() as folder:
        try:
            mp4 = _mp4(asset, folder, run)
            if not asset.renditions.filter(kind=RenditionKind.HLS).exists():
                _make(asset, "hls", folder, run, source=str(mp4))
        except Unreadable as error:
            raise Refused(why_not(error)) from error


def _mp4(asset: Asset, folder: Path, run: JobRun) -> Path:
    """The one file, made now or fetched from the store."""
    made = asset.renditions.filter(kind=RenditionKind.VIDEO).first()
    path = folder / "video.mp4"
    if made:
        try:
            with made.content.open("rb") as source:
                path.write_bytes(source.read())
        except OSError as error:
            raise Damaged(_("A rendition is missing in the store.")) from error
        return path
    _make(
        asset, "mp4", folder, run, source=str(local_path(asset.original, folder)), media_type=asset.original.media_type
    )
    return path


def _make(asset: Asset, task: str, folder: Path, run: JobRun, **values: Any) -> None:
    length = asset.duration_ms or 0
    step = 0 if task == "mp4" else 1

    def progress(done: int, total: int) -> None:
        """Both steps as one bar: a moment of the video counts once for each."""
        run.progress(step * max(total, 1) + done, 2 * max(total, 1))

    facts = workbench.ask(task, video_bounds(length), progress, folder=str(folder), duration_ms=length, **values)
    made = keep_made(folder, facts["renditions"])
    found = {"duration_ms": facts["duration_ms"]} if "duration_ms" in facts else {}
    try:
        keep_renditions(asset=asset, made=made, actor=run.actor, **found)
    except BaseException:
        throw_away(made)
        raise
    asset.duration_ms = found.get("duration_ms", asset.duration_ms)
