"""The engine's side of reports: what is compared, and what a camera's metadata becomes."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from enggang.documents import report_parts as made
from enggang.documents.changes import changes_between
from enggang.documents.rendering.photos import check_photo, turned_by, without_metadata
from enggang.documents.rendering.report import check, render_report
from enggang.documents.rendering.schema import Misshapen
from tests.documents.factories import opened
from tests.training.uploads import png


def report(*parts: made.Part, **more: Any) -> dict[str, Any]:
    head = {"lines": ["Dinas Contoh"], "address": [], "city": "Pontianak", "emblem": ""}
    return {
        "title": "Pelatihan", "subtitle": ["Gelombang 1"], "head": head, "mark": "", "version": 1, "as_of": "kini",
        "day": "2026-11-20", "sections": [made.section("a", "Kehadiran", parts)], **more,
    }  # fmt: skip


def sessions(*rows: tuple[str, list[Any]], total: tuple[Any, ...] = ()) -> made.Part:
    head = [made.number("No."), made.column("Sesi"), made.number("Hadir")]
    return made.table("t", head, rows, total=total)


def test_a_cell_that_moved_is_named_by_its_row_and_column() -> None:
    old = report(sessions(("x", [1, "Sesi X", 78]), ("y", [2, "Sesi Y", 80]), total=("", "Jumlah", 158)))
    new = report(sessions(("x", [1, "Sesi X", 79]), ("y", [2, "Sesi Y", 80]), total=("", "Jumlah", 159)))
    assert changes_between(old, new) == [
        "Kehadiran: Sesi X, Hadir: 78 → 79",
        "Kehadiran: jumlah, Hadir: 158 → 159",
    ]
    assert changes_between(new, new) == []


def test_rows_that_come_and_go_do_not_make_all_others_change() -> None:
    old = report(sessions(("x", [1, "X", 1]), ("y", [2, "Y", 2])))
    new = report(sessions(("y", [1, "Y", 2]), ("z", [2, "Z", 3])))
    assert changes_between(old, new) == ["Kehadiran: baris ditambahkan: 2; Z; 3", "Kehadiran: baris dihapus: 1; X; 1"]


def test_figures_texts_lists_and_what_is_no_longer_missing() -> None:
    old = report(
        made.missing("g", "Belum ada tes."), made.text("b", "Lama"), made.items("i", ["SK 1"]),
        made.figures("f", [("n", "Peserta", 78)], method="kursi"),
    )  # fmt: skip
    new = report(
        made.figures("g", [("n", "Kenaikan", 5)], method="tes", title="Tes"), made.text("b", "Baru"),
        made.items("i", ["SK 1", "SK 2"]), made.figures("f", [("n", "Peserta", 79)], method="kursi"),
    )  # fmt: skip
    assert changes_between(old, new) == [
        "Kehadiran: Tes: kini ada. Sebelumnya: Belum ada tes.",
        "Kehadiran: teks: Lama → Baru",
        "Kehadiran: ditambahkan: SK 2",
        "Kehadiran: Peserta: 78 → 79",
    ]
    assert changes_between(new, old)[0] == "Kehadiran: Tes: kini tidak ada. Belum ada tes."


def test_a_photo_that_comes_is_told_and_not_that_the_remark_of_its_lack_went() -> None:
    none = report(made.missing("photos", "Belum ada foto."))
    one = report(made.photo("photo1", sha256="0" * 64, caption="Praktik memotret.", alt="Peserta"))
    assert changes_between(none, one) == ["Kehadiran: ditambahkan: Praktik memotret."]
    assert changes_between(one, none) == [
        "Kehadiran: kini tidak ada. Belum ada foto.", "Kehadiran: dihapus: Praktik memotret.",
    ]  # fmt: skip


def test_a_part_without_a_title_is_told_in_words_and_never_by_its_key() -> None:
    old, new = report(made.missing("t", "Belum ada sesi.")), report(sessions(("x", [1, "X", 1])))
    assert changes_between(old, new) == ["Kehadiran: isi bagian ini: kini ada. Sebelumnya: Belum ada sesi."]
    assert changes_between(report(), new) == ["Kehadiran: ditambahkan: isi bagian ini."]


def test_a_new_section_is_told_and_the_list_of_changes_is_not() -> None:
    old = report()
    told = made.section("changes", "Perubahan", [made.items("l", ["x"])])
    new = {**report(), "sections": [told, *report()["sections"], made.section("b", "Uang", [])]}
    assert changes_between(old, new, without="changes") == ["Bagian “Uang” ditambahkan."]
    assert changes_between(new, old, without="changes") == ["Bagian “Uang” dihapus."]


HOSTILE = ['#panic("x")', "</w:t><w:p/>", "*tebal* _miring_ $x$", "a" * 300, "=SUM(A1)"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_markup(text: str) -> None:
    from enggang.documents.rendering.docx_report import render_report_docx

    data = report(
        made.text("t", text), sessions(("x", [1, text, 1])), made.chart("c", text[:60], [(text, 1, "1")], top=2)
    )
    assert render_report(data).startswith(b"%PDF")
    assert render_report_docx(data).startswith(b"PK")


def test_charts_and_photos_have_words_and_the_same_data_the_same_bytes() -> None:
    import hashlib

    picture = png()
    sha256 = hashlib.sha256(picture).hexdigest()
    data = report(
        made.chart("c", "Hadir", [("Sesi X", 1, "1")], top=2),
        made.photo("p", sha256=sha256, caption="Praktik", alt="Peserta memotret"),
    )
    pdf = render_report(data, photos={sha256: picture})
    assert pdf == render_report(data, photos={sha256: picture})
    paper = opened(pdf)
    words = [str(each.Alt) for each in paper.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert sorted(words) == ["Diagram batang. Hadir: Sesi X 1.", "Peserta memotret"]


def test_an_unknown_part_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(Misshapen):
        check(report({"kind": "map", "key": "m"}))


def jpeg(orientation: int) -> bytes:
    entry = b"\x12\x01\x03\x00\x01\x00\x00\x00" + orientation.to_bytes(2, "little") + b"\0\0"
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + entry + b"\0\0\0\0" + b"GPS 0.02 109.3"
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    return b"\xff\xd8" + segment + b"\xff\xdb\0\x04ab" + b"\xff\xda\0\x02" + b"pixels \xff\xe1"


def test_what_the_camera_wrote_is_cut_out_and_how_it_was_held_is_kept() -> None:
    clean = without_metadata(jpeg(6))
    assert clean == b"\xff\xd8\xff\xdb\0\x04ab\xff\xda\0\x02pixels \xff\xe1"
    assert [turned_by(jpeg(value)) for value in (1, 3, 6, 8, 99)] == [0, 180, 90, 270, 0]
    assert without_metadata(png()) == png()
    assert turned_by(png()) == turned_by(b"\xff\xd8\xff\xe1\0") == 0


def test_a_photo_that_can_be_printed_is_taken() -> None:
    check_photo(png())
