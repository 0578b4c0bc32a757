from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain import assignments as acts
from enggang.training.domain.assignments import AgencyLetter
from enggang.training.domain.registrations import hand_out_page, withdraw
from enggang.training.enums import PaperState
from enggang.training.models import AssignedPerson, AssignmentLetter, Registration, Wave
from enggang.training.queries.assignments import assignment_counts
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 surat tugas"


def seated_wave(people: int = 2) -> tuple[Wave, list[Registration]]:
    """A wave with people of one other agency."""
    wave = make_wave(make_agency("Penyelenggara"), PoolSpec("Terbuka", 9))
    agency = make_agency("Dinas")
    return wave, [seat(wave, make_person(agency, f"Orang {number}")) for number in range(people)]


def letter(content: bytes = PDF) -> AgencyLetter:
    return AgencyLetter("800/1/ST/2026", clock.today(), "Kepala Dinas", "Contoh Pejabat", content)


def receive(wave: Wave, *people: Registration, actor: Any = SYSTEM) -> list[AssignedPerson]:
    return list(acts.receive_assignment(wave=wave, people=people, letter=letter(), actor=actor).people.order_by("pk"))


def test_one_letter_covers_several_people_and_each_is_judged() -> None:
    wave, people = seated_wave(3)
    assert assignment_counts(wave) == {"missing": 3}
    first, second = receive(wave, *people[:2], actor=make_actor(Role.COORDINATOR, people[0].agency))
    assert assignment_counts(wave) == {"received": 2, "missing": 1}
    acts.judge_assignment(wave=wave, rows=[first], state=PaperState.ACCEPTED, actor=SYSTEM)
    acts.judge_assignment(wave=wave, rows=[second], state=PaperState.WRONG, reason="Nama salah", actor=SYSTEM)
    assert assignment_counts(wave) == {"accepted": 1, "wrong": 1, "missing": 1}
    again = receive(wave, people[1])  # the newest letter counts, the wrong one stays on record
    assert assignment_counts(wave) == {"accepted": 1, "received": 1, "missing": 1}
    assert people[1].assignments.count() == 2
    acts.judge_assignment(wave=wave, rows=again, state=PaperState.ACCEPTED, actor=SYSTEM)
    acts.judge_assignment(wave=wave, rows=again, state=PaperState.RECEIVED, actor=SYSTEM)  # taken back
    assert again[0].state == PaperState.RECEIVED


def test_who_gives_the_seat_back_is_no_longer_missed() -> None:
    wave, people = seated_wave()
    withdraw(registration=people[0], actor=SYSTEM, reason="sakit")
    assert assignment_counts(wave) == {"missing": 1}


def test_what_is_refused() -> None:
    wave, people = seated_wave()
    stranger = seat(wave, make_person(make_agency("Lain")))
    elsewhere = seated_wave(1)[1]
    for wrong in ([], [people[0], stranger], elsewhere):
        with pytest.raises(Conflict, match="satu instansi"):
            receive(wave, *wrong)
    for content in (b"", b"MZ", b"%PDF-" + b"0" * (10 * 1024 * 1024)):
        with pytest.raises(Conflict):
            acts.receive_assignment(wave=wave, people=people, letter=letter(content), actor=SYSTEM)
    assert not AssignmentLetter.objects.exists()
    row = receive(wave, people[0])[0]
    with pytest.raises(Conflict, match="apa yang salah"):
        acts.judge_assignment(wave=wave, rows=[row], state=PaperState.WRONG, reason=" ", actor=SYSTEM)
    with pytest.raises(Conflict, match="sekurang-kurangnya satu"):
        acts.judge_assignment(wave=wave, rows=[], state=PaperState.ACCEPTED, actor=SYSTEM)
    with pytest.raises(Conflict, match="sekurang-kurangnya satu"):
        acts.judge_assignment(wave=elsewhere[0].wave, rows=[row], state=PaperState.ACCEPTED, actor=SYSTEM)


def test_a_letter_of_a_day_to_come_is_a_slip_of_the_year() -> None:
    wave, people = seated_wave()
    late = replace(letter(), dated=clock.today() + timedelta(days=365))
    with pytest.raises(Conflict, match="belum tiba"):
        acts.receive_assignment(wave=wave, people=people, letter=late, actor=SYSTEM)
    assert not AssignmentLetter.objects.exists()


def test_an_upload_by_mistake_is_undone_until_it_is_accepted() -> None:
    wave, people = seated_wave()
    first, second = receive(wave, *people)
    acts.drop_assignment(named=first, actor=make_actor(Role.COORDINATOR, people[0].agency))
    assert AssignmentLetter.objects.count() == 1
    acts.judge_assignment(wave=wave, rows=[second], state=PaperState.ACCEPTED, actor=SYSTEM)
    with pytest.raises(Conflict, match="sudah diterima"):
        acts.drop_assignment(named=second, actor=SYSTEM)
    acts.judge_assignment(wave=wave, rows=[second], state=PaperState.RECEIVED, actor=SYSTEM)
    acts.drop_assignment(named=second, actor=SYSTEM)
    assert not AssignmentLetter.objects.exists()


def test_strangers_may_neither_bring_nor_judge() -> None:
    wave, people = seated_wave()
    with pytest.raises(NotAllowed):
        receive(wave, people[0], actor=make_actor(Role.COORDINATOR, make_agency("Lain")))
    row = receive(wave, people[0])[0]
    with pytest.raises(NotAllowed):
        acts.judge_assignment(
            wave=wave, rows=[row], state=PaperState.ACCEPTED, actor=make_actor(Role.COORDINATOR, people[0].agency)
        )


def test_agencies_are_reminded_with_the_names() -> None:
    wave, people = seated_wave()
    coordinator = make_user(Role.COORDINATOR, people[0].agency)
    make_user(Role.COORDINATOR, make_agency("Lain"))
    receive(wave, people[0])
    (reminder,) = acts.remind_coordinators(wave=wave, actor=SYSTEM)
    assert (reminder.told, reminder.lacking.names) == (1, ["Orang 1"])
    assert "Orang 1" in reminder.text
    assert "Orang 0" not in reminder.text
    assert Notice.objects.get().user_id == coordinator.pk
    receive(wave, people[1])
    with pytest.raises(Conflict, match="sudah masuk"):
        acts.remind_coordinators(wave=wave, actor=SYSTEM)


# -- screens ------------------------------------------------------------------------------------------


def test_the_coordinator_uploads_the_organiser_checks_and_the_participant_sees_it() -> None:
    wave, people = seated_wave()
    outsider = seat(wave, make_person(make_agency("Lain"), "Orang Lain"))
    client = client_of(make_user(Role.COORDINATOR, people[0].agency))
    address = f"/pelatihan/gelombang/{wave.code}/surat-tugas/"
    listed = client.get(address).content.decode()
    assert "Orang 1" in listed
    assert "Orang Lain" not in listed
    typed = {"number": "800/1", "dated": "2026-11-12", "signed_post": "Kepala", "signed_name": "Contoh"}
    foreign = client.post(
        f"{address}unggah/", {**typed, "people": [outsider.pk], "file": SimpleUploadedFile("a.pdf", PDF)}
    )
    assert foreign.status_code == 422
    missing = client.post(f"{address}unggah/", {**typed, "people": [people[0].pk]})
    assert missing.status_code == 422
    assert "800/1" in missing.content.decode()
    file = SimpleUploadedFile("a.pdf", PDF)
    client.post(f"{address}unggah/", {**typed, "people": [row.pk for row in people], "file": file})
    named = AssignedPerson.objects.order_by("pk")[0]
    assert client.get(f"{address}{named.pk}/unduh/").content == PDF
    organiser = client_of(make_user(Role.ORGANISER, wave.organisation))
    organiser.post(f"{address}periksa/", {"named": [named.pk, "x", "9" * 30], "state": "wrong", "reason": "NIP keliru"})
    assert organiser.post(f"{address}periksa/", {"named": named.pk, "state": "x"}).status_code == 404
    named.refresh_from_db()
    assert (named.state, named.reason) == (PaperState.WRONG, "NIP keliru")
    assert "NIP keliru" in organiser.get(address, {"keadaan": "wrong"}).content.decode()
    token = hand_out_page(registration=named.registration, actor=SYSTEM)
    assert "NIP keliru" in organiser.get(f"/pelatihan/kursi/{token}/").content.decode()
    reminded = organiser.post(f"{address}ingatkan/")
    assert len(reminded.context["reminders"]) == 2
    client.post(f"{address}{named.pk}/hapus/")
    assert not AssignedPerson.objects.filter(pk=named.pk).exists()


def test_the_list_asks_as_often_for_one_as_for_three() -> None:
    counts = []
    for number in (1, 3):
        wave, people = seated_wave(number)
        receive(wave, *people)
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/pelatihan/gelombang/{wave.code}/surat-tugas/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_wrong_is_told_to_the_agency_once_and_only_what_is_new() -> None:
    wave, people = seated_wave(2)
    coordinator = make_user(Role.COORDINATOR, people[0].agency)
    first, second = receive(wave, *people)
    acts.judge_assignment(wave=wave, rows=[first, second], state=PaperState.WRONG, reason="Nama salah.", actor=SYSTEM)
    told = Notice.objects.get(user_id=coordinator.pk)
    assert all(text in told.text for text in (people[0].printed_name, people[1].printed_name, "Nama salah."))
    acts.judge_assignment(wave=wave, rows=[first], state=PaperState.WRONG, reason="Nama salah.", actor=SYSTEM)
    acts.judge_assignment(wave=wave, rows=[second], state=PaperState.ACCEPTED, actor=SYSTEM)
    assert Notice.objects.filter(user_id=coordinator.pk).count() == 1


def test_a_judgement_that_is_refused_keeps_the_ticks_and_the_list_they_stand_in() -> None:
    wave, people = seated_wave(2)
    first, second = receive(wave, *people)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/surat-tugas/periksa/?keadaan=received"
    page = client.post(address, {"named": [first.pk], "state": "wrong", "reason": ""})
    shown = page.content.decode()
    assert page.status_code == 422
    assert f'id="n-{first.pk}" checked' in shown
    assert f'id="n-{second.pk}" checked' not in shown
    assert f"/gelombang/{wave.code}/surat-tugas/?keadaan=missing" in shown  # its links lead back to the list
    page = client.post(address, {"state": "wrong", "reason": "Nama salah"})  # nobody is ticked
    assert 'value="Nama salah"' in page.content.decode()
    done = client.post(address, {"named": [first.pk], "state": "wrong", "reason": "Nama salah"})
    assert done["Location"].endswith("/surat-tugas/?keadaan=received")
