"""Innovations of the agencies as visitors read them: a list, and one with what it does, what came of it and who copied it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from enggang.core.wordings import ORIGINAL
from enggang.innovation.models import Innovation
from enggang.innovation.queries.innovations import copies_of, origins_of, public_innovations
from enggang.portal.linked import CONTEXT, breadcrumbs
from enggang.portal.pages import public_page, show, whole

PER_PAGE, OTHERS = 18, 3


@public_page
def innovation_list(request: HttpRequest, language: str) -> HttpResponse:
    page = Paginator(public_innovations(), PER_PAGE).get_page(request.GET.get("hal"))
    context = {"page": page, "innovations": page.object_list}
    return show(request, "portal/innovations.html", context, language=language, name="innovations")


@public_page
def innovation(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Written in Indonesian alone: innovations have no wordings in other languages."""
    row = get_object_or_404(public_innovations(), subject__code=code)
    context = {
        "row": row, "copies": copies_of(row), "origins": origins_of(row),
        "others": public_innovations().filter(organisation=row.organisation).exclude(pk=row.pk)[:OTHERS],
        "facts": _facts(row, whole("innovation", language, code=code), language),
    }  # fmt: skip
    return show(
        request, "portal/innovation.html", context, language=language, name="innovation", languages=[ORIGINAL],
        about=row.code, code=code,
    )  # fmt: skip


def _facts(row: Innovation, url: str, language: str) -> list[dict[str, Any]]:
    agency = {"@type": "GovernmentOrganization", "name": str(row.organisation)}
    facts: dict[str, Any] = {
        "@context": CONTEXT, "@type": "Article", "headline": row.title, "description": row.idea, "url": url,
        "inLanguage": ORIGINAL, "datePublished": row.published_at.isoformat() if row.published_at else "",
        "dateModified": row.changed_at.isoformat(), "author": agency, "publisher": agency, "about": str(row.affair or ""),
    }  # fmt: skip
    if row.has_point:
        geo = {"@type": "GeoCoordinates", "latitude": row.latitude, "longitude": row.longitude}
        facts["contentLocation"] = {"@type": "Place", "geo": geo}
    crumbs = [(_("Innovations"), whole("innovations", language)), (row.title, url)]
    return [{key: value for key, value in facts.items() if value}, breadcrumbs(crumbs)]
