from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.files.domain.papers import LARGEST
from enggang.files.models import StoredFile
from enggang.people.models import Person
from enggang.places.enums import RegionLevel
from enggang.places.models import Region, Venue
from enggang.training.domain.asking import (
    add_question,
    answer_questions,
    drop_question,
    hand_in_paper,
    require_paper,
)
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.registrations import hand_out_page
from enggang.training.models import Answer, HandedPaper, Question, Registration, Wave
from enggang.training.queries.readiness import readiness
from tests.training.factories import SIGNING, client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def asking_wave() -> Wave:
    wave = make_wave(make_agency())
    add_question(wave=wave, label="Ukuran kaus", kind="choice", choices="S\nM\nL", required=True, actor=SYSTEM)
    add_question(wave=wave, label="Alergi", kind="text", actor=SYSTEM)
    require_paper(wave=wave, name="Surat tugas", actor=SYSTEM)
    return wave


def seated_in(wave: Wave) -> tuple[Registration, str]:
    row = seat(wave, make_person(wave.organisation, "Siti Aminah"))
    return row, f"/pelatihan/kursi/{hand_out_page(registration=row, actor=SYSTEM)}/"


def test_the_public_form_asks_and_keeps_the_answers() -> None:
    wave = asking_wave()
    person = make_person(wave.organisation, "Siti Aminah")
    size, _allergy = wave.questions.all()
    data = {"nip": person.nip, "name": "Siti Aminah"}
    refused = Client().post(f"/pelatihan/daftar/{wave.code}/", data)
    assert list(refused.context["form"].errors) == [f"question-{size.pk}"]
    assert person.nip in refused.content.decode()
    assert not Registration.objects.exists()
    Client().post(f"/pelatihan/daftar/{wave.code}/", {**data, f"question-{size.pk}": "M"})
    assert list(Answer.objects.values_list("question__label", "text")) == [("Ukuran kaus", "M")]


def test_the_participant_s_page_says_what_is_missing_until_it_is_there() -> None:
    wave = asking_wave()
    row, page = seated_in(wave)
    size = wave.questions.get(label="Ukuran kaus")
    client = Client()
    assert len(client.get(page).context["missing"]) == 3
    wrong = client.post(f"{page}jawaban/", {f"question-{size.pk}": "XXL"})
    assert wrong.status_code == 422
    client.post(f"{page}jawaban/", {f"question-{size.pk}": "L"})
    paper = wave.required_papers.get()
    client.post(f"{page}dokumen/{paper.pk}/", {"file": SimpleUploadedFile("surat.pdf", b"%PDF-1.7 isi")})
    client.post(f"{page}nama/", {"printed_name": row.printed_name})
    assert client.get(page).context["missing"] == []
    row.refresh_from_db()
    assert readiness(row).missing == []


@pytest.mark.parametrize(
    "content", [b"", b"MZ program", b"<html>", b"%PDF-" + b"0" * LARGEST], ids=["empty", "program", "page", "large"]
)
def test_what_is_no_paper_is_refused_whatever_its_name(content: bytes) -> None:
    wave = asking_wave()
    _row, page = seated_in(wave)
    upload = SimpleUploadedFile("surat.pdf", content)
    answer = Client().post(f"{page}dokumen/{wave.required_papers.get().pk}/", {"file": upload}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not StoredFile.objects.exists()


def test_a_private_page_cannot_fill_the_disk() -> None:
    wave = asking_wave()
    _row, page = seated_in(wave)
    address = f"{page}dokumen/{wave.required_papers.get().pk}/"
    for number in range(21):
        answer = Client().post(address, {"file": SimpleUploadedFile("a.pdf", b"%%PDF- %d" % number)}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert StoredFile.objects.count() == 20


def test_handing_in_again_replaces_what_is_shown_and_staff_fetch_it() -> None:
    wave = asking_wave()
    row, _page = seated_in(wave)
    paper = wave.required_papers.get()
    for content in (b"\xff\xd8\xff first", b"\x89PNG\r\n\x1a\n second"):
        hand_in_paper(registration=row, paper=paper, content=content, name="foto.exe", actor=SYSTEM)
    assert HandedPaper.objects.get().file.name == "foto.png"
    organiser = client_of(make_user(Role.ORGANISER, wave.organisation))
    answer = organiser.get(f"/pelatihan/pendaftaran/{row.code}/dokumen/{paper.pk}/unduh/")
    assert answer.content.endswith(b"second")
    assert answer["Content-Disposition"].startswith("attachment")
    watcher = client_of(make_user(Role.INSPECTOR, wave.organisation))
    assert watcher.get(f"/pelatihan/pendaftaran/{row.code}/dokumen/{paper.pk}/unduh/").status_code == 404


def test_a_question_that_was_answered_stays() -> None:
    wave = asking_wave()
    row, _page = seated_in(wave)
    question = wave.questions.get(label="Alergi")
    answer_questions(registration=row, answers={question.pk: "kacang"}, actor=SYSTEM)
    with pytest.raises(Conflict):
        drop_question(question=question, actor=SYSTEM)
    answer_questions(registration=row, answers={question.pk: ""}, actor=SYSTEM)
    drop_question(question=question, actor=SYSTEM)
    assert Question.objects.count() == 1


def test_the_organiser_asks_sees_and_exports() -> None:
    wave = asking_wave()
    row, _page = seated_in(wave)
    answer_questions(registration=row, answers={wave.questions.get(label="Alergi").pk: "=1+1"}, actor=SYSTEM)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    base = f"/pelatihan/gelombang/{wave.code}/"
    refused = client.post(f"{base}permintaan/", {"what": "question", "label": "Pilih", "kind": "choice"})
    assert (refused.status_code, "Pilih" in refused.content.decode()) == (422, True)
    client.post(f"{base}permintaan/", {"what": "paper", "name": "KTP"})
    assert [paper.name for paper in wave.required_papers.all()] == ["Surat tugas", "KTP"]
    assert len(client.get(f"{base}kelengkapan/", {"missing": "paper"}).context["page_obj"]) == 1
    book = openpyxl.load_workbook(io.BytesIO(client.post(f"{base}jawaban/").content))
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    assert lines[0][2:] == ("Ukuran kaus", "Alergi")
    assert (lines[1][0], lines[1][3]) == ("Siti Aminah", "=1+1")


def test_no_certificate_before_the_nip_is_completed() -> None:
    wave = make_wave(make_agency(), sessions=1)
    row = seat(wave, make_person(wave.organisation, "Siti Aminah"))
    mark_list(
        occasion=wave.sessions.get().occasion, statuses={row.person.subject.code: Status.PRESENT}, actor=SYSTEM
    )  # fmt: skip
    decide_outcomes(wave=wave, actor=SYSTEM)
    Person.objects.update(nip="", nip_pending=True)
    with pytest.raises(Conflict) as refused:
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    assert "Siti Aminah" in refused.value.message


def test_one_whose_nip_is_missing_holds_up_nobody_else() -> None:
    wave = make_wave(make_agency(), sessions=1)
    rows = [seat(wave, make_person(wave.organisation, name)) for name in ("Siti Aminah", "Budi Santoso")]
    statuses = {row.person.subject.code: Status.PRESENT for row in rows}
    mark_list(occasion=wave.sessions.get().occasion, statuses=statuses, actor=SYSTEM)
    decide_outcomes(wave=wave, actor=SYSTEM)
    Person.objects.filter(name="Siti Aminah").update(nip="", nip_pending=True)
    organiser = client_of(make_user(Role.ORGANISER, wave.organisation))
    words = {
        "city": "Pontianak",
        "on": "2026-01-05",
        "post": "Kepala Dinas (contoh)",
        "name": "Contoh Pejabat (SPESIMEN)",
    }
    answer = organiser.post(f"/pelatihan/gelombang/{wave.code}/kelulusan/terbitkan/", words, follow=True)
    assert "Siti Aminah" in " ".join(str(each) for each in answer.context["messages"])
    assert [row.person.name for row in wave.registrations.filter(award__isnull=False)] == ["Budi Santoso"]


def test_the_next_session_comes_first_with_a_way_to_the_map() -> None:
    wave = make_wave(make_agency())
    region = Region.objects.create(code="61", name="Kalimantan Barat", level=RegionLevel.PROVINCE)
    wave.venue = Venue.objects.create(
        subject=Venue.new_subject(), name="Aula", region=region, organisation=wave.organisation,
        latitude="-0.030000", longitude="109.320000",
    )  # fmt: skip
    wave.save()
    _row, page = seated_in(wave)
    answer = Client().get(page)
    assert answer.context["pocket"].next == wave.sessions.order_by("day")[0]
    assert answer.context["pocket"].geo_href == "geo:-0.030000,109.320000"
    assert "openstreetmap.org/?mlat=-0.030000" in answer.content.decode()
    Venue.objects.update(latitude=None)
    assert "openstreetmap" not in Client().get(page).content.decode()
