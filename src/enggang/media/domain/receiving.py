"""Works that come from elsewhere in the house, such as those judged good in a training, with their authors' licence.

The app above calls these acts; it has asked its own rule and keeps the agreement that the licence rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Subject
from enggang.files.models import StoredFile
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.importing import Archive, take_in
from enggang.media.domain.places import local_path, scratch
from enggang.media.domain.rights import credit_for, state_rights
from enggang.media.enums import DeliveryState
from enggang.media.enums_rights import Licence
from enggang.media.models import Asset, RightsStatement
from enggang.media.queries.gate import rights_of
from enggang.people.models import Person
from enggang.places.models import Organisation

TAKEN = ("image/", "video/")


@dataclass(frozen=True, slots=True)
class Received:
    """``source_id`` is the subject of the agreement, ``about_id`` of the event or wave; authors by their ids."""

    organisation_id: int
    source_id: int
    about_id: int | None
    title: str
    licence: str
    author_ids: tuple[int, ...]


@act("media.receive_work")
def receive_work(
    *, organisation: Organisation, source: Subject, title: str, licence: str, authors: Sequence[Person],
    files: Sequence[StoredFile], actor: Actor, about: Subject | None = None,
) -> int:  # fmt: skip
    """Take the photos and videos of a work in by a job, as drafts with their licence; answers how many files.

    ``licence`` is a value of ``Licence``; any other means that only the agency may use it: all rights reserved.
    """
    chosen = licence if licence in LICENCES else str(Licence.RESERVED)
    received = Received(
        organisation.pk, source.pk, about.pk if about else None, title, chosen, tuple(each.pk for each in authors)
    )
    wanted = [each for each in files if each.media_type.startswith(TAKEN) and each.erased_at is None]
    if missing_tools():
        wanted = []  # an installation without the media extra takes none in, and training goes on
    for number, stored in enumerate(wanted, 1):
        shown = f"{title} {number}" if len(wanted) > 1 else title
        enqueue(take_work, actor=SYSTEM, title=shown, stored_id=stored.pk, shown=shown, received=asdict(received))
    record_subject(source)
    record(files=len(wanted), licence=chosen)
    return len(wanted)


LICENCES = frozenset(str(each) for each in Licence if each != Licence.CUSTOM)


@job("media.take_work", attempts=3)
def take_work(run: JobRun, *, stored_id: int, shown: str, received: dict[str, object]) -> None:
    """Safe to run twice: the second run finds the same file and states the same rights."""
    facts = Received(**{**received, "author_ids": tuple(received["author_ids"])})  # type: ignore[arg-type]
    stored = StoredFile.objects.get(pk=stored_id)
    authors = list(Person.objects.filter(pk__in=facts.author_ids).order_by("pk"))
    home = Organisation.objects.select_related("subject").get(pk=facts.organisation_id)
    about = Subject.objects.filter(pk=facts.about_id or 0).first()
    names = ", ".join(each.name for each in authors)
    with scratch() as folder:
        line = take_in(local_path(stored, folder), shown, Archive(home, SYSTEM, about, names[:200]))
    run.outcome(state=str(line.state), why=line.why)
    if line.state != DeliveryState.REFUSED:
        credit_received(code=line.code, facts=facts, authors=authors, actor=SYSTEM)


@act("media.credit_received")
def credit_received(*, code: str, facts: Received, authors: Sequence[Person], actor: Actor) -> Asset:
    """The author and the licence of a received work; what its keepers have stated since stays, but for the licence."""
    asset = Asset.objects.with_names().get(subject__code=code)
    if asset.author is None and len(authors) == 1:
        Asset.objects.filter(pk=asset.pk).update(author=authors[0], author_name="", title=facts.title[:200])
        asset.refresh_from_db()
    names = ", ".join(each.name for each in authors)[:160]
    known = rights_of(asset)
    more: dict[str, Any] = {} if known and known.holder else {
        "holder": names, "own_work": True, "credit": credit_for(names, asset.organisation.short_name),
    }  # fmt: skip
    state_rights(asset=asset, licence=facts.licence, source_id=facts.source_id, actor=actor, **more)
    return asset


@act("media.end_received")
def end_received(*, source: Subject, actor: Actor) -> int:
    """The agreement behind a licence was taken back: the works that rest on it are shut at once; how many rested on it."""
    rows = RightsStatement.objects.filter(source=source).exclude(licence="")
    assets = [row.asset for row in rows.select_related("asset__subject", "asset__organisation").order_by("pk")]
    for asset in assets:
        state_rights(asset=asset, licence="", actor=SYSTEM)
    record_subject(source)
    record(works=len(assets))
    return len(assets)
