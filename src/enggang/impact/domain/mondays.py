"""The Monday page kept as it was: every Monday at six where the agency is, and whenever a head asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.closing import next_version
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models.closed import Facts
from enggang.impact import rules
from enggang.impact.models import MondayPage
from enggang.impact.queries.monday import facts_of, monday_of, names_in
from enggang.impact.queries.telling import text_of
from enggang.impact.queries.telling import told as told_facts
from enggang.notices.domain.messages import Recipient, known_language, send
from enggang.places.models import Organisation

TITLE = gettext_noop("Preparing the Monday pages")
SIX, EVERY_MINUTES = 6, 15  # o'clock at the agency; how often the clock looks


def queue_mondays() -> bool:
    """For the clock: queue the job when it is Monday, six o'clock or later, at an agency whose page is not kept yet."""
    due = any(not MondayPage.objects.filter(organisation=each, day=day).exists() for each, day in _due())
    if due:
        enqueue(prepare_mondays, actor=SYSTEM, title=TITLE)
    return due


def _due() -> Iterator[tuple[Organisation, date]]:
    for organisation in _led():
        at = clock.now().astimezone(ZoneInfo(organisation.time_zone))
        if at.weekday() == 0 and at.hour >= SIX:
            yield organisation, at.date()


@job("impact.prepare_mondays")
def prepare_mondays(run: JobRun) -> None:
    """Keep the page of every agency with a head, and tell each head. Safe to run twice: nobody is told again."""
    for organisation, day in _due():
        if MondayPage.objects.filter(organisation=organisation, day=day).exists():
            continue
        page = close_monday(organisation=organisation, actor=SYSTEM)
        _tell(page, run.actor)


def _led() -> Iterator[Organisation]:
    ids = RoleGrant.objects.on(clock.today()).filter(role=Role.LEADER).order_by().values("organisation")
    yield from Organisation.objects.on().filter(pk__in=ids).select_related("subject")


def _tell(page: MondayPage, actor: Actor) -> None:
    grants = RoleGrant.objects.on(page.day).filter(
        role=Role.LEADER, organisation=page.organisation, user__is_active=True
    )
    facts = page.read()
    context = {
        "agency": page.organisation.short_name, "day": page.day, "waiting": facts["waiting"], "late": _late(facts),
        "href": page_path(page.organisation),
    }  # fmt: skip
    for grant in grants.select_related("user"):
        to = Recipient.of(grant.user)
        digest = _digest(facts, page.organisation, to.language)
        send(
            to=to, template="impact/notices/monday", context={**context, "digest": digest}, actor=actor,
            subject=page.organisation.subject, href=context["href"],
        )  # fmt: skip


def _digest(facts: Facts, organisation: Organisation, language: str) -> str:
    """The page as text, in the language of whoever is told."""
    with translation.override(known_language(language)):
        return text_of(told_facts(facts, names_in(facts)), organisation.short_name)


def _late(facts: Facts) -> int:
    return sum(each["late"] for each in facts["promises"])


def page_path(organisation: Organisation) -> str:
    return reverse("impact:monday", args=[organisation.code])


@act("impact.close_monday")
def close_monday(*, organisation: Organisation, actor: Actor, note: str = "", today: date | None = None) -> MondayPage:
    """Keep the page as it stands now, as the next version of this week's. Raises Conflict when nothing has changed since."""
    require(rules.may_promise(actor, organisation))
    day = today or clock.today(organisation.time_zone)
    monday = monday_of(day)
    before = list(MondayPage.objects.filter(organisation=organisation, day=monday))
    version = next_version(before, facts_of(organisation, day), changes=_changes, note=note, actor=actor)
    row = MondayPage(organisation=organisation, day=monday, **version)
    with told(MondayPage):
        row.save()
    record_subject(organisation.subject)
    record(day=monday.isoformat(), number=row.number)
    return row


def _changes(old: Facts, new: Facts) -> list[str]:
    return [name for name in new if old.get(name) != new[name]]
