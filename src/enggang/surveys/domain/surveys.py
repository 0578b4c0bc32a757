"""Acts on surveys: made from a ready instrument, opened, answered without a name, closed."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Subject
from enggang.core.states import keep_version, move
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.enums import ASKING_MOVES, AskingState, StatementKind
from enggang.surveys.models import Invitation, Sheet, Statement, Survey
from enggang.surveys.queries.services import SERVICE, options_for, profile_questions, weights_for
from enggang.surveys.queries.settings import setting, shipped

MOST_STATEMENTS, LONGEST_COMMENT = 40, 1000


@act("surveys.make_survey")
def make_survey(
    *, organisation: Organisation, instrument: str, actor: Actor, title: str = "", is_public: bool = False
) -> Survey:
    """A draft of one of the ready instruments; its words and its scale can be changed before it is opened."""
    require(rules.may_manage(actor, organisation))
    return draft_of(organisation, instrument, title=title, is_public=is_public)


def draft_of(organisation: Organisation, instrument: str, *, title: str, is_public: bool) -> Survey:
    """Within an act: a draft of a ready instrument, with the weights that its statements have today."""
    ready = next((row for row in shipped("instruments") if row["key"] == instrument), None)
    if ready is None:
        raise Conflict(_("There is no such ready instrument."))
    survey = Survey(organisation=organisation, instrument=instrument, title=(title or ready["title"])[:200])
    survey.high, survey.labels, survey.bands = ready["high"], ready["labels"], ready.get("bands", [])
    survey.source, survey.verified, survey.is_public = ready["source"], ready["verified"], is_public
    survey.subject = Survey.new_subject(organisation.code)
    survey.save()
    _set_statements(survey, [(row[0], row[1], row[2]) for row in ready["statements"]])
    return survey


@act("surveys.copy_survey")
def copy_survey(*, survey: Survey, title: str, actor: Actor, shift: timedelta | None = None) -> Survey:
    """A draft with the words, scale and statements of ``survey``, closing ``shift`` later; of its answers nothing."""
    require(rules.may_manage_survey(actor, survey))
    names = (
        "organisation_id",
        "instrument",
        "intro",
        "high",
        "labels",
        "bands",
        "source",
        "verified",
        "is_public",
        "live",
    )
    copy = Survey(title=title[:200], **{name: getattr(survey, name) for name in names})
    copy.closes_at = survey.closes_at + shift if survey.closes_at and shift is not None else None
    copy.subject = Survey.new_subject(survey.organisation.code)
    copy.save()
    Statement.objects.bulk_create(
        Statement(
            survey=copy, position=row.position, section=row.section, kind=row.kind, text=row.text, weight=row.weight
        )
        for row in survey.statements.all()
    )
    return copy


@act("surveys.change_survey")
def change_survey(
    *, survey: Survey, version: int, statements: list[tuple[str, str, str]], actor: Actor, **facts: object
) -> Survey:
    """Change a draft: title, words, scale, statements. After opening nothing changes under the answers."""
    require(rules.may_manage_survey(actor, survey))
    keep_version(survey, version)
    if survey.state != AskingState.DRAFT or survey.opened_at:
        raise Conflict(_("Only a draft can be changed. Make a new survey for other questions."))
    for field, value in facts.items():
        setattr(survey, field, value)
    if survey.labels and len(survey.labels) != survey.high:
        raise Conflict(_("Write one word for each step of the scale: %(count)s lines.") % {"count": survey.high})
    survey.full_clean(
        exclude=["subject", "labels", "bands", "profile"], validate_unique=False, validate_constraints=False
    )
    survey.save()
    _set_statements(survey, statements)
    return survey


def _set_statements(survey: Survey, rows: list[tuple[str, str, str]]) -> None:
    if not any(kind == StatementKind.SCALE for _section, kind, _text in rows) or len(rows) > MOST_STATEMENTS:
        raise Conflict(_("A survey needs at least one statement on the scale, and at most 40 lines."))
    survey.statements.all().delete()
    weights = iter(weights_for(survey.organisation, clock.today()) if survey.instrument == SERVICE else ())
    made = [
        Statement(
            survey=survey, position=n, section=section, kind=kind, text=text,
            weight=next(weights, 1) if kind == StatementKind.SCALE else 1,
        )
        for n, (section, kind, text) in enumerate(rows, 1)
    ]  # fmt: skip
    for row in made:
        row.clean_fields(exclude=["survey"])
    Statement.objects.bulk_create(made)


@act("surveys.open_survey")
def open_survey(*, survey: Survey, actor: Actor, closes_at: datetime | None = None) -> Survey:
    """Open it. The least number of answers is fixed now, for good."""
    require(rules.may_manage_survey(actor, survey))
    if closes_at is not None and closes_at <= clock.now():
        raise Conflict(_("The closing time is over already. Choose a later one."))
    closes_at = _within_period(survey, closes_at)
    facts: dict[str, Any] = {"opened_at": survey.opened_at or clock.now(), "closes_at": closes_at, "closed_at": None}
    if survey.opened_at is None:
        least = setting("minimum_answers", survey.organisation).value
        facts |= {"minimum": least, "step": max(least, setting("batch_answers", survey.organisation).value)}
        if survey.instrument == SERVICE and survey.is_public:
            facts["profile"] = options_for(survey.organisation, clock.today())
    return move(survey, AskingState.OPEN, moves=ASKING_MOVES, **facts)


def _within_period(survey: Survey, closes_at: datetime | None) -> datetime | None:
    """A survey about a service closes when its period is over, at the latest."""
    if not hasattr(survey, "service"):
        return closes_at
    over = datetime.combine(survey.service.ends_on + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
    if over <= clock.now():
        raise Conflict(_("The period of this survey is over. Make a new one for the next period."))
    return min(closes_at or over, over)


@act("surveys.close_survey")
def close_survey(*, survey: Survey, actor: Actor) -> Survey:
    """Close it. What waits is counted now if it is enough to hide everyone in it; else it stays uncounted."""
    require(rules.may_manage_survey(actor, survey))
    move(survey, AskingState.CLOSED, moves=ASKING_MOVES, closed_at=clock.now())
    _count(survey, survey.minimum)
    if survey.groups_upto is None and survey.batches:
        survey.groups_upto = survey.batches
        survey.save(update_fields=["groups_upto"])
    return survey


@act("surveys.unopen_survey")
def unopen_survey(*, survey: Survey, actor: Actor) -> Survey:
    """Take it back into draft while nobody has answered."""
    require(rules.may_manage_survey(actor, survey))
    move(survey, AskingState.DRAFT, moves=ASKING_MOVES, opened_at=None, closes_at=None)
    if survey.sheets.exists():
        raise Conflict(_("Somebody has answered already, so the questions stay as they are. Close it instead."))
    return survey


@act("surveys.invite")
def invite(
    *, survey: Survey, holder: Subject, actor: Actor, user_id: int | None = None, about: str = "", group: str = ""
) -> Invitation:
    """Let a holder answer once; asking again changes nothing. The caller's act has asked who may."""
    record_subject(survey.subject)
    facts = {"user_id": user_id, "about": about[:200], "group": group[:60]}
    return Invitation.objects.get_or_create(survey=survey, holder=holder, defaults=facts)[0]


@act("surveys.answer_survey")
def answer_survey(
    *, survey: Survey, values: Mapping[int, int], comments: Mapping[int, str], actor: Actor,
    invitation: Invitation | None = None, handed: bool = False, profile: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Put one sheet into the box. The caller has found the invitation through its holder; ``actor`` is nobody.

    ``handed``: the address was handed out by staff, who might have answered themselves: it counts in the result, but
    not towards the least number of people in it.

    Every statement on the scale must be answered: a result that rests on few of the answers would tell of them.
    """
    record_subject(survey.subject)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if not survey.is_open_at(clock.now()):
        raise Conflict(_("This survey is not open now."))
    group = _spend(survey, invitation)
    rows = list(survey.statements.all())
    wanted = {row.pk for row in rows if row.kind == StatementKind.SCALE}
    if set(values) != wanted or any(not 1 <= value <= survey.high for value in values.values()):
        raise Refused(_("Please choose an answer for every statement."))
    said = {str(row.pk): comments[row.pk][:LONGEST_COMMENT] for row in rows if comments.get(row.pk)}
    Sheet.objects.create(
        survey=survey, group=group, values={str(key): value for key, value in values.items()}, comments=said,
        handed=handed, profile=known_profile(survey, profile or {}),
    )  # fmt: skip
    if survey.live:
        _count(survey, survey.step)


def known_profile(survey: Survey, said: Mapping[str, str]) -> dict[str, str]:
    """What a citizen chose about themselves; anything that is not one of the options is refused."""
    asked = {row["key"]: row["options"] for row in profile_questions(survey)}
    chosen = {key: value for key, value in said.items() if value}
    if any(value not in asked.get(key, ()) for key, value in chosen.items()):
        raise Refused(_("Please choose one of the options."))
    return chosen


def _spend(survey: Survey, invitation: Invitation | None) -> str:
    if invitation is None:
        if not survey.is_public:
            raise Conflict(_("This survey is answered by invitation only."))
        return ""
    if not Invitation.objects.filter(pk=invitation.pk, survey=survey, answered=False).update(answered=True):
        raise Conflict(_("You have answered this survey already. Thank you."))
    return invitation.group


def _count(survey: Survey, least: int) -> None:
    """Make a batch of all that waits, in a new order and under new keys, once there are ``least``.

    Whoever answers for others knows those answers, and sees what is left: so what is left must hide everyone in it.
    """
    waiting = list(Sheet.objects.filter(survey=survey, batch=None))
    if len(waiting) < least or sum(not row.handed for row in waiting) < survey.minimum:
        return
    random.SystemRandom().shuffle(waiting)
    Sheet.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    survey.batches += 1
    survey.save(update_fields=["batches"])
    for row in waiting:
        row.pk, row.batch = uuid.uuid4(), survey.batches
    Sheet.objects.bulk_create(waiting)
    record(counted=len(waiting), batch=survey.batches)


@act("surveys.close_overdue")
def close_overdue(*, actor: Actor) -> int:
    """Close and count every survey whose time is over; answers how many."""
    due = Survey.objects.filter(state=AskingState.OPEN, closes_at__lte=clock.now())
    rows = list(due.select_related("organisation", "subject"))
    for row in rows:
        close_survey(survey=row, actor=actor)
    return len(rows)


@job("surveys.close_overdue")
def close_overdue_now(run: JobRun) -> None:
    run.outcome(closed=close_overdue(actor=run.actor))


def queue_closing() -> None:
    """For the clock: queue the job when there is anything to do."""
    if Survey.objects.filter(state=AskingState.OPEN, closes_at__lte=clock.now()).exists():
        enqueue(close_overdue_now, actor=SYSTEM)
