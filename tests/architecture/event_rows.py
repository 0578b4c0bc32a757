"""An event with an edition for the table of who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enggang.attendance.domain.count_results import close_counting
from enggang.attendance.domain.counts import Written, enter_counts
from enggang.attendance.domain.tally import open_phone, open_point
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.accounting import note_incident, write_section_report
from enggang.events.domain.concepts import keep_concept_row
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.partners import add_partnership, open_partner
from enggang.events.domain.permits import add_permit, add_permit_file, move_permit
from enggang.events.domain.publicity import add_publication, attach_asset, move_publication
from enggang.events.domain.reference import keep_reference
from enggang.events.domain.stages import advance_edition
from enggang.events.models import Channel, Edition, GateItem, Objective, Permit
from enggang.places.models import Organisation
from tests.events.factories import make_edition, make_site


def event_of(organisation: Organisation) -> dict[str, Any]:
    """The rows of a side: an event, its proposed edition with a place, a gate item of the agency's own."""
    year = clock.today().year
    edition = make_edition(organisation, year=year)
    site = make_site(edition)
    item = GateItem(stage="curated", text="Surat", valid_from=date(2020, 1, 1), source="uji")
    keep_reference(row=item, organisation=organisation, actor=SYSTEM)
    advance_edition(edition=edition, to="proposed", decider="Kepala", decided_on=clock.today(), actor=SYSTEM)
    decide_dates(
        edition=edition, version=edition.version, first=edition.starts_on, last=edition.ends_on, state="tentative",
        source="uji", actor=SYSTEM,
    )  # fmt: skip
    aim = keep_concept_row(row=Objective(), edition=edition, objective="Pengunjung", actor=SYSTEM)
    issued = permit_of(edition, "road")
    move_permit(permit=issued, to="submitted", on=clock.today(), actor=SYSTEM)
    scan: dict[str, Any] = {"content": b"%PDF-1.7", "filename": "izin.pdf"}
    move_permit(permit=issued, to="issued", on=clock.today(), number="1", actor=SYSTEM, **scan)
    waiting = permit_of(edition, "health")
    paper = add_permit_file(permit=waiting, content=b"%PDF-1.7", filename="a.pdf", name="Peta", actor=SYSTEM)
    report = write_section_report(edition=edition, section="Acara", during="Berjalan baik.", actor=SYSTEM)
    incident = note_incident(
        edition=edition, kind="weather", on=edition.starts_on or clock.today(), what="Hujan.", actor=SYSTEM
    )
    return {**told_of(edition), **counted_of(edition), "section_report": report.pk, "incident": incident.pk, "event": edition.event.code, "edition": edition.code, "site": site.pk, "gate_item": item.pk, "objective": aim.pk, "permit": waiting.code,
            "issued_permit": issued.code, "permit_file": paper.pk}  # fmt: skip


def counted_of(edition: Edition) -> dict[str, Any]:
    """A point with a phone and two lines of its sheet."""
    today = clock.today()
    point = open_point(
        group=edition.subject, organisation=edition.organisation, name="Pintu", stream="Alun-alun", first_day=today,
        last_day=today, actor=SYSTEM,
    )  # fmt: skip
    phone, token = open_phone(point=point, name="Relawan", hours=4, actor=SYSTEM)
    lines = [
        Written(clock.now() - timedelta(minutes=minutes), clock.now() - timedelta(minutes=minutes - 10), 5)
        for minutes in (60, 30)
    ]
    one, other = enter_counts(point=point, person="Ibu", lines=lines, actor=SYSTEM)
    close_counting(group=edition.subject, organisation=edition.organisation, note="", actor=SYSTEM)
    since = Written(clock.now() - timedelta(minutes=15), clock.now() - timedelta(minutes=5), 7)
    enter_counts(point=point, person="Bapak", lines=[since], actor=SYSTEM)  # so that there is a next version to close
    return {
        "count_point": point.code,
        "count_phone": phone.code,
        "count": one.pk,
        "other_count": other.pk,
        "tally": token,
    }


def told_of(edition: Edition) -> dict[str, Any]:
    """Two partners, of whom one is on the list, and two publications, of which one is published."""
    organisation = edition.organisation
    listed, free = (
        open_partner(organisation=organisation, name=name, kind="media", actor=SYSTEM) for name in ("A", "B")
    )
    asked = add_partnership(edition=edition, partner=listed, actor=SYSTEM)
    channel = Channel(name="Radio", valid_from=date(2020, 1, 1), source="uji")
    keep_reference(row=channel, organisation=organisation, actor=SYSTEM)
    planned, posted = (
        add_publication(edition=edition, channel=channel, title=title, offset=-1, actor=SYSTEM) for title in ("A", "B")
    )
    attach_asset(publication=planned, content=b"%PDF-1.7", filename="poster.pdf", actor=SYSTEM)
    move_publication(publication=posted, to="posted", actor=SYSTEM)
    return {"partner": listed.code, "free_partner": free.pk, "partnership": asked.pk, "publication": planned.pk,
            "posted": posted.pk}  # fmt: skip


def permit_of(edition: Edition, kind: str) -> Permit:
    """One of that kind, with an office to write to."""
    made = add_permit(edition=edition, kind=kind, office="Kantor", issuer="other", actor=SYSTEM)
    return Permit.objects.with_names().get(pk=made.pk)
