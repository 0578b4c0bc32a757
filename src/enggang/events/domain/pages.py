"""Acts on what visitors read of an event: written in Indonesian, and in other languages beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.text import one_line
from enggang.core.wordings import keep_wordings
from enggang.events import rules
from enggang.events.domain.events import index_event
from enggang.events.models import Event, EventAmenity, EventPage
from enggang.events.queries.pages import TRANSLATED, originals_of, page_of
from enggang.places.enums import Facility


@act("events.write_page")
def write_page(
    *, event: Event, version: int, facilities: Collection[str] = (), actor: Actor, **texts: str
) -> Event:  # fmt: skip
    """Save the texts in Indonesian: summary, story, reaching, access. ``version`` is 0 as long as there is no page.

    Raises Conflict when another tab saved first.
    """
    require(rules.may_manage(actor, event.organisation))
    page = page_of(event) or EventPage(event=event, version=0)
    if page.pk:
        keep_version(page, version)
    elif version:
        raise Conflict(_("Somebody has changed this page. Reload it, then write again."))
    else:
        page.version = 1
    for name, text in texts.items():
        setattr(page, name, text.strip())
    page.summary, page.changed_at = one_line(page.summary, 300), clock.now()
    page.clean_fields()
    with told(EventPage):
        page.save()
    _keep_amenities(page, facilities)
    event.page = page
    index_event(event)
    record(facilities=len(set(facilities)))
    return event


@act("events.translate_event")
def translate_event(
    *, event: Event, language: str, texts: Mapping[str, str], checked: bool, actor: Actor
) -> Event:  # fmt: skip
    """What the page says in another language. Visitors read it once it is ``checked``; empty texts are taken away."""
    require(rules.may_manage(actor, event.organisation))
    known = {name: text for name, text in texts.items() if name in TRANSLATED}
    count = keep_wordings(
        subject=event.subject,
        language=language,
        texts=known,
        originals=originals_of(event),
        checked=checked,
        actor=actor,
    )
    index_event(event)
    record(language=language, texts=count, checked=checked)
    return event


def _keep_amenities(page: EventPage, wanted: Collection[str]) -> None:
    if set(wanted) - set(Facility.values):
        raise Conflict(_("Choose from the list what the place has."))
    page.amenities.exclude(kind__in=wanted).delete()
    known = set(page.amenities.values_list("kind", flat=True))
    fresh = [kind for kind in Facility.values if kind in set(wanted) - known]
    EventAmenity.objects.bulk_create([EventAmenity(page=page, kind=kind) for kind in fresh])
