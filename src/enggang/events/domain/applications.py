"""The application for a permit: a letter with its annexes, written from what is on record."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.documents.canonical import canonical_bytes
from enggang.documents.domain.letterheads import letterhead_for
from enggang.documents.domain.letters import Draft, draft_letter, emblem_named, head_of, signing_of
from enggang.documents.models import Letter, Signatory
from enggang.documents.queries.wordings import Choice
from enggang.documents.rendering.docx_report import render_report_docx
from enggang.documents.rendering.report import check, render_report
from enggang.documents.rendering.wording import long_date
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import Permit
from enggang.events.queries.applications import annexes_of, application_of, missing_of, values_of

SPECIMEN = "SPESIMEN"


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
    """What the annexes say now; once it was submitted, what they said then."""
    if permit.annex:
        frozen: dict[str, Any] = json.loads(bytes(permit.annex))
        return frozen
    found = application_of(permit)
    edition, letter = permit.edition, permit.letter
    today = clock.today(edition.time_zone)
    head = head_of(letterhead_for(edition.organisation, letter.dated or today if letter else today, "permit"))
    number = letter.number if letter and letter.number else "(nomor surat belum ada)"
    data = {
        "title": "Lampiran surat permohonan izin",
        "subtitle": [str(edition), f"Nomor surat: {number}"],
        "head": head,
        "mark": SPECIMEN if edition.specimen else "",
        "version": 0 if permit.is_waiting else 1,
        "as_of": f"Keadaan data {long_date(today)}",
        "day": (letter.dated if letter and letter.dated else today).isoformat(),
        "sections": annexes_of(found),
    }
    if letter:
        data["signing"] = signing_of(letter.signatory)
    clean: dict[str, Any] = dict(check(data))
    return clean


def annex_pdf(permit: Permit) -> bytes:
    """Outside any transaction. Raises Refused without a letterhead, or when no font has a character."""
    data = annex_data(permit)
    return render_report(data, emblem=emblem_named(data["head"]["emblem"], permit.edition.organisation))


def annex_docx(permit: Permit) -> bytes:
    data = annex_data(permit)
    return render_report_docx(data, emblem=emblem_named(data["head"]["emblem"], permit.edition.organisation))


@act("events.freeze_annex")
def freeze_annex(*, permit: Permit, actor: Actor) -> Permit:
    """Keep what the annexes say, as they go to the office with the letter."""
    require(rules.may_manage(actor, permit.edition.organisation))
    data = canonical_bytes({**annex_data(permit), "version": 1})
    Permit.objects.filter(pk=permit.pk).update(annex=data)
    permit.annex = data
    record(size=len(data))
    return permit
