"""What the decree of the committee and the invitation say: the values of their placeholders, in Indonesian."""

from __future__ import annotations

from django.utils import translation

from enggang.documents.models import Signatory
from enggang.documents.report_parts import BLANK
from enggang.events.papers.folder import Folder
from enggang.events.queries.applications import weekdays
from enggang.events.queries.dates import days_in_words


def values_of(folder: Folder, signatory: Signatory) -> dict[str, str]:
    """What is not on record says so."""
    edition = folder.edition
    with translation.override("id"):
        values = {
            "acara": str(edition),
            "tema": edition.theme,
            "tanggal": days_in_words(edition.starts_on, edition.ends_on),
            "hari": weekdays(edition.starts_on, edition.ends_on),
            "pukul": _begins(folder),
            "tempat": "; ".join(f"{site.name} ({site.region.name})" for site in folder.sites),
            "penyelenggara": ", ".join(row.name for row in folder.organisers),
            "narahubung": _contact(folder),
            "pejabat": signatory.post,
            "dasar_hukum": folder.written.concept.legal_basis,
            "sumber_dana": ", ".join(str(each) for each in folder.sources),
        }
    return {name: value.strip() or BLANK for name, value in values.items()}


def _begins(folder: Folder) -> str:
    """When the first item of the first day begins."""
    first = next((item["begins"] for day in folder.days for item in day["items"]), "")
    return f"{first} {folder.zone}" if first else ""


def _contact(folder: Folder) -> str:
    row = next((row for row in folder.organisers if row.contact), None)
    return ", ".join(part for part in (row.contact, row.phone) if part) if row else ""


def persons_of(folder: Folder) -> list[dict[str, str]]:
    """The committee as the rows of the decree's annex."""
    return [
        {"name": each.name, "nip": each.nip, "rank": "", "post": each.post, "task": each.section or "–"}
        for each in folder.committee
    ]


def suggested_guests(folder: Folder) -> list[tuple[str, str]]:
    """Whom the invitation goes to first: the agency that curates the event, and those who hold it with us."""
    edition = folder.edition
    curator = [("Kepala", edition.curator.name)] if edition.curator else []
    others = [row for row in folder.organisers if row.organisation_id != edition.organisation_id]
    return [*curator, *(("Pimpinan", row.name) for row in others)]
