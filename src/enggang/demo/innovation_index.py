"""The innovations of the demonstration entered for the index: one handed through all desks, one on its way, one begun.

Every piece of evidence is invented and says so. The days of entry are an own row of the agency, as an office would enter them.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation.domain.evidence import accept_proposal, bring_file, bring_link, tie_subject, use_evidence
from enggang.innovation.domain.guide import keep_guide_row
from enggang.innovation.domain.region import set_region_point
from enggang.innovation.domain.submissions import answer_profile, begin_submission, choose_parameter, hand_on_submission
from enggang.innovation.models import GuideYear, Innovation, Submission
from enggang.innovation.queries.guide import guide_of
from enggang.innovation.queries.proposals import proposals_of
from enggang.places.models import Organisation
from enggang.training.enums import WaveState
from enggang.training.models import Wave

YEAR = 2026
PAPER = b"%PDF-1.4\n% berkas contoh peragaan, bukan dokumen sungguhan\n%%EOF\n"
# Indicator, parameter, what the invented evidence is called.
FILES = (
    ("16", 2, "Peraturan gubernur contoh nomor 12"), ("17", 2, "SK tim contoh"), ("18", 2, "Halaman DPA contoh"),
    ("23", 2, "Surat kepala dinas contoh"), ("28", 3, "SOP contoh, satu hari"), ("33", 2, "Statistik pengguna contoh"),
)  # fmt: skip
LINKS = (
    ("19", 3, "Halaman layanan contoh"),
    ("26", 3, "Panduan daring contoh"),
    ("35", 2, "Video contoh, tiga substansi"),
)
ANSWERS = {"asta_cita": "Asta Cita 4 (contoh)", "prioritas": "Ekonomi kreatif daerah (contoh)"}
MOST = 3


def lay_down_index() -> None:
    """For the innovations in use of the province; nothing without one."""
    rows = list(Innovation.objects.in_use().with_names().order_by("pk")[:MOST])
    province = Organisation.objects.get(key="kalbar")
    board = Organisation.objects.get(key="kalbar/balitbang")
    if not rows:
        return
    _days(province)
    set_region_point(
        organisation=province, year=YEAR, code="spd-9", points=Decimal(2), source="LHE AKIP contoh", actor=SYSTEM
    )
    for number, row in enumerate(rows):
        entry = _entry(row, board)
        _evidence(entry, whole=number < MOST - 1)
        for _step in range((4, 1, 0)[number]):
            hand_on_submission(submission=entry, actor=SYSTEM, note="Peragaan")


def _days(organisation: Organisation) -> None:
    """The guide of the year with days of entry around today, so that the demonstration has some to count."""
    shipped, today = guide_of(organisation, YEAR).whole, clock.today()
    assert shipped is not None
    names = ("divisor", "count_weight", "count_cap", "basic_needed", "basic_of", "region_max", "own_max", "count_max")
    own = GuideYear(
        year=YEAR, letter=shipped.letter, adopted_from=shipped.adopted_from, adopted_to=today,
        window_from=today - timedelta(days=20), window_to=today + timedelta(days=40), valid_from=date(YEAR, 1, 1),
        valid_to=date(YEAR, 12, 31), source="Tanggal contoh untuk peragaan, bukan tanggal pedoman",
        **{name: getattr(shipped, name) for name in names},
    )  # fmt: skip
    keep_guide_row(rule=own, organisation=organisation, actor=SYSTEM)


def _entry(row: Innovation, board: Organisation) -> Submission:
    made = begin_submission(innovation=row, year=YEAR, board=board, actor=SYSTEM)
    entry = Submission.objects.with_names().get(pk=made.pk)
    answer_profile(submission=entry, answers=ANSWERS, version=entry.version, actor=SYSTEM)
    wave = Wave.objects.filter(state=WaveState.FINISHED).select_related("subject").first()
    if wave is not None and wave.organisation.path.split("/")[1] == row.organisation.path.split("/")[1]:
        tie_subject(innovation=row, code=wave.code, actor=SYSTEM)
    return Submission.objects.with_names().get(pk=made.pk)


def _evidence(entry: Submission, *, whole: bool) -> None:
    """Invented files and links, and the dates of its stages from the record; the last one still lacks its video."""
    innovation = entry.innovation
    for code, parameter, title in FILES:
        piece = bring_file(innovation=innovation, title=title, content=PAPER, name="contoh.pdf", actor=SYSTEM)
        use_evidence(submission=entry, code=code, evidence=piece, actor=SYSTEM)
        choose_parameter(submission=entry, code=code, parameter=parameter, actor=SYSTEM)
    for code, parameter, title in LINKS if whole else LINKS[:-1]:
        link = bring_link(innovation=innovation, title=title, link=f"https://contoh.go.id/{code}", actor=SYSTEM)
        use_evidence(submission=entry, code=code, evidence=link, actor=SYSTEM)
        choose_parameter(submission=entry, code=code, parameter=parameter, actor=SYSTEM)
    found = proposals_of(entry, guide_of(innovation.organisation, YEAR))
    for proposal in (each for each in found if each.proof.genre == "stages" and whole):
        accept_proposal(submission=entry, proposal=proposal, codes=["32"], actor=SYSTEM)
        choose_parameter(submission=entry, code="32", parameter=2, actor=SYSTEM)
