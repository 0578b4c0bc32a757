"""Who takes part in the stories, and how they act in the browser."""

from __future__ import annotations

import io
from datetime import timedelta

import xlsxwriter
from playwright.sync_api import Page

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from enggang.places.domain.reference import load_reference
from enggang.places.models import Organisation

PASSWORD = "sape-betang-ruai-4071"  # for tests only
ROSTER = [
    ("Dayang Kumala, S.Sos.", "198609262015052901", "Analis Pariwisata", "Penata (III/c)", "0812 0000 0001"),
    ("Petrus Anyim", "199001012014011902", "Pranata Humas", "Penata Muda (III/a)", "0812 0000 0002"),
    ("Utin Mahrita, S.E., M.M.", "197803042005012903", "Kepala Seksi Promosi", "Penata Tk I (III/d)", "0812 0000 0003"),
]


def settle_the_province() -> None:
    """Regions and organisations as every installation has them."""
    load_reference(actor=SYSTEM)


def account(name: str, address: str, role: Role | None = None, at: Organisation | None = None) -> User:
    user = create_account(name=name, actor=SYSTEM)
    Handle.objects.create(user=user, kind=HandleKind.EMAIL, value=address, verified_at=clock.now())
    user.set_password(PASSWORD)
    user.save()
    if role:
        grant_role(user=user, role=role, organisation=at, actor=SYSTEM)
    return user


def participant_account(person: Person, address: str) -> User:
    user = account(person.name, address)
    Person.objects.filter(pk=person.pk).update(user=user)
    return user


def sign_in(page: Page, address: str) -> None:
    page.goto("/akun/masuk/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.btn--primary")
    page.wait_for_url("**/beranda/")


def roster_file(rows: list[tuple[str, ...]] | None = None) -> dict[str, object]:
    """An agency's staff list as an Excel workbook, ready for a file input."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Daftar pegawai")
    sheet.write_row(0, 0, ("Nama", "NIP", "Jabatan", "Pangkat/Golongan", "No. HP"))
    for number, row in enumerate(rows or ROSTER, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "pegawai-sambas.xlsx", "mimeType": kind, "buffer": content.getvalue()}


def fill_wave(page: Page, *, name: str, quotas: list[tuple[str, int]]) -> None:
    """The form that plans a wave which runs today."""
    today = clock.today()
    page.fill("input[name=name]", name)
    page.fill("input[name=starts_on]", today.isoformat())
    page.fill("input[name=ends_on]", (today + timedelta(days=1)).isoformat())
    for number, (owner, size) in enumerate(quotas):
        page.select_option(f"select[name=pools-{number}-owner]", owner)
        page.fill(f"input[name=pools-{number}-size]", str(size))
