from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.accounts import ensure_user
from enggang.people.enums import StaffKind
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.training.domain import learning as acts
from enggang.training.domain.completion import override_outcome
from enggang.training.domain.crediting import correct_jp
from enggang.training.domain.programmes import ModuleSpec, change_programme
from enggang.training.enums import CertificateState, JpCredit, Outcome
from enggang.training.models import OutsideCertificate, Programme
from enggang.training.models.learning import is_same_training, title_key
from enggang.training.queries.learning import Line, lines_of, trained_in
from enggang.training.queries.past import Learned
from tests.training.factories import (
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_programme,
    make_user,
    make_wave,
    seat,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 sertifikat"


@pytest.fixture(autouse=True)
def _limits() -> None:
    acts.load_jp_limits(actor=SYSTEM)


def learned(title: str = "Bimtek Arsip", jp: int = 12, ends: date | None = None) -> Learned:
    day = ends or clock.today()
    return Learned(title, "BPSDM", day, day, jp)


def bring(person: Person, **facts: Any) -> OutsideCertificate:
    return acts.bring_certificate(
        person=person,
        learned=learned(**facts),
        content=PDF,
        name="a.pdf",
        actor=SYSTEM,
    )


def line_of(person: Person, year: int | None = None) -> Line:
    work = person.employments.select_related("organisation").get(ends_on=None)
    return lines_of([work], year or clock.today().year)[0]


def test_a_passed_wave_counts_with_its_curriculum_and_an_undecided_one_does_not() -> None:
    agency = make_agency()
    person = make_person(agency)
    registration = seat(make_wave(agency), person)
    year = registration.wave.ends_on.year
    assert line_of(person, year).total == 0
    override_outcome(registration=registration, outcome=Outcome.PASSED, reason="uji", actor=SYSTEM)
    line = line_of(person, year)
    assert (line.here, line.outside, line.total) == (24, 0, 24)


def test_a_later_change_of_the_curriculum_or_the_rule_leaves_the_past_alone() -> None:
    agency = make_agency()
    person = make_person(agency)
    registration = seat(make_wave(agency), person)
    programme = registration.wave.programme
    override_outcome(registration=registration, outcome=Outcome.PASSED, reason="uji", actor=SYSTEM)
    change_programme(
        programme=programme, version=programme.version, modules=[ModuleSpec("Foto", 3)], actor=SYSTEM,
        jp_credit=JpCredit.ATTENDED,
    )  # fmt: skip
    year = registration.wave.ends_on.year
    assert line_of(person, year).total == 24
    registration.refresh_from_db()
    assert (registration.jp_planned, registration.jp_credited, registration.jp_rule) == (24, 24, JpCredit.COMPLETED)


def test_credited_hours_are_corrected_openly_on_the_screen() -> None:
    agency = make_agency()
    person = make_person(agency, "Ani")
    registration = seat(make_wave(agency), person)
    client = client_of(make_user(Role.ORGANISER, agency))
    address = f"/pelatihan/pendaftaran/{registration.code}/"
    client.post(f"{address}jp/", {"jp": 10, "reason": "Salah hitung"})  # not decided yet
    override_outcome(registration=registration, outcome=Outcome.PASSED, reason="uji", actor=SYSTEM)
    assert "24" in client.get(address).content.decode()
    for wrong in ({"jp": 10, "reason": " "}, {"jp": -1, "reason": "x"}, {"jp": 10**9, "reason": "x"}, {}):
        client.post(f"{address}jp/", wrong)
    assert line_of(person, registration.wave.ends_on.year).total == 24
    client.post(f"{address}jp/", {"jp": 10, "reason": "Salah hitung"})
    assert line_of(person, registration.wave.ends_on.year).total == 10
    assert "Salah hitung" in client.get(address).content.decode()
    with pytest.raises(NotAllowed):
        correct_jp(registration=registration, jp=1, reason="x", actor=make_actor(Role.COORDINATOR, agency))
    # A second look at who passed keeps what somebody has corrected.
    registration.refresh_from_db()
    override_outcome(registration=registration, outcome=Outcome.PASSED, reason="uji", actor=SYSTEM)
    assert line_of(person, registration.wave.ends_on.year).total == 10


def test_a_training_held_here_is_not_brought_again_as_one_from_outside() -> None:
    agency = make_agency()
    person = make_person(agency, "Ani")
    wave = make_wave(
        agency, starts_on=clock.today() - timedelta(days=1), ends_on=clock.today() + timedelta(days=1), sessions=1
    )
    seat(wave, person)
    with pytest.raises(Conflict, match="Gelombang 1"):
        bring(person, title="PELATIHAN  ASN-Kreatif")
    row = bring(person, title="Pelatihan ASN Kreatif", ends=clock.today() - timedelta(days=300))
    assert row.is_waiting


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Pelatihan ASN Kreatif", True), ("Pelatihan ASN Kreatif Angkatan II", True), ("Pelatihan", False),
        ("ASN Kreatif", False), ("Pelatihan ASN Kreatifitas", False),
    ],
)  # fmt: skip
def test_a_title_tells_a_training_by_whole_words_and_enough_of_them(title: str, same: bool) -> None:
    assert is_same_training(title_key("Pelatihan ASN Kreatif"), title_key(title)) == same


def test_a_programme_that_credits_sessions_counts_those_attended() -> None:
    agency = make_agency()
    person = make_person(agency)
    programme = make_programme(agency)
    Programme.objects.filter(pk=programme.pk).update(jp_credit=JpCredit.ATTENDED)
    wave = make_wave(agency, programme=programme)
    seat(wave, person)
    session = wave.sessions.select_related("occasion__organisation", "occasion__subject").first()
    assert session is not None
    with clock.frozen_at(session.starts_at + timedelta(minutes=5)):
        mark_list(occasion=session.occasion, statuses={person.code: Status.PRESENT}, actor=SYSTEM)
    assert [(entry.jp, entry.day) for entry in line_of(person, session.day.year).entries] == [(12, session.day)]


def test_a_certificate_counts_from_when_it_is_accepted_until_it_is_put_up_again() -> None:
    person = make_person(make_agency())
    row = bring(person)
    assert line_of(person).total == 0
    acts.accept_certificate(certificate=row, actor=SYSTEM)
    line = line_of(person)
    assert (line.outside, line.short) == (12, 8)
    acts.recheck_certificate(certificate=row, actor=SYSTEM)
    assert line_of(person).total == 0


def test_the_limit_of_contract_staff_is_counted_in_their_contract_year() -> None:
    person = make_person(make_agency())
    today = clock.today()
    begins = date(today.year - 2, 12, 1) if today.month < 12 else date(today.year - 1, 12, 1)
    Employment.objects.filter(person=person).update(kind=StaffKind.PPPK, starts_on=begins)
    before = date(begins.year + (1 if today.month < 12 else 0), 12, 20) if today.month < 12 else today
    for title, day, jp in (("Satu", before, 20), ("Dua", today, 10)):
        acts.accept_certificate(certificate=bring(person, title=title, ends=day, jp=jp), actor=SYSTEM)
    line = line_of(person)
    assert line.total == sum(entry.jp for entry in line.entries)
    assert ([held.counted for held in line.limits], line.over, line.short) == ([30], 6, 0)


@pytest.mark.parametrize(
    "facts",
    [{"title": ""}, {"title": "x" * 201}, {"jp": 0}, {"jp": 1001}, {"ends": date(2199, 1, 1)}],
)
def test_what_cannot_be_is_refused(facts: dict[str, Any]) -> None:
    from django.core.exceptions import ValidationError

    person = make_person(make_agency())
    with pytest.raises((Conflict, ValidationError)):
        bring(person, **facts)
    assert not OutsideCertificate.objects.exists()


def test_the_same_certificate_twice_is_refused_and_a_refused_one_may_come_again() -> None:
    person = make_person(make_agency())
    row = bring(person)
    with pytest.raises(Conflict):
        bring(person, title="bimtek  ARSIP")
    with pytest.raises(Conflict):
        acts.refuse_certificate(certificate=row, reason=" ", actor=SYSTEM)
    acts.refuse_certificate(certificate=row, reason="Tidak terbaca", actor=SYSTEM)
    again = bring(person)
    assert (again.pk, again.state, again.reason) == (row.pk, CertificateState.WAITING, "")


def test_only_papers_are_taken() -> None:
    person = make_person(make_agency())
    for content in (b"", b"MZ\x90", b"%PDF-" + b"x" * (5 * 2**20)):
        with pytest.raises(Conflict):
            acts.bring_certificate(person=person, learned=learned(), content=content, name="a", actor=SYSTEM)


def test_nobody_checks_their_own_and_nobody_somebody_elses() -> None:
    agency, other = make_agency(), make_agency("Lain")
    person = make_person(agency)
    user = ensure_user(person=person, actor=SYSTEM)
    row = bring(person)
    for actor in (make_actor(Role.COORDINATOR, agency, user), make_actor(Role.COORDINATOR, other)):
        with pytest.raises(NotAllowed):
            acts.accept_certificate(certificate=row, actor=actor)
    with pytest.raises(NotAllowed):
        acts.bring_certificate(
            person=person, learned=learned("B"), content=PDF, name="a", actor=make_actor(Role.COORDINATOR, other)
        )


def test_trained_before_is_known_from_waves_and_from_certificates() -> None:
    agency = make_agency()
    ani, budi, citra = (make_person(agency, name) for name in ("Ani", "Budi", "Citra"))
    wave = make_wave(agency)
    taken = seat(wave, ani)
    assert trained_in(wave.programme_id, "pelatihan asn kreatif", [ani.pk]) == {}  # the wave is still to come
    override_outcome(registration=taken, outcome=Outcome.PASSED, reason="uji", actor=SYSTEM)
    row = bring(budi, title="Pelatihan ASN-Kreatif Angkatan 3")
    key = "pelatihan asn kreatif"
    found = trained_in(wave.programme_id, key, [ani.pk, budi.pk, citra.pk])
    assert set(found) == {ani.pk}
    acts.accept_certificate(certificate=row, actor=SYSTEM)
    assert set(trained_in(wave.programme_id, key, [ani.pk, budi.pk, citra.pk])) == {ani.pk, budi.pk}


def _client(agency: Organisation, role: Role = Role.COORDINATOR) -> Client:
    return client_of(make_user(role, agency))


def test_a_person_brings_a_certificate_and_the_coordinator_accepts_it_on_the_screen() -> None:
    agency = make_agency()
    person = make_person(agency)
    mine = client_of(ensure_user(person=person, actor=SYSTEM))
    today = clock.today().isoformat()
    data = {"title": "Bimtek Arsip", "organiser": "BPSDM", "starts_on": today, "ends_on": today, "jp": 12}
    refused = mine.post("/pelatihan/jp-saya/", {**data, "jp": "x"})
    assert refused.status_code == 422
    assert "Bimtek Arsip" in refused.content.decode()
    sent = mine.post("/pelatihan/jp-saya/", {**data, "file": SimpleUploadedFile("s.pdf", PDF)})
    assert sent.status_code == 302
    row = OutsideCertificate.objects.get()
    coordinator = _client(agency)
    assert "Bimtek Arsip" in coordinator.get("/pelatihan/jp/").content.decode()
    assert coordinator.get(f"/pelatihan/sertifikat-luar/{row.code}/berkas/").content == PDF
    assert mine.post(f"/pelatihan/sertifikat-luar/{row.code}/terima/").status_code == 302
    row.refresh_from_db()
    assert row.is_waiting
    coordinator.post(f"/pelatihan/sertifikat-luar/{row.code}/terima/", {"kembali": "//evil.example"})
    row.refresh_from_db()
    assert row.is_accepted
    assert line_of(person).total == 12
    stranger = _client(make_agency("Lain"))
    assert stranger.get(f"/pelatihan/sertifikat-luar/{row.code}/berkas/").status_code == 404
    assert stranger.get(f"/pelatihan/jp/orang/{person.code}/").status_code == 404


def test_a_person_finds_the_certificate_of_a_training_here_from_their_hours() -> None:
    agency = make_agency()
    person = make_person(agency)
    registration = seat(make_wave(agency), person)
    override_outcome(registration=registration, outcome=Outcome.PASSED, reason="memenuhi", actor=SYSTEM)
    user, page = ensure_user(person=person, actor=SYSTEM), f"/pelatihan/pendaftaran/{registration.code}/"
    own = client_of(user).get("/pelatihan/jp-saya/")
    assert f'href="{page}"' in own.text
    assert client_of(user).get(page).status_code == 200
    officer = client_of(make_user(Role.COORDINATOR, agency)).get(f"/pelatihan/jp/orang/{person.code}/")
    assert registration.wave.programme.title in officer.text
    assert f'href="{page}"' not in officer.text


def test_the_list_filters_and_leaves_as_a_file() -> None:
    agency = make_agency()
    person = make_person(agency, "Ani")
    Person.objects.filter(pk=make_person(agency, "Budi").pk).update(name="=HYPERLINK(1)")
    acts.accept_certificate(certificate=bring(person, jp=30), actor=SYSTEM)
    client = _client(agency)
    assert "Ani" not in client.get("/pelatihan/jp/?only=short").content.decode()
    text = client.post("/pelatihan/jp/unduh/", {"bentuk": "csv", "kolom": ["name", "total"]}).content.decode(
        "utf-8-sig"
    )
    assert "Ani;30" in text
    assert "'=HYPERLINK(1);0" in text
    assert client.post("/pelatihan/jp/unduh/?year=2020").content[:2] == b"PK"
    assert AuditEntry.objects.filter(code="training.export_learning").count() == 2
    for nonsense in ("?year=x", "?agency=zzz", "?only=rm", "?page=99", "?year=999999999999"):
        assert client.get(f"/pelatihan/jp/{nonsense}").status_code == 200


@pytest.mark.parametrize("address", ["/pelatihan/jp/", "/pelatihan/jp/unduh/"])
def test_the_number_of_queries_does_not_grow(address: str) -> None:
    agency = make_agency()
    client = _client(agency)
    counts = []
    for names in (["Ani"], ["Budi", "Citra"]):
        for name in names:
            acts.accept_certificate(certificate=bring(make_person(agency, name)), actor=SYSTEM)
            bring(make_person(agency, f"{name} dua"))
        with CaptureQueriesContext(
            connection,
        ) as found:
            (client.post if "unduh" in address else client.get)(address)
        counts.append(len(found))
    assert counts[0] == counts[1]
