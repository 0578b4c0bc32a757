"""One day of a made-up festival, counted in every way there is. Event, people and numbers are invented and say so: an
invented number of visitors must never stand beside the name of a festival that is held."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.access.domain.links import actor_of_link
from enggang.attendance.domain.counts import CountArrival, Written, correct_count, sync_counts
from enggang.attendance.models import Count, CountPhone, CountPoint
from enggang.attendance.queries.hours import intervals_of
from enggang.attendance.queries.tally import plan_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.demo.committees import lay_down_committee
from enggang.demo.events import brought
from enggang.events.domain.counting import close_counting, enter_counts, open_phone, open_point, plan_counting
from enggang.events.domain.editions import add_site, open_edition
from enggang.events.domain.events import open_event
from enggang.events.enums import EventKind, RuleKind, Stage
from enggang.events.models import Edition
from enggang.places.models import Organisation, Region

BEGINS, ENDS = time(15), time(21)
MINUTES = 360
CORDON = "Lapangan contoh"
ZONE = ZoneInfo("Asia/Pontianak")
SEED = 1907


def lay_down_counting() -> Edition:
    """Ten days ago, so that nothing of it lies in the future; the edition stays open, to be tried out."""
    agency = Organisation.objects.get(key="kalbar/disporapar")
    day = clock.today() - timedelta(days=10)
    event = open_event(
        organisation=agency, curator=None, name="Festival Contoh (peragaan)", kind=EventKind.FESTIVAL,
        region=Region.objects.get(pk="61.71"), rule=RuleKind.ANNOUNCED, source="Data peragaan",
        rule_note="Acara ini tidak ada: untuk mencoba penghitungan pengunjung.", rule_source="Data peragaan",
        actor=SYSTEM,
    )  # fmt: skip
    edition = open_edition(
        event=event, year=day.year, first=day, last=day, visitors=6_000, actor=SYSTEM
    )  # fmt: skip
    add_site(edition=edition, name=CORDON, region=event.region, area_m2=4_000, capacity=8_000, actor=SYSTEM)
    lay_down_committee(edition)
    brought(edition, Stage.RUNNING)
    _count(edition, day, random.Random(SEED))
    return edition


def _count(edition: Edition, day: date, chance: random.Random) -> None:
    with clock.frozen_at(datetime.combine(day, time(9), ZONE)):
        west = _point(edition, "Gerbang barat (contoh)", place="Dekat pos keamanan")
        east = _point(edition, "Gerbang timur (contoh)", method="sampled", length=5, every=30)
        pier = _point(edition, "Dermaga (contoh)", place="Ujung dermaga")
        street = _point(
            edition,
            "Pawai di jalan (contoh)",
            stream="Jalan contoh",
            entrance=False,
            method="sampled",
            length=5,
            every=20,
        )
        stage = _point(
            edition, "Depan panggung (contoh)", entrance=False, method="density", area_m2=1_200, square_m2=16, every=60
        )
        phones = [
            _phone(edition, point, name)
            for point, name in (
                (west, "Relawan Contoh 1"),
                (west, "Relawan Contoh 2"),
                (east, "Relawan Contoh 3"),
                (street, "Relawan Contoh 4"),
            )
        ]
        plan_counting(
            edition, plan_of(edition.subject, edition.organisation), version=0, main=CORDON, times="1.180",
            times_sd="0.520", times_n=120, times_source="Survei contoh di tempat", actor=SYSTEM,
        )  # fmt: skip
    with clock.frozen_at(datetime.combine(day, time(23), ZONE)):
        crowd = list(_stream(chance, 9))
        _bring(phones[0], _minutes(day, crowd, chance, range(MINUTES), miss=0.02))
        _bring(phones[1], [*_minutes(day, crowd, chance, range(120, 240), miss=0.05), _slip(day)])
        _bring(phones[2], _sample(east, list(_stream(chance, 14)), chance))
        _bring(phones[3], _sample(street, list(_stream(chance, 22)), chance))
        sheet = _paper(edition, pier, day, chance)
        _squares(edition, stage, chance)
        close_counting(edition, note="Angka peragaan, bukan acara sungguhan.", actor=SYSTEM)
    with clock.frozen_at(datetime.combine(day + timedelta(days=1), time(9), ZONE)):
        count = Count.objects.select_related("point__organisation", "point__subject").get(pk=sheet[4].pk)
        correct_count(
            count=count, entered=count.entered + 90, reason="Turus baris ini salah jumlah (contoh)", actor=SYSTEM
        )
        close_counting(edition, note="Setelah lembar dermaga diperiksa (contoh).", actor=SYSTEM)


def _point(edition: Edition, name: str, **facts: object) -> CountPoint:
    return open_point(edition, name=name, actor=SYSTEM, **{"stream": CORDON, "begins": BEGINS, "ends": ENDS, **facts})


def _phone(edition: Edition, point: CountPoint, name: str) -> CountPhone:
    return open_phone(edition, point, name=name, hours=24, actor=SYSTEM)[0]


def _stream(chance: random.Random, height: float) -> Iterator[int]:
    """Swells towards eight in the evening."""
    for minute in range(MINUTES):
        mean = 1 + height * max(0.0, 1 - ((minute - 270) / 250) ** 2)
        yield max(0, round(chance.gauss(mean, mean**0.5)))


def _minutes(
    day: date, crowd: list[int], chance: random.Random, minutes: range, *, miss: float
) -> list[CountArrival]:  # fmt: skip
    """Minute by minute; nobody counted for a quarter of an hour when the battery was changed."""
    begins = datetime.combine(day, BEGINS, ZONE)
    pause = range(255, 270)
    return [
        _arrival(begins + timedelta(minutes=minute), _seen(crowd[minute], chance, miss), crowd[minute] // 6)
        for minute in minutes
        if minute not in pause
    ]


def _seen(people: int, chance: random.Random, miss: float) -> int:
    return sum(chance.random() > miss for _ in range(people))


def _arrival(begins: datetime, entered: int, left: int = 0) -> CountArrival:
    return CountArrival(uuid.uuid4(), begins, begins + timedelta(minutes=1), entered, left, 0)


def _slip(day: date) -> CountArrival:
    """A thumb that lay on the button: left out until somebody has looked at it."""
    return _arrival(datetime.combine(day, time(19, 5), ZONE), 640)


def _sample(point: CountPoint, crowd: list[int], chance: random.Random) -> list[CountArrival]:
    """Every interval but one, which the volunteer missed."""
    spans = [each.span for each in intervals_of(point)]
    first = datetime.combine(point.first_day, BEGINS, ZONE)
    return [
        _arrival(at, _seen(crowd[(at - first) // timedelta(minutes=1)], chance, 0.02))
        for number, span in enumerate(spans)
        if number != 4
        for at in (span.begins + timedelta(minutes=minute) for minute in range(point.length))
    ]


def _bring(phone: CountPhone, arrivals: list[CountArrival]) -> None:
    device = str(uuid.uuid4())
    sync_counts(phone=phone, device=device, arrivals=arrivals, waiting=0, actor=actor_of_link(phone.link))


def _paper(edition: Edition, point: CountPoint, day: date, chance: random.Random) -> list[Count]:
    """Two at the pier counted with strokes, the second for two hours."""
    begins = datetime.combine(day, BEGINS, ZONE)
    hours = [begins + timedelta(hours=number) for number in range(6)]
    people = [chance.randrange(60, 180) for _ in hours]
    rows = enter_counts(edition, point, person="Ibu Contoh", lines=_lines(hours, people), actor=SYSTEM)
    enter_counts(
        edition, point, person="Pak Contoh", lines=_lines(hours[1:3], [people[1] + 6, people[2] - 4]), actor=SYSTEM
    )
    return rows


def _lines(hours: list[datetime], people: list[int]) -> list[Written]:
    return [Written(at, at + timedelta(hours=1), each, each // 5) for at, each in zip(hours, people, strict=True)]


def _squares(edition: Edition, point: CountPoint, chance: random.Random) -> None:
    for number, each in enumerate(intervals_of(point)):
        moment = each.span.begins
        people = [max(0, round(chance.gauss(4 + 5 * number, 3))) for _ in range(6)]
        lines = [Written(moment, moment, count) for count in people]
        enter_counts(edition, point, person="Tim panggung contoh", lines=lines, actor=SYSTEM)
