from __future__ import annotations

from enggang.attendance.models import Pass
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject
from enggang.core.models import Subject
from enggang.places.models import Organisation


@act("attendance.issue_pass", joins=True)
def issue_pass(*, holder: Subject, group: Subject, organisation: Organisation, actor: Actor) -> Pass:
    """The holder's pass in the group; the same one when asked again, valid again when it had been revoked.

    Who may have a pass is the caller's rule: whoever has a confirmed seat.
    """
    record_subject(holder)
    pass_, made = Pass.objects.get_or_create(
        holder=holder, group=group, defaults={"organisation": organisation, "issued_at": clock.now()}
    )
    if pass_.is_revoked:
        pass_.revoked_at = None
        pass_.save(update_fields=["revoked_at"])
    record(group=group.code, made=made)
    return pass_


@act("attendance.revoke_pass")
def revoke_pass(*, holder: Subject, group: Subject, actor: Actor) -> int:
    """End the holder's pass in the group; answers 1, or 0 when there was none. Marks already made stay.

    Whether the actor may speak for the group is the caller's rule.
    """
    record_subject(holder)
    count = Pass.objects.valid().filter(holder=holder, group=group).update(revoked_at=clock.now())
    record(group=group.code, revoked=count)
    return count
