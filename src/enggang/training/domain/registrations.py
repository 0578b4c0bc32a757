"""Acts on registrations: a person, a wave, and a claim on one of its seats."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.attendance.domain.passes import issue_pass, revoke_pass
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, NotAllowed, Refused, act, record, require
from enggang.people.models import Person
from enggang.people.names import name_key
from enggang.places.models import Organisation
from enggang.seats.domain.claims import claim_seats, release_claim
from enggang.seats.domain.holds import confirm_claim
from enggang.seats.models import Claim, Pool
from enggang.training import rules
from enggang.training.enums import Source
from enggang.training.models import Registration, Wave

LINK_DAYS_AFTER = 60
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")  # no degree is written with seven letters in a row


@act("training.register_person", joins=True)
def register_person(*, wave: Wave, person: Person, source: Source, actor: Actor) -> Registration:
    """Register a person for a wave: a seat in their agency's quota, else an open one, else a place in the waiting list.

    Raises NotAllowed for somebody else's staff, Conflict when the window is closed, the wave is not open, or
    the person is already registered. Never one seat too many: the claim is settled by the seats engine.
    """
    agency = present_agency(person)
    _may_register(actor, wave, person, agency, source)
    if not wave.is_open:
        raise Conflict(_("Registration for this wave is not open."))
    claim = claim_seats(
        offer=wave.offer,
        holder=person.subject,
        pools=pools_for(wave, agency),
        outside_window=rules.may_manage(actor, wave.organisation),
        fresh=True,
        actor=actor,
    )
    registration = keep_registration(wave, person, agency, claim, source)
    if registration.is_seated:
        give_pass(registration, actor)
    record(state=claim.state, source=str(source))
    return registration


@act("training.register_walk_in")
def register_walk_in(
    *, wave: Wave, person: Person, letter_number: str, actor: Actor, any_quota: bool = False
) -> Registration:
    """Register somebody who stands at the desk with an assignment letter, whatever the window says.

    They get a free seat of their agency's quotas or an open one (with ``any_quota`` also one that another quota left
    empty), or are refused with the counts: at the desk nobody is put on a waiting list.
    """
    require(rules.may_manage(actor, wave.organisation))
    agency, number = present_agency(person), letter_number.strip()
    if not wave.is_open:
        raise Conflict(_("Registration for this wave is not open."))
    if not number:
        raise Conflict(_("Type the number of the assignment letter: it is the reason for this seat."))
    _leave_the_line(wave, person, actor)
    pools = pools_for(wave, agency)
    if any_quota:
        pools += [pool for pool in wave.offer.pools.order_by("position", "pk") if pool not in pools]
    claim = claim_seats(
        offer=wave.offer, holder=person.subject, pools=pools, outside_window=True, may_wait=False, actor=actor
    )
    registration = keep_registration(wave, person, agency, claim, Source.DESK, letter_number=number[:80])
    give_pass(registration, actor)
    record(pool=claim.pool_id, any_quota=any_quota)
    return registration


def _leave_the_line(wave: Wave, person: Person, actor: Actor) -> None:
    """Who waits and stands at the desk no longer waits; it is undone with the act when there is no seat."""
    waiting = Claim.objects.waiting().filter(offer=wave.offer, holder=person.subject).first()
    if waiting is not None:
        release_claim(claim=waiting, actor=actor, reason=_("Seated at the desk."))


def keep_registration(
    wave: Wave, person: Person, agency: Organisation, claim: Claim, source: Source, *, letter_number: str = ""
) -> Registration:
    """The person's one registration for the wave, new or taken up again, on this claim."""
    registration = Registration.objects.filter(wave=wave, person=person).first() or Registration(
        wave=wave, person=person
    )
    registration.agency, registration.claim, registration.source = agency, claim, source
    registration.printed_name, registration.registered_at = person.name, clock.now()
    registration.letter_number = letter_number
    if registration._state.adding:
        registration.subject = Registration.new_subject(wave.subject.organisation_code)
    registration.save()  # one claim per person and offer: the claim has refused a second one already
    return registration


@act("training.confirm_seat")
def confirm_seat(*, registration: Registration, actor: Actor) -> Registration:
    """Take a held seat for good, before its deadline; the pass comes with it."""
    require(rules.may_withdraw(actor, registration))
    confirm_claim(claim=registration.claim, actor=actor)
    registration.refresh_from_db()
    give_pass(registration, actor)
    return registration


def give_pass(registration: Registration, actor: Actor) -> None:
    """The attendance pass that goes with a seat."""
    wave = registration.wave
    issue_pass(holder=registration.person.subject, group=wave.subject, organisation=wave.organisation, actor=actor)


def _may_register(actor: Actor, wave: Wave, person: Person, agency: Organisation, source: Source) -> None:
    """By themselves: the public form has matched them with the roster, or it is their own account."""
    if source == Source.SELF:
        require(actor.user_id is None or person.user_id == actor.user_id)
    else:
        require(rules.may_register_staff(actor, wave, agency), _("You may only register the staff of your own agency."))


def present_agency(person: Person) -> Organisation:
    """Where the person works now; Conflict when nowhere is on record."""
    employment = person.employments.filter(ends_on__isnull=True).select_related("organisation__subject").first()
    if employment is None:
        raise Conflict(_("%(name)s has no present agency on record. Add it first.") % {"name": person.name})
    return employment.organisation


def pools_for(wave: Wave, agency: Organisation) -> list[Pool]:
    """The pools an agency's staff may sit in, the narrowest quota first, open ones last."""
    rows = Pool.objects.filter(offer_id=wave.offer_id).order_by("position", "pk")
    pools = list(rows.select_related("organisation", "offer__organisation", "offer__subject"))
    own = [pool for pool in pools if pool.organisation and agency.path.startswith(pool.organisation.path)]
    own.sort(key=lambda pool: -len(pool.organisation.path if pool.organisation else ""))
    regional = [pool for pool in pools if pool.region_id and pool.region_id == agency.region_id]
    return own + regional + [pool for pool in pools if not pool.organisation_id and not pool.region_id]


@act("training.withdraw")
def withdraw(*, registration: Registration, actor: Actor, reason: str = "") -> Registration:
    """Give the seat back; whoever waited longest for it moves up. The pass stops working."""
    if not rules.may_withdraw(actor, registration):
        raise NotAllowed(_("Only the participant, their agency or the organiser may withdraw this registration."))
    if registration.award_id:
        raise Conflict(_("A certificate has been issued for this registration. Void it first."))
    release_claim(claim=registration.claim, actor=actor, reason=reason)
    revoke_pass(holder=registration.person.subject, group=registration.wave.subject, actor=actor)
    revoke_links(scope=LinkScope.REGISTRATION, subject=registration.subject, actor=actor)
    registration.refresh_from_db()
    return registration


@act("training.confirm_name")
def confirm_name(*, registration: Registration, printed_name: str, actor: Actor) -> Registration:
    """Fix the name exactly as it will be printed, with titles and commas.

    The participant, alone with their page, may set titles and spelling right; another name is for staff to write, else
    anyone could print themselves a certificate for somebody else.
    """
    require(rules.may_withdraw(actor, registration))
    by_staff = rules.may_register_staff(actor, registration.wave, registration.agency)
    if not by_staff and not is_same_name(printed_name, registration.person.name_key):
        raise Refused(
            _("Titles, commas and capital letters are yours to set. For another name ask your agency or the organiser.")
        )
    if registration.award_id:
        raise Conflict(_("The certificate is already issued. Ask the organiser to void it and issue a new one."))
    registration.printed_name = printed_name.strip()
    registration.clean_fields(exclude=["subject", "claim"])
    registration.save(update_fields=["printed_name"])
    return registration


def is_same_name(printed: str, key: str) -> bool:
    """Whether what stands before the first comma is the name ``key``, and what stands behind is nothing but degrees."""
    degrees = printed.partition(",")[2]
    return name_key(printed) == key and len(degrees) <= 100 and not _LONG_WORD.search(degrees)


@act("training.hand_out_page")
def hand_out_page(*, registration: Registration, actor: Actor) -> str:
    """A new private address of the participant's page, for a person without an account; earlier ones end. Answers its token."""
    require(rules.may_withdraw(actor, registration))
    subject = registration.subject
    for scope in (LinkScope.REGISTRATION, LinkScope.CALENDAR):  # a calendar opened from the page goes with it
        revoke_links(scope=scope, subject=subject, actor=actor)
    expires = page_expires_at(registration)
    return open_link(scope=LinkScope.REGISTRATION, subject=subject, actor=actor, expires_at=expires)[1]


def page_expires_at(registration: Registration) -> datetime:
    """Some weeks after the wave's last day: long enough to fetch the certificate."""
    last = datetime.combine(registration.wave.ends_on, time.max, ZoneInfo(registration.wave.time_zone))
    return max(last, clock.now()) + timedelta(days=LINK_DAYS_AFTER)
