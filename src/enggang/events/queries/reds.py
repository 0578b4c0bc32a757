"""What is red about editions: by kind, in words, with the page where it is put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.events.enums import PATH, DateState, RedKind, Stage
from enggang.events.models import Edition, Permit
from enggang.events.queries.deadlines import red_of
from enggang.events.queries.edition_concept import begun_among
from enggang.plans.enums import PlanState
from enggang.plans.models import Task

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Red:
    kind: RedKind
    text: str
    href: str

    def __str__(self) -> str:
        return self.text


def reds_of(editions: Sequence[Edition]) -> dict[int, list[Red]]:
    """By the id of the edition; three questions however many there are."""
    by_id = {row.pk: row for row in editions if row.is_under_way}
    found: dict[int, list[Red]] = {row.pk: [] for row in editions}
    begun = begun_among(by_id.values())
    for row in by_id.values():
        found[row.pk] += [*_dates(row, clock.today(row.time_zone)), *_papers(row, row.pk in begun)]
    for permit in (
        Permit.objects.waiting().filter(edition__in=by_id, due_on__isnull=False).select_related("rule", "subject")
    ):
        permit.edition = by_id[permit.edition_id]
        texts = red_of(permit, clock.today(permit.edition.time_zone))
        found[permit.edition_id] += [
            Red(RedKind.PERMIT, text, reverse("events:permit", args=[permit.code])) for text in texts
        ]
    for pk, late in _late_tasks(by_id).items():
        text = ngettext("%(n)s task is late", "%(n)s tasks are late", late) % {"n": late}
        found[pk].append(Red(RedKind.TASK, text, _page(by_id[pk], "plan")))
    return found


def _page(edition: Edition, name: str) -> str:
    return reverse(f"events:{name}", args=[edition.code])


def _dates(edition: Edition, today: date) -> Iterator[Red]:
    if edition.starts_on is None:
        yield Red(RedKind.DATE, _("no date yet"), _page(edition, "dates"))
        return
    if edition.date_state == DateState.TENTATIVE and edition.starts_on - today <= SOON:
        yield Red(RedKind.DATE, _("date still tentative"), _page(edition, "dates"))
    held = {Stage.RUNNING, Stage.EVALUATED}
    if edition.ends_on and edition.ends_on < today and edition.stage not in held:
        yield Red(RedKind.STAGE, _("over, but not evaluated"), _page(edition, "gates"))
    elif edition.starts_on <= today and edition.stage not in held:
        yield Red(RedKind.STAGE, _("has begun, but is not marked as running"), _page(edition, "gates"))


def _papers(edition: Edition, has_concept: bool) -> Iterator[Red]:
    """A concept is asked of what is proposed, a budget of what is approved, an approved one of what is planned."""
    stands = PATH.index(Stage(edition.stage))
    if PATH.index(Stage.PROPOSED) <= stands < PATH.index(Stage.RUNNING) and not has_concept:
        yield Red(RedKind.CONCEPT, _("no concept yet"), _page(edition, "concept"))
    if PATH.index(Stage.APPROVED) <= stands < PATH.index(Stage.EVALUATED):
        if edition.budget is None:
            yield Red(RedKind.MONEY, _("no budget yet"), _page(edition, "money"))
        elif edition.budget.is_draft and stands >= PATH.index(Stage.PLANNED):
            yield Red(RedKind.MONEY, _("the budget is not approved"), _page(edition, "money"))


def _late_tasks(by_id: dict[int, Edition]) -> dict[int, int]:
    by_subject = {row.subject_id: row for row in by_id.values()}
    rows = Task.objects.waiting().filter(plan__about__in=by_subject, plan__state=PlanState.OPEN, due_on__isnull=False)
    late: Counter[int] = Counter()
    for subject, due in rows.values_list("plan__about", "due_on"):
        edition = by_subject[subject]
        if due and due < clock.today(edition.time_zone):
            late[edition.pk] += 1
    return late
