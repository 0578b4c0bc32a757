"""Signing in the hall with one's own phone."""

from __future__ import annotations

from datetime import datetime, timedelta

from enggang.attendance.domain.arrivals import milliseconds
from enggang.attendance.enums import Method, Reason, Status, Verdict
from enggang.attendance.evaluator import evaluate
from enggang.attendance.models import Mark, Occasion, Pass, Scan
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject


@act("attendance.sign_myself")
def sign_myself(*, occasion: Occasion, held: Pass, device: str, actor: Actor) -> Scan:
    """Mark the pass's holder present by their own hand; answers the kept scan with its verdict.

    The caller has seen a ticket of the hall's screen and the pass: those two are the right. The phone is remembered by
    ``device``, a random value, so that one that signs for two people shows; both are marked, staff decide.
    """
    now = clock.now()
    occasion.refresh_from_db(fields=["state"])
    mark = Mark.objects.filter(occasion=occasion, holder_id=held.holder_id).first()
    verdict, reason = evaluate(_question(occasion, held, mark, now))
    scan = Scan(group_id=occasion.group_id, occasion=occasion, held=held, code=held.code, device=device)
    scan.device_time = scan.at = scan.received_at = now
    if verdict == Verdict.ACCEPTED:
        verdict, reason = _write(scan, mark, actor, reason)
    scan.verdict, scan.reason = verdict, reason
    scan.save()
    record_subject(occasion.subject)
    record(holder=held.holder.code, verdict=str(verdict), reason=str(reason))
    return scan


def _write(scan: Scan, mark: Mark | None, actor: Actor, reason: Reason) -> tuple[Verdict, Reason]:
    assert scan.occasion and scan.held  # noqa: PT018 -- one fact
    key = actor.key if actor.is_signed_in else f"pass:{scan.held.code}"
    values = {
        "status": Status.PRESENT, "method": Method.SELF, "at": scan.at, "by_key": key, "scan_uuid": scan.uuid,
    }  # fmt: skip
    made = True
    if mark is None:
        _row, made = Mark.objects.get_or_create(
            occasion=scan.occasion, holder_id=scan.held.holder_id, defaults=values
        )  # fmt: skip
    else:
        Mark.objects.filter(pk=mark.pk).exclude(status=Status.PRESENT).update(**values)
    if not made:
        return Verdict.REPEATED, Reason.ALREADY
    return Verdict.ACCEPTED, Reason.SAME_PHONE if _same_phone(scan) else reason


def _same_phone(scan: Scan) -> bool:
    rows = Scan.objects.filter(occasion=scan.occasion, device=scan.device, verdict=Verdict.ACCEPTED)
    return rows.exclude(held=scan.held).exists()


def _question(occasion: Occasion, held: Pass, mark: Mark | None, now: datetime) -> dict[str, object]:
    return {
        "now": milliseconds(now),
        "drift": 0,
        "device": "",
        "complete": True,
        "gate": {
            "opens_at": milliseconds(now), "ends_at": milliseconds(now + timedelta(minutes=1)), "revoked": False,
        },
        "read": {"kind": "code", "signature": "good"},
        "occasion": {
            "state": occasion.state,
            "starts_at": milliseconds(occasion.starts_at),
            "ends_at": milliseconds(occasion.ends_at),
        },
        "entry": {"revoked": held.is_revoked},
        "mark": mark and {"status": mark.status, "at": milliseconds(mark.at), "device": ""},
    }  # fmt: skip
