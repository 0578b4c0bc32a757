"""Acts on what visitors register for: parts of an edition, their times, and what is asked of whoever registers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.events import rules
from enggang.events.domain.entrances import close_entrance, follow_slot, open_entrance
from enggang.events.domain.standing import keep_open
from enggang.events.domain.visitor_news import note_news
from enggang.events.enums import PART_MOVES, SLOT_MOVES, News, PartState, SlotState
from enggang.events.models import Booking, Edition, Part, PartQuestion, Site, Slot
from enggang.events.models.ticketing import MOST_CAPACITY
from enggang.seats.domain.offers import PoolSpec, add_pool, open_offer, rename_pool, resize_pool
from enggang.seats.domain.promotion import change_promotion
from enggang.seats.enums import Promotion
from enggang.seats.models import Pool

MOST_PARTS = 40
MOST_SLOTS = 300  # of one part
MOST_QUESTIONS = 12
LINK_DAYS = 14  # after the last day, for those who count afterwards


def keep_part_open(part: Part, actor: Actor) -> None:
    require(rules.may_manage(actor, part.edition.organisation))
    keep_open(part.edition)


@act("events.open_part")
def open_part(*, edition: Edition, actor: Actor, **facts: Any) -> Part:
    """Begin something that visitors register for, as a draft: its times follow, then it is opened."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    if edition.parts.count() >= MOST_PARTS:
        raise Conflict(_("An edition has at most %(most)s parts with registration.") % {"most": MOST_PARTS})
    last = edition.parts.aggregate(last=Max("position"))["last"] or 0
    part = Part(edition=edition, position=last + 1, **facts)
    _check_part(part)
    part.subject = Part.new_subject(edition.organisation.code)
    with told(Part):
        part.save()
    record(price=part.price, most=part.most)
    return part


@act("events.change_part")
def change_part(*, part: Part, version: int, actor: Actor, **facts: Any) -> Part:
    """Change what it is. Tickets already given stay good; a new place is told to those who have one."""
    keep_part_open(part, actor)
    keep_version(part, version)
    place = part.site_id
    for name, value in facts.items():
        setattr(part, name, value)
    _check_part(part)
    with told(Part):
        part.save()
    if part.site_id != place:
        slots = part.slots.filter(site=None)
        _note_changed(slots, News.PLACE, actor)
    record(price=part.price, most=part.most)
    return part


def _check_part(part: Part) -> None:
    part.title = " ".join(part.title.split())
    if part.site and part.site.edition_id != part.edition_id:
        raise Conflict(_("Choose a place of this edition."))
    part.clean_fields(exclude=["subject", "offer"])


@act("events.move_part")
def move_part(*, part: Part, to: str, actor: Actor) -> Part:
    """Open for registration, closed, or open again. Tickets already given stay good."""
    keep_part_open(part, actor)
    if to not in PartState.values:
        raise Conflict(_("There is no such state."))
    if to == PartState.OPEN and part.offer_id is None:
        raise Conflict(_("Add a time at which visitors can come first."))
    return move(part, to, moves=PART_MOVES)


@act("events.drop_part")
def drop_part(*, part: Part, actor: Actor) -> Edition:
    """Remove one that nobody has registered for and that has no times."""
    keep_part_open(part, actor)
    if part.slots.exists() or part.offer_id:
        raise Conflict(_("It has times already, so it stays. Close it instead."))
    record(part=part.code)
    part.delete()
    return part.edition


# -- times -----------------------------------------------------------------------------------------------


@act("events.add_slot")
def add_slot(
    *, part: Part, capacity: int, actor: Actor, room: int | None = None, re_entry: bool = True, **facts: Any
) -> Slot:
    """Add a time with its number of places. The first one begins the offer of places.

    A freed place goes to who waits for the same time and to nobody else, so each time is a quota of its own.
    ``room`` and ``re_entry`` are for its gates: how many may be inside at once, and whether one may come in again.
    """
    keep_part_open(part, actor)
    if part.slots.count() >= MOST_SLOTS:
        raise Conflict(_("A part has at most %(most)s times.") % {"most": MOST_SLOTS})
    slot = Slot(part=part, first_day=part.edition.starts_on, changed_at=clock.now(), **facts)
    _check_slot(slot, capacity)
    spec = PoolSpec(_label(slot), capacity, kind=f"slot-{codes.random_code(12)}")
    slot.pool = _first_pool(part, spec, actor) if part.offer is None else add_pool(
        offer=part.offer, spec=spec, actor=actor
    )  # fmt: skip
    open_entrance(slot, actor, room=room, re_entry=re_entry)
    slot.save()
    record_subject(part.subject)
    record(slot=slot.pk, capacity=capacity)
    return slot


def _first_pool(part: Part, spec: PoolSpec, actor: Actor) -> Pool:
    edition = part.edition
    offer = open_offer(
        organisation=edition.organisation, title=f"{part} · {edition}"[:200], pools=[spec], opens_at=None,
        closes_at=None, actor=actor,
    )  # fmt: skip
    change_promotion(
        offer=offer, promotion=Promotion.AUTOMATIC, hold_hours=0, late_substitution=False, then_open=False, actor=actor
    )
    part.offer = offer
    part.save(update_fields=["offer"])
    return offer.pools.get()


def _label(slot: Slot) -> str:
    """Two times may begin together at two places: the label must not be the same."""
    return f"{slot} {codes.random_code(4)}"


def _check_slot(slot: Slot, capacity: int) -> None:
    if slot.site and slot.site.edition_id != slot.part.edition_id:
        raise Conflict(_("Choose a place of this edition."))
    if not 0 < capacity <= MOST_CAPACITY:
        raise Conflict(_("Give the number of places, at most %(most)s.") % {"most": f"{MOST_CAPACITY:,}"})
    edition = slot.part.edition
    if edition.starts_on and abs((slot.day - edition.starts_on).days) > 400:
        raise Conflict(_("This day lies more than a year away from the edition."))
    slot.clean_fields(exclude=["pool"])


@act("events.change_slot")
def change_slot(
    *,
    slot: Slot,
    version: int,
    capacity: int,
    actor: Actor,
    room: int | None = None,
    re_entry: bool = True,
    **facts: Any,
) -> Slot:
    """Change day, hours, place or number of places. Fewer places than are given are refused with the numbers.

    Whoever has registered is told of another time or place, and their tickets stay good.
    """
    keep_part_open(slot.part, actor)
    keep_version(slot, version)
    was = (slot.day, slot.begins, slot.ends, slot.site_id)
    for name, value in facts.items():
        setattr(slot, name, value)
    _check_slot(slot, capacity)
    now = (slot.day, slot.begins, slot.ends, slot.site_id)
    if was[0] != now[0]:
        slot.was_day, slot.first_day = was[0], slot.part.edition.starts_on
    slot.save()
    if was != now:
        news = News.PLACE if was[:3] == now[:3] else News.MOVED
        _note_changed(Slot.objects.filter(pk=slot.pk), news, actor)
        rename_pool(pool=slot.pool, label=_label(slot), actor=actor)
        slot.refresh_from_db(fields=["changed_at"])
    follow_slot(slot, actor, room=room, re_entry=re_entry)
    if capacity != slot.pool.size:
        resize_pool(pool=slot.pool, size=capacity, actor=actor)
    record_subject(slot.part.subject)
    record(slot=slot.pk, capacity=capacity, moved=was != now)
    return slot


def _note_changed(slots: Any, news: News, actor: Actor) -> None:
    """A calendar sees it, and whoever has registered is to be told."""
    ids = list(slots.values_list("pk", flat=True))
    Slot.objects.filter(pk__in=ids).update(changed_at=clock.now())
    note_news(Booking.objects.filter(slot__in=ids), news, actor)


@act("events.move_slot")
def move_slot(*, slot: Slot, to: str, reason: str, actor: Actor) -> Slot:
    """Close a time for registration, call it off, or open it again, with the reason that visitors read.

    Called off it is not held: its tickets say so at once, and everybody is told. Nothing else changes, so that it can be taken back.
    """
    keep_part_open(slot.part, actor)
    was = SlotState(slot.state)
    text = " ".join(reason.split())[:300]
    if to not in SlotState.values or SlotState(to) not in SLOT_MOVES[was]:
        raise Conflict(_("This time is in another state now. Reload the page."))
    if to != SlotState.OPEN and not text:
        raise Conflict(_("Give the reason. Visitors read it."))
    move(slot, to, moves={was: SLOT_MOVES[was]}, reason="" if to == SlotState.OPEN else text)
    if SlotState.CALLED_OFF in {was, to}:
        news = News.CALLED_OFF if to == SlotState.CALLED_OFF else News.HELD
        _note_changed(Slot.objects.filter(pk=slot.pk), news, actor)
    slot.state = to
    follow_slot(slot, actor)
    record_subject(slot.part.subject)
    record(slot=slot.pk, was=str(was), now=str(to))
    return slot


@act("events.close_site")
def close_site(*, site: Site, day: date, reason: str, actor: Actor) -> int:
    """A place is closed on a day: whatever was to be held there then is called off, and everybody is told.

    Each time can be opened again by itself. Answers how many were called off; Conflict when there was none.
    """
    require(rules.may_manage(actor, site.edition.organisation))
    there = Q(site=site) | Q(site=None, part__site=site)
    rows = Slot.objects.with_names().filter(there, day=day, part__edition=site.edition_id)
    slots = [slot for slot in rows if not slot.is_called_off and slot.ends_at > clock.now()]
    if not slots:
        raise Conflict(_("Nothing that is still to come is held at this place on that day."))
    for slot in slots:
        move_slot(slot=slot, to=SlotState.CALLED_OFF, reason=reason, actor=actor)
    record_subject(site.edition.subject)
    record(site=site.pk, day=str(day), slots=len(slots))
    return len(slots)


@act("events.settle_slots")
def settle_slots(*, part: Part, shift: bool, actor: Actor) -> int:
    """The edition has moved: let the times of a part move with it by the same days, or stay where they are.

    Answers how many there were. Everybody who is registered is told either way.
    """
    keep_part_open(part, actor)
    rows = [slot for slot in part.slots.with_names() if slot.is_unsettled and part.edition.starts_on]
    told: dict[News, list[int]] = {News.MOVED: [], News.KEPT: []}
    for slot in rows:
        day = slot.proposed_day if shift else slot.day
        moves = day != slot.day
        told[News.MOVED if moves else News.KEPT].append(slot.pk)
        Slot.objects.filter(pk=slot.pk).update(
            day=day, was_day=slot.day if moves else slot.was_day, first_day=part.edition.starts_on
        )
        slot.day = day
        follow_slot(slot, actor)
    for news, slots in told.items():
        if slots:
            _note_changed(Slot.objects.filter(pk__in=slots), news, actor)
    record_subject(part.subject)
    record(slots=len(rows), shift=shift)
    return len(rows)


@act("events.drop_slot")
def drop_slot(*, slot: Slot, actor: Actor) -> Part:
    """Remove a time that nobody ever registered for: its places go."""
    keep_part_open(slot.part, actor)
    if slot.bookings.exists():
        raise Conflict(_("Somebody has registered for this time, so it stays. Call it off instead."))
    pool, part = slot.pool, slot.part
    record_subject(part.subject)
    record(slot=slot.pk)
    slot.delete()
    close_entrance(slot, actor)
    resize_pool(pool=pool, size=0, actor=actor)
    return part


# -- what is asked, and who registers at the gate -----------------------------------------------------------


@act("events.add_part_question")
def add_part_question(
    *, part: Part, label: str, kind: str, actor: Actor, choices: str = "", required: bool = False
) -> PartQuestion:
    keep_part_open(part, actor)
    if part.questions.count() >= MOST_QUESTIONS:
        raise Conflict(_("At most %(most)s questions: nobody answers more on a phone.") % {"most": MOST_QUESTIONS})
    last = part.questions.aggregate(last=Max("position"))["last"] or 0
    row = PartQuestion(
        part=part, position=last + 1, label=label.strip(), kind=kind, choices=choices.strip(), required=required
    )
    row.check_choices()
    row.full_clean()
    row.save()
    record_subject(part.subject)
    record(kind=str(kind), required=required)
    return row


@act("events.drop_part_question")
def drop_part_question(*, question: PartQuestion, actor: Actor) -> Part:
    """Ask no longer; refused once somebody has answered."""
    keep_part_open(question.part, actor)
    if question.answers.exists():
        raise Conflict(_("Somebody has answered this question already, so it stays."))
    part = question.part
    question.delete()
    return part


@act("events.hand_out_walk_up")
def hand_out_walk_up(*, part: Part, actor: Actor) -> str:
    """A private address at which a volunteer registers people at the gate; answers its token. The former one ends."""
    keep_part_open(part, actor)
    revoke_links(scope=LinkScope.WALK_UP, subject=part.subject, actor=actor)
    return open_link(
        scope=LinkScope.WALK_UP, subject=part.subject, actor=actor, expires_at=last_moment(part), handed_out=True
    )[1]


@act("events.take_back_walk_up")
def take_back_walk_up(*, part: Part, actor: Actor) -> Part:
    require(rules.may_manage(actor, part.edition.organisation))
    revoke_links(scope=LinkScope.WALK_UP, subject=part.subject, actor=actor)
    return part


def last_moment(part: Part) -> datetime:
    """Until when an address that has to do with a part is good: two weeks after its last time."""
    last: date = part.slots.aggregate(last=Max("day"))["last"] or part.edition.ends_on or clock.today()
    end = datetime.combine(last, time.max, ZoneInfo(part.edition.time_zone))
    return max(end, clock.now()) + timedelta(days=LINK_DAYS)
