"""The archive an agency has already: a folder of files, taken in one by one; each is kept, known, or refused with its reason.

It may be broken off at any time: every file is a transaction of its own, and what is here already is known by its SHA-256.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, require
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.files.domain.streaming import copy_in, keep_copied, sha256_of
from enggang.files.enums import Accepts, Purpose
from enggang.files.models import StoredFile
from enggang.files.sniffing import group_of, sniff
from enggang.media import rules
from enggang.media.domain.handing_over import LARGEST
from enggang.media.domain.ingest import keep_asset
from enggang.media.domain.places import Made, keep_made, scratch, throw_away
from enggang.media.domain.sentences import why_not
from enggang.media.enums import SIZES, DeliveryState
from enggang.media.models import Asset, Delivery
from enggang.media.workshop.bench import PHOTO, POSTER, workbench
from enggang.media.workshop.words import Unreadable
from enggang.places.models import Organisation


@dataclass(frozen=True, slots=True)
class Archive:
    """Where the files of a folder go, and what is said of all of them."""

    organisation: Organisation
    actor: Actor
    about: Subject | None = None
    author_name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file: ``state`` is that of a delivery, ``code`` the asset's."""

    file: str
    state: str
    why: str = ""
    code: str = ""


def import_folder(folder: Path, archive: Archive) -> Iterator[Line]:
    """Every file below ``folder``, in the order of their names. A full disk ends it (OSError); nothing else does."""
    for path in files_below(folder):
        shown = os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")
        yield take_in(path, one_line(shown, 200), archive)


def files_below(folder: Path) -> Iterator[Path]:
    """Links are not followed, neither to folders nor to files; hidden folders (thumbnails, rubbish) are left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "@")))
        yield from (Path(here) / name for name in sorted(names) if not name.startswith("."))


def take_in(path: Path, shown: str, archive: Archive) -> Line:
    """One file of an archive, under the name that is shown of it."""
    try:
        refusal, media_type = _looked_at(path)
        if refusal:
            return Line(shown, DeliveryState.REFUSED, refusal)
        known = Asset.objects.filter(organisation=archive.organisation, sha256=sha256_of(path)).first()
    except OSError:
        return Line(shown, DeliveryState.REFUSED, _("The file may not be read by this user."))
    if known:
        return Line(shown, DeliveryState.SAME, code=known.code)
    return _keep_file(path, shown, media_type, archive)


def _looked_at(path: Path) -> tuple[str, str]:
    """Why it is not taken, or nothing, and what it is."""
    if path.is_symlink() or not path.is_file():
        return _("This is a link or no file at all."), ""
    size = path.stat().st_size
    if not 0 < size <= LARGEST:
        return (_("The file is larger than 2 GB.") if size else _("The file is empty.")), ""
    with path.open("rb") as handle:
        media_type = sniff(handle)
    if group_of(media_type) not in {Accepts.PHOTO, Accepts.VIDEO}:
        return _("By its content this is no photo or video of a kind that is taken."), ""
    return "", media_type


def _lay(path: Path, source: Path) -> None:
    """The file as the workshop may read it, which has no rights but those of its user: linked to, or else copied."""
    facts = path.stat()
    own = facts.st_uid == os.geteuid() and facts.st_mode & stat.S_IRUSR
    if own or facts.st_mode & stat.S_IROTH:
        source.symlink_to(path.resolve())
    else:  # an administrator imports what belongs to somebody else
        shutil.copyfile(path, source)


def _keep_file(path: Path, shown: str, media_type: str, archive: Archive) -> Line:
    task, bounds = ("poster", POSTER) if media_type.startswith("video/") else ("photo", PHOTO)
    sizes = [(str(kind), side) for kind, side in SIZES.items()]
    with scratch() as folder:
        source = folder / "original"  # by a name that every library can say
        _lay(path, source)
        try:
            facts = workbench.ask(
                task, bounds, source=str(source), media_type=media_type, folder=str(folder), sizes=sizes
            )
        except Unreadable as error:
            return Line(shown, DeliveryState.REFUSED, why_not(error))
        made = keep_made(folder, facts["renditions"])
    try:
        return Line(shown, DeliveryState.KEPT, code=_keep(path, shown, media_type, archive, facts, made).code)
    except BaseException:
        throw_away(made)
        raise


def _keep(
    path: Path, shown: str, media_type: str, archive: Archive, facts: dict[str, Any], made: list[Made]
) -> Asset:  # fmt: skip
    stored = copy_in(
        path, name=path.name, media_type=media_type, purpose=Purpose.MEDIA, organisation=archive.organisation,
        actor=archive.actor,
    )  # fmt: skip
    try:
        return import_file(archive=archive, shown=shown, stored=stored, facts=facts, made=made, actor=archive.actor)
    except BaseException:
        default_storage.delete(str(stored.content.name))
        raise


@act("media.import_file")
def import_file(
    *, archive: Archive, shown: str, stored: StoredFile, facts: dict[str, Any], made: list[Made], actor: Actor
) -> Asset:
    """Write the rows of a file of an archive, whose bytes are in the store."""
    require(rules.may_keep(actor, archive.organisation))
    keep_copied(stored=stored, actor=actor)
    delivery = Delivery.objects.create(
        organisation=archive.organisation, owner_key=actor.key, name=shown.rsplit("/", 1)[-1], about=archive.about,
        author_name=archive.author_name[:200], at=clock.now(),
    )  # fmt: skip
    return keep_asset(delivery=delivery, stored=stored, facts=facts, made=made, actor=actor)
