"""Quotas of a wave, as its organiser changes them: refusals name the people they protect, new ones know who waits."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.core.acts import Conflict
from enggang.people.models import Employment
from enggang.places.models import Organisation
from enggang.seats.domain.division import divide_pool
from enggang.seats.domain.offers import TooSmall, resize_pool
from enggang.seats.models import Pool
from enggang.training.models import Registration, Wave
from enggang.training.queries.pools import is_for

NAMED = 10


def resize_quota(*, pool: Pool, size: int, actor: Actor) -> Pool:
    """Resize a quota; refused below what is given, with the names of those who would lose their seat."""
    try:
        return resize_pool(pool=pool, size=size, actor=actor)
    except TooSmall as refused:
        raise Conflict(f"{refused.message} {_holders(pool)}") from refused


def divide_quota(*, pool: Pool, organisation: Organisation, size: int, actor: Actor) -> Pool:
    """Give an agency its part of a quota; refused below what is given in the part, with the names as above."""
    try:
        return divide_pool(pool=pool, organisation=organisation, size=size, admits=waits_for, actor=actor)
    except TooSmall as refused:
        part = Pool.objects.get(parent=pool, organisation=organisation)
        raise Conflict(f"{refused.message} {_holders(part)}") from refused


def waits_for(pool: Pool) -> list[int]:
    """The claims of those who wait in the pool's wave and whose agency and kind of staff it is for. Three queries."""
    wave = Wave.objects.filter(offer=pool.offer_id).first()
    rows = wave.registrations.waiting().select_related("agency").order_by("claim_id") if wave else []
    present = Employment.objects.present().filter(person__in=[row.person_id for row in rows])
    kinds = dict(present.values_list("person_id", "kind"))
    return [row.claim_id for row in rows if is_for(pool, row.agency, kinds.get(row.person_id, ""))]


def _holders(pool: Pool) -> str:
    rows = Registration.objects.filter(claim__in=pool.claims.seated()).order_by("person__name_key", "pk")
    names = list(rows.values_list("person__name", flat=True))
    listed = "; ".join(names[:NAMED])
    more = len(names) - NAMED
    if more > 0:
        text = ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
        listed = text % {"names": listed, "count": more}
    return _("They have these seats: %(names)s") % {"names": listed}
