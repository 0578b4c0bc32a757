"""Acts on events: entered with the rule of their date and those who usually hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.wordings import spoken
from enggang.events import rules
from enggang.events.enums import OrganiserRole, RuleKind, SunEvent
from enggang.events.models import Event, EventHost
from enggang.events.queries.pages import NEEDED as FOUND_BY
from enggang.events.queries.pages import page_of
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject

# What each kind of rule asks for; everything else of the rule is emptied.
ASKED: dict[str, tuple[str, ...]] = {
    RuleKind.FIXED: ("month", "day"),
    RuleKind.WEEKDAY: ("month", "nth", "weekday"),
    RuleKind.CHINESE: ("month", "day"),
    RuleKind.HIJRI: ("month", "day"),
    RuleKind.HIJRI_WEEKDAY: ("month", "nth", "weekday"),
    RuleKind.SUN: ("month",),
    RuleKind.AFTER: ("after",),
    RuleKind.ANNOUNCED: (),
}
PARTS = ("month", "day", "nth", "weekday", "after")
LONGEST_MONTH = 30  # of a lunar calendar


@dataclass(frozen=True, slots=True)
class HostSpec:
    name: str
    role: str = OrganiserRole.HOST
    organisation: Organisation | None = None


@act("events.open_event")
def open_event(*, organisation: Organisation, hosts: Sequence[HostSpec] = (), actor: Actor, **facts: Any) -> Event:
    """Enter an event of an agency. ``facts`` are its fields, the rule of its date among them."""
    require(rules.may_manage(actor, organisation))
    return _save(Event(organisation=organisation, **facts), hosts)


@act("events.change_event")
def change_event(*, event: Event, version: int, hosts: Sequence[HostSpec], actor: Actor, **facts: Any) -> Event:
    """Change an event or its rule. Editions keep the dates that were decided for them."""
    require(rules.may_manage(actor, event.organisation))
    keep_version(event, version)
    for name, value in facts.items():
        setattr(event, name, value)
    return _save(event, hosts)


def _save(event: Event, hosts: Sequence[HostSpec]) -> Event:
    event.name, event.place = event.name.strip(), event.place.strip()
    event.fold_name()
    for name in PARTS:
        if name not in ASKED.get(event.rule, PARTS):
            setattr(event, name, None)
    event.clean_fields(exclude=["subject"])
    _check_rule(event)
    if event._state.adding:
        event.subject = Event.new_subject(event.organisation.code)
    with told(Event):
        event.save()
    event.hosts.all().delete()
    rows = [
        EventHost(event=event, position=n, name=each.name.strip(), role=each.role, organisation=each.organisation)
        for n, each in enumerate(hosts)
    ]
    for row in rows:
        row.clean_fields()
    EventHost.objects.bulk_create(rows)
    index_event(event)
    record(rule=str(event.rule), hosts=len(rows))
    return event


def index_event(event: Event) -> None:
    """It is found by what its page says, in every language in which that is checked, and by where it is held."""
    page = page_of(event)
    said = [str(event.region or ""), page.summary, page.story] if page else [str(event.region or "")]
    index_subject(
        subject=event.subject, title=event.name, text=event.description, organisation_path=event.organisation.path,
        also=" ".join([spoken(event.subject, FOUND_BY), *said]),
    )  # fmt: skip


def _check_rule(event: Event) -> None:
    missing = [name for name in ASKED[event.rule] if getattr(event, name) is None]
    if missing:
        labels = ", ".join(str(Event._meta.get_field(name).verbose_name) for name in missing)  # type: ignore[union-attr]
        raise Conflict(_("This rule also needs: %(fields)s.") % {"fields": labels})
    if event.rule == RuleKind.SUN and event.month not in SunEvent.values:
        raise Conflict(_("The sun's four days are in March, June, September and December: choose one of these months."))
    lunar = event.rule in {RuleKind.HIJRI, RuleKind.CHINESE}
    if lunar and (event.day or 0) > LONGEST_MONTH:
        raise Conflict(_("A month of this calendar has at most 30 days."))
    if event.rule == RuleKind.FIXED and not _exists(event.month or 1, event.day or 1):
        raise Conflict(_("There is no such day in that month."))
    if _hangs_on_itself(event):
        raise Conflict(_("The other event hangs on this one: a circle gives no date."))


def _exists(month: int, day: int) -> bool:
    return day <= (29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31)


def _hangs_on_itself(event: Event) -> bool:
    step, seen = event.after, 0
    while step is not None and seen < 10:
        if event.pk and step.pk == event.pk:
            return True
        step, seen = step.after, seen + 1
    return seen >= 10
