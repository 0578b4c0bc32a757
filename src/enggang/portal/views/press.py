"""Press releases as newsrooms read them: a list, one with its photos to be fetched, and the text as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from enggang.media.queries.photos import image_object
from enggang.portal.languages import address
from enggang.portal.linked import CONTEXT, breadcrumbs
from enggang.portal.pages import public_page, show, whole
from enggang.portal.views.stories import IMAGES, events_of
from enggang.stories.models import Story, StoryAddress
from enggang.stories.queries.press import photos_of, release_docx
from enggang.stories.queries.stories import StoryPage, page_of, story_cards

PER_PAGE = 18
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@public_page
def release_list(request: HttpRequest, language: str) -> HttpResponse:
    page = Paginator(Story.objects.press().with_names(), PER_PAGE).get_page(request.GET.get("hal"))
    context = {"page": page, "releases": story_cards(list(page.object_list), language)}
    return show(request, "portal/releases.html", context, language=language, name="releases")


@public_page
def release(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    row = Story.objects.press().with_names().filter(slug=slug).first()
    if row is None:
        old = get_object_or_404(StoryAddress.objects.filter(story__in=Story.objects.press()), slug=slug)
        return HttpResponsePermanentRedirect(address("release", language, slug=old.story.slug))
    page = page_of(row, language)
    context = {
        "page": page, "row": row, "photos": photos_of(page), "facts": _facts(page, whole("release", language, slug=slug), language),
        "event_cards": events_of(page, language), "card_template": "portal/destination_card.html", "event_template": "portal/event_card.html",
    }  # fmt: skip
    return show(
        request, "portal/release.html", context, language=language, name="release", languages=page.languages, about=row.code,
        slug=slug,
    )  # fmt: skip


@public_page
def release_file(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    row = get_object_or_404(Story.objects.press().with_names(), slug=slug)
    response = HttpResponse(release_docx(row, language), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{row.slug}-{language}.docx") or "attachment"
    return response


def _facts(page: StoryPage, url: str, language: str) -> list[dict[str, Any]]:
    row = page.story
    facts: dict[str, Any] = {
        "@context": CONTEXT, "@type": "NewsArticle", "headline": page.title.text, "description": page.summary.text, "url": url,
        "inLanguage": page.title.language, "datePublished": row.published_at.isoformat() if row.published_at else "",
        "dateModified": row.changed_at.isoformat(), "image": [image_object(photo) for photo in photos_of(page)[:IMAGES]],
        "author": {"@type": "Organization", "name": str(row.organisation)},
        "publisher": {"@type": "Organization", "name": str(row.organisation)},
    }  # fmt: skip
    crumbs = [(_("Press releases"), whole("releases", language)), (page.title.text, url)]
    return [{key: value for key, value in facts.items() if value}, breadcrumbs(crumbs)]
