"""Stories as visitors read them: a list, and one with its photos, its map and the cards of what it tells of."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.models import Event
from enggang.events.queries.pages import Face, chosen, face_of, shown_editions
from enggang.media.queries.photos import image_object
from enggang.portal.languages import address
from enggang.portal.linked import CONTEXT, breadcrumbs
from enggang.portal.pages import public_page, show, whole
from enggang.stories.enums import BlockKind
from enggang.stories.models import Story, StoryAddress
from enggang.stories.queries.stories import StoryPage, page_of, story_cards

PER_PAGE, OTHERS, EVENTS, IMAGES = 18, 3, 6, 6


@public_page
def story_list(request: HttpRequest, language: str) -> HttpResponse:
    page = Paginator(Story.objects.published().with_names(), PER_PAGE).get_page(request.GET.get("hal"))
    context = {"page": page, "stories": story_cards(list(page.object_list), language)}
    return show(request, "portal/stories.html", context, language=language, name="stories")


@public_page
def story(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    row = Story.objects.published().with_names().filter(slug=slug).first()
    if row is None:
        old = get_object_or_404(StoryAddress.objects.filter(story__in=Story.objects.published()), slug=slug)
        return HttpResponsePermanentRedirect(address("story", language, slug=old.story.slug))
    page = page_of(row, language)
    others = Story.objects.published().with_names().exclude(pk=row.pk)[:OTHERS]
    context = {
        "page": page, "row": row, "facts": _facts(page, whole("story", language, slug=slug), language),
        "event_cards": events_of(page, language), "card_template": "portal/destination_card.html", "event_template": "portal/event_card.html",
        "others": story_cards(list(others), language),
    }  # fmt: skip
    return show(
        request,
        "portal/story.html",
        context,
        language=language,
        name="story",
        languages=page.languages,
        about=row.code,
        slug=slug,
    )


def events_of(page: StoryPage, language: str) -> list[Face]:
    """The edition of each event that comes next, where everybody may know one."""
    codes = [part.about for part in page.parts if part.kind == BlockKind.EVENT][:EVENTS]
    rows = (
        Event.objects.with_names().filter(subject__code__in=codes, pk__in=shown_editions().values("event"))
        if codes
        else []
    )
    faces = [chosen(face_of(row, language).editions, clock.today()) for row in rows]
    return [face for face in faces if face]


def _facts(page: StoryPage, url: str, language: str) -> list[dict[str, Any]]:
    row = page.story
    photos = [*([page.cover] if page.cover else []), *(photo for part in page.parts for photo in part.photos)]
    images = [image_object(photo) for photo in {photo.code: photo for photo in photos}.values()][:IMAGES]
    facts: dict[str, Any] = {
        "@context": CONTEXT, "@type": "Article", "headline": page.title.text, "description": page.summary.text, "url": url,
        "inLanguage": page.title.language, "datePublished": row.published_at.isoformat() if row.published_at else "",
        "dateModified": row.changed_at.isoformat(), "image": images,
        "author": {"@type": "Organization", "name": row.byline or str(row.organisation)},
        "publisher": {"@type": "Organization", "name": str(row.organisation)},
    }  # fmt: skip
    crumbs = [(_("Stories"), whole("stories", language)), (page.title.text, url)]
    return [{key: value for key, value in facts.items() if value}, breadcrumbs(crumbs)]
