"""Handing out a private file: always as a download, never shown inside the product's own pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from enggang.audit.domain.trail import record_reading
from enggang.core.actor import actor_of
from enggang.files.domain.storing import read_bytes
from enggang.files.enums import PERSONAL_PURPOSES
from enggang.files.models import StoredFile


@login_required
@require_GET
def download(request: HttpRequest, code: str) -> HttpResponse:
    """A refusal (damaged, deleted in time) becomes a page with its sentence; files full of people leave a trace."""
    actor = actor_of(request)
    stored = get_object_or_404(StoredFile.objects.visible_to(actor).select_related("subject"), subject__code=code)
    content = read_bytes(stored)
    if stored.purpose in PERSONAL_PURPOSES:
        subject = stored.subject
        record_reading(
            actor=actor, field="files.StoredFile.content", subject_code=subject.code,
            organisation_code=subject.organisation_code,
        )  # fmt: skip
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
