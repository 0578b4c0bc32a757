"""What a participant's page says is still missing, with the forms that settle it; for the signed-in and the private page."""

from __future__ import annotations

from typing import Any

from django.forms import model_to_dict
from django.urls import reverse

from enggang.training.forms.absences import AbsenceForm
from enggang.training.forms.asking import AnswersForm
from enggang.training.forms.travel import TravelWishForm
from enggang.training.models import Registration, TravelWish
from enggang.training.queries.absences import letters_of
from enggang.training.queries.assignments import line_of
from enggang.training.queries.own_surveys import own_surveys
from enggang.training.queries.own_tests import own_tests
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
    assignment = line_of(registration) if registration.is_seated else None
    wish = TravelWish.objects.filter(registration=registration).first()
    return {
        "assignment": assignment,
        "missing": readiness(registration).missing,
        "papers": papers,
        "own_tests": own_tests(registration) if registration.is_seated else [],
        "seen_by_staff": registration.subject.capability_links.filter(handed_out=True, revoked_at=None).first(),
        "own_surveys": own_surveys(registration) if registration.is_seated else [],
        "answers_form": AnswersForm(registration=registration),
        "absence_form": AbsenceForm(registration=registration, auto_id="izin-%s"),
        "absence_action": reverse(f"training:{face}_absence", args=[key]),
        "letters": letters_of(registration),
        "travel_wish": wish,
        "travel_form": TravelWishForm(initial=model_to_dict(wish) if wish else {}, auto_id="jalan-%s"),
        "travel_action": reverse(f"training:{face}_travel", args=[key]),
        "answers_action": reverse(f"training:{face}_answers", args=[key]),
    }
