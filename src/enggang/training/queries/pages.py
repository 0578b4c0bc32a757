"""Whose private pages an organiser or a coordinator may hand out, and which were."""

from __future__ import annotations

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any
from enggang.training import rules
from enggang.training.models import Registration, Wave
from enggang.training.models.registration import RegistrationQuerySet

# What the list may be narrowed to: by the value in the address.
UNREACHED = {
    "akun": Q(person__user=None),
    "kontak": Q(person__user=None, person__email=""),
    "telepon": Q(person__phone=""),
}


def page_holders(wave: Wave, actor: Actor) -> RegistrationQuerySet:
    """Everybody who takes part or waits, for who manages the wave; a coordinator's own people for them."""
    rows = wave.registrations.standing()
    if not rules.may_manage(actor, wave.organisation):
        rows = rows.filter(below_any(actor.paths(*rules.KEEPS_STAFF), "agency__path"))
    return rows.with_names()


def with_pages(rows: RegistrationQuerySet) -> RegistrationQuerySet:
    """With ``links``, how many of their addresses work, and ``handed_at``, when staff handed one out last."""
    usable = CapabilityLink.objects.usable(clock.now()).filter(
        scope=LinkScope.REGISTRATION, subject=OuterRef("subject")
    )
    each = usable.order_by().values("subject")
    return rows.annotate(
        links=Coalesce(Subquery(each.annotate(n=Count("pk")).values("n")), 0),
        handed_at=Subquery(each.filter(handed_out=True).annotate(last=Max("created_at")).values("last")),
    )


def working_pages(registration: Registration) -> int:
    """How many private addresses of this page work now: a single new one ends them all."""
    rows = registration.subject.capability_links.usable(clock.now())
    return rows.filter(scope=LinkScope.REGISTRATION).count()


def agencies_of(rows: RegistrationQuerySet) -> list[Organisation]:
    found = Organisation.objects.filter(pk__in=rows.order_by().values("agency"))
    return list(found.select_related("subject").order_by("name_key", "pk"))
