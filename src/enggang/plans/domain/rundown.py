"""Acts on the rundown: days and items, their order and times, and what really happens on the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.plans import rules
from enggang.plans.domain.plans import held, managed
from enggang.plans.models import Plan, RundownDay, RundownItem
from enggang.plans.models.rundown import LATEST

MOST_ITEMS = 300  # of a day
MOST_DAYS = 60
WALL_HOURS = 72


@act("plans.add_rundown_day")
def add_rundown_day(*, plan: Plan, day: date, title: str = "", fixed: bool = False, actor: Actor) -> RundownDay:
    """A day of the rundown. Unless ``fixed`` it hangs on the plan's day and is proposed to move with it."""
    managed(plan, actor)
    if plan.days.count() >= MOST_DAYS:
        raise Conflict(_("A rundown has at most %(most)s days.") % {"most": MOST_DAYS})
    offset = (day - plan.day).days if plan.day and not fixed else None
    row = RundownDay(plan=plan, date=day, offset=offset, title=" ".join(title.split()), changed_at=clock.now())
    row.clean_fields()
    with told(RundownDay):
        row.save()
    return row


@act("plans.drop_rundown_day")
def drop_rundown_day(*, day: RundownDay, actor: Actor) -> Plan:
    """Only an empty one: items are removed one by one, so that nothing is lost by one press."""
    managed(day.plan, actor)
    if day.items.exists():
        raise Conflict(_("This day has items. Remove them first."))
    day.delete()
    return day.plan


def _bump(day: RundownDay) -> None:
    """Whoever has the day's list open and drags in it is told that it is another one now."""
    RundownDay.objects.filter(pk=day.pk).update(version=F("version") + 1, changed_at=clock.now())
    day.refresh_from_db(fields=["version", "changed_at"])


@act("plans.keep_rundown_item")
def keep_rundown_item(*, item: RundownItem, actor: Actor, version: int = 0, **facts: Any) -> RundownItem:
    """Add an item to a day, or change one."""
    managed(item.day.plan, actor)
    if item.pk:
        keep_version(item, version)
    elif item.day.items.count() >= MOST_ITEMS:
        raise Conflict(_("A day has at most %(most)s items.") % {"most": MOST_ITEMS})
    for name, value in facts.items():
        setattr(item, name, value)
    for name in ("track", "title", "cue", "place", "equipment", "note"):
        setattr(item, name, " ".join(str(getattr(item, name)).split()))
    if item.member is not None and item.member.plan_id != item.day.plan_id:
        raise Conflict(_("This section or person belongs to another plan."))
    item.full_clean(exclude=["day"])
    item.save()
    _bump(item.day)
    record(item=item.pk, begins=item.begins, minutes=item.minutes)
    return item


@act("plans.drop_rundown_item")
def drop_rundown_item(*, item: RundownItem, actor: Actor) -> RundownDay:
    managed(item.day.plan, actor)
    record(item=item.pk, begins=item.begins)
    item.delete()
    _bump(item.day)
    return item.day


@act("plans.order_rundown")
def order_rundown(*, day: RundownDay, track: str, items: Sequence[int], version: int, actor: Actor) -> RundownDay:
    """Put the items of a track in another order: each takes its minutes along, the pauses stay where they are.

    ``items`` are ids, all of the track. Raises Conflict when somebody changed the day since ``version`` was seen.
    """
    managed(day.plan, actor)
    _claim(day, version)
    rows = {row.pk: row for row in day.items.select_for_update().filter(track=track)}
    if sorted(items) != sorted(rows):
        raise Conflict(_("Items came or went in the meantime, so nothing was moved. Reload the page."))
    before = sorted(rows.values(), key=lambda row: (row.begins, row.pk))
    gaps = [after.begins - row.ends for row, after in pairwise(before)]
    begins = before[0].begins if before else 0
    for row, gap in zip((rows[pk] for pk in items), [*gaps, 0], strict=True):
        _place(row, begins)
        begins += row.minutes + gap
    record(items=len(items))
    return day


def _claim(day: RundownDay, version: int) -> None:
    if not RundownDay.objects.filter(pk=day.pk, version=version).update(
        version=F("version") + 1, changed_at=clock.now()
    ):
        raise Conflict(
            _(
                "Somebody else has changed this rundown in the meantime, so nothing was moved. Reload the page to see it."
            )
        )
    day.refresh_from_db(fields=["version", "changed_at"])


def _place(row: RundownItem, begins: int) -> None:
    if row.begins == begins:
        return
    if not 0 <= begins <= LATEST:
        raise Conflict(_("That would lie before midnight of the day, or later than noon of the next one."))
    RundownItem.objects.filter(pk=row.pk).update(begins=begins, version=F("version") + 1)


@act("plans.shift_rundown")
def shift_rundown(*, item: RundownItem, minutes: int, following: bool, version: int, actor: Actor) -> RundownItem:
    """Begin earlier (negative) or later; ``following`` takes the later items of the track along."""
    managed(item.day.plan, actor)
    _claim(item.day, version)
    rows = RundownItem.objects.select_for_update().filter(day=item.day, track=item.track)
    later = Q(begins__gt=item.begins) | Q(begins=item.begins, pk__gt=item.pk)
    wanted = rows.filter(later | Q(pk=item.pk)) if following else rows.filter(pk=item.pk)
    for row in wanted:
        _place(row, row.begins + minutes)
    item.refresh_from_db(fields=["begins", "version"])
    record(item=item.pk, minutes=minutes, following=following)
    return item


# -- on the day ------------------------------------------------------------------------------------


def may_run(actor: Actor, item: RundownItem) -> bool:
    if rules.may_manage(actor, item.day.plan.organisation):
        return True
    return item.member is not None and rules.is_member(actor, item.member)


def _live(item: RundownItem, actor: Actor) -> None:
    require(may_run(actor, item))
    held(item.day.plan)
    record_subject(item.day.plan.subject)
    record(item=item.pk)


@act("plans.start_item")
def start_item(*, item: RundownItem, actor: Actor) -> RundownItem:
    """It begins now; whatever still ran in its track ends now."""
    _live(item, actor)
    now = clock.now()
    rows = RundownItem.objects.filter(pk=item.pk, started_at=None)
    if not rows.update(started_at=now, ended_at=None):
        raise Conflict(_("This item has begun already."))
    running = RundownItem.objects.filter(day=item.day, track=item.track, ended_at=None).exclude(started_at=None)
    running.exclude(pk=item.pk).update(ended_at=now)
    _bump(item.day)
    item.refresh_from_db()
    return item


@act("plans.end_item")
def end_item(*, item: RundownItem, actor: Actor) -> RundownItem:
    """It is over now."""
    _live(item, actor)
    rows = RundownItem.objects.filter(pk=item.pk, ended_at=None).exclude(started_at=None)
    if not rows.update(ended_at=clock.now()):
        raise Conflict(_("This item does not run."))
    _bump(item.day)
    item.refresh_from_db()
    return item


@act("plans.reset_item")
def reset_item(*, item: RundownItem, actor: Actor) -> RundownItem:
    """Take "begun" and "over" back: a wrong press."""
    _live(item, actor)
    if not RundownItem.objects.filter(pk=item.pk).exclude(started_at=None).update(started_at=None, ended_at=None):
        raise Conflict(_("This item has not begun."))
    _bump(item.day)
    item.refresh_from_db()
    return item


@act("plans.open_wall")
def open_wall(*, plan: Plan, hours: int, actor: Actor) -> str:
    """An address that shows the running rundown on a screen; answers its token, shown once."""
    managed(plan, actor)
    if not 1 <= hours <= WALL_HOURS:
        raise Conflict(_("A screen's address lives for 1 to %(hours)s hours.") % {"hours": WALL_HOURS})
    expires_at = clock.now() + timedelta(hours=hours)
    _link, token = open_link(
        scope=LinkScope.WALL, subject=plan.subject, actor=actor, expires_at=expires_at, handed_out=True
    )
    record(hours=hours)
    return token


@act("plans.close_walls")
def close_walls(*, plan: Plan, actor: Actor) -> Plan:
    require(rules.may_manage(actor, plan.organisation))
    revoke_links(scope=LinkScope.WALL, subject=plan.subject, actor=actor)
    return plan
