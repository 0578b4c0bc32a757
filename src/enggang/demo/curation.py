"""A round of curation over the demonstration's proposals. The events and the rubric are real; judges, points, notes and
reasons are made up."""

from __future__ import annotations

from collections import Counter

from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain import curation as rounds
from enggang.events.domain import judging
from enggang.events.domain.editions import open_edition
from enggang.events.domain.stages import advance_edition
from enggang.events.enums import Stage
from enggang.events.models import CurationProposal, CurationRound, Edition, Event
from enggang.events.queries.judges import allowed
from enggang.places.models import Organisation
from enggang.reviews.models import Criterion

ANNOUNCED = ("Gawia Sowa", "Festival Danau Sentarum")  # without an edition yet: no rule computes their day
JUDGES = (
    ("Contoh Juri Budaya", "Budayawan (contoh)", ""),
    ("Contoh Juri Pemasaran", "Praktisi pemasaran wisata (contoh)", ""),
    ("Contoh Juri Mempawah", "Pengelola acara (contoh)", "kalbar/mempawah/disporapar"),
)
CALL = """Data peragaan. Usulkan acara tahun depan lewat tab Tahap pada edisinya. Lengkapi tempat dengan daya tampung, tanggal,
penyelenggara, dan perkiraan pengunjung; halaman ini menunjukkan apa yang masih kurang."""
NOTES = {40: "Contoh catatan: belum terlihat pada catatan, perlu dilengkapi.", 60: "Contoh catatan: cukup, masih dapat dipertajam.",
         80: "Contoh catatan: baik dan sudah ada buktinya.", 100: "Contoh catatan: dapat menjadi rujukan."}  # fmt: skip

POINTS = ((80, 60, 80, 60, 40), (80, 80, 80, 80, 80), (60, 40, 80, 60, 60), (100, 80, 80, 60, 80), (60, 60, 40, 40, 60),
          (80, 80, 100, 80, 60), (40, 60, 60, 40, 40))  # fmt: skip
LOWER = {40: 40, 60: 40, 80: 60, 100: 80}


def lay_down_curation() -> None:
    """Call once, after the events: the year with most ideas is judged, one sheet is still missing."""
    curator = Organisation.objects.get(key="kalbar/disporapar")
    ideas = Edition.objects.filter(stage__in=[Stage.IDEA, Stage.PROPOSED])
    year = Counter(ideas.values_list("year", flat=True)).most_common(1)[0][0]
    _propose(year)
    curation = rounds.open_round(
        organisation=curator, year=year, title=f"Kurasi acara Kalimantan Barat {year} (peragaan)", call=CALL,
        deadline=clock.today(), actor=SYSTEM,
    )  # fmt: skip
    for name, post, key in JUDGES:
        agency = Organisation.objects.filter(key=key).first() if key else None
        judging.name_judge(curation=curation, name=name, post=post, agency=agency, actor=SYSTEM)
    rounds.start_judging(curation=curation, actor=SYSTEM)
    _score(curation)


def _propose(year: int) -> None:
    for event in Event.objects.filter(name__in=ANNOUNCED).exclude(editions__year=year).with_names():
        open_edition(event=event, year=year, actor=SYSTEM)
    for edition in Edition.objects.filter(year=year, stage=Stage.IDEA).with_names():
        advance_edition(
            edition=edition, to=Stage.PROPOSED, decider="Pejabat Contoh", decided_on=clock.today(), actor=SYSTEM,
            reason="Data peragaan: dilengkapi kemudian.",
        )  # fmt: skip


def _score(curation: CurationRound) -> None:
    """Every judge gives a sheet for each proposal they may judge, but for the last one."""
    rows = list(curation.proposals.with_names())
    able = allowed(curation, [row.edition for row in rows])
    criteria = list(curation.rubric.criteria.prefetch_related("levels"))
    for number, row in enumerate(rows):
        judges = able[row.edition_id]
        last = number == len(rows) - 1
        for place, judge in enumerate(judges[:-1] if last else judges):
            given = {each.pk: _points(number, place, position) for position, each in enumerate(criteria)}
            _keep(row, judge.pk, criteria, given)


def _points(proposal: int, judge: int, criterion: int) -> int:
    """One proposal over which the judges are far apart; the others with a gap here and there."""
    if proposal == 1:
        return (100, 40, 60)[judge]
    usual = POINTS[proposal % len(POINTS)][criterion % 5]
    return LOWER[usual] if judge == 1 and criterion == 2 else usual


def _keep(row: CurationProposal, judge_id: int, criteria: list[Criterion], given: dict[int, int]) -> None:
    judge = row.round.judges.select_related("subject", "agency").get(pk=judge_id)
    levels = {
        each.pk: next(level.pk for level in each.levels.all() if level.points == given[each.pk]) for each in criteria
    }
    notes = {each.pk: NOTES[given[each.pk]] for each in criteria}
    judging.judge_proposal(
        proposal=CurationProposal.objects.with_names().get(pk=row.pk), judge=judge, levels=levels, notes=notes,
        feedback="Contoh pesan juri untuk instansi pengusul.",
        actor=SYSTEM.with_scopes({(LinkScope.CURATION, judge.code)}),
    )  # fmt: skip
