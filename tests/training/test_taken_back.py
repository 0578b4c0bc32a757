"""What can be taken back: a merged session, a cancelled wave, a quota's name, a retired programme; and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.jobs import run_pending
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec, rename_pool, reopen_offer
from enggang.seats.queries.offers import idle_seats, unsound_pools
from enggang.training.domain.programmes import restore_programme, retire_programme
from enggang.training.domain.registrations import withdraw
from enggang.training.domain.sessions import change_session, merge_session, remove_session, restore_session
from enggang.training.domain.waves import cancel_wave, finish_wave, open_wave, reopen_wave, restore_wave
from enggang.training.models import Programme, Registration, Session, Wave
from enggang.training.models.message import WaveMessage
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def organiser(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


def session_of(wave: Wave, title: str) -> Session:
    return Session.objects.with_places().select_related("occasion__organisation", "merged_into").get(
        wave=wave, title=title
    )  # fmt: skip


def fresh(wave: Wave) -> Wave:
    return Wave.objects.with_names().get(pk=wave.pk)


# -- a merged session ---------------------------------------------------------------------------------


def test_a_merged_session_gets_its_jp_back_from_the_one_that_had_it(agency: Organisation, organiser: Client) -> None:
    wave = make_wave(agency)
    merge_session(session=session_of(wave, "Hari 2"), into=session_of(wave, "Hari 1"), actor=SYSTEM)
    gone = session_of(wave, "Hari 2")
    page = organiser.get(f"/pelatihan/gelombang/{wave.code}/").content.decode()
    assert f"/sesi/{gone.pk}/pulihkan/" in page
    organiser.post(f"/pelatihan/gelombang/{wave.code}/sesi/{gone.pk}/pulihkan/")
    one, two = session_of(wave, "Hari 1"), session_of(wave, "Hari 2")
    assert (one.jp, two.jp, two.state, two.merged_into, two.occasion.is_cancelled) == (12, 12, "planned", None, False)


def test_a_session_whose_taker_is_gone_or_has_too_little_stays_merged(agency: Organisation) -> None:
    wave = make_wave(agency)
    merge_session(session=session_of(wave, "Hari 2"), into=session_of(wave, "Hari 1"), actor=SYSTEM)
    into = session_of(wave, "Hari 1")
    values = {name: getattr(into, name) for name in ("title", "day", "begins", "ends", "room", "klass", "instructor")}
    change_session(session=into, version=into.version, **values, jp=3, actor=SYSTEM)
    with pytest.raises(Conflict, match="3"):
        restore_session(session=session_of(wave, "Hari 2"), actor=SYSTEM)
    remove_session(session=session_of(wave, "Hari 1"), reason="Batal", actor=SYSTEM)
    with pytest.raises(Conflict, match="Hari 1"):
        restore_session(session=session_of(wave, "Hari 2"), actor=SYSTEM)
    assert session_of(wave, "Hari 2").is_cancelled


# -- a cancelled wave ---------------------------------------------------------------------------------


def cancelled(agency: Organisation) -> tuple[Wave, Registration, Registration]:
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    rows = [seat(wave, make_person(agency)) for _ in range(2)]
    for row in rows:
        row.person.user = make_user()
        row.person.save()
    return cancel_wave(wave=wave, reason="banjir", actor=SYSTEM), rows[0], rows[1]


def test_a_cancelled_wave_is_held_after_all_and_everybody_has_what_they_had(
    agency: Organisation, organiser: Client
) -> None:
    wave, seated, waiting = cancelled(agency)
    versions = list(wave.sessions.order_by("pk").values_list("version", flat=True))
    organiser.post(f"/pelatihan/gelombang/{wave.code}/batal/pulihkan/")
    run_pending()
    wave = fresh(wave)
    assert (wave.state, wave.cancel_reason, wave.offer.state) == ("open", "", "open")
    for row, state in ((seated, "confirmed"), (waiting, "waiting")):
        row.claim.refresh_from_db()
        assert row.claim.state == state
        assert Notice.objects.filter(user_id=row.person.user_id).count() == 2
    assert list(wave.sessions.order_by("pk").values_list("version", flat=True)) == [each + 1 for each in versions]
    assert unsound_pools() + idle_seats() == []
    withdraw(registration=Registration.objects.with_names().get(pk=seated.pk), actor=SYSTEM)
    waiting.claim.refresh_from_db()
    assert waiting.claim.state == "confirmed"


def test_who_was_promised_a_seat_elsewhere_keeps_the_wave_cancelled_until_that_is_settled(agency: Organisation) -> None:
    wave, seated, _waiting = cancelled(agency)
    later = make_wave(
        agency, programme=wave.programme, name="Gelombang 2", starts_on=wave.starts_on, ends_on=wave.ends_on
    )
    other = seat(later, seated.person)
    with pytest.raises(Conflict, match=seated.person.name):
        restore_wave(wave=fresh(wave), actor=SYSTEM)
    assert fresh(wave).is_cancelled
    withdraw(registration=Registration.objects.with_names().get(pk=other.pk), actor=SYSTEM)
    assert restore_wave(wave=fresh(wave), actor=SYSTEM).is_open


def refused(wave: Wave) -> None:
    with pytest.raises(Conflict):
        restore_wave(wave=fresh(wave), actor=SYSTEM)


def test_what_is_over_or_not_cancelled_is_not_restored(agency: Organisation) -> None:
    wave, *_rows = cancelled(agency)
    with clock.frozen_at(clock.now() + timedelta(days=10)):
        refused(wave)
    with pytest.raises(NotAllowed):
        restore_wave(wave=fresh(wave), actor=make_actor(Role.COORDINATOR, agency))
    for act in (open_wave, reopen_wave, finish_wave):
        with pytest.raises(Conflict):
            act(wave=fresh(wave), actor=SYSTEM)
    with pytest.raises(Conflict):
        reopen_offer(offer=fresh(wave).offer, actor=SYSTEM)
    draft = make_wave(agency, name="Konsep", programme=wave.programme, opened=False)
    with pytest.raises(Conflict):
        restore_wave(wave=fresh(draft), actor=SYSTEM)
    cancel_wave(wave=fresh(draft), reason="x", actor=SYSTEM)
    assert restore_wave(wave=fresh(draft), actor=SYSTEM).is_draft


# -- a quota's name, a programme ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "kept"), [("  Kuota   Umum ", "Kuota Umum"), ("", "A"), ("B", "A"), ("x" * 300, "A")]
)
def test_the_name_of_a_quota_is_corrected_unless_it_is_none_or_anothers(
    agency: Organisation, organiser: Client, label: str, kept: str
) -> None:
    wave = make_wave(agency, PoolSpec("A", 1), PoolSpec("B", 1))
    pool = wave.offer.pools.get(label="A")
    seat(wave, make_person(agency))
    assert (
        organiser.post(f"/pelatihan/gelombang/{wave.code}/kuota/{pool.pk}/nama/", {"label": label}).status_code == 302
    )
    pool.refresh_from_db()
    assert (pool.label, pool.size, pool.taken) == (kept, 1, 1)
    with pytest.raises(NotAllowed):
        rename_pool(pool=pool, label="Z", actor=make_actor(Role.COORDINATOR, agency))


def test_a_retired_programme_has_no_new_wave_until_it_is_taken_up_again(
    agency: Organisation, organiser: Client
) -> None:
    wave = make_wave(agency)
    programme = wave.programme
    base = f"/pelatihan/program/{programme.code}"
    organiser.post(f"{base}/pensiun/")
    assert Programme.objects.get().retired_at is None
    finish_wave(wave=wave, actor=SYSTEM)
    organiser.post(f"{base}/pensiun/")
    assert Programme.objects.get().retired_at is not None
    assert "pakai-lagi" in organiser.get(f"{base}/").content.decode()
    choices = organiser.get("/pelatihan/gelombang/baru/").context["form"].fields["programme"].queryset
    assert programme not in choices
    with pytest.raises(Conflict):
        make_wave(agency, programme=Programme.objects.get(), name="Gelombang 2")
    with pytest.raises(Conflict):
        retire_programme(programme=programme, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        restore_programme(programme=programme, actor=make_actor(Role.COORDINATOR, agency))
    organiser.post(f"{base}/pakai-lagi/")
    assert make_wave(agency, programme=Programme.objects.get(), name="Gelombang 2").is_open


# -- who is told --------------------------------------------------------------------------------------


def test_whose_seat_somebody_else_gave_back_is_told_and_so_is_their_agency(agency: Organisation) -> None:
    host = make_agency("Penyelenggara")
    wave = make_wave(host)
    coordinator = make_user(Role.COORDINATOR, agency)
    rows = [seat(wave, make_person(agency)) for _ in range(2)]
    for row in rows:
        row.person.user = make_user()
        row.person.save()
    told = Notice.objects.filter(user_id=coordinator.pk)
    first, second = (Registration.objects.with_names().get(pk=row.pk) for row in rows)
    withdraw(registration=first, reason="Salah orang", actor=make_actor(Role.ORGANISER, host))
    assert "Salah orang" in Notice.objects.get(user_id=rows[0].person.user_id).text
    assert told.count() == 1
    withdraw(registration=second, actor=make_actor(Role.COORDINATOR, agency))
    assert Notice.objects.filter(user_id=rows[1].person.user_id).count() == 1
    assert told.count() == 1


def test_who_gives_their_own_seat_back_is_told_nothing(agency: Organisation) -> None:
    user = make_user()
    row = seat(make_wave(agency), make_person(agency))
    row.person.user = user
    row.person.save()
    mine = make_actor(Role.PARTICIPANT, agency, user)
    withdraw(registration=Registration.objects.with_names().get(pk=row.pk), actor=mine)
    assert not Notice.objects.filter(user_id=user.pk).exists()


def test_no_session_of_a_cancelled_wave_is_held_after_all_and_nobody_is_told_so(agency: Organisation) -> None:
    wave = make_wave(agency, PoolSpec("Terbuka", 1))
    remove_session(session=session_of(wave, "Hari 2"), reason="banjir", actor=SYSTEM)
    cancel_wave(wave=fresh(wave), reason="efisiensi", actor=SYSTEM)
    with pytest.raises(Conflict, match="itself is cancelled|sendiri dibatalkan"):
        restore_session(session=session_of(wave, "Hari 2"), actor=SYSTEM)
    assert not WaveMessage.objects.filter(notice="session_back").exists()
    restore_wave(wave=fresh(wave), actor=SYSTEM)
    restore_session(session=session_of(wave, "Hari 2"), actor=SYSTEM)
    assert not session_of(wave, "Hari 2").is_cancelled
