"""Acts on editions: begun from their event, changed, with those who hold them and the places they are held at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.registries import EventConcept
from enggang.core.states import keep_version
from enggang.events import rules
from enggang.events.domain.concepts import take_up_parts
from enggang.events.domain.events import HostSpec, open_event
from enggang.events.domain.reckoning import reckon_permits
from enggang.events.domain.standing import check_days, keep_open
from enggang.events.enums import DateState
from enggang.events.models import Edition, EditionOrganiser, Event, Site
from enggang.events.queries.dates import computed
from enggang.search.domain.indexing import index_subject

MOST_SITES = 60


@dataclass(frozen=True, slots=True)
class OrganiserSpec(HostSpec):
    contact: str = ""
    phone: str = ""
    applies: bool = False


@act("events.open_edition")
def open_edition(
    *, event: Event, year: int, actor: Actor, first: date | None = None, last: date | None = None, **facts: Any
) -> Edition:
    """Begin an edition as an idea. Without days it takes the computed ones of the event's rule, tentative either way."""
    require(rules.may_manage(actor, event.organisation))
    if first is None and (found := computed(event, year)) is not None:
        first, last = found.first, found.last
    edition = Edition(
        event=event, organisation=event.organisation, curator=event.curator, year=year, starts_on=first,
        ends_on=last or first, time_zone=event.organisation.time_zone, date_state=DateState.TENTATIVE,
        specimen=facts.pop("specimen", settings.DEMO), **facts,
    )  # fmt: skip
    check_days(edition)
    edition.clean_fields(exclude=["subject"])
    edition.subject = Edition.new_subject(event.organisation.code)
    with told(Edition):
        edition.save()
    hosts = [
        OrganiserSpec(each.name, each.role, each.organisation) for each in event.hosts.select_related("organisation")
    ]
    _set_organisers(edition, hosts)
    reckon_permits(edition, _("begun"))
    index_edition(edition)
    record(year=year, event=event.code)
    return edition


@act("events.take_up_concept")
def take_up_concept(
    *, concept: EventConcept, year: int, hosts: Sequence[HostSpec] = (), actor: Actor, **facts: Any
) -> Edition:
    """Enter the event that somebody wrote down and begin its first edition as an idea: both, or neither."""
    event = open_event(hosts=hosts, actor=actor, concept_id=concept.subject_id, **facts)
    record_subject(event.subject)
    edition = open_edition(event=event, year=year, actor=actor)
    take_up_parts(edition, concept)
    return edition


@act("events.change_edition")
def change_edition(*, edition: Edition, version: int, actor: Actor, **facts: Any) -> Edition:
    """Change what an edition is: theme, scale, area, entry, visitors, contact. Its days have an act of their own."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    keep_version(edition, version)
    for name, value in facts.items():
        setattr(edition, name, value)
    edition.clean_fields(exclude=["subject"])
    with told(Edition):
        edition.save()
    reckon_permits(edition, _("scale or area changed"))
    index_edition(edition)
    record(scale=str(edition.scale), area=str(edition.area))
    return edition


@act("events.set_organisers")
def set_organisers(*, edition: Edition, version: int, organisers: Sequence[OrganiserSpec], actor: Actor) -> Edition:
    """Say who holds it, in this order; at most one applies for the permits."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    keep_version(edition, version)
    if sum(each.applies for each in organisers) > 1:
        raise Conflict(_("Only one of them applies for the permits."))
    _set_organisers(edition, organisers)
    record(organisers=len(organisers))
    return edition


def _set_organisers(edition: Edition, organisers: Sequence[OrganiserSpec]) -> None:
    edition.organisers.all().delete()
    rows = [
        EditionOrganiser(
            edition=edition, position=n, name=each.name.strip(), role=each.role, organisation=each.organisation,
            contact=each.contact.strip(), phone=each.phone.strip(), applies=each.applies,
        )
        for n, each in enumerate(organisers)
    ]  # fmt: skip
    for row in rows:
        row.clean_fields()
    EditionOrganiser.objects.bulk_create(rows)


@act("events.add_site")
def add_site(*, edition: Edition, actor: Actor, **facts: Any) -> Site:
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    if edition.sites.count() >= MOST_SITES:
        raise Conflict(_("An edition has at most %(most)s places.") % {"most": MOST_SITES})
    last = edition.sites.aggregate(last=Max("position"))["last"] or 0
    return _save_site(Site(edition=edition, position=last + 1, **facts))


@act("events.change_site")
def change_site(*, site: Site, actor: Actor, **facts: Any) -> Site:
    require(rules.may_manage(actor, site.edition.organisation))
    keep_open(site.edition)
    for name, value in facts.items():
        setattr(site, name, value)
    return _save_site(site)


@act("events.drop_site")
def drop_site(*, site: Site, actor: Actor) -> Edition:
    require(rules.may_manage(actor, site.edition.organisation))
    keep_open(site.edition)
    if site.parts.exists() or site.slots.exists():
        raise Conflict(_("Visitors register for this place, so it stays. Give their part another place first."))
    if site.plots.exclude(application=None).exists():
        raise Conflict(_("Vendors have plots at this place. Give them others first."))
    record(site=site.pk)
    site.delete()
    reckon_permits(site.edition, _("a place changed"))
    return site.edition


def _save_site(site: Site) -> Site:
    site.name = site.name.strip()
    if (site.latitude is None) != (site.longitude is None):
        raise Conflict(_("A point on the map needs both latitude and longitude."))
    site.full_clean(exclude=["edition"])
    site.save()
    reckon_permits(site.edition, _("a place changed"))
    record_subject(site.edition.subject)
    record(site=site.pk, capacity=site.capacity)
    return site


def index_edition(edition: Edition) -> None:
    index_subject(
        subject=edition.subject, title=str(edition), text=edition.theme, organisation_path=edition.organisation.path
    )
