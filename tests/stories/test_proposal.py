"""Somebody in a village proposes an event from a phone, without an account and without mail; the office calls, and it begins."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.events.models import Event
from enggang.places.models import Organisation
from enggang.stories.domain.deciding import keep_desk
from enggang.stories.models import Suggestion
from tests.stories.conftest import Picture, Visit, apart
from tests.stories.people import account, settle_the_province, sign_in
from tests.training.uploads import JPEG

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = "penyelenggara@contoh.example"


def opened() -> Organisation:
    settle_the_province()
    agency = Organisation.objects.get(key="kalbar/disporapar")
    keep_desk(organisation=agency, version=0, is_open=True, phone="0561 000 0000", hours="Senin–Jumat", actor=SYSTEM)
    account("Penyelenggara Contoh", OFFICE, Role.ORGANISER, agency)
    return agency


def test_from_a_phone_in_the_village_to_the_idea_of_an_event(visit: Visit, picture: Picture, live_server: Any) -> None:
    apart(opened)
    phone = visit(width=360)
    phone.goto("/agenda/")
    phone.get_by_role("link", name="Usulkan acara").first.click()
    phone.get_by_label("Nama acara").fill("Lomba Perahu Kampung")
    phone.locator("select[name=region]").select_option(label="Kabupaten Sambas")
    phone.get_by_label("Kapan diadakan").fill("Agustus")
    phone.get_by_label("Apa yang berlangsung di sana").fill("Lomba perahu antarkampung di muara.")
    phone.get_by_label("Nama Anda").fill("Warga Contoh")
    phone.get_by_label("Telepon (WhatsApp)").fill("bukan nomor")
    phone.locator("input[name=file]").set_input_files({"name": "perahu.jpg", "mimeType": "image/jpeg", "buffer": JPEG})
    phone.get_by_label("Kantor boleh menyimpan").check()
    phone.wait_for_timeout(3_500)  # as long as people write
    picture(phone, "proposal-form")
    phone.get_by_role("button", name="Kirim usulan").click()
    expect(phone.get_by_text("Ini bukan nomor telepon", exact=False).first).to_be_visible()
    expect(phone.get_by_label("Nama acara")).to_have_value("Lomba Perahu Kampung")
    phone.get_by_label("Telepon (WhatsApp)").fill("0812 0000 0007")
    phone.get_by_role("button", name="Kirim usulan").click()
    expect(phone.get_by_role("heading", name="Usulan Anda sudah masuk")).to_be_visible()
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{2}", phone.locator("main").inner_text())[0]
    picture(phone, "proposal-sent")
    phone.get_by_role("link", name="Halaman Anda untuk usulan ini").click()
    expect(phone.get_by_text("Belum dipastikan")).to_be_visible()
    own = phone.url

    # The office calls, types the code in, accepts, and begins an event from it.
    desk = visit()
    sign_in(desk, OFFICE)
    desk.goto("/cerita/usulan/")
    desk.get_by_role("link", name="Lomba Perahu Kampung").click()
    desk.get_by_label("Kode yang mereka sebutkan").fill("AAAA-AA")
    desk.get_by_role("button", name="Ini kodenya").click()
    expect(desk.get_by_text("Ini bukan kode usulan ini")).to_be_visible()
    desk.get_by_label("Kode yang mereka sebutkan").fill(code.lower())
    desk.get_by_role("button", name="Ini kodenya").click()
    desk.get_by_role("button", name="Terima", exact=True).click()
    picture(desk, "proposal-office")
    desk.get_by_role("link", name="Mulai acara darinya").click()
    expect(desk.locator("input[name=name]")).to_have_value("Lomba Perahu Kampung")

    phone.goto(own)
    expect(phone.get_by_text("Diterima", exact=True).first).to_be_visible()
    row = apart(Suggestion.objects.get)
    assert (row.state, row.confirmed_by) == ("accepted", "phone")
    assert not apart(Event.objects.exists)
