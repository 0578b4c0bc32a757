from __future__ import annotations

from collections.abc import Sequence

from enggang.attendance.enums import Withheld
from enggang.attendance.models import Occasion, Pass
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Done, act, record, record_subject
from enggang.core.hot import add_each, add_new, new_row
from enggang.core.models import Subject
from enggang.places.models import Organisation


@act("attendance.issue_pass", joins=True)
def issue_pass(
    *,
    holder: Subject,
    group: Subject,
    organisation: Organisation,
    actor: Actor,
    quantity: int = 1,
    only: Occasion | None = None,
    withheld: Withheld = Withheld.NOTHING,
    code: str = "",
) -> Pass:
    """The holder's pass in the group; the same one when asked again, valid again when it had been revoked.

    ``code`` is what its holder reads aloud and a gate takes typed in; without one it is made here, and a pass that is
    there keeps its own. ``quantity`` people may come in on it, at ``only`` one occasion or at all of the group, once nothing is
    ``withheld``; asked again with others, these are what it says from then on. Who may have a pass is the caller's
    rule: whoever has a confirmed seat.
    """
    record_subject(holder)
    terms = {"quantity": quantity, "only_id": only.pk if only else None, "withheld": withheld}
    named = {"code": code} if code else {}
    pass_ = new_row(
        Pass, holder=holder, group=group, organisation=organisation, issued_at=clock.now(), **terms, **named
    )
    made = add_new(pass_)
    if not made:
        pass_ = Pass.objects.get(holder=holder, group=group)
        wanted = {**terms, "revoked_at": None}
        changed = [name for name, value in wanted.items() if getattr(pass_, name) != value]
        for name in changed:
            setattr(pass_, name, wanted[name])
        if changed:
            pass_.save(update_fields=changed)
    record(group=group.code, made=made, quantity=quantity, withheld=str(withheld))
    return pass_


def issue_passes(*, wanted: Sequence[tuple[Subject, Subject, Organisation]], actor: Actor, done: Done) -> None:
    """As ``issue_pass`` for each holder, group and organisation, in one statement."""
    now = clock.now()
    passes = [
        new_row(Pass, holder=holder, group=group, organisation=organisation, issued_at=now)
        for holder, group, organisation in wanted
    ]
    add_each(passes, key="code", skip_known=True)
    for each in passes:
        if each._state.adding:  # there is one already
            issue_pass(holder=each.holder, group=each.group, organisation=each.organisation, actor=actor)
        else:
            done("attendance.issue_pass", actor, each.holder, group=each.group.code, made=True)


@act("attendance.revoke_pass")
def revoke_pass(*, holder: Subject, group: Subject, actor: Actor) -> int:
    """End the holder's pass in the group; answers 1, or 0 when there was none. Marks already made stay.

    Whether the actor may speak for the group is the caller's rule.
    """
    record_subject(holder)
    count = Pass.objects.valid().filter(holder=holder, group=group).update(revoked_at=clock.now())
    record(group=group.code, revoked=count)
    return count
