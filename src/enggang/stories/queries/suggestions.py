"""What is read of proposals of the public: which desk takes one, what waits, the concept that an event may grow from."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import ConceptPart, EventConcept
from enggang.places.enums import RegionLevel
from enggang.places.models import Region
from enggang.places.models.organisation import below_any
from enggang.places.models.region import RegionQuerySet
from enggang.stories import rules
from enggang.stories.enums_suggestions import Suggested, SuggestionState
from enggang.stories.models import Suggestion, SuggestionDesk
from enggang.stories.models.suggestion import SuggestionQuerySet

ORIGIN = gettext_lazy("It grew from a proposal of the public.")
CODE_GROUP = 4


def open_desks() -> list[SuggestionDesk]:
    return list(SuggestionDesk.objects.filter(is_open=True).select_related("organisation__subject"))


def desk_for(region: Region) -> SuggestionDesk | None:
    """The desk of that regency, else that of its province, else of an agency without a region; None: nobody takes it."""
    desks = {desk.organisation.region_id or "": desk for desk in reversed(open_desks())}
    return next((desks[code] for code in (region.pk, region.pk[:2], "") if code in desks), None)


def regions_taken() -> RegionQuerySet:
    """The regencies and cities for which an open desk takes proposals: what is to be chosen on the form."""
    codes = {desk.organisation.region_id or "" for desk in open_desks()}
    rows = Region.objects.for_choice().filter(level=RegionLevel.REGENCY).order_by("code")
    return rows if "" in codes else rows.filter(Q(pk__in=codes) | Q(parent__in=codes))


def concept_of(code: str, actor: Actor) -> EventConcept | None:
    """An accepted event, for who reads proposals of that agency. No name and no number of whoever proposed it."""
    row = Suggestion.objects.visible_to(actor).filter(subject__code=code).first()
    if row is None or row.what != Suggested.EVENT or row.state != SuggestionState.ACCEPTED:
        return None
    said = (
        ("purpose", _("Description"), row.description),
        ("place", _("Where"), row.place),
        ("time", _("When"), row.when),
    )
    parts = [ConceptPart(key, label, text) for key, label, text in said if text]
    url = reverse("stories:suggestion", args=[code])
    return EventConcept(row.subject_id, row.name, parts, url, region_id=row.region_id)


def growths_of(row: Suggestion, actor: Actor) -> list[tuple[Any, str, list[tuple[str, str]]]]:
    """What may grow from an accepted event: label, where that begins, and what has grown already."""
    if row.what != Suggested.EVENT or row.state != SuggestionState.ACCEPTED:
        return []
    return [
        (each.label, each.start(row.code) if each.show(actor) else "", each.grown(row.subject_id, actor))
        for each in registries.growths
    ]


def same_of(row: Suggestion) -> SuggestionQuerySet:
    """Other proposals of the same name in the same regency: perhaps the same thing."""
    rows = Suggestion.objects.filter(region=row.region_id, what=row.what, name_key=row.name_key).exclude(pk=row.pk)
    return rows.with_names().exclude(state=SuggestionState.WITHDRAWN)


def suggestion_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    paths = actor.paths(*rules.WRITERS)
    if not paths:
        return []
    found = Suggestion.objects.filter(below_any(paths, "organisation__path")).aggregate(
        waiting=Count("pk", filter=Q(state=SuggestionState.CONFIRMED)),
        calls=Count("pk", filter=Q(state=SuggestionState.SENT, email="")),
        untold=Count("pk", filter=Q(decided_at__isnull=False, told_at=None)),
    )
    return [card for card in map(_card, found.items()) if card]


def _card(found: tuple[str, int]) -> dict[str, Any] | None:
    what, count = found
    if not count:
        return None
    words = {
        "waiting": ngettext("%(n)d proposal of the public waits for a decision", "%(n)d proposals of the public wait for a decision", count),
        "calls": ngettext("%(n)d proposer waits for your call", "%(n)d proposers wait for your call", count),
        "untold": ngettext("%(n)d proposer has not been told yet", "%(n)d proposers have not been told yet", count),
    }  # fmt: skip
    return {
        "title": words[what] % {"n": count},
        "href": f"{reverse('stories:suggestions')}?perlu={what}",
        "tone": "info",
    }
