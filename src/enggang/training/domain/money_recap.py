"""The recap for the treasurer, as a workbook and as a PDF: the same rows, what is missing in red."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.budgets.amounts import shown
from enggang.budgets.exports import budget_sheets
from enggang.budgets.models import Budget, Payment
from enggang.budgets.queries.overview import Overview, overview
from enggang.core import clock
from enggang.core.text import Absent
from enggang.documents.domain.letterheads import emblem_bytes
from enggang.documents.domain.letters import head_of
from enggang.documents.models import Letterhead
from enggang.documents.rendering.letter import SPECIMEN, Head, Signing
from enggang.documents.rendering.listing import Column, Listing, Section, render_listing
from enggang.people.roster.workbooks import several_sheets
from enggang.training.models import Wave
from enggang.training.queries.fees import FeeRow, days_of, fee_rows, numbers_of
from enggang.training.queries.recap import missing_of, missing_papers

PAPER = "recap"
Rows = list[list[Any]]


def recap_workbook(wave: Wave, budget: Budget) -> bytes:
    """The budget's sheets, and beside them honorarium, travel and what is missing."""
    sheets: dict[str, tuple[list[str], Iterable[list[Any]]]] = {**budget_sheets(budget)}
    sheets[_("Honorarium")] = (
        [_("Name"), _("Sessions"), _("JP"), _("Number of units"), _("Rate"), _("Reckoned by"), _("Gross"), _("Tax"), _("Net"), _("Paid (gross)"),
         _("Tax withheld"), _("Paid (net)"), _("Still to be paid"), _("Paid on"), _("Receipt")],
        [_fee(row) for row in fee_rows(wave)],
    )  # fmt: skip
    sheets[_("Travel")] = (
        [_("Name"), _("SPPD"), _("From"), _("To"), _("Days"), _("Per diem"), _("Transport"), _("Lodging"), _("Total"),
         _("Room at the hotel"), _("Diet"), _("Missing documents"), _("Paid"), _("Paid on"), _("Receipt")],
        _trips(wave),
    )  # fmt: skip
    lacking = [[where, Absent(what)] for where, what in missing_papers(wave, budget)]
    sheets[_("Missing documents")] = ([_("Line or person"), _("Missing documents")], lacking)
    return several_sheets(sheets)


def _fee(row: FeeRow) -> list[Any]:
    due = row.due
    return [
        row.person.name, len(row.taught), row.jp, due.units, due.rate.amount if due.rate else "", row.basis, due.gross,
        due.tax, due.net, row.paid, row.paid_tax, row.paid_net, row.open_gross,
        days_of(row.payments), numbers_of(row.payments),
    ]  # fmt: skip


def _trips(wave: Wave) -> Rows:
    return [
        [trip.person.name, trip.number or Absent(_("MISSING")), trip.leaves_from, trip.goes_to, trip.days, trip.daily,
         trip.transport, trip.lodging, trip.total, trip.room, trip.diet, _lacking(missing_of(trip)),
         trip.paid, days_of(trip.standing_payments), numbers_of(trip.standing_payments)]
        for trip in wave.trips.select_related("person").prefetch_related("receipts", "payments")
    ]  # fmt: skip


def _lacking(names: Iterable[str]) -> str:
    found = ", ".join(names)
    return Absent(found) if found else ""


def recap_pdf(wave: Wave, budget: Budget) -> bytes:
    """Landscape, under the agency's letterhead when it has one. Raises Unprintable when no font has a character."""
    head = letterhead_of(wave)
    found = overview(budget)
    sections = [_plan(found), _payments(budget), _honorarium(wave), _travel(wave), _missing(wave, budget, found)]
    listing = Listing(
        title=_("Recap for the treasurer"), about=marked(wave, dict.fromkeys([str(wave), str(budget)])),
        head=printed_head(wave, head), sections=sections, day=clock.today(wave.organisation.time_zone), signing=_treasurer(), wide=True,
    )  # fmt: skip
    return render_listing(listing, emblem=emblem_bytes(head))


def marked(wave: Wave, lines: Iterable[str]) -> list[str]:
    """What stands under the title; a demonstration says so on this paper as well."""
    return [*lines, *([SPECIMEN] if wave.specimen else [])]


def letterhead_of(wave: Wave, paper: str = PAPER) -> Letterhead | None:
    rows = Letterhead.objects.filter(organisation=wave.organisation).select_related("emblem")
    return rows.on(clock.today(wave.organisation.time_zone), paper).first()


def printed_head(wave: Wave, head: Letterhead | None) -> Head:
    """The letterhead in force; an agency that has none yet still prints its list under its name."""
    if head is None:
        return {"lines": [wave.organisation.name], "address": [], "city": "", "emblem": ""}
    return cast(Head, head_of(head))


def _treasurer() -> Signing:
    return {"title": [_("Treasurer,")], "name": "…" * 20, "rank": "", "nip": ""}


def _plan(found: Overview) -> Section:
    columns = [
        Column(_("Item"), width=3), Column(_("Planned"), True), Column(_("Contracted"), True), Column(_("Paid"), True),
        Column(_("Remaining"), True), Column(_("Missing documents"), width=3),
    ]  # fmt: skip
    rows = [
        [row.line.item, *_money(row.planned, row.contracted, row.paid, row.remaining),
         _lacking(rule.name for rule in row.missing)]
        for row in found.rows
    ]  # fmt: skip
    total = [_("Total"), *_money(found.planned, found.contracted, found.paid, found.remaining), ""]
    return Section(_("Budget lines (Rp)"), columns, [*rows, total] if rows else [])


def _payments(budget: Budget) -> Section:
    """Every payment by day with its number; what was voided says why, and what took its place says so."""
    columns = [
        Column(_("Paid on"), width=2), Column(_("Paid to"), width=3), Column(_("Receipt"), width=3), Column(_("Gross"), True),
        Column(_("Tax"), True), Column(_("Net"), True), Column(_("Remarks"), width=3),
    ]  # fmt: skip
    found = Payment.objects.filter(line__budget=budget).select_related("replaces")
    rows = [
        [date_format(row.paid_on, "j M Y"), row.payee, row.numbered, *_money(row.amount, row.tax_amount, row.net), _remark(row)]
        for row in found
    ]  # fmt: skip
    return Section(_("Payments (Rp)"), columns, rows, _("Nothing is paid yet."))


def _remark(row: Payment) -> str:
    said = []
    if row.voided_at:
        said.append(_("voided: %(reason)s") % {"reason": row.void_reason})
    if row.replaces:
        day = date_format(row.replaces.paid_on, "j M Y")
        said.append(
            _("corrects the payment of %(day)s, %(amount)s") % {"day": day, "amount": shown(row.replaces.amount)}
        )
    return "; ".join(said)


def _honorarium(wave: Wave) -> Section:
    columns = [Column(_("Name"), width=3), Column(_("Number of units"), True), Column(_("Reckoned by"), width=3)]
    names = (
        _("Gross"),
        _("Tax"),
        _("Net"),
        _("Paid (gross)"),
        _("Tax withheld"),
        _("Paid (net)"),
        _("Still to be paid"),
    )
    columns += [Column(name, True) for name in names]
    rows = [
        [row.person.name, str(row.due.units), row.basis, *_money(row.due.gross, row.due.tax, row.due.net, row.paid,
                                                                 row.paid_tax, row.paid_net, row.open_gross)]
        for row in fee_rows(wave)
    ]  # fmt: skip
    return Section(_("Honorarium (Rp)"), columns, rows, _("No instructor is named in a session yet."))


def _travel(wave: Wave) -> Section:
    columns = [Column(_("Name"), width=3), Column(_("SPPD"), width=2), Column(_("Days"), True)]
    names = (_("Per diem"), _("Transport"), _("Lodging"), _("Total"))
    columns += [*(Column(name, True) for name in names), Column(_("Missing documents"), width=2)]
    rows = [
        [row[0], row[1], str(row[4]), *_money(*row[5:9]), row[11]] for row in _trips(wave)
    ]  # fmt: skip
    return Section(_("Travel (Rp)"), columns, rows, _("Nobody travels yet."))


def _missing(wave: Wave, budget: Budget, found: Overview) -> Section:
    rows = [[where, Absent(what)] for where, what in missing_papers(wave, budget, found)]
    columns = [Column(_("Line or person")), Column(_("Missing documents"))]
    return Section(_("Missing documents"), columns, rows, _("Nothing is missing."))


def _money(*amounts: int) -> list[str]:
    return [shown(amount).replace("Rp\N{NO-BREAK SPACE}", "") for amount in amounts]
