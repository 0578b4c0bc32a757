"""Everything the sections of a report speak of, read once and only when a section asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from enggang.attendance.enums import OccasionState, Status
from enggang.budgets.models import Payment
from enggang.budgets.queries.overview import Overview, overview
from enggang.core import clock
from enggang.documents.models import Letter, Number
from enggang.documents.rendering.wording import long_date
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.surveys.enums import AskingState
from enggang.surveys.queries.opinions import Opinions, opinions_of
from enggang.training.domain.completion import Verdict, verdicts
from enggang.training.enums import PlanState
from enggang.training.models import (
    ActionPlan,
    ActivityReport,
    AssignmentLetter,
    Registration,
    ReportPhoto,
    ReportPoint,
    Session,
    Trip,
    Wave,
    WaveSurvey,
)
from enggang.training.queries.base import Base, base_of
from enggang.training.queries.concerned import EXCUSED, classes_by_registration, concerns
from enggang.training.queries.fees import FeeRow, fee_rows
from enggang.training.queries.gain import Gains, gains_of, pair_of
from enggang.training.queries.letters import letters_of

DASH = "–"


@dataclass(slots=True)
class SessionCount:
    """One session: whom it concerns, and what is known of each of them."""

    session: Session
    concerned: int = 0
    excused: int = 0
    absent: int = 0
    unmarked: int = 0

    @property
    def present(self) -> int:
        return self.concerned - self.excused - self.absent - self.unmarked


class Facts:
    """Of one wave at one moment. ``report`` is None before anybody has written in it."""

    def __init__(self, wave: Wave, report: ActivityReport | None = None) -> None:
        self.wave = wave
        self.report = report
        self.now = clock.now()

    @property
    def as_of(self) -> str:
        local = self.now.astimezone(ZoneInfo(self.wave.time_zone))
        return f"{long_date(local.date())} pukul {local:%H.%M} {local:%Z}"

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verdicts(self.wave)

    @cached_property
    def people(self) -> list[Person]:
        return [row.registration.person for row in self.verdicts]

    @cached_property
    def employments(self) -> dict[int, Employment]:
        rows = Employment.objects.present().filter(person__registrations__wave=self.wave)
        return {row.person_id: row for row in rows}

    @cached_property
    def base(self) -> Base:
        return base_of(self.wave)

    @cached_property
    def sessions(self) -> list[Session]:
        return list(self.wave.sessions.planned().with_places().select_related("occasion"))

    @cached_property
    def session_counts(self) -> list[SessionCount]:
        """From the same misses as the pass list, so that both say the same."""
        classes = classes_by_registration(self.wave)
        found = {
            row.pk: SessionCount(row) for row in self.sessions if row.occasion.state == OccasionState.PLANNED
        }  # fmt: skip
        for verdict in self.verdicts:
            mine = classes.get(verdict.registration.pk, set())
            for count in found.values():
                count.concerned += concerns(count.session, mine)
            for missed in verdict.missed:
                count = found[missed.session.pk]
                count.excused += missed.status in EXCUSED
                count.absent += missed.status == Status.ABSENT
                count.unmarked += missed.status is None
        return list(found.values())

    @cached_property
    def has_tests(self) -> bool:
        return bool(pair_of(self.wave))

    @cached_property
    def gains(self) -> Gains:
        return gains_of(self.wave)

    @cached_property
    def surveys(self) -> list[tuple[WaveSurvey, Opinions]]:
        rows = WaveSurvey.objects.filter(wave=self.wave).exclude(survey__state=AskingState.DRAFT)
        return [(row, opinions_of(row.survey)) for row in rows.select_related("survey")]

    @cached_property
    def money(self) -> Overview | None:
        found = overview(self.wave.budget) if self.wave.budget else None
        return found if found and found.rows else None

    @cached_property
    def payments(self) -> list[Payment]:
        """Those that stand, by day."""
        return (
            list(Payment.objects.filter(line__budget=self.wave.budget_id, voided_at=None))
            if self.wave.budget_id
            else []
        )

    @cached_property
    def fees(self) -> list[FeeRow]:
        return fee_rows(self.wave)

    @cached_property
    def trips(self) -> list[Trip]:
        return list(self.wave.trips.select_related("person").prefetch_related("receipts"))

    @cached_property
    def agencies(self) -> dict[int, str]:
        """By traveller: the agency they are registered for, else where they work now."""
        travellers = [trip.person_id for trip in self.trips]
        works = Employment.objects.present().filter(person__in=travellers).select_related("organisation")
        found = {row.person_id: row.organisation.name for row in works}
        return found | {row.registration.person_id: row.registration.agency.name for row in self.verdicts}

    @cached_property
    def origins(self) -> dict[int, str]:
        """The participants' agencies as the tables name them; two of one name also by what they belong to."""
        rows = Organisation.objects.filter(pk__in={row.registration.agency_id for row in self.verdicts})
        found = rows.values_list("pk", "name", "parent__name")
        return told_apart({pk: (name, parent or "") for pk, name, parent in found})

    @cached_property
    def certificates(self) -> list[Registration]:
        """Who holds an issued certificate, in the order of the register: as text, 10 would stand before 9."""
        held = [row for row in (each.registration for each in self.verdicts) if row.award and row.award.is_issued]
        numbers = Number.objects.filter(document__award__registration__wave=self.wave)
        places = {award: rest for award, *rest in numbers.values_list("document__award", "register", "year", "seq")}
        return sorted(held, key=lambda row: places[row.award_id or 0])

    @cached_property
    def letters(self) -> list[Letter]:
        return [row for row in letters_of(self.wave) if row.is_issued]

    @cached_property
    def assignments(self) -> list[AssignmentLetter]:
        return list(
            AssignmentLetter.objects.filter(wave=self.wave).select_related("subject", "agency").order_by("dated", "pk")
        )

    @cached_property
    def plans(self) -> list[ActionPlan]:
        """Submitted ones; a draft is its author's own."""
        rows = ActionPlan.objects.filter(registration__in=self.wave.registrations.seated())
        return list(rows.exclude(state=PlanState.DRAFT).with_names().order_by("registration__person__name_key"))

    @cached_property
    def points(self) -> list[ReportPoint]:
        return list(self.report.points.all()) if self.report else []

    @cached_property
    def photos(self) -> list[ReportPhoto]:
        return list(self.report.photos.select_related("upload__file")) if self.report else []


def told_apart(names: dict[int, tuple[str, str]]) -> dict[int, str]:
    """From {key: (name, what else is known)} a name for each that no other has: the name alone wherever it will do."""
    often = Counter(name for name, _more in names.values())
    labels = {key: name if often[name] == 1 else f"{name} ({more})" for key, (name, more) in names.items()}
    twice = Counter(labels.values())
    return {key: label if twice[label] == 1 else f"{label} [{key}]" for key, label in labels.items()}


def decimal(value: float | None, places: int = 1) -> str:
    """``4.25`` as ``4,3``; nothing as a dash."""
    return DASH if value is None else f"{value:.{places}f}".replace(".", ",")


def share(part: int, whole: int) -> str:
    """Percent with one decimal; a dash where there is nothing to take a share of."""
    return decimal(100 * part / whole) if whole else DASH


def tenths(values: Iterable[float]) -> list[int]:
    return [round(value * 10) for value in values]
