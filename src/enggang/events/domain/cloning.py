"""Last year's edition as the beginning of the next: dates by the rule, everything that was of that year left behind."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.events import rules
from enggang.events.domain.concepts import copy_concept
from enggang.events.domain.counting import copy_count_points
from enggang.events.domain.editions import OrganiserSpec, add_site, open_edition, set_organisers
from enggang.events.domain.part_copying import copy_parts
from enggang.events.domain.partners import copy_partners
from enggang.events.domain.permits import add_permit
from enggang.events.domain.plan_copying import copy_plan
from enggang.events.domain.plots import copy_plots
from enggang.events.domain.publicity import copy_publications
from enggang.events.domain.stall_calls import copy_stall_call
from enggang.events.domain.visitor_surveys import copy_survey
from enggang.events.models import Edition, Permit

SITE = ("name", "address", "region", "district", "latitude", "longitude", "capacity", "area_m2", "use")
KEPT = ("label", "scale", "area", "entry")


@act("events.clone_edition")
def clone_edition(*, edition: Edition, year: int, actor: Actor) -> Edition:
    """Begin the edition of another year from this one.

    It takes the days that the rule computes for the year, tentative; scale, area, entry, places and who holds it; and
    the concept, with its figures marked as last year's.
    Stage, decisions, ticks, permits with their numbers and papers, money, contact persons and phones begin anew: what
    was good or agreed last year is not good this year. Partners who came along are to be asked again, publications counted
    from the day are planned again with last year's words to be read anew; what visitors register for is a draft again,
    its times shifted, without anybody's registration. The call for stalls is a draft again, and the plans of plots are
    empty of vendors. Counting points come along without their counts, the
    survey of visitors with its plan and without answers. Permits that were added by hand are needed again.
    """
    require(rules.may_manage(actor, edition.organisation))
    if year == edition.year:
        raise Conflict(_("Choose another year than that of the edition itself."))
    facts = {name: getattr(edition, name) for name in KEPT}
    clone = open_edition(event=edition.event, year=year, cloned_from=edition, actor=actor, **facts)
    _organisers(edition, clone, actor)
    sites = {
        site.pk: add_site(edition=clone, actor=actor, **{name: getattr(site, name) for name in SITE})
        for site in edition.sites.select_related("region")
    }
    known = set(clone.permits.values_list("kind", "name"))
    for permit in edition.permits.wanted():
        if (permit.kind, permit.name) not in known:
            _need_again(permit, clone, actor)
    copy_concept(edition, clone, sites)
    copy_plan(edition, clone, actor)
    copied = {
        "partners": copy_partners(edition, clone),
        "publications": copy_publications(edition, clone),
        "parts": copy_parts(edition, clone, sites, actor),
        "stall_calls": copy_stall_call(edition, clone, actor),
        "plots": copy_plots(sites),
        "points": copy_count_points(edition, clone, actor),
        "surveys": copy_survey(edition, clone),
    }
    record(cloned=edition.code, year=year, sites=clone.sites.count(), permits=clone.permits.count(), **copied)
    return clone


def _organisers(edition: Edition, clone: Edition, actor: Actor) -> None:
    """The organisations and their roles; nobody's name or number."""
    rows = edition.organisers.select_related("organisation")
    specs = [OrganiserSpec(row.name, row.role, row.organisation, applies=row.applies) for row in rows]
    set_organisers(edition=clone, version=clone.version, organisers=specs, actor=actor)


def _need_again(permit: Permit, clone: Edition, actor: Actor) -> None:
    add_permit(
        edition=clone, kind=permit.kind, name=permit.name, issuer=permit.issuer, office=permit.office, actor=actor
    )
