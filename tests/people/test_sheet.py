from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter

from enggang.people.reasons import Reason
from enggang.people.roster import sheet
from enggang.people.roster.header import CLEAN_HEADER, columns_of, find_header
from enggang.people.roster.reading import Roster, read_roster
from enggang.people.roster.sheet import NotARoster, kind_of
from tests.people.factories import NIP, csv_file, row, xlsx

TODAY = date(2026, 11, 23)


def _read(content: bytes) -> Roster:
    return read_roster(content, today=TODAY)


def _with_sheet(xml: str) -> bytes:
    """A sound workbook whose sheet is replaced by ``xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(row()))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


def _sheet_of(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return _with_sheet(f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>')


def test_the_kind_is_told_by_content() -> None:
    assert kind_of(xlsx(row())) == "xlsx"
    assert kind_of(csv_file(row())) == "csv"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x00", b" \r\n", b"\x89PNG\r\n\x1a\nabc", b"%PDF-1.4 a", b"\xd0\xcf\x11\xe0\xa1\xb1", b"Nama;NIP\x00",
     b"PK\x03\x04", b"\x1f\x8b\x08"],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NotARoster) as refused:
        kind_of(content)
    assert refused.value.message


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "x")
    with pytest.raises(NotARoster):
        kind_of(out.getvalue())


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>',
        '<row r="250000"><c r="A250000"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 5 + "</row>",
        "<row/>" * 200_001,
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused_before_it_is_opened(rows: str) -> None:
    with pytest.raises(NotARoster):
        _read(_sheet_of(rows))


def test_an_archive_that_lies_about_its_size_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_UNPACKED", 5_000_000)
    honest = _with_sheet("<x>" + "0" * 8_000_000 + "</x>")
    size = struct.pack("<L", 8_000_000 + 7)
    lying = honest.replace(size, struct.pack("<L", 100))
    assert lying != honest
    for content in (honest, lying):
        with pytest.raises(NotARoster):
            _read(content)


def test_a_long_csv_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 50)
    with pytest.raises(NotARoster):
        _read(b"Nama;NIP\n" + b"Siti;1\n" * 60)


def test_a_workbook_cut_short_is_refused() -> None:
    whole = xlsx(row())
    with pytest.raises(NotARoster):
        _read(whole[: len(whole) // 2])


def test_header_names_are_known_in_many_spellings() -> None:
    assert columns_of(["NO.", "nama  lengkap ", "N I P", "NIP BARU", "Pangkat / Gol.Ruang", "No. WA"]) == {
        "name": 1, "nip": 3, "rank": 4, "phone": 5,
    }  # fmt: skip
    assert set(columns_of(list(CLEAN_HEADER)) or {}) == {
        "name",
        "nip",
        "post",
        "rank",
        "phone",
        "email",
        "kind",
        "unit",
    }
    assert columns_of(["Nama"]) is None
    assert columns_of(["Tanggal", "Jumlah"]) is None


def test_title_rows_above_the_header_are_passed_over_and_rows_keep_their_numbers() -> None:
    found = find_header([["DAFTAR PEGAWAI"], [], ["Nama", "NIP"], ["Siti", NIP]])
    assert found is not None
    assert found.row == 3
    entries = _read(b"DAFTAR PEGAWAI;\n;\nNama;NIP\nSiti;\n").entries
    assert [(entry.row, entry.name) for entry in entries] == [(4, "Siti")]


def test_formulas_count_as_what_they_show_and_broken_ones_as_nothing() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nama", "NIP", "Jabatan"])
    page.write_formula(1, 0, '="Siti"&" Aminah"', None, "Siti Aminah")
    page.write_string(1, 1, NIP)
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    entry = _read(out.getvalue()).entries[0]
    assert (entry.name, entry.nip, entry.post, entry.errors) == ("Siti Aminah", NIP, "", ())


def test_an_nip_stored_as_a_number_is_refused_by_its_row() -> None:
    entry = _read(xlsx(row("Siti", int(NIP)))).entries[0]
    assert [remark.reason for remark in entry.errors] == [Reason.NIP_LOST]


def test_what_is_left_out_is_said() -> None:
    odd = row("Siti", NIP, **{"No. HP": "tidak ada HP 12", "Email": "siti@", "Status": "Magang", "Unit": "x" * 300})
    reasons = [remark.reason for remark in _read(xlsx(odd)).entries[0].warnings]
    assert reasons == [Reason.KIND_UNKNOWN, Reason.PHONE_ODD, Reason.EMAIL_ODD, Reason.CUT]


def test_control_characters_never_reach_the_record() -> None:
    entry = _read("Nama;NIP\nSi\u0085ti\u200b Aminah;\n".encode()).entries[0]
    assert entry.name == "Si ti Aminah"
