"""The application for a permit: a letter with its annexes, written from what is on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.canonical import canonical_bytes
from enggang.core.text import Absent
from enggang.documents.domain.letterheads import letterhead_for
from enggang.documents.domain.letters import Draft, draft_letter, emblem_named, head_of, signing_of
from enggang.documents.models import Letter, Signatory
from enggang.documents.queries.wordings import Choice
from enggang.documents.rendering.docx_listing import render_listing_docx
from enggang.documents.rendering.listing import Column, Listing, Section, render_listing
from enggang.documents.rendering.wording import long_date
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.letter_kinds import PERMIT
from enggang.events.models import Permit
from enggang.events.queries.applications import Annex, annexes_of, application_of, missing_of, values_of
from enggang.events.queries.missing import ABSENT, BLANK

SPECIMEN, TITLE = "SPESIMEN", "Lampiran surat permohonan izin"


@act("events.write_application")
def write_application(
    *, permit: Permit, wording: Choice, signatory: Signatory, actor: Actor, despite: bool = False
) -> Letter:
    """Draft the letter to the office. Raises Conflict, naming what is missing, unless ``despite`` is said; without
    the days or the office no letter is written at all."""
    edition = permit.edition
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    found = application_of(permit)
    missing = missing_of(found)
    if stops := [row.text for row in missing if row.blocks]:
        raise Conflict(_("The letter cannot be written yet: %(missing)s") % {"missing": " ".join(stops)})
    if missing and not despite:
        raise Conflict(
            _("Something is missing, as the red list says. Complete it, or tick that it is written all the same.")
        )
    draft = Draft(
        organisation=edition.organisation, wording=wording, signatory=signatory, values=values_of(found),
        about=permit.subject, addressees=[{"office": _to(permit), "organisation": ""}], specimen=edition.specimen,
    )  # fmt: skip
    letter = draft_letter(draft=draft, actor=actor)
    Permit.objects.filter(pk=permit.pk).update(letter=letter)
    permit.letter = letter
    record_subject(permit.subject)
    record(missing=len(missing))
    return letter


def _to(permit: Permit) -> str:
    """«Kepala» belongs before the name of a police office; other offices are written as they were typed."""
    office = permit.office
    return f"Kepala {office}" if office.startswith(("Polsek", "Polres", "Polda")) else office


def annex_data(permit: Permit) -> dict[str, Any]:
    """What the annexes say now; once it was submitted, what they said then. Plain JSON."""
    if permit.annex:
        frozen: dict[str, Any] = json.loads(bytes(permit.annex))
        return frozen
    edition, letter = permit.edition, permit.letter
    today = clock.today(edition.time_zone)
    day = letter.dated if letter and letter.dated else today
    dated = f"tanggal {long_date(letter.dated)}" if letter and letter.dated else ""
    number = letter.number if letter and letter.number else "(nomor surat belum ada)"
    return {
        "about": [str(edition), f"Nomor surat: {number} {dated}".strip(), *([SPECIMEN] if edition.specimen else [])],
        "head": head_of(letterhead_for(edition.organisation, day, PERMIT)),
        "signing": signing_of(letter.signatory) if letter else None,
        "day": day.isoformat(),
        "annexes": annexes_of(application_of(permit)),
    }


def _listing(data: dict[str, Any]) -> Listing:
    sections = [_table(number, each) for number, each in enumerate(data["annexes"], 1)]
    day = date.fromisoformat(data["day"])
    return Listing(TITLE, data["about"], data["head"], sections, day, signing=data["signing"])


def _table(number: int, annex: Annex) -> Section:
    title = f"Lampiran {number}. {annex['title']}"
    if not annex["rows"]:
        return Section(title, [Column("Keterangan")], [[Absent(annex["empty"])]])
    columns = [Column(label, width=width) for label, width in annex["columns"]]
    rows = [[Absent(cell) if cell in {BLANK, ABSENT} else cell for cell in row] for row in annex["rows"]]
    return Section(title, columns, rows)


def annex_pdf(permit: Permit) -> bytes:
    """Outside any transaction. Raises Refused without a letterhead, or when no font has a character."""
    return _drawn(permit, render_listing)


def annex_docx(permit: Permit) -> bytes:
    return _drawn(permit, render_listing_docx)


def _drawn(permit: Permit, render: Callable[..., bytes]) -> bytes:
    """An official paper: Indonesian whatever the language of the screen."""
    data = annex_data(permit)
    with translation.override("id"):
        return render(_listing(data), emblem=emblem_named(data["head"]["emblem"], permit.edition.organisation))


@act("events.freeze_annex")
def freeze_annex(*, permit: Permit, actor: Actor) -> Permit:
    """Keep what the annexes say, as they go to the office with the letter."""
    require(rules.may_manage(actor, permit.edition.organisation))
    data = canonical_bytes(annex_data(permit))
    Permit.objects.filter(pk=permit.pk).update(annex=data)
    permit.annex = data
    record(size=len(data))
    return permit
