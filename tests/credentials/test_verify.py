from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.codes import grouped, verify_code
from enggang.credentials.domain.address import is_provisional
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Award
from tests.training.factories import client_of, make_agency, make_user
from tests.training.test_completion import held_wave, issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def award() -> Award:
    return issue(held_wave(present=5))[0]


def test_a_valid_code_tells_what_who_issuer_and_date_and_hides_the_nip(client: Client, award: Award) -> None:
    page = client.get(f"/verify/{award.verify_code}")
    text = page.content.decode()
    assert page.status_code == 200
    for part in (award.title, award.holder_name, award.issuer_name, award.number, "SPECIMEN"):
        assert part in text
    assert award.holder_nip not in text
    assert award.holder_nip[:8] not in text


def test_the_code_answers_however_it_is_typed(client: Client, award: Award) -> None:
    typed = grouped(award.verify_code).lower()
    assert client.get("/verify/", {"code": typed}, follow=True).status_code == 200
    assert client.get(f"/verify/{typed}").status_code == 200


def test_a_voided_award_says_so_for_ever(client: Client, award: Award) -> None:
    void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    page = client.get(f"/verify/{award.verify_code}")
    assert page.status_code == 200
    assert "Nama keliru" not in page.content.decode()
    assert page.context["answer"].verdict == "void"


def test_unknown_and_mistyped_are_told_apart(client: Client, award: Award) -> None:
    assert client.get(f"/verify/{verify_code()}").context["answer"].verdict == "unknown"
    wrong = ("1" if award.verify_code[0] != "1" else "2") + award.verify_code[1:]
    assert client.get(f"/verify/{wrong}").context["answer"].verdict == "mistyped"
    for rubbish in ("x" * 5000, "%00", "<script>", "..%2f"):
        assert client.get(f"/verify/{rubbish}").status_code == 404


def test_a_former_domain_keeps_answering_old_codes(client: Client, award: Award, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["baru.go.id", "lama.go.id"]
    assert client.get(f"/verify/{award.verify_code}", headers={"host": "lama.go.id"}).status_code == 200
    assert client.get(f"/verify/{award.verify_code}", headers={"host": "asing.example"}).status_code == 400


def test_a_stranger_cannot_fetch_the_paper(client: Client, award: Award) -> None:
    addresses = (f"/sertifikat/{award.code}/berkas", f"/sertifikat/{award.code}/")
    assert all(client.get(address)["Location"].startswith("/akun/masuk/") for address in addresses)
    assert client.post(f"/sertifikat/{award.code}/batalkan", {"reason": "x"}).status_code == 302
    other = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
    assert [other.get(address).status_code for address in addresses] == [404, 404]
    assert other.post(f"/sertifikat/{award.code}/batalkan", {"reason": "x"}).status_code == 404
    award.refresh_from_db()
    assert award.is_issued


@pytest.mark.parametrize(
    ("host", "provisional"),
    [
        ("localhost", True), ("127.0.0.1", True), ("10.1.2.3", True), ("192.168.0.9", True), ("172.20.0.1", True),
        ("::1", True), ("server", True), ("enggang.lan", True), ("enggang.kalbarprov.go.id", False), ("103.10.66.5", False),
    ],
)  # fmt: skip
def test_an_address_that_will_not_last_is_known(host: str, provisional: bool) -> None:
    assert is_provisional(host) is provisional
