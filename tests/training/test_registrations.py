from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.test import Client, RequestFactory

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope, Role
from enggang.attendance.models import Pass
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.notices.models import Notice
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Pool
from enggang.seats.queries.offers import standing
from enggang.training.domain.calendars import open_calendar
from enggang.training.domain.registrations import confirm_name, hand_out_page, pools_for, register_person, withdraw
from enggang.training.domain.self_registration import find_on_roster, register_self
from enggang.training.enums import Source
from enggang.training.models import Registration
from enggang.training.queries.staff import registrable
from tests.training.factories import make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def test_a_seat_comes_with_a_pass_and_a_place_on_the_waiting_list_without() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    first, second = seat(wave, make_person(agency)), seat(wave, make_person(agency))
    assert (first.is_seated, second.is_waiting, standing(second.claim)) == (True, True, 1)
    assert list(Pass.objects.values_list("holder", flat=True)) == [first.person.subject_id]


def test_an_agency_s_own_quota_is_used_before_the_open_seats() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    wave = make_wave(agency, PoolSpec("Terbuka", 1), PoolSpec("Kuota", 1, organisation=other))
    people = [make_person(other) for _ in range(3)]
    labels = [seat(wave, person).claim.pool for person in people]
    assert [str(pool) for pool in labels] == ["Kuota", "Terbuka", "None"]
    assert [pool.label for pool in pools_for(wave, agency)] == ["Terbuka"]


def test_a_coordinator_registers_only_the_staff_of_their_own_agency() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    wave, person = make_wave(agency), make_person(other)
    with pytest.raises(NotAllowed):
        register_person(
            wave=wave,
            person=person,
            source=Source.COORDINATOR,
            actor=make_actor(Role.COORDINATOR, make_agency("Ketiga")),
        )
    assert not Registration.objects.exists()
    assert Pool.objects.get().taken == 0
    done = register_person(
        wave=wave, person=person, source=Source.COORDINATOR, actor=make_actor(Role.COORDINATOR, other)
    )
    assert done.agency == other


def test_nobody_registers_somebody_else_as_themselves() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    with pytest.raises(NotAllowed):
        register_person(
            wave=wave, person=person, source=Source.SELF, actor=make_actor(Role.PARTICIPANT, agency, make_user())
        )


def test_a_second_registration_is_refused_and_takes_no_second_seat() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    seat(wave, person)
    with pytest.raises(Conflict):
        seat(wave, person)
    assert (Registration.objects.count(), Pool.objects.get().taken) == (1, 1)


def test_a_draft_takes_nobody() -> None:
    agency = make_agency()
    wave = make_wave(agency, opened=False)
    with pytest.raises(Conflict):
        seat(wave, make_person(agency))


def test_a_closed_window_stops_a_coordinator_but_not_the_organiser() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    now = clock.now()
    wave = make_wave(agency, registration_opens=now - timedelta(days=2), registration_closes=now - timedelta(days=1))
    person = make_person(other)
    with pytest.raises(Conflict) as refused:
        register_person(wave=wave, person=person, source=Source.COORDINATOR, actor=make_actor(Role.COORDINATOR, other))
    assert refused.value.message
    organiser = make_actor(Role.ORGANISER, agency)
    assert register_person(wave=wave, person=person, source=Source.ORGANISER, actor=organiser).is_seated


def test_a_seat_given_back_goes_to_who_waited_longest_and_they_are_told() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    first = seat(wave, make_person(agency))
    user = make_user()
    waiting = make_person(agency)
    waiting.user = user
    waiting.save()
    second, third = seat(wave, waiting), seat(wave, make_person(agency))
    withdraw(registration=first, actor=SYSTEM)
    second.claim.refresh_from_db()
    third.claim.refresh_from_db()
    assert (second.claim.state, third.claim.state) == ("confirmed", "waiting")
    assert Pass.objects.valid().get().holder_id == waiting.subject_id
    assert Notice.objects.get(user_id=user.pk).subject == second.subject


def test_who_withdrew_may_register_again_while_there_is_room() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    withdraw(registration=seat(wave, person), actor=SYSTEM)
    again = seat(wave, person)
    assert again.is_seated
    assert Registration.objects.count() == 1
    assert Pass.objects.valid().count() == 1


def test_who_comes_back_starts_anew_without_the_decision_of_before() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    row = seat(wave, person)
    Registration.objects.filter(pk=row.pk).update(outcome="failed", outcome_reason="tidak hadir", attended_percent=40)
    withdraw(registration=Registration.objects.with_names().get(pk=row.pk), actor=SYSTEM)
    seat(wave, person)
    again = Registration.objects.get()
    assert (again.pk, again.outcome, again.outcome_reason, again.attended_percent) == (row.pk, "pending", "", None)


def test_a_link_withdraws_its_own_registration_and_no_other() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    mine, other = seat(wave, make_person(agency)), seat(wave, make_person(agency))
    holder = ANONYMOUS.with_scopes([(LinkScope.REGISTRATION, mine.code)])
    with pytest.raises(NotAllowed):
        withdraw(registration=other, actor=holder)
    assert withdraw(registration=mine, actor=holder).is_withdrawn


def test_the_roster_is_matched_by_nip_and_name_together() -> None:
    agency = make_agency()
    person = make_person(agency, "Hj. Siti Aminah, S.Sos., M.Si.", nip="198001012010012345")
    assert find_on_roster(nip="19800101 201001 2 345", name="siti aminah") == person
    assert find_on_roster(nip="198001012010012345", name="Budi") is None
    assert find_on_roster(nip="198001012010012999", name="Siti Aminah") is None
    assert find_on_roster(nip="", name="Siti Aminah") is None
    assert find_on_roster(nip="x" * 5000, name="\x00") is None


def test_registering_oneself_answers_a_private_page_that_a_new_one_replaces() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    registration, token = register_self(wave=wave, person=person, actor=ANONYMOUS)
    newer = hand_out_page(registration=registration, actor=make_actor(Role.ORGANISER, agency))
    assert newer != token
    with pytest.raises(NotAllowed):
        hand_out_page(registration=registration, actor=make_actor(Role.COORDINATOR, make_agency("Lain")))


def test_a_new_private_page_ends_the_calendar_of_the_one_before() -> None:
    agency = make_agency()
    registration = seat(make_wave(agency), make_person(agency))
    holder = Actor(ActorKind.LINK, "link:1", scopes=frozenset({("registration", registration.code)}))
    token = open_calendar(registration=registration, actor=holder)
    assert find_link(token, LinkScope.CALENDAR)
    hand_out_page(registration=registration, actor=make_actor(Role.ORGANISER, agency))
    assert find_link(token, LinkScope.CALENDAR) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Dr. SITI Aminah, S.Sos., M.Si", True),
        ("siti aminah, Ph.D., A.Md.Keb., S.Farm.", True),
        ("Budi Gubernur", False),
        ("Siti Aminah, Gubernur Kalimantan Barat", False),
        ("Siti Aminah, " + "S.E., " * 40, False),
        ("", False),
    ],
)
def test_a_participant_sets_their_titles_but_prints_no_other_name(typed: str, kept: bool) -> None:
    registration = seat(make_wave(make_agency()), make_person(make_agency("Lain"), "Siti Aminah"))
    holder = Actor(ActorKind.LINK, "link:1", scopes=frozenset({("registration", registration.code)}))
    if kept:
        assert confirm_name(registration=registration, printed_name=typed, actor=holder).printed_name == typed
    else:
        with pytest.raises(Refused):
            confirm_name(registration=registration, printed_name=typed, actor=holder)
        registration.refresh_from_db()
        assert registration.printed_name == "Siti Aminah"


def test_an_nip_is_found_whole_and_never_by_its_beginning() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    actor = make_actor(Role.ORGANISER, agency)
    assert list(registrable(wave, actor, f"{person.nip[:8]} {person.nip[8:]}")) == [person]
    assert not registrable(wave, actor, person.nip[:17]).exists()
    assert not registrable(wave, actor, person.nip[:4]).exists()


def test_the_name_is_kept_as_typed_by_whom_it_belongs_to_only() -> None:
    agency = make_agency()
    registration = seat(make_wave(agency), make_person(agency))
    actor = make_actor(Role.ORGANISER, agency)
    assert (
        confirm_name(registration=registration, printed_name=" Dr. A, M.M. ", actor=actor).printed_name == "Dr. A, M.M."
    )
    with pytest.raises(NotAllowed):
        confirm_name(registration=registration, printed_name="B", actor=make_actor(Role.ORGANISER, make_agency("Lain")))


def test_registering_oneself_asks_the_database_at_most_26_times(django_assert_max_num_queries: Any) -> None:
    """A hall of people does this in the same minute; each statement more is paid five thousand times."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1), PoolSpec("Kuota", 0, organisation=agency))
    for state in ("confirmed", "waiting"):
        person, client = make_person(agency), Client()
        with django_assert_max_num_queries(26):  # one of them for the wave's own questions
            answer = client.post(f"/pelatihan/daftar/{wave.code}/", {"nip": person.nip, "name": person.name})
        assert answer.status_code == 302
        assert Registration.objects.get(person=person).claim.state == state


def test_a_whole_office_behind_one_address_registers_while_another_counts_its_tries() -> None:
    """The engine locks the address while it counts; who only asks whether there is room must not wait for that."""
    agency = make_agency()
    wave, person, client = make_wave(agency), make_person(agency), Client()
    client.post(f"/pelatihan/daftar/{wave.code}/", {"nip": "1", "name": "x"})
    rate = get_rates(app="allauth.account", action="self_registration")[0]
    request = RequestFactory().post("/")
    cache.add(f"{get_cache_key(request, app='allauth.account', action='self_registration', rate=rate)}:lock", True)
    answer = client.post(f"/pelatihan/daftar/{wave.code}/", {"nip": person.nip, "name": person.name})
    assert answer.status_code == 302
