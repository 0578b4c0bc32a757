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
from enggang.media.models import Asset
from enggang.media.queries.curation import waiting_for


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
