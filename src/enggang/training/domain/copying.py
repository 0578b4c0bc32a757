"""The next wave as a copy of one that stands: days shifted, quotas and their policy, classes, questions, shared signing and meals as they are, nobody in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from enggang.attendance.domain.sheets import plan_meals
from enggang.attendance.models import MealDay
from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.domain.promotion import change_promotion
from enggang.training import rules
from enggang.training.domain.copying_parts import PARTS, Copying
from enggang.training.domain.sessions import add_session
from enggang.training.domain.signing import sign_together
from enggang.training.domain.teaching import named_in
from enggang.training.domain.waves import plan_wave
from enggang.training.enums import CopyPart
from enggang.training.models import Question, RequiredPaper, Session, Wave, WaveClass


@act("training.copy_wave")
def copy_wave(*, wave: Wave, name: str, starts_on: date, actor: Actor, parts: Collection[str] = ()) -> Wave:
    """Plan a draft that begins on ``starts_on`` with the sessions of ``wave`` moved by as many days.

    Registration opens and closes as long before the first day as it did. People, seats taken, marks and messages
    are not copied; instructors and rooms are, and clashes are shown on the new wave. ``parts`` (``CopyPart``) are what
    else it takes over, as drafts.
    """
    require(rules.may_manage(actor, wave.organisation))
    shift = starts_on - wave.starts_on
    opens, closes = wave.offer.opens_at, wave.offer.closes_at
    copy = plan_wave(
        programme=wave.programme,
        name=name,
        starts_on=starts_on,
        ends_on=wave.ends_on + shift,
        pools=_pools(wave),
        registration_opens=opens + shift if opens else None,
        registration_closes=closes + shift if closes else None,
        venue=wave.venue,
        names_until=wave.names_until + shift if wave.names_until else None,
        contact=wave.contact,
        specimen=wave.specimen,
        actor=actor,
    )
    _copy_policy(wave, copy, actor)
    _copy_asking(wave, copy)
    _copy_meals(wave, copy, shift, actor)
    sessions = _copy_sessions(wave, copy, _copy_classes(wave, copy), shift, actor)
    this = Copying(wave, copy, shift, sessions, actor)
    counts = {str(part): PARTS[part](this) for part in CopyPart if part in parts}
    record(copied_from=wave.code, days=shift.days, **counts)
    return copy


def _pools(wave: Wave) -> list[PoolSpec]:
    """The whole of a divided quota first, then its parts, with the seats each has now."""
    rows = wave.offer.pools.select_related("organisation", "region", "parent").order_by("position", "pk")
    return [
        PoolSpec(
            row.label, row.size, organisation=row.organisation, region=row.region, kind=row.kind,
            part_of=row.parent.label if row.parent else "",
        )
        for row in rows
    ]  # fmt: skip


def _copy_policy(wave: Wave, copy: Wave, actor: Actor) -> None:
    names = ("promotion", "hold_hours", "late_substitution", "then_open", "first_hold_hours")
    change_promotion(offer=copy.offer, **{name: getattr(wave.offer, name) for name in names}, actor=actor)


def _copy_meals(wave: Wave, copy: Wave, shift: timedelta, actor: Actor) -> None:
    found: dict[date, list[str]] = defaultdict(list)
    for day, meal in MealDay.objects.filter(group=wave.subject).order_by("day", "pk").values_list("day", "meal"):
        found[day].append(meal)
    for day, meals in found.items():
        plan_meals(group=copy.subject, organisation=copy.organisation, day=day + shift, meals=meals, actor=actor)


def _copy_classes(wave: Wave, copy: Wave) -> dict[int | None, WaveClass]:
    """The new classes by the id of the one each was copied from."""
    found: dict[int | None, WaveClass] = {}
    for row in wave.classes.all():
        found[row.pk] = WaveClass.objects.create(
            wave=copy, kind=row.kind, name=row.name, instructor_id=row.instructor_id, venue_id=row.venue_id,
            room=row.room, capacity=row.capacity,
        )  # fmt: skip
    return found


def _copy_asking(wave: Wave, copy: Wave) -> None:
    for question in wave.questions.all():
        Question.objects.create(
            wave=copy, position=question.position, label=question.label, kind=question.kind, choices=question.choices,
            required=question.required,
        )  # fmt: skip
    for paper in wave.required_papers.all():
        RequiredPaper.objects.create(wave=copy, position=paper.position, name=paper.name)


def _copy_sessions(
    wave: Wave, copy: Wave, classes: dict[int | None, WaveClass], shift: timedelta, actor: Actor
) -> dict[int, Session]:
    """What is signed for together stays together. Answers the new session by the id of the one it was copied from."""
    found: dict[int, Session] = {}
    groups: dict[int, list[Session]] = defaultdict(list)
    for row in Session.objects.planned().filter(wave=wave).select_related("module").with_teachers():
        made = add_session(
            wave=copy, title=row.title, day=row.day + shift, begins=row.begins, ends=row.ends, jp=row.jp,
            room=row.room, module=row.module, klass=classes.get(row.klass_id), teachers=named_in(row), actor=actor,
        )  # fmt: skip
        groups[row.occasion_id].append(made)
        found[row.pk] = made
    sign_together(copy, [group for group in groups.values() if len(group) > 1], actor)
    return found
