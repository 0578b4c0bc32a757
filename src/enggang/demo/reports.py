"""An activity report for the finished wave of the demonstration: version 1, and version 2 that lists what changed."""

from __future__ import annotations

from datetime import date

from enggang.core.actor import SYSTEM
from enggang.documents.models import Signatory
from enggang.training.domain.reports import add_report_point, keep_report_texts, make_version
from enggang.training.enums import PointKind
from enggang.training.models import Wave
from enggang.training.reporting.opening import prefilled

OBSTACLES = (
    "Jaringan internet di aula tidak stabil saat praktik unggah video.",
    "Sebagian peserta hanya membawa ponsel dengan ruang penyimpanan yang hampir penuh.",
)
FOLLOW_UP = (
    (
        "Menambah titik akses internet di aula sebelum gelombang berikutnya.",
        "Subbagian umum (contoh)",
        date(2023, 1, 31),
    ),
    ("Mendampingi peserta mengelola akun media sosial perangkat daerahnya.", "Bidang pengembangan (contoh)", None),
)


def lay_down_report() -> None:
    """Call once, after the letters: their signatory signs it."""
    wave = Wave.objects.with_names().get(name="Angkatan 2022")
    signs = Signatory.objects.filter(organisation=wave.organisation).first()
    keep_report_texts(wave=wave, signatory=signs, version=0, actor=SYSTEM, **prefilled(wave))
    add_report_point(wave=wave, kind=PointKind.OBSTACLE, text=OBSTACLES[0], actor=SYSTEM)
    make_version(wave=wave, reason="", actor=SYSTEM)
    for text in OBSTACLES[1:]:
        add_report_point(wave=wave, kind=PointKind.OBSTACLE, text=text, actor=SYSTEM)
    for text, owner, due in FOLLOW_UP:
        add_report_point(wave=wave, kind=PointKind.FOLLOW_UP, text=text, owner=owner, due_on=due, actor=SYSTEM)
    make_version(wave=wave, reason="Hambatan dan tindak lanjut dilengkapi (contoh)", actor=SYSTEM)
