"""The letters of an edition: what they can speak of, and the wordings that come along.

The wordings are Indonesian whatever the language of the screen: they are what the papers say.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.documents.letters import DECREE, LETTER, LetterKind, Wording

PERMIT, COMMITTEE, GUESTS = "permit", "committee", "guests"

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

PAPER_FIELDS = {
    "acara": (_("the event with its year"), "Robo-Robo 2025"),
    "tema": (_("the theme"), "Syukur dan selamat"),
    "tanggal": (_("the days of the event"), "20 Agustus 2025"),
    "hari": (_("the weekdays of the event"), "Rabu"),
    "pukul": (_("when the first item of the rundown begins"), "07.00 WIB"),
    "tempat": (_("the places"), "Kuala Mempawah; lapangan dekat keraton"),
    "penyelenggara": (_("who holds the event"), "Keraton Amantubillah Mempawah"),
    "narahubung": (_("the contact person of who holds it"), "Contoh Narahubung, 0812-0000-0000"),
    "pejabat": (_("the post of who signs"), "Kepala Dinas (contoh)"),
    "dasar_hukum": (_("the legal basis of the concept, one per line"), "Undang-Undang Nomor 5 Tahun 2017"),
    "sumber_dana": (_("the sources of money"), "APBD (contoh)"),
}

DECREE_TEXT = {
    "title": "Keputusan {pejabat}",
    "subject": "Pembentukan Panitia Penyelenggara {acara}",
    "considering": (
        "bahwa untuk kelancaran penyelenggaraan {acara} yang dilaksanakan pada {tanggal} di {tempat}, perlu dibentuk "
        "panitia penyelenggara;\n"
        "bahwa mereka yang namanya tercantum dalam lampiran keputusan ini dipandang mampu melaksanakan tugas sebagai "
        "panitia;\n"
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
        "{pejabat} tentang Pembentukan Panitia Penyelenggara {acara};"
    ),
    "recalling": "{dasar_hukum}",
    "decisions": (
        "Membentuk Panitia Penyelenggara {acara} dengan susunan sebagaimana tercantum dalam lampiran, yang merupakan "
        "bagian yang tidak terpisahkan dari keputusan ini.\n"
        "Panitia sebagaimana dimaksud dalam diktum KESATU bertugas merencanakan, menyiapkan, melaksanakan, dan "
        "melaporkan penyelenggaraan {acara}.\n"
        "Dalam melaksanakan tugasnya panitia bertanggung jawab kepada {pejabat}.\n"
        "Biaya yang timbul akibat ditetapkannya keputusan ini dibebankan pada {sumber_dana}.\n"
        "Keputusan ini mulai berlaku pada tanggal ditetapkan."
    ),
    "annex": "Susunan Panitia Penyelenggara {acara}",
    "copies": "",
}
INVITATION_TEXT = {
    "nature": "Biasa",
    "attachment": "-",
    "subject": "Undangan {acara}",
    "opening": (
        "Dalam rangka penyelenggaraan {acara}, dengan hormat kami mengundang Bapak/Ibu/Saudara untuk hadir pada kegiatan "
        "yang akan dilaksanakan pada:"
    ),
    "facts": "Hari: {hari}\nTanggal: {tanggal}\nPukul: {pukul} s.d. selesai\nTempat: {tempat}\nNarahubung: {narahubung}",
    "closing": (
        "Demikian undangan ini disampaikan. Atas perhatian dan kehadiran Bapak/Ibu/Saudara, kami ucapkan terima kasih."
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
    COMMITTEE: LetterKind(
        label=_("Decree on the committee (SK panitia)"),
        layout=DECREE,
        fields=PAPER_FIELDS,
        shipped=(Wording("committee/1", _("Decree on the committee (shipped)"), DECREE_TEXT),),
    ),
    GUESTS: LetterKind(
        label=_("Invitation to an event"),
        layout=LETTER,
        fields=PAPER_FIELDS,
        shipped=(Wording("guests/1", _("Invitation to an event (shipped)"), INVITATION_TEXT),),
    ),
}
