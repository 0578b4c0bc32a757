"""Good works: the list of an agency, and what a person may show."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from enggang.core.actor import Actor
from enggang.core.registries import PersonalWork
from enggang.training.models import Work


def listed_works(actor: Actor) -> QuerySet[Work]:
    """Newest first, with how many authors there are and how many have agreed. One query, and one for the authors."""
    rows = Work.objects.filter(pk__in=Work.objects.visible_to(actor).values("pk"))
    rows = rows.select_related("subject", "organisation", "licence", "version__hand_in__assignment__wave__programme")
    rows = rows.prefetch_related("authors__person").order_by("-registered_at", "-pk")
    return rows.annotate(
        asked=Count("authors"), agreed_count=Count("authors", filter=Q(authors__agreed_at__isnull=False))
    )


def works_of(person_id: int) -> list[PersonalWork]:
    """For the registry: those to which all authors agreed, newest first."""
    own = Work.objects.filter(authors__person=person_id).values("pk")
    rows = Work.objects.agreed().filter(pk__in=own).select_related("subject", "licence").order_by("-registered_at")
    return [
        PersonalWork(
            row.subject_id, row.title, reverse("training:work", args=[row.code]), row.licence, row.registered_at
        )
        for row in rows
    ]
