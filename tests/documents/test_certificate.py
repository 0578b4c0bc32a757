"""The certificate as a file: what it claims, what it says, and that nothing typed can break it."""

from __future__ import annotations

import random
import re
import shutil
from typing import Any

import pikepdf
import pytest

from enggang.documents.rendering.certificate import check, page, render_certificate, shape
from enggang.documents.rendering.typography import Unprintable
from tests.documents.factories import curriculum, opened, pages, paper, text_of

reads_text = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
HOSTILE = [
    '#panic("x")',
    '#import "/etc/passwd": *',
    "#sys.inputs",
    '" + read("main.typ") + "',
    "\\u{41} \\ \\\\ \\n",
    "$ x^2 $ *b* _i_ `raw` <label> @ref",
    "= Judul // komentar /* blok */",
    "[#set text(fill: white)]",
    "~ -- --- ... ’",
    "{{ name }} {% raw %}",
    "Ma'ruf \"Bujang\" d'Souza",
    "Dr. H. Muh. Syarif, S.Kom., M.M.",
    "Y.M. Pangeran Ratu ʿAbd ar-Raḥmān Al-Qadrie",
]


def test_it_claims_pdf_a_3a_and_pdf_ua_1() -> None:
    pdf = opened(render_certificate(paper()))
    with pdf.open_metadata() as facts:
        claims = {
            key: facts[key] for key in ("pdfaid:part", "pdfaid:conformance", "{http://www.aiim.org/pdfua/ns/id/}part")
        }
    assert list(claims.values()) == ["3", "A", "1"]
    assert pdf.Root.Lang == "id"
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "/OutputIntents" in pdf.Root
    assert "/Encrypt" not in pdf.trailer


def test_title_says_whose_it_is() -> None:
    with opened(render_certificate(paper())).open_metadata() as facts:
        assert facts["dc:title"] == "SPESIMEN – Sertifikat Pelatihan – Dr. H. Muh. Syarif, S.Kom., M.M."


def walk(node: Any) -> list[str]:
    """The structure types below a node, in reading order."""
    if not isinstance(node, pikepdf.Dictionary):
        return []
    found = [str(node.S)] if "/S" in node else []
    below: Any = node.get("/K", [])
    for child in list(below) if isinstance(below, pikepdf.Array) else [below]:
        found += walk(child)
    return found


def test_headings_table_and_pictures_are_tagged() -> None:
    pdf = opened(render_certificate(paper()))
    tags = walk(pdf.Root.StructTreeRoot)
    assert tags.count("/H1") == 2
    assert (tags.count("/Table"), tags.count("/TR"), tags.count("/TH")) == (1, 10, 3)
    assert tags.count("/Figure") == 1  # the QR code; ornaments are artifacts
    assert tags.count("/Link") == 1


def fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Base font names, and whether the font file is inside."""
    found = {}
    for sheet in pdf.pages:
        for font in sheet.resources.get("/Font", {}).values():
            descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = descendant.FontDescriptor
            found[str(font.BaseFont)] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def test_only_our_own_fonts_are_used_and_all_are_embedded() -> None:
    used = fonts(opened(render_certificate(paper())))
    assert all(used.values())
    families = {re.sub(r"^/[A-Z]{6}\+", "", name).split("-")[0] for name in used}
    assert families == {"SourceSerif4", "PlusJakartaSans"}


def test_the_same_data_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    first = render_certificate(paper())
    render_certificate(paper(holder={"name": "Somebody Else"}, curriculum=curriculum(24)))
    assert render_certificate(paper()) == first


@reads_text
def test_it_says_everything_it_was_given() -> None:
    said = text_of(render_certificate(paper()))
    for expected in (
        "PEMERINTAH PROVINSI KALIMANTAN BARAT",
        "DINAS KEPEMUDAAN, OLAHRAGA DAN PARIWISATA",
        "SERTIFIKAT PELATIHAN",
        "Nomor 800.1.4.2/0001/DISPORAPAR/XI/2022",
        "diberikan kepada Dr. H. Muh. Syarif, S.Kom., M.M.",
        "NIP 19860926 201505 1 001",
        "Penata Muda Tingkat I (III/b)",
        "telah mengikuti dan menyelesaikan Pelatihan ASN Kreatif Bidang Fotografi dan Videografi",
        "yang diselenggarakan di Pontianak pada tanggal 7 s.d. 9 November 2022",
        "selama 24 (dua puluh empat) jam pelajaran, dengan kualifikasi Sangat Memuaskan",
        "Pontianak, 11 November 2022",
        "belum ditandatangani secara elektronik",
        "Drs. Contoh Penanda Tangan, M.Si.",
        "7KQ2M-9XW4T-H3R8",
        "Daftar Mata Pelatihan",
        "Jumlah jam pelajaran 24",
        "1 JP (jam pelajaran) setara dengan 45 menit.",
    ):
        assert expected in said


@reads_text
def test_a_specimen_says_so_on_both_pages_and_a_real_one_does_not() -> None:
    line = "SPESIMEN – bukan dokumen resmi / SPECIMEN – not an official document"
    assert text_of(render_certificate(paper())).count(line) == 2
    assert "SPESIMEN" not in text_of(render_certificate(paper(specimen=False)))


@reads_text
def test_what_is_not_given_leaves_no_empty_label() -> None:
    data = paper(specimen=False, holder={}, signatory={})
    data["holder"] = {"name": "Siti"}
    data["signatory"] = {"post": "Kepala Dinas", "name": "Contoh"}
    said = text_of(render_certificate(data))
    for label in ("NIP", "Pangkat", "Jabatan", "Instansi", "belum ditandatangani"):
        assert label not in said


@reads_text
def test_a_contract_number_is_called_by_its_own_name() -> None:
    said = text_of(render_certificate(paper(holder={"nip": "198609262022211001", "nip_label": "NI PPPK"})))
    assert "NI PPPK 19860926 202221 1 001" in said


@reads_text
@pytest.mark.parametrize("name", HOSTILE)
def test_typed_text_is_set_as_text_wherever_it_stands(name: str) -> None:
    data = paper(
        holder={"name": name, "post": name, "agency": name},
        programme={"name": name, "place": name, "wave": name, "qualification": name, "jp": 1},
        curriculum=[{"subject": name, "jp": 1}],
        issued={"city": name},
        signatory={"name": name, "post": name, "rank": name, "status": name},
        issuer={"name": name, "parent": name},
        verification={"code": name[:40]},
        number=name,
    )
    pdf = render_certificate(data)
    said = text_of(pdf)
    assert pages(pdf) == 2
    assert said.count(" ".join(name.split())) >= 8


@pytest.mark.parametrize("place", ["holder", "programme", "issuer", "signatory"])
def test_a_character_that_no_font_has_is_refused_and_not_left_out(place: str) -> None:
    with pytest.raises(Unprintable, match="龍"):
        render_certificate(paper(**{place: {"name": "Tan 龍"}}))


def test_two_pages_with_the_longest_names_and_25_subjects() -> None:
    long = "Pelatihan Pengelolaan Destinasi Wisata Berbasis Masyarakat " * 6
    data = paper(
        holder={"name": long[:300].strip()},
        programme={"name": long[:300].strip(), "jp": 25},
        curriculum=curriculum(25, "Mata pelatihan dengan nama yang wajar panjangnya"),
    )
    assert pages(render_certificate(data)) == 2


@reads_text
def test_a_longer_curriculum_goes_on_with_its_head_repeated_and_pages_counted() -> None:
    pdf = render_certificate(paper(programme={"jp": 60}, curriculum=curriculum(60)))
    said = text_of(pdf)
    assert pages(pdf) == 3
    assert said.count("No. Mata pelatihan JP") == 2
    assert "Halaman 2 dari 3" in said
    assert "Halaman 3 dari 3" in said
    assert "Mata pelatihan 60 1 Jumlah jam pelajaran 60" in said


def test_without_a_curriculum_there_is_only_the_front() -> None:
    assert pages(render_certificate(paper(curriculum=[]))) == 1


def longest(schema: dict[str, Any], data: dict[str, Any], share: float, draw: random.Random) -> dict[str, Any]:
    """The data with every free text about ``share`` as long as it may be."""
    words = ("Wisatawan", "Kabupaten", "dan", "Penyelenggaraan", "MUSYAWARAH", "di", "Provinsi")
    filled = dict(data)
    for name, field in schema["properties"].items():
        if field["type"] == "object":
            filled[name] = longest(field, data.get(name, {}), share, draw)
        elif field["type"] == "string" and not {"format", "enum", "pattern"} & field.keys():
            text = " ".join(draw.choice(words) for _ in range(60))
            filled[name] = text[: max(8, int(field["maxLength"] * share * draw.random()))].strip()
    return filled


@pytest.mark.parametrize("seed", range(40))
def test_the_front_is_one_page_whatever_lengths_meet(seed: int) -> None:
    draw = random.Random(seed)
    data = longest(shape(), paper(), share=(seed % 10 + 1) / 10, draw=draw)
    assert pages(render_certificate(data)) == 2


def test_the_front_is_one_page_with_everything_as_long_as_it_may_be() -> None:
    draw = random.Random(1)
    draw.random = lambda: 1.0  # type: ignore[method-assign]
    assert pages(render_certificate(longest(shape(), paper(), share=1, draw=draw))) == 2
    unbroken = paper(holder={"name": "W" * 300, "post": "W" * 300}, programme={"name": "W" * 300}, number="W" * 120)
    assert pages(render_certificate(unbroken)) == 2


def test_an_ordinary_certificate_is_laid_out_without_measuring() -> None:
    assert not page(check(paper()))["dense"]
    assert page(check(paper(holder={"name": "W" * 300, "post": "W" * 300})))["dense"]
