"""Acts on destinations: written by an agency, released by an organiser, kept in every version they had."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.core.wordings import keep_wordings, spoken
from enggang.places.enums import Facility
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject
from enggang.stories import rules
from enggang.stories.domain.addresses import free_slug, is_same_address
from enggang.stories.enums import PAGE_MOVES, PageState
from enggang.stories.models import Amenity, Destination, OldAddress, Revision
from enggang.stories.models.destination import TRANSLATED
from enggang.stories.queries.destinations import facts_of, gaps_of

FOUND_BY = ("name", "summary")  # in every language


@act("stories.open_destination")
def open_destination(
    *, organisation: Organisation, name: str, actor: Actor, facilities: Collection[str] = (), **facts: Any
) -> Destination:  # fmt: skip
    """Enter a destination as a draft. ``facts`` are the fields of its form. Raises Conflict when its regency has one of this name."""
    require(rules.may_write(actor, organisation))
    row = Destination(organisation=organisation, name=name, **facts)
    _tidy(row)
    row.subject = Destination.new_subject(organisation.code)
    row.slug = free_slug(row, row.name, former=OldAddress, fallback="destinasi")
    _save(row)
    _keep_amenities(row, facilities)
    record(kind=str(row.kind))
    return row


@act("stories.change_destination")
def change_destination(
    *, destination: Destination, version: int, actor: Actor, facilities: Collection[str] | None = None, **facts: Any
) -> Destination:  # fmt: skip
    """Save other facts; what it said before is kept as a revision. Only an organiser changes what is published."""
    _may_change(destination, actor)
    before = Destination.objects.get(pk=destination.pk)  # the form may have written into the given instance
    keep_version(destination, version)
    _keep_revision(before, actor)
    for name, value in facts.items():
        setattr(destination, name, value)
    _tidy(destination)
    _follow_name(destination, before)
    _save(destination)
    if facilities is not None:
        _keep_amenities(destination, facilities)
    record(state=str(destination.state))
    return destination


@act("stories.restore_revision")
def restore_revision(*, revision: Revision, version: int, actor: Actor) -> Destination:
    """Put back what an earlier version said; the present text becomes a revision itself, so this can be undone."""
    row = revision.destination
    facts = dict(revision.facts)
    facilities = facts.pop("facilities", [])
    return change_destination(destination=row, version=version, facilities=facilities, actor=actor, **facts)


@act("stories.translate_destination")
def translate_destination(
    *, destination: Destination, language: str, texts: Mapping[str, str], checked: bool, actor: Actor
) -> Destination:  # fmt: skip
    """What the page says in another language. Visitors read it once it is ``checked``; empty texts are taken away."""
    _may_change(destination, actor)
    known = {name: text for name, text in texts.items() if name in TRANSLATED}
    originals = {name: str(getattr(destination, name)) for name in TRANSLATED}
    count = keep_wordings(
        subject=destination.subject, language=language, texts=known, originals=originals, checked=checked, actor=actor
    )
    _index(destination)
    record_subject(destination.subject)
    record(language=language, texts=count, checked=checked)
    return destination


@act("stories.move_destination")
def move_destination(*, destination: Destination, to: str, actor: Actor) -> Destination:
    """To review, back to draft, published or withdrawn. What is published is complete, with the source of its facts."""
    if to in {PageState.PUBLISHED, PageState.WITHDRAWN}:
        require(rules.may_publish(actor, destination.organisation))
    else:
        require(rules.may_write(actor, destination.organisation))
    if to == PageState.PUBLISHED and (gaps := gaps_of(destination)):
        raise Conflict(_("Still missing: %(what)s.") % {"what": ", ".join(gaps)})
    also: dict[str, Any] = {"published_at": clock.now()} if to == PageState.PUBLISHED else {}
    move(destination, to, moves=PAGE_MOVES, **also)
    _index(destination)
    record(state=str(to))
    return destination


def _may_change(destination: Destination, actor: Actor) -> None:
    """What the public reads at this moment is an organiser's to change."""
    may = rules.may_publish if destination.is_published else rules.may_write
    require(may(actor, destination.organisation))


def _tidy(row: Destination) -> None:
    row.name, row.summary = one_line(row.name, 160), one_line(row.summary, 300)
    row.fold_name()
    if not row.name_key:
        raise Conflict(_("The name needs letters or digits."))
    if not all(isfinite(each or 0) for each in (row.latitude, row.longitude)):
        raise Conflict(_("Type latitude and longitude as numbers, for example 0.0263 and 109.3425."))
    row.changed_at = clock.now()
    row.clean_fields(exclude=["subject", "slug"])


def _save(row: Destination) -> None:
    with told(Destination):
        row.save()
    _index(row)


def _index(row: Destination) -> None:
    index_subject(
        subject=row.subject, title=row.name, text=f"{row.get_kind_display()} {row.region} {row.summary}",
        organisation_path=row.organisation.path, public=row.is_published, also=spoken(row.subject, FOUND_BY),
    )  # fmt: skip


def _follow_name(row: Destination, before: Destination) -> None:
    """A published page keeps the way to its old address; a draft that nobody has seen gets a new one at once."""
    if is_same_address(row.name, before.name):
        return
    row.slug = free_slug(row, row.name, former=OldAddress, fallback="destinasi")
    if before.published_at is not None and row.slug != before.slug:
        OldAddress.objects.get_or_create(slug=before.slug, defaults={"destination": row})


def _keep_revision(before: Destination, actor: Actor) -> None:
    last = before.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    Revision.objects.create(
        destination=before, number=last + 1, facts=facts_of(before), saved_at=clock.now(), saved_by_key=actor.key
    )


def _keep_amenities(row: Destination, wanted: Collection[str]) -> None:
    unknown = set(wanted) - set(Facility.values)
    if unknown:
        raise Conflict(_("Choose from the list what the place has."))
    row.amenities.exclude(kind__in=wanted).delete()
    known = set(row.amenities.values_list("kind", flat=True))
    Amenity.objects.bulk_create(
        [Amenity(destination=row, kind=kind) for kind in Facility.values if kind in set(wanted) - known]
    )
