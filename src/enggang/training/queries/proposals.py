"""From the nominations of a call to the plain question of who gets the seats, and from its answer to a list with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enggang.people.models import Employment
from enggang.seats.models import Pool
from enggang.training.enums import NominationState
from enggang.training.enums import PlacedBecause as Because
from enggang.training.models import Proposal, ProposalRow, Wave
from enggang.training.placing.greedy import order
from enggang.training.placing.problem import Candidate, Placement, Problem
from enggang.training.queries.nominations import (
    NominationLine,
    WaveRoom,
    in_order,
    nomination_lines,
    rooms,
    works_of,
)
from enggang.training.queries.pools import in_order_for

Reason = tuple[str, dict[str, str | int]]
MALE, FEMALE = "1", "2"  # the fifteenth digit of an NIP


def because(why: Because, **facts: str | int) -> Reason:
    """As a row of a proposal keeps it."""
    return str(why), facts


@dataclass(slots=True)
class Asked:
    """The question with what its answer is explained from. ``own`` is what people have fixed or excluded, ``ranks`` the
    order they have put the list in (empty: by worth), ``lost`` whose fixed seat is gone."""

    problem: Problem
    lines: Mapping[int, NominationLine]
    waves: Mapping[int, Wave]
    pools: Mapping[int, Pool]
    own: Mapping[int, ProposalRow]
    ranks: Mapping[int, int] = field(default_factory=dict)
    lost: frozenset[int] = frozenset()

    def rows(self, proposal: Proposal, placed: Placement) -> list[ProposalRow]:
        """The placed first, each part by worth; those that people left out come last. An order of their own stays."""
        ranked = [each.id for each in order(self.problem)]
        ordered = [pk for pk in ranked if pk in placed] + [pk for pk in ranked if pk not in placed]
        ordered += [pk for pk, row in self.own.items() if row.excluded and pk in self.lines]
        if self.ranks:  # who is new comes behind those whose place people have chosen
            ordered.sort(key=lambda pk: self.ranks.get(pk, len(self.ranks) + 1))
        evened = Evened(self.problem, placed)
        return [self._row(proposal, pk, rank, placed.get(pk), evened) for rank, pk in enumerate(ordered, 1)]

    def _row(self, proposal: Proposal, pk: int, rank: int, pool: int | None, evened: Evened) -> ProposalRow:
        own = self.own.get(pk)
        fixed = own is not None and own.fixed and pool is not None
        excluded = own is not None and own.excluded
        row = ProposalRow(
            proposal=proposal, nomination=self.lines[pk].nomination, rank=rank, fixed=fixed, excluded=excluded,
            pool_id=pool, wave_id=None if pool is None else self.problem.wave_of(pool),
        )  # fmt: skip
        if own and (fixed or excluded):
            row.reasons, row.written = own.reasons, own.written
        else:
            row.reasons = [*self._why(self.lines[pk], pool), *evened.why(pk)]
        return row

    def _why(self, line: NominationLine, pool: int | None) -> Iterator[Reason]:
        """What spoke for and against."""
        pk = line.nomination.pk
        free = [wave for wave in self.waves if wave not in line.blocked]
        if pk in self.lost:
            yield because(Because.LOST)
        if pool is None:
            yield because(Because.NO_SEAT if free else Because.BUSY)
        if pool is None and not free and line.clash:
            yield because(Because.CLASH, what=line.clash)
        yield because(Because.PRIORITY, rank=line.rank)
        yield because(Because.TRAINED if line.trained else Because.NEVER_TRAINED)
        if line.over:
            yield because(Because.OVER_QUOTA, quota=line.nomination.invited.quota)
        if pool is not None and len(self.pools) > len(self.waves):
            yield because(Because.QUOTA, quota=self.pools[pool].name)
        if pool is not None and len(free) == 1 and len(self.waves) > 1:
            yield because(Because.ONLY_WAVE)


class Evened:
    """Whose seat is owed to the evenness of women and men, and who was passed over for it."""

    def __init__(self, problem: Problem, placed: Placement) -> None:
        self.placed = placed
        self.worth = {each.id: problem.worth_of(each) for each in problem.candidates}
        self.by_id = {each.id: each for each in problem.candidates}
        self.least: dict[tuple[int, int], int] = {}  # of those seated in a pool, by gender, the least worth
        self.most: dict[tuple[int, int], int] = {}  # of those without a seat who fit a pool, the most
        for each in problem.candidates:
            worth, pool = self.worth[each.id], placed.get(each.id)
            if pool is not None and not each.fixed:  # whom people have fixed, no evenness has seated
                self.least[pool, each.step] = min(worth, self.least.get((pool, each.step), worth))
            for free in each.fits if pool is None else ():
                self.most[free, each.step] = max(worth, self.most.get((free, each.step), worth))

    def why(self, pk: int) -> Iterator[Reason]:
        each = self.by_id.get(pk)
        if each is None or not each.step or each.fixed:
            return
        pool = self.placed.get(pk)
        if pool is not None and self.most.get((pool, -each.step), -1) > self.worth[pk]:
            yield because(Because.EVENED_UP)
        elif pool is None and any(self.least.get((free, -each.step), 1 << 60) < self.worth[pk] for free in each.fits):
            yield because(Because.EVENED_OUT)


def ask(proposal: Proposal) -> Asked:
    """The approved nominations of the call with the free seats of every quota of its waves."""
    call, rows = proposal.call, list(proposal.rows.all())
    own = {row.nomination_id: row for row in rows if row.fixed or row.excluded}
    lines = {
        line.nomination.pk: line
        for line in nomination_lines(call, in_order(call).filter(state=NominationState.APPROVED))
    }
    found = rooms(call)
    works = works_of(line.nomination.person_id for line in lines.values())
    candidates = [
        _candidate(line, own.get(pk), found, works.get(line.nomination.person_id)) for pk, line in lines.items()
        if not (pk in own and own[pk].excluded)
    ]  # fmt: skip
    seats = {pool.pk: pool.free for room in found for pool in room.pools}
    lost = _lost(candidates, seats)
    candidates = [
        _candidate(lines[each.id], None, found, works.get(lines[each.id].nomination.person_id))
        if each.id in lost else each for each in candidates
    ]  # fmt: skip
    quota = {line.nomination.invited_id: line.nomination.invited.quota for line in lines.values()}
    of = {pool.pk: room.wave.pk for room in found for pool in room.pools}
    pools = {pool.pk: pool for room in found for pool in room.pools}
    ranks = {row.nomination_id: row.rank for row in rows} if proposal.ordered else {}
    waves = {room.wave.pk: room.wave for room in found}
    return Asked(Problem(candidates, seats, quota, of, ranks), lines, waves, pools, own, ranks, lost)


def _lost(candidates: Sequence[Candidate], seats: Mapping[int, int]) -> frozenset[int]:
    """The fixed for whom no seat is left: since they were fixed others have taken it, or their quota was cut."""
    used: Counter[int] = Counter()
    lost = set()
    for each in sorted((one for one in candidates if one.fixed), key=lambda one: (one.priority, one.id)):
        pool = next((pool for pool in each.fits if used[pool] < seats[pool]), None)
        if pool is None:
            lost.add(each.id)
        else:
            used[pool] += 1
    return frozenset(lost)


def _candidate(
    line: NominationLine, own: ProposalRow | None, found: Sequence[WaveRoom], work: Employment | None
) -> Candidate:
    nip = line.nomination.person.nip
    woman = {MALE: False, FEMALE: True}.get(nip[14:15])
    waves = [room for room in found if room.wave.pk not in line.blocked]
    chosen = [room for room in found if own and own.fixed and room.wave.pk == own.wave_id]
    fits = tuple(
        pool.pk
        for room in chosen or waves
        for pool in (in_order_for(room.pools, work.organisation, work.kind) if work else ())
    )
    rank, pk = line.rank, line.nomination.pk
    return Candidate(pk, line.nomination.invited_id, rank, fits, bool(line.trained), woman, bool(chosen))
