"""A film for other places: upright, with its captions burnt in, small enough for WhatsApp. Made when somebody asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.media import rules
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.places import keep_made, local_path, scratch, throw_away
from enggang.media.domain.renditions import drop_renditions, keep_renditions
from enggang.media.domain.sentences import why_not
from enggang.media.enums import BURNT_IN, FILM_CUTS, RenditionKind
from enggang.media.models import Asset, Caption, Rendition
from enggang.media.workshop.bench import video_bounds, workbench
from enggang.media.workshop.words import Unreadable

FONT = "PlusJakartaSans-Medium.ttf"
SMALLEST_RATE = 144_000  # bits a second of a film that can still be looked at
WHATSAPP_BYTES = 16_000_000
WHATSAPP_SECONDS = WHATSAPP_BYTES * 8 // SMALLEST_RATE


@act("media.ask_cut")
def ask_cut(*, asset: Asset, kind: str, actor: Actor) -> Job:
    """Have a cut of a film made, by slow work. Raises Conflict where it cannot be, or is being made."""
    require(rules.may_describe(actor, asset))
    if why := why_no_cut(asset, kind):
        raise Conflict(why)
    Asset.objects.select_for_update().get(pk=asset.pk)
    last = cut_jobs(asset).get(kind)
    if last and not last.is_ended:
        raise Conflict(_("It is being made already."))
    record_subject(asset.subject)
    record(kind=kind)
    return _enqueue(asset, kind, actor)


def _enqueue(asset: Asset, kind: str, actor: Actor) -> Job:
    return enqueue(
        make_cut, actor=actor, title=gettext_noop("Making a cut of a video"), subject_code=asset.code,
        asset_id=asset.pk, kind=kind,
    )  # fmt: skip


def why_no_cut(asset: Asset, kind: str) -> str:
    """In the reader's language; empty: it can be made."""
    if asset.is_photo or kind not in FILM_CUTS:
        return _("There is no such cut of this work.")
    if missing_tools():
        return _("This installation cannot take photos in: its administrator must install the media extra.")
    if not asset.renditions.filter(kind=RenditionKind.VIDEO).exists():
        return _("The video itself is still being made ready.")
    if kind in BURNT_IN.values() and not asset.captions.filter(language=_language(kind)).exists():
        return _("Write its captions first.")
    if kind == RenditionKind.WHATSAPP and (asset.duration_ms or 0) > WHATSAPP_SECONDS * 1000:
        return _("Longer than %(n)s minutes: nothing of it would be seen at that size.") % {"n": WHATSAPP_SECONDS // 60}
    return ""


def _language(kind: str) -> str:
    return next(language for language, burnt in BURNT_IN.items() if burnt == kind)


def cut_jobs(asset: Asset) -> dict[str, Job]:
    """The last job for each cut."""
    rows = Job.objects.filter(subject_code=asset.code, name="media.make_cut").order_by("pk")
    return {row.arguments["kind"]: row for row in rows}


def renew_cuts(asset: Asset, kinds: Iterable[str], actor: Actor) -> None:
    """Call inside the act that changed what these were made from: they go, and are made anew where that can be."""
    for kind in drop_renditions(asset, kinds):
        if not why_no_cut(asset, kind):
            _enqueue(asset, kind, SYSTEM if actor.user_id is None else actor)


@job("media.make_cut", attempts=3, slow=True)
def make_cut(run: JobRun, *, asset_id: int, kind: str) -> None:
    """Safe to run twice: the second takes the place of the first."""
    asset = Asset.objects.select_related("subject", "original").get(pk=asset_id)
    if why := why_no_cut(asset, kind):
        raise Refused(why)
    length = asset.duration_ms or 0
    with scratch() as folder:
        try:
            facts = workbench.ask(
                "cut", video_bounds(length), run.progress, folder=str(folder), duration_ms=length, name=kind,
                **_recipe(asset, kind, folder),
            )  # fmt: skip
        except Unreadable as error:
            raise Refused(why_not(error)) from error
        made = keep_made(folder, facts["renditions"])
    try:
        keep_renditions(asset=asset, made=made, actor=run.actor)
    except BaseException:
        throw_away(made)
        raise


def _recipe(asset: Asset, kind: str, folder: Path) -> dict[str, Any]:
    """An upright cut is taken from the original, which has more lines; the others from our own film."""
    if kind == RenditionKind.VERTICAL:
        source, media_type = local_path(asset.original, folder), asset.original.media_type
        return {"source": str(source), "media_type": media_type, "upright": [asset.focal_x, asset.focal_y]}
    source = folder / "film.mp4"
    made = asset.renditions.get(kind=RenditionKind.VIDEO)
    with made.content.open("rb") as film, source.open("wb") as copy:
        shutil.copyfileobj(film, copy)
    values: dict[str, Any] = {"source": str(source), "media_type": "video/mp4"}
    if kind == RenditionKind.WHATSAPP:
        return {**values, "most_bytes": WHATSAPP_BYTES}
    cues = Caption.objects.get(asset=asset, language=_language(kind)).cues
    (folder / "fonts").mkdir()
    shutil.copy(Path(apps.get_app_config("documents").path) / "fonts" / FONT, folder / "fonts")
    return {**values, "captions": [[cue.start, cue.end, cue.text] for cue in cues]}


@dataclass(frozen=True, slots=True)
class Cut:
    """One of the cuts of a film, as whoever gives it out sees it: made, being made, given up, or why it cannot be."""

    kind: str
    label: str
    made: Rendition | None
    job: Job | None
    why_not: str

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and not self.job.is_ended

    @property
    def is_given_up(self) -> bool:
        return self.job is not None and self.job.is_ended and self.job.state != JobState.DONE and self.made is None


def cuts_of(asset: Asset) -> list[Cut]:
    if asset.is_photo:
        return []
    made = {row.kind: row for row in asset.renditions.all()}
    asked = cut_jobs(asset)
    return [
        Cut(kind, str(RenditionKind(kind).label), made.get(kind), asked.get(kind), why_no_cut(asset, kind))
        for kind in FILM_CUTS
    ]
