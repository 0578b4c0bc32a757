"""Venues: where sessions are held. Shared between agencies, kept by the one that answers for them."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, require
from enggang.core.states import keep_version
from enggang.places import rules
from enggang.places.models import Organisation, Region, Venue
from enggang.places.signals import places_changed


@act("places.open_venue")
def open_venue(
    *,
    name: str,
    organisation: Organisation,
    region: Region,
    actor: Actor,
    address: str = "",
    capacity: int | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    time_zone: str = "",
) -> Venue:
    """Add a venue that ``organisation`` answers for; its zone is the organisation's unless given."""
    require(rules.may_keep_venue(actor, organisation.path))
    venue = Venue(name=name, organisation=organisation, region=region, address=address, capacity=capacity)
    venue.latitude, venue.longitude = latitude, longitude
    venue.time_zone = time_zone or organisation.time_zone
    venue.subject = Venue.new_subject(organisation.code)
    _save(venue)
    return venue


@act("places.change_venue")
def change_venue(
    *,
    venue: Venue,
    version: int,
    name: str,
    region: Region,
    address: str,
    capacity: int | None,
    latitude: Decimal | None,
    longitude: Decimal | None,
    time_zone: str,
    actor: Actor,
) -> Venue:
    """Change a venue; the organisation that answers for it stays."""
    require(rules.may_keep_venue(actor, venue.organisation.path))
    keep_version(venue, version)
    venue.name, venue.region, venue.address, venue.capacity = name, region, address, capacity
    venue.latitude, venue.longitude, venue.time_zone = latitude, longitude, time_zone
    _save(venue)
    return venue


def _save(venue: Venue) -> None:
    venue.fold_name()
    venue.full_clean()
    if (venue.latitude is None) != (venue.longitude is None):
        raise Conflict(_("A point on the map needs both latitude and longitude."))
    if venue.time_zone not in available_timezones():
        raise Conflict(_("There is no time zone called {zone}.").format(zone=venue.time_zone))
    venue.save()
    places_changed.send(Venue, venues=[venue])
