from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.people.domain.accounts import ensure_user
from enggang.people.roster.workbooks import workbook
from enggang.places.models import Organisation
from enggang.training.domain.past import import_past, undo_past, upload_past
from enggang.training.enums import CertificateState
from enggang.training.models import OutsideCertificate, PastImport
from enggang.training.queries.past import HEADER, past_plan
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def sheet(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    return workbook("Riwayat", header, rows)


def row(
    name: str = "",
    nip: str = "",
    title: str = "Bimtek",
    ends: str = "3 Maret 2019",
    jp: Any = 20,
    starts: str = "1-3-2019",
) -> list[Any]:
    return [name, nip, title, "BPSDM", starts, ends, jp, "001"]


def take_in(organisation: Organisation, content: bytes) -> PastImport:
    past = upload_past(organisation=organisation, content=content, name="riwayat.xlsx", actor=SYSTEM)
    return import_past(past=past, actor=SYSTEM)


def test_rows_are_matched_by_nip_or_name_and_the_same_list_twice_adds_nothing() -> None:
    agency = make_agency()
    ani, budi = make_person(agency, "Ani Lestari"), make_person(agency, "Budi")
    content = sheet(
        row(nip=ani.spaced_nip), row("Hj. Ani Lestari, S.Sos"), row("BUDI", ends="2015"), row("Budi", title="Arsip")
    )
    first = take_in(agency, content)
    assert (first.added, first.known, first.rejected) == (3, 1, 0)
    assert set(OutsideCertificate.objects.values_list("person__name", "title", "ends_on__year", "state")) == {
        ("Ani Lestari", "Bimtek", 2019, "accepted"),
        ("Budi", "Bimtek", 2015, "accepted"),
        ("Budi", "Arsip", 2019, "accepted"),
    }
    second = take_in(agency, content)
    assert (second.added, second.known) == (0, 4)
    assert budi.outside_certificates.count() == 2


def test_an_nip_under_a_name_without_a_common_word_comes_back_and_another_spelling_does_not() -> None:
    agency = make_agency()
    ani = make_person(agency, "Ani Lestari")
    wrong = row("Budi Santoso, S.E.", nip=ani.spaced_nip, title="Salah")
    found = take_in(
        agency, sheet(wrong, row("Annie LESTARI", nip=ani.spaced_nip), row("–", nip=ani.spaced_nip, title="Dua"))
    )
    assert (found.added, found.rejected) == (2, 1)
    assert set(OutsideCertificate.objects.values_list("title", flat=True)) == {"Bimtek", "Dua"}


def test_an_import_is_taken_back_and_taken_in_again() -> None:
    agency = make_agency()
    make_person(agency, "Ani")
    past = take_in(agency, sheet(row("Ani")))
    undo_past(past=past, actor=SYSTEM)
    assert OutsideCertificate.objects.get().state == CertificateState.WITHDRAWN
    import_past(past=past, actor=SYSTEM)
    assert OutsideCertificate.objects.get().state == CertificateState.ACCEPTED
    with pytest.raises(Conflict):
        import_past(past=past, actor=SYSTEM)


@pytest.mark.parametrize(
    "broken",
    [
        row("Tidak Dikenal"), row(""), row("Kembar"), row(nip="123"), row("Ani", title="  "), row("Ani", jp=0),
        row("Ani", jp="dua puluh"), row("Ani", jp=1e9), row("Ani", jp=-1), row("Ani", ends="kapan-kapan"),
        row("Ani", ends="1-1-2199"), row("Ani", ends="0001"), row("Orang Lain"), row("Ani", starts="6-3-2019"),
    ],
)  # fmt: skip
def test_a_broken_row_comes_back_with_its_reason_and_the_others_are_taken(broken: list[Any]) -> None:
    agency = make_agency()
    for name in ("Ani", "Kembar", "Kembar"):
        make_person(agency, name)
    make_person(make_agency("Lain"), "Orang Lain")
    plan = past_plan(sheet(broken, row("Ani", title="Baik")), agency)
    assert [each.error != "" for each in plan.rows] == [True, False]
    assert take_in(agency, sheet(broken, row("Ani", title="Baik"))).added == 1


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x89PNG", sheet(row("Ani"), header=["a", "b"]), b"PK\x03\x04 broken", sheet()]
)
def test_a_file_that_is_no_such_list_is_refused(content: bytes) -> None:
    agency = make_agency()
    with pytest.raises(Refused):
        upload_past(organisation=agency, content=content, name="x", actor=SYSTEM)
    assert not PastImport.objects.exists()


def test_nobody_takes_in_for_another_agency() -> None:
    agency, other = make_agency(), make_agency("Lain")
    actor = make_actor(Role.COORDINATOR, other)
    with pytest.raises(NotAllowed):
        upload_past(organisation=agency, content=sheet(row("Ani")), name="x", actor=actor)
    with pytest.raises(NotAllowed):
        import_past(past=upload_past(organisation=agency, content=sheet(row("A")), name="x", actor=SYSTEM), actor=actor)


def test_from_the_upload_to_the_returned_rows_on_the_screen() -> None:
    agency = make_agency()
    make_person(agency, "Ani")
    client = client_of(make_user(Role.COORDINATOR, agency))
    content = sheet(row("Ani"), row("=1+1"))
    assert client.post("/pelatihan/jp/riwayat/", {"organisation": agency.code}).status_code == 422
    upload = {"organisation": agency.code, "file": SimpleUploadedFile("riwayat.xlsx", content)}
    page = client.post("/pelatihan/jp/riwayat/", upload, follow=True)
    assert (page.context["fresh_count"], page.context["rejected_count"]) == (1, 1)
    assert not OutsideCertificate.objects.exists()
    past = PastImport.objects.get()
    client.post(f"/pelatihan/jp/riwayat/{past.code}/")
    jobs.run_pending()
    assert OutsideCertificate.objects.count() == 1
    taken = client.get(f"/pelatihan/jp/riwayat/{past.code}/")
    assert taken.context["counts"] == {"fresh": 1, "known": 0, "rejected": 1}
    assert "Ditambahkan" in taken.content.decode()
    rejects = client.get(f"/pelatihan/jp/riwayat/{past.code}/ditolak/").content
    paper = openpyxl.load_workbook(io.BytesIO(rejects)).active
    assert paper is not None
    assert [cell.value for cell in paper[1]][-1] == "Alasan"
    assert paper.cell(2, 1).value == "=1+1"
    assert paper.cell(2, 1).data_type == "s"
    assert past_plan(rejects, agency).rejected
    client.post(f"/pelatihan/jp/riwayat/{past.code}/batal/")
    assert OutsideCertificate.objects.get().state == CertificateState.WITHDRAWN
    assert (
        client_of(make_user(Role.COORDINATOR, make_agency("L"))).get(f"/pelatihan/jp/riwayat/{past.code}/").status_code
        == 404
    )


def test_an_importer_accepts_what_they_may_check_and_never_their_own() -> None:
    agency = make_agency()
    own = make_person(agency, "Ani")
    make_person(agency, "Budi")
    user = ensure_user(person=own, actor=SYSTEM)
    content = sheet(row("Ani"), row("Budi"))
    past = upload_past(organisation=agency, content=content, name="x", actor=SYSTEM)
    import_past(past=past, actor=make_actor(Role.COORDINATOR, agency, user))
    states = dict(OutsideCertificate.objects.values_list("person__name", "state"))
    assert states == {"Ani": CertificateState.WAITING, "Budi": CertificateState.ACCEPTED}
    undo_past(past=past, actor=SYSTEM)
    import_past(past=past, actor=make_actor(Role.ORGANISER, agency, make_user()))  # organisers check nobody's
    assert set(OutsideCertificate.objects.values_list("state", flat=True)) == {CertificateState.WAITING}


def test_a_row_of_a_training_held_here_comes_back_with_the_wave_that_counts() -> None:
    agency = make_agency()
    person = make_person(agency, "Ani")
    wave = make_wave(
        agency, starts_on=clock.today() - timedelta(days=1), ends_on=clock.today() + timedelta(days=1), sessions=1
    )
    seat(wave, person)
    rows = [row("Ani", title="Pelatihan ASN Kreatif", ends=clock.today().strftime("%d-%m-%Y")), row("Ani")]
    plan = past_plan(sheet(*rows), agency)
    assert ["Gelombang 1" in each.error for each in plan.rows] == [True, False]
