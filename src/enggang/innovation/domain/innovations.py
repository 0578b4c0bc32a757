"""Acts on innovations: entered, changed, handed over to another owner, shown to the public."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.text import one_line
from enggang.innovation import rules
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation, Ownership
from enggang.innovation.queries.gates import due_after
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject


@act("innovation.open_innovation")
def open_innovation(
    *, organisation: Organisation, title: str, problem: str, idea: str, owner: Person, actor: Actor, **facts: Any
) -> Innovation:  # fmt: skip
    """Enter an innovation of an agency as an idea. ``facts`` are further fields of its form. Owned from the first day."""
    require(rules.may_enter(actor, organisation))
    row = new_innovation(organisation, actor, title=title, problem=problem, idea=idea, owner=owner, **facts)
    record(initiator=str(row.initiator))
    return row


def new_innovation(organisation: Organisation, actor: Actor, **facts: Any) -> Innovation:
    """Inside an act that has asked who may."""
    today = clock.today(organisation.time_zone)
    row = Innovation(
        organisation=organisation, stage_since=today, handed_in_on=today, handed_in_by_key=actor.key,
        due_on=due_after(organisation, Stage.SCREENING, today), **facts,
    )  # fmt: skip
    tidy(row)
    row.subject = Innovation.new_subject(organisation.code)
    save(row)
    if row.owner is not None:
        Ownership.objects.create(innovation=row, person=row.owner, since=today, by_key=actor.key)
    return row


@act("innovation.change_innovation")
def change_innovation(*, innovation: Innovation, version: int, actor: Actor, **facts: Any) -> Innovation:
    """Save other facts. Agency and owner do not change here. Raises Conflict when somebody saved a newer version."""
    require(rules.may_write(actor, innovation))
    if innovation.is_published:
        require(rules.may_publish(actor, innovation), _("The public reads this now: an organiser changes it."))
    keep_version(innovation, version)
    for name, value in facts.items():
        setattr(innovation, name, value)
    tidy(innovation)
    save(innovation)
    record(stage=str(innovation.stage))
    return innovation


@act("innovation.hand_over")
def hand_over(*, innovation: Innovation, owner: Person, actor: Actor, reason: str = "") -> Innovation:
    """Another person answers for it from today; who did before stays on record. Raises Conflict for the same person."""
    require(rules.may_write(actor, innovation))
    innovation = Innovation.objects.select_for_update(of=("self",)).with_names().get(pk=innovation.pk)
    if innovation.owner_id == owner.pk:
        raise Conflict(_("This person owns it already."))
    today = clock.today(innovation.organisation.time_zone)
    innovation.ownerships.filter(until=None).update(until=today)
    Ownership.objects.create(
        innovation=innovation, person=owner, since=today, reason=one_line(reason, 300), by_key=actor.key
    )
    innovation.owner = owner
    innovation.save(update_fields=["owner"])
    index(innovation)
    record(was_owned=innovation.ownerships.count() > 1)
    return innovation


@act("innovation.publish_innovation")
def publish_innovation(*, innovation: Innovation, actor: Actor) -> Innovation:
    """Let the public read it. Raises Conflict unless it is in use and says what it does and what came of it."""
    require(rules.may_publish(actor, innovation))
    if not innovation.is_in_use:
        raise Conflict(_("Only what is in use is shown to the public."))
    if not (innovation.benefits.strip() and innovation.results.strip()):
        raise Conflict(_("Write its benefits and its results first: that is what the public reads."))
    return _show(innovation, Innovation.objects.filter(published_at=None), clock.now())


@act("innovation.unpublish_innovation")
def unpublish_innovation(*, innovation: Innovation, actor: Actor) -> Innovation:
    """Take it from the public again; it can be shown once more."""
    require(rules.may_publish(actor, innovation))
    return _show(innovation, Innovation.objects.exclude(published_at=None), None)


def _show(innovation: Innovation, allowed: Any, at: Any) -> Innovation:
    if not allowed.filter(pk=innovation.pk).update(published_at=at):
        raise Conflict(_("This was done already."))
    innovation.published_at = at
    index(innovation)
    record_subject(innovation.subject)
    return innovation


def tidy(row: Innovation) -> None:
    row.title = one_line(row.title, 160)
    row.fold_name()
    if not row.name_key:
        raise Conflict(_("The title needs letters or digits."))
    if not all(isfinite(each or 0) for each in (row.latitude, row.longitude)):
        raise Conflict(_("Type latitude and longitude as numbers, for example 0.0263 and 109.3425."))
    row.changed_at = clock.now()
    row.clean_fields(exclude=["subject"])


def save(row: Innovation) -> None:
    with told(Innovation):
        row.save()
    index(row)


def index(row: Innovation) -> None:
    """Found by everyone when published, by whoever is signed in once an agency has taken it in, else by the agency's staff."""
    index_subject(
        subject=row.subject, title=row.title, text=f"{row.problem} {row.idea}", organisation_path=row.organisation.path,
        public=row.is_published, signed_in=row.owner_id is not None and row.stage != Stage.STOPPED,
    )  # fmt: skip
