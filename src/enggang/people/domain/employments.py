"""Where a person works: every change ends one row and opens the next, so that the past stays readable."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, Refused, act, record, require
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import keep_version
from enggang.people import rules
from enggang.people.domain.persons import index_person
from enggang.people.enums import StaffKind
from enggang.people.models import Employment, Person, PostType
from enggang.people.models.employment import in_force
from enggang.people.names import tidy
from enggang.people.queries.persons import path_of, present_of
from enggang.places.models import Organisation

LONGEST_CHAIN = 20


@act("people.set_employment")
def set_employment(
    *,
    person: Person,
    version: int,
    organisation: Organisation,
    actor: Actor,
    kind: StaffKind | str = StaffKind.PNS,
    post: str = "",
    rank: str = "",
    unit: str = "",
    post_type: PostType | None = None,
    starts_on: date | None = None,
) -> Person:
    """Give a person another post, rank or agency from ``starts_on`` (today when not given, or a day to come).

    The actor must serve the new agency, and whichever the person serves or is to serve then: whose people are taken is
    asked first. A post that is to begin later stays; the new one ends before it.
    """
    day = starts_on or clock.today()
    require(rules.may_manage_people_at(actor, organisation.path))
    keep_version(person, version)
    present = present_of(_fresh(person))
    before = _serving_on(person, day)
    for row in (present, before):
        _ask_present(actor, row)
    if present and day < present.starts_on:
        raise Conflict(
            _("The present employment began on {day}; the new one cannot begin before.").format(
                day=date_format(present.starts_on)
            )
        )
    new = Employment(
        person=person, organisation=organisation, kind=kind, post=tidy(post), rank=tidy(rank), unit=tidy(unit),
        post_type=post_type, starts_on=day,
        superior=present.superior if present and present.organisation_id == organisation.pk else None,
    )  # fmt: skip
    _open(new, after=before)
    if new.is_present:
        _place_subject(person, organisation)
    record(kind=str(kind), organisation=organisation.code, starts_on=day.isoformat())
    return person


def _serving_on(person: Person, day: date) -> Employment | None:
    """What stands on record for that day."""
    rows = person.employments.select_related("organisation__subject", "superior")
    return rows.filter(in_force(on=day)).order_by("-starts_on", "-pk").first()


def _fresh(person: Person) -> Person:
    """Forget what a list had prefetched: the act looks for itself."""
    person.__dict__.pop("present", None)
    return person


def _ask_present(actor: Actor, present: Employment | None) -> None:
    if present:
        message = _("This person is on record at {agency}. Ask that agency's coordinator to release them first.")
        allowed = rules.may_manage_people_at(actor, present.organisation.path)
        require(allowed, message.format(agency=present.organisation.name))


def _open(new: Employment, *, after: Employment | None) -> None:
    _cleaned(new)
    new.ends_on = _last_day(new, after)
    if after and new.starts_on == after.starts_on:
        new.pk = after.pk  # what began the same day was never worked: it is corrected in place
    elif after:
        Employment.objects.filter(pk=after.pk).update(ends_on=new.starts_on - timedelta(days=1))
    with told(Employment):
        new.save()


def _last_day(new: Employment, after: Employment | None) -> date | None:
    """What is agreed for later stays: the day before the next post, else the last day at the same agency."""
    later = Employment.objects.filter(person=new.person, starts_on__gt=new.starts_on).order_by("starts_on").first()
    if later:
        return later.starts_on - timedelta(days=1)
    return after.ends_on if after and after.organisation_id == new.organisation_id else None


def _cleaned(row: Employment) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _place_subject(person: Person, organisation: Organisation) -> None:
    person.subject.organisation_code = organisation.code
    person.subject.save(update_fields=["organisation_code"])
    index_person(_fresh(person))


@act("people.release_person")
def release_person(*, person: Person, version: int, actor: Actor, last_day: date | None = None) -> Person:
    """End the present employment on ``last_day`` (today when not given, or a day to come); the record stays.

    From that day another agency can take the person up; until then they serve where they are.
    """
    present = present_of(_fresh(person))
    require(rules.may_manage_people_at(actor, path_of(person)))
    keep_version(person, version)
    if present is None:
        raise Conflict(_("This person has no present employment."))
    day = last_day or clock.today()
    if day < present.starts_on:
        raise Conflict(_("The last day cannot be before the first, {day}.").format(day=date_format(present.starts_on)))
    coming = person.employments.upcoming().first()
    if coming and day >= coming.starts_on:
        raise Conflict(
            _("Another post begins on {day}. Take that back first.").format(day=date_format(coming.starts_on))
        )
    Employment.objects.filter(pk=present.pk).update(ends_on=day)
    index_person(_fresh(person))
    record(last_day=day.isoformat())
    return person


@act("people.drop_plans")
def drop_plans(*, person: Person, version: int, actor: Actor) -> Person:
    """Take back what is agreed for later, a last day or a post to come: the present employment goes on as it is."""
    present, coming = present_of(_fresh(person)), list(person.employments.upcoming().select_related("organisation"))
    require(rules.may_manage_people_at(actor, path_of(person)))
    for row in coming:
        _ask_present(actor, row)
    keep_version(person, version)
    if not coming and (present is None or present.ends_on is None):
        raise Conflict(_("Nothing is agreed for later."))
    Employment.objects.filter(pk__in=[row.pk for row in coming]).delete()
    if present:
        Employment.objects.filter(pk=present.pk).update(ends_on=None)
    record(posts=[row.starts_on.isoformat() for row in coming], stays=present is not None)
    return _fresh(person)


@act("people.turn_employments")
def turn_employments(*, actor: Actor) -> int:
    """Let the day begin: whoever serves elsewhere since today is found there. Answers how many. Safe to run twice."""
    require(actor.is_system)
    elsewhere = ~Q(person__subject__organisation_code=F("organisation__subject__code"))
    rows = Employment.objects.present().filter(elsewhere | Q(starts_on=clock.today()), person__merged_into=None)
    begun = rows.select_related("person__subject", "organisation__subject")
    count = 0
    for row in begun.order_by("pk").iterator(chunk_size=500):
        _place_subject(row.person, row.organisation)
        count += 1
    ended = Person.objects.filter(employments__ends_on=clock.today()).select_related("subject")
    for person in ended.order_by("pk").distinct().iterator(chunk_size=500):
        index_person(person)
    record(count=count)
    return count


@job("people.turn_employments")
def turn_job(run: JobRun) -> None:
    run.outcome(turned=turn_employments(actor=run.actor))


def queue_turn() -> None:
    """Called by the nightly schedule."""
    enqueue(turn_job, actor=SYSTEM)


@act("people.set_superior")
def set_superior(*, person: Person, superior: Person | None, version: int, actor: Actor) -> Person:
    """Name (or with None: unname) the person's superior in the present employment. Nobody stands above themselves."""
    require(rules.may_manage_people_at(actor, path_of(_fresh(person))))
    keep_version(person, version)
    present = present_of(person)
    if present is None:
        raise Conflict(_("This person has no present employment."))
    if superior:
        _refuse_circle(person, superior)
    Employment.objects.filter(pk=present.pk).update(superior=superior)
    record(superior=superior.code if superior else "")
    return _fresh(person)


@act("people.set_post_type")
def set_post_type(*, person: Person, post_type: PostType | None, version: int, actor: Actor) -> Person:
    """Say (or with None: unsay) of which kind the present post is; the employment itself goes on."""
    require(rules.may_manage_people_at(actor, path_of(_fresh(person))))
    keep_version(person, version)
    present = present_of(person)
    if present is None:
        raise Conflict(_("This person has no present employment."))
    Employment.objects.filter(pk=present.pk).update(post_type=post_type)
    record(post_type=post_type.key or post_type.pk if post_type else "")
    return _fresh(person)


def _refuse_circle(person: Person, superior: Person) -> None:
    above: int | None = superior.pk
    for _step in range(LONGEST_CHAIN):
        if above is None:
            return
        if above == person.pk:
            raise Conflict(
                _("{name} is below this person already. Nobody can be their own superior.").format(name=superior.name)
            )
        above = Employment.objects.present().filter(person_id=above).values_list("superior_id", flat=True).first()
