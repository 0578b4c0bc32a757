"""Acts on waves: planned as a draft with quotas and sessions, opened for registration, finished or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.places.models import Venue
from enggang.plans.domain.plans import follow_day
from enggang.search.domain.indexing import index_subject
from enggang.seats.domain.offers import (
    PoolSpec,
    add_pool,
    change_window,
    end_offer,
    open_offer,
    reopen_offer,
    restore_offer,
    withdraw_offer,
)
from enggang.seats.enums import SEATED
from enggang.training import rules
from enggang.training.domain.messages import write_to_wave
from enggang.training.domain.quotas import waits_for
from enggang.training.domain.signing import respan_occasion
from enggang.training.enums import WAVE_MOVES, Audience, WaveState
from enggang.training.models import Programme, Registration, Wave

MOST_REASON = 500
MOST_TITLE = 120
MOST_NAMED = 10


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
    contact: str = "",
    specimen: bool | None = None,
) -> Wave:
    """Plan a wave as a draft, with its seats divided into quota pools."""
    require(rules.may_manage(actor, programme.organisation))
    if programme.retired_at is not None:
        raise Conflict(_("This programme is retired. Take it up again before planning a wave of it."))
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
        contact=contact.strip(),
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
    contact: str = "",
) -> Wave:
    """Change name, days, venue, registration window, and the day until which names are confirmed.

    Refused when a planned session would lie outside the new days. Sessions keep their hours on the clock of the place:
    with a venue in another zone they begin at another instant. Calendars are told of the change.
    """
    require(rules.may_manage(actor, wave.organisation))
    _keep_within(wave, starts_on, ends_on)
    keep_version(wave, version)
    wave.name, wave.starts_on, wave.ends_on, wave.venue = name.strip(), starts_on, ends_on, venue
    wave.names_until, zone = names_until, wave.time_zone
    wave.contact = contact.strip()
    wave.time_zone = venue.time_zone if venue else wave.organisation.time_zone
    wave.full_clean(exclude=["subject"], validate_unique=False, validate_constraints=False)
    with told(Wave):
        wave.save()
    change_window(offer=wave.offer, opens_at=registration_opens, closes_at=registration_closes, actor=actor)
    wave.sessions.planned().update(changed_at=clock.now())
    if wave.time_zone != zone:
        _respan(wave, actor)
    follow_day(about=wave.subject, day=wave.starts_on, actor=actor)
    _index(wave)
    return wave


def _keep_within(wave: Wave, first: date, last: date) -> None:
    outside = wave.sessions.planned().exclude(day__range=(first, last)).order_by("day", "begins", "pk")
    if named := [f"{row.title} ({date_format(row.day, 'j M')})" for row in outside[:MOST_NAMED]]:
        text = _("These sessions would lie outside the days of the wave: %(sessions)s. Move them first.")
        raise Conflict(text % {"sessions": "; ".join(named)})


def _respan(wave: Wave, actor: Actor) -> None:
    """Give every occasion of the wave the instants that its sessions' hours are in the zone they have now."""
    rows = wave.sessions.planned().select_related("occasion__organisation", "occasion__subject").order_by("occasion")
    for session in {row.occasion_id: row for row in rows}.values():
        respan_occasion(session, actor)


@act("training.add_quotas")
def add_quotas(*, wave: Wave, pools: Sequence[PoolSpec], actor: Actor) -> Wave:
    """Add quotas to a wave that stands: all of them, or none when one is refused."""
    require(rules.may_manage(actor, wave.organisation))
    for spec in pools:
        add_pool(offer=wave.offer, spec=spec, admits=waits_for, actor=actor)
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
    move(wave, WaveState.OPEN, moves={WaveState.DRAFT: WAVE_MOVES[WaveState.DRAFT]}, opened_at=clock.now())
    _index(wave)
    return wave


@act("training.finish_wave")
def finish_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Close the wave's books: registration ends, nobody moves up any more, the pass list stands."""
    require(rules.may_manage(actor, wave.organisation))
    move(wave, WaveState.FINISHED, moves=WAVE_MOVES)
    end_offer(offer=wave.offer, actor=actor)
    return wave


@act("training.reopen_wave")
def reopen_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Undo finishing; who waits for a seat that is free moves up, as the policy says."""
    require(rules.may_manage(actor, wave.organisation))
    move(wave, WaveState.OPEN, moves={WaveState.FINISHED: WAVE_MOVES[WaveState.FINISHED]})
    reopen_offer(offer=wave.offer, actor=actor)
    return wave


@act("training.cancel_wave")
def cancel_wave(*, wave: Wave, reason: str, actor: Actor) -> Wave:
    """Cancel a wave that will not be held, and tell everyone who has or awaits a seat, with the reason.

    Its seats are no longer offered and nobody moves up; who had one stays on record. What was issued stays valid.
    """
    require(rules.may_manage(actor, wave.organisation))
    reason = one_line(reason, MOST_REASON + 1)
    if not reason:
        raise Conflict(_("Say why the wave is cancelled: the participants will read it."))
    if len(reason) > MOST_REASON:
        raise Conflict(_("Say it in at most %(most)d characters.") % {"most": MOST_REASON})
    move(wave, WaveState.CANCELLED, moves=WAVE_MOVES, cancel_reason=reason)
    withdraw_offer(offer=wave.offer, actor=actor)
    wave.sessions.update(changed_at=clock.now())
    _tell_cancelled(wave, actor)
    _index(wave)
    return wave


def _tell_cancelled(wave: Wave, actor: Actor) -> None:
    """As a message to the wave, so that it is delivered in batches and shows whom it reached and whom it did not."""
    if not wave.registrations.standing().exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Cancelled: %(wave)s") % {"wave": wave}
        text = _("This training will not be held. Reason: %(reason)s") % {"reason": wave.cancel_reason}
    write_to_wave(wave=wave, audience=Audience.ALL, title=title[:MOST_TITLE], text=text, actor=actor)


@act("training.restore_wave")
def restore_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Take back that a wave was cancelled, while it has days to come and nobody of it was promised a seat elsewhere.

    Promised: a seat in another wave of the programme, or in one on the same days. Everyone keeps the seat or the place in
    the line they had, and is told that it will be held after all. Raises Conflict with the names otherwise.
    """
    require(rules.may_manage(actor, wave.organisation))
    if wave.ends_on < clock.today(wave.time_zone):
        raise Conflict(_("Its days are over. Copy the wave instead, with new days."))
    if names := promised_elsewhere(wave):
        text = _("These have a seat elsewhere by now: %(names)s. Settle that first, or copy the wave.")
        raise Conflict(text % {"names": "; ".join(names[:MOST_NAMED])})
    state = WaveState.OPEN if wave.opened_at else WaveState.DRAFT
    move(wave, state, moves={WaveState.CANCELLED: WAVE_MOVES[WaveState.CANCELLED]}, cancel_reason="")
    restore_offer(offer=wave.offer, actor=actor)
    wave.sessions.update(changed_at=clock.now(), version=F("version") + 1)
    _tell_restored(wave, actor)
    _index(wave)
    return wave


def promised_elsewhere(wave: Wave) -> list[str]:
    """Whoever of this wave has a seat in another of the programme or on the same days, by name."""
    days = Q(wave__starts_on__lte=wave.ends_on, wave__ends_on__gte=wave.starts_on)
    others = Registration.objects.filter(days | Q(wave__programme=wave.programme_id), claim__state__in=SEATED)
    others = others.filter(wave__state__in=[WaveState.DRAFT, WaveState.OPEN]).exclude(wave=wave)
    people = others.filter(person__in=wave.registrations.standing().values("person")).order_by("person__name_key", "pk")
    return [f"{row.person} ({row.wave})" for row in people.select_related("person", "wave__programme")]


def _tell_restored(wave: Wave, actor: Actor) -> None:
    if not wave.registrations.standing().exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Held after all: %(wave)s") % {"wave": wave}
        text = _("The cancellation was taken back. Your seat, or your place on the waiting list, is as it was.")
    write_to_wave(wave=wave, audience=Audience.ALL, title=title[:MOST_TITLE], text=text, actor=actor)


def _index(wave: Wave) -> None:
    index_subject(
        subject=wave.subject,
        title=str(wave),
        text=f"{wave.starts_on:%d-%m-%Y} {wave.venue or ''}",
        organisation_path=wave.organisation.path,
        public=wave.state in {WaveState.OPEN, WaveState.FINISHED},
    )
