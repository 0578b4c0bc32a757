"""Where people without a ticket are counted, and whose phones count there."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.attendance.domain.gates import LONGEST_HOURS
from enggang.attendance.enums import CountMethod
from enggang.attendance.models import CountPhone, CountPlan, CountPoint
from enggang.attendance.rules import may_plan_counting
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import keep_version
from enggang.core.text import folded, one_line
from enggang.places.models import Organisation

MOST_POINTS = 200  # of one event
MOST_PHONES = 200  # of one point
MOST_DAYS = 62
COPIED = (
    "name", "place", "latitude", "longitude", "stream", "entrance", "method", "begins", "ends", "time_zone", "length",
    "every", "area_m2", "square_m2",
)  # fmt: skip


@act("attendance.plan_counting")
def plan_counting(*, plan: CountPlan, actor: Actor, version: int = 0, **facts: Any) -> CountPlan:
    """Keep how an event is counted; a plan without a row yet is begun by it."""
    require(may_plan_counting(actor, plan.organisation))
    if plan.pk:
        keep_version(plan, version)
    for name, value in facts.items():
        setattr(plan, name, value)
    if plan.times_sd is not None and plan.times_n is None:
        raise Conflict(_("A standard deviation needs the number of people asked."))
    if plan.times is not None and not plan.times_source.strip():
        raise Conflict(_("Say where it is known from how often a visitor comes in."))
    plan.clean_fields(exclude=["group", "organisation"])
    with told(CountPlan):
        plan.save()
    record_subject(plan.group)
    record(main=bool(plan.main), times=str(plan.times or ""))
    return plan


@act("attendance.open_point")
def open_point(*, group: Subject, organisation: Organisation, actor: Actor, **facts: Any) -> CountPoint:
    """Plan a point where people are counted for ``group``. Raises Conflict when it cannot be counted as it stands."""
    require(may_plan_counting(actor, organisation))
    if CountPoint.objects.standing().filter(group=group).count() >= MOST_POINTS:
        raise Conflict(_("An event has at most %(most)s counting points.") % {"most": MOST_POINTS})
    point = CountPoint(group=group, organisation=organisation, **facts)
    _check(point)
    point.shift = _drawn(point)
    point.subject = CountPoint.new_subject(organisation.code)
    with told(CountPoint):
        point.save()
    record(group=group.code, method=str(point.method))
    return point


@act("attendance.change_point")
def change_point(*, point: CountPoint, version: int, actor: Actor, **facts: Any) -> CountPoint:
    """Change a point; its intervals are drawn anew only when their distance changes, and not once it has counted."""
    require(may_plan_counting(actor, point.organisation))
    keep_version(point, version)
    was = (point.method, point.length, point.every)
    for name, value in facts.items():
        setattr(point, name, value)
    _check(point)
    if was != (point.method, point.length, point.every):
        if point.counts.exists():
            raise Conflict(_("It has counted already: another way of counting needs a new point."))
        point.shift = _drawn(point)
    with told(CountPoint):
        point.save()
    record(method=str(point.method))
    return point


def _check(point: CountPoint) -> None:
    """What no field can say alone."""
    point.name, point.stream = one_line(point.name, 80), one_line(point.stream, 80)
    if not folded(point.name) or not folded(point.stream):
        raise Conflict(_("The name and the cordon need letters or digits."))
    if (point.last_day - point.first_day).days >= MOST_DAYS:
        raise Conflict(_("A point counts on at most %(most)s days.") % {"most": MOST_DAYS})
    if point.begins == point.ends:
        raise Conflict(_("It opens and closes at the same time."))
    if point.method == CountMethod.SAMPLED and point.length >= point.every:
        raise Conflict(_("The minutes counted at a time must be fewer than their distance."))
    if point.method == CountMethod.DENSITY and not (point.area_m2 and point.square_m2):
        raise Conflict(_("Give the area and the size of one square in square metres."))
    if point.method == CountMethod.DENSITY and (point.square_m2 or 0) > (point.area_m2 or 0):
        raise Conflict(_("A square is larger than the area."))
    point.clean_fields(exclude=["subject", "group", "organisation"])


def _drawn(point: CountPoint) -> int:
    """When the first interval begins, in minutes after the opening: by lot, so that every minute had the same chance."""
    return secrets.randbelow(point.every - point.length + 1) if point.is_sampled else 0


@act("attendance.void_point")
def void_point(*, point: CountPoint, reason: str, actor: Actor) -> CountPoint:
    """Take a point out with all it counted; its phones end. It can be put back."""
    require(may_plan_counting(actor, point.organisation))
    reason = needed(reason)
    keep_version(point, point.version)
    for phone in point.phones.filter(link__revoked_at=None).select_related("subject", "link"):
        _end(phone, actor)
    point.voided_at, point.void_reason = clock.now(), reason
    point.save()
    return point


@act("attendance.restore_point")
def restore_point(*, point: CountPoint, actor: Actor) -> CountPoint:
    """Put a point back with what it counted; its phones need new links."""
    require(may_plan_counting(actor, point.organisation))
    keep_version(point, point.version)
    point.voided_at, point.void_reason = None, ""
    with told(CountPoint):
        point.save()
    return point


def needed(reason: str) -> str:
    """A reason on one line. Raises Conflict without one."""
    found = one_line(reason, 300)
    if not found:
        raise Conflict(_("Give a reason."))
    return found


@act("attendance.open_phone")
def open_phone(*, point: CountPoint, name: str, hours: int, actor: Actor) -> tuple[CountPhone, str]:
    """Let a volunteer's phone count at a point; answers it with the token of its address, which is shown once."""
    require(may_plan_counting(actor, point.organisation))
    if not 1 <= hours <= LONGEST_HOURS:
        raise Conflict(_("A link lives for 1 to %(hours)d hours.") % {"hours": LONGEST_HOURS})
    if point.is_void:
        raise Conflict(_("This point was taken out. Put it back first."))
    if point.phones.count() >= MOST_PHONES:
        raise Conflict(_("A point has at most %(most)s phones.") % {"most": MOST_PHONES})
    name = one_line(name, 80)
    if not name:
        raise Conflict(_("Say who counts."))
    subject, now = CountPhone.new_subject(point.organisation.code), clock.now()
    expires_at = now + timedelta(hours=hours)
    link, token = open_link(
        scope=LinkScope.TALLY, subject=subject, actor=actor, expires_at=expires_at, handed_out=True
    )  # fmt: skip
    phone = CountPhone.objects.create(subject=subject, link=link, point=point, name=name, opened_at=now)
    record_subject(subject)
    record(point=point.code, hours=hours)
    return phone, token


@act("attendance.revoke_phone")
def revoke_phone(*, phone: CountPhone, actor: Actor) -> CountPhone:
    """End the address: at its next contact the phone counts no more and brings nothing more."""
    require(may_plan_counting(actor, phone.point.organisation))
    _end(phone, actor)
    phone.link.refresh_from_db()
    return phone


def _end(phone: CountPhone, actor: Actor) -> None:
    revoke_links(scope=LinkScope.TALLY, subject=phone.subject, actor=actor)
    # A link that has ended by its time still takes late counts; revoking stops those too.
    CapabilityLink.objects.filter(pk=phone.link_id, revoked_at__isnull=True).update(revoked_at=clock.now())


def copy_points(
    points: Iterable[CountPoint], *, group: Subject, organisation: Organisation, moved: timedelta, actor: Actor
) -> int:
    """Inside the act of cloning: the points on other days, drawn anew; neither counts nor phones."""
    made = 0
    for point in points:
        facts = {name: getattr(point, name) for name in COPIED}
        days = {"first_day": point.first_day + moved, "last_day": point.last_day + moved}
        open_point(group=group, organisation=organisation, actor=actor, **days, **facts)
        made += 1
    return made


def move_points(points: Iterable[CountPoint], *, moved: timedelta, actor: Actor) -> int:
    """Inside the act that moves what they count for: the same points on other days."""
    made = 0
    for point in points:
        days = {"first_day": point.first_day + moved, "last_day": point.last_day + moved}
        change_point(point=point, version=point.version, actor=actor, **days)
        made += 1
    return made
