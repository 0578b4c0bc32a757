"""Lists of persons with what their rows show, in a fixed number of questions."""

from __future__ import annotations

from django.db.models import Count, Prefetch

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.models import Employment, Person
from enggang.people.models.person import PersonQuerySet
from enggang.people.names import name_key


def present_employments() -> Prefetch[str]:
    """Fills ``person.present`` with a list of one employment, or of none."""
    rows = Employment.objects.present().select_related("organisation__subject", "superior__subject", "post_type")
    return Prefetch("employments", queryset=rows, to_attr="present")


def with_present(rows: PersonQuerySet) -> PersonQuerySet:
    return rows.select_related("subject", "user").prefetch_related(present_employments())


def present_of(person: Person) -> Employment | None:
    """The present employment, from the prefetched list where there is one."""
    loaded: list[Employment] | None = getattr(person, "present", None)
    if loaded is not None:
        return loaded[0] if loaded else None
    return (
        person.employments.present().select_related("organisation__subject", "superior__subject", "post_type").first()
    )


def path_of(person: Person) -> str:
    """Where the person is now; else where they were last; a person of nowhere belongs to the whole installation."""
    row = present_of(person) or _last_of(person)
    return row.organisation.path if row else "/"


def _last_of(person: Person) -> Employment | None:
    """Of somebody who serves nowhere today: where they were last, else where they will begin."""
    rows = person.employments.select_related("organisation")
    begun = rows.filter(starts_on__lte=clock.today()).order_by("-starts_on", "-pk")
    return begun.first() or rows.order_by("starts_on", "pk").first()


def may_read_nip(actor: Actor, person: Person) -> bool:
    return rules.may_read_nip(actor, path_of(person), person.user_id)


def needs_nip(person: Person) -> bool:
    """Taken on record from a list whose NIPs were lost: no certificate before the person has completed it."""
    return person.nip_pending and not person.nip


def unsound_persons() -> list[str]:
    """Invariant: an NIP is 18 digits, a name key is that of its name, nobody has two present employments."""
    wrong = []
    for code, nip, name, key in Person.objects.values_list("subject__code", "nip", "name", "name_key").iterator():
        if nip and not (len(nip) == 18 and nip.isascii() and nip.isdigit()):
            wrong.append(f"person {code}: the NIP is not 18 digits")
        if key != name_key(name)[:200]:
            wrong.append(f"person {code}: the name key is not that of the name")
    return wrong + _two_places()


def _two_places() -> list[str]:
    rows = Employment.objects.present().values_list("person__subject__code").annotate(places=Count("pk"))
    return [f"person {code}: {places} present employments" for code, places in rows.order_by() if places > 1]
