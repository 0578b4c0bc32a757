"""The rows a page of events is about, found through what the actor may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.core.actor import actor_of
from enggang.events import rules
from enggang.events.models import Booking, CurationProposal, CurationRound, Edition, Event, Part, Permit, Site


def find_event(request: HttpRequest, code: str, *, managed: bool = False) -> Event:
    rows = Event.objects.managed_by(actor_of(request)) if managed else Event.objects.visible_to(actor_of(request))
    return get_object_or_404(rows.with_names(), subject__code=code)


def find_edition(request: HttpRequest, code: str) -> Edition:
    return get_object_or_404(Edition.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def find_inside(request: HttpRequest, code: str) -> Edition:
    """One whose permits, papers and money the actor may read."""
    return get_object_or_404(Edition.objects.inside(actor_of(request)).with_names(), subject__code=code)


def find_managed_edition(request: HttpRequest, code: str) -> Edition:
    return get_object_or_404(Edition.objects.managed_by(actor_of(request)).with_names(), subject__code=code)


def find_decided_edition(request: HttpRequest, code: str) -> Edition:
    """One that the actor takes through gates, as organiser or as curator."""
    edition, actor = find_inside(request, code), actor_of(request)
    if not (rules.may_manage(actor, edition.organisation) or rules.may_curate(actor, edition)):
        raise Http404
    return edition


def find_site(edition: Edition, site_id: int) -> Site:
    site = get_object_or_404(edition.sites.select_related("region").defer("region__outline"), pk=site_id)
    site.edition = edition
    return site


def find_permit(request: HttpRequest, code: str, *, managed: bool = False) -> Permit:
    rows = Permit.objects.managed_by(actor_of(request)) if managed else Permit.objects.visible_to(actor_of(request))
    return get_object_or_404(rows.with_names(), subject__code=code)


def find_round(request: HttpRequest, code: str, *, managed: bool = False) -> CurationRound:
    rows = CurationRound.objects
    found = rows.curated_by(actor_of(request)) if managed else rows.visible_to(actor_of(request))
    return get_object_or_404(found.with_names(), subject__code=code)


def find_proposal(request: HttpRequest, code: str, *, curated: bool = False) -> CurationProposal:
    """One that the actor may read; ``curated``: one that they decide about."""
    found = get_object_or_404(CurationProposal.objects.visible_to(actor_of(request)).with_names(), subject__code=code)
    if curated and not rules.may_hold_round(actor_of(request), found.round.organisation):
        raise Http404
    return found


def find_part(request: HttpRequest, code: str) -> Part:
    """What visitors register for, of an edition that the actor sees inside."""
    rows = Part.objects.visible_to(actor_of(request)).select_related(
        "subject", "site", "offer__subject", "offer__organisation"
    )
    found = get_object_or_404(rows, subject__code=code)
    found.edition = get_object_or_404(Edition.objects.with_names(), pk=found.edition_id)
    return found


def find_managed_part(request: HttpRequest, code: str) -> Part:
    found = find_part(request, code)
    if not rules.may_manage(actor_of(request), found.edition.organisation):
        raise Http404
    return found


def find_booking(request: HttpRequest, code: str) -> Booking:
    return get_object_or_404(Booking.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def shell_of(request: HttpRequest, edition: Edition, tab: str) -> dict[str, Any]:
    """What every page of an edition needs for its head and its tabs."""
    actor = actor_of(request)
    return {
        "edition": edition,
        "tab": tab,
        "may_manage": rules.may_manage(actor, edition.organisation) and edition.is_under_way,
        "sees_inside": rules.sees_inside(actor, edition),
    }
