"""What vendors are told, and the private address that each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from enggang.access.domain.links import open_link, prolong_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.events import rules
from enggang.events.enums_stalls import StallNews
from enggang.events.models import Edition, StallApplication, StallCall
from enggang.notices.domain.messages import Recipient, send

LINK_DAYS = 14  # after the last day of the edition, or of the call
LEAST_DAYS = 30  # as long as the days are not known


def lives_until(call: StallCall) -> datetime:
    """The end of the day on which private addresses of a call expire."""
    edition = call.edition
    zone = ZoneInfo(edition.time_zone)
    days = [clock.today(edition.time_zone) + timedelta(days=LEAST_DAYS - LINK_DAYS)]
    days += [edition.ends_on] if edition.ends_on else []
    days += [call.closes_at.astimezone(zone).date()] if call.closes_at else []
    return datetime.combine(max(days) + timedelta(days=LINK_DAYS), time.max, tzinfo=zone)


def open_stall_link(application: StallApplication, actor: Actor) -> str:
    """Inside an act that has asked: one more private address; earlier ones go on working. Answers its token."""
    _link, token = open_link(
        scope=LinkScope.STALL, subject=application.subject, actor=actor, expires_at=lives_until(application.call),
        handed_out=True,
    )  # fmt: skip
    return token


def address_of(token: str) -> str:
    return settings.PUBLIC_URL + reverse("events:stall_by_link", args=[token])


def say(application: StallApplication, news: str, actor: Actor) -> None:
    """Inside an act: by e-mail where there is one; else it is noted that staff have to tell it."""
    if not application.email:
        application.news = news
        StallApplication.objects.filter(pk=application.pk).update(news=news)
        return
    to = Recipient(address=application.email, language=application.language, name=application.owner)
    context = context_of(application, news, address_of(open_stall_link(application, actor)))
    send(to=to, template="events/messages/stall", context=context, actor=actor, subject=application.subject)


def context_of(application: StallApplication, news: str, address: str) -> dict[str, object]:
    call = application.call
    return {"application": application, "call": call, "edition": call.edition, "news": news, "address": address}


@act("events.hand_out_stalls")
def hand_out_stalls(*, call: StallCall, applications: Sequence[StallApplication], actor: Actor) -> list[str]:
    """A private address for each, to be put into a text for them; answers the tokens, shown once."""
    require(rules.may_manage(actor, call.edition.organisation))
    record_subject(call.subject)
    record(stalls=len(applications))
    return [open_stall_link(each, actor) for each in applications]


@act("events.send_stall_link")
def send_stall_link(*, application: StallApplication, actor: Actor) -> bool:
    """Send the private address again to the e-mail address that was given, and nowhere else; answers if there is one."""
    record_subject(application.subject)
    if application.email:
        say(application, "link", actor)
    return bool(application.email)


@act("events.note_vendors_told")
def note_told(*, call: StallCall, ids: Sequence[int], actor: Actor) -> int:
    """Staff have told these vendors by hand; answers how many."""
    require(rules.may_manage(actor, call.edition.organisation))
    told = call.applications.filter(pk__in=ids).exclude(news="").update(news="")
    record_subject(call.subject)
    record(told=told)
    return told


def tell_vendors(edition: Edition, news: StallNews, actor: Actor) -> int:
    """Inside the act that cancels, revives or moves an edition: whoever still counts on a stall is told; answers how
    many. Private addresses live as long as the new days need."""
    call = StallCall.objects.filter(edition=edition).select_related("subject").first()
    if call is None:
        return 0
    call.edition = edition
    rows = list(call.applications.standing().select_related("subject"))
    until = lives_until(call)
    for row in rows:
        row.call = call
        prolong_links(scope=LinkScope.STALL, subject=row.subject, until=until, actor=actor)
        say(row, news, actor)
    return len(rows)
