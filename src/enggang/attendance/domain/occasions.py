from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from enggang.attendance.enums import OCCASION_MOVES, OccasionKind, OccasionState
from enggang.attendance.models import Occasion
from enggang.attendance.queries.occasions import signed_among
from enggang.attendance.rules import may_plan_occasions
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import keep_version, move
from enggang.places.models import Organisation


@act("attendance.open_occasion")
def open_occasion(
    *,
    organisation: Organisation,
    group: Subject,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    actor: Actor,
    kind: OccasionKind = OccasionKind.SIGNED,
    room: int | None = None,
    re_entry: bool = True,
) -> Occasion:
    """Plan a time at which the people of ``group`` sign, or come and go. Instants are aware; shown in the
    organisation's zone. ``room``: how many may be inside at once; ``re_entry``: whoever went out may come in again.
    """
    require(may_plan_occasions(actor, organisation))
    with told(Occasion):
        occasion = Occasion.objects.create(
            subject=Occasion.new_subject(organisation.code),
            organisation=organisation,
            group=group,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            kind=kind,
            room=room,
            re_entry=re_entry,
        )
    record(group=group.code, kind=str(kind))
    return occasion


@act("attendance.change_occasion")
def change_occasion(
    *,
    occasion: Occasion,
    actor: Actor,
    title: str | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    room: int | None = None,
    re_entry: bool | None = None,
    version: int | None = None,
) -> Occasion:
    """Change what is given and leave the rest. Marks stay. ``version`` refuses a second tab's older text."""
    require(may_plan_occasions(actor, occasion.organisation))
    keep_version(occasion, occasion.version if version is None else version)
    changes = {"title": title, "starts_at": starts_at, "ends_at": ends_at, "room": room, "re_entry": re_entry}
    given = {name: value for name, value in changes.items() if value is not None}
    for name, value in given.items():
        setattr(occasion, name, value)
    with told(Occasion):
        occasion.save(update_fields=[*given])
    record(changed=sorted(given))
    return occasion


@act("attendance.cancel_occasion")
def cancel_occasion(*, occasion: Occasion, actor: Actor) -> Occasion:
    """Take an occasion out of the count. Its marks stay on record and count again if it is restored."""
    require(may_plan_occasions(actor, occasion.organisation))
    return move(occasion, OccasionState.CANCELLED, moves=OCCASION_MOVES)


@act("attendance.restore_occasion")
def restore_occasion(*, occasion: Occasion, actor: Actor) -> Occasion:
    require(may_plan_occasions(actor, occasion.organisation))
    return move(occasion, OccasionState.PLANNED, moves=OCCASION_MOVES)


@act("attendance.drop_occasion")
def drop_occasion(*, occasion: Occasion, actor: Actor) -> None:
    """Take away an occasion at which nobody has signed; one with a mark or a scan stays, whatever became of it."""
    require(may_plan_occasions(actor, occasion.organisation))
    if signed_among([occasion.pk]):
        raise Conflict(_("Somebody has signed there already, so it stays."))
    record_subject(occasion.subject)
    occasion.delete()
