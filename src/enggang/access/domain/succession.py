"""The roles held in a reorganised agency: they go on in its one successor."""

from __future__ import annotations

from datetime import date

from enggang.access.models import RoleGrant
from enggang.accounts.domain.accounts import subject_of
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject
from enggang.places.models import Organisation


def follow_with_roles(*, old: Organisation, new: Organisation, on: date, actor: Actor) -> int:
    """Move what is held at ``old`` itself to ``new``; answers how many. Part of the act that named the successor.

    Only to a first successor: what is left when a divided agency gets a second one has gone with the first, and who is
    to answer for the second is for an administrator to say. A move is undone as any role is: ended, and given anew.
    """
    if old.successions.exclude(new=new).exists():
        return 0
    rows = RoleGrant.objects.running(clock.today()).filter(organisation=old).select_related("user", "organisation")
    for grant in rows.select_for_update(of=("self",)).order_by("pk"):
        follow_agency_with_role(grant=grant, new=new, on=on, actor=actor)
    return len(rows)


@act("access.follow_agency")
def follow_agency_with_role(*, grant: RoleGrant, new: Organisation, on: date, actor: Actor) -> RoleGrant:
    """End one role at the old agency and give the same at the new one, with the same last day.

    No right is won by it: whoever may name a successor administers both agencies. Who holds the role at ``new``
    already keeps that one.
    """
    today = clock.today()
    over = RoleGrant.objects.filter(user=grant.user, role=grant.role, organisation=new, valid_to__lt=today)
    over.filter(ended_at__isnull=True).update(ended_at=clock.now())
    RoleGrant.objects.filter(pk=grant.pk).update(ended_at=clock.now())
    mine = RoleGrant.objects.running(today).filter(user=grant.user, role=grant.role, organisation=new)
    moved = mine.first() or RoleGrant.objects.create(
        user=grant.user, role=grant.role, organisation=new, valid_from=max(on, grant.valid_from),
        valid_to=grant.valid_to, granted_by_key=actor.key,
    )  # fmt: skip
    record_subject(subject_of(grant.user))
    record(role=grant.role, before=grant.organisation.code if grant.organisation else "", after=new.code,
           ended=grant.code, given=moved.code)  # fmt: skip
    return moved
