"""Private pages handed out as a list."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope, Role
from enggang.access.models import CapabilityLink
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.accounts import ensure_user
from enggang.training.domain.handing_out import end_page, hand_out_pages
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def make_people(wave: Wave, *phones: str) -> list[Registration]:
    agency = make_agency("Dinas Contoh")
    rows = [seat(wave, make_person(agency, f"Orang {number}", phone=phone)) for number, phone in enumerate(phones)]
    return list(Registration.objects.with_names().filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_each_gets_an_address_with_text_and_chat_and_earlier_ones_go_on_working() -> None:
    wave = make_wave(make_agency())
    rows = make_people(wave, "0812-3456-7890", "")
    first = hand_out_pages(wave=wave, people=rows, actor=make_actor(Role.ORGANISER, wave.organisation))
    second = hand_out_pages(wave=wave, people=rows, actor=make_actor(Role.ORGANISER, wave.organisation))
    assert [each.name for each in first] == ["Orang 0", "Orang 1"]
    assert first[0].whatsapp.startswith("https://wa.me/6281234567890?text=")
    assert first[1].whatsapp.startswith("https://wa.me/?text=")
    assert first[0].address in first[0].text
    assert len({each.address for each in first + second}) == 4
    for each in first + second:
        link = find_link(token_of(each.address), LinkScope.REGISTRATION)
        assert link is not None
        assert link.handed_out
    read = AuditEntry.objects.filter(code="audit.read_field", details={"field": "people.Person.phone"})
    assert [entry.subject_code for entry in read] == [rows[0].person.code] * 2


def test_all_addresses_of_a_page_are_ended_at_once() -> None:
    wave = make_wave(make_agency())
    (row,) = make_people(wave, "")
    handed = [hand_out_pages(wave=wave, people=[row], actor=SYSTEM)[0] for _ in range(2)]
    assert end_page(registration=row, actor=SYSTEM) >= 2
    for each in handed:
        assert (
            Client().get(each.address.partition("/pelatihan")[1] + each.address.partition("/pelatihan")[2]).status_code
            == 404
        )
    with pytest.raises(Conflict):
        end_page(registration=row, actor=SYSTEM)


def test_nobody_hands_out_strangers_nor_another_waves_people_nor_too_many() -> None:
    wave, other = make_wave(make_agency()), make_wave(make_agency("Lain"))
    rows = make_people(wave, "")
    before = CapabilityLink.objects.count()
    with pytest.raises(NotAllowed):
        hand_out_pages(wave=wave, people=rows, actor=make_actor(Role.COORDINATOR, other.organisation))
    for people in ([], rows * 201):
        with pytest.raises(Conflict):
            hand_out_pages(wave=wave, people=people, actor=SYSTEM)
    with pytest.raises(Conflict):
        hand_out_pages(wave=other, people=rows, actor=SYSTEM)
    assert CapabilityLink.objects.count() == before


def test_a_coordinator_sees_and_hands_out_only_their_own_people() -> None:
    wave = make_wave(make_agency())
    (mine,) = make_people(wave, "")
    (stranger,) = make_people(wave, "")
    client = client_of(make_user(Role.COORDINATOR, mine.agency))
    at = f"/pelatihan/gelombang/{wave.code}/halaman/"
    page = client.get(at).content.decode()
    assert mine.code in page
    assert stranger.code not in page
    answer = client.post(f"{at}bagikan/", {"people": [mine.code, stranger.code]}).content.decode()
    assert answer.count("wa.me") == 1
    assert client.post(f"/pelatihan/pendaftaran/{stranger.code}/halaman/cabut/").status_code == 404
    assert client.post(f"/pelatihan/pendaftaran/{mine.code}/halaman/cabut/").status_code == 302


def test_the_list_is_narrowed_and_leaves_as_texts_file_and_paper() -> None:
    wave = make_wave(make_agency())
    first, second = make_people(wave, "081234567890", "")
    ensure_user(person=first.person, actor=SYSTEM)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    at = f"/pelatihan/gelombang/{wave.code}/halaman/"
    for lacks in ("akun", "kontak", "telepon"):
        page = client.get(at, {"tanpa": lacks, "instansi": first.agency.code}).content.decode()
        assert second.code in page
        assert first.code not in page
    both = {"people": [first.code, second.code]}
    answer = client.post(f"{at}bagikan/", both)
    assert "no-store" in answer["Cache-Control"]
    assert "semua-text" in answer.content.decode()
    book = load_workbook(io.BytesIO(client.post(f"{at}bagikan/", {**both, "form": "xlsx"}).content))
    found = [row for row in book.active.iter_rows(min_row=2, values_only=True) if row[0]]
    assert len(found) == 2
    assert all("/pelatihan/kursi/" in str(row) for row in found)
    assert "wa.me" in client.post(f"{at}bagikan/", {**both, "form": "csv"}).content.decode("utf-8-sig")
    chosen = client.post(f"{at}bagikan/", {**both, "form": "csv", "column": ["address", "name", "x"]})
    lines = chosen.content.decode("utf-8-sig").splitlines()
    assert [len(line.split(";" if ";" in line else ",")) for line in lines] == [2, 2, 2]
    assert "wa.me" not in chosen.content.decode("utf-8-sig")
    assert 'name="column" value="whatsapp"' in client.get(at).content.decode()
    paper = client.post(f"{at}bagikan/", {**both, "form": "cetak"}).content.decode()
    assert len(re.findall("qr__svg", paper)) == 2
    assert AuditEntry.objects.filter(code="core.export_list").count() == 3
    assert client.post(f"{at}bagikan/", {}).status_code == 302


def test_a_single_new_address_says_before_and_after_what_it_ends() -> None:
    wave = make_wave(make_agency())
    (row,) = make_people(wave, "081234567890")
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    at, people = f"/pelatihan/pendaftaran/{row.code}/", f"/pelatihan/gelombang/{wave.code}/peserta/"
    once = client.post(f"{at}halaman/", headers={"accept-language": "en"}).content.decode()
    assert "stopped working" not in once
    assert "tidak berlaku lagi" not in once
    coordinator = client_of(make_user(Role.COORDINATOR, row.agency))
    for each, page in ((client, at), (coordinator, people)):
        assert "1 address of this page works now" in each.get(page, headers={"accept-language": "en"}).content.decode()
    again = client.post(f"{at}halaman/", headers={"accept-language": "en"}).content.decode()
    assert "1 earlier address has stopped working" in again
    assert "tidak berlaku lagi" in again  # the text for the participant is in their language


def test_the_list_asks_as_often_for_three_as_for_one() -> None:
    wave = make_wave(make_agency())
    make_people(wave, "")
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    at = f"/pelatihan/gelombang/{wave.code}/halaman/"
    client.get(at)
    with CaptureQueriesContext(connection) as one:
        client.get(at)
    agency = Registration.objects.get().agency
    for _ in range(2):
        seat(wave, make_person(agency))
    with CaptureQueriesContext(connection) as three:
        client.get(at)
    assert len(one) == len(three)
