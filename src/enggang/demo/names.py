"""Invented people for the demonstration: names put together by chance, NIPs with made-up dates and serials.

Nobody here is real. The same seed gives the same people, so that two demonstrations can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

MEN = (
    "Andika Arief Bayu Damianus Deni Edi Fajar Ferdinandus Gusti Hendrikus Herkulanus Ilham Iskandar Jonathan Kornelius "
    "Lukas Markus Muhammad Nazarudin Oktavianus Petrus Rahmat Rizky Rudi Stepanus Sulaiman Teguh Tommy Uray Vinsensius Wahyu Yohanes Zulkifli"
).split()
WOMEN = (
    "Agustina Anastasia Aprilia Bernadeta Citra Dayang Desi Elisabet Fitri Fransiska Hartini Imelda Indah Kristina Lestari "
    "Lidya Maria Mega Nurhayati Nurul Oktavia Paulina Putri Rahmawati Ratna Rosalia Sari Siti Theresia Utin Veronika Wulandari Yuliana"
).split()
FAMILY = (
    "Abdurrahman Alqadrie Asmara Bujang Darmawan Effendi Gunawan Halim Hamzah Irawan Jampi Kurniawan Kusuma Lim Mahmud Maulana "
    "Ngadi Nugroho Permana Pratama Ramadhan Saputra Setiawan Simanjuntak Sumantri Suryadi Syahputra Tan Tarigan Usman Wijaya Yusuf Zainal"
).split()
DEGREES = (
    "",
    "",
    "",
    "S.Sos.",
    "S.E.",
    "S.Kom.",
    "S.I.P.",
    "S.Pd.",
    "S.H.",
    "S.Sn.",
    "A.Md.",
    "S.T., M.M.",
    "S.I.Kom., M.Si.",
)
POSTS = (
    "Pranata Humas Ahli Pertama", "Analis Pariwisata", "Pengelola Data", "Adyatama Kepariwisataan dan Ekonomi Kreatif Ahli Muda",
    "Penyusun Program", "Pengadministrasi Umum", "Analis Kebijakan Ahli Muda", "Pengelola Media Sosial",
    "Kepala Seksi Promosi", "Penata Layanan Operasional", "Pranata Komputer Ahli Pertama", "Arsiparis Terampil",
)  # fmt: skip
RANKS = (
    "Pengatur (II/c)", "Pengatur Tingkat I (II/d)", "Penata Muda (III/a)", "Penata Muda Tingkat I (III/b)", "Penata (III/c)",
    "Penata Tingkat I (III/d)",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    name: str
    nip: str
    post: str
    rank: str
    phone: str


def invented_people(seed: int) -> Iterator[Invented]:
    """An endless row of invented civil servants, each NIP once."""
    chance = random.Random(seed)
    taken: set[str] = set()
    while True:
        person = _invent(chance)
        if person.nip not in taken:
            taken.add(person.nip)
            yield person


def _invent(chance: random.Random) -> Invented:
    woman = chance.random() < 0.5
    given = chance.choice(WOMEN if woman else MEN)
    second = f" {chance.choice(WOMEN if woman else MEN)}" if chance.random() < 0.3 else ""
    degree = chance.choice(DEGREES)
    name = f"{given}{second} {chance.choice(FAMILY)}" + (f", {degree}" if degree else "")
    return Invented(
        name=name,
        nip=_nip(chance, woman=woman),
        post=chance.choice(POSTS),
        rank=chance.choice(RANKS),
        phone=f"+62800{chance.randrange(10**7):07d}",  # 0800: no mobile subscriber has it
    )


def _nip(chance: random.Random, *, woman: bool) -> str:
    born = chance.randrange(1972, 1996)
    appointed = chance.randrange(born + 22, min(born + 32, 2022))
    return (
        f"{born}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}{appointed}{chance.choice((1, 3, 4, 12)):02d}"
        f"{2 if woman else 1}{chance.randrange(900, 1000)}"
    )
