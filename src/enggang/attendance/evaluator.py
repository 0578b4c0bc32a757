"""The rule of the gate: what a scan is worth, given what is known. The phone runs the same rule in
``static/attendance/js/evaluator.js``; the golden cases in ``tests/attendance/golden.json`` hold both.

The question is plain data. Times are whole milliseconds since 1970, by the server's clock as far as it is known:

    now       when the pass was read
    drift     how far two measurements of the phone's clock lie apart
    device    the phone that reads
    complete  whether ``entry`` is all there is (the server); a phone may not have heard of a pass yet
    gate      {opens_at, ends_at, revoked}
    read      {kind: token | code | none, signature: good | bad | unchecked}
    occasion  {state, starts_at, ends_at} or null
    entry     {revoked} or null: the pass as it is on record
    mark      {status, at, device} or null: what is known of the holder at this occasion; ``device`` empty: no gate
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enggang.attendance.enums import OccasionState, Reason, Status, Verdict

Question = Mapping[str, Any]
Answer = tuple[Verdict, Reason]

MINUTE = 60_000
CLOCK_TOLERANCE = 5 * MINUTE
FAR = 6 * 60 * MINUTE  # people sign early and late; half a day off is a wrong session or a wrong clock


def evaluate(asked: Question) -> Answer:
    """The first rule that has something to say decides; else the holder is present."""
    for rule in RULES:
        if answer := rule(asked):
            return answer
    return Verdict.ACCEPTED, Reason.NONE


def _gate(asked: Question) -> Answer | None:
    if asked["gate"]["revoked"]:
        return Verdict.REFUSED, Reason.GATE_REVOKED
    if asked["now"] >= asked["gate"]["ends_at"]:
        return Verdict.REFUSED, Reason.GATE_ENDED
    if asked["now"] < asked["gate"]["opens_at"] - CLOCK_TOLERANCE:
        return Verdict.REFUSED, Reason.GATE_EARLY
    return None


def _reading(asked: Question) -> Answer | None:
    read = asked["read"]
    if read["kind"] == "none" or read["signature"] == "bad":
        return Verdict.REFUSED, Reason.UNREADABLE
    return None


def _occasion(asked: Question) -> Answer | None:
    if asked["occasion"] is None:
        return Verdict.REFUSED, Reason.NO_OCCASION
    if asked["occasion"]["state"] == OccasionState.CANCELLED:
        return Verdict.REFUSED, Reason.CANCELLED
    return None


def _entry(asked: Question) -> Answer | None:
    entry, read = asked["entry"], asked["read"]
    if entry is not None:
        return (Verdict.REFUSED, Reason.REVOKED) if entry["revoked"] else None
    may_be_new = not asked["complete"] and read["signature"] == "good"
    return (Verdict.HELD, Reason.UNLISTED) if may_be_new else (Verdict.REFUSED, Reason.UNKNOWN)


def _mark(asked: Question) -> Answer | None:
    mark = asked["mark"]
    if mark is None:
        return None
    if mark["status"] != Status.PRESENT:
        return (Verdict.REFUSED, Reason.OVERRULED) if mark["at"] > asked["now"] else None
    if not mark["device"]:
        return Verdict.REPEATED, Reason.ALREADY
    return Verdict.REPEATED, Reason.AGAIN if mark["device"] == asked["device"] else Reason.TWO_DEVICES


def _clock(asked: Question) -> Answer | None:
    if abs(asked["drift"]) > CLOCK_TOLERANCE:
        return Verdict.ACCEPTED, Reason.CLOCK
    occasion = asked["occasion"]
    if not occasion["starts_at"] - FAR <= asked["now"] <= occasion["ends_at"] + FAR:
        return Verdict.ACCEPTED, Reason.ODD_TIME
    return None


RULES: tuple[Callable[[Question], Answer | None], ...] = (_gate, _reading, _occasion, _entry, _mark, _clock)
