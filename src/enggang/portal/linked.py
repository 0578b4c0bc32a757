"""What search engines are told of an event and of the way to a page, in the words of schema.org. What is unknown is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from enggang.events.enums import Entry
from enggang.events.models import Part, Site
from enggang.events.queries.pages import EventFace, Face
from enggang.places.enums import Facility

CONTEXT = "https://schema.org"
CANCELLED, MOVED, POSTPONED, PLANNED = (
    f"{CONTEXT}/{name}" for name in ("EventCancelled", "EventRescheduled", "EventPostponed", "EventScheduled")
)


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """From the first page down to this one: names and whole addresses."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": href}
        for number, (name, href) in enumerate(steps, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def status_of(face: Face) -> str:
    """Cancelled goes before moved; days that were told and taken back are postponed."""
    if face.edition.is_cancelled:
        return CANCELLED
    if face.edition.starts_on is None:
        return POSTPONED
    return MOVED if face.history.previous else PLANNED


def event_facts(
    page: EventFace, face: Face, *, url: str, image: str, sites: Sequence[Site], parts: Sequence[tuple[Part, str]],
    hosts: Iterable[str], photos: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:  # fmt: skip
    """``parts`` come with the address where one registers for them."""
    edition = face.edition
    first = edition.starts_on or face.history.was
    facts = {
        "@context": CONTEXT, "@type": "Event", "name": page.texts["name"].text, "url": url,
        "description": page.texts["summary"].text or page.texts["story"].text[:300],
        "inLanguage": page.texts["name"].language, "startDate": first.isoformat() if first else "",
        "endDate": edition.ends_on.isoformat() if edition.ends_on else "",
        "eventStatus": status_of(face), "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "previousStartDate": [day.isoformat() for day in face.history.previous] if edition.starts_on else [],
        "location": location(page, sites), "image": [image, *photos], "organizer": [
            {"@type": "Organization", "name": name} for name in hosts
        ],
        "offers": _offers(face, parts, url),
    }  # fmt: skip
    found: dict[str, Any] = {key: value for key, value in facts.items() if value}
    if edition.entry != Entry.MIXED:
        found["isAccessibleForFree"] = edition.entry == Entry.FREE
    return found


def location(page: EventFace, sites: Sequence[Site]) -> dict[str, Any]:
    event = page.event
    site = next((row for row in sites if row.latitude is not None), sites[0] if sites else None)
    address = {"@type": "PostalAddress", "addressRegion": str(event.region), "addressCountry": "ID"}
    if site is not None and site.address:
        address["streetAddress"] = site.address
    name = event.place or (str(event.venue) if event.venue else "") or (site.name if site else "") or str(event.region)
    place: dict[str, Any] = {"@type": "Place", "name": name, "address": address}
    if site is not None and site.latitude is not None and site.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": float(site.latitude), "longitude": float(site.longitude)}
    amenities = [*page.for_disabled, *page.facilities]
    if amenities:
        place["amenityFeature"] = [_feature(each) for each in amenities]
    return place


def _feature(each: Facility) -> dict[str, Any]:
    return {"@type": "LocationFeatureSpecification", "name": str(each.label), "value": True}


def _offers(face: Face, parts: Sequence[tuple[Part, str]], url: str) -> list[dict[str, Any]]:
    if parts:
        return [
            {"@type": "Offer", "name": part.title, "price": str(part.price), "priceCurrency": "IDR", "url": href}
            for part, href in parts
        ]
    if face.edition.entry == Entry.FREE:
        return [{"@type": "Offer", "price": "0", "priceCurrency": "IDR", "url": url}]
    return []
