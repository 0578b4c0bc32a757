"""Registers, papers and their data, for the tests of documents."""

from __future__ import annotations

import io
import subprocess
from copy import deepcopy
from datetime import date
from typing import Any

import pikepdf

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant
from enggang.documents.domain.documents import draft_document
from enggang.documents.domain.registers import open_register, reserve_numbers
from enggang.documents.models import Document, Number, Register
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
