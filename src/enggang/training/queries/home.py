"""What training asks of a person today, for their home page: the most pressing first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.access.enums import Role
from enggang.attendance.enums import ProofState
from enggang.attendance.models import Proof
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people.models import Employment
from enggang.people.models.employment import in_force
from enggang.places.models.organisation import below_any
from enggang.seats.enums import ClaimState
from enggang.seats.models import Pool
from enggang.training import rules
from enggang.training.enums import CallState, Outcome, PlanState, WaveState
from enggang.training.models import ActionPlan, Assignment, Nomination, Registration, Session, Wave
from enggang.training.queries.action_plans import days
from enggang.training.queries.concerned import sessions_for
from enggang.training.queries.follow_ups import to_reach_by_hand
from enggang.training.queries.graders import waiting_for
from enggang.training.queries.nominations import calls_to
from enggang.training.queries.profile import proposals_of
from enggang.training.queries.seats import divisible

LIMIT = 5
WATCHERS = (Role.LEADER, Role.INSPECTOR, Role.TREASURER)
Card = dict[str, Any]


def participant_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """The next session, a seat waited for, a certificate that is ready."""
    rows = _current().filter(person__user_id=actor.user_id or 0)
    return [_participant_card(row) for row in rows[:LIMIT]]


def superior_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Whoever reports to this person and is in training now."""
    led = Q(person__employments__superior__user_id=actor.user_id or 0) & in_force("person__employments__")
    return _to_decide(actor) + [
        _card(_("%(name)s is in training") % {"name": row.person.name}, str(row.wave), _pocket(row), _seat_tone(row))
        for row in _current().filter(led)[:LIMIT]
    ]


def _to_decide(actor: Actor) -> list[Card]:
    """Nominations that wait for this person's word, whether a role or somebody's employment names them."""
    count = Nomination.objects.awaiting(actor).count()
    if not count:
        return []
    title = ngettext("%(count)s nomination waits for you", "%(count)s nominations wait for you", count)
    text = _("Your staff take part once you agree.")
    return [_card(title % {"count": count}, text, reverse("training:endorsements"), "warn")]


def _current() -> Any:
    """Registrations that still stand, of waves that ended at most two months ago."""
    since = clock.today() - timedelta(days=60)
    rows = Registration.objects.filter(wave__ends_on__gte=since).exclude(claim__state=ClaimState.RELEASED)
    return rows.exclude(wave__state=WaveState.CANCELLED).with_names().order_by("wave__starts_on", "pk")


def _participant_card(row: Registration) -> Card:
    if row.award and row.award.is_issued:
        return _card(_("Your certificate is ready"), str(row.wave), _pocket(row), "good")
    if row.is_held:
        until = date_format(timezone.localtime(row.claim.held_until), "j F, H.i")
        return _card(_("Confirm your seat before %(until)s") % {"until": until}, str(row.wave), _pocket(row), "warn")
    if row.is_waiting:
        return _card(_("You are on the waiting list"), str(row.wave), _pocket(row), "warn")
    now = clock.now()
    sessions = sessions_for(row)
    session = next((each for each in sessions if each.ends_at > now and not each.is_cancelled), None)
    if session is None:
        return _card(_("You took part"), str(row.wave), _pocket(row), "info")
    when = f"{date_format(session.day, 'l, j F')} · {session.begins:%H.%M}"
    return _card(_("Your next session: %(when)s") % {"when": when}, str(row.wave), _pocket(row), "info")


def coordinator_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Waves that take registrations now, and quotas of theirs to be divided."""
    if not actor.holds_somewhere(Role.COORDINATOR):
        return []
    free = Sum(F("offer__pools__size") - F("offer__pools__taken"))
    rows = list(Wave.objects.open_at(clock.now()).with_names().annotate(free=free).order_by("offer__closes_at")[:LIMIT])
    quotas = divisible([row.offer_id for row in rows], actor)
    cards = _to_confirm(actor) + _held(actor) + _calls(actor) + _to_reach(actor)
    cards += [_open_card(row, row.free or 0) for row in rows]  # type: ignore[attr-defined]
    return cards + [_quota_card(row, quotas[row.offer_id]) for row in rows if row.offer_id in quotas]


def _to_confirm(actor: Actor) -> list[Card]:
    """People entered at a desk as staff of this coordinator's agencies."""
    here = below_any(actor.paths(Role.COORDINATOR), "organisation__path")
    count = Employment.objects.present().to_confirm().filter(here).count()
    if not count:
        return []
    title = ngettext("%(count)s person is to be confirmed", "%(count)s people are to be confirmed", count)
    text = _("They came to a training as your staff, and stand on no list.")
    return [_card(title % {"count": count}, text, f"{reverse('people:list')}?standing=asked", "warn")]


def _held(actor: Actor) -> list[Card]:
    """Seats of this coordinator's people that are held until somebody confirms them, wave by wave."""
    here = below_any(actor.paths(Role.COORDINATOR), "agency__path")
    rows = Registration.objects.filter(here, claim__state=ClaimState.HELD, claim__held_until__gt=clock.now())
    waves: dict[Wave, list[Registration]] = {}
    for row in rows.select_related("wave__programme", "wave__subject", "claim").order_by("claim__held_until"):
        waves.setdefault(row.wave, []).append(row)
    return [_held_card(wave, rows) for wave, rows in list(waves.items())[:LIMIT]]


def _held_card(wave: Wave, rows: list[Registration]) -> Card:
    first = rows[0].claim.held_until
    assert first
    until = date_format(timezone.localtime(first), "j F, H.i")
    title = ngettext("%(count)s seat is to be confirmed", "%(count)s seats are to be confirmed", len(rows))
    text = _("%(wave)s · the first until %(until)s") % {"wave": wave, "until": until}
    href = f"{reverse('training:participants', args=[wave.code])}?seat={ClaimState.HELD}"
    return _card(title % {"count": len(rows)}, text, href, "warn")


def _to_reach(actor: Actor) -> list[Card]:
    """Follow-ups that reach some of this coordinator's people only by hand."""
    cards = []
    for wave, number in to_reach_by_hand(actor)[:LIMIT]:
        text = ngettext(
            "%(count)s person without account and e-mail", "%(count)s people without account and e-mail", number
        )
        title, href = (
            _("Bring the follow-up: %(wave)s") % {"wave": wave},
            reverse("training:follow_ups", args=[wave.code]),
        )
        cards.append(_card(title, text % {"count": number}, href, "info"))
    return cards


def _quota_card(wave: Wave, pools: list[Pool]) -> Card:
    text = "; ".join(f"{pool.name}: {pool.free}/{pool.size}" for pool in pools)
    title = _("Divide your quota: %(wave)s") % {"wave": wave}
    return _card(title, text, reverse("training:seats", args=[wave.code]), "info")


def _calls(actor: Actor) -> list[Card]:
    """Calls that take nominations of this coordinator's agencies and were not answered with "nobody"."""
    rows = calls_to(actor).called().filter(call__state=CallState.OPEN, call__deadline__gt=clock.now(), declined_at=None)
    return [_call_card(row) for row in rows[:LIMIT]]


def _call_card(row: Any) -> Card:
    until = date_format(timezone.localtime(row.call.deadline), "j F, H.i")
    text = _("%(used)s of %(quota)s nominated · until %(until)s") % {
        "used": row.nominated, "quota": row.quota, "until": until,
    }  # fmt: skip
    href = reverse("training:invited", args=[row.code])
    return _card(_("Nominate your people: %(call)s") % {"call": row.call}, text, href, "warn")


def _open_card(wave: Wave, free: int) -> Card:
    seats = ngettext("%(count)s seat left", "%(count)s seats left", free) % {"count": free}
    text = seats if free else _("Full: whoever is registered waits for a seat")
    if wave.offer.closes_at:
        until = date_format(timezone.localtime(wave.offer.closes_at), "j F, H.i")
        text = _("%(seats)s · until %(until)s") % {"seats": text, "until": until}
    title = _("Register your staff: %(wave)s") % {"wave": wave}
    return _card(title, text, reverse("training:nominate", args=[wave.code]), "info")


def instructor_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Today's sessions, where attendance is taken."""
    if not actor.holds_somewhere(Role.INSTRUCTOR):
        return []
    here = below_any(actor.paths(Role.INSTRUCTOR), "wave__organisation__path")
    rows = Session.objects.planned().filter(here, day=clock.today(), wave__state=WaveState.OPEN)
    rows = rows.select_related("wave__programme", "occasion__subject").order_by("begins", "pk")
    return [
        _card(
            _("Attendance: %(session)s, %(time)s") % {"session": row.title, "time": f"{row.begins:%H.%M}"},
            str(row.wave),
            reverse("attendance:occasion", args=[row.occasion.code]),
            "info",
        )
        for row in rows[:LIMIT]
    ]


def watcher_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """For those who look on: what runs now, and in how many cases somebody decided against the rule."""
    if not actor.holds_somewhere(*WATCHERS):
        return []
    here = below_any(actor.paths(*WATCHERS), "organisation__path")
    overridden = Count("registrations", filter=~Q(registrations__outcome_reason=""))
    seated = Count("registrations", filter=Q(registrations__claim__state=ClaimState.CONFIRMED))
    since = clock.today() - timedelta(days=60)
    rows = Wave.objects.filter(here, ends_on__gte=since).exclude(state=WaveState.DRAFT).with_names()
    return [_watched(row) for row in rows.annotate(overridden=overridden, seated=seated)[:LIMIT]]


def _watched(wave: Any) -> Card:
    text = ngettext("%(count)s participant", "%(count)s participants", wave.seated) % {"count": wave.seated}
    if wave.overridden:
        more = ngettext("%(count)s decided against the rule", "%(count)s decided against the rule", wave.overridden)
        text = f"{text} · {more % {'count': wave.overridden}}"
    tone = "warn" if wave.overridden else "neutral"
    return _card(str(wave), text, reverse("training:pass_list", args=[wave.code]), tone)


def organiser_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Letters to be checked, drafts to be opened, sessions of today, pass lists to be decided, certificates to issue."""
    if not actor.holds_somewhere(*rules.MANAGERS):
        return []
    seated = Q(registrations__claim__state=ClaimState.CONFIRMED)
    passed = seated & Q(registrations__outcome=Outcome.PASSED, registrations__award__isnull=True)
    rows = Wave.objects.managed_by(actor).with_names().filter(state__in=[WaveState.DRAFT, WaveState.OPEN])
    rows = rows.annotate(
        seated=Count("registrations", filter=seated),
        undecided=Count("registrations", filter=seated & Q(registrations__outcome=Outcome.PENDING)),
        unissued=Count("registrations", filter=passed),
    )
    return _letters(actor) + [card for row in rows if (card := _organiser_card(row))][:LIMIT]


def _letters(actor: Actor) -> list[Card]:
    """Letters for leave or illness that nobody has checked; the card opens those of the earliest session."""
    sessions = Session.objects.filter(wave__in=Wave.objects.managed_by(actor))
    rows = Proof.objects.filter(state=ProofState.PENDING, occasion__in=sessions.values("occasion"))
    first = rows.order_by("occasion__starts_at", "pk").select_related("occasion__subject").first()
    if first is None:
        return []
    count = rows.count()
    title = ngettext(
        "%(count)s letter for leave or illness to check", "%(count)s letters for leave or illness to check", count
    )
    page = reverse("attendance:proofs", args=[first.occasion.code])
    return [_card(title % {"count": count}, str(first.occasion), page, "warn")]


def _organiser_card(wave: Any) -> Card | None:
    today = clock.today(wave.time_zone)
    page, passed = reverse("training:wave", args=[wave.code]), reverse("training:pass_list", args=[wave.code])
    if wave.is_draft:
        return _card(_("A draft waits to be opened"), str(wave), page, "warn")
    if wave.starts_on <= today <= wave.ends_on:
        return _card(_("Under way today: take attendance"), str(wave), page, "info")
    if wave.ends_on < today and wave.undecided:
        return _card(_("Decide who passed"), str(wave), passed, "warn")
    if wave.unissued:
        text = ngettext("%(count)s certificate to issue", "%(count)s certificates to issue", wave.unissued)
        return _card(text % {"count": wave.unissued}, str(wave), passed, "warn")
    text = ngettext("%(count)s participant", "%(count)s participants", wave.seated) % {"count": wave.seated}
    return _card(str(wave), text, page, "good") if wave.ends_on >= today else None


def assessor_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """How many levels that trainings propose wait for this assessor."""
    if not actor.holds_somewhere(Role.ASSESSOR):
        return []
    here = below_any(actor.paths(Role.ASSESSOR), "organisation__path")
    people = Employment.objects.present().filter(here).exclude(person__user_id=actor.user_id or 0)
    count = sum(len(rows) for rows in proposals_of(people.values_list("person_id", flat=True)).values())
    if not count:
        return []
    text = ngettext("%(count)s level proposed by a training", "%(count)s levels proposed by trainings", count)
    href = f"{reverse('training:profiles')}?only=waiting"
    return [_card(_("Competencies to judge"), text % {"count": count}, href, "warn")]


def plan_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """Action plans: those this person is to judge, and their own that is missing, returned or due."""
    if not actor.user_id:
        return []
    judged = ActionPlan.objects.to_judge(actor).with_names()[:LIMIT]
    cards = [_judged(plan) for plan in judged]
    since = clock.today() - timedelta(days=120)
    own = Registration.objects.seated().filter(person__user_id=actor.user_id, wave__ends_on__gte=since)
    own = own.filter(wave__ends_on__lte=clock.today()).exclude(wave__state=WaveState.CANCELLED)
    rows = own.with_names().select_related("action_plan")[:LIMIT]
    return cards + [card for row in rows if (card := _own_plan(row))]


def _judged(plan: ActionPlan) -> Card:
    words = {
        PlanState.SUBMITTED: _("Agree the action plan of %(name)s"),
        PlanState.REPORTED: _("Confirm what %(name)s carried out"),
    }
    title = words[PlanState(plan.state)] % {"name": plan.registration.person.name}
    return _card(title, plan.target, reverse("training:action_plan", args=[plan.code]), "warn")


def _own_plan(row: Registration) -> Card | None:
    plan = getattr(row, "action_plan", None)
    href = reverse("training:own_plan", args=[row.code])
    if plan is None:
        return _card(_("Write your action plan"), str(row.wave), href, "warn")
    if plan.may_be_written:
        title = _("Revise your action plan") if plan.state == PlanState.RETURNED else _("Submit your action plan")
        return _card(title, plan.target, href, "warn")
    soon = clock.today() + timedelta(days=days("remind_days_before"))
    if plan.is_under_way and plan.due_on <= soon:
        when = date_format(plan.due_on, "j F Y")
        return _card(_("Your action plan is due on %(day)s") % {"day": when}, plan.target, href, "warn")
    return None


def grader_cards(_request: HttpRequest, actor: Actor) -> list[Card]:
    """The works that wait for one's scores, by assignment; no work shown where one may not grade any more."""
    if not actor.holds_somewhere(*rules.GRADES):
        return []
    rows = [(row, count) for row, count in waiting_for(actor) if rules.may_grade(actor, row.wave)]
    return [_graded(row, count) for row, count in rows[:LIMIT]]


def _graded(row: Assignment, count: int) -> Card:
    text = ngettext("%(count)s work to grade", "%(count)s works to grade", count) % {"count": count}
    href = reverse("training:coursework_item", args=[row.wave.code, row.pk])
    return _card(text, f"{row.title} · {row.wave}", href, "warn")


def _card(title: str, text: str, href: str, tone: str) -> Card:
    return {"title": title, "text": text, "href": href, "tone": tone}


def _pocket(row: Registration) -> str:
    return reverse("training:pocket", args=[row.code])


def _seat_tone(row: Registration) -> str:
    return "good" if row.is_seated else "warn"
