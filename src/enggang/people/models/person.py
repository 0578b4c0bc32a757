"""A person: with or without an NIP, with or without an account. The mobile number is what everyone has."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.people.models.employment import Employment
from enggang.places.models.organisation import below_any

SEES_PEOPLE = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.LEADER, Role.INSPECTOR)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Oneself, one's staff, and the people employed (now or before) below an organisation one serves."""
        own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        paths = actor.paths(*SEES_PEOPLE)
        if "/" in paths:
            return self
        employed = Employment.objects.filter(below_any(paths, "organisation__path"), person=OuterRef("pk"))
        led = Employment.objects.filter(superior__user_id=actor.user_id or 0, person=OuterRef("pk"), ends_on=None)
        return self.filter(own | Exists(employed) | Exists(led))


class Person(Noun, Versioned):
    subject_kind = "person"

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    nip = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nip"],
                condition=~Q(nip=""),
                name="people_person_nip",
                violation_error_message=_("Another person already has this NIP."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_nip(self) -> str:
        """The NIP with its birth date and serial hidden: what a stranger may read."""
        return f"{'•' * 8}{self.nip[8:14]}{'•' * 4}" if self.nip else ""

    @property
    def spaced_nip(self) -> str:
        """As printed on papers: 8 6 1 3."""
        nip = self.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if len(nip) == 18 else nip
