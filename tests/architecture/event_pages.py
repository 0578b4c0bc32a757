"""The lines of the permission table that are about events."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from enggang.attendance.models import Count
from enggang.core import clock
from enggang.documents.models import Signatory
from enggang.events import rules
from enggang.events.models import Channel, Edition, EventPage, Publication
from tests.architecture.arguments import MANAGERS, fixed, row, scan
from tests.architecture.matrix import FromSide, Row, Side, Values, page, post, roles

READERS = roles(*rules.SEES_EVENTS)


def edition_of(side: Side) -> Edition:
    return Edition.objects.get(subject__code=side.rows["edition"])


def of_edition(**more: str) -> FromSide:
    """The address of the edition with ids of other rows of the side: ``site_id="site"``."""
    return lambda side: {"code": side.rows["edition"], **{name: side.rows[key] for name, key in more.items()}}


def page_version(side: Side) -> Values:
    found = EventPage.objects.filter(event__subject__code=side.rows["event"]).first()
    return {"version": found.version if found else 0, "summary": "Uji"}


def dates(side: Side) -> Values:
    edition = edition_of(side)
    return {
        "lihat": "1",
        "version": edition.version,
        "first": str(edition.starts_on),
        "last": str(edition.ends_on),
        "state": "tentative",
    }


def decision(**more: str) -> FromSide:
    return lambda _side: {"decider": "Kepala", "decided_on": clock.today().isoformat(), "reason": "uji", **more}


def paper(side: Side) -> Values:
    return {"code": side.rows["permit"], "row_id": side.rows["permit_file"]}


def application(side: Side) -> Values:
    signs = Signatory.objects.filter(organisation=side.organisation).first()
    return {"wording": "permit/1", "signatory": signs.pk if signs else 0, "despite": "on"}


def concept(**more: Any) -> FromSide:
    return lambda side: {"code": side.rows["edition"], "what": "sasaran", **more}


def objective(**more: Any) -> FromSide:
    return lambda side: {**concept(**more)(side), "row_id": side.rows["objective"]}


def printed() -> FromSide:
    return lambda side: {"code": side.rows["edition"], "paper": "kak"}


def step(name: str) -> FromSide:
    return lambda side: {"code": side.rows["edition"], "step": name}


def words(side: Side) -> Values:
    return {"version": Publication.objects.get(pk=side.rows["publication"]).version, "id": "Mari"}


def told(side: Side) -> Values:
    channel = Channel.objects.filter(organisation=side.organisation).first()
    return {"title": "Poster", "channel": channel.pk if channel else 0, "offset": -1, "version": 1}


def asked(side: Side) -> Values:
    return {"partner": side.rows["free_partner"]}


def correction(side: Side) -> Values:
    count = Count.objects.get(pk=side.rows["count"])
    zone = ZoneInfo(count.point.time_zone)
    times = {name: f"{getattr(count, name).astimezone(zone):%Y-%m-%dT%H:%M}" for name in ("from_at", "to_at")}
    return {**times, "entered": count.entered + 1, "left": 0, "reason": "uji"}


POINT = of_edition(point="count_point")
PARTNERSHIP, PUBLICATION = of_edition(row_id="partnership"), of_edition(row_id="publication")
EVENTS: dict[str, tuple[Row, ...]] = {
    "events:calendar": (page(READERS),),
    "events:overview": (page(READERS),),
    "events:events": (page(READERS),),
    "events:event_new": (page(MANAGERS),),
    "events:event": (page(READERS, args=row("event")), post(MANAGERS, args=row("event"), data=fixed(year=2031))),
    "events:event_edit": (page(MANAGERS, args=row("event")),),
    "events:event_page": (page(MANAGERS, args=row("event")), post(MANAGERS, args=row("event"), data=page_version)),
    "events:event_wording": (
        page(MANAGERS, args=row("event", language="zh")),
        post(MANAGERS, args=row("event", language="zh"), data=fixed(name="節")),
    ),
    "events:rules": (page(READERS, args=fixed(word="gerbang")),),
    "events:rule_new": (page(MANAGERS, args=fixed(word="gerbang")),),
    "events:rule": (page(MANAGERS, args=lambda side: {"word": "gerbang", "row_id": side.rows["gate_item"]}),),
    "events:edition": (page(READERS, args=of_edition()),),
    "events:concept": (page(READERS, args=of_edition()),),
    "events:concept_edit": (page(MANAGERS, args=of_edition()),),
    "events:concept_row_new": (page(MANAGERS, args=concept()),),
    "events:concept_row": (page(MANAGERS, args=objective()),),
    "events:concept_row_step": (post(MANAGERS, args=objective(step="naik")),),
    "events:papers": (page(READERS, args=of_edition()),),
    "events:accounting": (page(READERS, args=of_edition()),),
    "events:account_edit": (page(MANAGERS, args=of_edition()),),
    "events:section_report_new": (page(MANAGERS, args=of_edition()),),
    "events:section_report": (page(MANAGERS, args=of_edition(report_id="section_report")),),
    "events:section_report_drop": (post(MANAGERS, args=of_edition(report_id="section_report")),),
    "events:incident_new": (page(MANAGERS, args=of_edition()),),
    "events:incident": (page(MANAGERS, args=of_edition(incident_id="incident")),),
    "events:incident_void": (post(MANAGERS, args=of_edition(incident_id="incident"), data=fixed(reason="uji")),),
    "events:incident_restore": (post(MANAGERS, args=of_edition(incident_id="incident")),),
    "events:audit_folder": (post(READERS, args=of_edition()),),
    "events:paper_pdf": (page(READERS, args=printed()),),
    "events:paper_docx": (page(READERS, args=printed()),),
    "events:decree": (page(MANAGERS, args=of_edition()),),
    "events:invitation": (page(MANAGERS, args=of_edition()),),
    "events:edition_edit": (page(MANAGERS, args=of_edition()),),
    "events:organisers": (page(MANAGERS, args=of_edition()),),
    "events:site_new": (page(MANAGERS, args=of_edition()),),
    "events:site": (page(MANAGERS, args=of_edition(site_id="site")),),
    "events:site_drop": (post(MANAGERS, args=of_edition(site_id="site")),),
    "events:dates": (page(READERS, args=of_edition()),),
    "events:dates_decide": (page(MANAGERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=dates)),
    "events:gates": (page(READERS, args=of_edition()),),
    "events:gate_forward": (post(MANAGERS, args=of_edition(), data=decision(to="curated")),),
    "events:gate_item": (post(MANAGERS, args=of_edition(item_id="gate_item")),),
    "events:edition_clone": (
        page(MANAGERS, args=of_edition()),
        post(MANAGERS, args=of_edition(), data=fixed(year=2031)),
    ),
    "events:plan": (page(READERS, args=of_edition()), post(MANAGERS, args=of_edition())),
    "events:money": (page(READERS, args=of_edition()),),
    "events:money_start": (post(MANAGERS, args=of_edition()),),
    "events:permits": (page(READERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=fixed(kind="water"))),
    "events:permits_renew": (post(MANAGERS, args=of_edition()),),
    "events:permit": (page(READERS, args=row("permit")),),
    "events:permit_edit": (page(MANAGERS, args=row("permit")),),
    "events:permit_move": (
        post(MANAGERS, args=row("permit"), data=lambda _side: {"to": "submitted", "on": clock.today().isoformat()}),
    ),
    "events:permit_seen": (post(MANAGERS, args=row("permit")),),
    "events:paper_add": (post(MANAGERS, args=row("permit"), data=lambda side: {**scan(side), "name": "Peta"}),),
    "events:paper": (page(READERS, args=paper),),
    "events:paper_drop": (post(MANAGERS, args=paper),),
    "events:permit_scan": (page(READERS, args=row("issued_permit")),),
    "events:application": (post(MANAGERS, args=row("permit"), data=application),),
    "events:annex_pdf": (page(READERS, args=row("permit")),),
    "events:annex_docx": (page(READERS, args=row("permit")),),
    "events:partners": (page(READERS),),
    "events:partner_new": (page(MANAGERS),),
    "events:partner": (page(READERS, args=row("partner")),),
    "events:partner_edit": (page(MANAGERS, args=row("partner")),),
    "events:partner_retire": (post(MANAGERS, args=row("partner")),),
    "events:partner_restore": (post(MANAGERS, args=row("partner")),),
    "events:partnerships": (page(READERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=asked)),
    "events:partnership": (page(READERS, args=PARTNERSHIP), post(MANAGERS, args=PARTNERSHIP, data=fixed(version=1))),
    "events:partnership_move": (
        post(MANAGERS, args=PARTNERSHIP, data=lambda _side: {"to": "asked", "on": clock.today().isoformat()}),
    ),
    "events:partnership_drop": (post(MANAGERS, args=PARTNERSHIP),),
    "events:counting": (page(READERS, args=of_edition()),),
    "events:counting_board": (page(READERS, args=of_edition()),),
    "events:counting_method": (
        page(MANAGERS, args=of_edition()),
        post(
            MANAGERS,
            args=of_edition(),
            data=fixed(version=0, most_per_minute=200, differs_percent=15, silent_minutes=15, gap_minutes=10),
        ),
    ),
    "events:counting_result": (
        page(READERS, args=of_edition()),
        post(MANAGERS, args=of_edition(), data=fixed(note="uji")),
    ),
    "events:counting_version": (page(READERS, args=lambda side: {**of_edition()(side), "number": 1}),),
    "events:counting_point_new": (page(MANAGERS, args=of_edition()),),
    "events:counting_point": (page(READERS, args=POINT), post(MANAGERS, args=POINT, data=fixed(name="Uji", hours=4))),
    "events:counting_point_edit": (page(MANAGERS, args=POINT),),
    "events:counting_point_void": (post(MANAGERS, args=POINT, data=fixed(reason="uji")),),
    "events:counting_point_restore": (post(MANAGERS, args=POINT),),
    "events:counting_sheet": (page(READERS, args=POINT),),
    "events:counting_enter": (page(MANAGERS, args=POINT),),
    "events:counting_saved": (page(MANAGERS, args=POINT),),
    "events:counting_phone_revoke": (post(MANAGERS, args=of_edition(point="count_point", phone="count_phone")),),
    "events:counting_count": (
        page(READERS, args=of_edition(point="count_point", count_id="count")),
        post(MANAGERS, args=of_edition(point="count_point", count_id="count"), data=correction),
    ),
    "events:counting_settle": (
        post(
            MANAGERS,
            args=lambda side: {**POINT(side), "step": "keluarkan"},
            data=lambda side: {"reason": "uji", "count": side.rows["other_count"]},
        ),
    ),
    "events:publications": (page(READERS, args=of_edition()), post(MANAGERS, args=of_edition(), data=told)),
    "events:edition_collection": (post(MANAGERS, args=of_edition(), data=fixed(koleksi="baru")),),
    "events:publication": (page(READERS, args=PUBLICATION),),
    "events:publication_edit": (post(MANAGERS, args=PUBLICATION, data=told),),
    "events:publication_captions": (post(MANAGERS, args=PUBLICATION, data=words),),
    "events:publication_move": (post(MANAGERS, args=PUBLICATION, data=fixed(to="dropped")),),
    "events:publication_reach": (
        post(MANAGERS, args=of_edition(row_id="posted"), data=fixed(version=2, reach=5, link="")),
    ),
    "events:publication_seen": (post(MANAGERS, args=PUBLICATION),),
    "events:publication_drop": (post(MANAGERS, args=PUBLICATION),),
    "events:publication_asset": (
        page(READERS, args=PUBLICATION),
        post(MANAGERS, args=PUBLICATION, data=scan),
    ),
    "events:gate_step": (post(MANAGERS, args=step("batal"), data=decision()),),
}
