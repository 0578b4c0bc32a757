"""What an application says: facts for the letter, annexes, and what is missing before it can be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.enums import Area, DocumentCase, DocumentProof, Scale
from enggang.events.models import EditionOrganiser, Permit, PermitDocument, PermitFile, Site
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.edition_concept import figure
from enggang.events.queries.missing import ABSENT, BLANK, Missing, old_days
from enggang.plans.models import Member, Plan
from enggang.plans.queries.rundown import rundown_data
from enggang.plans.queries.tasks import plan_about


class Annex(TypedDict):
    """One table. ``columns`` are (label, share of the width)."""

    title: str
    columns: list[tuple[str, int]]
    rows: list[list[str]]
    empty: str


@dataclass(frozen=True, slots=True)
class Needed:
    """One paper of the checklist with the files handed in for it; ``proved``: the record writes it."""

    document: PermitDocument
    files: list[PermitFile]
    proved: bool | None

    @property
    def is_there(self) -> bool:
        return bool(self.files) or bool(self.proved)

    @property
    def is_missing(self) -> bool:
        return self.document.required and not self.is_there


@dataclass(frozen=True, slots=True)
class Application:
    """Everything a letter is written from, read once."""

    permit: Permit
    sites: list[Site]
    organisers: list[EditionOrganiser]
    committee: list[Member]
    programme: list[tuple[str, str, str, str]]  # day, time, item, place
    checklist: list[Needed]
    others: list[PermitFile]
    plan: Plan | None = None

    @property
    def applicant(self) -> EditionOrganiser | None:
        return next((row for row in self.organisers if row.applies), None)

    @property
    def missing_papers(self) -> list[Needed]:
        return [row for row in self.checklist if row.is_missing]


def application_of(permit: Permit) -> Application:
    edition = permit.edition
    sites = list(edition.sites.select_related("region").defer("region__outline"))
    organisers = list(edition.organisers.select_related("organisation"))
    plan = plan_about(edition.subject)
    committee = list(plan.members.with_names()) if plan else []
    with translation.override("id"):
        programme = _programme_of(plan) if plan else []
    files = list(permit.files.select_related("file__subject", "document"))
    there = {
        DocumentProof.LETTER: permit.letter is not None,
        DocumentProof.COMMITTEE: bool(committee),
        DocumentProof.PROGRAMME: bool(programme),
        DocumentProof.SITES: bool(sites) and all(site.capacity for site in sites),
        DocumentProof.ORGANISERS: bool(organisers),
    }
    rows = PermitDocument.objects.serving(edition.organisation).on(clock.today()).filter(kind=permit.kind)
    wanted = [row for row in rows if _applies(row, permit, organisers)]
    checklist = [
        Needed(row, [each for each in files if each.document_id == row.pk], there.get(DocumentProof(row.proof)))
        for row in wanted
    ]
    taken = {row.pk for row in wanted}
    others = [each for each in files if each.document_id not in taken]
    return Application(permit, sites, organisers, committee, programme, checklist, others, plan)


def _programme_of(plan: Plan) -> list[tuple[str, str, str, str]]:
    """The rundown without cues and equipment: what an office has to know."""
    return [
        (
            date_format(date.fromisoformat(day["date"]), "j F Y"),
            f"{row['begins']}–{row['ends']}",
            row["title"],
            row["place"],
        )
        for day in rundown_data(plan)["days"]
        for row in day["items"]
    ]


def _applies(row: PermitDocument, permit: Permit, organisers: list[EditionOrganiser]) -> bool:
    edition = permit.edition
    if row.case == DocumentCase.ABROAD:
        return edition.scale == Scale.INTERNATIONAL or edition.area == Area.WIDER
    applicant = next((each for each in organisers if each.applies), None)
    if row.case == DocumentCase.ORGANISATION:
        return applicant is not None and applicant.organisation is None
    return row.case != DocumentCase.DELEGATE  # a power of attorney is handed in beside the list


def missing_of(found: Application) -> list[Missing]:
    """In the order of the letter: what is not known of it, then the annexes, then the papers."""
    return [*_missing_facts(found), *_missing_papers(found)]


def _missing_facts(found: Application) -> Iterator[Missing]:
    yield from _missing_of_the_letter(found)
    yield from _missing_of_the_annexes(found)


def _missing_of_the_letter(found: Application) -> Iterator[Missing]:
    edition = found.permit.edition
    dates, organisers = (reverse(f"events:{name}", args=[edition.code]) for name in ("dates", "organisers"))
    if not edition.is_dated:
        yield Missing(_("The days of the event are not known."), dates, blocks=True)
    elif not edition.is_confirmed:
        yield Missing(_("The days of the event are tentative."), dates)
    if not found.permit.office:
        yield Missing(_("The office that the letter goes to is not named."), _page(found, "permit_edit"), blocks=True)
    if found.applicant is None:
        yield Missing(_("Nobody is marked as the one who applies."), organisers)
    elif not (found.applicant.contact and found.applicant.phone):
        yield Missing(_("Who applies has no contact person or phone."), organisers)
    if edition.visitors is None:
        yield Missing(_("The expected visitors are not stated."), reverse("events:edition_edit", args=[edition.code]))


def _missing_of_the_annexes(found: Application) -> Iterator[Missing]:
    code = found.permit.edition.code
    overview = reverse("events:edition", args=[code])
    if not found.sites:
        yield Missing(_("No place is named."), overview)
    for site in found.sites:
        if not site.capacity:
            yield Missing(_("%(site)s has no capacity.") % {"site": site}, overview)
    if not found.committee:
        yield Missing(_("The committee is empty."), reverse("events:plan", args=[code]))
    if not found.programme:
        yield Missing(_("The rundown is empty."), reverse("events:plan", args=[code]))
    yield from old_days(found.plan)


def _missing_papers(found: Application) -> Iterator[Missing]:
    for row in found.missing_papers:
        if not row.document.proof:
            yield Missing(_("Document: %(name)s") % {"name": row.document}, _page(found, "permit") + "#dokumen")


def _page(found: Application, name: str) -> str:
    return reverse(f"events:{name}", args=[found.permit.code])


def values_of(found: Application) -> dict[str, str]:
    """The placeholders of the letter, in Indonesian; what is not on record says so."""
    edition, applicant = found.permit.edition, found.applicant
    with translation.override("id"):
        values = {
            "izin": "izin keramaian" if found.permit.kind == "crowd" else str(found.permit).lower(),
            "acara": str(edition),
            "tema": edition.theme,
            "tanggal": days_in_words(edition.starts_on, edition.ends_on),
            "hari": weekdays(edition.starts_on, edition.ends_on),
            "tempat": "; ".join(f"{site.name} ({site.region.name})" for site in found.sites),
            "pengunjung": f"{figure(edition.visitors)} orang" if edition.visitors else "",
            "skala": str(edition.get_scale_display()),
            "cakupan": str(edition.get_area_display()),
            "pemohon": applicant.name if applicant else "",
            "penanggung_jawab": applicant.contact if applicant else "",
            "telepon": applicant.phone if applicant else "",
            "jumlah_lampiran": f"{len(annexes_of(found))} lampiran",
        }
    return {name: value.strip() or BLANK for name, value in values.items()}


def weekdays(first: Any, last: Any) -> str:
    if first is None:
        return ""
    days = [date_format(day, "l") for day in (first, last or first)]
    return days[0] if first == (last or first) else f"{days[0]} s.d. {days[1]}"


def annexes_of(found: Application) -> list[Annex]:
    """The annexes as tables in Indonesian. Without a row the sentence stands in its place, in red."""
    return [_committee(found), _programme(found), _sites(found), _organisers(found), _papers(found)]


def _committee(found: Application) -> Annex:
    columns = [("Bagian", 2), ("Jabatan", 2), ("Nama", 3), ("Telepon", 2)]
    rows = [[_section(row), row.post or _led(row), str(row), row.shown_phone or "–"] for row in found.committee]
    return {"title": "Susunan panitia", "columns": columns, "rows": rows, "empty": "Susunan panitia belum diisi."}


def _section(row: Member) -> str:
    return row.section.name if row.section else "–"


def _led(row: Member) -> str:
    return "Ketua" if row.leads else "Anggota"


def _programme(found: Application) -> Annex:
    columns = [("Hari", 2), ("Pukul", 2), ("Acara", 4), ("Tempat", 3)]
    rows = [list(row) for row in found.programme]
    return {"title": "Rangkaian acara", "columns": columns, "rows": rows, "empty": "Rangkaian acara belum diisi."}


def _sites(found: Application) -> Annex:
    columns = [("Tempat", 3), ("Alamat", 3), ("Daya tampung", 2), ("Luas (m²)", 2), ("Titik", 2)]
    rows = [
        [site.name, address_of(site), _amount(site.capacity) or BLANK, _amount(site.area_m2) or "–", _point(site)]
        for site in found.sites
    ]
    title = "Tempat dan daya tampung"
    return {"title": title, "columns": columns, "rows": rows, "empty": "Tempat kegiatan belum diisi."}


def _amount(value: int | None) -> str:
    with translation.override("id"):
        return figure(value) if value else ""


def address_of(site: Site) -> str:
    district = f"Kec. {site.district}" if site.district else ""
    return ", ".join(part for part in (site.address, district, site.region.name) if part)


def _point(site: Site) -> str:
    return f"{site.latitude}, {site.longitude}" if site.latitude is not None else "–"


def _organisers(found: Application) -> Annex:
    columns = [("Penyelenggara", 3), ("Sebagai", 2), ("Narahubung", 2), ("Telepon", 2)]
    with translation.override("id"):
        rows = [
            [row.name, str(row.get_role_display()), row.contact or "–", row.phone or "–"] for row in found.organisers
        ]
    return {"title": "Penyelenggara", "columns": columns, "rows": rows, "empty": "Penyelenggara belum diisi."}


def _papers(found: Application) -> Annex:
    columns = [("Dokumen", 4), ("Keterangan", 2)]
    rows = [[row.document.text, _standing(row)] for row in found.checklist]
    rows += [[each.name, "terlampir"] for each in found.others]
    return {"title": "Dokumen pendukung", "columns": columns, "rows": rows, "empty": "Dokumen pendukung belum ada."}


def _standing(row: Needed) -> str:
    if row.files:
        return "terlampir"
    if row.document.proof == DocumentProof.LETTER:
        return "dalam surat ini"
    if row.document.proof:
        return "dalam lampiran" if row.proved else BLANK
    return ABSENT if row.document.required else "tidak dilampirkan"
