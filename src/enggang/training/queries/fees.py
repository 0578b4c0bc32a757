"""What each instructor of a wave has taught and is due, reckoned from the sessions and the dated rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from enggang.budgets.amounts import grade_of
from enggang.budgets.models import Payment, TeachingUnit
from enggang.budgets.queries.reckoning import Honorarium, tariff, units_taught
from enggang.core import clock
from enggang.people.models import Employment, Person
from enggang.training.models import Fee, Instructor, Session, Wave


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One instructor: sessions planned and taught by now, the honorarium for those taught, and what was paid of it.

    ``due`` moves with sessions and rates; what was paid stays as it was paid.
    """

    person: Person
    instructor: Instructor | None  # None: not in the agency's pool yet, so nothing can be reckoned
    fee: Fee | None
    planned: list[Session]
    taught: list[Session]
    due: Honorarium
    payments: list[Payment]  # without the voided ones

    @property
    def jp(self) -> int:
        return sum(session.jp for session in self.taught)

    @property
    def basis(self) -> str:
        """By which rate and tax row it is reckoned: unit, where the instructor comes from, rank; kind, status, grade."""
        return "; ".join(str(row) for row in (self.due.rate, self.due.tax_rate) if row)

    @property
    def paid(self) -> int:
        return sum(payment.amount for payment in self.payments)

    @property
    def paid_tax(self) -> int:
        return sum(payment.tax_amount for payment in self.payments)

    @property
    def paid_net(self) -> int:
        return self.paid - self.paid_tax

    @property
    def open_gross(self) -> int:
        """What is still to be paid; below zero when more was paid than is due now."""
        return self.due.gross - self.paid

    @property
    def open_tax(self) -> int:
        return min(max(self.due.tax - self.paid_tax, 0), max(self.open_gross, 0))

    @property
    def overpaid(self) -> int:
        return max(-self.open_gross, 0)

    @property
    def is_paid(self) -> bool:
        return bool(self.payments) and self.open_gross <= 0


def fee_rows(wave: Wave) -> list[FeeRow]:
    """By name; the same number of queries for any number of instructors."""
    now = clock.now()
    planned: dict[Person, list[Session]] = defaultdict(list)
    for session in wave.sessions.planned().with_places():
        for person in session.teachers:
            planned[person].append(session)
    ids = [person.pk for person in planned]
    pool = {
        row.person_id: row
        for row in Instructor.objects.filter(organisation=wave.organisation, person__in=ids).select_related("person")
    }
    standing_payments = Prefetch("payments", Payment.objects.filter(voided_at=None), to_attr="standing")
    fees = {row.instructor_id: row for row in wave.fees.select_related("unit").prefetch_related(standing_payments)}
    ranks = dict(Employment.objects.present().filter(person__in=ids).values_list("person_id", "rank"))
    standing = tariff(wave.organisation, wave.ends_on)
    rows = []
    for person in sorted(planned, key=lambda one: (one.name_key, one.pk)):
        instructor = pool.get(person.pk)
        fee = fees.get(instructor.pk) if instructor else None
        taught = [session for session in planned[person] if session.ends_at <= now]
        unit = fee.unit if fee else None
        due = standing.reckon(
            unit=unit, units=_units(unit, taught), grade=grade_of(ranks.get(person.pk, "")),
            origin=instructor.teacher_origin if instructor else "", rank=instructor.rank_group if instructor else "",
            status=instructor.tax_status if instructor else "",
        )  # fmt: skip
        rows.append(FeeRow(person, instructor, fee, planned[person], taught, due, list(fee.standing) if fee else []))
    return rows


def _units(unit: TeachingUnit | None, taught: list[Session]) -> int:
    if unit is None:
        return 0
    return units_taught(unit, [(int((row.ends_at - row.starts_at).total_seconds()) // 60, row.jp) for row in taught])


def days_of(payments: Iterable[Payment]) -> str:
    return ", ".join(f"{payment.paid_on:%Y-%m-%d}" for payment in payments)


def numbers_of(payments: Iterable[Payment]) -> str:
    return "; ".join(payment.numbered for payment in payments if payment.receipt)
