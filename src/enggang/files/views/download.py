"""Handing out a private file: always as a download, never shown inside the product's own pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from enggang.audit.domain.trail import record_reading
from enggang.core.actor import actor_of
from enggang.files.enums import PERSONAL_PURPOSES
from enggang.files.models import StoredFile
from enggang.files.views.sending import send_file


@login_required
@require_GET
def download(request: HttpRequest, code: str) -> HttpResponseBase:
    """A refusal (damaged, deleted in time) becomes a page with its sentence; files full of people leave a trace."""
    actor = actor_of(request)
    stored = get_object_or_404(StoredFile.objects.visible_to(actor).select_related("subject"), subject__code=code)
    response = send_file(request, stored)
    if stored.purpose in PERSONAL_PURPOSES:
        subject = stored.subject
        record_reading(
            actor=actor, field="files.StoredFile.content", subject_code=subject.code,
            organisation_code=subject.organisation_code,
        )  # fmt: skip
    return response
