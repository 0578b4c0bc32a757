"""The Monday page kept as it was: every Monday at six, and whenever a head asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
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
from enggang.impact.queries.monday import facts_of, monday_of
from enggang.notices.domain.messages import Recipient, send
from enggang.places.models import Organisation

TITLE = gettext_noop("Preparing the Monday pages")


def queue_mondays() -> None:
    """Called by the clock, every day; only on Mondays there is something to do."""
    if clock.today().weekday() == 0:
        enqueue(prepare_mondays, actor=SYSTEM, title=TITLE)


@job("impact.prepare_mondays")
def prepare_mondays(run: JobRun) -> None:
    """Keep the page of every agency with a head, and tell each head. Safe to run twice: nobody is told again."""
    day = monday_of(clock.today())
    for organisation in _led():
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
        send(
            to=Recipient.of(grant.user), template="impact/notices/monday", context=context, actor=actor,
            subject=page.organisation.subject, href=context["href"],
        )  # fmt: skip


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
