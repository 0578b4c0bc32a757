"""Gates: an address that lets a volunteer's phone take attendance for some hours, with signal or without."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.attendance.enums import OccasionKind
from enggang.attendance.models import Gate
from enggang.attendance.rules import may_mark_attendance
from enggang.attendance.tokens import PURPOSE
from enggang.core import clock, keystore
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.places.models import Organisation

LONGEST_HOURS = 72  # a field trip of three days without signal; names leave the phone far sooner (queries/gates.py)


@act("attendance.open_gate")
def open_gate(
    *,
    group: Subject,
    organisation: Organisation,
    name: str,
    hours: int,
    actor: Actor,
    kind: OccasionKind = OccasionKind.SIGNED,
    may_override: bool = False,
) -> tuple[Gate, str]:
    """Open a gate for the people of ``group``; answers it with the token of its address, which is shown once.

    ``kind`` is that of the occasions at which it stands; with ``may_override`` its phone lets in with a reason whom
    the rule refuses.
    """
    require(may_mark_attendance(actor, organisation))
    if not 1 <= hours <= LONGEST_HOURS:
        raise Conflict(_("A gate stays open for 1 to %(hours)d hours.") % {"hours": LONGEST_HOURS})
    keystore.signer(PURPOSE)  # the phone takes its public half along; made here at the latest
    subject = Gate.new_subject(organisation.code)
    expires_at = clock.now() + timedelta(hours=hours)
    link, token = open_link(scope=LinkScope.GATE, subject=subject, actor=actor, expires_at=expires_at)
    gate = Gate.objects.create(
        subject=subject,
        link=link,
        group=group,
        organisation=organisation,
        name=one_line(name, 80) or _("Gate"),
        opened_at=clock.now(),
        kind=kind,
        may_override=may_override,
    )
    record(group=group.code, hours=hours, kind=str(kind), override=may_override)
    return gate, token


@act("attendance.revoke_gate")
def revoke_gate(*, gate: Gate, actor: Actor) -> Gate:
    """End the gate's address: at its next contact a phone forgets the list and brings nothing more."""
    require(may_mark_attendance(actor, gate.organisation))
    revoke_links(scope=LinkScope.GATE, subject=gate.subject, actor=actor)
    # A link that has ended by its time still takes late scans; revoking stops those too.
    CapabilityLink.objects.filter(pk=gate.link_id, revoked_at__isnull=True).update(revoked_at=clock.now())
    gate.link.refresh_from_db()
    return gate
