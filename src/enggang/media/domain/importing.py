"""The archive an agency has already: a folder of files, taken in one by one; each is kept, known, or refused with its reason.

It may be broken off at any time: every file is a transaction of its own, and what is here already is known by its SHA-256.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, require
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
from enggang.media.workshop.bench import PHOTO, POSTER, Workbench, workbench
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


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that the workshop could read, and what it made of it; the bytes of the renditions are in the store."""

    media_type: str
    facts: dict[str, Any]
    made: list[Made]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file whose turn has come: settled already, or being looked at by one of the children."""

    path: Path
    shown: str
    settled: Line | None = None
    looking: Future[Looked] | None = None


def import_folder(folder: Path, archive: Archive, benches: int = 1) -> Iterator[Line]:
    """Every file below ``folder``, in the order of their names. A full disk ends it (OSError); nothing else does.

    So many child processes look at files at once; rows are written by this thread alone, one file after the other.
    """
    with ExitStack() as tidy:
        pool = tidy.enter_context(ThreadPoolExecutor(benches))
        free = SimpleQueue[Workbench]()
        for bench in [Workbench() for _number in range(benches)]:
            tidy.callback(bench.close)
            free.put(bench)
        yield from _in_order(_begun(folder, archive, pool, free), 2 * benches, archive)


def _begun(
    folder: Path, archive: Archive, pool: ThreadPoolExecutor, free: SimpleQueue[Workbench]
) -> Iterator[Waiting]:  # fmt: skip
    for path in files_below(folder):
        shown = one_line(os.fsencode(path.relative_to(folder)).decode("utf-8", "replace"), 200)
        settled, media_type = _known_or_refused(path, shown, archive)
        looking = None if settled else pool.submit(_look_with, free, path, media_type)
        yield Waiting(path, shown, settled, looking)


def _in_order(begun: Iterator[Waiting], ahead: int, archive: Archive) -> Iterator[Line]:
    """The lines of the files, in their order; never more than ``ahead`` of them are being looked at."""
    waiting = deque[Waiting]()
    try:
        for each in begun:
            waiting.append(each)
            if len(waiting) > ahead:
                yield _settle(waiting.popleft(), archive)
        while waiting:
            yield _settle(waiting.popleft(), archive)
    finally:  # broken off: what was made for nobody is thrown away
        for each in waiting:
            if each.looking and not each.looking.cancel() and each.looking.exception() is None:
                throw_away(each.looking.result().made)


def _look_with(free: SimpleQueue[Workbench], path: Path, media_type: str) -> Looked:
    bench = free.get()
    try:
        return look(path, media_type, bench)
    finally:
        free.put(bench)


def take_in(path: Path, shown: str, archive: Archive) -> Line:
    """One file of an archive, under the name that is shown of it."""
    settled, media_type = _known_or_refused(path, shown, archive)
    if settled:
        return settled
    looking = Future[Looked]()
    try:
        looking.set_result(look(path, media_type, workbench))
    except Unreadable as error:
        looking.set_exception(error)
    return _settle(Waiting(path, shown, None, looking), archive)


def files_below(folder: Path) -> Iterator[Path]:
    """Links are not followed, neither to folders nor to files; hidden folders (thumbnails, rubbish) are left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "@")))
        yield from (Path(here) / name for name in sorted(names) if not name.startswith("."))


def _known_or_refused(path: Path, shown: str, archive: Archive) -> tuple[Line | None, str]:
    """What there is to say before anybody looks into it, or the kind of the file."""
    try:
        refusal, media_type = _looked_at(path)
        if refusal:
            return Line(shown, DeliveryState.REFUSED, refusal), ""
        known = _same(path, archive)
    except OSError:
        return Line(shown, DeliveryState.REFUSED, _("The file may not be read by this user.")), ""
    return (Line(shown, DeliveryState.SAME, code=known.code) if known else None), media_type


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


def look(path: Path, media_type: str, bench: Workbench) -> Looked:
    """Have one file read and its renditions made and stored. Knows no database: several threads do it. Unreadable."""
    task, bounds = ("poster", POSTER) if media_type.startswith("video/") else ("photo", PHOTO)
    sizes = [(str(kind), side) for kind, side in SIZES.items()]
    with scratch() as folder:
        source = folder / "original"  # by a name that every library can say
        _lay(path, source)
        facts = bench.ask(
            task, bounds, source=str(source), media_type=media_type, folder=str(folder), sizes=sizes, whole=True
        )
        return Looked(media_type, facts, keep_made(folder, facts["renditions"]))


def _settle(waiting: Waiting, archive: Archive) -> Line:
    if waiting.settled:
        return waiting.settled
    assert waiting.looking
    try:
        return _kept(waiting, waiting.looking.result(), archive)
    except Unreadable as error:
        return Line(waiting.shown, DeliveryState.REFUSED, why_not(error))
    except OSError:
        if waiting.path.exists():
            raise
        return Line(waiting.shown, DeliveryState.REFUSED, _("The file may not be read by this user."))


def _kept(waiting: Waiting, looked: Looked, archive: Archive) -> Line:
    try:
        return Line(waiting.shown, DeliveryState.KEPT, code=_keep(waiting, looked, archive).code)
    except (IntegrityError, Conflict):  # its twin was being looked at beside it
        throw_away(looked.made)
        if (known := _same(waiting.path, archive)) is None:
            raise
        return Line(waiting.shown, DeliveryState.SAME, code=known.code)
    except BaseException:
        throw_away(looked.made)
        raise


def _same(path: Path, archive: Archive) -> Asset | None:
    return Asset.objects.filter(organisation=archive.organisation, sha256=sha256_of(path)).first()


def _keep(waiting: Waiting, looked: Looked, archive: Archive) -> Asset:
    actor = archive.actor
    stored = copy_in(
        waiting.path, name=waiting.path.name, media_type=looked.media_type, purpose=Purpose.MEDIA,
        organisation=archive.organisation, actor=actor,
    )  # fmt: skip
    try:
        return import_file(
            archive=archive, shown=waiting.shown, stored=stored, facts=looked.facts, made=looked.made, actor=actor
        )
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
