from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta

import pytest

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.classes import divide_evenly, drop_class, keep_class, leave_class, place_in_class
from enggang.training.domain.completion import verdicts
from enggang.training.domain.copying import copy_wave
from enggang.training.domain.registrations import withdraw
from enggang.training.domain.sessions import add_session, remove_session
from enggang.training.domain.substitution import substitute_person
from enggang.training.domain.waves import cancel_wave
from enggang.training.enums import ClassKind
from enggang.training.models import ClassPlace, Question, Registration, Session, Wave, WaveClass
from enggang.training.queries.clashes import clashes, own_clashes
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def make_class(wave: Wave, name: str, kind: ClassKind = ClassKind.CLASS, capacity: int | None = None) -> WaveClass:
    return keep_class(wave=wave, kind=kind, name=name, capacity=capacity, actor=SYSTEM)


def filled_wave(*sizes: int) -> Wave:
    """A wave with as many people of each agency as ``sizes`` says."""
    agencies = [make_agency(f"Dinas {number}") for number in range(len(sizes))]
    wave = make_wave(agencies[0], PoolSpec("Terbuka", sum(sizes)))
    for agency, size in zip(agencies, sizes, strict=True):
        for _ in range(size):
            seat(wave, make_person(agency))
    return wave


def session_on(wave: Wave, begins: int, ends: int, **facts: object) -> Session:
    day: date = wave.starts_on
    return add_session(
        wave=wave, title=f"Sesi {begins}", day=day, begins=time(begins), ends=time(ends), actor=SYSTEM, **facts  # type: ignore[arg-type]
    )  # fmt: skip


def test_dividing_evenly_spreads_every_agency_and_leaves_who_has_a_place() -> None:
    wave = filled_wave(5, 3, 2)
    a, b = make_class(wave, "A"), make_class(wave, "B")
    kept = Registration.objects.earliest("pk")
    place_in_class(klass=b, registrations=[kept], actor=SYSTEM)
    assert divide_evenly(wave=wave, kind=ClassKind.CLASS, actor=SYSTEM) == 9
    assert divide_evenly(wave=wave, kind=ClassKind.CLASS, actor=SYSTEM) == 0
    counts = Counter(ClassPlace.objects.values_list("klass__name", "registration__agency__name"))
    for agency in ("Dinas 0", "Dinas 1", "Dinas 2"):
        assert abs(counts["A", agency] - counts["B", agency]) <= 1
    assert (a.places.count(), b.places.count()) == (5, 5)
    assert ClassPlace.objects.get(registration=kept).klass == b


def test_too_few_places_place_nobody() -> None:
    wave = filled_wave(3)
    make_class(wave, "A", capacity=2)
    with pytest.raises(Conflict):
        divide_evenly(wave=wave, kind=ClassKind.CLASS, actor=SYSTEM)
    with pytest.raises(Conflict):
        place_in_class(klass=WaveClass.objects.get(), registrations=list(wave.registrations.all()), actor=SYSTEM)
    assert not ClassPlace.objects.exists()


def test_one_class_each_but_practice_groups_besides() -> None:
    wave = filled_wave(1)
    row = wave.registrations.get()
    a, b, group = make_class(wave, "A"), make_class(wave, "B"), make_class(wave, "Foto", ClassKind.GROUP)
    for klass in (a, group, b, b):
        place_in_class(klass=klass, registrations=[row], actor=SYSTEM)
    assert set(row.classes.values_list("name", flat=True)) == {"B", "Foto"}
    leave_class(klass=b, registrations=[row], actor=SYSTEM)
    assert set(row.classes.values_list("name", flat=True)) == {"Foto"}


def test_only_the_sessions_that_concern_someone_count_in_their_percentage() -> None:
    wave = filled_wave(2)
    first, second = wave.registrations.order_by("pk")
    klass = make_class(wave, "A")
    place_in_class(klass=klass, registrations=[first], actor=SYSTEM)
    only = session_on(wave, 13, 15, klass=klass)
    for session in wave.sessions.filter(klass=None):
        codes = [first.person.subject.code, second.person.subject.code]
        mark_list(occasion=session.occasion, statuses=dict.fromkeys(codes, Status.PRESENT), actor=SYSTEM)
    assert {row.registration.pk: (row.present, row.planned) for row in verdicts(wave)} == {
        first.pk: (2, 3),
        second.pk: (2, 2),
    }
    remove_session(session=only, reason="Batal", actor=SYSTEM)
    assert {row.percent for row in verdicts(wave)} == {100}


def test_a_class_with_sessions_is_not_removed() -> None:
    wave = filled_wave(1)
    klass = make_class(wave, "A")
    session_on(wave, 13, 15, klass=klass)
    with pytest.raises(Conflict):
        drop_class(klass=klass, actor=SYSTEM)
    assert WaveClass.objects.exists()


def test_only_the_organiser_makes_classes() -> None:
    wave = filled_wave(1)
    with pytest.raises(NotAllowed):
        keep_class(wave=wave, kind="class", name="A", actor=make_actor(Role.INSTRUCTOR, wave.organisation))


def test_a_room_an_instructor_and_a_participant_cannot_be_at_two_places() -> None:
    wave = filled_wave(1)
    teacher = make_person(wave.organisation, "Pengajar")
    a, b = make_class(wave, "A"), make_class(wave, "B")
    place_in_class(klass=a, registrations=[wave.registrations.get()], actor=SYSTEM)
    session_on(wave, 13, 15, room="Ruang 1", klass=a, instructor=teacher)
    assert clashes(wave) == []
    session_on(wave, 14, 16, room="ruang  1", klass=b, instructor=teacher)
    room, instructor = (clash.why for clash in clashes(wave))
    assert ("Ruang 1" in room, "Pengajar" in instructor) == (True, True)
    session_on(wave, 15, 16)
    assert sum("Peserta" in str(clash) for clash in clashes(wave)) == 0
    session_on(wave, 13, 14)
    assert sum("Peserta" in str(clash) for clash in clashes(wave)) == 1


def test_a_participant_of_two_waves_at_once_is_shown_in_both() -> None:
    wave = filled_wave(1)
    other = make_wave(wave.organisation, programme=wave.programme, name="Gelombang 2")
    assert clashes(wave) == []
    seat(other, wave.registrations.get().person)
    assert (len(clashes(wave)), len(clashes(other))) == (2, 2)
    assert "Gelombang 2" in str(clashes(wave)[0])
    cancelled = cancel_wave(wave=wave, reason="efisiensi", actor=SYSTEM)
    assert (clashes(cancelled), clashes(other)) == ([], [])


def test_a_participant_reads_which_of_their_sessions_are_at_one_time() -> None:
    wave = filled_wave(2)
    other = make_wave(wave.organisation, programme=wave.programme, name="Gelombang 2")
    row, alone = wave.registrations.order_by("pk")
    seat(other, row.person)
    told = own_clashes(row)
    assert len(told) == 2
    assert "Gelombang 2" in told[0]
    assert own_clashes(alone) == []
    page = client_of(make_user(Role.ORGANISER, wave.organisation)).get(f"/pelatihan/pendaftaran/{row.code}/")
    assert page.text.count("Dua sesi ini pada waktu yang sama") == 2


def test_whoever_has_a_seat_elsewhere_at_these_hours_is_marked_before_they_are_ticked() -> None:
    wave = filled_wave(1)
    other = make_wave(wave.organisation, programme=wave.programme, name="Gelombang 2")
    free, taken = make_person(wave.organisation), wave.registrations.get().person
    page = client_of(make_user(Role.ORGANISER, wave.organisation)).get(f"/pelatihan/gelombang/{other.code}/daftarkan/")
    marked = {line.person: line.elsewhere for line in page.context["lines"]}
    assert wave.name in marked[taken]
    assert marked[free] == ""
    assert page.text.count("Kursi di tempat lain") == 1


def test_a_copy_is_a_draft_with_everything_but_the_people() -> None:
    wave = filled_wave(2)
    klass = make_class(wave, "A", capacity=5)
    divide_evenly(wave=wave, kind=ClassKind.CLASS, actor=SYSTEM)
    session_on(wave, 13, 15, klass=klass)
    remove_session(session=wave.sessions.order_by("pk")[0], reason="Batal", actor=SYSTEM)
    Question.objects.create(wave=wave, position=1, label="Ukuran kaus")
    copy = copy_wave(wave=wave, name="Gelombang 2", starts_on=wave.starts_on + timedelta(days=30), actor=SYSTEM)
    assert (copy.is_draft, copy.ends_on - copy.starts_on) == (True, wave.ends_on - wave.starts_on)
    assert [(row.label, row.size, row.taken) for row in copy.offer.pools.all()] == [("Terbuka", 2, 0)]
    assert [(row.title, row.day - timedelta(days=30)) for row in copy.sessions.all()] == [
        (row.title, row.day) for row in wave.sessions.planned()
    ]
    assert copy.sessions.get(klass__isnull=False).klass == copy.classes.get(name="A", capacity=5)
    assert not ClassPlace.objects.filter(klass__wave=copy).exists()
    assert [row.label for row in copy.questions.all()] == ["Ukuran kaus"]
    assert not copy.registrations.exists()


def test_the_screens_of_classes_and_of_the_copy_work_without_a_script() -> None:
    wave = filled_wave(2)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    base = f"/pelatihan/gelombang/{wave.code}/"
    assert client.post(f"{base}kelas/", {"kind": "class", "name": "A"}).status_code == 302
    assert client.post(f"{base}kelas/", {"kind": "class", "name": "A"}).status_code == 422
    klass = WaveClass.objects.get()
    page = f"{base}kelas/{klass.pk}/"
    people = [row.code for row in wave.registrations.all()]
    client.post(f"{page}peserta/", {"people": people, "do": "place"})
    assert klass.places.count() == 2
    assert "Peserta" in client.get(page).content.decode()
    client.post(f"{page}peserta/", {"people": people[:1], "do": "leave"})
    client.post(f"{base}kelas/bagi/", {"kind": "class"})
    assert klass.places.count() == 2
    assert client.get(f"{base}kelas/").status_code == 200
    refused = client.post(f"{base}salin/", {"name": wave.name, "starts_on": "2027-03-01"})
    assert wave.name in refused.content.decode()
    done = client.post(f"{base}salin/", {"name": "Gelombang 2", "starts_on": "2027-03-01"})
    assert done["Location"].endswith(f"{Wave.objects.get(name='Gelombang 2').code}/")
    session = wave.sessions.order_by("pk")[0]
    address = f"{base}sesi/{session.pk}/"
    data = {"title": "Baru", "day": session.day, "begins": "09:00", "ends": "10:00", "jp": 1, "version": 1}
    assert client.get(address).status_code == 200
    assert client.post(address, data).status_code == 302
    stale = client.post(address, {**data, "title": "Tab kedua"})
    assert "Tab kedua" in stale.content.decode()
    assert Session.objects.get(pk=session.pk).title == "Baru"


def test_a_seat_given_back_frees_the_place_and_a_substitute_takes_it_over() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 3))
    klass = keep_class(wave=wave, kind="class", name="A", capacity=2, actor=SYSTEM)
    group = keep_class(wave=wave, kind="group", name="Foto", actor=SYSTEM)
    leaving, swapped, third = (seat(wave, make_person(agency)) for _ in range(3))
    for each in (klass, group):
        place_in_class(klass=each, registrations=[leaving, swapped], actor=SYSTEM)

    withdraw(registration=leaving, actor=SYSTEM)
    place_in_class(klass=klass, registrations=[third], actor=SYSTEM)
    newcomer = substitute_person(registration=swapped, person=make_person(agency), actor=SYSTEM)

    assert set(klass.places.values_list("registration", flat=True)) == {third.pk, newcomer.pk}
    assert list(group.places.values_list("registration", flat=True)) == [newcomer.pk]
