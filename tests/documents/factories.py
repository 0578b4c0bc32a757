"""Registers, papers and their data, for the tests of documents."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from copy import deepcopy
from datetime import date
from typing import Any

import pikepdf

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant
from enggang.documents.domain.documents import draft_document
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.documents.domain.letters import Draft, draft_letter, issue_letter
from enggang.documents.domain.registers import open_register, reserve_numbers
from enggang.documents.letters import letter_kinds
from enggang.documents.models import Document, Letter, Letterhead, Number, Register, Signatory
from enggang.documents.queries.wordings import shipped_wordings
from enggang.documents.rendering.certificate import sample
from enggang.places.models import Organisation
from tests.places.factories import organisation

DAY = date(2022, 11, 11)


def paper(**parts: Any) -> dict[str, Any]:
    """The sample certificate; a part given as a dict is merged into the sample's."""
    data: dict[str, Any] = deepcopy(dict(sample()))
    for name, value in parts.items():
        data[name] = {**data[name], **value} if isinstance(value, dict) else value
    return data


def curriculum(count: int, subject: str = "Mata pelatihan") -> list[dict[str, Any]]:
    return [{"subject": f"{subject} {number}", "jp": 1} for number in range(1, count + 1)]


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def pages(pdf: bytes) -> int:
    return len(opened(pdf).pages)


def text_of(pdf: bytes) -> str:
    """The text as a screen reader meets it, on one line."""
    command = ["pdftotext", "-raw", "-", "-"]
    out = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(out.replace("\u200b", "").split())


def organiser(of: Organisation) -> Actor:
    return Actor(ActorKind.USER, "user:organiser", grants=(Grant(Role.ORGANISER, of.path),))


def register(of: Organisation | None = None, **values: Any) -> Register:
    start: dict[str, Any] = {"key": "certificate", "name": "Sertifikat", "classification": "800", "unit": "DISPORAPAR"}
    return open_register(organisation=of or organisation(), actor=SYSTEM, **{**start, **values})


def number(of: Register | None = None) -> Number:
    return reserve_numbers(register=of or register(), count=1, on=DAY, actor=SYSTEM)[0]


def draft(taken: Number | None = None, **parts: Any) -> Document:
    taken = taken or number()
    data = paper(number=taken.text, **parts)
    return draft_document(number=taken, kind="certificate", data=data, specimen=data["specimen"], actor=SYSTEM)


LETTER_DAY = date(2026, 11, 12)


def letterhead(of: Organisation, **values: Any) -> Letterhead:
    start: dict[str, Any] = {"lines": "Pemerintah Contoh\nDinas Contoh", "city": "Pontianak", "valid_from": DAY}
    return add_letterhead(organisation=of, actor=SYSTEM, **{**start, **values})


def signatory(of: Organisation, **values: Any) -> Signatory:
    start: dict[str, Any] = {"post": "Kepala Dinas (contoh)", "name": "Contoh Pejabat", "valid_from": DAY}
    return add_signatory(organisation=of, actor=SYSTEM, **{**start, **values})


def drafted(of: Organisation | None = None, **values: Any) -> Letter:
    """An invitation to two offices, with a letterhead and a signatory of its own."""
    of = of or organisation()
    if not of.letterheads.exists():
        letterhead(of)
    start: dict[str, Any] = {
        "organisation": of,
        "wording": shipped_wordings()[0],
        "signatory": of.signatories.first() or signatory(of),
        "values": letter_kinds["invitation"].sample(),
        "addressees": [{"office": f"Kepala {name}", "organisation": f"Instansi {name}"} for name in "AB"],
    }
    return draft_letter(draft=Draft(**{**start, **values}), actor=SYSTEM)


def issued(of: Organisation | None = None, number: str = "005/1/DINAS/2026") -> Letter:
    return issue_letter(letter=drafted(of), dated=LETTER_DAY, number=number, actor=SYSTEM)


def png(width: int = 8, height: int = 8) -> bytes:
    """A whole picture of one colour."""
    rows = b"".join(b"\0" + b"\x78\x1e\x28" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
