"""The ministry's indicators of an event, from what is on record; a number that was entered stands only where nothing is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from enggang.attendance.queries.tally import tally_of
from enggang.attendance.queries.tally_facts import facts_of, results_of
from enggang.budgets.amounts import shown
from enggang.events.enums_impact import InputKind
from enggang.events.models import Edition, ImpactInput
from enggang.events.queries.counting import number_in_words
from enggang.events.queries.edition_concept import figure
from enggang.events.queries.stalls import call_of
from enggang.events.queries.turnover import Board, board_of


@dataclass(frozen=True, slots=True)
class Indicator:
    """``text`` is «–» where nothing is known. ``entered``: not of the record; ``source`` says from where then."""

    name: str
    text: str
    method: str
    source: str
    entered: bool = False

    @property
    def is_known(self) -> bool:
        return self.text != "–"


def indicators_of(edition: Edition, board: Board | None = None) -> list[Indicator]:
    """Visitors, transactions, MSMEs, artists, jobs: in the ministry's order."""
    call = call_of(edition)
    board = board or (board_of(call, None) if call else None)
    entered = {row.kind: row for row in ImpactInput.objects.filter(edition=edition, void=False)}
    reported = board.total if board and board.all else None
    return [
        _visitors(edition),
        _one(
            _("Transactions"), None if reported is None else shown(reported),
            _("Sum of what stalls reported day by day, of residents and visitors alike; days without a report are not estimated."),
            entered.get(InputKind.TRANSACTIONS), money=True,
        ),
        _one(
            _("MSMEs"), figure(board.stalls) if board and board.stalls else None,
            _("Businesses that were given a stall."), entered.get(InputKind.MSMES),
        ),
        _one(_("Artists"), None, "", entered.get(InputKind.ARTISTS)),
        _one(_("Jobs"), None, "", entered.get(InputKind.JOBS)),
    ]  # fmt: skip


def _visitors(edition: Edition) -> Indicator:
    closed = results_of(edition.subject)
    facts = closed[0].read() if closed else facts_of(tally_of(edition.subject, edition.organisation))
    number = number_in_words(facts["visitors"])
    source = _("Counting, version %(number)s") % {"number": closed[0].number} if closed else _("Counting, not closed")
    return Indicator(_("Visitors"), number.text, _("The number of the counting with its range."), source if facts["visitors"] else "")  # fmt: skip


def _one(name: str, recorded: str | None, method: str, row: ImpactInput | None, *, money: bool = False) -> Indicator:
    if recorded is not None:
        return Indicator(name, recorded, method, _("On record here"))
    if row is not None and row.amount is not None:
        text = shown(row.amount) if money else figure(row.amount)
        return Indicator(name, text, _("Entered: nothing of it is on record here."), row.source, entered=True)
    return Indicator(name, "–", _("Nothing is on record, and nobody has entered it."), "")
