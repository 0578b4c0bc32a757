"""Who may be named as an instructor."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.core import clock
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training.models import Instructor


def instructors_for(organisation: Organisation) -> QuerySet[Person]:
    """The agency's own staff, and whoever has the instructor's role there or above."""
    staff = Person.objects.employed_below(organisation.path)
    return (staff | with_the_role([organisation])).order_by("name_key", "pk")


def with_the_role(organisations: Iterable[Organisation]) -> QuerySet[Person]:
    """Whoever has the instructor's role at one of these or above it."""
    paths = [row.path for row in organisations]
    grants = RoleGrant.objects.running(clock.today()).filter(role=Role.INSTRUCTOR).select_related("organisation")
    users = [grant.user_id for grant in grants if any(path.startswith(grant.path) for path in paths)]
    return Person.objects.filter(user_id__in=users)


def teachers_for(organisation: Organisation, named: Person | None = None) -> QuerySet[Person]:
    """Those, whoever of the agency's pool can be asked, and ``named``: who teaches already stays what a form keeps."""
    pool = Instructor.objects.filter(organisation=organisation, active=True).values("person")
    known = Q(pk__in=instructors_for(organisation).order_by().values("pk")) | Q(pk__in=pool)
    return Person.objects.filter(known | Q(pk=named.pk) if named else known).order_by("name_key", "pk")
