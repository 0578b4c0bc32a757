"""The next wave as a copy of one that stands: days shifted, quotas, classes and questions as they are, nobody in it."""

from __future__ import annotations

from datetime import date, timedelta

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.seats.domain.offers import PoolSpec
from enggang.training import rules
from enggang.training.domain.sessions import add_session
from enggang.training.domain.waves import plan_wave
from enggang.training.models import Question, RequiredPaper, Session, Wave, WaveClass


@act("training.copy_wave")
def copy_wave(*, wave: Wave, name: str, starts_on: date, actor: Actor) -> Wave:
    """Plan a draft that begins on ``starts_on`` with the sessions of ``wave`` moved by as many days.

    Registration opens and closes as long before the first day as it did. People, seats taken, marks and messages
    are not copied; instructors and rooms are, and clashes are shown on the new wave.
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
        specimen=wave.specimen,
        actor=actor,
    )
    _copy_asking(wave, copy)
    _copy_sessions(wave, copy, _copy_classes(wave, copy), shift, actor)
    record(copied_from=wave.code, days=shift.days)
    return copy


def _pools(wave: Wave) -> list[PoolSpec]:
    rows = wave.offer.pools.select_related("organisation", "region").order_by("position", "pk")
    return [PoolSpec(row.label, row.size, organisation=row.organisation, region=row.region) for row in rows]


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
) -> None:
    for row in Session.objects.planned().filter(wave=wave).select_related("module", "instructor"):
        add_session(
            wave=copy, title=row.title, day=row.day + shift, begins=row.begins, ends=row.ends, jp=row.jp,
            room=row.room, module=row.module, klass=classes.get(row.klass_id), instructor=row.instructor, actor=actor,
        )  # fmt: skip
