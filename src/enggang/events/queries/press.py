"""What is on record of an edition, as the sentences that a press release begins with: days, place, entry, counted visitors."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from enggang.attendance.queries.tally_facts import last_results
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.registries import PressFacts, said_in_both
from enggang.events.models import Edition
from enggang.events.queries.counting import told
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.stalls import call_of
from enggang.events.queries.turnover import published
from enggang.indicators.numbers import shown


def edition_press(code: str, actor: Actor) -> PressFacts | None:
    """Nothing of an edition that the reader may not see. Numbers only of closed countings and published sums."""
    row = Edition.objects.visible_to(actor).with_names().filter(subject__code=code).first()
    if row is None or row.starts_on is None:
        return None
    return PressFacts(
        title=said_in_both(lambda: _title(row)), summary=said_in_both(lambda: _held(row)),
        paragraphs=said_in_both(lambda: list(_paragraphs(row))), about=[row.subject_id, row.event.subject_id],
        region=row.event.region_id, card=row.event.code,
    )  # fmt: skip


def _is_past(edition: Edition) -> bool:
    return edition.ends_on is not None and edition.ends_on < clock.today(edition.time_zone)


def _title(edition: Edition) -> str:
    words = {
        "name": edition.event.name,
        "days": days_in_words(edition.starts_on, edition.ends_on),
        "year": edition.year,
    }
    if edition.is_cancelled:
        return _("%(name)s %(year)s is not held") % words
    if (visitors := _visitors(edition)) and _is_past(edition):
        return _("%(number)s visitors came to %(name)s %(year)s") % {**words, "number": visitors[0]}
    return _("%(name)s: %(days)s") % words


def _held(edition: Edition) -> str:
    words = {
        "name": edition.event.name, "days": days_in_words(edition.starts_on, edition.ends_on),
        "place": ", ".join(filter(None, (edition.event.place, str(edition.event.region)))),
    }  # fmt: skip
    if edition.is_cancelled:
        return _("%(name)s, planned for %(days)s in %(place)s, is called off.") % words
    if _is_past(edition):
        return _("%(name)s was held on %(days)s in %(place)s.") % words
    return _("%(name)s is held on %(days)s in %(place)s.") % words


def _paragraphs(edition: Edition) -> Iterator[str]:
    if edition.is_cancelled and edition.cancel_reason:
        yield _("Reason: %(reason)s") % {"reason": edition.cancel_reason}
    if edition.theme:
        yield _("The theme is “%(theme)s”.") % {"theme": edition.theme}
    if hosts := ", ".join(host.name for host in edition.organisers.all()):
        text = _("It was held by %(hosts)s.") if _is_past(edition) else _("It is held by %(hosts)s.")
        yield text % {"hosts": hosts}
    if not edition.is_cancelled and not _is_past(edition):
        yield _("Entry: %(entry)s.") % {"entry": edition.get_entry_display()}
    if visitors := _visitors(edition):
        number, how = visitors
        yield _("%(number)s visitors were counted (%(how)s).") % {"number": number, "how": how}
    if sums := _turnover(edition):
        yield _("Stalls of small businesses reported a turnover of %(sum)s.") % {"sum": sums}
    if edition.contact:
        yield _("Contact: %(contact)s") % {"contact": edition.contact}


def _visitors(edition: Edition) -> tuple[str, str] | None:
    """The number with its range, and how it was counted; None until a counting is closed."""
    result = last_results([edition.subject_id]).get(edition.subject_id)
    found = told(result.read()) if result else None
    if found is None or not found.has_visitors:
        return None
    return found.visitors.text, "; ".join(sorted({point.method for point in found.points}))


def _turnover(edition: Edition) -> str:
    """Only where the agency shows the sums to everybody, and of enough businesses."""
    call = call_of(edition)
    if call is None or not call.shows_sums:
        return ""
    total = sum(day.amount for day in published(call).days)
    return f"Rp\u00a0{shown(total)}" if total else ""
