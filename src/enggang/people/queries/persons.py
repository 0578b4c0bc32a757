"""Lists of persons with what their rows show, in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Value, When

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.enums import Standing
from enggang.people.models import Employment, Person
from enggang.people.models.person import PersonQuerySet
from enggang.people.names import name_key
from enggang.places.models import Organisation

LIKE = 12


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


def lookalikes(*, name: str, nip: str, phone: str, organisation: Organisation) -> list[Person]:
    """Who on record may be a person of this name, NIP or mobile number, wherever they serve; those of the agency first."""
    same = Q(name_key=name_key(name))
    same |= Q(nip=nip) if nip else Q()
    same |= Q(phone=phone) if phone else Q()
    here = Exists(Employment.objects.present().filter(organisation=organisation, person=OuterRef("pk")))
    rows = with_present(Person.objects.filter(same, merged_into=None))
    certain = Case(When(nip=nip, then=0), default=1) if nip else Value(1)
    return list(rows.annotate(certain=certain, here=here).order_by("certain", "-here", "pk")[:LIKE])


def may_read_nip(actor: Actor, person: Person) -> bool:
    return rules.may_read_nip(actor, path_of(person), person.user_id)


def needs_nip(person: Person) -> bool:
    """Taken on record from a list whose NIPs were lost: no certificate before the person has completed it."""
    return person.nip_pending and not person.nip


def to_confirm(people: Collection[int]) -> set[int]:
    """Who of these (ids) was entered at a desk and is not confirmed by their agency; one query."""
    rows = Employment.objects.filter(person__in=people, standing__in=[Standing.ASKED, Standing.DENIED])
    asked = {row.person_id for row in rows if row.is_present or row.is_denied}
    if not asked:
        return set()
    stands = Employment.objects.present().filter(person__in=asked, standing=Standing.STANDS)
    return asked - set(stands.values_list("person_id", flat=True))


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
