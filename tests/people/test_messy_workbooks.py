"""Workbooks as agencies have them: built here as real files, one trouble after the other."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from enggang.people.enums import StaffKind
from enggang.people.reasons import Reason
from enggang.people.roster.choice import Choice
from enggang.people.roster.dates import read_date
from enggang.people.roster.header import columns_of, spelt
from enggang.people.roster.reading import Roster, read_roster
from enggang.people.roster.rows import Entry
from enggang.people.roster.sheet import NotARoster
from tests.people.factories import NIP, OTHER_NIP, PPPK_NIP

TODAY = date(2026, 11, 23)
HEADER = ["No", "Nama", "NIP", "Pangkat/Gol", "Jabatan", "Unit Kerja"]
SITI = [1, "Siti Aminah, S.Sos", NIP, "Penata (III/c)", "Analis", "Bidang Promosi"]
DEWI = [2, "Dewi Lestari", OTHER_NIP, "Pengatur (II/c)", "Arsiparis", "Bidang Promosi"]


def _book(*sheets: tuple[str, Any], shape: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if shape:
            shape(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(content: bytes, **options: Any) -> Roster:
    return read_roster(content, today=TODAY, **options)


def _people(content: bytes, **options: Any) -> list[tuple[str, str]]:
    return [(entry.name, entry.nip) for entry in _read(content, **options).entries]


def _only(content: bytes) -> Entry:
    (entry,) = _read(content).entries
    return entry


BOTH = [("Siti Aminah, S.Sos", NIP), ("Dewi Lestari", OTHER_NIP)]


def test_titles_above_signatures_below_and_totals_are_no_people() -> None:
    content = _book(
        (
            "Sheet1",
            [
                ["PEMERINTAH KABUPATEN SAMBAS"], ["DAFTAR NOMINATIF PEGAWAI TAHUN 2026"], [], HEADER, [1, 2, 3, 4, 5, 6], SITI, DEWI,
                ["", "JUMLAH", "", "", "2 orang"], [], ["", "", "", "", "Sambas, 5 November 2026"], ["", "Mengetahui,"],
                ["", "", "", "", "Kepala Dinas"], [], [], ["", "", "", "", "Drs. H. Ahmad Fauzi, M.Si"],
                ["", "", "", "", "Pembina Utama Muda"], ["", "", "", "", "NIP. 19680312 199303 1 004"],
            ],
        )
    )  # fmt: skip
    found = _read(content)
    assert [(entry.name, entry.nip) for entry in found.entries] == BOTH
    assert found.is_sure
    assert "NIP. 19680312 199303 1 004" in [each.text for each in found.pages[0].passed]


def test_the_head_who_signs_in_the_columns_of_the_list_is_no_person_either() -> None:
    content = _book(
        (
            "1",
            [
                HEADER,
                SITI,
                DEWI,
                [],
                ["", "Kepala Dinas,"],
                [],
                ["", "Drs. H. Ahmad Fauzi, M.Si", "NIP 196803121993031004"],
            ],
        )
    )
    assert _people(content) == BOTH


def test_a_head_without_any_telling_word_is_left_out_and_makes_the_list_doubtful() -> None:
    content = _book(
        ("1", [HEADER, SITI, DEWI, [], [], ["", "Drs. H. Ahmad Fauzi, M.Si"], ["", "NIP. 196803121993031004"]])
    )
    found = _read(content)
    assert [(entry.name, entry.nip) for entry in found.entries] == BOTH
    assert not found.is_sure


def test_the_head_of_the_agency_in_the_list_itself_is_a_person() -> None:
    head = [1, "Drs. H. Ahmad Fauzi, M.Si", "196803121993031004", "Pembina", "Kepala Dinas", ""]
    assert len(_people(_book(("1", [HEADER, head, DEWI])))) == 2


def test_a_list_that_goes_on_after_a_page_with_a_signature_is_read_on() -> None:
    content = _book(("1", [HEADER, SITI, [], ["", "Mengetahui,"], ["", "Kepala Dinas"], [], HEADER, DEWI]))
    assert _people(content) == BOTH
    content = _book(("1", [HEADER, SITI, [], ["", "Mengetahui,"], ["", "Kepala Dinas"], [], DEWI]))
    assert _people(content) == BOTH


def test_an_honorary_post_that_sounds_like_a_signature_is_still_a_person() -> None:
    content = _book(
        ("1", [["Nama", "NIP", "Jabatan"], ["Siti Aminah", NIP, "Analis"], ["Pak Ujang", "", "Kepala Gudang"]])
    )
    assert [name for name, _ in _people(content)] == ["Siti Aminah", "Pak Ujang"]


@pytest.mark.parametrize("name", ["An Nisa", "Ketut Sari", "Pembayun Putri", "Camelia Dinasti"])
def test_names_that_begin_like_a_signature_are_names(name: str) -> None:
    assert [entry.name for entry in _read(_book(("1", [HEADER, SITI, [2, name, "", "", "", ""]]))).entries][1:] == [
        name
    ]


def test_a_header_of_two_rows_with_merged_cells_is_one() -> None:
    rows = [
        ["DAFTAR PEGAWAI"], ["NO", "NAMA", "NIP", "PANGKAT", "", "UNIT"], ["", "", "", "PANGKAT", "GOL. RUANG", ""],
        [1, "Siti Aminah", NIP, "Penata", "III/c", "Bidang Promosi"],
    ]  # fmt: skip

    def merge(sheet: Any) -> None:
        for cells in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
            sheet.merge_cells(cells)

    entry = _only(_book(("1", rows), shape=merge))
    assert (entry.name, entry.nip, entry.rank, entry.unit) == ("Siti Aminah", NIP, "Penata (III/c)", "Bidang Promosi")


def test_a_unit_merged_over_several_people_is_the_unit_of_each() -> None:
    rows = [HEADER, SITI, [*DEWI[:5], None], [3, "Markus Lengkong", PPPK_NIP, "", "", "Sekretariat"]]
    content = _book(("1", rows), shape=lambda sheet: sheet.merge_cells("F2:F3"))
    assert [entry.unit for entry in _read(content).entries] == ["Bidang Promosi", "Bidang Promosi", "Sekretariat"]


def test_one_person_over_several_merged_rows_is_one_person() -> None:
    rows = [[*HEADER, "Diklat"], [*SITI, "Latsar"], [*[None] * 6, "PIM IV"], [*DEWI, ""]]

    def merge(sheet: Any) -> None:
        for column in "ABCDEF":
            sheet.merge_cells(f"{column}2:{column}3")

    assert _people(_book(("1", rows), shape=merge)) == BOTH


@pytest.mark.parametrize("label", ["", "NIP. ", "NIP : "])
@pytest.mark.parametrize("title", ["Nama / NIP", "Nama"])
@pytest.mark.parametrize("merges", [True, False])
def test_a_name_and_below_it_the_nip_in_a_row_of_its_own_are_one_person(title: str, label: str, merges: bool) -> None:
    rows: list[list[Any]] = [["No", title, "Jabatan", "Unit"]]
    for number, (name, nip) in enumerate([("Siti Aminah, S.Sos", NIP), ("Dewi Lestari", OTHER_NIP)], 1):
        rows += [[number, name, "Analis", "Bidang Promosi"], [None, f"{label}{nip}", None, None]]

    def merge(sheet: Any) -> None:
        for top in (2, 4) if merges else ():
            for column in "ACD":
                sheet.merge_cells(f"{column}{top}:{column}{top + 1}")

    found = _read(_book(("1", rows), shape=merge))
    assert [(entry.row, entry.name, entry.nip, entry.post, entry.errors) for entry in found.entries] == [
        (2, "Siti Aminah, S.Sos", NIP, "Analis", ()),
        (4, "Dewi Lestari", OTHER_NIP, "Analis", ()),
    ]


def test_an_nip_below_a_name_merged_over_both_rows_is_that_person_s() -> None:
    rows = [HEADER[:4], [1, "Siti Aminah", None, "Analis"], [None, None, NIP, None], [2, "Dewi Lestari", OTHER_NIP, ""]]
    content = _book(("1", rows), shape=lambda sheet: sheet.merge_cells("B2:B3"))
    assert [(entry.name, entry.nip) for entry in _read(content).entries] == [
        ("Siti Aminah", NIP),
        ("Dewi Lestari", OTHER_NIP),
    ]


def test_a_number_below_a_whole_person_or_after_a_gap_is_nobody_s() -> None:
    rows = [
        HEADER[:3],
        [1, "Siti Aminah", NIP],
        [None, OTHER_NIP, None],
        [2, "Dewi Lestari", None],
        [None] * 3,
        [None, PPPK_NIP, None],
    ]
    entries = _read(_book(("1", rows))).entries
    assert [(entry.name, entry.nip) for entry in entries if not entry.errors] == [
        ("Siti Aminah", NIP),
        ("Dewi Lestari", ""),
    ]


def test_headings_within_the_list_name_the_unit_of_those_below() -> None:
    header = HEADER[:5]
    rows = [header, ["", "I. SEKRETARIAT"], SITI[:5], ["", "BIDANG PROMOSI"], DEWI[:5]]
    assert [entry.unit for entry in _read(_book(("1", rows))).entries] == ["SEKRETARIAT", "BIDANG PROMOSI"]


@pytest.mark.parametrize(
    "cell",
    [f"Siti Aminah, S.Sos\nNIP. {NIP}", f"Siti Aminah, S.Sos\n{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}", f"Siti Aminah, S.Sos / {NIP}",
     f"Siti Aminah, S.Sos\nNIP : {NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}", f"Siti Aminah, S.Sos\n\nNIP\n{NIP}"],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Nama / NIP", "NAMA\nNIP", "Nama"])
def test_a_name_and_an_nip_in_one_cell_are_parted(cell: str, title: str) -> None:
    found = _read(_book(("1", [["No", title, "Jabatan"], [1, cell, "Analis"]])))
    assert [(entry.name, entry.nip, entry.errors) for entry in found.entries] == [("Siti Aminah, S.Sos", NIP, ())]
    assert found.is_sure


def test_one_cell_for_both_keeps_no_apostrophe_and_refuses_a_number_that_is_none() -> None:
    rows = [
        [1, f"Siti Aminah, S.Sos\n'{NIP}", "Analis"],
        [2, "Angka Hilang\n1.98501E+17", "Analis"],
        [3, "Angka Pendek, S.E.\n19850101", "Analis"],
        ["", "JUMLAH", 3],
    ]
    found = _read(_book(("1", [["NO", "NAMA LENGKAP / N I P", "J A B A T A N"], *rows])))
    assert [(entry.name, entry.nip, [error.reason for error in entry.errors]) for entry in found.entries] == [
        ("Siti Aminah, S.Sos", NIP, []),
        ("Angka Hilang", "", [Reason.NIP_LOST]),
        ("Angka Pendek, S.E.", "", [Reason.NIP_LENGTH]),
    ]
    assert {entry.post for entry in found.entries} == {"Analis"}


def test_a_total_is_no_person_however_it_is_spelt_and_whatever_it_counts() -> None:
    rows = [["1", "Siti Aminah", NIP], ["", "JUMLAH", "26"], ["", "J U M L A H", 26], ["", "T O T A L", "26"]]
    found = _read(_book(("1", [["No", "Nama", "NIP"], *rows])))
    assert [entry.name for entry in found.entries] == ["Siti Aminah"]


@pytest.mark.parametrize("nothing", ["-", "–", "NIP. -", "NIP :"])
def test_a_dash_below_the_name_is_no_part_of_it(nothing: str) -> None:
    rows = [
        ["No", "Nama / NIP", "Jabatan"],
        [1, f"Siti Aminah\n{nothing}", "Pramubakti"],
        [2, f"Dewi\n{NIP}", "Analis"],
    ]
    assert [(entry.name, entry.nip, entry.errors) for entry in _read(_book(("1", rows))).entries] == [
        ("Siti Aminah", "", ()),
        ("Dewi", NIP, ()),
    ]


def test_a_third_line_in_the_cell_is_the_rank() -> None:
    entry = _only(
        _book(
            ("1", [["No", "Nama/NIP/Pangkat Gol", "Jabatan"], [1, f"Siti Aminah\nNIP {NIP}\nPenata (III/c)", "Analis"]])
        )
    )
    assert (entry.name, entry.nip, entry.rank) == ("Siti Aminah", NIP, "Penata (III/c)")


@pytest.mark.parametrize(
    "nip",
    [
        f"'{NIP}",
        "19860926 201505 1 001",
        " 1986 0926 2015 0510 01 ",
        f"NIP. {NIP}",
        f"{NIP}\u00a0",
        "19860926.201505.1.001",
    ],
)
def test_spaces_dots_and_an_apostrophe_in_an_nip_do_no_harm(nip: str) -> None:
    assert _only(_book(("1", [["Nama", "NIP"], ["Siti Aminah", nip]]))).nip == NIP


def test_an_nip_that_excel_kept_as_a_number_is_refused_not_guessed() -> None:
    entry = _only(_book(("1", [["Nama", "NIP"], ["Siti Aminah", 198609262015051001]])))
    assert (entry.nip, [each.reason for each in entry.errors]) == ("", [Reason.NIP_LOST])


@pytest.mark.parametrize(
    ("cell", "day"),
    [("12-03-1990", (1990, 3, 12)), ("12/3/1990", (1990, 3, 12)), ("12 Maret 1990", (1990, 3, 12)), ("Sambas, 12 Maret 1990", (1990, 3, 12)),
     ("Sambas,12-03-1990", (1990, 3, 12)), ("1990-03-12", (1990, 3, 12)), (32944, (1990, 3, 12)), (32944.0, (1990, 3, 12)), ("32944", (1990, 3, 12)),
     ("19900312", (1990, 3, 12)), ("12 Nopember 1990", (1990, 11, 12)), (date(1990, 3, 12), (1990, 3, 12)), ("31-02-1990", None), ("kosong", None),
     (7, None), ("", None), (None, None), (True, None), ("13-13-1990", None), ("1" * 40, None), (float("nan"), None)],
)  # fmt: skip
def test_days_are_read_from_dates_text_and_serial_numbers(cell: Any, day: tuple[int, int, int] | None) -> None:
    assert read_date(cell) == (date(*day) if day else None)


@pytest.mark.parametrize(("born", "sex", "reasons"), [
    ("26-09-1986", "L", []), (31681, "L", []), ("27-09-1986", "L", [Reason.NIP_BORN_DIFFERS]), ("", "P", [Reason.NIP_SEX_DIFFERS]), ("?", "?", []),
])  # fmt: skip
def test_birth_date_and_sex_show_a_wrong_nip(born: Any, sex: str, reasons: list[Reason]) -> None:
    entry = _only(_book(("1", [["Nama", "NIP", "Tgl. Lahir", "L/P"], ["Markus Lengkong", NIP, born, sex]])))
    assert [each.reason for each in entry.warnings] == reasons


def test_the_day_an_employment_began_is_read() -> None:
    for cell in ("01-02-2024", 45323, "1 Februari 2024"):
        assert _only(_book(("1", [["Nama", "NIP", "TMT Jabatan"], ["Siti", NIP, cell]]))).since == date(2024, 2, 1)
    assert _only(_book(("1", [["Nama", "NIP", "TMT Jabatan"], ["Siti", NIP, "1-1-2031"]]))).since is None


def test_several_sheets_are_read_together_and_the_rest_are_passed_over() -> None:
    content = _book(
        ("Petunjuk", [["Isi dengan benar"]]),
        ("PNS", [HEADER, SITI]),
        ("PPPK", [HEADER[:3], [1, "Markus Lengkong", ""]]),
    )
    found = _read(content)
    assert [(page.name, page.header is not None, page.taken) for page in found.pages] == [
        ("Petunjuk", False, False), ("PNS", True, True), ("PPPK", True, True),
    ]  # fmt: skip
    assert [(entry.sheet, entry.name, entry.kind) for entry in found.entries] == [
        (1, "Siti Aminah, S.Sos", StaffKind.PNS), (2, "Markus Lengkong", StaffKind.PPPK),
    ]  # fmt: skip


def test_only_the_chosen_sheets_are_read_and_a_hidden_one_only_when_chosen() -> None:
    content = _book(
        ("A", [HEADER, SITI]),
        ("B", [HEADER, DEWI]),
        shape=lambda sheet: setattr(sheet, "sheet_state", "hidden" if sheet.title == "B" else "visible"),
    )
    assert _people(content) == BOTH[:1]
    assert _people(content, choice=Choice(sheets=(0, 1))) == BOTH
    assert _people(content, choice=Choice(sheets=(1,))) == BOTH[1:]


def test_a_list_that_begins_further_right_keeps_its_columns() -> None:
    content = _book(("1", [["", "", "Nama", "NIP"], ["", "", "Siti Aminah", NIP]]))
    assert _people(content) == [("Siti Aminah", NIP)]
    assert _read(content).pages[0].header.columns == {"name": 2, "nip": 3}  # type: ignore[union-attr]


def test_a_list_without_column_names_is_understood_but_never_certain() -> None:
    found = _read(_book(("1", [[1, "Siti Aminah", NIP], [2, "Dewi Lestari", OTHER_NIP]])))
    assert [(entry.name, entry.nip) for entry in found.entries] == [("Siti Aminah", NIP), ("Dewi Lestari", OTHER_NIP)]
    assert not found.is_sure


def test_guessed_columns_are_not_certain_and_remembered_ones_are() -> None:
    content = _book(
        (
            "1",
            [
                ["No", "Nama yang bersangkutan di kantor", "NIP terbaru", "Jabatan kini"],
                [1, "Siti Aminah", NIP, "Analis"],
            ],
        )
    )
    found = _read(content)
    header = found.pages[0].header
    assert header is not None
    assert (_people(content), found.is_sure) == ([("Siti Aminah", NIP)], False)
    assert header.columns == {"name": 1, "nip": 2, "post": 3}
    again = _read(content, remembered={header.fingerprint: {"name": 1, "nip": 2}})
    assert (again.is_sure, again.entries[0].post) == (True, "")


def test_an_nip_column_by_another_name_is_found_by_what_it_holds() -> None:
    found = _read(_book(("1", [["Nama", "Nomor Pokok", "Jabatan"], ["Siti Aminah", NIP, "Analis"]])))
    assert [(entry.name, entry.nip) for entry in found.entries] == [("Siti Aminah", NIP)]
    assert not found.is_sure


def test_a_semicolon_csv_in_cp1252_with_titles_and_a_signature_is_read() -> None:
    text = (
        "DAFTAR PEGAWAI;;\r\n;;\r\nNO;NAMA LENGKAP;N I P;JABATAN\r\n1;André Lontaan;'19860926 201505 1 001;Analis\r\n\r\n"
        ";;;Kepala Dinas\r\n;;;NIP. 196803121993031004\r\n"
    )
    assert _people(text.encode("cp1252")) == [("André Lontaan", NIP)]


@pytest.mark.parametrize(
    "title", ["NAMA LENGKAP (DENGAN GELAR)", "Nama *)", "nama  pegawai", "NAMA\nLENGKAP", "Nm. Pegawai"]
)
def test_a_name_column_goes_by_many_spellings(title: str) -> None:
    assert spelt(title) == "name"


@pytest.mark.parametrize(("title", "field"), [
    ("NIP/NI PPPK", "nip"), ("N.I.P.", "nip"), ("No. HP/WA", "phone"), ("Gol. Ruang", "grade"), ("Pangkat, Gol/Ruang", "rank"), ("OPD", "unit"),
    ("Tempat, Tgl Lahir", "born"), ("L/P", "sex"), ("TMT Jabatan", "since"), ("E-Mail", "email"), ("Status Kepegawaian", "kind"), ("Tanda Tangan", None),
])  # fmt: skip
def test_other_columns_do_too(title: str, field: str | None) -> None:
    assert spelt(title) == field


def test_the_numbers_below_the_header_and_the_header_again_are_no_people() -> None:
    content = _book(("1", [HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], SITI, HEADER, DEWI]))
    assert _people(content) == BOTH


def test_a_thousand_merged_cells_over_everything_fill_no_memory() -> None:
    rows = [HEADER, *([SITI] * 5)]

    def merge(sheet: Any) -> None:
        for number in range(1_000):
            sheet.merged_cells.add(f"F{2 + number}:F{100_000}")

    assert len(_read(_book(("1", rows), shape=merge)).entries) == 5


@pytest.mark.parametrize("rows", [[["a", "b"]], [["Nama"], ["Siti"]], [["Tanggal", "Jumlah"], [1, 2]], [[]]])
def test_what_holds_no_list_is_said_to_be_none(rows: list[list[Any]]) -> None:
    with pytest.raises(NotARoster):
        _read(_book(("1", rows)))


def test_columns_need_a_name_and_something_more() -> None:
    assert columns_of(["Nama"]) is None
    assert columns_of(["Nama/NIP"]) == {"name_nip": 0}


def test_two_words_in_spaced_letters_in_one_header_cell_are_read() -> None:
    """With two rows of header, the numbers below them, and a heading merged over everything before the first person."""
    rows = [
        ["No.", "N A M A / N I P", "Pkt./Gol.Ruang", "JABATAN", None, "Unit Kerja"],
        [None, None, None, "Nama Jabatan", "TMT", None],
        [1, 2, 3, 4, 5, 6],
        ["I. SEKRETARIAT", *[None] * 5],
        [1, f"Siti Aminah, S.Sos\nNIP. {NIP}", "Penata (III/c)", "Analis", "1/3/2022", "Bidang Promosi"],
        [2, f"Dewi Lestari\n{OTHER_NIP}", "Pengatur (II/c)", "Arsiparis", "1/3/2022", "Bidang Promosi"],
    ]

    def merge(sheet: Any) -> None:
        for cells in ("D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2", "A4:F4"):
            sheet.merge_cells(cells)

    found = _read(_book(("PNS", rows), shape=merge))
    assert [(entry.name, entry.nip, entry.post, entry.unit) for entry in found.entries] == [
        ("Siti Aminah, S.Sos", NIP, "Analis", "Bidang Promosi"),
        ("Dewi Lestari", OTHER_NIP, "Arsiparis", "Bidang Promosi"),
    ]
    assert found.is_sure


def test_names_with_their_nip_in_one_column_are_told_by_the_cells_and_a_heading_is_no_header() -> None:
    """No header that is known: the column beside, full of units, holds no names."""
    rows = [
        ["DAFTAR KEKUATAN", None, None],
        ["BIDANG PROMOSI", None, None],
        [1, f"Siti Aminah, S.Sos\nNIP. {NIP}", "Bidang Promosi"],
        [2, f"Dewi Lestari\n{OTHER_NIP}", "Bidang Promosi"],
    ]

    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:C2")

    found = _read(_book(("PNS", rows), shape=merge))
    assert [(entry.name, entry.nip) for entry in found.entries] == BOTH
    assert not found.is_sure
    assert set(found.pages[0].header.labels if found.pages[0].header else []) <= {""}


@pytest.mark.parametrize(
    "title", ["N A M A", "N A M A   L E N G K A P", "NAMA\nN I P", "N I P / N A M A", "N A M A  /  N I P"]
)
def test_spaced_letters_are_words(title: str) -> None:
    assert spelt(title) in {"name", "name_nip"}
