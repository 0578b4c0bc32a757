"""Acts on registrations: a person, a wave, and a claim on one of its seats."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.attendance.domain.passes import issue_pass, revoke_pass
from enggang.core import clock
from enggang.core.actor import Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed, Refused, act, record, require
from enggang.core.hot import add, find, find_one, new_row
from enggang.core.text import one_line
from enggang.notices.domain.messages import Recipient, send
from enggang.people.models import Employment, Person
from enggang.people.names import name_key
from enggang.places.models import Organisation
from enggang.seats.domain.claims import claim_seats, release_claim
from enggang.seats.domain.holds import confirm_claim
from enggang.seats.models import Claim, Offer, Pool
from enggang.surveys.queries.settings import numbers
from enggang.training import rules
from enggang.training.domain.nominated import release_nomination
from enggang.training.domain.reaching import recipient
from enggang.training.enums import Outcome, Source
from enggang.training.models import ActionPlan, Registration, Wave
from enggang.training.queries.letters import coordinators_of
from enggang.training.queries.pools import in_order_for

LINK_DAYS_AFTER = 60
PLAN_DAYS_AFTER = 30  # to report that it is done, and to read what the superior says
PLAN_DAYS_AT_MOST = 730  # a year typed wrong keeps no page open for ever
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")  # no degree is written with seven letters in a row


@act("training.register_person", joins=True)
def register_person(
    *, wave: Wave, person: Person, source: Source, actor: Actor, first: int | None = None
) -> Registration:
    """Register a person for a wave: a seat in their agency's quota, else an open one, else a place in the waiting list.

    ``first`` names the quota to be tried before the others they may sit in, as a proposal has planned it.
    Raises NotAllowed for somebody else's staff, Conflict when the window is closed, the wave is not open, or
    the person is already registered. Never one seat too many: the claim is settled by the seats engine.
    """
    work = present_work(person)
    agency = work.organisation
    _may_register(actor, wave, person, agency, source)
    if not wave.is_open:
        raise Conflict(_("Registration for this wave is not open."))
    claim = claim_seats(
        offer=wave.offer,
        holder=person.subject,
        pools=sorted(pools_for(wave, agency, work.kind), key=lambda pool: pool.pk != first),
        outside_window=rules.may_manage(actor, wave.organisation),
        fresh=True,
        actor=actor,
    )
    registration = keep_registration(wave, person, agency, claim, source)
    if registration.is_seated:
        give_pass(registration, actor)
    elif registration.is_held and source != Source.SELF:
        tell_held(registration, actor)  # who registers themselves reads it at once
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
    work, number = present_work(person), letter_number.strip()
    agency = work.organisation
    if not wave.is_open:
        raise Conflict(_("Registration for this wave is not open."))
    if not number:
        raise Conflict(_("Type the number of the assignment letter: it is the reason for this seat."))
    _leave_the_line(wave, person, actor)
    pools = pools_for(wave, agency, work.kind)
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
        release_claim(claim=waiting, actor=actor, reason=gettext_noop("Seated at the desk."))


def keep_registration(
    wave: Wave, person: Person, agency: Organisation, claim: Claim, source: Source, *, letter_number: str = ""
) -> Registration:
    """The person's one registration for the wave, new or taken up again, on this claim."""
    registration = find_one(Registration, wave_id=wave.pk, person_id=person.pk) or new_row(Registration)
    registration.wave, registration.person = wave, person
    registration.agency, registration.claim, registration.source = agency, claim, source
    registration.printed_name, registration.registered_at = person.name, clock.now()
    registration.letter_number = letter_number
    # One claim per person and offer: the claim has refused a second one already.
    if registration._state.adding:
        registration.subject = Registration.new_subject(wave.subject.organisation_code)
        return add(registration)
    registration.outcome, registration.outcome_reason = (
        Outcome.PENDING,
        "",
    )  # a new start: what was decided before is over
    registration.attended_percent = None
    registration.save()
    return registration


@act("training.confirm_seat")
def confirm_seat(*, registration: Registration, actor: Actor) -> Registration:
    """Take a held seat for good, before its deadline; the pass comes with it."""
    require(rules.may_withdraw(actor, registration))
    confirm_claim(claim=registration.claim, actor=actor)
    registration.refresh_from_db()
    give_pass(registration, actor)
    return registration


def tell_held(registration: Registration, actor: Actor) -> None:
    """Within an act: the participant reads until when the seat that was free is held for them."""
    send(
        to=recipient(registration.person), template="training/messages/held_first",
        context={"registration": registration, "wave": registration.wave, "until": registration.claim.held_until},
        actor=actor, subject=registration.subject, href=reverse("training:pocket", args=[registration.code]),
    )  # fmt: skip


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
    return present_work(person).organisation


def present_work(person: Person) -> Employment:
    """Where the person works now, and as what; Conflict when nowhere is on record."""
    rows = find(Employment, related=("organisation__subject",), person_id=person.pk)
    employment = next((row for row in rows if row.is_present), None)
    if employment is None:
        raise Conflict(_("%(name)s has no present agency on record. Add it first.") % {"name": person.name})
    return employment


def pools_for(wave: Wave, agency: Organisation, kind: str | None = None) -> list[Pool]:
    """The pools an agency's staff of this kind (None: of any) may sit in, the narrowest quota first, open ones last."""
    (offer,) = find(Offer, related=("organisation", "subject"), pk=wave.offer_id)
    pools = find(Pool, related=("organisation",), offer_id=offer.pk)
    for pool in pools:
        pool.offer = offer
    return in_order_for(pools, agency, kind)


@act("training.withdraw")
def withdraw(*, registration: Registration, actor: Actor, reason: str = "", agency_told: bool = False) -> Registration:
    """Give the seat back; whoever waited longest for it moves up. The pass stops working.

    A participant whose seat somebody else gave back is told, and so is the agency unless it did it itself (or the caller
    tells it: ``agency_told``).
    """
    if not rules.may_withdraw(actor, registration):
        raise NotAllowed(_("Only the participant, their agency or the organiser may withdraw this registration."))
    if registration.award_id:
        raise Conflict(_("A certificate has been issued for this registration. Void it first."))
    release_claim(claim=registration.claim, actor=actor, reason=reason)
    revoke_pass(holder=registration.person.subject, group=registration.wave.subject, actor=actor)
    revoke_links(scope=LinkScope.REGISTRATION, subject=registration.subject, actor=actor)
    registration.class_places.all().delete()
    release_nomination(registration, actor, reason)
    registration.refresh_from_db()
    _tell_withdrawn(registration, actor, reason, agency_told=agency_told)
    return registration


def _tell_withdrawn(registration: Registration, actor: Actor, reason: str, *, agency_told: bool) -> None:
    if rules.is_own(actor, registration):
        return
    context = {"registration": registration, "wave": registration.wave, "reason": one_line(reason, 300)}
    send(
        to=recipient(registration.person), template="training/messages/withdrawn", context=context, actor=actor,
        subject=registration.subject, href=reverse("training:pocket", args=[registration.code]),
    )  # fmt: skip
    if agency_told or actor.holds(*rules.KEEPS_STAFF, at=registration.agency.path):
        return
    for user in coordinators_of(registration.agency):
        if user.pk not in {actor.user_id, registration.person.user_id}:
            send(
                to=Recipient(user_id=user.pk, language=user.language, name=user.name),
                template="training/messages/withdrawn_agency", context=context, actor=actor,
                subject=registration.subject, href=reverse("training:participants", args=[registration.wave.code]),
            )  # fmt: skip


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
    """A new private address of the participant's page, for a person without an account; earlier ones end. Answers its token.

    The participant's page tells that staff have seen it, and anonymous answers through it are marked.
    """
    require(rules.may_withdraw(actor, registration))
    subject = registration.subject
    for scope in (LinkScope.REGISTRATION, LinkScope.CALENDAR):  # a calendar opened from the page goes with it
        revoke_links(scope=scope, subject=subject, actor=actor)
    expires = page_expires_at(registration)
    seen = actor.kind != ActorKind.SYSTEM and not rules.is_own(actor, registration)
    return open_link(scope=LinkScope.REGISTRATION, subject=subject, actor=actor, expires_at=expires, handed_out=seen)[1]


def page_expires_at(registration: Registration) -> datetime:
    """When nothing is left to be done on a participant's page: their plan may be due long after the wave."""
    plan = find_one(ActionPlan, registration_id=registration.pk)
    return page_of_wave_expires_at(registration.wave, plan.due_on if plan else None)


def page_of_wave_expires_at(wave: Wave, plan_due: date | None = None) -> datetime:
    """As ``page_expires_at``, for whoever has no action plan or one due on ``plan_due``."""
    days = sum(numbers("follow_up_days", "follow_up_open_days", organisation=wave.organisation))
    return page_end(wave.ends_on, ZoneInfo(wave.time_zone), clock.now(), follow_up_days=days, plan_due=plan_due)


def page_end(
    last_day: date, zone: ZoneInfo, now: datetime, *, follow_up_days: int, plan_due: date | None = None
) -> datetime:
    """The latest of: time to fetch the certificate, the end of the follow-up, time to report the action plan."""
    last = datetime.combine(last_day, time.max, zone)
    ends = [max(last, now) + timedelta(days=LINK_DAYS_AFTER), last + timedelta(days=follow_up_days)]
    if plan_due is not None:
        due = min(plan_due, last_day + timedelta(days=PLAN_DAYS_AT_MOST))
        ends.append(datetime.combine(due, time.max, zone) + timedelta(days=PLAN_DAYS_AFTER))
    return max(ends)
