"""Who was there. The first mark of a person stands; a list may correct it, and the audit trail keeps both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.attendance.enums import Method, Status
from enggang.attendance.models import Mark, Occasion, Pass, TakenMark
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.text import one_line

BATCH = 500
KEPT = ("status", "method", "at", "by_key", "note", "scan_uuid")  # what makes a mark what it is


class Entry(NamedTuple):
    """One line of a list as it shall stand. ``note`` None leaves the note that is there."""

    holder_id: int
    status: Status
    note: str | None


@act("attendance.mark_present")
def mark_present(
    *, occasion: Occasion, holder: Subject, method: Method | str, actor: Actor, at: datetime | None = None
) -> tuple[Mark, bool]:
    """Mark ``holder`` present; answers the mark and whether it was made now.

    Asked again it answers the first mark and False. A person marked excused, sick or absent who turns up
    after all becomes present. Raises Conflict when the occasion is cancelled or the holder has no valid pass.
    """
    require(may_mark_attendance(actor, occasion.organisation))
    check_planned(occasion)
    check_pass(occasion, holder)
    record_subject(occasion.subject)
    values = {"status": Status.PRESENT, "method": method, "at": at or clock.now(), "by_key": actor.key}
    mark, made = Mark.objects.get_or_create(occasion=occasion, holder=holder, defaults=values)
    record(holder=holder.code, made=made)
    if not made and not mark.is_present:
        record(before=mark.status)
        made = bool(Mark.objects.filter(pk=mark.pk).exclude(status=Status.PRESENT).update(**values))
        mark.refresh_from_db()
    return mark, made


@act("attendance.mark_list")
def mark_list(
    *,
    occasion: Occasion,
    statuses: Mapping[str, Status],
    actor: Actor,
    notes: Mapping[str, str] | None = None,
    method: Method | str = Method.LIST,
) -> int:
    """Write a whole list, keyed by the holders' subject codes; answers how many marks are new or changed.

    Whoever is not named is left as they are, and so is a note that is not in ``notes``. Raises Conflict, and
    writes nothing, when a code has no valid pass in the group, a status is unknown or the occasion is cancelled.
    The number of queries does not grow with the list, save one batch per 500 rows.
    """
    require(may_mark_attendance(actor, occasion.organisation))
    # Two lists wait for each other here. A scan does not: it holds one mark at most, and asks for nothing more.
    occasion = (
        Occasion.objects.select_for_update(of=("self",), no_key=True).select_related("subject").get(pk=occasion.pk)
    )
    check_planned(occasion)
    entries = _entries(occasion, statuses, notes or {})
    old = {mark.holder_id: mark for mark in Mark.objects.select_for_update().filter(occasion=occasion).order_by("pk")}
    stamp = {"method": method, "at": clock.now(), "by_key": actor.key}
    new = [
        Mark(occasion=occasion, holder_id=entry.holder_id, status=entry.status, note=entry.note or "", **stamp)
        for entry in entries.values()
        if entry.holder_id not in old
    ]
    changed = {code: entry for code, entry in entries.items() if _differs(old.get(entry.holder_id), entry)}
    before = {code: f"{old[entry.holder_id].status}>{entry.status}" for code, entry in changed.items()}
    rewritten = [_rewrite(old[entry.holder_id], entry, stamp) for entry in changed.values()]
    Mark.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)  # who was scanned in this moment is present
    Mark.objects.bulk_update(rewritten, ["status", "note", "method", "at", "by_key"], batch_size=BATCH)
    record_subject(occasion.subject)
    record(new=len(new), changed=before)  # codes of people, never names: after erasure a code leads to nobody
    return len(new) + len(rewritten)


@act("attendance.take_mark_back")
def take_mark_back(*, occasion: Occasion, holder: Subject, reason: str, actor: Actor) -> TakenMark:
    """Let somebody be not marked again at an occasion, with a reason; ``give_mark_back`` undoes it.

    Raises Conflict when they are not marked: somebody else took it back first.
    """
    require(may_mark_attendance(actor, occasion.organisation))
    if not reason.strip():
        raise Conflict(_("Say why the mark is taken back."))
    mark = Mark.objects.select_for_update(of=("self",)).filter(occasion=occasion, holder=holder).first()
    if mark is None:
        raise Conflict(_("They are not marked there. Reload the page to see how it stands."))
    values = {name: getattr(mark, name) for name in KEPT}
    taken = TakenMark.objects.create(
        occasion=occasion, holder=holder, reason=one_line(reason, 200), taken_at=clock.now(), taken_by_key=actor.key,
        **values,
    )  # fmt: skip
    mark.delete()
    record_subject(occasion.subject)
    record(holder=holder.code, before=taken.status)
    return taken


@act("attendance.give_mark_back")
def give_mark_back(*, taken: TakenMark, actor: Actor) -> Mark:
    """Put a mark that was taken back where it stood, as it stood. Conflict when another was made since."""
    require(may_mark_attendance(actor, taken.occasion.organisation))
    check_planned(taken.occasion)
    rows = TakenMark.objects.filter(pk=taken.pk, given_at__isnull=True)
    if not rows.update(given_at=clock.now()):
        raise Conflict(
            _("This has changed in the meantime, so nothing was done. Reload the page to see how it stands.")
        )
    with told(Mark):
        mark = Mark.objects.create(
            occasion_id=taken.occasion_id, holder_id=taken.holder_id, **{name: getattr(taken, name) for name in KEPT}
        )
    record_subject(taken.occasion.subject)
    record(holder=taken.holder.code, after=mark.status)
    return mark


def check_planned(occasion: Occasion) -> None:
    if not Occasion.objects.planned().filter(pk=occasion.pk).exists():
        raise Conflict(_("“%(occasion)s” is cancelled, so nobody can be marked there.") % {"occasion": occasion.title})


def check_pass(occasion: Occasion, holder: Subject) -> None:
    held = Pass.objects.filter(holder=holder, group_id=occasion.group_id).first()
    if held is None:
        raise Conflict(_("This person has no pass for “%(occasion)s”.") % {"occasion": occasion.title})
    if held.is_revoked:
        raise Conflict(_("This pass has been revoked. Ask the organiser."))


def _entries(occasion: Occasion, statuses: Mapping[str, Status], notes: Mapping[str, str]) -> dict[str, Entry]:
    known = dict(Pass.objects.valid().filter(group_id=occasion.group_id).values_list("holder__code", "holder_id"))
    if strangers := statuses.keys() - known.keys():
        text = ngettext(
            "%(count)d row of the list belongs to nobody with a valid pass here. Nothing was saved; reload the list.",
            "%(count)d rows of the list belong to nobody with a valid pass here. Nothing was saved; reload the list.",
            len(strangers),
        )
        raise Conflict(text % {"count": len(strangers)})
    if unknown := [status for status in statuses.values() if status not in Status.values]:
        raise Conflict(_("“%(status)s” is not a kind of attendance.") % {"status": str(unknown[0])[:20]})
    return {code: Entry(known[code], Status(status), _note(notes, code)) for code, status in statuses.items()}


def _note(notes: Mapping[str, str], code: str) -> str | None:
    return notes[code].strip()[:200] if code in notes else None


def _differs(mark: Mark | None, entry: Entry) -> bool:
    return mark is not None and (mark.status != entry.status or entry.note not in {None, mark.note})


def _rewrite(mark: Mark, entry: Entry, stamp: Mapping[str, Any]) -> Mark:
    values = {**stamp, "status": entry.status, "note": mark.note if entry.note is None else entry.note}
    for name, value in values.items():
        setattr(mark, name, value)
    return mark
