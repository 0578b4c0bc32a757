"""The letters of a wave: what they can speak of, and the wordings that come along.

The wordings are Indonesian whatever the language of the screen: they are what the paper says.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.documents.letters import ASSIGNMENT as ASSIGNMENT_LAYOUT
from enggang.documents.letters import LETTER, LetterKind, Wording

INVITATION, ASSIGNMENT = "invitation", "assignment"

FIELDS = {
    "program": (_("the training programme"), "Pelatihan ASN Kreatif"),
    "gelombang": (_("the name of the wave"), "Gelombang 1"),
    "penyelenggara": (_("the organising agency"), "Dinas Kepemudaan, Olahraga dan Pariwisata"),
    "tanggal": (_("the days of the wave"), "7 s.d. 9 November 2022"),
    "hari": (_("the weekdays of the wave"), "Senin s.d. Rabu"),
    "pukul": (_("when the first session begins"), "08.00"),
    "tempat": (_("the venue"), "Aula"),
    "jp": (_("the size of the programme in JP"), "30"),
    "batas": (_("the last day of registration"), "1 November 2022"),
    "alamat_daftar": (_("the public address of the wave"), "https://contoh.example/pelatihan/daftar/ABC/"),
}

_FACTS = "Hari: {hari}\nTanggal: {tanggal}\nPukul: {pukul} s.d. selesai\nTempat: {tempat}\nJumlah: {jp} jam pelajaran"

INVITATION_TEXT = {
    "nature": "Biasa",
    "attachment": "-",
    "subject": "Undangan peserta {program}",
    "opening": (
        "Dalam rangka meningkatkan kompetensi aparatur sipil negara, {penyelenggara} akan menyelenggarakan {program}, "
        "{gelombang}.\nSehubungan dengan hal tersebut, kami mengharapkan Saudara menugaskan pegawai pada instansi "
        "Saudara sebagai peserta kegiatan yang akan dilaksanakan pada:"
    ),
    "facts": _FACTS,
    "closing": (
        "Nama peserta didaftarkan oleh instansi Saudara paling lambat {batas} melalui {alamat_daftar}. Setiap peserta "
        "membawa surat tugas dari instansinya.\nDemikian disampaikan. Atas perhatian dan kerja sama Saudara, kami "
        "ucapkan terima kasih."
    ),
    "copies": "",
}
ASSIGNMENT_TEXT = {
    "title": "Surat Tugas",
    "basis": "Rencana pelaksanaan {program}, {gelombang}, pada {penyelenggara}.",
    "task": (
        "Melaksanakan tugas sebagai panitia atau pengajar {program}, {gelombang}, tanggal {tanggal} di {tempat}.\n"
        "Melaporkan hasil pelaksanaan tugas kepada pimpinan."
    ),
    "closing": "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab.",
    "copies": "",
}

KINDS = {
    INVITATION: LetterKind(
        label=_("Invitation"),
        layout=LETTER,
        fields=FIELDS,
        shipped=(Wording("invitation/1", _("Invitation to agencies (shipped)"), INVITATION_TEXT),),
    ),
    ASSIGNMENT: LetterKind(
        label=_("Assignment letter (surat tugas)"),
        layout=ASSIGNMENT_LAYOUT,
        fields=FIELDS,
        shipped=(
            Wording("assignment/1", _("Assignment letter for committee and instructors (shipped)"), ASSIGNMENT_TEXT),
        ),
    ),
}
