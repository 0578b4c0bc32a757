"""What a participant's page says is still missing, with the forms that settle it; for the signed-in and the private page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from enggang.training.forms.asking import AnswersForm
from enggang.training.models import Registration
from enggang.training.queries.readiness import readiness


def asked_of(registration: Registration, token: str = "") -> dict[str, Any]:
    """The page's own part of the context; ``token`` is that of the private address, when there is one."""
    key = token or registration.code
    face = "seat" if token else "pocket"
    handed = {row.paper_id: row for row in registration.papers.select_related("file")}
    papers = [
        (paper, handed.get(paper.pk), reverse(f"training:{face}_upload", args=[key, paper.pk]))
        for paper in registration.wave.required_papers.all()
    ]
    return {
        "missing": readiness(registration).missing,
        "papers": papers,
        "answers_form": AnswersForm(registration=registration),
        "answers_action": reverse(f"training:{face}_answers", args=[key]),
    }
