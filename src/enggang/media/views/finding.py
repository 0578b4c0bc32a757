"""The rows a page of the library is about, found through what the actor may see."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.core.actor import Actor, actor_of
from enggang.media import rules
from enggang.media.models import Asset
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any

MOST_HOMES = 50


def find_asset(request: HttpRequest, code: str) -> Asset:
    return get_object_or_404(Asset.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def find_described_asset(request: HttpRequest, code: str) -> Asset:
    asset = find_asset(request, code)
    if not rules.may_describe(actor_of(request), asset):
        raise Http404
    return asset


def homes(actor: Actor) -> list[Organisation]:
    """The agencies to whose libraries the actor brings: those where the right is held, not all below them."""
    paths = actor.paths(*rules.CONTRIBUTORS)
    rows = Organisation.objects.select_related("subject").order_by("name")
    found = rows.filter(parent=None) if "/" in paths else rows.filter(path__in=paths)
    return list(found[:MOST_HOMES])


def libraries(actor: Actor) -> list[Organisation]:
    """The homes, and what the actor keeps below them wherever works are: those with works come first, for what is begun
    with works (a collection, a consent, a contest) is always of the agency that has them."""
    held = homes(actor)
    rows = Organisation.objects.select_related("subject").annotate(
        has_works=Exists(Asset.objects.filter(organisation=OuterRef("pk")))
    )
    kept = rows.filter(below_any(actor.paths(*rules.KEEPERS)), has_works=True).order_by("name")[:MOST_HOMES]
    filled = {row.pk: row for row in kept}
    return [*filled.values(), *(row for row in held if row.pk not in filled)]


def kept_libraries(actor: Actor) -> list[Organisation]:
    return [home for home in libraries(actor) if rules.may_keep(actor, home)]


def find_home(actor: Actor, code: str) -> Organisation:
    found = get_object_or_404(Organisation.objects.select_related("subject"), subject__code=code)
    if not rules.may_contribute(actor, found):
        raise Http404
    return found


def find_keeper_home(actor: Actor, code: str) -> Organisation:
    """The agency asked for, else the first whose library the actor keeps."""
    rows = Organisation.objects.select_related("subject")
    if code:
        found = get_object_or_404(rows, subject__code=code)
        if not rules.may_keep(actor, found):
            raise Http404
        return found
    kept = kept_libraries(actor)
    if not kept:
        raise Http404
    return kept[0]
