"""Training needs: stated and changed by the agency, declined or taken into a call by the organiser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.people.models import Competency, Employment, Person
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.places.queries.dated import serves
from enggang.training import rules
from enggang.training.domain.nominations import invite_agency, open_call
from enggang.training.domain.outcomes import tell_declined
from enggang.training.enums import NEED_MOVES, STANDING, NeedState
from enggang.training.models import Call, CallAgency, Need, Programme, Wave
from enggang.training.queries.needs import open_for, quotas_for
from enggang.training.queries.nominations import rooms

YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What is typed. At least one of ``programme``, ``competency`` and ``topic``; ``people`` are counted in ``number``."""

    year: int
    number: int
    reason: str
    priority: int
    source: str
    programme: Programme | None = None
    competency: Competency | None = None
    topic: str = ""
    people: Sequence[Person] = ()


@act("training.state_need")
def state_need(
    *,
    agency: Organisation,
    organiser: Organisation,
    facts: NeedFacts,
    actor: Actor,
    need: Need | None = None,
    version: int = 0,
    invited: CallAgency | None = None,
) -> Need:
    """State a need to an organiser, or change one that no call has taken up. A programme's organiser is its own.

    ``invited`` is the call through whose page it comes. Raises Conflict when the same need stands already.
    """
    require(rules.may_state_need(actor, agency, invited))
    Organisation.objects.select_for_update().get(pk=agency.pk)  # the same form sent twice at once
    if need is None:
        need = Need(agency=agency, stated_at=clock.now(), stated_by_key=actor.key)
    else:
        if need.agency_id != agency.pk or not need.is_open:
            raise Conflict(_("Only a need that no call has taken up can be changed."))
        keep_version(need, version)
    need.organiser = facts.programme.organisation if facts.programme else organiser
    for name in ("year", "number", "priority", "source", "programme", "competency"):
        setattr(need, name, getattr(facts, name))
    need.topic, need.reason = " ".join(facts.topic.split()), facts.reason.strip()
    _refuse_unsound(need, facts)
    _keep(need)
    need.people.set(facts.people)
    record_subject(need.subject)
    record(year=need.year, number=need.number, named=len(facts.people))
    return need


def _refuse_unsound(need: Need, facts: NeedFacts) -> None:
    if not (need.programme or need.competency or need.topic):
        raise Conflict(_("Say what is to be learned: a competency, a topic or a programme."))
    this = clock.today().year
    if not this <= need.year <= this + YEARS_AHEAD:
        text = _("State needs for this year or one of the %(count)s years to come.")
        raise Conflict(text % {"count": YEARS_AHEAD})
    if need.competency and not serves(need.competency, need.agency.path):
        raise Conflict(_("This competency is not in the catalogue of the agency."))
    if need.number < len(facts.people):
        raise Conflict(_("More people are named than the need is for."))
    _refuse_strangers(need.agency, facts.people)
    _refuse_double(need)


def _refuse_double(need: Need) -> None:
    """The agency's row is locked meanwhile."""
    same = Need.objects.filter(
        agency=need.agency, organiser=need.organiser, year=need.year, programme=need.programme,
        competency=need.competency, topic__iexact=need.topic, state__in=[NeedState.STATED, NeedState.PLANNED],
    )  # fmt: skip
    if same.exclude(pk=need.pk).exists():
        raise Conflict(_("Your agency has stated this need for that year already. Change that one."))


def _refuse_strangers(agency: Organisation, people: Sequence[Person]) -> None:
    here = Employment.objects.present().filter(below(agency.path, "organisation__path"), person__in=people)
    known = set(here.values_list("person_id", flat=True))
    for person in people:
        if person.pk not in known:
            raise Conflict(_("%(name)s does not work at this agency.") % {"name": person.name})


def _keep(need: Need) -> None:
    try:
        need.clean_fields(exclude=["subject"])
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    if need._state.adding:
        need.subject = Need.new_subject(need.agency.code)
    with told(Need):
        need.save()


@act("training.withdraw_need")
def withdraw_need(*, need: Need, actor: Actor, invited: CallAgency | None = None) -> Need:
    """The agency no longer needs it; what a call has taken up stays until the organiser lets it go."""
    require(rules.may_state_need(actor, need.agency, invited))
    record_subject(need.subject)
    return move(need, NeedState.WITHDRAWN, moves=NEED_MOVES)


@act("training.restore_need")
def restore_need(*, need: Need, actor: Actor, invited: CallAgency | None = None) -> Need:
    """Undo: a withdrawn need is the agency's to state again, a declined one the organiser's."""
    if need.state == NeedState.DECLINED:
        require(rules.may_manage(actor, need.organiser))
    else:
        require(rules.may_state_need(actor, need.agency, invited))
    if need.is_planned:
        raise Conflict(_("This need is in a call."))
    Organisation.objects.select_for_update().get(pk=need.agency_id)
    _refuse_double(need)
    record_subject(need.subject)
    return move(need, NeedState.STATED, moves=NEED_MOVES, answer="")


@act("training.decline_need")
def decline_need(*, need: Need, reason: str, actor: Actor) -> Need:
    """Not taken up; the agency's coordinators are told why."""
    require(rules.may_manage(actor, need.organiser))
    if not (clean := " ".join(reason.split())):
        raise Conflict(_("Say why: the other side will read it."))
    record_subject(need.subject)
    move(need, NeedState.DECLINED, moves=NEED_MOVES, answer=clean[:300])
    tell_declined(need, actor)
    return need


@act("training.release_need")
def release_need(*, need: Need, actor: Actor) -> Need:
    """Out of its call, to be taken up by another; not while somebody is nominated for it."""
    require(rules.may_manage(actor, need.organiser))
    if not need.is_planned:
        raise Conflict(_("This need is in no call."))
    if need.nominations.filter(state__in=STANDING).exists():
        raise Conflict(_("People are nominated for this need. Their nominations are to be withdrawn first."))
    need.nominations.update(need=None)
    record_subject(need.subject)
    return move(need, NeedState.STATED, moves=NEED_MOVES, call=None)


@act("training.call_for_needs")
def call_for_needs(
    *,
    programme: Programme,
    needs: Sequence[Need],
    title: str,
    waves: Sequence[Wave],
    deadline: datetime,
    actor: Actor,
    text: str = "",
) -> Call:
    """Draft a call that takes up these needs: every agency with the seats its needs ask for, as far as any are free."""
    require(rules.may_manage(actor, programme.organisation))
    found = list(open_for(programme).filter(pk__in=[need.pk for need in needs]).order_by("priority", "agency__path"))
    if not found or len(found) != len(needs):
        raise Conflict(_("Choose at least one need that is still open. Somebody may have taken one of these up."))
    call = open_call(programme=programme, title=title, waves=waves, deadline=deadline, text=text, actor=actor)
    for agency, quota in quotas_for(found, sum(room.free for room in rooms(call))).items():
        invite_agency(call=call, agency=agency, quota=quota, actor=actor)
    for need in found:
        move(need, NeedState.PLANNED, moves=NEED_MOVES, call=call, answer="")
    record_subject(call.subject)
    record(needs=len(found))
    return call
