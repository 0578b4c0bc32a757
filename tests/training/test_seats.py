"""Seats of a wave beyond registering: policy, held seats, substitutes, walk-ins, no-shows, parts of a quota."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.attendance.models import Pass
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.jobs import run_pending
from enggang.notices.models import Notice
from enggang.people.domain.persons import add_person
from enggang.people.enums import StaffKind
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.seats.domain.holds import queue_expiry
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.domain.promotion import change_promotion
from enggang.seats.models import Offer, Pool
from enggang.seats.queries.offers import unsound_pools
from enggang.training.domain.registrations import confirm_seat, hand_out_page, register_walk_in, withdraw
from enggang.training.domain.substitution import substitute_person
from enggang.training.models import Registration, Wave
from enggang.training.queries.seats import no_shows
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def organiser(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


def full_wave(agency: Organisation, promotion: str = "automatic", hold_hours: int = 0) -> list[Registration]:
    """A wave of one seat with three registrations: one seated, two waiting."""
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    change_promotion(offer=wave.offer, promotion=promotion, hold_hours=hold_hours, late_substitution=True, actor=SYSTEM)
    return [seat(wave, make_person(agency)) for _ in range(3)]


def states(*registrations: Registration) -> list[str]:
    for each in registrations:
        each.claim.refresh_from_db()
    return [each.claim.state for each in registrations]


def address(wave: Wave, *more: str) -> str:
    return "/".join((f"/pelatihan/gelombang/{wave.code}", *more, ""))


def test_the_organiser_accepts_who_is_next_or_passes_over(agency: Organisation, organiser: Client) -> None:
    first, second, third = full_wave(agency, "proposed")
    wave, pool = first.wave, Pool.objects.get()
    withdraw(registration=first, actor=SYSTEM)
    page = organiser.get(address(wave, "kursi")).content.decode()
    assert second.person.name in page.split('id="usulan"')[1].split("</section>")[0]

    organiser.post(address(wave, "kursi", "lewati"), {"registration": second.code})
    organiser.post(address(wave, "kursi", "terima"), {"registration": second.code, "pool": pool.pk})
    assert states(second, third) == ["waiting", "waiting"]
    organiser.post(address(wave, "kursi", "terima"), {"registration": third.code, "pool": pool.pk})

    assert states(second, third) == ["waiting", "confirmed"]
    assert Pass.objects.valid().get().holder_id == third.person.subject_id


def test_the_organiser_changes_the_policy_and_what_is_wrong_is_said(agency: Organisation, organiser: Client) -> None:
    wave = make_wave(agency)
    data = {"promotion": "manual", "hold_hours": "24"}
    assert organiser.post(address(wave, "kursi", "aturan"), data).status_code == 302
    wave.offer.refresh_from_db()
    assert (wave.offer.promotion, wave.offer.hold_hours, wave.offer.late_substitution) == ("manual", 24, False)
    answer = organiser.post(address(wave, "kursi", "aturan"), {"promotion": "x", "hold_hours": "9999"})
    assert (answer.status_code, b"9999" in answer.content) == (422, True)


def test_a_seat_by_hand_needs_a_quota_with_room(agency: Organisation, organiser: Client) -> None:
    first, second, third = full_wave(agency, "manual")
    withdraw(registration=first, actor=SYSTEM)
    for pool in ("", "x", "999999"):
        data = {"registration": third.code, "pool": pool}
        assert organiser.post(address(first.wave, "kursi", "dudukkan"), data).status_code == 404
    organiser.post(
        address(first.wave, "kursi", "dudukkan"), {"registration": third.code, "pool": Pool.objects.get().pk}
    )
    assert states(second, third) == ["waiting", "confirmed"]


def test_a_held_seat_is_told_confirmed_on_the_private_page_and_brings_the_pass(agency: Organisation) -> None:
    first, second, third = full_wave(agency, hold_hours=24)
    second.person.user = make_user()
    second.person.save()
    token = hand_out_page(registration=second, actor=SYSTEM)
    withdraw(registration=first, actor=SYSTEM)
    assert states(second) == ["held"]
    assert not Pass.objects.valid().exists()
    assert Notice.objects.filter(user_id=second.person.user_id, subject=second.subject).count() == 1

    page = Client().get(f"/pelatihan/kursi/{token}/").content.decode()
    assert f"/pelatihan/kursi/{token}/konfirmasi/" in page
    Client().post(f"/pelatihan/kursi/{token}/konfirmasi/")

    assert states(second, third) == ["confirmed", "waiting"]
    assert Pass.objects.valid().get().holder_id == second.person.subject_id


def test_a_seat_not_confirmed_in_time_goes_to_the_next_and_both_are_told(agency: Organisation) -> None:
    first, second, third = full_wave(agency, hold_hours=24)
    for each in (second, third):
        each.person.user = make_user()
        each.person.save()
    withdraw(registration=first, actor=SYSTEM)
    with clock.frozen_at(clock.now() + timedelta(hours=25)):
        with pytest.raises(Conflict):
            confirm_seat(registration=Registration.objects.get(pk=second.pk), actor=SYSTEM)
        assert queue_expiry()
        run_pending()
        assert not queue_expiry()
    assert states(second, third) == ["released", "held"]
    told = Notice.objects.filter(channel="inbox")
    assert [told.filter(user_id=each.person.user_id).count() for each in (second, third)] == [2, 1]
    assert unsound_pools() == []


def test_a_stranger_cannot_confirm_somebody_s_seat(agency: Organisation) -> None:
    first, second, _third = full_wave(agency, hold_hours=24)
    withdraw(registration=first, actor=SYSTEM)
    leader = client_of(make_user(Role.LEADER, agency))
    assert leader.post(f"/pelatihan/pendaftaran/{second.code}/konfirmasi/").status_code == 404
    with pytest.raises(NotAllowed):
        confirm_seat(registration=second, actor=make_actor(Role.LEADER, agency))
    assert states(second) == ["held"]


def test_a_coordinator_swaps_a_colleague_in_and_the_line_does_not_move(agency: Organisation) -> None:
    first, second, _third = full_wave(agency)
    newcomer, client = make_person(agency), client_of(make_user(Role.COORDINATOR, agency))
    page = client.get(f"/pelatihan/pendaftaran/{first.code}/ganti/").content.decode()
    assert newcomer.name in page
    assert second.person.name in page  # who only waits may take the seat
    client.post(f"/pelatihan/pendaftaran/{first.code}/ganti/", {"person": newcomer.code, "reason": "sakit"})

    made = Registration.objects.get(person=newcomer)
    assert states(first, made, second) == ["released", "confirmed", "waiting"]
    assert Pass.objects.valid().get().holder_id == newcomer.subject_id
    assert (Pool.objects.get().taken, unsound_pools()) == (1, [])


def test_a_substitute_works_at_the_same_agency_and_the_actor_may_speak_for_it(agency: Organisation) -> None:
    first, *_rest = full_wave(agency)
    other = make_agency("Dinas Lain")
    with pytest.raises(Conflict, match=str(agency)):
        substitute_person(registration=first, person=make_person(other), actor=SYSTEM)
    with pytest.raises(NotAllowed):
        substitute_person(registration=first, person=make_person(agency), actor=make_actor(Role.COORDINATOR, other))
    assert states(first) == ["confirmed"]


def test_a_substitute_for_who_has_left_is_refused_and_changes_nothing(agency: Organisation) -> None:
    first, *_rest = full_wave(agency)
    stale = Registration.objects.get(pk=first.pk)
    withdraw(registration=first, actor=SYSTEM)
    newcomer = make_person(agency)
    with pytest.raises(Conflict):
        substitute_person(registration=stale, person=newcomer, actor=SYSTEM)
    assert not Registration.objects.filter(person=newcomer).exists()


def test_a_walk_in_gets_a_seat_beyond_the_window_or_reads_why_not(agency: Organisation, organiser: Client) -> None:
    now = clock.now()
    wave = make_wave(
        agency,
        PoolSpec("Terbuka", 1),
        registration_opens=now - timedelta(days=2),
        registration_closes=now - timedelta(days=1),
    )
    guests = [make_person(agency) for _ in range(2)]
    data = [{"who": person.nip, "letter_number": "800/12/2026"} for person in guests]
    assert organiser.post(address(wave, "di-meja"), data[0]).status_code == 302
    refused = organiser.post(address(wave, "di-meja"), data[1])
    assert refused.status_code == 200
    assert "Terbuka 1/1" in refused.content.decode()
    made = Registration.objects.get()
    assert (made.person, made.source, made.letter_number, made.is_seated) == (guests[0], "desk", "800/12/2026", True)
    assert b"800/12/2026" in refused.content


def test_a_walk_in_without_an_nip_is_found_by_name_and_chosen_among_those_of_the_same_name(
    agency: Organisation, organiser: Client
) -> None:
    wave = make_wave(agency)
    person = add_person(
        organisation=agency, name="Siti Aminah", kind=StaffKind.HONORARY, post="Juru foto", actor=SYSTEM
    )
    other = add_person(organisation=make_agency("Dinas Lain"), name="Siti Aminah", actor=SYSTEM)
    Person.objects.filter(pk=other.pk).update(nip_pending=True)
    data = {"who": "siti aminah, S.Sn", "letter_number": "800/7"}
    asked = organiser.post(address(wave, "di-meja"), data)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert all(f'value="{each.code}"' in page for each in (person, other))
    assert "Juru foto" in page
    assert "800/7" in page
    for wrong in ("", "x", make_person(agency).code):
        organiser.post(address(wave, "di-meja"), {**data, "person": wrong})
    assert not Registration.objects.exists()
    assert organiser.post(address(wave, "di-meja"), {**data, "person": other.code}).status_code == 302
    assert Registration.objects.get().person == other


@pytest.mark.parametrize("who", ["", "123", "%", "19800101", "Tidak Ada", "x" * 300, ", ;"])
def test_a_walk_in_whom_no_list_knows_is_refused_and_what_was_typed_stays(
    agency: Organisation, organiser: Client, who: str
) -> None:
    wave = make_wave(agency)
    make_person(agency)
    answer = organiser.post(address(wave, "di-meja"), {"who": who, "letter_number": "800/7"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["who"]
    assert "person" not in answer.context["form"].fields
    assert b"800/7" in answer.content
    assert not Registration.objects.exists()


def test_a_walk_in_takes_a_seat_another_quota_left_empty_only_when_the_organiser_says_so(agency: Organisation) -> None:
    wave = make_wave(agency, PoolSpec("Lain", 1, organisation=make_agency("Dinas Lain")), PoolSpec("Terbuka", 0))
    person = make_person(agency)
    waiting = seat(wave, person)
    with pytest.raises(Conflict, match="No seat is free|Tidak ada kursi"):
        register_walk_in(wave=wave, person=person, letter_number="1", actor=SYSTEM)
    assert states(waiting) == ["waiting"]
    with pytest.raises(Conflict):
        register_walk_in(wave=wave, person=person, letter_number=" ", actor=SYSTEM)
    made = register_walk_in(wave=wave, person=person, letter_number="1", any_quota=True, actor=SYSTEM)
    assert (made.pk, str(made.claim.pool)) == (waiting.pk, "Lain")
    with pytest.raises(NotAllowed):
        register_walk_in(
            wave=wave, person=make_person(agency), letter_number="1", actor=make_actor(Role.COORDINATOR, agency)
        )


def test_who_never_came_is_named_but_not_who_was_sick(agency: Organisation, organiser: Client) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 4))
    came, sick, absent, unmarked = (seat(wave, make_person(agency, name)) for name in ("Ani", "Budi", "Cici", "Dodi"))
    first = wave.sessions.get(title="Hari 1")
    assert no_shows(wave) == []
    statuses = {
        came.person.code: Status.PRESENT,
        sick.person.code: Status.SICK,
        absent.person.code: Status.ABSENT,
    }
    mark_list(occasion=first.occasion, statuses=statuses, actor=SYSTEM)
    with clock.frozen_at(first.ends_at + timedelta(hours=23)):
        assert no_shows(wave) == []  # phones without signal may still bring somebody
    with clock.frozen_at(first.ends_at + timedelta(hours=25)):
        assert no_shows(wave) == [absent, unmarked]


def test_shrinking_below_what_is_confirmed_names_the_people(agency: Organisation, organiser: Client) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 3))
    people = [seat(wave, make_person(agency, name)).person.name for name in ("Ani Lestari", "Budi Santoso")]
    pool = Pool.objects.get()
    page = organiser.post(address(wave, "kuota", str(pool.pk)), {"size": 1}, follow=True).content.decode()
    assert all(name in page for name in people)
    pool.refresh_from_db()
    assert pool.size == 3


def test_a_regency_s_coordinator_divides_its_own_quota_on_the_page(agency: Organisation) -> None:
    regency = make_agency("Kabupaten")
    office, stranger = make_agency("Disdik", regency), make_agency("Lain")
    wave = make_wave(agency, PoolSpec("Kabupaten", 4, organisation=regency))
    pool, coordinator = Pool.objects.get(), client_of(make_user(Role.COORDINATOR, regency))
    page = coordinator.get(address(wave, "kursi")).content.decode()
    assert office.name in page
    for data in (
        {"agency": stranger.code, "size": "2"},
        {"agency": office.code, "size": "x"},
        {"agency": "", "size": "1"},
    ):
        coordinator.post(address(wave, "kursi", "bagi", str(pool.pk)), data)
    assert Pool.objects.count() == 1
    coordinator.post(address(wave, "kursi", "bagi", str(pool.pk)), {"agency": office.code, "size": "3"})
    assert dict(Pool.objects.values_list("label", "size")) == {"Kabupaten": 1, "Kabupaten: Disdik": 3}
    seated = seat(wave, make_person(office))
    refused = coordinator.post(
        address(wave, "kursi", "bagi", str(pool.pk)), {"agency": office.code, "size": "0"}, follow=True
    )
    assert seated.person.name in refused.content.decode().split("</main>")[0].split('class="messages')[1]
    assert Pool.objects.get(parent=pool).size == 3
    other = client_of(make_user(Role.COORDINATOR, stranger))
    assert other.get(address(wave, "kursi")).status_code == 404


def test_the_seats_page_asks_the_same_for_one_who_waits_and_for_many(agency: Organisation, organiser: Client) -> None:
    first, *_rest = full_wave(agency, "proposed")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert organiser.get(address(first.wave, "kursi")).status_code == 200
        return len(seen)

    asked()
    before = asked()
    for _ in range(4):
        seat(first.wave, make_person(agency))
    assert asked() == before <= 22


def test_a_registered_person_confirms_the_held_seat_or_it_goes_to_the_next(
    agency: Organisation, organiser: Client
) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    policy = {"promotion": "automatic", "hold_hours": "0", "first_hold_hours": "72", "then_open": "on"}
    assert organiser.post(address(wave, "kursi/aturan"), policy).status_code == 302
    person, other = make_person(agency), make_person(agency)
    coordinator = make_user(Role.COORDINATOR, agency)
    keeper = client_of(coordinator)
    told = keeper.post(address(wave, "daftarkan"), {"people": [person.code, other.code]}, follow=True)
    assert "72" in organiser.get(address(wave, "kursi")).content.decode()
    held = Registration.objects.get(person=person)
    assert (held.is_held, Registration.objects.get(person=other).claim.state) == (True, "waiting")
    assert person.name in told.content.decode()
    assert Pass.objects.count() == 0
    page = keeper.get(address(wave, "peserta")).content.decode()
    assert f"/pelatihan/pendaftaran/{held.code}/konfirmasi/" in page
    assert "sisa" in page
    start = clock.now()
    with clock.frozen_at(start + timedelta(hours=55)):
        queue_expiry()
        run_pending()
        assert Notice.objects.filter(user_id=coordinator.pk, subject=held.subject).exists()
    assert "1 kursi menunggu konfirmasi" in keeper.get("/beranda/").content.decode()
    with clock.frozen_at(start + timedelta(hours=73)):
        assert "tidak dikonfirmasi" in keeper.get(address(wave, "peserta")).content.decode()
        assert "/konfirmasi/" not in keeper.get(f"/pelatihan/pendaftaran/{held.code}/").content.decode()
        queue_expiry()
        run_pending()
    assert Notice.objects.filter(user_id=coordinator.pk, subject=held.subject).count() == 2
    page = keeper.get(f"/pelatihan/pendaftaran/{held.code}/").content.decode()
    assert "Tidak dikonfirmasi tepat waktu." in page
    assert states(held, Registration.objects.get(person=other)) == ["released", "confirmed"]


def test_a_coordinator_confirms_a_held_seat_for_their_own_and_for_nobody_else(agency: Organisation) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 2))
    change_promotion(
        offer=wave.offer, promotion="manual", hold_hours=0, first_hold_hours=5, late_substitution=True, actor=SYSTEM
    )
    held = seat(wave, make_person(agency))
    stranger = client_of(make_user(Role.COORDINATOR, make_agency("Dinas Lain")))
    url = f"/pelatihan/pendaftaran/{held.code}/konfirmasi/"
    assert stranger.post(url).status_code == 404
    assert states(held) == ["held"]
    client_of(make_user(Role.COORDINATOR, agency)).post(url)
    assert states(held) == ["confirmed"]
    assert Pass.objects.count() == 1


@pytest.mark.parametrize(
    ("promotion", "told"), [("automatic", "naik dan diberi tahu"), ("manual", "penyelenggara memutuskan")]
)
def test_who_waits_reads_who_moves_up_by_the_policy_of_the_wave(promotion: str, told: str) -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    seat(wave, make_person(agency))
    waits = seat(wave, make_person(agency, "Budi Santoso"))
    Offer.objects.update(promotion=promotion)
    client = client_of(make_user(Role.ORGANISER, agency))
    page = client.get(reverse("training:pocket", args=[waits.code]), headers={"accept-language": "id"})
    assert told in page.text
