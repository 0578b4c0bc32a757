"""The diff between a roster and what is on record: who is new, who changes, who stays, whose row goes back.

Nothing is written here; the same plan serves the import, its dry run and the preview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from enggang.core.actor import Actor
from enggang.core.text import folded
from enggang.people import rules
from enggang.people.enums import StaffKind
from enggang.people.names import better_name, initials, is_same_person
from enggang.people.nip import kind_by_nip
from enggang.people.queries.matching import Known, known_by_name, known_by_nip, last_path
from enggang.people.reasons import DOUBTS, HELD_BACK, Reason
from enggang.people.roster.choice import DIFFERENT, KEEP, NEW, NO_CHOICE, Choice
from enggang.people.roster.rows import Entry
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation
from enggang.places.models.organisation import below


@dataclass(slots=True)
class Placement:
    """An employment as it should stand: what a new row of ``Employment`` will hold."""

    organisation: Organisation
    kind: str
    post: str
    rank: str
    unit: str
    since: date | None = None


@dataclass(slots=True)
class Change:
    """A person on record whose facts, employment, or both, will be written. ``placement`` is None when it stays."""

    known: Known
    name: str
    name_key: str
    nip: str
    phone: str
    email: str
    fields: list[str]
    placement: Placement | None


COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "warnings")


@dataclass(slots=True)
class Plan:
    organisation: Organisation
    rows: int = 0
    created: list[tuple[Entry, Placement]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    named: set[int] = field(default_factory=set)  # persons on record whom the list names (ids)
    rejected: list[Entry] = field(default_factory=list)
    warned: list[Entry] = field(default_factory=list)
    questions: list[tuple[Entry, Known, str]] = field(default_factory=list)  # whose NIP is it? with the name to show
    moves: list[tuple[Entry, Known]] = field(default_factory=list)  # does this person come from another agency?
    held: int = 0  # of the rejected ones, those that wait for nothing but a person's word

    @property
    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "created": len(self.created),
            "updated": len(self.changed),
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
            "warnings": len(self.warned) + self.held,
        }


def make_plan(
    *,
    entries: list[Entry],
    organisation: Organisation,
    actor: Actor,
    today: date,
    choice: Choice = NO_CHOICE,
    sheets: Mapping[int, str] | None = None,
) -> Plan:
    """Compare every sound row with the persons on record, as ``choice`` answers what is open. ``sheets``: their names."""
    plan = Plan(organisation, rows=len(entries))
    for entry in entries:
        entry.reset()
        _answer(entry, choice)
    planner = _Planner(
        plan, actor, _units_of(organisation, today), _Ground(entries, organisation, sheets or {}), choice
    )
    for entry in entries:
        if not entry.errors:
            planner.place(entry)
        if entry.errors:
            plan.rejected.append(entry)
            plan.held += all(each.reason in HELD_BACK for each in entry.errors)
        elif entry.warnings:
            plan.warned.append(entry)
    return plan


def _answer(entry: Entry, choice: Choice) -> None:
    """What a person has decided about a row: to take it without its lost NIP, or that an odd NIP is right."""
    if choice.without_nip and entry.has(Reason.NIP_LOST):
        entry.forgive(Reason.NIP_LOST)
        if entry.phone:
            entry.pending = True
            entry.warn(Reason.NIP_PENDING)
        else:
            entry.reject(Reason.PHONE_NEEDED)
    if entry.warnings and not choice.accepts(entry.key) and any(each.reason in DOUBTS for each in entry.warnings):
        entry.reject(Reason.NOT_ACCEPTED)


@dataclass(slots=True)
class _Units:
    """The organisation and those below it. A folded name that two share names none of them."""

    by_name: dict[str, Organisation]
    by_id: dict[int, Organisation]

    def agency_of(self, unit: Organisation) -> int:
        """The id of what the unit is a part of; its own when it is no unit."""
        while unit.kind == OrganisationKind.UNIT and unit.parent_id in self.by_id:
            unit = self.by_id[unit.parent_id]
        return unit.pk


def _units_of(organisation: Organisation, today: date) -> _Units:
    found: dict[str, list[Organisation]] = {}
    rows = list(Organisation.objects.on(today).filter(below(organisation.path)).select_related("subject"))
    for each in rows:
        for key in {folded(each.name), folded(each.short_name)} - {""}:
            found.setdefault(key, []).append(each)
    return _Units({key: named[0] for key, named in found.items() if len(named) == 1}, {each.pk: each for each in rows})


class _Ground:
    """Who is on record, and who has been met in this file."""

    def __init__(self, entries: list[Entry], organisation: Organisation, sheets: Mapping[int, str]) -> None:
        sound = [entry for entry in entries if not entry.errors]
        self.sheets = sheets
        self.by_nip = known_by_nip(entry.nip for entry in sound)
        unmatched = (entry.name_key for entry in sound if entry.nip not in self.by_nip)
        self.by_name = known_by_name(unmatched, path=organisation.path)
        self.met: dict[tuple[str, str] | str, Entry] = {}
        self.taken: dict[int, Entry] = {}

    def meet(self, entry: Entry) -> Entry | None:
        """The row in which this person was met before, if any."""
        key = entry.nip or (entry.name_key, entry.phone)
        return None if (first := self.met.setdefault(key, entry)) is entry else first

    def where(self, first: Entry, entry: Entry) -> int | str:
        """The row of ``first``, as it is said of ``entry``: with the sheet's name when that is another one."""
        name = self.sheets.get(first.sheet) if first.sheet != entry.sheet else ""
        return f"{first.row} ({name})" if name else first.row


@dataclass(slots=True)
class _Planner:
    plan: Plan
    actor: Actor
    units: _Units
    ground: _Ground
    choice: Choice

    def place(self, entry: Entry) -> None:
        """Put one sound row into the plan, or give it its error."""
        if (first := self.ground.meet(entry)) is not None:
            row = self.ground.where(first, entry)
            if is_same_person(entry.name_key, first.name_key):
                entry.reject(Reason.TWICE_IN_FILE, row=row)
            else:
                entry.reject(Reason.NIP_TWICE_IN_FILE, row=row, name=first.name)
            return
        known = self._find(entry)
        if entry.errors:
            return
        if known is None:
            self.plan.created.append((entry, self._new_placement(entry, None)))
        elif (first := self.ground.taken.setdefault(known.person_id, entry)) is not entry:
            entry.reject(Reason.TWICE_IN_FILE, row=self.ground.where(first, entry))
        else:
            self._compare(entry, known)

    def _find(self, entry: Entry) -> Known | None:
        if entry.nip and (known := self.ground.by_nip.get(entry.nip)):
            if not is_same_person(entry.name_key, known.name_key):
                self._ask_whose(entry, known)
            return known
        return self._find_by_name(entry)

    def _ask_whose(self, entry: Entry, known: Known) -> None:
        """The NIP is on record under another name: a question to whoever manages that person, never an overwrite.

        One who has been released is asked about too: whoever sends the list may take them up.
        """
        may = known.path is None or rules.may_manage_people_at(self.actor, known.path)
        say, person = self.choice.answers.get(entry.key, ("", ""))
        if may and person == known.subject_code and say in {KEEP, NEW}:
            entry.keeps_name = say == KEEP
        elif may and person == known.subject_code and say == DIFFERENT:
            entry.reject(Reason.SOMEBODY_ELSE, name=self._name_for_actor(known))
        else:
            name = self._name_for_actor(known)
            entry.reject(Reason.NIP_OTHER_NAME, name=name)
            if may:
                self.plan.questions.append((entry, known, name))

    def _name_for_actor(self, known: Known) -> str:
        """The name on record, masked when the person is none of the actor's business."""
        path = known.path or last_path(known.person_id)
        seen = self.actor.holds(*rules.SEES_PEOPLE, at=path)
        return known.name if seen else initials(known.name)

    def _find_by_name(self, entry: Entry) -> Known | None:
        """Within the organisation, by name and mobile number; a person with another NIP is another person."""
        namesakes = self.ground.by_name.get(entry.name_key, [])
        if entry.nip and (other := next((each for each in namesakes if _clearly_same(entry, each)), None)):
            entry.reject(Reason.NIP_OTHER_OWN, name=other.name)
            return None
        fitting = [(_likeness(entry, each), each) for each in namesakes if _may_be(entry, each)]
        best = [each for likeness, each in fitting if likeness == max(fitting, key=itemgetter(0))[0]]
        if len(best) > 1:
            entry.reject(Reason.SEVERAL_MATCH)
        return best[0] if len(best) == 1 else None

    def _compare(self, entry: Entry, known: Known) -> None:
        placement = self._placement_after(entry, known)
        if entry.errors:
            return
        change = _change_of(entry, known, placement)
        self.plan.named.add(known.person_id)
        if change.fields or placement:
            self.plan.changed.append(change)
            if "nip" in change.fields:
                entry.warn(Reason.NIP_COMPLETED)
        else:
            self.plan.unchanged += 1

    def _placement_after(self, entry: Entry, known: Known) -> Placement | None:
        """The employment to write, or None when the present one says the same already."""
        if known.path is not None and not known.path.startswith(self.plan.organisation.path):
            if not rules.may_move_people_from(self.actor, known.path):
                entry.reject(Reason.ELSEWHERE, agency=known.organisation_name)
                return None
            return self._moved(entry, known, self._new_placement(entry, None))
        new = self._new_placement(entry, known)
        if self._changes_agency(known, new.organisation):
            return self._moved(entry, known, new)
        said = (new.organisation.pk, new.kind, new.post, new.rank, new.unit)
        present = (known.organisation_id, known.kind, known.post, known.rank, known.unit)
        return None if said == present else new

    def _moved(self, entry: Entry, known: Known, new: Placement) -> Placement | None:
        """Nobody changes agency by a list alone: a person has to say that it is so."""
        if self.choice.confirms_move(entry.key, known.organisation_code):
            entry.warn(Reason.MOVED, agency=known.organisation_name)
            return new
        entry.reject(Reason.MOVE_OPEN, agency=known.organisation_name)
        self.plan.moves.append((entry, known))
        return None

    def _changes_agency(self, known: Known, new: Organisation) -> bool:
        """From one agency of ours to another; a unit within the agency, or one named more closely, is no other."""
        old = self._present(known)
        if old is None or old.pk == new.pk or old.path.startswith(new.path) or new.path.startswith(old.path):
            return False
        return self.units.agency_of(old) != self.units.agency_of(new)

    def _new_placement(self, entry: Entry, known: Known | None) -> Placement:
        """What the row says; where it says nothing, what is on record, else what the NIP tells."""
        organisation, unit = self._where(entry, known)
        return Placement(
            organisation,
            entry.kind or _kind_without_word(entry, known),
            entry.post or (known and known.post) or "",
            entry.rank or (known and known.rank) or "",
            unit,
            entry.since,
        )

    def _where(self, entry: Entry, known: Known | None) -> tuple[Organisation, str]:
        """The unit named in the row when it is an organisation of ours; nobody is moved up by a row that says less."""
        named = self.units.by_name.get(folded(entry.unit)) if entry.unit else None
        present = self._present(known)
        if named and not (present and present.path.startswith(named.path)):
            return named, ""
        unit = "" if named else entry.unit
        return present or self.plan.organisation, unit or (known and known.unit) or ""

    def _present(self, known: Known | None) -> Organisation | None:
        return self.units.by_id.get(known.organisation_id) if known and known.organisation_id else None


def _kind_without_word(entry: Entry, known: Known | None) -> StaffKind | str:
    """Where the row does not say it: what is on record, as far as an NIP that comes only now does not tell otherwise."""
    if known and known.kind:
        return known.kind if known.nip else kind_by_nip(known.kind, entry.nip_kind)
    return entry.nip_kind or (StaffKind.PNS if entry.pending else StaffKind.HONORARY)


def _clearly_same(entry: Entry, known: Known) -> bool:
    """Another NIP on record, but the same mobile number or the same birth date in both: one of the two is wrong."""
    if not known.nip or known.nip == entry.nip:
        return False
    return bool(entry.phone and entry.phone == known.phone) or known.nip[:8] == entry.nip[:8]


def _may_be(entry: Entry, known: Known) -> bool:
    if entry.nip and known.nip:
        return False
    return not (entry.phone and known.phone) or entry.phone == known.phone


def _likeness(entry: Entry, known: Known) -> int:
    """Of two namesakes the one who lacks the same things is meant: a second reading must find the same person."""
    return (entry.phone == known.phone) + (entry.nip == known.nip)


def _change_of(entry: Entry, known: Known, placement: Placement | None) -> Change:
    name = better_name(known.name, entry.name) if entry.name_key == known.name_key else entry.name
    change = Change(
        known,
        name=known.name if entry.keeps_name else name,
        name_key=known.name_key if entry.keeps_name else entry.name_key,
        nip=entry.nip or known.nip,
        phone=entry.phone or known.phone,
        email=entry.email or known.email,
        fields=[],
        placement=placement,
    )
    change.fields = [name for name in ("name", "nip", "phone") if getattr(change, name) != getattr(known, name)]
    if change.email.lower() != known.email.lower():
        change.fields.append("email")
    return change
