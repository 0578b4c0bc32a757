"""Who may be named as an instructor."""

from __future__ import annotations

from django.db.models import QuerySet

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.core import clock
from enggang.people.models import Person
from enggang.places.models import Organisation


def instructors_for(organisation: Organisation) -> QuerySet[Person]:
    """The agency's own staff, and whoever has the instructor's role there or above."""
    grants = RoleGrant.objects.running(clock.today()).filter(role=Role.INSTRUCTOR).select_related("organisation")
    users = [grant.user_id for grant in grants if organisation.path.startswith(grant.path)]
    staff = Person.objects.employed_below(organisation.path)
    return (staff | Person.objects.filter(user_id__in=users)).order_by("name_key", "pk")
