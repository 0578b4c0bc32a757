"""Private pages handed out as a list: to be forwarded by WhatsApp, or printed for those without a phone number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.audit.domain.trail import record_readings
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.notices.domain.messages import whatsapp_link, whatsapp_text
from enggang.people.models import Person
from enggang.training import rules
from enggang.training.domain.reaching import recipient
from enggang.training.domain.registrations import page_of_wave_expires_at
from enggang.training.models import ActionPlan, Registration, Wave

MOST = 200
PHONE = "people.Person.phone"


@dataclass(frozen=True, slots=True)
class Handed:
    """A private address, shown once, with the text to forward it to whom it is for."""

    name: str
    agency: str
    phone: str
    address: str
    text: str

    @property
    def whatsapp(self) -> str:
        """The chat with this person; without a number WhatsApp asks for one."""
        return whatsapp_link(self.phone, self.text)


@act("training.hand_out_pages")
def hand_out_pages(*, wave: Wave, people: Sequence[Registration], actor: Actor) -> list[Handed]:
    """A further private address for each; earlier ones go on working until they are ended.

    Each page tells its participant that staff have seen the address. Their phone numbers are read, which is noted.
    """
    if not people or len(people) > MOST or any(row.wave_id != wave.pk for row in people):
        raise Conflict(_("Tick between 1 and %(limit)s people of this wave.") % {"limit": MOST})
    for row in people:
        require(rules.may_withdraw(actor, row))
    record_subject(wave.subject)
    plans = dict(ActionPlan.objects.filter(registration__in=people).values_list("registration", "due_on"))
    ends = cache(lambda due: page_of_wave_expires_at(wave, due))
    handed = [_page(row, ends(plans.get(row.pk)), actor) for row in people]
    note_phones([row.person for row in people], actor)
    record(people=[row.code for row in people])
    return handed


def _page(row: Registration, expires: datetime, actor: Actor) -> Handed:
    seen = not rules.is_own(actor, row)
    token = open_link(
        scope=LinkScope.REGISTRATION, subject=row.subject, actor=actor, expires_at=expires, handed_out=seen
    )[1]
    address = settings.PUBLIC_URL + reverse("training:seat", args=[token])
    context = {"registration": row, "wave": row.wave, "address": address}
    text = whatsapp_text("training/messages/page", context, recipient(row.person).language)
    return Handed(row.person.name, row.agency.name, row.person.phone, address, text)


def note_phones(people: Iterable[Person], actor: Actor) -> None:
    """The numbers of these people were shown beside their addresses."""
    others = [each for each in people if each.phone and (actor.user_id is None or each.user_id != actor.user_id)]
    record_readings(actor=actor, field=PHONE, subjects=[each.subject for each in others])


@act("training.end_page")
def end_page(*, registration: Registration, actor: Actor) -> int:
    """End every private address of a participant's page, and of the calendar that was opened from it; answers how many."""
    require(rules.may_withdraw(actor, registration))
    record_subject(registration.subject)
    scopes = (LinkScope.REGISTRATION, LinkScope.CALENDAR)
    ended = [revoke_links(scope=scope, subject=registration.subject, actor=actor) for scope in scopes]
    if not ended[0]:
        raise Conflict(_("No private address of this page works any more."))
    record(ended=sum(ended))
    return ended[0]
