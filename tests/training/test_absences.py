from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from enggang.access.enums import Role
from enggang.attendance.domain.proofs import refuse_proof
from enggang.attendance.models import Proof
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.accounts import ensure_user
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.absences import report_absence
from enggang.training.domain.classes import keep_class
from enggang.training.domain.registrations import hand_out_page, withdraw
from enggang.training.domain.sessions import remove_session
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def taking_part() -> tuple[Wave, Registration]:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    return wave, seat(wave, make_person(agency))


def letter(*sessions: str, **more: Any) -> dict[str, Any]:
    return {"sessions": sessions, "status": "sick", "file": SimpleUploadedFile("surat.pdf", b"%PDF-1.7"), **more}


def test_a_participant_hands_in_a_letter_on_the_private_page_and_reads_what_became_of_it() -> None:
    wave, mine = taking_part()
    token = hand_out_page(registration=mine, actor=SYSTEM)
    client = Client(headers={"accept-language": "en"})
    codes = [row.code for row in wave.sessions.all()]
    page = client.post(reverse("training:seat_absence", args=[token]), letter(*codes), follow=True).content.decode()
    assert "Your letter has arrived" in page
    assert page.count("To be checked") >= 2
    assert Proof.objects.values("file").distinct().count() == 1
    refuse_proof(proof=Proof.objects.latest("pk"), reason="Tanpa tanda tangan", actor=SYSTEM)
    assert "Tanpa tanda tangan" in client.get(reverse("training:seat", args=[token])).content.decode()


def test_signed_in_they_do_it_on_their_own_page_and_nobody_else_does() -> None:
    wave, mine = taking_part()
    _other, yours = taking_part()
    user = ensure_user(person=mine.person, actor=SYSTEM)
    client, code = client_of(user), wave.sessions.earliest("pk").code
    client.post(reverse("training:pocket_absence", args=[mine.code]), letter(code))
    assert Proof.objects.get().holder_id == mine.person.subject_id
    strange = client.post(reverse("training:pocket_absence", args=[yours.code]), letter(code))
    assert strange.status_code == 404
    with pytest.raises(NotAllowed):
        report_absence(
            registration=mine, sessions=[code], status="sick", content=b"%PDF-1", name="a",
            actor=make_actor(Role.COORDINATOR, make_agency("Lain")),
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"sessions": []},
        {"sessions": ["XXXXXXXXXXXX"]},
        {"status": "present"},
        {"file": ""},
        {"file": SimpleUploadedFile("a.pdf", b"MZ")},
    ],
)
def test_a_wrong_letter_is_told_and_keeps_what_was_typed(wrong: dict[str, Any]) -> None:
    wave, mine = taking_part()
    token = hand_out_page(registration=mine, actor=SYSTEM)
    posted = {**letter(wave.sessions.earliest("pk").code, note="Demam tinggi"), **wrong}
    answer = Client().post(reverse("training:seat_absence", args=[token]), posted)
    assert answer.status_code == 422
    assert "Demam tinggi" in answer.content.decode()
    assert not Proof.objects.exists()


def test_not_for_sessions_of_another_class_nor_called_off_nor_without_a_seat() -> None:
    wave, mine = taking_part()
    first, second = wave.sessions.order_by("pk")
    first.klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    first.save()
    remove_session(session=second, reason="Batal", actor=SYSTEM)
    for session in (first, second):
        with pytest.raises(Conflict, match="not yours"):
            report_absence(
                registration=mine, sessions=[session.code], status="sick", content=b"%PDF-1", name="a", actor=SYSTEM
            )  # fmt: skip
    withdraw(registration=mine, actor=SYSTEM, reason="x")
    mine = Registration.objects.get(pk=mine.pk)
    with pytest.raises(Conflict, match="seat"):
        report_absence(registration=mine, sessions=[], status="sick", content=b"%PDF-1", name="a", actor=SYSTEM)


def test_an_ended_address_takes_no_letter() -> None:
    answer = Client().post(reverse("training:seat_absence", args=["nothing"]), letter("X"))
    assert answer.status_code == 404


def test_the_organiser_finds_letters_that_wait_from_home() -> None:
    wave, mine = taking_part()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    session = wave.sessions.order_by("pk")[0]
    page = reverse("attendance:proofs", args=[session.occasion.code])
    assert page not in client.get("/beranda/").content.decode()
    report_absence(
        registration=mine, sessions=[session.code], status="sick", content=b"%PDF-1.7", name="surat.pdf", actor=SYSTEM
    )
    assert page in client.get("/beranda/").content.decode()
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert page not in stranger.get("/beranda/").content.decode()
    refuse_proof(proof=Proof.objects.get(), reason="Tanpa tanda tangan", actor=SYSTEM)
    assert page not in client.get("/beranda/").content.decode()
