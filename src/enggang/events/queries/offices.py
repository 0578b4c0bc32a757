"""The office a permit is asked from, as far as the record can name it; a person may write it otherwise."""

from __future__ import annotations

from enggang.events.enums import Issuer
from enggang.events.models import Edition, Site

HEADQUARTERS = "Kabaintelkam Polri"


def office_of(issuer: str, edition: Edition, sites: list[Site]) -> str:
    """«Polres Mempawah»; empty where the record does not know, so that a person names it. Always in Indonesian: it
    stands on the letter."""
    region = edition.event.region
    regency = region.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    district = next((site.district for site in sites if site.district), "")
    if issuer == Issuer.POLSEK:
        return f"Polsek {district}" if district else ""
    if issuer == Issuer.POLRES:
        return f"Polres {regency}" if "." in region.code else ""
    if issuer == Issuer.POLDA:
        return f"Polda {region.parent.name if region.parent else region.name}"
    return HEADQUARTERS if issuer == Issuer.KABAINTELKAM else ""
