"""Who teaches a session: kept as rows in their order, a lead before the assistants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.people.models import Person
from enggang.training.enums import TeachingRole
from enggang.training.models import Session, Teaching

MOST = 12


@dataclass(frozen=True, slots=True)
class Named:
    person: Person
    role: TeachingRole = TeachingRole.LEAD


def named_in(session: Session) -> list[Named]:
    """As they are kept now."""
    rows = Teaching.objects.filter(session=session).select_related("person")
    named = [Named(row.person, TeachingRole(row.role)) for row in rows]
    return named or ([Named(session.instructor)] if session.instructor else [])


def name_teachers(session: Session, wanted: Sequence[Named]) -> None:
    """Within an act: these teach the session now, and nobody else. Raises Conflict for a person named twice, or nobody to lead.

    ``instructor`` follows, unsaved: the caller saves the session.
    """
    people = [each.person.pk for each in wanted]
    if len(set(people)) != len(people):
        raise Conflict(_("The same person is named twice for one session."))
    if len(people) > MOST:
        raise Conflict(_("At most %(most)d people can teach one session.") % {"most": MOST})
    if wanted and all(each.role == TeachingRole.ASSISTANT for each in wanted):
        raise Conflict(_("Say who leads: a session cannot have assistants only."))
    order = sorted(wanted, key=lambda each: each.role == TeachingRole.ASSISTANT)
    session.instructor = order[0].person if order else None
    session.teachings.all().delete()
    Teaching.objects.bulk_create(
        Teaching(session=session, person=each.person, role=each.role, position=number)
        for number, each in enumerate(order)
    )
    getattr(session, "_prefetched_objects_cache", {}).clear()


def with_lead(session: Session, lead: Person | None) -> list[Named]:
    """Who teaches when somebody else leads (or nobody does): the first lead is replaced, the others stay."""
    kept = named_in(session)
    first = next((each for each in kept if each.role == TeachingRole.LEAD), None)
    others = [each for each in kept if each is not first and (lead is None or each.person.pk != lead.pk)]
    if lead is not None:
        return [Named(lead), *others]
    if others and all(each.role == TeachingRole.ASSISTANT for each in others):
        others[0] = Named(others[0].person)
    return others
