"""Partners and publicity of one edition, to be looked at. Every partner, number and word is made up and says so."""

from __future__ import annotations

from datetime import timedelta

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.partners import add_partnership, change_partnership, move_partnership, open_partner
from enggang.events.domain.publicity import add_publication, move_publication, write_captions
from enggang.events.models import Channel, Edition

PARTNERS = (  # name, kind, asked for, gift, what, worth, states
    ("Penginapan Contoh", "hotel", "Kamar untuk penari tamu", "goods", "Sepuluh kamar dua malam", 6_000_000, ("asked", "joined")),
    ("Bank Contoh", "sponsor", "Dana panggung", "cash", "Dana sponsor", 15_000_000, ("asked", "joined")),
    ("Sanggar Tari Contoh", "community", "Tari penyambutan", "service", "Dua puluh penari", None, ("asked", "joined")),
    ("Kampus Contoh", "campus", "Relawan pendata pengunjung", "", "", None, ("asked",)),
    ("Radio Contoh", "media", "Siaran langsung", "", "", None, ("asked", "declined")),
    ("Biro Perjalanan Contoh", "guide", "Paket wisata dua hari", "", "", None, ()),
)  # fmt: skip
PUBLICATIONS = (  # channel, title, days from the first day, Indonesian, English
    ("instagram-post", "Tanggal diumumkan", -60, "Catat tanggalnya: Robo-Robo kembali digelar. (contoh)", "Save the date: Robo-Robo is back. (sample)"),
    ("press", "Siaran pers pertama", -30, "Siaran pers contoh tentang Robo-Robo.", ""),
    ("instagram-reel", "Menghias perahu", -14, "Perahu mulai dihias di muara. (contoh)", "Boats are being dressed at the river mouth. (sample)"),
    ("whatsapp", "Ajakan saprahan", -3, "Mari makan saprahan bersama. (contoh)", ""),
    ("facebook-post", "Terima kasih", 2, "", ""),
)  # fmt: skip


def lay_down_telling(edition: Edition) -> None:
    for name, kind, asked_for, gift, gives, value, states in PARTNERS:
        partner = open_partner(
            organisation=edition.organisation, name=name, kind=kind, region=edition.event.region,
            contact="Narahubung Contoh", phone="0812-0000-0000", actor=SYSTEM,
        )  # fmt: skip
        row = add_partnership(edition=edition, partner=partner, asked_for=asked_for, actor=SYSTEM)
        if gives:
            facts = {"gift": gift, "gives": gives, "value": value, "asked_for": asked_for}
            change_partnership(partnership=row, version=row.version, actor=SYSTEM, **facts)
        for to in states:
            move_partnership(partnership=row, to=to, on=clock.today() - timedelta(days=1), actor=SYSTEM)
    for key, title, offset, words, english in PUBLICATIONS:
        _tell(edition, Channel.objects.get(key=key), title, offset, {"id": words, "en": english})


def _tell(edition: Edition, channel: Channel, title: str, offset: int, captions: dict[str, str]) -> None:
    row = add_publication(
        edition=edition, channel=channel, title=title, offset=offset, person="Seksi publikasi (contoh)", actor=SYSTEM
    )
    write_captions(publication=row, version=row.version, captions=captions, actor=SYSTEM)
    if all(captions.values()):
        move_publication(publication=row, to="ready", actor=SYSTEM)
