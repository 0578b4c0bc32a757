"""Giving works out, and keeping where they went; what the agency posted elsewhere, and what that reached."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.text import one_line
from enggang.media import rules
from enggang.media.enums_words import UsageKind
from enggang.media.models import Asset, Collection, Posting, Reading, Usage
from enggang.media.models.usage import MOST_REACH
from enggang.media.queries.gate import is_shown
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any

LARGEST_CSV = 1024 * 1024
MOST_LINES = 5_000
HOST = re.compile(r"[a-z0-9.-]{1,100}(:\d{1,5})?")


@act("media.fetch_asset")
def fetch_asset(*, asset: Asset, size: str, actor: Actor, purpose: str = "") -> Asset:
    """Note that a published work was fetched in a size; of somebody without an account only that it was."""
    if not is_shown(asset):
        raise Conflict(_("This work is no longer shown."))
    note_usage(asset, UsageKind.DOWNLOAD, size, by_key=actor.key if actor.is_signed_in else "", purpose=purpose)
    record_subject(asset.subject)
    record(size=size)
    return asset


def note_usage(asset: Asset, kind: str, where: str, *, by_key: str = "", purpose: str = "") -> None:
    """One line a day for each whereabouts; no act of its own, like the count of a page."""
    facts: dict[str, Any] = {
        "asset": asset, "kind": kind, "where": where[:120], "by_key": by_key, "purpose": one_line(purpose, 200),
        "on": clock.today(asset.organisation.time_zone),
    }  # fmt: skip
    rows = Usage.objects.filter(**facts)
    if rows.update(count=F("count") + 1):
        return
    with transaction.atomic():
        _made, fresh = Usage.objects.get_or_create(**facts)
    if not fresh:
        rows.update(count=F("count") + 1)


def site_of(referer: str) -> str:
    """The host that an address of another site names; empty when there is none, or an odd one."""
    host = referer.split("://", 1)[-1].split("/", 1)[0].rsplit("@", maxsplit=1)[-1].lower()
    return host if "://" in referer and HOST.fullmatch(host) else ""


@act("media.note_posting")
def note_posting(
    *, organisation: Organisation, channel: str, posted_on: date, actor: Actor, asset: Asset | None = None,
    collection: Collection | None = None, url: str = "", account: str = "", note: str = "", reach: int | None = None,
) -> Posting:  # fmt: skip
    """Note what was posted on a channel of the agency's own. Raises Conflict for what may not be shown there."""
    require(rules.may_keep(actor, organisation))
    shown = asset or collection
    if shown is None or shown.organisation_id != organisation.pk:
        raise Conflict(_("Choose a work or a collection of this agency."))
    if posted_on > clock.today(organisation.time_zone):
        raise Conflict(_("This day has not come yet."))
    row = Posting(
        organisation=organisation, asset=asset, collection=collection, channel=channel, posted_on=posted_on,
        url=url.strip(), account=account.strip(), note=note.strip(), noted_at=clock.now(), noted_by_key=actor.key,
    )  # fmt: skip
    row.full_clean()
    row.save()
    if reach is not None:
        _read(row, reach, clock.today(organisation.time_zone), _("by hand"))
    record_subject(shown.subject)
    record(channel=channel)
    return row


@act("media.drop_posting")
def drop_posting(*, posting: Posting, actor: Actor, removed: bool = True) -> Posting:
    """Take a posting out of the log that was noted by mistake, or put it back."""
    require(rules.may_keep(actor, posting.organisation))
    stamp = clock.now() if removed else None
    if not Posting.objects.filter(pk=posting.pk, removed_at__isnull=removed).update(removed_at=stamp):
        raise Conflict(_("This was done already."))
    record(posting=posting.pk, removed=removed)
    return posting


@act("media.note_posting_reach")
def note_posting_reach(*, posting: Posting, reach: int, actor: Actor, on: date | None = None) -> Posting:
    """What the channel says it reached, as read on a day; the newest reading counts."""
    require(rules.may_keep(actor, posting.organisation))
    _read(posting, reach, on or clock.today(posting.organisation.time_zone), _("by hand"))
    record(posting=posting.pk)
    return posting


def _read(posting: Posting, reach: int, on: date, source: str) -> None:
    if not 0 <= reach <= MOST_REACH:
        raise Conflict(_("The reach is a number from 0 to %(most)s.") % {"most": MOST_REACH})
    Reading.objects.update_or_create(posting=posting, on=on, defaults={"reach": reach, "source": source[:120]})
    newest = posting.readings.order_by("-on").first()
    if newest is not None:
        Posting.objects.filter(pk=posting.pk).update(reach=newest.reach, reached_on=newest.on)
        posting.reach, posting.reached_on = newest.reach, newest.on


@dataclass(frozen=True, slots=True)
class Rejected:
    line: int
    text: str
    why: str


@act("media.import_reach")
def import_reach(*, organisation: Organisation, content: bytes, name: str, actor: Actor) -> tuple[int, list[Rejected]]:
    """Read a channel's file with the columns address, reach and day; answers how many counted, and what was refused.

    It counts for the postings of the organisation and of all below it, whose keeper the actor is as well.
    """
    require(rules.may_keep(actor, organisation))
    below = below_any((organisation.path,), "organisation__path")
    known = {row.url: row for row in Posting.objects.filter(below, removed_at=None).exclude(url="")}
    counted, rejected = 0, list[Rejected]()
    for number, row in _lines(content):
        why = _take(row, known, organisation, name)
        if why:
            rejected.append(Rejected(number, " · ".join(filter(None, row.values()))[:200], why))
        else:
            counted += 1
    record_subject(organisation.subject)
    record(counted=counted, refused=len(rejected))
    return counted, rejected


COLUMNS = {
    "url": {"url", "address", "alamat", "link", "tautan", "permalink"},
    "reach": {"reach", "jangkauan", "views", "tayangan", "dilihat"},
    "on": {"day", "date", "tanggal", "hari"},
}


def _lines(content: bytes) -> Iterable[tuple[int, dict[str, str]]]:
    if len(content) > LARGEST_CSV:
        raise Conflict(_("The file is larger than 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Conflict(_("This is not a CSV file in UTF-8.")) from error
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if text.split("\n", 1)[0].count(";") else ",")
    try:
        lines = [line for _number, line in zip(range(MOST_LINES + 1), rows, strict=False)]
    except csv.Error as error:
        raise Conflict(_("This is not a CSV file in UTF-8.")) from error
    heads = [cell.strip().lower() for cell in lines[0]] if lines else []
    places = {key: next((n for n, head in enumerate(heads) if head in names), -1) for key, names in COLUMNS.items()}
    if places["url"] < 0 or places["reach"] < 0:
        raise Conflict(_("The first line must name the columns “address” and “reach”, and may name “day”."))
    if len(lines) > MOST_LINES:
        raise Conflict(_("A file holds at most %(most)s lines.") % {"most": MOST_LINES})
    for number, line in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in line):
            yield number, {key: line[n].strip() if 0 <= n < len(line) else "" for key, n in places.items()}


def _take(row: dict[str, str], known: dict[str, Posting], organisation: Organisation, name: str) -> str:
    """Why a line does not count; empty when it does."""
    posting = known.get(row["url"])
    if posting is None:
        return _("No posting with this address is in the log.")
    digits = row["reach"].replace(".", "").replace(",", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or int(digits[:12]) > MOST_REACH:
        return _("The reach is not a number.")
    day = _day(row["on"]) if row["on"] else clock.today(organisation.time_zone)
    if day is None or day < posting.posted_on or day > clock.today(organisation.time_zone):
        return _("The day cannot be read, or lies before the posting or in the future.")
    _read(posting, int(digits[:12]), day, name)
    return ""


def _day(text: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text[:10], pattern).date()  # noqa: DTZ007 -- a day, no moment
        except ValueError:
            continue
    return None
