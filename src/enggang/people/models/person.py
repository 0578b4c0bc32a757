"""A person: with or without an NIP, with or without an account. The mobile number is what everyone has."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.people.models.employment import Employment
from enggang.people.names import name_key
from enggang.people.phones import normalise_phone, shown_phone
from enggang.people.rules import SEES_PEOPLE
from enggang.places.models.organisation import below, below_any

NIP_LENGTH = 18


def masked(nip: str) -> str:
    return f"{'•' * 8}{nip[8:14]}{'•' * 4}" if nip else ""


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Oneself, one's staff, and the people employed (now or before) below an organisation one serves."""
        own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        paths = actor.paths(*SEES_PEOPLE)
        single = self.filter(merged_into=None)
        if "/" in paths:
            return single
        employed = Employment.objects.filter(below_any(paths, "organisation__path"), person=OuterRef("pk"))
        led = Employment.objects.present().filter(superior__user_id=actor.user_id or 0, person=OuterRef("pk"))
        return single.filter(own | Exists(employed) | Exists(led))

    def employed_below(self, path: str) -> PersonQuerySet:
        """Whose present employment is at the organisation ``path`` or below it."""
        present = Employment.objects.present().filter(below(path, "organisation__path"), person=OuterRef("pk"))
        return self.filter(Exists(present))

    def of_kind(self, kind: str) -> PersonQuerySet:
        return self.filter(Exists(Employment.objects.present().filter(kind=kind, person=OuterRef("pk"))))

    def nip_to_complete(self) -> PersonQuerySet:
        """Taken from a list whose NIPs were lost, and not completed yet."""
        return self.filter(nip_pending=True, nip="")

    def to_confirm(self) -> PersonQuerySet:
        """Entered by others at a desk, and not confirmed by their agency yet."""
        return self.filter(Exists(Employment.objects.present().to_confirm().filter(person=OuterRef("pk"))))

    def matching(self, text: str) -> PersonQuerySet:
        """By parts of the name; by an NIP or a mobile number only in full, so that nobody can feel their way to one."""
        key = name_key(text)
        if not key:
            return self
        found = reduce(and_, (Q(name_key__contains=word) for word in key.split()))
        digits = "".join(char for char in text if char.isdigit())
        if len(digits) == NIP_LENGTH:
            found |= Q(nip=digits)
        if phone := normalise_phone(text):
            found |= Q(phone=phone)
        return self.filter(found)


class Person(Noun, Versioned):
    subject_kind = "person"

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    nip = models.CharField(max_length=18, blank=True)
    # Taken from a list whose NIPs were lost: the person completes it, and gets no certificate before.
    nip_pending = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        editable=False,
        db_index=False,
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        # Named here and not on the fields: PostgreSQL would keep a second one of each for LIKE, which nobody asks.
        indexes = [
            models.Index(fields=["name_key"], name="people_person_name"),
            models.Index(fields=["phone"], name="people_person_phone"),
            models.Index(fields=["merged_into"], name="people_person_merged", condition=Q(merged_into__isnull=False)),
        ]
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
        return masked(self.nip)

    @property
    def shown_phone(self) -> str:
        return shown_phone(self.phone)

    @property
    def spaced_nip(self) -> str:
        """As printed on papers: 8 6 1 3."""
        nip = self.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if len(nip) == 18 else nip
