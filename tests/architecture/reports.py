"""An activity report with a frozen version for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core.actor import SYSTEM
from enggang.training.domain import reports as acts
from enggang.training.models import ReportPhoto, ReportPoint, ReportVersion, Wave
from tests.training.uploads import arrived, png


def report_of(wave: Wave) -> None:
    """An obstacle, a photo, and version 1. Its files are not drawn: who may have them does not depend on it."""
    acts.add_report_point(wave=wave, kind="obstacle", text="Hujan", actor=SYSTEM)
    upload = arrived(acts.photo_ticket(wave, SYSTEM), SYSTEM, png(), "a.png")
    acts.bring_photo(wave=wave, code=upload.code, caption="Praktik", alt="Peserta memotret", actor=SYSTEM)
    version = acts.make_version(wave=wave, reason="", actor=SYSTEM)
    acts.freeze_report(version=version, pdf=b"%PDF-1.7", docx=b"PK", actor=SYSTEM)


def point(side: Any) -> dict[str, Any]:
    return {"code": side.wave.code, "what": "butir", "row_id": ReportPoint.objects.get(report__wave=side.wave).pk}


def photo(side: Any) -> dict[str, Any]:
    return {"code": side.wave.code, "row_id": ReportPhoto.objects.get(report__wave=side.wave).pk}


def version(side: Any, **more: str) -> dict[str, Any]:
    return {"code": ReportVersion.objects.get(report__wave=side.wave).code, **more}
