"""Which sessions are signed for together: each by itself, by half day, or by day. JP stay with the session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from django.utils.translation import gettext as _

from enggang.attendance.domain.occasions import cancel_occasion, change_occasion, drop_occasion, open_occasion
from enggang.attendance.models import Occasion
from enggang.attendance.queries.occasions import signed_among
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.training import rules
from enggang.training.enums import Signing
from enggang.training.models import Session, Wave

PARTS = (time(12), time(18))  # morning, afternoon, evening, by the hour at which a session begins


@act("training.group_signing")
def group_signing(*, wave: Wave, by: Signing, actor: Actor, day: date | None = None) -> tuple[int, int]:
    """Let the sessions of a day (of every day, without ``day``) be signed for together or apart.

    Sessions of different classes are never joined. A day on which somebody has signed already stays as it is.
    Answers how many days were regrouped and how many stayed because of that; Conflict when nothing could be done.
    """
    require(rules.may_manage(actor, wave.organisation))
    days: dict[date, list[Session]] = defaultdict(list)
    for session in _sessions(wave):
        days[session.day].append(session)
    chosen = {each: rows for each, rows in days.items() if day in {None, each}}
    if not chosen:
        raise Conflict(_("There is no session on that day."))
    differing = {each: rows for each, rows in chosen.items() if not _is_grouped(rows, by)}
    signed = signed_among(row.occasion_id for rows in differing.values() for row in rows)
    free = {each: rows for each, rows in differing.items() if not signed & {row.occasion_id for row in rows}}
    if differing and not free:
        raise Conflict(_("Somebody has signed on that day already, so its sessions stay as they are."))
    for rows in free.values():
        sign_together(wave, _groups(rows, by), actor)
    record_subject(wave.subject)
    record(by=str(by), days=len(free), kept=len(differing) - len(free))
    return len(free), len(differing) - len(free)


def _sessions(wave: Wave) -> list[Session]:
    rows = wave.sessions.planned().select_related("occasion__organisation", "occasion__subject")
    return list(rows.order_by("day", "begins", "pk"))


def _key(session: Session, by: Signing) -> tuple[object, ...]:
    if by is Signing.SESSION:
        return (session.pk,)
    part = sum(session.begins >= hour for hour in PARTS) if by is Signing.HALF else 0
    return (session.klass_id, part)


def _groups(rows: Iterable[Session], by: Signing) -> list[list[Session]]:
    found: dict[tuple[object, ...], list[Session]] = defaultdict(list)
    for row in rows:
        found[_key(row, by)].append(row)
    return list(found.values())


def _is_grouped(rows: list[Session], by: Signing) -> bool:
    wanted = {frozenset(row.pk for row in group) for group in _groups(rows, by)}
    now: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        now[row.occasion_id].add(row.pk)
    return wanted == {frozenset(group) for group in now.values()}


def sign_together(wave: Wave, groups: list[list[Session]], actor: Actor) -> None:
    """Give every group of sessions one occasion, for an act on their wave; nobody may have signed for them yet."""
    before = {row.occasion_id: row.occasion for group in groups for row in group}
    used: set[int] = set()
    for group in groups:
        found = next((row.occasion for row in group if row.occasion_id not in used), None)
        occasion = _span(found, group, actor) if found else _open(wave, group, actor)
        used.add(occasion.pk)
        wave.sessions.filter(pk__in=[row.pk for row in group]).update(occasion=occasion)
    for pk, occasion in before.items():
        if pk in used:
            continue
        if occasion.sessions.exists():  # one that was called off still names it
            cancel_occasion(occasion=occasion, actor=actor)
        else:
            drop_occasion(occasion=occasion, actor=actor)


def _open(wave: Wave, group: list[Session], actor: Actor) -> Occasion:
    return open_occasion(
        organisation=wave.organisation, group=wave.subject, title=_title(group),
        starts_at=min(row.starts_at for row in group), ends_at=max(row.ends_at for row in group), actor=actor,
    )  # fmt: skip


def _span(occasion: Occasion, group: list[Session], actor: Actor) -> Occasion:
    return change_occasion(
        occasion=occasion, title=_title(group), starts_at=min(row.starts_at for row in group),
        ends_at=max(row.ends_at for row in group), actor=actor,
    )  # fmt: skip


def _title(group: Iterable[Session]) -> str:
    return " · ".join(row.title for row in group)[:200]


def respan_occasion(session: Session, actor: Actor) -> None:
    """Give the occasion of a session the hours and title of the sessions that are still planned in it."""
    rows = list(session.occasion.sessions.planned().select_related("wave").order_by("day", "begins", "pk"))
    if rows:
        _span(session.occasion, rows, actor)
