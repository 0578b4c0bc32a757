"""Settling what does not fit together: a named person looks at a doubtful scan and says what is right, and why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.attendance.domain.marks import check_planned, give_mark_back, take_mark_back
from enggang.attendance.enums import Method, Settlement, Status, Verdict
from enggang.attendance.models import Mark, Occasion, Pass, Scan, SettledScan
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.text import one_line
from enggang.places.models import Organisation


@act("attendance.settle_scan")
def settle_scan(
    *, scan: Scan, organisation: Organisation, how: Settlement | str, reason: str, actor: Actor
) -> SettledScan:
    """Say what a doubtful scan is worth: the list is right, it counts after all, or the mark is taken back.

    Raises Conflict when it is settled already, or when the mark it speaks of is no longer there.
    """
    require(may_mark_attendance(actor, organisation))
    if how not in Settlement.values:
        raise Conflict(_("Choose what is right."))
    if not reason.strip():
        raise Conflict(_("Say how you know: the next person who looks at it reads it."))
    values = {"how": how, "reason": one_line(reason, 200), "settled_at": clock.now(), "settled_by_key": actor.key}
    settled, made = SettledScan.objects.get_or_create(scan=scan, defaults=values)
    if not made:
        raise Conflict(_("Somebody has settled this already. Reload the page to see how."))
    if how == Settlement.TAKEN:
        occasion, held = _named(scan)
        settled.taken = take_mark_back(occasion=occasion, holder=held.holder, reason=reason, actor=actor)
        settled.save(update_fields=["taken"])
    elif how == Settlement.COUNTED:
        _count(scan, actor)
    record_subject(scan.group)
    record(scan=scan.pk, how=str(how), reason=str(scan.reason))
    return settled


@act("attendance.unsettle_scan")
def unsettle_scan(*, settled: SettledScan, organisation: Organisation, actor: Actor) -> Scan:
    """Take a settlement back: the scan is to be looked at again, and the list is as it was before."""
    require(may_mark_attendance(actor, organisation))
    scan, taken, how = settled.scan, settled.taken, settled.how
    if not SettledScan.objects.filter(pk=settled.pk).delete()[0]:
        raise Conflict(
            _("This has changed in the meantime, so nothing was done. Reload the page to see how it stands.")
        )
    if taken is not None and taken.given_at is None:
        give_mark_back(taken=taken, actor=actor)
    if how == Settlement.COUNTED:
        Mark.objects.filter(scan_uuid=scan.uuid, status=Status.PRESENT, method=Method.QR).delete()
    record_subject(scan.group)
    record(scan=scan.pk, how=str(how))
    return scan


def _count(scan: Scan, actor: Actor) -> None:
    """The mark names the scan, so that it is known where it comes from. Whoever is present already stays as marked."""
    occasion, held = _named(scan)
    if occasion.is_open:
        raise Conflict(_("People at a gate are counted by its scans alone. This one can only be left as it is."))
    if scan.verdict != Verdict.REFUSED:
        raise Conflict(_("This scan is counted already."))
    check_planned(occasion)
    values = {
        "status": Status.PRESENT, "method": Method.QR, "at": scan.at, "by_key": actor.key, "scan_uuid": scan.uuid,
    }  # fmt: skip
    _mark, made = Mark.objects.get_or_create(occasion=occasion, holder_id=held.holder_id, defaults=values)
    if not made:
        raise Conflict(_("They are on the list already. Correct it there, then settle this as right."))


def _named(scan: Scan) -> tuple[Occasion, Pass]:
    if scan.occasion is None or scan.held is None:
        raise Conflict(_("This scan names no session or no pass of this group, so it can only be left as it is."))
    return scan.occasion, scan.held
