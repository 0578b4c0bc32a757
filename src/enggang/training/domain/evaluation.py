"""Evaluation of a wave: ready instruments for participants at once, and for them and their superiors some months later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Subject
from enggang.notices.domain.messages import Recipient, send, whatsapp_text
from enggang.people.models import Employment, Person
from enggang.surveys.domain.surveys import invite, make_survey, open_survey
from enggang.surveys.enums import AskingState
from enggang.surveys.models import Invitation, Survey
from enggang.surveys.queries.settings import setting
from enggang.training import rules
from enggang.training.domain.handing_out import MOST, Handed, note_phones
from enggang.training.domain.reaching import is_reachable, recipient
from enggang.training.enums import SurveyPurpose, WaveState
from enggang.training.models import FollowUp, Registration, Wave, WaveSurvey
from enggang.training.queries.follow_ups import AskedOne
from enggang.training.queries.letters import coordinators_of
from enggang.training.queries.taught import are_asked, instructors_of

FOLLOWED = (SurveyPurpose.SELF, SurveyPurpose.SUPERIOR)
DAYS_SAID = 45
FOR_PARTICIPANTS = (SurveyPurpose.INSTRUCTOR, SurveyPurpose.MATERIAL, SurveyPurpose.ORGANISER, SurveyPurpose.SELF)


@act("training.add_survey")
def add_survey(*, wave: Wave, purpose: str, actor: Actor, person: Person | None = None) -> WaveSurvey:
    """A draft of a ready instrument for this wave; ``person`` is the instructor it is about.

    Citizens are asked about a service by period, apart from any wave.
    """
    require(rules.may_manage(actor, wave.organisation))
    record_subject(wave.subject)
    purpose = SurveyPurpose(purpose)
    if purpose == SurveyPurpose.SERVICE or (purpose == SurveyPurpose.INSTRUCTOR and person is None):
        raise Conflict(_("This instrument is not made for a wave by hand."))
    survey = make_survey(organisation=wave.organisation, instrument=purpose, actor=actor)
    title = f"{survey.title} {_after(wave)}" if purpose in FOLLOWED else survey.title
    parts = [title, person.name if person else "", wave.name]
    survey.title = " · ".join(part for part in parts if part)[:200]
    survey.save(update_fields=["title"])
    record(purpose=str(purpose))
    return WaveSurvey.objects.create(wave=wave, purpose=purpose, survey=survey, person=person)


def _after(wave: Wave) -> str:
    """How long after the last day one asks now, in days at first, then in months; in the language of the instruments."""
    days = max((clock.today(wave.time_zone) - wave.ends_on).days, 1)
    with override("id"):
        if days < DAYS_SAID:
            return ngettext("after %(number)d day", "after %(number)d days", days) % {"number": days}
        months = round(days / 30)
        return ngettext("after %(number)d month", "after %(number)d months", months) % {"number": months}


@act("training.add_instructor_surveys")
def add_instructor_surveys(*, wave: Wave, actor: Actor) -> list[WaveSurvey]:
    """A draft about each instructor of the schedule who has none yet; asked are only those whom they teach."""
    require(rules.may_manage(actor, wave.organisation))
    Wave.objects.select_for_update().get(pk=wave.pk)
    known = set(wave.surveys.exclude(person=None).values_list("person_id", flat=True))
    fresh = [person for person in instructors_of(wave.pk) if person.pk not in known]
    if not fresh:
        raise Conflict(_("The schedule names no instructor who has no survey yet. Put them into the schedule first."))
    return [add_survey(wave=wave, purpose=SurveyPurpose.INSTRUCTOR, person=person, actor=actor) for person in fresh]


@act("training.begin_survey")
def begin_survey(*, registration: Registration, row: WaveSurvey, actor: Actor) -> Invitation:
    """Let a participant with a seat into a survey of their wave. Only themselves."""
    require(rules.is_own(actor, registration))
    record_subject(registration.wave.subject)
    belongs = registration.is_seated and row.wave_id == registration.wave_id and row.purpose in FOR_PARTICIPANTS
    if not belongs or not are_asked(registration, [row]):
        raise Conflict(_("This survey is not for you."))
    klass = registration.classes.order_by("pk").values_list("name", flat=True).first()
    return invite(
        survey=row.survey, holder=registration.subject, user_id=registration.person.user_id, group=klass or "",
        actor=SYSTEM,
    )  # fmt: skip


def queue_follow_ups() -> None:
    """Called by the daily schedule."""
    enqueue(follow_up_all, actor=SYSTEM)


@job("training.follow_up")
def follow_up_all(run: JobRun) -> None:
    """Every finished wave whose time has come and that was not asked again yet, then those who have not answered."""
    asked, refused = on_each(waves_due(), follow_up_wave, run.actor)
    reminded, also = on_each(waves_to_remind(), remind_follow_up, run.actor)
    run.outcome(waves=asked, reminded=reminded, refused=[*refused, *also][:20])


def on_each(waves: Iterable[Wave], do: Callable[..., object], actor: Actor) -> tuple[int, list[str]]:
    """How many it was done for, and what was said of the others: one that refuses does not keep the rest waiting."""
    done, refused = 0, []
    for wave in waves:
        try:
            do(wave=wave, actor=actor)
        except Refused as why:
            refused.append(f"{wave.code}: {why.message}")
        else:
            done += 1
    return done, refused


def waves_due() -> list[Wave]:
    rows = Wave.objects.with_names().filter(state=WaveState.FINISHED)
    rows = rows.exclude(surveys__purpose=SurveyPurpose.SUPERIOR)
    today = clock.today()
    return [
        wave
        for wave in rows
        if wave.ends_on + timedelta(days=setting("follow_up_days", wave.organisation).value) <= today
        and today <= wave.ends_on + timedelta(days=365)
    ]


def waves_to_remind() -> list[Wave]:
    """Those whose follow-up is open, and was asked or asked again long enough ago."""
    return [wave for wave in Wave.objects.with_names().filter(pk__in=_followed().values("wave")) if _is_time(wave)]


def _followed() -> QuerySet[WaveSurvey]:
    """Sent follow-ups that still take answers. Their questions to participants were sent with those to superiors."""
    now = clock.now()
    return WaveSurvey.objects.filter(
        purpose__in=FOLLOWED, survey__state=AskingState.OPEN, survey__closes_at__gt=now, wave__state=WaveState.FINISHED
    ).select_related("survey__subject")


def _is_time(wave: Wave) -> bool:
    days = timedelta(days=setting("follow_up_again_days", wave.organisation).value)
    return any(
        (row.reminded_on or timezone.localdate(row.survey.opened_at)) + days <= clock.today()
        for row in _followed().filter(wave=wave)
    )


@act("training.remind_follow_up")
def remind_follow_up(*, wave: Wave, actor: Actor) -> Wave:
    """Ask those once more who have not answered the open follow-up; at most once a day. Nobody is told who they are."""
    require(rules.may_manage(actor, wave.organisation))
    Wave.objects.select_for_update().get(pk=wave.pk)
    rows = list(_followed().filter(wave=wave).exclude(reminded_on=clock.today()))
    if not rows:
        raise Conflict(_("There is no open follow-up to be reminded of, or this was done today already."))
    for row in rows:
        _remind(row, actor)
    WaveSurvey.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=clock.today())
    record_subject(wave.subject)
    return wave


def _remind(row: WaveSurvey, actor: Actor) -> None:
    silent = row.survey.invitations.filter(answered=False).values("holder")
    if row.purpose == SurveyPurpose.SELF:
        for registration in row.wave.registrations.seated().with_names().filter(subject__in=silent):
            _tell_participant(registration, row.survey, "follow_up_again", actor)
        return
    asked = FollowUp.objects.filter(survey=row.survey, subject__in=silent).select_related("subject", "survey__subject")
    superiors = _superiors([each.registration.person_id for each in asked.select_related("registration")])
    for each in asked.select_related("subject", "registration__person", "registration__wave"):
        if (superior := superiors.get(each.registration.person_id)) is not None:
            _tell_superior(each, superior, row.survey, "follow_up_superior_again", actor)


@act("training.follow_up_wave")
def follow_up_wave(*, wave: Wave, actor: Actor) -> Wave:
    """Ask participants and superiors what has changed at work, once for each wave. Repeating it asks nobody twice.

    Reached are those with an account or an e-mail address; the others once somebody has handed their address out.
    """
    require(rules.may_manage(actor, wave.organisation))
    if Wave.objects.select_for_update().get(pk=wave.pk).state != WaveState.FINISHED:
        raise Conflict(_("Finish the wave first: the follow-up asks what has changed at work since then."))
    if wave.surveys.filter(purpose=SurveyPurpose.SUPERIOR).exists():
        raise Conflict(_("The follow-up of this wave was sent already."))
    own, led = (_open(wave, purpose, actor) for purpose in (SurveyPurpose.SELF, SurveyPurpose.SUPERIOR))
    rows = list(wave.registrations.seated().with_names().select_related("person__user"))
    superiors = _superiors([row.person_id for row in rows])
    reached, led_reached = 0, 0
    for row in rows:
        reached += _ask_participant(row, own, actor)
        if (superior := superiors.get(row.person_id)) is not None:
            led_reached += _ask_superior(row, superior, led, actor)
    offered = _offer_service_surveys(wave, rows, actor)
    record(
        participants=len(rows),
        superiors=len(superiors),
        reached=reached,
        superiors_reached=led_reached,
        offered=offered,
    )
    return wave


def _offer_service_surveys(wave: Wave, rows: list[Registration], actor: Actor) -> int:
    """Tell the coordinators of the participants' agencies that citizens can be asked now; answers how many."""
    agencies = {row.agency_id: row.agency for row in rows}.values()
    users = {user.pk: user for agency in agencies for user in coordinators_of(agency)}
    for user in users.values():
        send(
            to=Recipient(user.pk, language=user.language, name=user.name), template="training/messages/service_survey",
            context={"wave": wave}, actor=actor, subject=wave.subject, href=reverse("surveys:services"),
        )  # fmt: skip
    return len(users)


def _open(wave: Wave, purpose: SurveyPurpose, actor: Actor) -> Survey:
    row = add_survey(wave=wave, purpose=purpose, actor=actor)
    days = setting("follow_up_open_days", wave.organisation).value
    return open_survey(survey=row.survey, closes_at=clock.now() + timedelta(days=days), actor=actor)


def _superiors(person_ids: list[int]) -> dict[int, Person]:
    rows = Employment.objects.present().filter(person__in=person_ids).exclude(superior=None)
    return {row.person_id: row.superior for row in rows.select_related("superior__user") if row.superior}


def _ask_participant(row: Registration, survey: Survey, actor: Actor) -> bool:
    invite(survey=survey, holder=row.subject, user_id=row.person.user_id, actor=actor)
    return _tell_participant(row, survey, "follow_up", actor)


def _tell_participant(row: Registration, survey: Survey, template: str, actor: Actor) -> bool:
    """Whether it reaches them; for whoever has neither account nor e-mail address no address is made."""
    if not is_reachable(row.person):
        return False
    href = _address(survey, _link(row.subject, survey, actor))
    context = {"registration": row, "wave": row.wave, "address": href}
    send(
        to=recipient(row.person), template=f"training/messages/{template}", context=context, actor=actor,
        subject=row.subject, href=href.removeprefix(settings.PUBLIC_URL),
    )  # fmt: skip
    return True


def _ask_superior(row: Registration, superior: Person, survey: Survey, actor: Actor) -> bool:
    asked = FollowUp(registration=row, survey=survey, subject=FollowUp.new_subject(row.subject.organisation_code))
    asked.save()
    invite(survey=survey, holder=asked.subject, about=row.person.name, actor=actor)
    return _tell_superior(asked, superior, survey, "follow_up_superior", actor)


def _tell_superior(asked: FollowUp, superior: Person, survey: Survey, template: str, actor: Actor) -> bool:
    if not is_reachable(superior):
        return False
    row = asked.registration
    href = _address(survey, _link(asked.subject, survey, actor))
    context = {"registration": row, "wave": row.wave, "address": href}
    send(
        to=recipient(superior), template=f"training/messages/{template}", context=context, actor=actor,
        href=href.removeprefix(settings.PUBLIC_URL),
    )  # fmt: skip
    return True


def _link(subject: Subject, survey: Survey, actor: Actor, *, handed_out: bool = False) -> str:
    assert survey.closes_at is not None
    scope, until = LinkScope.SURVEY, survey.closes_at
    return open_link(scope=scope, subject=subject, actor=actor, expires_at=until, handed_out=handed_out)[1]


def _address(survey: Survey, token: str) -> str:
    return settings.PUBLIC_URL + reverse("surveys:answer_by_link", args=[token, survey.code])


@act("training.hand_out_follow_up")
def hand_out_follow_up(*, asked: FollowUp, actor: Actor) -> str:
    """A new private address for a superior, to be forwarded by hand; answers the address. Answers through it are marked."""
    require(rules.may_manage(actor, asked.registration.wave.organisation))
    record_subject(asked.registration.wave.subject)
    if asked.survey.closes_at is None or asked.survey.closes_at <= clock.now():
        raise Conflict(_("This survey is not open now."))
    return _address(asked.survey, _link(asked.subject, asked.survey, actor, handed_out=actor.kind != ActorKind.SYSTEM))


@act("training.hand_out_follow_ups")
def hand_out_follow_ups(*, wave: Wave, rows: Sequence[AskedOne], actor: Actor) -> list[Handed]:
    """An address for each who is to be reached by hand, with the text to forward it; from then on they count as reached.

    A superior who is on no record is asked by this too: whoever hands it out knows them. Answers through these addresses
    are marked, as those of any address that staff have seen.
    """
    if not rows or len(rows) > MOST:
        raise Conflict(_("Tick between 1 and %(limit)s people of this wave.") % {"limit": MOST})
    for each in rows:
        require(rules.may_register_staff(actor, wave, each.agency))
        if each.registration.wave_id != wave.pk or not each.survey.is_open_at(clock.now()):
            raise Conflict(_("This survey is not open now."))
    handed = [_handed(each, actor) for each in rows]
    note_phones([each.person for each in rows if each.person is not None], actor)
    record_subject(wave.subject)
    record(people=[each.key for each in rows])
    return handed


def _handed(each: AskedOne, actor: Actor) -> Handed:
    row, seen = each.registration, actor.kind != ActorKind.SYSTEM
    subject = _ask_by_hand(each, actor).subject if each.by_superior else row.subject
    address = _address(each.survey, _link(subject, each.survey, actor, handed_out=seen))
    name = each.person.name if each.person else _("Superior of %(name)s") % {"name": row.person.name}
    phone = each.person.phone if each.person else ""
    template = "follow_up_superior" if each.by_superior else "follow_up"
    context = {"registration": row, "wave": row.wave, "address": address, "recipient": Recipient(name=name)}
    return Handed(name, row.agency.name, phone, address, whatsapp_text(f"training/messages/{template}", context, "id"))


def _ask_by_hand(each: AskedOne, actor: Actor) -> FollowUp:
    """The row of a superior, made now where nobody was on record when the others were asked."""
    row = each.registration
    asked = FollowUp.objects.filter(registration=row, survey=each.survey).select_related("subject").first()
    if asked is None:
        asked = FollowUp(registration=row, survey=each.survey)
        asked.subject = FollowUp.new_subject(row.subject.organisation_code)
        with told(FollowUp):
            asked.save()
    invite(survey=each.survey, holder=asked.subject, about=row.person.name, actor=actor)
    return asked
