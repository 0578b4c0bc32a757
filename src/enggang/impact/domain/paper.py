"""The Monday page on A4, from the same words as the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.utils import formats
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.documents.domain.letterheads import emblem_bytes
from enggang.documents.domain.letters import head_of
from enggang.documents.models import Letterhead
from enggang.documents.rendering.letter import Head
from enggang.documents.rendering.listing import Column, Listing, Section, render_listing
from enggang.impact.models import MondayPage
from enggang.impact.queries.telling import Line, Told
from enggang.places.models import Organisation

PAPER = "list"


def monday_paper(organisation: Organisation, found: Told, kept: MondayPage | None = None) -> bytes:
    """As it stands now, or as ``kept`` was known. Raises Unprintable when no font has a character."""
    day = clock.today(organisation.time_zone)
    letterheads = Letterhead.objects.filter(organisation=organisation).select_related("emblem")
    head = letterheads.on(day, PAPER).first()
    about = [str(organisation), formats.date_format(found.day, "l, j F Y")]
    if kept is not None:
        at = formats.date_format(kept.closed_at, "j F Y, H.i")
        about.append(_("as it was known on %(at)s (version %(number)s)") % {"at": at, "number": kept.number})
    listing = Listing(
        title=_("Monday page"), about=about, head=_printed(organisation, head), sections=list(_sections(found)), day=day
    )
    return render_listing(listing, emblem=emblem_bytes(head))


def _printed(organisation: Organisation, head: Letterhead | None) -> Head:
    if head is None:
        return {"lines": [organisation.name], "address": [], "city": "", "emblem": ""}
    return cast(Head, head_of(head))


def _sections(found: Told) -> Iterable[Section]:
    waiting = _("Needs your decision")
    if found.waiting > len(found.decisions):
        more = _("the %(n)s oldest of %(all)s") % {"n": len(found.decisions), "all": found.waiting}
        waiting = f"{waiting} ({more})"
    yield _lines(waiting, found.decisions, _("Nothing waits for a decision."))
    yield _lines(_("Promises"), found.promises, _("Nothing is promised."))
    yield _lines(_("What changed beyond the usual"), found.changed, _("Nothing beyond the usual."))
    counts = ", ".join(f"{word}: {number}" for word, _tone, number in found.counts)
    title = f"{_('Indicators')} ({counts})" if counts else _("Indicators")
    yield _lines(title, found.indicators, _("No indicator is in use."))
    yield _lines(_("The next 14 days"), found.ahead, _("No event in the next 14 days."))
    yield _pairs(_("Chain of results so far"), found.chain)
    if found.digital:
        yield _pairs(_("Digital, last seven days"), found.digital)
    if found.unfound:
        yield _pairs(_("Searched for and not found"), found.unfound)


def _lines(title: str, lines: Iterable[Line], empty: str) -> Section:
    columns = [Column(_("What"), width=4), Column(_("How it stands"), width=1), Column(_("More"), width=5)]
    rows = [[line.text, line.label, line.more] for line in lines]
    return Section(title, columns, rows, empty)


def _pairs(title: str, pairs: Iterable[tuple[str, str]]) -> Section:
    return Section(title, [Column(_("What"), width=4), Column(_("Number"), width=2)], [list(pair) for pair in pairs])
