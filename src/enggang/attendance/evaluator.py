"""The rule of the gate: what a scan is worth, given what is known. The phone runs the same rule in
``static/attendance/js/evaluator.js``; the golden cases in ``tests/attendance/golden.json`` hold both.

The question is plain data. Times are whole milliseconds since 1970, by the server's clock as far as it is known:

    now       when the pass was read
    drift     how far two measurements of the phone's clock lie apart
    device    the phone that reads
    complete  whether ``entry`` is all there is (the server); a phone may not have heard of a pass yet
    listed    false where the phone has no list any more: nobody can say that a typed code is on none (else left out)
    gate      {opens_at, ends_at, revoked}
    read      {kind: token | code | none, signature: good | bad | unchecked}
    occasion  {state, starts_at, ends_at} or null; with ``code`` where people come and go
    entry     {revoked} or null: the pass as it is on record; where people come and go with {quantity, only, withheld}:
              for how many, for which occasion alone (its code, or empty), what is missing before it lets anybody in
    mark      {status, at, device} or null: what is known of the holder at this occasion; ``device`` empty: no gate
    passage   null where people sign once; else {direction: in | out, quantity, inside, entered, device, re_entry,
              room, override}: how many go which way now, how many of this pass are inside and came in in all, the
              phone that saw them last, how many people there is still room for (or null), whether a supervisor says so
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enggang.attendance.enums import Direction, OccasionState, Reason, Status, Verdict

Question = Mapping[str, Any]
Answer = tuple[Verdict, Reason]

MINUTE = 60_000
CLOCK_TOLERANCE = 5 * MINUTE
FAR = 6 * 60 * MINUTE  # people sign early and late; half a day off is a wrong session or a wrong clock


def evaluate(asked: Question) -> Answer:
    """The first rule that has something to say decides; else the holder is present.

    A supervisor lets in whoever holds a pass of ours, whatever speaks against it; which is told.
    """
    answer = next((said for rule in RULES if (said := rule(asked))), (Verdict.ACCEPTED, Reason.NONE))
    passage = asked.get("passage")
    if passage and passage["override"] and answer[1] in LIFTED:
        return Verdict.ACCEPTED, Reason.OVERRIDE
    return answer


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
    if entry is None:
        unasked = read["kind"] == "code" and not asked.get("listed", True)
        may_be_new = not asked["complete"] and (read["signature"] == "good" or unasked)
        return (Verdict.HELD, Reason.UNLISTED) if may_be_new else (Verdict.REFUSED, Reason.UNKNOWN)
    if (passage := asked.get("passage")) and passage["direction"] == Direction.OUT:
        return None
    if entry["revoked"]:
        return Verdict.REFUSED, Reason.REVOKED
    if entry.get("only") and entry["only"] != asked["occasion"]["code"]:
        return Verdict.REFUSED, Reason.OTHER_TIME
    return (Verdict.REFUSED, Reason(entry["withheld"])) if entry.get("withheld") else None


def _mark(asked: Question) -> Answer | None:
    mark = asked["mark"]
    if mark is None:
        return None
    if mark["status"] != Status.PRESENT:
        return (Verdict.REFUSED, Reason.OVERRULED) if mark["at"] > asked["now"] else None
    if not mark["device"]:
        return Verdict.REPEATED, Reason.ALREADY
    return Verdict.REPEATED, Reason.AGAIN if mark["device"] == asked["device"] else Reason.TWO_DEVICES


def _passage(asked: Question) -> Answer | None:
    passage = asked.get("passage")
    if passage is None:
        return None
    if passage["direction"] == Direction.OUT:
        return (Verdict.ACCEPTED, Reason.UNSEEN) if passage["quantity"] > passage["inside"] else None
    used = passage["inside"] if passage["re_entry"] else passage["entered"]
    if used + passage["quantity"] > asked["entry"]["quantity"]:
        elsewhere = passage["device"] and passage["device"] != asked["device"]
        return Verdict.REPEATED, Reason.TWO_DEVICES if elsewhere else Reason.ALL_IN
    if passage["room"] is not None and passage["quantity"] > passage["room"]:
        return Verdict.REFUSED, Reason.FULL
    return None


def _clock(asked: Question) -> Answer | None:
    if abs(asked["drift"]) > CLOCK_TOLERANCE:
        return Verdict.ACCEPTED, Reason.CLOCK
    occasion = asked["occasion"]
    if not occasion["starts_at"] - FAR <= asked["now"] <= occasion["ends_at"] + FAR:
        return Verdict.ACCEPTED, Reason.ODD_TIME
    return None


RULES: tuple[Callable[[Question], Answer | None], ...] = (
    _gate, _reading, _occasion, _entry, _mark, _passage, _clock,
)  # fmt: skip
LIFTED = frozenset(
    {Reason.REVOKED, Reason.OTHER_TIME, Reason.CONSENT, Reason.WAITING, Reason.ALL_IN, Reason.TWO_DEVICES, Reason.FULL}
)
