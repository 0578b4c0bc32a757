"""People who register in the same moment: the rows are those that each would have alone, and nobody bears another's fault."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope
from enggang.attendance.domain.passes import issue_pass
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.models import Subject
from enggang.people.models import Person
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Claim, Pool
from enggang.seats.queries.offers import unsound_pools
from enggang.training.domain.registering_together import Asked, register_each, register_together
from enggang.training.domain.registrations import withdraw
from enggang.training.domain.self_registration import register_self
from enggang.training.models import Question, Registration, Wave
from tests.training.factories import make_agency, make_person, make_programme, make_wave

APPS = ("training", "seats", "attendance", "access", "audit", "notices", "search", "core")


def asks(wave: Wave, person: Person, *, name: str = "", room: bool = True) -> Asked:
    return Asked(wave.code, str(person.nip), name or person.name, "here" if room else "there", lambda: room)


def rows() -> Counter[str]:
    models = [model for name in APPS for model in apps.get_app_config(name).get_models() if model._meta.managed]
    return Counter({model.__name__: model._default_manager.count() for model in models})


def trail_of(codes: set[str]) -> list[tuple[str, str, list[str]]]:
    entries = AuditEntry.objects.filter(subject_code__in=codes).order_by("pk")
    return [(each.code, each.actor_key, sorted(each.details)) for each in entries]


def codes_of(registration: Registration) -> set[str]:
    return {registration.code, registration.claim.code, registration.person.subject.code}


@pytest.mark.django_db
def test_together_leaves_the_rows_that_one_after_the_other_leaves() -> None:
    province, other = make_agency("Provinsi"), make_agency("Lain")
    agency = make_agency("Dinas", province)
    programme = make_programme(province)
    quotas = [PoolSpec("Kuota", 1, organisation=agency), PoolSpec("Induk", 1, organisation=province)]
    pools = [PoolSpec("Terbuka", 1), *quotas]
    alone, together = (make_wave(province, *pools, programme=programme, name=name) for name in ("1", "2"))
    people = [make_person(each) for each in (agency, agency, agency, agency, other)]

    start = rows()
    singly = [register_self(wave=alone, person=each, actor=ANONYMOUS)[0] for each in people]
    between = rows()
    tokens = register_each([asks(together, each) for each in people])

    assert rows() - between == between - start
    for one, person, token in zip(singly, people, tokens, strict=True):
        link = find_link(token, LinkScope.REGISTRATION)
        both = Registration.objects.get(wave=together, person=person)
        assert link is not None
        assert link.subject == both.subject
        assert trail_of(codes_of(one) - {person.subject.code}) == trail_of(codes_of(both) - {person.subject.code})
        assert facts(one) == facts(both)
    assert [each.claim.state for each in singly] == ["confirmed"] * 3 + ["waiting"] * 2
    assert unsound_pools() == []


def facts(registration: Registration) -> dict[str, Any]:
    claim = Claim.objects.select_related("pool", "wish").get(pk=registration.claim_id)
    return {
        "claim": (claim.state, claim.pool and claim.pool.label, claim.wish and claim.wish.label, claim.quantity),
        "holder": claim.holder_id,
        "agency": registration.agency_id,
        "kept": (registration.source, registration.printed_name, registration.outcome, registration.letter_number),
        "belongs": (registration.subject.organisation_code, claim.subject.organisation_code),
    }


@pytest.mark.django_db
def test_what_is_not_plain_is_left_to_be_asked_alone_and_harms_nobody() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 9))
    same: dict[str, Any] = {"programme": wave.programme}
    asking = make_wave(agency, PoolSpec("Terbuka", 9), name="Bertanya", **same)
    Question.objects.create(wave=asking, position=1, label="Ukuran kaus", kind="text")
    draft = make_wave(agency, PoolSpec("Terbuka", 9), name="Rancangan", opened=False, **same)
    closed = make_wave(
        agency, PoolSpec("Terbuka", 9), name="Tutup", **same, registration_closes=clock.now() - timedelta(minutes=1)
    )
    good, late, again, doubled, elsewhere = (make_person(agency) for _ in range(5))
    gone = make_person(agency)
    gone.employments.update(ends_on=clock.today())
    withdraw(registration=register_self(wave=wave, person=again, actor=ANONYMOUS)[0], actor=SYSTEM)

    tokens = register_each(
        [
            asks(wave, good, name="Orang lain"),
            asks(wave, good),
            asks(asking, good),
            asks(draft, good),
            asks(closed, good),
            asks(wave, gone),
            asks(wave, again),
            asks(wave, doubled),
            asks(wave, doubled),
            asks(wave, elsewhere, room=False),
            Asked("TIDAKADA", "", "", "here", lambda: True),
            asks(wave, late),
        ]
    )

    assert [place for place, token in enumerate(tokens) if token] == [1, 7, 11]
    assert set(Registration.objects.exclude(person=again).values_list("person", flat=True)) == {good.pk, doubled.pk, late.pk}  # fmt: skip
    assert wave.offer.pools.get().taken == 3


@pytest.mark.django_db
def test_a_pass_that_is_there_already_is_taken_up_again() -> None:
    agency = make_agency()
    wave, person = make_wave(agency), make_person(agency)
    known = issue_pass(holder=person.subject, group=wave.subject, organisation=agency, actor=SYSTEM)
    known.revoked_at = clock.now()
    known.save()
    (token,) = register_each([asks(wave, person)])
    known.refresh_from_db()
    assert token
    assert not known.is_revoked


@pytest.mark.django_db
def test_the_form_sent_twice_says_so_and_keeps_what_was_typed() -> None:
    agency = make_agency()
    wave, person, client = make_wave(agency), make_person(agency), Client()
    address, typed = f"/pelatihan/daftar/{wave.code}/", {"nip": person.nip, "name": person.name}
    assert client.post(address, typed).status_code == 302
    answer = client.post(address, typed, headers={"Accept-Language": "en"})
    assert "Already registered" in answer.content.decode()
    assert person.name in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_a_group_asks_the_database_as_often_as_one(people: int, django_assert_num_queries: Any) -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 9))
    asked = [asks(wave, make_person(agency)) for _ in range(people)]
    expected = 16 if connection.vendor == "sqlite" else 18  # savepoints and, on PostgreSQL, the lock on the pools
    with django_assert_num_queries(expected):
        assert all(register_each(asked))


def at_once(asked: list[tuple[Wave, Person]]) -> list[str]:
    barrier = threading.Barrier(len(asked))

    def run(each: tuple[Wave, Person]) -> str:
        wave, person = each
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return register_together(
                wave=wave.code, nip=str(person.nip), name=person.name, origin="", has_room=lambda: True, actor=ANONYMOUS
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asked)) as threads:
        return list(threads.map(run, asked))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_with_opposite_wishes_get_each_seat_once() -> None:
    province = make_agency()
    agencies = [make_agency(name, province) for name in ("A", "B")]
    pools = [PoolSpec("A", 3, organisation=agencies[0]), PoolSpec("B", 3, organisation=agencies[1]), PoolSpec("Terbuka", 4)]  # fmt: skip
    wave = make_wave(province, *pools)
    people = [make_person(agencies[number % 2]) for number in range(16)]

    tokens = at_once([(wave, each) for each in [*people, *people[:4]]])

    assert sum(bool(token) for token in tokens) == 16  # four came twice; of each two one is asked alone
    assert Registration.objects.filter(wave=wave).count() == 16
    assert sorted(wave.offer.pools.values_list("taken", flat=True)) == [3, 3, 4]
    assert Claim.objects.filter(offer=wave.offer, state="waiting").count() == 6
    assert unsound_pools() == []
    used = set(Claim.objects.values_list("subject", flat=True))
    assert set(Subject.objects.filter(kind="claim").values_list("pk", flat=True)) == used


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_a_group_is_borne_by_one() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 9))
    people = [make_person(agency) for _ in range(6)]
    # Registered here with a claim elsewhere, which no act leaves behind: the unique constraint breaks the group.
    other = make_wave(agency, PoolSpec("Terbuka", 9), name="Lain", programme=wave.programme)
    taken, _token = register_self(wave=other, person=people[2], actor=ANONYMOUS)
    Registration.objects.filter(pk=taken.pk).update(wave=wave)

    tokens = at_once([(wave, each) for each in people])

    assert [bool(token) for token in tokens] == [True, True, False, True, True, True]
    assert wave.offer.pools.get().taken == 5
    assert unsound_pools() == []


if connection.vendor == "postgresql":  # SQLite has one writer at a time, who waits for its turn

    @pytest.mark.django_db(transaction=True)
    def test_where_a_quota_is_held_for_long_the_ordinary_act_is_asked() -> None:
        agency = make_agency("Dinas")
        wave, person = make_wave(agency, PoolSpec("Terbuka", 5)), make_person(agency)
        asked = {"wave": wave.code, "nip": str(person.nip), "name": person.name, "origin": "here"}

        def alone() -> str:
            try:
                return register_together(**asked, has_room=lambda: True, actor=ANONYMOUS)
            finally:
                connection.close()

        with transaction.atomic(), ThreadPoolExecutor(1) as thread:
            Pool.objects.select_for_update().get(offer=wave.offer)
            assert thread.submit(alone).result(30) == ""
        assert not Registration.objects.filter(wave=wave).exists()
        assert register_together(**asked, has_room=lambda: True, actor=ANONYMOUS)
