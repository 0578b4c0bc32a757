"""Acts on the survey of visitors: opened with the edition, answered without a name, asked by volunteers with a plan."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.enums_impact import SURVEY_MOVES, Stay, SurveyState, Via
from enggang.events.models import Edition, SurveyAnswer, SurveyPost, SurveyRefusal, VisitorSurvey
from enggang.events.models.visitor_survey import REMARK
from enggang.events.queries.survey import origin_names, why_closed


def _keep(edition: Edition, actor: Actor) -> None:
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    record_subject(edition.subject)


@act("events.start_survey")
def start_survey(*, edition: Edition, actor: Actor, intro: str = "", days_after: int = 7) -> VisitorSurvey:
    """The ready survey for an edition, as a draft; started twice it is one."""
    _keep(edition, actor)
    found = VisitorSurvey(edition=edition, intro=one_line(intro, 300), days_after=days_after)
    found.clean_fields(exclude=["edition"])
    row, _made = VisitorSurvey.objects.get_or_create(
        edition=edition, defaults={"intro": found.intro, "days_after": days_after}
    )
    row.edition = edition
    return row


@act("events.change_survey")
def change_survey(*, survey: VisitorSurvey, version: int, actor: Actor, intro: str, days_after: int) -> VisitorSurvey:
    _keep(survey.edition, actor)
    keep_version(survey, version)
    survey.intro, survey.days_after = one_line(intro, 300), days_after
    survey.clean_fields(exclude=["edition"])
    survey.save()
    return survey


@act("events.move_survey")
def move_survey(*, survey: VisitorSurvey, to: str, actor: Actor) -> VisitorSurvey:
    """Open it, close it, or take it back into draft while nobody has answered."""
    edition = survey.edition
    _keep(edition, actor)
    if to not in SurveyState.values:
        raise Conflict(_("There is no such state."))
    if to == SurveyState.OPEN and edition.starts_on is None:
        raise Conflict(_("Decide the days of the edition first: the survey opens and closes with them."))
    if to == SurveyState.DRAFT and survey.answers.exists():
        raise Conflict(_("Somebody has answered already. Close it instead."))
    also: dict[str, Any] = {"opened_at": clock.now()} if to == SurveyState.OPEN and not survey.opened_at else {}
    record(to=to)
    found = move(survey, to, moves=SURVEY_MOVES, **also)
    found.edition = edition
    return found


# -- the sample plan ----------------------------------------------------------------------------------------------


@act("events.keep_survey_post")
def keep_post(*, post: SurveyPost, actor: Actor, version: int = 0, **facts: Any) -> SurveyPost:
    """A line of the sample plan, new or changed."""
    survey = post.survey
    _keep(survey.edition, actor)
    if post.pk:
        keep_version(post, version)
    for name, value in facts.items():
        setattr(post, name, value)
    post.place = one_line(post.place, 120)
    post.clean_fields(exclude=["survey"])
    edition = survey.edition
    last = survey.last_day
    if edition.starts_on is None or last is None or not edition.starts_on <= post.day <= last:
        raise Conflict(_("This day is none on which the survey takes answers."))
    with told(SurveyPost):
        post.save()
    return post


@act("events.drop_survey_post")
def drop_post(*, post: SurveyPost, actor: Actor) -> SurveyPost:
    """Only while nobody was asked there."""
    _keep(post.survey.edition, actor)
    if post.answers.exists() or post.refusals.exists():
        raise Conflict(_("People were asked there already, so it stays in the plan."))
    post.delete()
    return post


def asks_until(edition: Edition, survey: VisitorSurvey) -> datetime:
    last = survey.last_day or clock.today(edition.time_zone) + timedelta(days=survey.days_after)
    return datetime.combine(last, time.max, ZoneInfo(edition.time_zone))


@act("events.hand_out_asking")
def hand_out_asking(*, survey: VisitorSurvey, actor: Actor) -> str:
    """A private address for interviewers; answers its token, shown once. The former one ends."""
    edition = survey.edition
    _keep(edition, actor)
    until = asks_until(edition, survey)
    if until <= clock.now():
        raise Conflict(_("The days of this survey are over."))
    revoke_links(scope=LinkScope.ASKING, subject=edition.subject, actor=actor)
    return open_link(
        scope=LinkScope.ASKING, subject=edition.subject, actor=actor, expires_at=until, handed_out=True
    )[1]  # fmt: skip


@act("events.take_back_asking")
def take_back_asking(*, survey: VisitorSurvey, actor: Actor) -> VisitorSurvey:
    require(rules.may_manage(actor, survey.edition.organisation))
    record_subject(survey.edition.subject)
    revoke_links(scope=LinkScope.ASKING, subject=survey.edition.subject, actor=actor)
    return survey


# -- answers ------------------------------------------------------------------------------------------------------


@act("events.answer_visitor_survey")
def answer_visitor_survey(
    *, survey: VisitorSurvey, key: str, actor: Actor, post: SurveyPost | None = None, **facts: Any
) -> SurveyAnswer:  # fmt: skip
    """Keep one answer under the key of its form: the same key sent again is the same answer, and changes nothing.

    What a volunteer asked belongs to the day of the plan, also when the phone could only send it later. Raises Conflict
    while the survey is not open, Refused for an origin that is none of the list."""
    edition = survey.edition
    record_subject(edition.subject)
    if (known := SurveyAnswer.objects.filter(survey=survey, key=key).first()) is not None:
        return known
    _check_open(survey, post, actor)
    if facts.get("origin") not in origin_names(edition):
        raise Refused(_("Please choose where you live from the list."))
    row = SurveyAnswer(
        survey=survey, post=post, key=key, via=Via.ASKED if post else Via.SELF,
        day=_day(edition, post), **{**facts, "remark": one_line(facts.get("remark", ""), REMARK)},
    )  # fmt: skip
    if row.stay != Stay.NIGHT:
        row.nights = row.bed_price = 0
    row.clean_fields(exclude=["survey", "post"])
    record(via=row.via)
    return _written(row)


def _day(edition: Edition, post: SurveyPost | None) -> date:
    today = clock.today(edition.time_zone)
    return min(post.day, today) if post else today


def _written(row: SurveyAnswer) -> SurveyAnswer:
    """The row, or the one that the same form made a moment earlier on another connection."""
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    with told(SurveyAnswer):
        return SurveyAnswer.objects.get_or_create(key=row.key, defaults=facts)[0]


def _check_open(survey: VisitorSurvey, post: SurveyPost | None, actor: Actor) -> None:
    """Through an interviewer only where the address is one of this edition."""
    if post is not None:
        require(rules.may_ask(actor, survey.edition) and post.survey_id == survey.pk)
    if why := why_closed(survey):
        raise Conflict(why)


@act("events.note_refusal")
def note_refusal(*, post: SurveyPost, key: str, actor: Actor) -> SurveyRefusal:
    """Somebody did not want to answer; the same key is one."""
    survey = post.survey
    record_subject(survey.edition.subject)
    _check_open(survey, post, actor)
    return SurveyRefusal.objects.get_or_create(key=key, defaults={"post": post})[0]


@act("events.undo_refusal")
def undo_refusal(*, post: SurveyPost, actor: Actor) -> int:
    """Take the last refusal of a post back; answers how many were taken back."""
    record_subject(post.survey.edition.subject)
    _check_open(post.survey, post, actor)
    last = post.refusals.order_by("-pk").first()
    if last is not None:
        last.delete()
    return int(last is not None)


@act("events.void_answer")
def void_answer(*, answer: SurveyAnswer, void: bool, reason: str, actor: Actor) -> SurveyAnswer:
    """Take an answer out that cannot be as it is (a joke, the same person twice), with a reason; or put it back."""
    _keep(answer.survey.edition, actor)
    if void and not reason.strip():
        raise Conflict(_("Give the reason: it is kept with the answer."))
    answer.void, answer.void_reason = void, one_line(reason, 300) if void else ""
    answer.save(update_fields=["void", "void_reason"])
    record(answer=answer.pk, void=void)
    return answer


# -- with the edition ---------------------------------------------------------------------------------------------


def copy_survey(edition: Edition, clone: Edition) -> int:
    """Inside the act of cloning: words, days and the sample plan, its days as far from the first as they were. A draft
    again, without answers, refusals and addresses."""
    survey = VisitorSurvey.objects.filter(edition=edition).first()
    if survey is None:
        return 0
    copy = VisitorSurvey.objects.create(edition=clone, intro=survey.intro, days_after=survey.days_after)
    if edition.starts_on and clone.starts_on:
        by = clone.starts_on - edition.starts_on
        SurveyPost.objects.bulk_create(
            SurveyPost(survey=copy, day=post.day + by, place=post.place, every=post.every, wanted=post.wanted)
            for post in survey.posts.all()
        )
    return 1


def follow_survey(edition: Edition, moved: timedelta) -> int:
    """Inside the act of deciding dates: lines of the plan at which nobody was asked yet go with the edition."""
    untouched = SurveyPost.objects.filter(survey__edition=edition, answers=None, refusals=None)
    order = "-day" if moved > timedelta(0) else "day"  # none is laid upon the next
    rows = list(untouched.order_by(order, "pk"))
    for post in rows:
        day = post.day + moved
        if not SurveyPost.objects.filter(survey_id=post.survey_id, day=day, place=post.place).exists():
            SurveyPost.objects.filter(pk=post.pk).update(day=day, version=post.version + 1)
    return len(rows)
