"""The pictures that a messenger shows beside a link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.pages import Face, chosen, face_of
from enggang.portal.cards import CardWords, card_of, is_drawable
from enggang.portal.pages import public_page
from enggang.portal.queries.feed import place_of
from enggang.portal.views.events import find_event
from enggang.stories.models import Story
from enggang.stories.queries.stories import page_of


@public_page
def event_card(request: HttpRequest, language: str, slug: str, key: str) -> HttpResponse:
    face = chosen(face_of(find_event(slug), language).editions, clock.today(), key)
    if face is None:
        raise Http404
    return HttpResponse(card_of(words_of(face)), content_type="image/png")


@public_page
def story_card(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    row = get_object_or_404(Story.objects.published().with_names(), slug=slug)
    title = page_of(row, language).title.text
    words = CardWords(
        title=title if is_drawable(title) else row.title, days="", place=row.region.name if row.region else "",
        kind=_("Story"),
    )  # fmt: skip
    return HttpResponse(card_of(words), content_type="image/png")


def words_of(face: Face) -> CardWords:
    edition, event = face.edition, face.edition.event
    name = face.name.text if is_drawable(face.name.text) else event.name
    moved = face.history.was if edition.starts_on and not edition.is_cancelled else None
    return CardWords(
        title=name, days=days_in_words(edition.starts_on, edition.ends_on) or _("Days to be announced"),
        place=place_of(face), kind=str(event.get_kind_display()), was=days_in_words(moved, None), news=_news(face),
    )  # fmt: skip


def _news(face: Face) -> str:
    if face.edition.is_cancelled:
        return _("Called off")
    return _("New days") if face.history.previous else ""
