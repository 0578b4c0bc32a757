"""The report of the demonstration's finished wave holds what the wave has, once its certificates are drawn."""

from __future__ import annotations

import pytest
from django.utils import translation

from enggang.core.actor import SYSTEM
from enggang.core.jobs import run_pending
from enggang.demo import reports
from enggang.demo.content import lay_down_programme
from enggang.demo.letters import lay_down_letters
from enggang.places.domain.reference import load_reference
from enggang.training.models import ReportVersion


@pytest.mark.django_db
@pytest.mark.once
def test_version_2_lacks_neither_certificates_nor_photos_nor_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PAUSE", 0.0)
    with translation.override("id"):
        load_reference(actor=SYSTEM)
        lay_down_programme()
        lay_down_letters()
        reports.lay_down_report()
    while run_pending():
        pass
    second = ReportVersion.objects.with_names().get(number=2)
    assert second.is_frozen
    parts = {each["key"]: each["parts"] for each in second.content["sections"]}
    here = ("certificates", "photos", "follow_up", "obstacles", "annex_certificate_list", "annex_letters")
    assert [key for key in here if "missing" in {part["kind"] for part in parts[key]}] == []
    assert "Sertifikat: isi bagian ini: kini ada." in " ".join(parts["changes"][0]["items"])
