"""What went otherwise than planned in the edition before, as far as it is recorded: beside the new plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.budgets.amounts import shown
from enggang.budgets.queries.overview import overview
from enggang.events.enums import PermitState
from enggang.events.models import Account, Edition, Incident, Permit, PermitStep
from enggang.events.queries.dates import days_in_words
from enggang.plans.enums import TaskState
from enggang.plans.queries.tasks import plan_about


@dataclass(frozen=True, slots=True)
class Lesson:
    """``kind`` groups them: date, gate, permit, task, money; next, obstacle, incident."""

    kind: str
    text: str


def lessons_of(edition: Edition) -> list[Lesson]:
    return [*_dates(edition), *_gates(edition), *_permits(edition), *_tasks(edition), *_money(edition)]


def handed_on(edition: Edition) -> list[Lesson]:
    """What the report of an edition leaves to the next one: suggestions, obstacles, incidents, then what went otherwise.
    The report itself has chapters of its own for these, so it asks ``lessons_of``."""
    account = Account.objects.filter(edition=edition).first()
    said = [("next", account.suggestions), ("obstacle", account.obstacles)] if account else []
    happened = Incident.objects.filter(edition=edition).standing().order_by("on", "pk")
    said += [("incident", f"{row.what} {row.done}".strip()) for row in happened]
    return [*(Lesson(kind, text) for kind, text in said if text), *lessons_of(edition)]


def _dates(edition: Edition) -> Iterator[Lesson]:
    for change in edition.date_changes.order_by("noted_at"):
        if (change.was_first, change.was_last) == (change.first, change.last):
            continue
        words = {
            "was": days_in_words(change.was_first, change.was_last) or "–",
            "now": days_in_words(change.first, change.last) or "–",
        }
        text = _("The date moved from %(was)s to %(now)s.") % words
        yield Lesson("date", f"{text} {change.reason}".strip())


def _gates(edition: Edition) -> Iterator[Lesson]:
    for step in edition.steps.filter(missing__gt=0).order_by("noted_at"):
        words = {"stage": step.get_now_display(), "n": step.missing, "reason": step.reason}
        yield Lesson("gate", _("To “%(stage)s” with %(n)s items not seen to: %(reason)s") % words)


def _permits(edition: Edition) -> Iterator[Lesson]:
    turned_back = PermitStep.objects.filter(
        permit__edition=edition, now__in=[PermitState.RETURNED, PermitState.REFUSED]
    ).select_related("permit")
    for step in turned_back.order_by("noted_at"):
        words = {"permit": step.permit, "state": step.get_now_display(), "note": step.note}
        yield Lesson("permit", _("%(permit)s: %(state)s. %(note)s") % words)
    for permit in edition.permits.wanted():
        if late := _late(permit):
            yield Lesson("permit", late)


def _late(permit: Permit) -> str:
    if permit.due_on is None or permit.submitted_on is None or permit.submitted_on <= permit.due_on:
        return ""
    words = {
        "permit": permit,
        "on": date_format(permit.submitted_on, "j F Y"),
        "due": date_format(permit.due_on, "j F Y"),
        "n": (permit.submitted_on - permit.due_on).days,
    }
    return _("%(permit)s: submitted on %(on)s, %(n)s days after the last day, %(due)s.") % words


def _tasks(edition: Edition) -> Iterator[Lesson]:
    """Tasks that were done after their date, or never."""
    plan = plan_about(edition.subject)
    for task in plan.tasks.exclude(state=TaskState.DROPPED) if plan else ():
        if task.due_on is None:
            continue
        words: dict[str, object] = {"task": task, "due": date_format(task.due_on, "j F Y")}
        if task.done_on and task.done_on > task.due_on:
            words["n"] = (task.done_on - task.due_on).days
            yield Lesson("task", _("%(task)s: done %(n)s days after its date, %(due)s.") % words)
        elif task.is_waiting and not edition.is_under_way:
            yield Lesson("task", _("%(task)s: never done, due on %(due)s.") % words)


def _money(edition: Edition) -> Iterator[Lesson]:
    if edition.budget is None:
        return
    for row in overview(edition.budget).rows:
        if row.is_over:
            words = {"item": row.line, "planned": shown(row.planned), "paid": shown(max(row.paid, row.contracted))}
            yield Lesson("money", _("%(item)s: planned %(planned)s, became %(paid)s.") % words)
