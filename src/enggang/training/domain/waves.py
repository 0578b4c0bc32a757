"""Acts on waves: planned as a draft with quotas and sessions, opened for registration, finished or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.places.models import Venue
from enggang.search.domain.indexing import index_subject
from enggang.seats.domain.offers import PoolSpec, add_pool, change_window, open_offer
from enggang.training import rules
from enggang.training.enums import WAVE_MOVES, WaveState
from enggang.training.models import Programme, Wave


@act("training.plan_wave")
def plan_wave(
    *,
    programme: Programme,
    name: str,
    starts_on: date,
    ends_on: date,
    pools: Sequence[PoolSpec],
    actor: Actor,
    registration_opens: datetime | None = None,
    registration_closes: datetime | None = None,
    venue: Venue | None = None,
    names_until: date | None = None,
    specimen: bool | None = None,
) -> Wave:
    """Plan a wave as a draft, with its seats divided into quota pools."""
    require(rules.may_manage(actor, programme.organisation))
    organisation = programme.organisation
    offer = open_offer(
        organisation=organisation,
        title=f"{programme.title}: {name}",
        pools=pools,
        opens_at=registration_opens,
        closes_at=registration_closes,
        actor=actor,
    )
    wave = Wave(
        programme=programme,
        organisation=organisation,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        time_zone=venue.time_zone if venue else organisation.time_zone,
        venue=venue,
        offer=offer,
        names_until=names_until,
        specimen=settings.DEMO if specimen is None else specimen,
    )
    wave.full_clean(exclude=["subject"], validate_unique=False, validate_constraints=False)
    wave.subject = Wave.new_subject(organisation.code)
    with told(Wave):
        wave.save()
    record(pools=len(pools), seats=sum(pool.size for pool in pools))
    return wave


@act("training.change_wave")
def change_wave(
    *,
    wave: Wave,
    version: int,
    name: str,
    starts_on: date,
    ends_on: date,
    venue: Venue | None,
    registration_opens: datetime | None,
    registration_closes: datetime | None,
    actor: Actor,
    names_until: date | None = None,
) -> Wave:
    """Change name, days, venue, registration window, and the day until which names are confirmed."""
    require(rules.may_manage(actor, wave.organisation))
    keep_version(wave, version)
    wave.name, wave.starts_on, wave.ends_on, wave.venue = name.strip(), starts_on, ends_on, venue
    wave.names_until = names_until
    wave.full_clean(exclude=["subject"], validate_unique=False, validate_constraints=False)
    with told(Wave):
        wave.save()
    change_window(offer=wave.offer, opens_at=registration_opens, closes_at=registration_closes, actor=actor)
    _index(wave)
    return wave


@act("training.add_quotas")
def add_quotas(*, wave: Wave, pools: Sequence[PoolSpec], actor: Actor) -> Wave:
    """Add quotas to a wave that stands: all of them, or none when one is refused."""
    require(rules.may_manage(actor, wave.organisation))
    for spec in pools:
        add_pool(offer=wave.offer, spec=spec, actor=actor)
    record(pools=len(pools), seats=sum(spec.size for spec in pools))
    return wave


@act("training.open_wave")
def open_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Open a draft for registration; it must have seats and at least one session."""
    require(rules.may_manage(actor, wave.organisation))
    if not wave.offer.pools.filter(size__gt=0).exists():
        raise Conflict(_("This wave has no seats yet. Add at least one quota first."))
    if not wave.sessions.planned().exists():
        raise Conflict(_("This wave has no sessions yet. Add at least one, so that attendance can be taken."))
    move(wave, WaveState.OPEN, moves=WAVE_MOVES, opened_at=clock.now())
    _index(wave)
    return wave


@act("training.finish_wave")
def finish_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Close the wave's books: registration ends, the pass list stands."""
    require(rules.may_manage(actor, wave.organisation))
    return move(wave, WaveState.FINISHED, moves=WAVE_MOVES)


@act("training.reopen_wave")
def reopen_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Undo finishing."""
    require(rules.may_manage(actor, wave.organisation))
    return move(wave, WaveState.OPEN, moves=WAVE_MOVES)


@act("training.cancel_wave")
def cancel_wave(*, wave: Wave, reason: str, actor: Actor) -> Wave:
    """Cancel a wave that will not be held. What was issued from it stays valid."""
    require(rules.may_manage(actor, wave.organisation))
    if not reason.strip():
        raise Conflict(_("Say why the wave is cancelled: the participants will read it."))
    record(reason_length=len(reason))
    return move(wave, WaveState.CANCELLED, moves=WAVE_MOVES)


def _index(wave: Wave) -> None:
    index_subject(
        subject=wave.subject,
        title=str(wave),
        text=f"{wave.starts_on:%d-%m-%Y} {wave.venue or ''}",
        organisation_path=wave.organisation.path,
        public=wave.state in {WaveState.OPEN, WaveState.FINISHED},
    )
