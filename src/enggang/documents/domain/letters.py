"""A letter's life: drafted, numbered from outside, drawn outside any transaction, frozen once, voided with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.canonical import canonical_bytes
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import keep_version, move
from enggang.documents import rules
from enggang.documents.domain.blocks import take_number
from enggang.documents.domain.letterheads import letterhead_for
from enggang.documents.domain.registers import needed
from enggang.documents.enums import LETTER_MOVES, LetterState
from enggang.documents.letters import LetterKind, letter_kinds
from enggang.documents.models import Letter, Letterhead, NumberBlock, Signatory
from enggang.documents.placeholders import filled
from enggang.documents.queries.wordings import Choice
from enggang.documents.rendering.docx_letter import render_docx
from enggang.documents.rendering.letter import check, check_blocks, render_letter
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.places.models import Organisation

LARGEST_SCAN = 10 * 1024 * 1024  # bytes
FURTHEST_AHEAD = timedelta(days=92)  # a letter cannot be changed afterwards: a slip in the year is caught before
SCANS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter is written from: whose, with which text, values, people and signatory."""

    organisation: Organisation
    wording: Choice
    signatory: Signatory
    values: dict[str, str]
    about: Subject | None = None
    addressees: Rows | None = None
    persons: Rows | None = None
    specimen: bool = False


@act("documents.draft_letter")
def draft_letter(*, draft: Draft, actor: Actor) -> Letter:
    """Write a draft: the wording with its placeholders replaced. The text can be changed until a number is given."""
    organisation, kind = draft.organisation, letter_kinds[draft.wording.kind]
    require(rules.may_issue(actor, organisation))
    blocks = {key: filled(text, draft.values) for key, text in draft.wording.blocks.items()}
    head = letterhead_for(organisation, clock.today(organisation.time_zone), draft.wording.kind)
    data: dict[str, Any] = {
        "kind": draft.wording.kind, "number": "", "date": "", "specimen": draft.specimen, "head": head_of(head),
        "signing": signing_of(draft.signatory), "blocks": check_blocks(kind, blocks),
    }  # fmt: skip
    data |= {"addressees": draft.addressees} if draft.addressees else {}
    data |= {"persons": draft.persons} if draft.persons else {}
    letter = Letter(
        organisation=organisation, about=draft.about, kind=draft.wording.kind, wording=draft.wording.ref,
        drawing=kind.layout.drawing, signatory=draft.signatory, specimen=draft.specimen, written_at=clock.now(),
    )  # fmt: skip
    _say(letter, data)
    letter.subject = Letter.new_subject(organisation.code)
    letter.save()
    record(kind=letter.kind, wording=letter.wording)
    return letter


def _say(letter: Letter, data: dict[str, Any]) -> None:
    """Set what the letter says, cleaned and in its one way of being written down."""
    clean: dict[str, Any] = dict(check(data))
    letter.data = canonical_bytes(clean)
    letter.title = (clean["blocks"].get("subject") or clean["blocks"].get("title") or letter.kind)[:300]


def head_of(head: Letterhead) -> dict[str, Any]:
    return {
        "lines": head.lines.splitlines(), "address": head.address.splitlines(), "city": head.city,
        "emblem": head.emblem.sha256[:16] + _suffix(head.emblem) if head.emblem else "",
    }  # fmt: skip


def _suffix(emblem: StoredFile) -> str:
    return ".png" if emblem.media_type == "image/png" else ".jpg"


def signing_of(row: Signatory) -> dict[str, Any]:
    return {"title": row.title_lines, "name": row.name, "rank": row.rank, "nip": row.nip}


@act("documents.change_letter")
def change_letter(
    *, letter: Letter, blocks: dict[str, str], signatory: Signatory, version: int, actor: Actor
) -> Letter:
    """Change a draft's text or signatory. Braces here are braces: the placeholders were replaced already."""
    require(rules.may_issue(actor, letter.organisation))
    if not letter.is_draft:
        raise Conflict(_("This letter has its number, so its text stays. Void it to write another one."))
    if signatory.organisation_id != letter.organisation_id:
        raise Conflict(_("Choose somebody who signs for your organisation."))
    keep_version(letter, version)
    content = letter.content
    content["blocks"] = check_blocks(letter_kinds[letter.kind], blocks)
    content["signing"] = signing_of(signatory)
    letter.signatory = signatory
    _say(letter, content)
    letter.save(update_fields=["data", "title", "signatory"])
    record(kind=letter.kind)
    return letter


@act("documents.drop_letter")
def drop_letter(*, letter: Letter, actor: Actor) -> Letter:
    """Throw a draft away. A letter with a number is voided instead."""
    require(rules.may_issue(actor, letter.organisation))
    record_subject(letter.subject)
    record(kind=letter.kind)
    if not Letter.objects.filter(pk=letter.pk, state=LetterState.DRAFT).delete()[0]:
        raise Conflict(_("This letter has its number: void it instead."))
    return letter


@act("documents.number_letter")
def number_letter(
    *, letter: Letter, dated: date, actor: Actor, number: str = "", block: NumberBlock | None = None
) -> Letter:
    """Give a draft its number and date, typed as they were given outside or taken from a block.

    Letterhead and signatory must be in force on that day. From here on the data never changes.
    Raises Conflict when the number is taken, the block is empty, or nobody may sign that day.
    """
    organisation = letter.organisation
    require(rules.may_issue(actor, organisation))
    if dated > clock.today(organisation.time_zone) + FURTHEST_AHEAD:
        raise Conflict(_("The date of the letter lies more than three months ahead. Look at the year."))
    if not letter.signatory.holds_on(dated):
        raise Conflict(
            _("%(signatory)s does not sign on that day. Choose another signatory, or another date.")
            % {"signatory": letter.signatory}
        )
    if block is not None and block.organisation_id != organisation.pk:
        raise Conflict(_("This block belongs to another organisation."))
    text = take_number(block) if block else " ".join(number.split())[:120]
    if not text:
        raise Conflict(_("Type the number that the letter was given, or choose a block of numbers."))
    content = letter.content
    content |= {"number": text, "date": dated.isoformat()}
    content["head"] = head_of(letterhead_for(organisation, dated, letter.kind))
    clean = check(content)
    with told(Letter):
        move(letter, LetterState.NUMBERED, moves=LETTER_MOVES, number=clean["number"], dated=dated, block=block,
             data=canonical_bytes(clean))  # fmt: skip
    record(number=text, block=block.pk if block else None)
    return letter


def emblem_of(letter: Letter) -> bytes:
    """The picture the letter's data names; empty when it has none."""
    return emblem_named(letter.content["head"]["emblem"], letter.organisation)


def emblem_named(name: str, organisation: Organisation) -> bytes:
    if not name:
        return b""
    rows = StoredFile.objects.filter(organisation=organisation, sha256__startswith=name[:16])
    stored = rows.filter(letterheads__isnull=False).first()
    return read_bytes(stored) if stored else b""


def draw_letter(letter: Letter) -> bytes:
    """The PDF: the same bytes however often it is asked once the letter has its number. Outside any transaction."""
    return render_letter(letter.content, path=letter.drawing, emblem=emblem_of(letter))


def letter_docx(letter: Letter) -> bytes:
    return render_docx(letter.content, emblem=emblem_of(letter))


def issue_letter(
    *, letter: Letter, dated: date, actor: Actor, number: str = "", block: NumberBlock | None = None
) -> Letter:
    """Number, draw and freeze. A letter whose drawing was cut off keeps its number and is frozen by ``freeze``."""
    numbered = number_letter(letter=letter, dated=dated, number=number, block=block, actor=actor)
    return freeze_letter(letter=numbered, pdf=draw_letter(numbered), actor=actor)


@act("documents.freeze_letter")
def freeze_letter(*, letter: Letter, pdf: bytes, actor: Actor) -> Letter:
    """Keep the drawn letter for ever. Safe to do twice with the same bytes; other bytes are a Conflict."""
    require(rules.may_issue(actor, letter.organisation))
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        move(letter, LetterState.FROZEN, moves=LETTER_MOVES, sha256=digest, frozen_at=clock.now())
    except Conflict:
        letter.refresh_from_db()
        if not letter.is_issued or letter.sha256 != digest:
            raise
        return letter
    letter.file = store_file(
        content=pdf, name=f"{letter.number.replace('/', '-')}.pdf", purpose=Purpose.LETTER,
        organisation=letter.organisation, media_type="application/pdf", actor=actor,
    )  # fmt: skip
    letter.save(update_fields=["file"])
    record(number=letter.number, sha256=digest)
    return letter


@act("documents.keep_scan")
def keep_scan(*, letter: Letter, content: bytes, actor: Actor) -> Letter:
    """Attach the scan of the signed copy; a better one replaces what is shown, the earlier file stays stored."""
    require(rules.may_issue(actor, letter.organisation))
    if not letter.is_issued:
        raise Conflict(_("Only an issued letter has a signed copy."))
    media_type, suffix = scan_kind(content)
    letter.scan = store_file(
        content=content, name=f"{letter.number.replace('/', '-')}-ttd.{suffix}", purpose=Purpose.LETTER,
        organisation=letter.organisation, media_type=media_type, actor=actor,
    )  # fmt: skip
    letter.save(update_fields=["scan"])
    record(size=len(content))
    return letter


def scan_kind(content: bytes) -> tuple[str, str]:
    """(media type, suffix) by what the content is, not by its name. Raises Conflict for anything else."""
    kind = next((kind for start, kind in SCANS.items() if content.startswith(start)), None)
    if kind is None:
        raise Conflict(_("This is not a PDF, JPEG or PNG file. Take a photo of the paper, or save it as PDF."))
    if len(content) > LARGEST_SCAN:
        raise Conflict(_("The file is larger than 10 MB. Scan it with a lower quality, then try again."))
    return kind


@act("documents.void_letter")
def void_letter(*, letter: Letter, reason: str, actor: Actor) -> Letter:
    """Void a letter that has a number. Number, data and file stay for the record.

    A block never hands its number out again; by hand the letter it really belongs to may still take it.
    """
    require(rules.may_issue(actor, letter.organisation))
    why = needed(reason)
    move(letter, LetterState.VOIDED, moves=LETTER_MOVES, void_reason=why, voided_at=clock.now())
    record(number=letter.number)
    return letter


def preview(organisation: Organisation, kind_code: str, blocks: dict[str, str], signatory: Signatory | None) -> bytes:
    """A PDF of a wording with sample values, under today's letterhead if there is one. Raises Conflict on bad text."""
    kind = letter_kinds[kind_code]
    today = clock.today(organisation.time_zone)
    rows = Letterhead.objects.filter(organisation=organisation).select_related("emblem")
    head = rows.on(today, kind_code).first()
    data = _sample(kind, kind_code, blocks)
    data["head"] = head_of(head) if head else {"lines": [organisation.name], "address": [], "city": "…", "emblem": ""}
    if signatory:
        data["signing"] = signing_of(signatory)
    return render_letter(data, emblem=read_bytes(head.emblem) if head and head.emblem else b"")


def _sample(kind: LetterKind, kind_code: str, blocks: dict[str, str]) -> dict[str, Any]:
    """Invented data; marked as a specimen."""
    who = {"name": "Contoh Pegawai", "nip": "", "rank": "Penata (III/c)", "post": "Analis (contoh)", "task": "Panitia"}
    whom = {"office": "Kepala Dinas (contoh)", "organisation": "Instansi Contoh"}
    people = {"persons": [who, who]} if kind.layout.names_people else {"addressees": [whom]}
    return {
        "kind": kind_code, "number": "000/CONTOH", "date": "2022-11-07", "specimen": True,
        "signing": {"title": ["Kepala Dinas (contoh)"], "name": "Contoh Pejabat", "rank": "", "nip": ""},
        "blocks": check_blocks(kind, {key: filled(text, kind.sample()) for key, text in blocks.items()}), **people,
    }  # fmt: skip
