"""What holds for every request, whatever the page."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.jobs import enqueue, job
from enggang.core.logs import WithoutKeys
from enggang.core.models import Job
from tests.training.factories import client_of, make_agency, make_user, make_wave

pytestmark = pytest.mark.django_db


@job("tests.nothing")
def nothing(_run: object) -> None:
    """A job to have a page of."""


def a_job_of(user_id: int) -> Job:
    row = enqueue(nothing, actor=SYSTEM)
    Job.objects.filter(pk=row.pk).update(user_id=user_id, state="done")
    return row


@pytest.mark.parametrize(
    "back",
    [
        "javascript:alert(1)",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "data:,x",
    ],
)
def test_the_way_back_from_a_job_leads_to_no_foreign_place(back: str) -> None:
    user = make_user(Role.ORGANISER, make_agency())
    page = client_of(user).get(f"/tugas/{a_job_of(user.pk).code}/", {"back": back})
    assert page.context["back"] == ""
    assert "btn--primary" not in page.content.decode()


def test_the_way_back_from_a_job_leads_to_a_page_of_ours() -> None:
    user = make_user(Role.ORGANISER, make_agency())
    page = client_of(user).get(f"/tugas/{a_job_of(user.pk).code}/", {"back": "/pelatihan/"})
    assert 'href="/pelatihan/"' in page.content.decode()


def test_a_page_for_somebody_signed_in_is_kept_by_no_browser_and_no_proxy() -> None:
    client = client_of(make_user(Role.ORGANISER, make_agency()))
    for address in ("/beranda/", "/pegawai/", "/pelatihan/", "/akun/", "/pelatihan/program/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"], address


def test_a_public_page_says_nothing_about_caching() -> None:
    assert not Client().get("/verify/").has_header("Cache-Control")


def test_nul_is_taken_out_of_addresses_questions_and_forms() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    client = client_of(make_user(Role.ORGANISER, agency))
    assert client.get("/pelatihan/", {"text": "a\x00b", "\x00": "\x00"}).status_code == 200
    assert client.get(f"/hadir/{wave.code}%00/").status_code == 404
    page = client.post(f"/pelatihan/gelombang/{wave.code}/batal/", {"reason": "ba\x00njir"})
    assert page.status_code == 302


@pytest.mark.parametrize("size", ["0", "-1", "100000000", "x"])
def test_how_many_rows_a_page_has_is_not_for_the_address_to_say(size: str) -> None:
    page = client_of(make_user(Role.ORGANISER, make_agency())).get("/pelatihan/", {"per_page": size})
    assert page.status_code == 200
    assert page.context["table"].paginator.per_page == 50


@pytest.mark.parametrize(
    "address",
    [
        "/pelatihan/kursi/kT0-secret_secretSecret/undur/",
        "/undangan/kT0-secret_secretSecret/",
        "/akun/kode/kT0-secret_secretSecret/",
        "/akun/surel/kT0-secret:secret:Secret/",
        "/akun/kata-sandi/lupa/3f-c9k2m1-secretsecretsecret/",
        "/hadir/p/AAAAAA.kT0.secret_Secret/",
        "/hadir/apa-saja/kT0-secret_secretSecret",
    ],
)
def test_the_log_holds_no_key_to_a_page(address: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Not Found", address), None)
    assert WithoutKeys().filter(record)
    assert "secret" not in record.getMessage().lower()
    assert record.getMessage().startswith("Not Found: /")


@pytest.mark.parametrize("address", ["/pegawai/7K2M9QX4TB1C/ubah/", "/verify/7K2M9QX4TB1CDE", "/akses/peran/beri/?x=1"])
def test_the_log_keeps_the_addresses_that_open_nothing(address: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Not Found", address), None)
    assert WithoutKeys().filter(record)
    assert record.getMessage() == f"Not Found: {address}"


def test_an_address_that_only_takes_a_form_says_so_and_leads_back() -> None:
    agency = make_agency()
    client = client_of(make_user(Role.ORGANISER, agency))
    wave = make_wave(agency)
    answer = client.get(reverse("training:wave_step", args=[wave.code, "buka"]))
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert f'href="{reverse("training:wave", args=[wave.code])}"' in page
    assert client.head(reverse("training:wave_step", args=[wave.code, "buka"])).status_code == 405
