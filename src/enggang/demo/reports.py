"""An activity report for the finished wave of the demonstration: version 1, and version 2 that lists what changed."""

from __future__ import annotations

import time
from datetime import date
from io import BytesIO

from enggang.core.actor import SYSTEM
from enggang.core.jobs import JobRun, enqueue, job
from enggang.credentials.enums import AwardState
from enggang.demo.pictures import PICTURES, as_jpeg
from enggang.documents.models import Signatory
from enggang.files.domain.uploading import open_upload, receive
from enggang.files.models import Upload
from enggang.training.domain.reports import (
    add_report_point,
    bring_photo,
    keep_report_texts,
    make_version,
    photo_ticket,
)
from enggang.training.enums import PointKind
from enggang.training.models import ReportPhoto, Wave
from enggang.training.reporting.opening import prefilled

WAVE = "Angkatan 2022"
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


PHOTO = "Robo-Robo"
PAUSE = 3.0  # seconds between two looks whether the certificates are drawn


def lay_down_report() -> None:
    """Call once, after the letters: their signatory signs it. Version 2 follows when certificates and photo are there."""
    wave = Wave.objects.with_names().get(name=WAVE)
    signs = Signatory.objects.filter(organisation=wave.organisation).first()
    keep_report_texts(wave=wave, signatory=signs, version=0, actor=SYSTEM, **prefilled(wave))
    add_report_point(wave=wave, kind=PointKind.OBSTACLE, text=OBSTACLES[0], actor=SYSTEM)
    make_version(wave=wave, reason="", actor=SYSTEM)
    for text in OBSTACLES[1:]:
        add_report_point(wave=wave, kind=PointKind.OBSTACLE, text=text, actor=SYSTEM)
    for text, owner, due in FOLLOW_UP:
        add_report_point(wave=wave, kind=PointKind.FOLLOW_UP, text=text, owner=owner, due_on=due, actor=SYSTEM)
    content = as_jpeg(PICTURES[PHOTO].draw())
    upload = open_upload(ticket=photo_ticket(wave, SYSTEM), length=len(content), name="contoh.jpg", actor=SYSTEM)
    receive(upload=upload, offset=0, size=len(content), read=BytesIO(content).read, actor=SYSTEM)
    enqueue(renew_report, actor=SYSTEM, upload=upload.code)


@job("demo.renew_report")
def renew_report(run: JobRun, *, upload: str) -> None:
    """Version 2 with the certificates and the photo, once the jobs that make them are done."""
    wave = Wave.objects.with_names().get(name=WAVE)
    waits = wave.registrations.filter(award__state=AwardState.RESERVED).exists()
    if waits or not Upload.objects.filter(code=upload).exclude(file=None).exists():
        time.sleep(PAUSE)
        enqueue(renew_report, actor=run.actor, upload=upload)
        return
    if not ReportPhoto.objects.filter(report__wave=wave).exists():
        caption = "Contoh dokumentasi: gambar peragaan, bukan foto kegiatan"
        bring_photo(wave=wave, code=upload, caption=caption, alt=PICTURES[PHOTO].alt, actor=run.actor)
    make_version(
        wave=wave, reason="Sertifikat terbit; hambatan, tindak lanjut dan foto dilengkapi (contoh)", actor=run.actor
    )
