"""Acts on the publicity of an edition: planned by day and channel, made ready, published, or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.enums import PUBLICATION_MOVES, CaptionLanguage, PublicationState
from enggang.events.models import Caption, Channel, Edition, Publication
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.media.domain.collections import keep_collection
from enggang.media.enums_words import CollectionKind
from enggang.media.models import Collection

MOST_PUBLICATIONS = 500
LARGEST = 10 * 1024 * 1024  # bytes
COPIED = ("channel_id", "title", "brief", "offset", "at")


@act("events.add_publication")
def add_publication(*, edition: Edition, channel: Channel, title: str, actor: Actor, **facts: Any) -> Publication:
    """Plan one. ``facts``: brief, person, at, and either ``offset`` in days from the first day or ``on``."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    if edition.publications.count() >= MOST_PUBLICATIONS:
        raise Conflict(_("An edition has at most %(most)s publications.") % {"most": MOST_PUBLICATIONS})
    row = Publication(edition=edition, channel=channel, title=title.strip(), **facts)
    return _save(row)


@act("events.change_publication")
def change_publication(*, publication: Publication, version: int, actor: Actor, **facts: Any) -> Publication:
    require(rules.may_manage(actor, publication.edition.organisation))
    keep_open(publication.edition)
    keep_version(publication, version)
    for name, value in facts.items():
        setattr(publication, name, value)
    publication.was_on = None
    return _save(publication)


def _save(row: Publication) -> Publication:
    if row.offset is not None:
        row.on = row.day_when(row.edition.starts_on)
    row.clean_fields()
    with told(Publication):
        row.save()
    record_subject(row.edition.subject)
    record(publication=row.pk, on=str(row.on))
    return row


@act("events.write_captions")
def write_captions(*, publication: Publication, version: int, captions: Mapping[str, str], actor: Actor) -> Publication:
    """Keep the words by language; an empty text removes the caption. Whatever is saved has been read."""
    require(rules.may_manage(actor, publication.edition.organisation))
    keep_open(publication.edition)
    if unknown := set(captions) - set(CaptionLanguage.values):
        raise Conflict(_("There is no such language: %(code)s.") % {"code": ", ".join(sorted(unknown))})
    keep_version(publication, version)
    publication.captions.all().delete()
    rows = [
        Caption(publication=publication, language=language, text=text.strip())
        for language, text in captions.items()
        if text.strip()
    ]
    for row in rows:
        row.clean_fields()
    Caption.objects.bulk_create(rows)
    record_subject(publication.edition.subject)
    record(publication=publication.pk, languages=sorted(row.language for row in rows))
    return publication


@act("events.move_publication")
def move_publication(
    *, publication: Publication, to: str, actor: Actor, on: date | None = None, link: str = "", reach: int | None = None
) -> Publication:
    """Ready, published (``on``, with the address and how many it reached), dropped, or back."""
    require(rules.may_manage(actor, publication.edition.organisation))
    keep_open(publication.edition)
    was = PublicationState(publication.state)
    if to not in PublicationState.values or PublicationState(to) not in PUBLICATION_MOVES[was]:
        raise Conflict(_("The publication is in another state now. Reload the page."))
    also = _posted(publication, on, link, reach) if to == PublicationState.POSTED else {"posted_on": None}
    if to == PublicationState.READY and publication.old_captions:
        raise Conflict(_("A caption is still last year's: read it and save it first."))
    move(publication, to, moves={was: PUBLICATION_MOVES[was]}, **also)
    record_subject(publication.edition.subject)
    record(publication=publication.pk, was=str(was), now=str(to))
    return publication


def _posted(row: Publication, on: date | None, link: str, reach: int | None) -> dict[str, Any]:
    day = on or clock.today(row.edition.time_zone)
    if day > clock.today(row.edition.time_zone):
        raise Conflict(_("This day has not come yet."))
    found = {"posted_on": day, "link": link.strip(), "reach": reach}
    for name, value in found.items():
        setattr(row, name, value)
    row.clean_fields(exclude=["state"])
    return found


@act("events.note_reach")
def note_reach(
    *, publication: Publication, version: int, reach: int | None, actor: Actor, link: str = ""
) -> Publication:
    """What a publication came to later: how many it reached, and its address. Also when the edition is over."""
    require(rules.may_manage(actor, publication.edition.organisation))
    if publication.state != PublicationState.POSTED:
        raise Conflict(_("It is not published yet."))
    keep_version(publication, version)
    publication.reach, publication.link = reach, link.strip()
    publication.clean_fields()
    publication.save()
    record_subject(publication.edition.subject)
    record(publication=publication.pk, reach=reach)
    return publication


@act("events.note_moved_publication")
def note_moved_publication(*, publication: Publication, actor: Actor) -> Publication:
    """Take note that its day has moved with the edition."""
    require(rules.may_manage(actor, publication.edition.organisation))
    publication.was_on = None
    publication.save()
    record_subject(publication.edition.subject)
    return publication


@act("events.attach_asset")
def attach_asset(*, publication: Publication, content: bytes, filename: str, actor: Actor) -> Publication:
    """Keep the picture (JPEG, PNG) or PDF that is to be shown, in place of an earlier one."""
    require(rules.may_manage(actor, publication.edition.organisation))
    keep_open(publication.edition)
    found = read_paper(content, filename, largest=LARGEST)
    publication.asset = store_file(
        content=content, name=found.name, media_type=found.media_type, purpose=Purpose.MATERIAL,
        organisation=publication.edition.organisation, actor=actor,
    )  # fmt: skip
    publication.save()
    record_subject(publication.edition.subject)
    record(publication=publication.pk)
    return publication


@act("events.drop_publication")
def drop_publication(*, publication: Publication, actor: Actor) -> Edition:
    """Remove one that was never published, by mistake or twice; a published one stays on record."""
    require(rules.may_manage(actor, publication.edition.organisation))
    keep_open(publication.edition)
    if publication.state == PublicationState.POSTED:
        raise Conflict(_("It is published: what was told stays on record."))
    record(publication=publication.pk)
    edition = publication.edition
    publication.delete()
    return edition


def follow_first_day(edition: Edition) -> int:
    """Inside the act that moves an edition: what is counted from its first day and not published moves with it, and
    keeps where it stood until somebody has taken note. Answers how many moved."""
    moved = []
    for row in edition.publications.to_be_posted().filter(offset__isnull=False):
        day = row.day_when(edition.starts_on)
        if day != row.on:
            row.was_on, row.on = row.was_on or row.on, day
            moved.append(row)
    Publication.objects.bulk_update(moved, ["on", "was_on"], batch_size=200)
    return len(moved)


def copy_publications(edition: Edition, clone: Edition) -> int:
    """Inside the act of cloning: what was counted from the day is planned again, with last year's words to be read anew."""
    rows = edition.publications.exclude(state=PublicationState.DROPPED).filter(offset__isnull=False)
    for row in rows.prefetch_related("captions"):
        made = Publication(edition=clone, **{name: getattr(row, name) for name in COPIED})
        made.on = made.day_when(clone.starts_on)
        made.save()
        Caption.objects.bulk_create(
            [
                Caption(publication=made, language=each.language, text=each.text, is_old=True)
                for each in row.captions.all()
            ]
        )
    return len(rows)


@act("events.link_collection")
def link_collection(*, edition: Edition, collection: Collection | None, actor: Actor) -> Edition:
    """Say which collection of the media library shows the edition; None: none any longer. Visitors are led to it."""
    require(rules.may_manage(actor, edition.organisation))
    if collection is not None and collection.organisation_id != edition.organisation_id:
        raise Conflict(_("Choose a collection of the agency that holds the event."))
    Edition.objects.filter(pk=edition.pk).update(collection=collection)
    edition.collection = collection
    record(collection=collection.code if collection else "")
    return edition


@act("events.begin_collection")
def begin_collection(*, edition: Edition, actor: Actor) -> Edition:
    """A new collection about the edition, named after it, not shown yet."""
    texts = {"id": (str(edition)[:160], "")}
    made = keep_collection(
        organisation=edition.organisation, texts=texts, kind=CollectionKind.EVENT, about=edition.subject, actor=actor
    )
    return link_collection(edition=edition, collection=made, actor=actor)
