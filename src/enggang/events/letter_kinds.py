"""The letter that asks for a permit: what it can speak of, and the wording that comes along.

The wording is Indonesian whatever the language of the screen: it is what the paper says.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.documents.letters import LETTER, LetterKind, Wording

PERMIT = "permit"

FIELDS = {
    "izin": (_("the permit that is asked for"), "izin keramaian"),
    "acara": (_("the event with its year"), "Robo-Robo 2025"),
    "tema": (_("the theme"), "Syukur dan selamat"),
    "tanggal": (_("the days of the event"), "20 Agustus 2025"),
    "hari": (_("the weekdays of the event"), "Rabu"),
    "tempat": (_("the places"), "Kuala Mempawah; lapangan dekat keraton"),
    "pengunjung": (_("the expected visitors"), "15.000 orang"),
    "skala": (_("the scale"), "Lokal"),
    "cakupan": (_("the area covered"), "Beberapa kecamatan dalam satu kabupaten/kota"),
    "pemohon": (_("who applies"), "Panitia Robo-Robo"),
    "penanggung_jawab": (_("the contact person of who applies"), "Contoh Penanggung Jawab"),
    "telepon": (_("the phone of who applies"), "0812-0000-0000"),
    "jumlah_lampiran": (_("how many annexes there are"), "5 (lima) lampiran"),
}

TEXT = {
    "nature": "Biasa",
    "attachment": "{jumlah_lampiran}",
    "subject": "Permohonan {izin} {acara}",
    "opening": (
        "Sehubungan dengan rencana penyelenggaraan {acara}, dengan hormat kami mengajukan permohonan {izin} untuk "
        "kegiatan yang akan dilaksanakan pada:"
    ),
    "facts": (
        "Hari: {hari}\nTanggal: {tanggal}\nTempat: {tempat}\nSkala: {skala}\nCakupan: {cakupan}\n"
        "Perkiraan pengunjung: {pengunjung}\nPemohon: {pemohon}\nPenanggung jawab: {penanggung_jawab}\nTelepon: {telepon}"
    ),
    "closing": (
        "Sebagai bahan pertimbangan, terlampir susunan panitia, rangkaian acara, daftar tempat beserta daya tampungnya, "
        "daftar penyelenggara, dan daftar dokumen pendukung. Kami bersedia mematuhi ketentuan yang berlaku dan menjaga "
        "ketertiban selama kegiatan.\nDemikian permohonan ini disampaikan. Atas perhatian dan bantuan Saudara, kami "
        "ucapkan terima kasih."
    ),
    "copies": "",
}

KINDS = {
    PERMIT: LetterKind(
        label=_("Application for a permit"),
        layout=LETTER,
        fields=FIELDS,
        shipped=(Wording("permit/1", _("Application for a permit (shipped)"), TEXT),),
    ),
}
