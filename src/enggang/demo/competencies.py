"""Competencies of the demonstration: the agency's technical ones, what programmes prove, and some findings of assessors."""

from __future__ import annotations

from datetime import date, timedelta

from enggang.core.actor import SYSTEM
from enggang.people.domain.catalogue import keep_catalogue_row, load_catalogue
from enggang.people.enums import CompetencyKind
from enggang.people.models import Behaviour, Competency, PostType
from enggang.places.models import Organisation
from enggang.training.domain.index import decide_relevance, load_index
from enggang.training.domain.profile import assess_competency
from enggang.training.domain.programmes import CompetencySpec
from enggang.training.enums import LearningKind
from enggang.training.models import Wave

FROM = date(2022, 1, 1)
SOURCE = "Contoh peragaan; ganti dengan kamus kompetensi teknis instansi"
KINDS = {
    "Kepala": "pengawas",
    "Ahli Pertama": "jf-ahli-pertama",
    "Ahli Muda": "jf-ahli-muda",
    "Terampil": "jf-terampil",
}
TECHNICAL = (
    (
        "fotografi",
        "Fotografi kegiatan dan destinasi",
        "Memotret layanan dan destinasi dengan cahaya, fokus, dan izin yang benar",
    ),
    ("videografi", "Videografi pendek", "Merekam dan menyunting video layanan yang layak tayang"),
    ("event", "Penyelenggaraan event", "Menyusun konsep, anggaran, perizinan, dan laporan event"),
)


def lay_down_catalogue(agency: Organisation) -> dict[str, Competency]:
    """The shipped catalogue, and the agency's own technical competencies by a short word."""
    load_catalogue(actor=SYSTEM)
    load_index(actor=SYSTEM)
    made = {}
    for place, (word, name, behaviour) in enumerate(TECHNICAL, 1):
        facts = {"valid_from": FROM, "source": SOURCE, "position": place}
        row = Competency(kind=CompetencyKind.TECHNICAL, code=f"T.{place:02d}", name=name, **facts)
        made[word] = keep_catalogue_row(row=row, organisation=agency, actor=SYSTEM)
        keep_catalogue_row(
            row=Behaviour(competency=made[word], level=2, text=behaviour, **facts), organisation=agency, actor=SYSTEM
        )
    return made


def shown_by_creative(own: dict[str, Competency]) -> list[CompetencySpec]:
    return [CompetencySpec(own["fotografi"], 2), CompetencySpec(own["videografi"], 2), _shipped("komunikasi", 2)]


def shown_by_events(own: dict[str, Competency]) -> list[CompetencySpec]:
    return [CompetencySpec(own["event"], 3), _shipped("kerja-sama", 2), _shipped("orientasi-hasil", 2)]


def _shipped(key: str, level: int) -> CompetencySpec:
    return CompetencySpec(Competency.objects.get(key=key), level)


def kind_of(post: str) -> PostType:
    """Of the made-up posts, as their names tell."""
    key = next((key for word, key in KINDS.items() if word in post), "pelaksana")
    return PostType.objects.get(key=key)


def lay_down_findings(wave: Wave) -> None:
    """For eight who completed a wave: an assessor judged its evidence for five, and what counts for the index for six."""
    done = list(wave.registrations.seated().filter(award__isnull=False).with_names().order_by("pk")[:8])
    day = wave.ends_on + timedelta(days=30)
    named = list(wave.programme.competencies.select_related("competency"))
    for place, row in enumerate(done[:5]):
        for each in named:
            level = None if place == 4 else max(1, each.level - place % 2)
            assess_competency(
                person=row.person, competency=each.competency, level=level, registration=row, assessed_on=day,
                reason="Temuan contoh: karya dan wawancara singkat", actor=SYSTEM,
            )  # fmt: skip
        assess_competency(
            person=row.person, competency=Competency.objects.get(key="integritas"), level=1 + place % 2,
            assessed_on=day, reason="Temuan contoh: pengamatan di unit kerja", actor=SYSTEM,
        )  # fmt: skip
    for place, row in enumerate(done[:6]):
        decide_relevance(
            person=row.person, evidence=f"sini-{row.code}", kind=LearningKind.TECHNICAL, relevant=place != 5,
            reason="Contoh: unit kerja mengelola publikasi" if place != 5 else "Contoh: tugasnya bendahara", actor=SYSTEM,
        )  # fmt: skip
