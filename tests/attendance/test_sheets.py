from __future__ import annotations

from datetime import date

import pytest

from enggang.access.enums import Role
from enggang.attendance.domain.sheets import LARGEST_SHEET, keep_sheet, plan_meals, remove_sheet
from enggang.attendance.enums import SheetKind
from enggang.attendance.models import MealDay, Occasion, SheetScan
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from tests.attendance.factories import make_actor, make_occasion, make_organisation

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 7)


def keep(
    occasion: Occasion, content: bytes = b"%PDF-1.7", name: str = "daftar.pdf", actor: Actor = SYSTEM
) -> SheetScan:
    return keep_sheet(
        group=occasion.group, organisation=occasion.organisation, day=DAY, kind=SheetKind.LUNCH, content=content,
        name=name, actor=actor,
    )  # fmt: skip


def plan(occasion: Occasion, *meals: str, actor: Actor = SYSTEM) -> list[MealDay]:
    return plan_meals(group=occasion.group, organisation=occasion.organisation, day=DAY, meals=meals, actor=actor)


def test_a_signed_list_is_told_by_its_content() -> None:
    scan = keep(make_occasion(), b"\xff\xd8\xff\xe0foto", "tanda tangan.PDF")
    assert (scan.file.name, scan.file.media_type) == ("tanda tangan.jpg", "image/jpeg")
    assert read_bytes(scan.file) == b"\xff\xd8\xff\xe0foto"


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", b"%PDF-" + bytes(LARGEST_SHEET)])
def test_what_is_no_paper_or_too_large_is_refused_and_nothing_is_kept(content: bytes) -> None:
    with pytest.raises(Conflict):
        keep(make_occasion(), content)
    assert not StoredFile.objects.exists()


def test_a_newer_scan_replaces_and_the_old_one_stays_on_record() -> None:
    occasion = make_occasion()
    old, new = keep(occasion), keep(occasion, b"\x89PNG\r\n\x1a\nx", "b.png")
    old.refresh_from_db()
    assert [row.pk for row in SheetScan.objects.current()] == [new.pk]
    assert old.ended_at
    assert old.end_reason == ""
    assert read_bytes(old.file) == b"%PDF-1.7"


def test_the_same_file_twice_is_said_to_be_there() -> None:
    occasion = make_occasion()
    keep(occasion)
    with pytest.raises(Conflict, match="already"):
        keep(occasion)
    assert SheetScan.objects.count() == 1


def test_removing_needs_a_reason_and_happens_once() -> None:
    scan = keep(make_occasion())
    with pytest.raises(Conflict, match="why"):
        remove_sheet(scan=scan, reason="  ", actor=SYSTEM)
    assert remove_sheet(scan=scan, reason="Salah hari", actor=SYSTEM).end_reason == "Salah hari"
    with pytest.raises(Conflict, match="already"):
        remove_sheet(scan=scan, reason="Lagi", actor=SYSTEM)


def test_only_staff_of_the_agency_keep_and_remove() -> None:
    occasion = make_occasion()
    stranger = make_actor(Role.ORGANISER, make_organisation("Dinas lain"))
    leader = make_actor(Role.LEADER, occasion.organisation)
    for actor in (stranger, leader):
        with pytest.raises(NotAllowed):
            keep(occasion, actor=actor)
        with pytest.raises(NotAllowed):
            plan(occasion, "lunch", actor=actor)
    scan = keep(occasion, actor=make_actor(Role.INSTRUCTOR, occasion.organisation))
    with pytest.raises(NotAllowed):
        remove_sheet(scan=scan, reason="x", actor=stranger)


def test_meals_are_planned_and_taken_back_but_not_from_under_a_signed_list() -> None:
    occasion = make_occasion()
    assert [row.meal for row in plan(occasion, "lunch", "snack")] == ["snack", "lunch"]
    plan(occasion, "lunch", "snack")
    assert MealDay.objects.count() == 2
    scan = keep(occasion)
    with pytest.raises(Conflict, match="Lunch"):
        plan(occasion, "snack")
    remove_sheet(scan=scan, reason="Salah", actor=SYSTEM)
    assert [row.meal for row in plan(occasion, "snack")] == ["snack"]


@pytest.mark.parametrize("meal", ["day", "brunch", ""])
def test_what_is_no_meal_is_refused(meal: str) -> None:
    with pytest.raises(Conflict):
        plan(make_occasion(), "lunch", meal)
    assert not MealDay.objects.exists()
