"""Collections and contests as everybody sees them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from enggang.core import clock
from enggang.core.public import read_by_all
from enggang.media.models import Asset, Collection, Contest
from enggang.media.queries.credit import address
from enggang.media.queries.gallery import covers, public_collections, works_in
from enggang.media.queries.gate import shown
from enggang.media.views.public import Gone, gone_told

PER_PAGE = 24
WORKS_PER_PAGE = 48


@read_by_all
def collection_list(request: HttpRequest, language: str) -> HttpResponse:
    page = Paginator(public_collections(), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    pictures = covers(rows)
    lines = [(row, row.text_in(language), pictures.get(row.pk)) for row in rows]
    return render(request, "media/gallery_collections.html", {"page_obj": page, "lines": lines})


@read_by_all
@gone_told
def collection(request: HttpRequest, language: str, code: str) -> HttpResponseBase:
    rows = Collection.objects.select_related("subject", "organisation", "region").prefetch_related("texts")
    row = get_object_or_404(rows.exclude(first_published_at=None), subject__code=code)
    if not row.is_public:
        raise Gone
    works = works_in(row)
    page = Paginator(works, WORKS_PER_PAGE).get_page(request.GET.get("page"))
    chosen = works.filter(asset=row.cover_id).first() or works.first()
    cover = chosen.asset if chosen else None
    context = {
        "collection": row, "text": row.text_in(language), "page_obj": page,
        "works": [each.asset for each in page], "cover": cover,
        "page_url": address("collection", code),
        "card_url": address("rendition", cover.code, "medium", "jpeg") if cover else "",
    }  # fmt: skip
    return render(request, "media/gallery_collection.html", context)


@read_by_all
def contest_list(request: HttpRequest, language: str) -> HttpResponse:
    rows = Contest.objects.announced().select_related("subject", "organisation")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "media/gallery_contests.html",
        {"page_obj": page, "lines": [(row, row.phase_on(clock.today())) for row in page]},
    )


@read_by_all
def contest(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The call; once it is announced, the winners, of whom a picture is seen only behind the gate."""
    rows = Contest.objects.announced().select_related("subject", "organisation", "rubric")
    row = get_object_or_404(rows, subject__code=code)
    if row.rubric is None:
        raise Http404
    winners = []
    if row.is_announced:
        entries = row.entries.filter(rank__lte=row.winners).select_related("asset__subject", "asset__author")
        seen = set(shown(Asset.objects.filter(entries__contest=row)).values_list("pk", flat=True))
        winners = [(entry, entry.asset_id in seen) for entry in entries]
    today = clock.today(row.organisation.time_zone)
    context = {
        "contest": row, "winners": winners, "criteria": list(row.rubric.criteria.all()),
        "is_open": row.takes_entries(today), "phase": row.phase_on(today), "count": row.entries.count(),
    }  # fmt: skip
    return render(request, "media/gallery_contest.html", context)
