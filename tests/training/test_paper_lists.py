from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.domain.sheets import keep_sheet, plan_meals
from enggang.attendance.enums import SheetKind, Status
from enggang.attendance.models import MealDay, SheetScan
from enggang.attendance.queries.audience import expected_at
from enggang.attendance.queries.roster import roster
from enggang.core.actor import SYSTEM
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.classes import keep_class, place_in_class
from enggang.training.domain.sessions import add_session
from enggang.training.models import Wave
from enggang.training.queries.paper_lists import paper_days
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def a_wave(people: int = 2) -> Wave:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 20))
    for name in ["Zulkifli", "Ani Wulandari", "Budi", "Citra"][:people]:
        seat(wave, make_person(agency, name))
    return wave


def desk(wave: Wave, role: Role = Role.ORGANISER) -> Client:
    client = client_of(make_user(role, wave.organisation))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(wave: Wave, name: str = "list_print", kind: str = "day", **more: Any) -> str:
    return reverse(f"training:{name}", kwargs={"code": wave.code, "day": wave.starts_on, "kind": kind, **more})


def a_file(content: bytes = b"%PDF-1.7", name: str = "daftar.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def keep(wave: Wave, kind: SheetKind = SheetKind.DAY, part: str = "", content: bytes = b"%PDF-1.7") -> SheetScan:
    return keep_sheet(
        group=wave.subject, organisation=wave.organisation, day=wave.starts_on, kind=kind, part=part, content=content,
        name="a.pdf", actor=SYSTEM,
    )  # fmt: skip


def test_a_list_has_everybody_with_a_seat_by_name() -> None:
    wave = a_wave(3)
    page = desk(wave).get(url(wave)).content.decode()
    assert page.index("Ani Wulandari") < page.index("Budi") < page.index("Zulkifli")
    assert "Attendance list" in page


def test_a_day_with_two_signings_has_a_column_for_each() -> None:
    wave = a_wave()
    add_session(wave=wave, title="Sore", day=wave.starts_on, begins=time(13), ends=time(16), actor=SYSTEM)
    page = desk(wave).get(url(wave)).content.decode()
    assert "08.00–12.00" in page
    assert "13.00–16.00" in page


def test_a_class_has_a_list_of_its_own() -> None:
    wave = a_wave(2)
    klass = keep_class(wave=wave, kind="class", name="Kelas A", actor=SYSTEM)
    place_in_class(klass=klass, registrations=[wave.registrations.get(printed_name="Zulkifli")], actor=SYSTEM)
    page = desk(wave).get(url(wave), {"kelas": klass.pk}).content.decode()
    assert "Zulkifli" in page
    assert "Ani Wulandari" not in page


@pytest.mark.parametrize("klass", ["0", "x", "99999999999999999999", "-1"])
def test_a_class_of_elsewhere_has_no_list_here(klass: str) -> None:
    wave = a_wave()
    other = make_wave(make_agency("Lain"))
    strange = keep_class(wave=other, kind="class", name="B", actor=SYSTEM)
    client = desk(wave)
    assert client.get(url(wave), {"kelas": klass}).status_code == 404
    assert client.get(url(wave), {"kelas": strange.pk}).status_code == 404


def test_a_meal_has_a_list_only_when_it_is_planned() -> None:
    wave, client = (wave := a_wave()), desk(wave)
    assert client.get(url(wave, kind="lunch")).status_code == 404
    days = {"first": wave.starts_on.isoformat(), "last": wave.ends_on.isoformat(), "meals": ["lunch", "snack"]}
    client.post(reverse("training:list_meals", args=[wave.code]), days)
    assert MealDay.objects.count() == 4
    assert "Lunch" in client.get(url(wave, kind="lunch")).content.decode()


@pytest.mark.parametrize(
    "days", [{"first": "2001-01-01"}, {"last": "x"}, {"meals": ["brunch"]}, {"first": "", "last": ""}]
)
def test_wrong_days_or_meals_are_told_on_the_form(days: dict[str, Any]) -> None:
    wave = a_wave()
    posted = {"first": wave.starts_on.isoformat(), "last": wave.ends_on.isoformat(), "meals": ["lunch"], **days}
    answer = desk(wave).post(reverse("training:list_meals", args=[wave.code]), posted)
    assert answer.status_code == 422
    assert not MealDay.objects.exists()


def test_days_the_wrong_way_round_are_told() -> None:
    wave = a_wave()
    posted = {"first": wave.ends_on.isoformat(), "last": wave.starts_on.isoformat(), "meals": ["lunch"]}
    answer = desk(wave).post(reverse("training:list_meals", args=[wave.code]), posted)
    assert "lies before the first" in answer.content.decode()


def test_the_scan_is_kept_shown_with_its_keeper_and_handed_out() -> None:
    wave = a_wave()
    client = desk(wave, Role.INSTRUCTOR)
    answer = client.post(url(wave, "list_keep"), {"file": a_file()}, follow=True).content.decode()
    assert "Pengguna" in answer
    assert "Kept" in answer
    scan = SheetScan.objects.get()
    treasurer = desk(wave, Role.TREASURER)
    got = treasurer.get(reverse("training:list_scan", args=[wave.code, scan.pk]))
    assert got.content == b"%PDF-1.7"
    assert got["Content-Disposition"].startswith("attachment")
    assert treasurer.post(url(wave, "list_keep"), {"file": a_file()}).status_code == 404


@pytest.mark.parametrize(
    "posted", [{}, {"file": a_file(b"MZ")}, {"file": a_file(b"")}, {"file": a_file(), "part": "Kelas Z"}]
)
def test_a_wrong_upload_is_told_and_not_kept(posted: dict[str, Any]) -> None:
    wave = a_wave()
    keep_class(wave=wave, kind="class", name="Kelas A", actor=SYSTEM)
    answer = desk(wave).post(url(wave, "list_keep"), posted, follow=True)
    assert 'class="toast' in answer.content.decode() or "PDF, JPEG" in answer.content.decode()
    assert not SheetScan.objects.exists()


@pytest.mark.parametrize(("day", "kind"), [("2001-01-01", "day"), ("x", "day"), ("2026-13-40", "day")])
def test_a_day_that_the_wave_does_not_have_has_no_list(day: str, kind: str) -> None:
    wave = a_wave()
    address = reverse("training:list_keep", kwargs={"code": wave.code, "day": day, "kind": kind})
    assert desk(wave).post(address, {"file": a_file()}).status_code == 404


def test_a_scan_of_another_wave_is_not_here() -> None:
    wave, other = a_wave(), a_wave()
    scan = keep(other)
    client = desk(wave)
    assert client.get(reverse("training:list_scan", args=[wave.code, scan.pk])).status_code == 404
    assert client.get(reverse("training:list_scan", args=[other.code, scan.pk])).status_code == 404
    client.post(reverse("training:list_remove", args=[wave.code, scan.pk]), {"reason": "x"})
    assert SheetScan.objects.current().count() == 1


def test_removed_and_replaced_scans_are_shown_with_the_reason() -> None:
    wave, client = (wave := a_wave()), desk(wave)
    scan = keep(wave)
    client.post(reverse("training:list_remove", args=[wave.code, scan.pk]), {"reason": ""})
    assert SheetScan.objects.current().exists()
    client.post(reverse("training:list_remove", args=[wave.code, scan.pk]), {"reason": "Halaman hilang"})
    page = client.get(reverse("training:lists", args=[wave.code])).content.decode()
    assert "removed: Halaman hilang" in page
    assert "1 earlier version" in page


def test_lists_by_class_are_complete_once_every_class_is_back() -> None:
    wave = a_wave()
    for name in ("A", "B"):
        keep_class(wave=wave, kind="class", name=name, actor=SYSTEM)
    keep(wave, part="A")
    first = paper_days(wave)[0].lists[0]
    assert (first.is_complete, first.missing_parts) == (False, ["B"])
    keep(wave, part="B")
    assert paper_days(wave)[0].lists[0].is_complete
    keep(wave)
    assert len(paper_days(wave)[0].lists[0].current) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_screen_asks_as_many_questions_for_one_list_as_for_three(rows: int, django_assert_num_queries: Any) -> None:
    wave = a_wave()
    plan_meals(
        group=wave.subject, organisation=wave.organisation, day=wave.starts_on,
        meals=[SheetKind.SNACK, SheetKind.LUNCH, SheetKind.DINNER][:rows], actor=SYSTEM,
    )  # fmt: skip
    for kind in [SheetKind.SNACK, SheetKind.LUNCH, SheetKind.DINNER][:rows]:
        keep(wave, kind)
    with django_assert_num_queries(4):
        paper_days(wave)


def test_the_list_of_a_session_for_one_class_shows_that_class_and_who_came_all_the_same() -> None:
    wave = a_wave(3)
    klass = keep_class(wave=wave, kind="class", name="Kelas A", actor=SYSTEM)
    zul, ani, budi = (wave.registrations.get(printed_name=name) for name in ("Zulkifli", "Ani Wulandari", "Budi"))
    place_in_class(klass=klass, registrations=[zul], actor=SYSTEM)
    session = add_session(
        wave=wave, title="Praktik", day=wave.starts_on + timedelta(days=1), begins=time(13), ends=time(15),
        klass=klass, actor=SYSTEM,
    )  # fmt: skip
    assert [line.name for line in roster(session.occasion)] == ["Zulkifli"]
    assert expected_at(session.occasion) == 1
    mark_list(occasion=session.occasion, statuses={budi.person.code: Status.PRESENT}, actor=SYSTEM)
    assert [line.name for line in roster(session.occasion)] == ["Budi", "Zulkifli"]
    plenary = wave.sessions.earliest("day").occasion
    assert len(roster(plenary)) == expected_at(plenary) == 3
    assert ani.person.name not in [line.name for line in roster(session.occasion)]


def test_the_wave_leads_to_the_gate_and_to_the_lists() -> None:
    wave = a_wave()
    page = desk(wave).get(reverse("training:wave", args=[wave.code])).content.decode()
    first = wave.sessions.earliest("day").occasion
    assert reverse("attendance:gates", args=[first.code]) in page
    assert reverse("training:lists", args=[wave.code]) in page
    leader = desk(wave, Role.LEADER).get(reverse("training:wave", args=[wave.code])).content.decode()
    assert reverse("attendance:gates", args=[first.code]) not in leader
