"""The concept of the coming Robo-Robo. The event and the regulations are real; its aims and every number are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from enggang.core.actor import SYSTEM
from enggang.events.domain.concepts import keep_concept, keep_concept_row
from enggang.events.models import Edition, Objective, ProgrammeRow

TEXTS = {
    "background": (
        "Robo-Robo diperingati masyarakat Mempawah pada Rabu terakhir bulan Safar. Rombongan keraton berlayar ke muara, "
        "melakukan ritual buang-buang, lalu warga makan saprahan bersama. Pasar rakyatnya berlangsung sekitar sebulan.\n"
        "Tradisi ini mendatangkan pengunjung dari luar kabupaten, tetapi jumlah mereka belum dihitung dengan cara yang "
        "sama setiap tahun dan omzet pedagang belum dicatat (contoh uraian)."
    ),
    "legal_basis": (
        "Undang-Undang Nomor 10 Tahun 2009 tentang Kepariwisataan beserta perubahannya\n"
        "Undang-Undang Nomor 5 Tahun 2017 tentang Pemajuan Kebudayaan\n"
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah beserta perubahannya\n"
        "Peraturan Pemerintah Nomor 60 Tahun 2017 tentang Tata Cara Perizinan dan Pengawasan Kegiatan Keramaian Umum, "
        "Kegiatan Masyarakat Lainnya, dan Pemberitahuan Kegiatan Politik"
    ),
    "purpose": (
        "Merawat tradisi bahari Kuala Mempawah bersama keraton dan warga, serta memperluas manfaatnya bagi usaha kecil "
        "setempat (contoh)."
    ),
    "audience": (
        "Warga Kabupaten Mempawah, peziarah dan perantau yang pulang, wisatawan dari kabupaten/kota lain di Kalimantan "
        "Barat, serta pelaku usaha mikro dan kecil sebagai peserta pasar rakyat (contoh)."
    ),
    "scope": (
        "Kegiatan dimulai di dermaga, berlanjut dengan pelayaran dan ritual di muara, lalu ditutup dengan saprahan di "
        "lapangan dekat keraton."
    ),
    "sustainability": (
        "Catatan pengunjung dan omzet diserahkan kepada panitia tahun berikutnya. Sanggar pemuda merawat perahu dan "
        "perlengkapan ritual; kelompok pedagang mengelola lapaknya sendiri setelah acara (contoh)."
    ),
}  # fmt: skip
AIMS = (
    ("Kunjungan dari luar kabupaten meningkat", "Pengunjung dari luar Kabupaten Mempawah", "orang", 3_000, 2_400,
     "Angka contoh, bukan hitungan panitia", "Penghitung di tiga pintu dan wawancara 200 pengunjung"),
    ("Usaha kecil memperoleh manfaat", "Omzet pedagang pasar rakyat", "rupiah", 450_000_000, None, "",
     "Lembar harian setiap lapak"),
    ("Warga muda ikut merawat tradisi", "Pemuda yang berperan dalam ritual dan saprahan", "orang", 120, 90,
     "Angka contoh, bukan hitungan panitia", "Daftar hadir seksi acara"),
)  # fmt: skip
PROGRAMME = (
    ("Pagi", "Rombongan keraton berlayar dari dermaga; ritual buang-buang di muara", 0),
    ("Siang", "Makan saprahan bersama warga dan tamu", 1),
    ("Sepanjang hari", "Pasar rakyat dan pertunjukan sanggar", 1),
)


def lay_down_concept(edition: Edition) -> None:
    """Call once, after the places of the edition."""
    keep_concept(edition=edition, version=0, actor=SYSTEM, **TEXTS)
    for objective, indicator, unit, target, baseline, source, method in AIMS:
        keep_concept_row(
            row=Objective(), edition=edition, objective=objective, indicator=indicator, unit=unit,
            target=Decimal(target), baseline=None if baseline is None else Decimal(baseline), baseline_source=source,
            method=method, actor=SYSTEM,
        )  # fmt: skip
    sites = list(edition.sites.all())
    for part, activity, place in PROGRAMME:
        facts: dict[str, Any] = {"part": part, "activity": activity, "site": sites[place]}
        keep_concept_row(row=ProgrammeRow(), edition=edition, actor=SYSTEM, **facts)
