"""What is on record of an edition when its report is written, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.attendance.admissions import admitted_to
from enggang.attendance.queries.tally_facts import results_of
from enggang.budgets.queries.overview import overview
from enggang.core import clock
from enggang.documents.rendering.wording import long_date
from enggang.events.enums import WITH_US, Measure, PermitState, PublicationState
from enggang.events.models import (
    Account,
    Edition,
    Incident,
    Partnership,
    Permit,
    Publication,
    SectionReport,
    StallCall,
    Threshold,
)  # fmt: skip
from enggang.events.queries.counting import told
from enggang.events.queries.impact_facts import impact_results
from enggang.events.queries.missing import Missing
from enggang.events.queries.survey import survey_of
from enggang.events.queries.turnover import DaySum, board_of
from enggang.places.queries.dated import closest


@dataclass(frozen=True, slots=True)
class Visitors:
    """The closed number in one sentence, and how it was got."""

    sentence: str
    how: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    account: Account
    sections: list[SectionReport]
    incidents: list[Incident]
    visitors: Visitors | None
    tickets: int
    stalls: int
    turnover: list[DaySum]
    partners: list[Partnership]
    posts: list[Publication]
    permits: list[Permit]


def account_of(edition: Edition) -> Account:
    """The words on record; none yet when nobody has written any."""
    return Account.objects.filter(edition=edition).first() or Account(edition=edition)


def told_of(edition: Edition) -> Told:
    call = StallCall.objects.filter(edition=edition).first()
    board = board_of(call, None) if call else None
    return Told(
        account=account_of(edition),
        sections=list(edition.section_reports.all()),
        incidents=list(edition.incidents.standing().select_related("site")),
        visitors=_visitors(edition),
        tickets=sum(row.admitted for row in admitted_to(edition.subject)),
        stalls=board.stalls if board else 0,
        turnover=board.days if board else [],
        partners=list(Partnership.objects.filter(edition=edition, state__in=WITH_US).select_related("partner")),
        posts=list(
            Publication.objects.filter(edition=edition, state=PublicationState.POSTED).order_by("posted_on", "pk")
        ),
        permits=list(Permit.objects.filter(edition=edition)),
    )


def _visitors(edition: Edition) -> Visitors | None:
    results = results_of(edition.subject)
    if not results:
        return None
    with translation.override("id"):
        found = told(results[0].read())
        closed = long_date(clock.day_of(results[0].closed_at, edition.time_zone))
        what = found.visitors if found.has_visitors else found.entries
        noun = "pengunjung" if found.has_visitors else "kali masuk"
        note = f" {what.why}" if what.why else " (kisaran pada keyakinan 95%)" if "–" in what.text else ""
        sentence = f"{what.text} {noun}{note}, hasil penghitungan versi {results[0].number} yang ditutup {closed}."
        how = [f"{line.name}: {line.method}; {'; '.join(line.how)}" for line in found.points]
        return Visitors(sentence, [*how, *found.rests_on])


@dataclass(frozen=True, slots=True)
class Due:
    """The day the report is due. ``rule``: the dated row it was reckoned from; None where the committee set the day."""

    on: date
    rule: Threshold | None = None


def due_of(edition: Edition) -> Due | None:
    """The day that was set, else as many days after the last one as the row in force on that day says; None without either."""
    account = account_of(edition)
    if account.due_on:
        return Due(account.due_on)
    if edition.ends_on is None:
        return None
    rows = Threshold.objects.serving(edition.organisation).on(edition.ends_on).filter(name=Measure.ACCOUNT_DUE)
    rule = closest(rows, lambda row: row.name).get(Measure.ACCOUNT_DUE)
    return Due(edition.ends_on + timedelta(days=rule.value), rule) if rule else None


def late_by(edition: Edition, due: Due | None) -> int:
    """So many days its report is late; an edition is closed once the report is handed in, and then it is late no more."""
    return max((clock.today(edition.time_zone) - due.on).days, 0) if due and edition.is_under_way else 0


def missing_of_account(edition: Edition) -> list[Missing]:
    """What is not on record yet, each with the page where it is entered: what stands in red."""
    return [*_of_words(edition), *_of_numbers(edition), *_of_money(edition), *_of_others(edition)]


def _page(edition: Edition, name: str) -> str:
    return reverse(f"events:{name}", args=[edition.code])


def _of_words(edition: Edition) -> Iterator[Missing]:
    account, href = account_of(edition), _page(edition, "account_edit")
    texts = {
        "results": _("What was reached is not written."), "obstacles": _("The obstacles are not written."),
        "suggestions": _("No suggestions for the next time are written."),
        "closing": _("The closing words are not written."),
    }  # fmt: skip
    yield from (Missing(words, href) for name, words in texts.items() if not getattr(account, name).strip())
    if not edition.section_reports.exists():
        yield Missing(_("No section of the committee has reported."), _page(edition, "section_report_new"))


def _of_numbers(edition: Edition) -> Iterator[Missing]:
    if not results_of(edition.subject):
        yield Missing(_("The number of visitors is not closed."), _page(edition, "counting"))
    if survey_of(edition) is not None and not impact_results(edition):
        yield Missing(_("The economic impact is not closed."), _page(edition, "impact"))
    call = StallCall.objects.filter(edition=edition).first()
    if call is None:
        return
    board = board_of(call, None)
    unreported = sum(day.missing for day in board.days)
    if unreported:
        text = ngettext("%(n)d report of turnover is missing.", "%(n)d reports of turnover are missing.", unreported)
        yield Missing(text % {"n": unreported}, reverse("events:stalls", args=[edition.code]))


def _of_money(edition: Edition) -> Iterator[Missing]:
    if edition.budget is None:
        yield Missing(_("There is no budget."), _page(edition, "money"))
        return
    found = overview(edition.budget)
    for row in found.rows:
        href = reverse("budgets:line", args=[edition.budget.code, row.line.pk])
        for rule in row.missing:
            yield Missing(_("%(line)s: “%(paper)s” is missing.") % {"line": row.line.item, "paper": rule.name}, href)
        if row.is_over:
            yield Missing(_("%(line)s: more was paid or contracted than planned.") % {"line": row.line.item}, href)


def _of_others(edition: Edition) -> Iterator[Missing]:
    for permit in Permit.objects.filter(edition=edition).exclude(state__in=[PermitState.ISSUED, PermitState.DROPPED]):
        href = reverse("events:permit", args=[permit.code])
        yield Missing(
            _("%(permit)s is not issued: %(state)s.") % {"permit": permit, "state": permit.get_state_display()}, href
        )
    for permit in Permit.objects.filter(edition=edition, state=PermitState.ISSUED, scan=None):
        yield Missing(
            _("%(permit)s: no copy is kept.") % {"permit": permit}, reverse("events:permit", args=[permit.code])
        )
    for incident in edition.incidents.open():
        words = {"what": incident.get_kind_display(), "day": date_format(incident.on, "j F Y")}
        yield Missing(_("%(what)s of %(day)s is not settled.") % words, _page(edition, "accounting") + "#kejadian")
