from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django_q.models import Schedule

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.models import Employment
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.domain.surveys import close_survey, open_survey
from enggang.surveys.models import Invitation, Sheet
from enggang.surveys.queries.opinions import opinions_of
from enggang.training.domain.classes import keep_class, place_in_class
from enggang.training.domain.evaluation import (
    add_instructor_surveys,
    add_survey,
    begin_survey,
    follow_up_wave,
    on_each,
    queue_follow_ups,
    remind_follow_up,
)
from enggang.training.domain.registrations import hand_out_page
from enggang.training.domain.waves import finish_wave
from enggang.training.models import FollowUp, Registration, Wave, WaveSurvey
from enggang.training.queries.own_surveys import own_surveys
from tests.training.factories import aware, client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def finished_wave() -> Wave:
    """Two participants; one has a superior with an e-mail address."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 3), sessions=1)
    superior = make_person(agency, "Atasan", email="atasan@kalbar.example")
    for name in ("Ani", "Budi"):
        seat(wave, make_person(agency, name, email=f"{name.lower()}@kalbar.example"))
    Employment.objects.filter(person__name="Ani").update(superior=superior)
    return finish_wave(wave=wave, actor=SYSTEM)


def sheet(row: WaveSurvey) -> dict[str, str]:
    return {f"s{each.pk}": "4" for each in row.survey.statements.all()}


def test_after_three_months_everyone_is_asked_once_and_superiors_without_an_account() -> None:
    wave = finished_wave()
    day = wave.ends_on + timedelta(days=90)
    with clock.frozen_at(aware(day - timedelta(days=1))):
        queue_follow_ups()
        jobs.run_pending()
        assert not Notice.objects.exists()
    with clock.frozen_at(aware(day)):
        for _time in range(2):
            queue_follow_ups()
            jobs.run_pending()
        assert sorted(Notice.objects.values_list("address", flat=True)) == [
            "ani@kalbar.example", "atasan@kalbar.example", "budi@kalbar.example",
        ]  # fmt: skip
        assert FollowUp.objects.get().registration.person.name == "Ani"
        text = Notice.objects.get(address="atasan@kalbar.example").text
        path = "/uji/" + text.split("/uji/")[1].split()[0]
        page = Client().get(path)
        assert "Ani" in page.content.decode()
        row = WaveSurvey.objects.get(purpose="superior")
        Client().post(path, sheet(row))
        assert Sheet.objects.get().survey_id == row.survey_id
        with pytest.raises(Conflict):
            follow_up_wave(wave=wave, actor=SYSTEM)


@pytest.mark.parametrize(
    ("days", "said"), [(0, "1 hari"), (44, "44 hari"), (60, "2 bulan"), (90, "3 bulan"), (180, "6 bulan")]
)
def test_the_title_of_a_follow_up_says_how_long_after_the_wave_it_asks(days: int, said: str) -> None:
    wave = finished_wave()
    with clock.frozen_at(aware(wave.ends_on + timedelta(days=days), 12)):
        follow_up_wave(wave=wave, actor=SYSTEM)
    titles = wave.surveys.order_by("purpose").values_list("survey__title", flat=True)
    assert list(titles) == [f"Tindak lanjut: {who} setelah {said} · {wave.name}" for who in ("peserta", "atasan")]


def test_the_address_of_a_survey_that_has_ended_says_so() -> None:
    wave = finished_wave()
    follow_up_wave(wave=wave, actor=SYSTEM)
    row = wave.surveys.get(purpose="superior")
    page = Client().get(f"/uji/isi/{'x' * 30}/{row.survey.code}/")
    assert page.status_code == 404
    assert "surveys/address_ended.html" in [template.name for template in page.templates]


def test_the_schedule_stands_after_setup() -> None:
    call_command("load_training")
    assert Schedule.objects.filter(name="training.follow_up").exists()


def test_a_participant_fills_in_by_the_private_page_and_nobody_else_does() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    registration = seat(wave, make_person(agency))
    with pytest.raises(Conflict):
        add_survey(wave=wave, purpose="service", actor=SYSTEM)
    with pytest.raises(Conflict):
        add_survey(wave=wave, purpose="instructor", actor=SYSTEM)
    with pytest.raises(NotAllowed):
        add_survey(wave=wave, purpose="material", actor=make_actor(Role.INSTRUCTOR, agency))
    row = add_survey(wave=wave, purpose="material", actor=SYSTEM)
    open_survey(survey=row.survey, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        begin_survey(registration=registration, row=row, actor=make_actor(Role.ORGANISER, agency))
    token = hand_out_page(registration=registration, actor=SYSTEM)
    page = f"/pelatihan/kursi/{token}/"
    client = Client()
    assert 'id="evaluasi"' in client.get(page).content.decode()
    begun = client.post(f"{page}evaluasi/{row.pk}/")
    thanks = client.post(begun["Location"], sheet(row))
    assert thanks.context["back"] == page
    assert Invitation.objects.get().answered
    assert "badge--good" in client.get(page).content.decode()


def test_the_chapter_adds_an_instrument_asks_now_and_hands_out_an_address() -> None:
    wave = finished_wave()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    assert client.post(address, {"purpose": "service"}).status_code == 422  # citizens are asked by period, not by wave
    assert client.post(address, {"purpose": "material"}).status_code == 302
    assert client.post(address, {"purpose": "instructor"}).status_code == 422  # nobody in the schedule
    client.post(f"{address}tindak-lanjut/")
    assert client.get(address).status_code == 200
    handed = client.post(f"{address}tindak-lanjut/{FollowUp.objects.get().pk}/")
    path = "/uji/" + handed.context["text"].split("/uji/")[1].split()[0]
    assert Client().get(path).status_code == 200
    other = make_wave(make_agency("Lain"))
    stranger = client_of(make_user(Role.ORGANISER, other.organisation))
    assert stranger.post(f"{address}tindak-lanjut/").status_code == 404


def test_the_page_tells_the_days_and_an_administrator_the_way_to_change_them() -> None:
    wave = finished_wave()
    address = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    organiser, administrator = (
        client_of(make_user(role, wave.organisation)).get(address).content.decode()
        for role in (Role.ORGANISER, Role.ADMINISTRATOR)
    )
    assert "90 " in organiser
    assert "/uji/aturan/" not in organiser.split("<main", 1)[1]
    assert "/uji/aturan/" in administrator.split("<main", 1)[1]


def test_whoever_does_not_answer_is_reminded_until_it_closes_and_nobody_else() -> None:
    wave = finished_wave()
    day = wave.ends_on + timedelta(days=90)
    with clock.frozen_at(aware(day)):
        queue_follow_ups()
        jobs.run_pending()
        own = WaveSurvey.objects.get(purpose="self")
        holder = Registration.objects.get(person__name="Ani").subject_id
        Invitation.objects.filter(survey=own.survey, holder=holder).update(answered=True)
        Notice.objects.all().delete()
    for later, reminded in ((9, []), (10, ["atasan", "budi"]), (11, []), (20, ["atasan", "budi"]), (31, [])):
        with clock.frozen_at(aware(day + timedelta(days=later))):
            queue_follow_ups()
            jobs.run_pending()
            assert sorted(row.address.split("@")[0] for row in Notice.objects.all()) == reminded
            if reminded:
                assert all("Pengingat" in row.title for row in Notice.objects.all())
                with pytest.raises(Conflict):
                    remind_follow_up(wave=wave, actor=SYSTEM)  # twice on one day
            Notice.objects.all().delete()


def test_the_organiser_reminds_from_the_screen() -> None:
    wave = finished_wave()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    follow_up_wave(wave=wave, actor=SYSTEM)
    assert "evaluasi/ingatkan/" in client.get(address).content.decode()
    before = Notice.objects.count()
    client.post(f"{address}ingatkan/")
    assert Notice.objects.count() == before + 3
    with pytest.raises(NotAllowed):
        remind_follow_up(wave=wave, actor=make_actor(Role.INSTRUCTOR, wave.organisation))


def test_nobody_is_asked_what_has_changed_before_the_wave_is_finished() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 3), sessions=1)
    seat(wave, make_person(agency, "Ani", email="ani@kalbar.example"))
    client, before = client_of(make_user(Role.ORGANISER, agency)), Notice.objects.count()
    address = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    assert "Tanyakan sekarang" not in client.get(address).content.decode()
    page = client.post(f"{address}tindak-lanjut/", follow=True).content.decode()
    assert "Selesaikan gelombang" in page
    assert (wave.surveys.count(), Notice.objects.count()) == (0, before)
    finish_wave(wave=wave, actor=SYSTEM)
    assert "Tanyakan sekarang" in client.get(address).content.decode()


def test_one_wave_that_refuses_does_not_keep_the_others_waiting() -> None:
    first, second = finished_wave(), finished_wave()
    follow_up_wave(wave=first, actor=SYSTEM)  # asked by hand while the job was on its way
    done, refused = on_each([first, second], follow_up_wave, SYSTEM)
    assert (done, len(refused), first.code in refused[0]) == (1, 1, True)
    assert second.surveys.filter(purpose="superior").exists()


def test_each_instructor_gets_a_survey_for_those_whom_they_taught() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 9), sessions=2)
    of_all, of_group = make_person(agency, "Pengajar Umum"), make_person(agency, "Pengajar Kelompok")
    inside, outside = seat(wave, make_person(agency, "Ani")), seat(wave, make_person(agency, "Budi"))
    klass = keep_class(wave=wave, kind="group", name="Kelompok 1", actor=SYSTEM)
    place_in_class(klass=klass, registrations=[inside], actor=SYSTEM)
    whole, part = wave.sessions.order_by("pk")
    whole.instructor, part.instructor, part.klass = of_all, of_group, klass
    for session in (whole, part):
        session.save()
    client = client_of(make_user(Role.ORGANISER, agency))
    address = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    assert client.post(address, {"purpose": "instructor", "about": ""}).status_code == 302
    rows = list(WaveSurvey.objects.filter(wave=wave).order_by("person__name_key"))
    assert [row.survey.title.split(" · ")[1] for row in rows] == ["Pengajar Kelompok", "Pengajar Umum"]
    with pytest.raises(Conflict):
        add_instructor_surveys(wave=wave, actor=SYSTEM)  # once for each
    for row in rows:
        open_survey(survey=row.survey, actor=SYSTEM)
    assert {row.person for row, _answered in own_surveys(inside)} == {of_all, of_group}
    assert [row.person for row, _answered in own_surveys(outside)] == [of_all]
    token = hand_out_page(registration=outside, actor=SYSTEM)
    page = Client().post(f"/pelatihan/kursi/{token}/evaluasi/{rows[0].pk}/", follow=True)
    assert not Invitation.objects.exists()
    assert page.status_code == 200


def asked(wave: Wave, count: int) -> tuple[WaveSurvey, list[Registration]]:
    row = add_survey(wave=wave, purpose="material", actor=SYSTEM)
    open_survey(survey=row.survey, actor=SYSTEM)
    return row, [seat(wave, make_person(wave.organisation)) for _n in range(count)]


def answer_by(token: str, row: WaveSurvey) -> None:
    begun = Client().post(f"/pelatihan/kursi/{token}/evaluasi/{row.pk}/")
    assert Client().post(begun["Location"], sheet(row)).status_code == 200


def test_whoever_answers_for_all_but_one_does_not_see_the_one() -> None:
    agency = make_agency()
    row, people = asked(make_wave(agency, PoolSpec("Terbuka", 20)), 10)
    organiser = make_actor(Role.ORGANISER, agency)
    for registration in people[:9]:  # the organiser makes their addresses, and uses them
        answer_by(hand_out_page(registration=registration, actor=organiser), row)
    answer_by(hand_out_page(registration=people[9], actor=SYSTEM), row)  # sent by itself, seen by nobody
    close_survey(survey=row.survey, actor=SYSTEM)
    assert opinions_of(row.survey).lines == []
    assert Sheet.objects.filter(batch=None).count() == 10


def test_enough_answers_of_others_let_handed_out_ones_count_too() -> None:
    agency = make_agency()
    row, people = asked(make_wave(agency, PoolSpec("Terbuka", 20)), 8)
    organiser = make_actor(Role.ORGANISER, agency)
    for n, registration in enumerate(people):
        answer_by(hand_out_page(registration=registration, actor=organiser if n < 3 else SYSTEM), row)
    close_survey(survey=row.survey, actor=SYSTEM)
    assert opinions_of(row.survey).counted == 8


def test_a_participant_sees_that_staff_made_an_address_and_staff_do_not_see_who_answered() -> None:
    agency = make_agency()
    row, (registration,) = asked(make_wave(agency, PoolSpec("Terbuka", 20)), 1)
    registration.person.user = make_user(name=registration.person.name)
    registration.person.save()
    own, staff = client_of(registration.person.user), client_of(make_user(Role.ORGANISER, agency))
    page = f"/pelatihan/pendaftaran/{registration.code}/"
    assert "alamat pribadi halaman ini" not in own.get(page).content.decode()
    staff.post(f"{page}halaman/")
    assert "alamat pribadi halaman ini" in own.get(page).content.decode()
    assert "alamat pribadi halaman ini" not in staff.get(page).content.decode()
    before = staff.get(page).content.decode()
    begun = own.post(f"{page}evaluasi/{row.pk}/")
    own.post(begun["Location"], sheet(row))
    assert not Sheet.objects.get().handed  # by the account, not by the address
    assert "Sudah diisi" in own.get(page).content.decode()
    after = staff.get(page).content.decode()
    assert (after.count("badge--good"), "Sudah diisi" in after) == (before.count("badge--good"), False)
