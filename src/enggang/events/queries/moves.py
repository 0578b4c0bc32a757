"""What hangs on the days of an edition: shown old beside new before they move, and what is left behind when it is cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.attendance.models import Count, CountPoint
from enggang.budgets.queries.overview import overview
from enggang.core import clock
from enggang.events.enums import PartnershipState, PartState, PermitState, PublicationState, RuleKind, SlotState
from enggang.events.enums_stalls import StallCallState
from enggang.events.models import Edition, Part, Permit, Slot, StallApplication, StallCall, SurveyPost
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.deadlines import counter_of
from enggang.events.queries.visitors import news_count
from enggang.plans.queries.dates import date_changes
from enggang.plans.queries.tasks import plan_about


@dataclass(frozen=True, slots=True)
class Dependent:
    """One thing that moves with the days, or does not and should be looked at (``now`` empty)."""

    what: str
    was: str
    now: str
    note: str = ""
    bad: bool = False


def dependents(edition: Edition, first: date | None, last: date | None) -> list[Dependent]:
    """For days that are thought of: deadlines of permits, permits whose validity would not cover them, the budget year."""
    moved = _copy_on(edition, first, last)
    return [
        *_permits(edition, moved), *_plan(edition, first), *_publicity(edition, first), *_visitors(edition, moved),
        *_counting(edition, first), *_survey(edition, first), *_fixed(edition, first), *_followers(edition, first),
        *_budget(edition, first),
    ]  # fmt: skip


def _copy_on(edition: Edition, first: date | None, last: date | None) -> Edition:
    """The edition as it would be, never saved."""
    copy = Edition.objects.with_names().get(pk=edition.pk)
    copy.starts_on, copy.ends_on = first, last or first
    return copy


def _permits(edition: Edition, moved: Edition) -> Iterator[Dependent]:
    counter, today = counter_of(edition), clock.today(edition.time_zone)
    for permit in edition.permits.wanted().select_related("rule"):
        due = counter.due(moved, permit.rule)
        day = due.day if due else None
        if permit.is_waiting and day != permit.due_on:
            late = day is not None and day < today
            note = due.in_words if due else ""
            note = f"{_('this day is over already')} · {note}" if late else note
            yield Dependent(
                _("Deadline: %(permit)s") % {"permit": permit}, _shown(permit.due_on), _shown(day), note, late
            )
        elif not permit.is_waiting and not _covers(permit, moved):
            yield Dependent(str(permit), permit.get_state_display(), "", _asked_for_other_days(permit), True)


def _covers(permit: Permit, moved: Edition) -> bool:
    """Whether what is with the office, or was issued by it, is good on the new days."""
    if permit.state != PermitState.ISSUED or permit.valid_from is None or permit.valid_until is None:
        return False
    if moved.starts_on is None or moved.ends_on is None:
        return False
    return permit.valid_from <= moved.starts_on and moved.ends_on <= permit.valid_until


def _asked_for_other_days(permit: Permit) -> str:
    if permit.is_issued:
        return _("issued for the old days: ask %(office)s for a new one") % {"office": permit.addressee}
    return _("asked for with the old days: tell %(office)s") % {"office": permit.addressee}


def _plan(edition: Edition, first: date | None) -> Iterator[Dependent]:
    """Tasks and days of the rundown that would be proposed another date; somebody accepts them on the page of the plan."""
    plan = plan_about(edition.subject)
    if plan is None or not plan.is_open:
        return
    plan.day = first
    for change in date_changes(plan):
        note = f"{change.counted} · {_('proposed, to be accepted in the plan')}"
        yield Dependent(change.title, _shown(change.old), _shown(change.new), note, change.new < plan.today)


def _publicity(edition: Edition, first: date | None) -> Iterator[Dependent]:
    """Publications counted from the first day move with it; what has a fixed day stays and is to be looked at."""
    today = clock.today(edition.time_zone)
    for row in edition.publications.to_be_posted().select_related("channel"):
        day = row.day_when(first)
        if row.offset is None and row.on:
            yield Dependent(
                f"{row.title} · {row.channel}", _shown(row.on), "", _("a fixed day: look whether it still fits")
            )
        elif day != row.on:
            note = _("this day is over already") if day and day < today else ""
            yield Dependent(f"{row.title} · {row.channel}", _shown(row.on), _shown(day), note, bool(note))


def _visitors(edition: Edition, moved: Edition) -> Iterator[Dependent]:
    """Times that visitors have registered for: their tickets stay valid, and somebody decides whether the times move."""
    slots = Slot.objects.filter(part__edition=edition).exclude(state=SlotState.CALLED_OFF)
    for slot in slots.select_related("part", "pool"):
        slot.part.edition = moved
        day = slot.proposed_day if moved.starts_on and edition.starts_on else None
        people = ngettext("%(people)d person", "%(people)d people", slot.pool.taken) % {"people": slot.pool.taken}
        note = f"{people} · {_('proposed, to be accepted among the visitors; everybody is told')}"
        if day != slot.day:
            yield Dependent(f"{slot.part} · {slot.begins:%H.%M}", _shown(slot.day), _shown(day), note)


def _counting(edition: Edition, first: date | None) -> Iterator[Dependent]:
    """Counting points move with the decision as long as they have counted nothing: they bind nobody outside."""
    if first is None or edition.starts_on is None or edition.starts_on == first:
        return
    points = CountPoint.objects.standing().filter(group=edition.subject)
    used = set(Count.objects.filter(point__in=points).values_list("point", flat=True).distinct())
    by = first - edition.starts_on
    for point in points:
        was = days_in_words(point.first_day, point.last_day)
        if point.pk in used:
            yield Dependent(point.name, was, "", _("has counted already: it stays on these days"))
        else:
            now = days_in_words(point.first_day + by, point.last_day + by)
            yield Dependent(point.name, was, now, _("moves by itself; give its phones new links"))


def _survey(edition: Edition, first: date | None) -> Iterator[Dependent]:
    """Lines of the sample plan go along as long as nobody was asked there; answers stay on their days."""
    if first is None or edition.starts_on is None or edition.starts_on == first:
        return
    used = SurveyPost.objects.filter(survey__edition=edition).exclude(answers=None, refusals=None)
    asked = set(used.values_list("pk", flat=True))
    for post in SurveyPost.objects.filter(survey__edition=edition):
        if post.pk in asked:
            note = _("people were asked there already: it stays on this day")
            yield Dependent(post.place, _shown(post.day), "", note)
        else:
            yield Dependent(post.place, _shown(post.day), _shown(post.day + (first - edition.starts_on)))


def _fixed(edition: Edition, first: date | None) -> Iterator[Dependent]:
    """Periods that somebody set by hand: they stay, and whoever moves the edition looks at them."""
    if first is None or first == edition.starts_on:
        return
    zone = ZoneInfo(edition.time_zone)
    for row, what in _windows(edition):
        days = [at.astimezone(zone).date() for at in (row.opens_at, row.closes_at) if at]
        if days:
            shown = " – ".join(_shown(day) for day in days)
            yield Dependent(what, shown, "", _("a fixed day: look whether it still fits"), days[-1] > first)


def _windows(edition: Edition) -> Iterator[tuple[StallCall | Part, str]]:
    for call in StallCall.objects.filter(edition=edition).exclude(state=StallCallState.CLOSED):
        yield call, _("Applications for stalls")
    for part in edition.parts.exclude(state=PartState.CLOSED):
        yield part, _("Registration: %(part)s") % {"part": part}


def _followers(edition: Edition, first: date | None) -> Iterator[Dependent]:
    """Editions of events whose rule counts from this one: their days are decided on their own page."""
    if first is None or first == edition.starts_on:
        return
    theirs = Edition.objects.under_way().filter(event__rule=RuleKind.AFTER, event__after=edition.event)
    for row in theirs.filter(year=edition.year).with_names():
        new = first + timedelta(days=row.event.offset)
        if row.starts_on != new:
            last = new + timedelta(days=max(1, row.event.length) - 1)
            note = _("its rule counts from this day: to be decided on its own page")
            yield Dependent(str(row), days_in_words(row.starts_on, row.ends_on) or "–", days_in_words(new, last), note)


def _budget(edition: Edition, first: date | None) -> Iterator[Dependent]:
    if edition.budget is not None and first is not None and edition.budget.year != first.year:
        note = _("the money is of another budget year")
        yield Dependent(_("Budget year"), str(edition.budget.year), str(first.year), note, True)


def _shown(day: date | None) -> str:
    return date_format(day, "j F Y") if day else "–"


@dataclass(frozen=True, slots=True)
class Left:
    """Something that a cancellation leaves to be undone with others."""

    text: str
    href: str = ""


def left_behind(edition: Edition) -> list[Left]:
    """Offices to tell, money that is contracted or paid, the plan of tasks. Nothing for an edition that is held."""
    if not edition.is_cancelled:
        return []
    return [
        *_left_visitors(edition), *_left_vendors(edition), *_left_permits(edition), *_left_partners(edition),
        *_left_publicity(edition), *_left_plan(edition), *_left_money(edition),
    ]  # fmt: skip


def _left_visitors(edition: Edition) -> Iterator[Left]:
    if count := news_count(edition):
        text = ngettext("Tell %(n)d registration of visitors.", "Tell %(n)d registrations of visitors.", count)
        yield Left(text % {"n": count}, reverse("events:visitor_news", args=[edition.code]))


def _left_vendors(edition: Edition) -> Iterator[Left]:
    if count := StallApplication.objects.filter(call__edition=edition).exclude(news="").count():
        text = ngettext("Tell %(n)d vendor of a stall.", "Tell %(n)d vendors of stalls.", count)
        yield Left(text % {"n": count}, reverse("events:stall_news", args=[edition.code]))


def _left_partners(edition: Edition) -> Iterator[Left]:
    """Whoever was asked and has not declined counts on it, or may."""
    asked = edition.partnerships.exclude(state__in=[PartnershipState.LISTED, PartnershipState.DECLINED])
    if count := asked.count():
        text = ngettext("Tell %(n)d partner.", "Tell %(n)d partners.", count)
        yield Left(text % {"n": count}, reverse("events:partnerships", args=[edition.code]))


def _left_publicity(edition: Edition) -> Iterator[Left]:
    if count := edition.publications.filter(state=PublicationState.POSTED).count():
        text = ngettext(
            "%(n)d publication still says that it is held: correct it where it stands.",
            "%(n)d publications still say that it is held: correct them where they stand.",
            count,
        )
        yield Left(text % {"n": count}, reverse("events:publications", args=[edition.code]))


def _left_permits(edition: Edition) -> Iterator[Left]:
    for permit in edition.permits.filter(state__in=[PermitState.SUBMITTED, PermitState.ISSUED]).select_related(
        "subject"
    ):
        words = {"office": permit.addressee, "permit": permit, "state": permit.get_state_display()}
        yield Left(_("Tell %(office)s: %(permit)s (%(state)s)") % words, reverse("events:permit", args=[permit.code]))


def _left_plan(edition: Edition) -> Iterator[Left]:
    plan = plan_about(edition.subject)
    if plan is not None and plan.is_open:
        href = reverse("plans:plan", args=[plan.code])
        yield Left(_("Tell the committee, and cancel the plan of its tasks."), href)


def _left_money(edition: Edition) -> Iterator[Left]:
    if edition.budget is None:
        return
    found = overview(edition.budget)
    href = reverse("events:money", args=[edition.code])
    if found.contracted:
        yield Left(_("End the contracts of the budget, or agree what is still owed."), href)
    if found.paid:
        yield Left(_("Settle what was paid already: back, or with its evidence."), href)
    if not edition.budget.is_closed:
        yield Left(_("Close the budget with the reason."), href)


def waiting_dates(edition: Edition) -> Left | None:
    """How many dates of the plan would be others on the edition's day, and wait for somebody to accept them."""
    plan = plan_about(edition.subject)
    count = len(date_changes(plan)) if plan is not None and plan.is_open else 0
    if plan is None or not count:
        return None
    words = ngettext("%(n)d date of the plan would move", "%(n)d dates of the plan would move", count) % {"n": count}
    return Left(words, reverse("plans:dates", args=[plan.code]))


def moved_in_words(edition: Edition, first: date | None, last: date | None) -> tuple[str, str]:
    return days_in_words(edition.starts_on, edition.ends_on) or "–", days_in_words(first, last) or "–"
