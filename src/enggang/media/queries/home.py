"""What waits in the library for whoever opens the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.media import rules
from enggang.media.enums import AssetState
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Contest
from enggang.media.queries.curation import waiting_for
from enggang.reviews.models import Sheet


def jury_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Contests whose works wait for the judgement of the actor, who need not see the library otherwise."""
    if actor.user_id is None:
        return []
    cards = []
    for contest in Contest.objects.filter(state=ContestState.JUDGING, jurors__user_id=actor.user_id).select_related(
        "subject"
    ):
        rows = contest.entries.exclude(review=None).select_related("asset__author")
        given = Sheet.objects.filter(review__in=rows.values("review"), judge_key=actor.key).values("review")
        if count := sum(not rules.is_own(actor, each.asset) for each in rows.exclude(review__in=given)):
            words = ngettext("%(n)s work waits for your judgement.", "%(n)s works wait for your judgement.", count)
            href = reverse("media:contest", args=[contest.code])
            cards.append({"title": contest.title, "text": words % {"n": count}, "href": href})
    return cards


def curation_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Works to be judged, and works handed in or accepted that wait for their keeper."""
    cards = []
    if rules.judges(actor) and (count := waiting_for(actor).count()):
        words = ngettext("%(n)s work waits for your judgement.", "%(n)s works wait for your judgement.", count)
        cards.append({"title": _("Judge works"), "text": words % {"n": count}, "href": reverse("media:review")})
    if actor.holds_somewhere(*rules.KEEPERS):
        rows = Asset.objects.kept_by(actor)
        for state, words in (
            (AssetState.SUBMITTED, _("Works handed in wait to be put before the judges: %(n)s.")),
            (AssetState.ACCEPTED, _("Accepted works wait to be published: %(n)s.")),
        ):
            if count := rows.filter(state=state).count():
                href = f"{reverse('media:table')}?state={state}"
                cards.append({"title": _("Media library"), "text": words % {"n": count}, "href": href})
    return cards
