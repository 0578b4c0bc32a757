"""Acts on classes and practice groups, and on who is in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.people.models import Person
from enggang.places.models import Venue
from enggang.training import rules
from enggang.training.enums import ClassKind
from enggang.training.models import ClassPlace, Registration, Wave, WaveClass


@act("training.keep_class")
def keep_class(
    *,
    wave: Wave,
    kind: str,
    name: str,
    actor: Actor,
    instructor: Person | None = None,
    venue: Venue | None = None,
    room: str = "",
    capacity: int | None = None,
    klass: WaveClass | None = None,
) -> WaveClass:
    """Add a class or group to the wave, or change ``klass``. Places below those already given are refused."""
    require(rules.may_manage(actor, wave.organisation))
    klass = klass or WaveClass(wave=wave)
    shown = _shown(klass)
    if klass.pk and capacity is not None and klass.places.count() > capacity:
        raise Conflict(_("More people are in this class than that. Move some first."))
    klass.kind, klass.name, klass.instructor, klass.venue = kind, name.strip(), instructor, venue
    klass.room, klass.capacity = room.strip(), capacity
    klass.full_clean(validate_constraints=False)
    with told(WaveClass):
        klass.save()
    if shown != _shown(klass):  # calendars that follow its sessions are told by the next version
        klass.sessions.planned().update(version=F("version") + 1, changed_at=clock.now())
    record_subject(wave.subject)
    return klass


def _shown(klass: WaveClass) -> tuple[object, ...]:
    """What a session of the class says of it in calendars."""
    return klass.name, klass.room, klass.venue_id, klass.instructor_id


@act("training.drop_class")
def drop_class(*, klass: WaveClass, actor: Actor) -> Wave:
    """Remove a class; refused while a session is only for it."""
    wave = klass.wave
    require(rules.may_manage(actor, wave.organisation))
    if klass.sessions.exists():
        raise Conflict(_("Sessions are planned for this class. Give them to everyone or to another class first."))
    klass.delete()
    return wave


@act("training.place_in_class")
def place_in_class(*, klass: WaveClass, registrations: Sequence[Registration], actor: Actor) -> int:
    """Put people with a seat into a class; they leave another class of the wave, but not a practice group."""
    wave = klass.wave
    require(rules.may_manage(actor, wave.organisation))
    wanted = [row for row in registrations if row.wave_id == wave.pk and row.is_seated]
    present = set(klass.places.values_list("registration_id", flat=True))
    coming = [row for row in wanted if row.pk not in present]
    if klass.capacity is not None and len(present) + len(coming) > klass.capacity:
        free = klass.capacity - len(present)
        text = _("“%(name)s” has %(free)s places left, and %(count)s were chosen. Nobody was moved.")
        raise Conflict(text % {"name": klass.name, "free": free, "count": len(coming)})
    if klass.kind == ClassKind.CLASS:
        ClassPlace.objects.filter(klass__wave=wave, klass__kind=ClassKind.CLASS, registration__in=coming).delete()
    ClassPlace.objects.bulk_create([ClassPlace(klass=klass, registration=row) for row in coming])
    record_subject(wave.subject)
    record(placed=len(coming))
    return len(coming)


@act("training.leave_class")
def leave_class(*, klass: WaveClass, registrations: Sequence[Registration], actor: Actor) -> int:
    """Take people out of a class."""
    require(rules.may_manage(actor, klass.wave.organisation))
    count, _rows = klass.places.filter(registration__in=registrations).delete()
    record_subject(klass.wave.subject)
    record(left=count)
    return count


@act("training.divide_evenly")
def divide_evenly(*, wave: Wave, kind: str, actor: Actor) -> int:
    """Give everyone with a seat and without a place of this kind one, agency by agency in turn.

    Each goes where fewest of their own agency are, then where fewest are at all; a full class takes nobody. Who
    has a place keeps it. Answers how many were placed.
    """
    require(rules.may_manage(actor, wave.organisation))
    classes = list(wave.classes.filter(kind=kind))
    if not classes:
        raise Conflict(_("Add at least one class of this kind first."))
    loads = {klass.pk: _Load(klass) for klass in classes}
    for klass_id, agency_id in ClassPlace.objects.filter(klass__in=classes).values_list(
        "klass_id", "registration__agency_id"
    ):
        loads[klass_id].take(agency_id)
    homeless = wave.registrations.seated().exclude(class_places__klass__in=classes)
    new = []
    for row in homeless.order_by("agency_id", "pk"):
        load = _lightest(list(loads.values()), row.agency_id)
        load.take(row.agency_id)
        new.append(ClassPlace(klass=load.klass, registration=row))
    ClassPlace.objects.bulk_create(new)
    record_subject(wave.subject)
    record(placed=len(new))
    return len(new)


class _Load:
    """How full a class is, in all and by agency."""

    def __init__(self, klass: WaveClass) -> None:
        self.klass, self.total, self.by_agency = klass, 0, dict[int, int]()

    def take(self, agency_id: int) -> None:
        self.total += 1
        self.by_agency[agency_id] = self.by_agency.get(agency_id, 0) + 1

    @property
    def is_full(self) -> bool:
        return self.klass.capacity is not None and self.total >= self.klass.capacity


def _lightest(loads: list[_Load], agency_id: int) -> _Load:
    free = [load for load in loads if not load.is_full]
    if not free:
        raise Conflict(_("The classes have too few places for everyone. Nobody was placed."))
    return min(free, key=lambda load: (load.by_agency.get(agency_id, 0), load.total, load.klass.pk))
