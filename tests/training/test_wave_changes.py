"""A wave that is cancelled, finished, moved or copied: what becomes of its seats, sessions, people and calendars."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.attendance.domain.sheets import plan_meals
from enggang.attendance.enums import SheetKind
from enggang.attendance.models import MealDay
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.core.jobs import run_pending
from enggang.notices.models import Notice
from enggang.places.models import Organisation, Region, Venue
from enggang.seats.domain.division import divide_pool
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.domain.promotion import change_promotion
from enggang.seats.models import Pool
from enggang.seats.queries.offers import idle_seats
from enggang.training.domain.copying import copy_wave
from enggang.training.domain.registrations import withdraw
from enggang.training.domain.sessions import add_session
from enggang.training.domain.signing import group_signing
from enggang.training.domain.waves import cancel_wave, change_wave, finish_wave, reopen_wave
from enggang.training.enums import Signing
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def full_wave(agency: Organisation) -> tuple[Wave, Registration, Registration]:
    """One seat: one has it, one waits; both have an account."""
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    rows = [seat(wave, make_person(agency)) for _ in range(2)]
    for row in rows:
        row.person.user = make_user()
        row.person.save()
    return wave, rows[0], rows[1]


def state_of(row: Registration) -> str:
    row.claim.refresh_from_db()
    return str(row.claim.state)


def give_back(row: Registration) -> None:
    withdraw(registration=Registration.objects.with_names().get(pk=row.pk), actor=SYSTEM)


def change(wave: Wave, **facts: object) -> Wave:
    wave = Wave.objects.with_names().get(pk=wave.pk)
    given = {
        "version": wave.version, "name": wave.name, "starts_on": wave.starts_on, "ends_on": wave.ends_on,
        "venue": wave.venue, "registration_opens": None, "registration_closes": None, **facts,
    }  # fmt: skip
    return change_wave(wave=wave, actor=SYSTEM, **given)  # type: ignore[arg-type]


def test_everyone_who_has_or_awaits_a_seat_of_a_cancelled_wave_is_told_why() -> None:
    agency = make_agency()
    wave, seated, waiting = full_wave(agency)
    gone = make_person(agency)
    client = client_of(make_user(Role.ORGANISER, agency))
    client.post(f"/pelatihan/gelombang/{wave.code}/batal/", {"reason": "Gedung terendam banjir"})
    run_pending()
    wave = Wave.objects.select_related("offer").get(pk=wave.pk)
    assert (wave.state, wave.cancel_reason, wave.offer.state) == ("cancelled", "Gedung terendam banjir", "withdrawn")
    for row in (seated, waiting):
        notice = Notice.objects.filter(user_id=row.person.user_id, channel="inbox").latest("pk")
        assert "Gedung terendam banjir" in notice.text
        page = client_of(row.person.user).get(f"/pelatihan/pendaftaran/{row.code}/").content.decode()  # type: ignore[arg-type]
        assert "Gedung terendam banjir" in page
    assert "Gedung terendam banjir" in Client().get(f"/pelatihan/daftar/{wave.code}/").content.decode()
    assert not gone.registrations.exists()


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
def test_a_wave_is_not_cancelled_without_a_reason_that_can_be_read(reason: str) -> None:
    wave, _seated, _waiting = full_wave(make_agency())
    with pytest.raises(Conflict):
        cancel_wave(wave=wave, reason=reason, actor=SYSTEM)
    wave.refresh_from_db()
    wave.offer.refresh_from_db()
    assert (wave.state, wave.offer.state, wave.messages.count()) == ("open", "open", 0)


def test_a_draft_that_nobody_joined_is_cancelled_without_a_message() -> None:
    wave = make_wave(make_agency(), opened=False)
    assert cancel_wave(wave=wave, reason="anggaran", actor=SYSTEM).state == "cancelled"
    assert not wave.messages.exists()


def test_nobody_moves_up_in_a_cancelled_or_finished_wave_until_it_is_reopened() -> None:
    wave, seated, waiting = full_wave(make_agency())
    finish_wave(wave=wave, actor=SYSTEM)
    give_back(seated)
    assert (state_of(waiting), idle_seats()) == ("waiting", [])
    reopen_wave(wave=Wave.objects.get(pk=wave.pk), actor=SYSTEM)
    assert (state_of(waiting), Pool.objects.get().taken) == ("confirmed", 1)

    other, seated, waiting = full_wave(make_agency("Lain"))
    cancel_wave(wave=other, reason="banjir", actor=SYSTEM)
    give_back(seated)
    assert (state_of(waiting), idle_seats()) == ("waiting", [])


def test_days_that_leave_a_session_outside_are_refused_with_its_name() -> None:
    wave = make_wave(make_agency(), sessions=2)
    with pytest.raises(Conflict, match="Hari 2"):
        change(wave, ends_on=wave.starts_on)
    wave.refresh_from_db()
    assert wave.ends_on == wave.starts_on + timedelta(days=1)
    wave.sessions.filter(title="Hari 2").update(state="cancelled")  # called off: it lies nowhere
    assert change(wave, ends_on=wave.starts_on).ends_on == wave.starts_on


def test_a_venue_in_another_zone_takes_the_sessions_along_by_the_clock_of_the_place() -> None:
    agency = make_agency()
    wave = make_wave(agency, sessions=1)
    venue = Venue.objects.create(
        subject=Venue.new_subject(),
        name="Aula Makassar",
        organisation=agency,
        region=Region.objects.create(code="73", name="Sulawesi Selatan", level=1),
        time_zone="Asia/Makassar",
    )
    before = wave.sessions.get().occasion.starts_at
    change(wave, venue=venue)
    session = wave.sessions.select_related("occasion", "wave").get()
    assert (session.wave.time_zone, session.begins) == ("Asia/Makassar", time(8))
    assert session.occasion.starts_at == session.starts_at == before - timedelta(hours=1)
    change(wave, venue=None)
    assert wave.sessions.select_related("occasion").get().occasion.starts_at == before


def test_a_copy_keeps_parts_of_quotas_the_policy_shared_signing_and_meals() -> None:
    agency = make_agency()
    regency = make_agency("Kabupaten")
    office = make_agency("Disdik", regency)
    wave = make_wave(
        agency, PoolSpec("Kabupaten", 5, organisation=regency), PoolSpec("PPPK", 3, kind="pppk"), sessions=1
    )
    divide_pool(pool=wave.offer.pools.get(organisation=regency), organisation=office, size=2, actor=SYSTEM)
    change_promotion(
        offer=wave.offer, promotion="proposed", hold_hours=24, late_substitution=False, then_open=False, actor=SYSTEM
    )
    for hour in (13, 15):
        add_session(
            wave=wave, title=f"Jam {hour}", day=wave.starts_on, begins=time(hour), ends=time(hour + 1), actor=SYSTEM
        )
    group_signing(wave=wave, by=Signing.HALF, actor=SYSTEM)
    plan_meals(group=wave.subject, organisation=agency, day=wave.starts_on, meals=[SheetKind.LUNCH], actor=SYSTEM)

    copy = copy_wave(wave=wave, name="Gelombang 2", starts_on=wave.starts_on + timedelta(days=7), actor=SYSTEM)

    rows = {pool.label: pool for pool in copy.offer.pools.select_related("parent")}
    assert {label: (pool.size, pool.kind, pool.parent and pool.parent.label) for label, pool in rows.items()} == {
        "Kabupaten": (3, "", None), "Kabupaten: Disdik": (2, "", "Kabupaten"), "PPPK": (3, "pppk", None),
    }  # fmt: skip
    offer = copy.offer
    offer.refresh_from_db()
    assert (offer.promotion, offer.hold_hours, offer.late_substitution, offer.then_open) == (
        "proposed", 24, False, False,
    )  # fmt: skip
    shared = [row.occasion_id for row in copy.sessions.order_by("begins")]
    assert (len(set(shared)), shared[1] == shared[2]) == (2, True)
    assert list(MealDay.objects.filter(group=copy.subject).values_list("day", "meal")) == [
        (copy.starts_on, SheetKind.LUNCH)
    ]
    again = divide_pool(pool=rows["Kabupaten"], organisation=office, size=4, actor=SYSTEM)  # the part is known again
    assert again.pk == rows["Kabupaten: Disdik"].pk
