"""The rows a page about letters is about, found through what the actor may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from enggang.core.actor import actor_of
from enggang.documents import rules
from enggang.documents.models import Letter, LetterTemplate
from enggang.places.models import Organisation


def find_office(request: HttpRequest, code: str, *, issues: bool = False) -> Organisation:
    """An organisation whose letters the actor may read, or with ``issues`` write; for anybody else it is not there."""
    actor = actor_of(request)
    row = get_object_or_404(Organisation.objects.visible_to(actor).select_related("subject"), subject__code=code)
    if not (rules.may_issue(actor, row) if issues else rules.may_read(actor, row)):
        raise Http404
    return row


def find_letter(request: HttpRequest, code: str, *, issues: bool = False) -> Letter:
    actor = actor_of(request)
    letter = get_object_or_404(Letter.objects.visible_to(actor).with_names(), subject__code=code)
    if issues and not rules.may_issue(actor, letter.organisation):
        raise Http404
    return letter


def find_template(request: HttpRequest, code: str, *, issues: bool = False) -> LetterTemplate:
    actor = actor_of(request)
    rows = LetterTemplate.objects.visible_to(actor).select_related("subject", "organisation__subject")
    row = get_object_or_404(rows.prefetch_related("versions"), subject__code=code)
    if issues and not rules.may_issue(actor, row.organisation):
        raise Http404
    return row


def file_response(content: bytes, name: str) -> HttpResponse:
    """Always as a download, never shown inside the product's own pages."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response


def pdf_response(content: bytes, name: str) -> HttpResponse:
    response = file_response(content, name)
    response["Content-Type"] = "application/pdf"
    return response
