"""The profile that the form of the index asks of an innovation, filled from the record wherever the record knows it.

What was typed for a field goes before what the record says. A field is empty only when neither has anything, and then the
page says whether the record could fill it and where.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from enggang.documents.rendering.wording import NBSP, long_date
from enggang.innovation.enums import Initiator, Stage
from enggang.innovation.models import Innovation, ProfileField, Submission
from enggang.innovation.queries.guide import fields_of
from enggang.innovation.queries.trial import changes_in_words
from enggang.innovation.scoring import words_in

# The form has three stages; ours are told apart further (PP 38/2017: proposal, trial, use).
STAGES = {
    Stage.IDEA: "Inisiatif", Stage.SCREENING: "Inisiatif", Stage.DESIGN: "Inisiatif", Stage.TRIAL: "Uji coba",
    Stage.ADOPTED: "Penerapan", Stage.SUSTAINED: "Penerapan",
}  # fmt: skip
INITIATORS = {
    Initiator.HEAD: "Kepala daerah", Initiator.COUNCIL: "Anggota DPRD", Initiator.AGENCY: "Organisasi perangkat daerah",
    Initiator.STAFF: "Aparatur sipil negara", Initiator.CITIZEN: "Masyarakat",
}  # fmt: skip
KINDS = {"digital": "Digital", "non_digital": "Nondigital"}
FORMS = {
    "governance": "Inovasi tata kelola pemerintahan daerah", "service": "Inovasi pelayanan publik",
    "other": "Inovasi daerah lainnya sesuai urusan pemerintahan yang menjadi kewenangan daerah",
}  # fmt: skip


def _day(day: date | None) -> str:
    """To be pasted into a form, so without the spaces that keep a date on one line of paper."""
    return long_date(day).replace(NBSP, " ") if day else ""


def _point(row: Innovation) -> str:
    return f"{row.latitude:.6f}, {row.longitude:.6f}" if row.latitude is not None and row.longitude is not None else ""


def _class(row: Innovation) -> str:
    """By whose innovation it is; the names are those of the form."""
    return "Inovasi masyarakat" if row.initiator == Initiator.CITIZEN else "Inovasi perangkat daerah"


def _design(row: Innovation) -> str:
    """What was written as its design; without one, what the record says of problem, idea and aims."""
    parts = [row.problem, row.idea, row.aims, row.benefits]
    return row.design.strip() or "\n\n".join(part.strip() for part in parts if part.strip())


def _results(row: Innovation) -> str:
    """What was written as its result; without it, what its trial measured before and after."""
    changes = changes_in_words(row) if not row.results.strip() else []
    return row.results.strip() or "; ".join(f"{name}: {before} menjadi {after}" for name, before, after in changes)


# The papers are Indonesian whatever the language of the screen. Code of a field -> what the record says of it.
FILLERS: dict[str, Callable[[Innovation], str]] = {
    "nama": lambda row: row.title,
    "tahapan": lambda row: STAGES.get(Stage(row.stage), ""),
    "inisiator": lambda row: INITIATORS.get(Initiator(row.initiator), ""),
    "nama_inisiator": lambda row: row.owner.name if row.owner else "",
    "klasifikasi": _class,
    "koordinat": _point,
    "jenis": lambda row: KINDS.get(row.kind, ""),
    "bentuk": lambda row: FORMS.get(row.form, ""),
    "urusan": lambda row: row.affair.name if row.affair else "",
    "pelaksana": lambda row: row.organisation.name,
    "uji_coba": lambda row: _day(row.trial_on),
    "penerapan": lambda row: _day(row.adopted_on),
    "rancang_bangun": _design,
    "tujuan": lambda row: row.aims.strip() or row.problem.strip(),
    "manfaat": lambda row: row.benefits.strip(),
    "hasil": _results,
}
TYPED, RECORD, EMPTY = "typed", "record", "empty"


@dataclass(frozen=True, slots=True)
class Answer:
    """``origin`` says where ``text`` is from; ``recorded`` is what the record alone would say."""

    field: ProfileField
    text: str
    recorded: str
    origin: str

    @property
    def is_knowable(self) -> bool:
        """Whether the record has a place for it."""
        return self.field.code in FILLERS

    @property
    def words(self) -> int:
        return words_in(self.text)

    @property
    def is_short(self) -> bool:
        return bool(self.text) and self.words < self.field.least_words

    @property
    def fault(self) -> str:
        """What is wrong with it, for the screen and the pack; empty when nothing is."""
        if not self.text:
            return str(_FAULTS["record" if self.is_knowable else "typed"]) if self.field.is_mandatory else ""
        if self.is_short:
            return str(_FAULTS["short"]) % {"words": self.words, "least": self.field.least_words}
        return ""


_FAULTS = {
    "record": _("Empty: the record of the innovation does not have it yet."),
    "typed": _("Empty: this system cannot know it; type it here."),
    "short": _("%(words)s of at least %(least)s words."),
}


def profile_of(submission: Submission) -> list[Answer]:
    """Every field of the year's form, in its order."""
    typed = dict(submission.answers.values_list("code", "text"))
    fields = fields_of(submission.innovation.organisation, submission.year)
    return [_answer(field, submission.innovation, typed.get(field.code, "")) for field in fields]


def _answer(field: ProfileField, row: Innovation, typed: str) -> Answer:
    fill = FILLERS.get(field.code)
    recorded = fill(row).strip() if fill else ""
    if typed.strip():
        return Answer(field, typed.strip(), recorded, TYPED)
    return Answer(field, recorded, recorded, RECORD if recorded else EMPTY)


def left_empty(answers: list[Answer]) -> list[Answer]:
    """Mandatory fields with nothing in them."""
    return [each for each in answers if each.field.is_mandatory and not each.text]
