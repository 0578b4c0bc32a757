from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import cancel_occasion, mark_list, mark_present
from enggang.attendance.enums import Method, Status
from enggang.attendance.models import Mark, Occasion
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db


def url_of(occasion: Occasion) -> str:
    return reverse("attendance:occasion", args=[occasion.code])


def test_the_list_shows_who_is_expected_and_saves_what_was_chosen() -> None:
    occasion = make_occasion()
    b = make_pass(occasion, "Budi Santoso", make_organisation("Dinas Kominfo")).holder
    a = make_pass(occasion, "Ani Wulandari").holder
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)

    page = client.get(url_of(occasion)).content.decode()
    assert page.index("Ani Wulandari") < page.index("Budi Santoso")
    assert "Dinas Kominfo" in page

    answer = client.post(url_of(occasion), {f"status-{a.code}": "present", f"status-{b.code}": "sick"}, follow=True)
    assert "2 lines of the list saved" in answer.content.decode()
    marks = {mark.holder_id: (mark.status, mark.method) for mark in Mark.objects.all()}
    assert marks == {a.pk: ("present", "list"), b.pk: ("sick", "list")}


def test_a_reason_is_asked_for_and_kept() -> None:
    occasion = make_occasion()
    holder = make_pass(occasion).holder
    client = signed_in(Role.ORGANISER, occasion.organisation)
    client.post(url_of(occasion), {f"status-{holder.code}": "excused"})
    assert f'name="note-{holder.code}"' in client.get(url_of(occasion)).content.decode()
    posted = {
        f"status-{holder.code}": "excused",
        f"note-{holder.code}": "Surat tugas 090/12",
        "seen": f"{holder.code}:excused",
    }
    client.post(url_of(occasion), posted)
    assert Mark.objects.get().note == "Surat tugas 090/12"
    page = client.post(url_of(occasion), posted, follow=True).content.decode()
    assert "Nothing had changed" in page


def test_a_list_left_open_does_not_undo_the_scans_made_meanwhile() -> None:
    occasion = make_occasion()
    a, b = [make_pass(occasion).holder for _ in range(2)]
    mark_list(occasion=occasion, statuses={a.code: Status.ABSENT, b.code: Status.ABSENT}, actor=SYSTEM)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    seen = client.get(url_of(occasion)).context["seen"]
    mark_present(occasion=occasion, holder=a, method=Method.QR, actor=SYSTEM)

    posted = {"seen": seen, f"status-{a.code}": "absent", f"note-{a.code}": "", f"status-{b.code}": "excused"}
    client.post(url_of(occasion), posted)

    assert {mark.holder_id: mark.status for mark in Mark.objects.all()} == {a.pk: "present", b.pk: "excused"}


def test_a_hostile_list_writes_nothing_and_keeps_what_was_chosen() -> None:
    occasion, other = make_occasion(), make_occasion()
    holder, stranger = make_pass(occasion).holder, make_pass(other).holder
    client = signed_in(Role.ORGANISER, occasion.organisation)
    good = {f"status-{holder.code}": "sick"}
    for bad in [
        {**good, f"status-{stranger.code}": "present"},
        {**good, "status-": "present"},
        {**good, "status-<script>": "present"},
        {f"status-{holder.code}": "hadir; drop table"},
    ]:
        answer = client.post(url_of(occasion), bad)
        assert answer.status_code == 409
        assert "The list was not saved" in answer.content.decode()
    assert (
        client.post(url_of(occasion), {**good, f"status-{stranger.code}": "present"}).context["rows"][0]["chosen"]
        == "sick"
    )
    huge = {f"status-{number}": "present" for number in range(2000)}
    assert client.post(url_of(occasion), huge).status_code in {400, 409}
    assert not Mark.objects.exists()


def test_the_list_of_another_agency_is_not_found_and_a_reader_changes_nothing() -> None:
    occasion = make_occasion()
    holder = make_pass(occasion).holder
    posted = {f"status-{holder.code}": "absent"}
    assert Client().get(url_of(occasion))["Location"].startswith("/akun/masuk/")
    assert Client().post(url_of(occasion), posted)["Location"].startswith("/akun/masuk/")
    for client in [
        signed_in(Role.ORGANISER, make_organisation("Lain")),
        signed_in(Role.PARTICIPANT, occasion.organisation),
        signed_in(Role.COORDINATOR, occasion.organisation),
    ]:
        for name in ["occasion", "print"]:
            assert client.get(reverse(f"attendance:{name}", args=[occasion.code])).status_code == 404
        assert client.post(url_of(occasion), posted).status_code == 404
    reader = signed_in(Role.INSPECTOR, occasion.organisation)
    assert 'type="radio"' not in reader.get(url_of(occasion)).content.decode()
    assert reader.post(url_of(occasion), posted).status_code == 404
    assert not Mark.objects.exists()


def test_a_cancelled_session_shows_its_list_without_choices() -> None:
    occasion = make_occasion()
    holder = make_pass(occasion).holder
    cancel_occasion(occasion=occasion, actor=SYSTEM)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    page = client.get(url_of(occasion)).content.decode()
    assert "This session is cancelled" in page
    assert 'type="radio"' not in page
    assert client.post(url_of(occasion), {f"status-{holder.code}": "present"}).status_code == 409
    assert not Mark.objects.exists()


def test_the_search_finds_by_name_and_agency_without_accents() -> None:
    occasion = make_occasion()
    make_pass(occasion, "Agnès Tan")
    make_pass(occasion, "Budi", make_organisation("Dinas Kominfo"))
    client = signed_in(Role.ORGANISER, occasion.organisation)
    found = {text: [row["line"].name for row in client.get(url_of(occasion), {"cari": text}).context["rows"]]
             for text in ("agnes", "KOMINFO", "nobody")}  # fmt: skip
    assert found == {"agnes": ["Agnès Tan"], "KOMINFO": ["Budi"], "nobody": []}


def test_the_sheet_has_a_line_for_everybody_and_room_to_sign() -> None:
    occasion = make_occasion()
    make_pass(occasion, "Budi", make_organisation("Dinas Kominfo"))
    make_pass(occasion, "Ani")
    page = signed_in(Role.INSPECTOR, occasion.organisation).get(reverse("attendance:print", args=[occasion.code]))
    text = page.content.decode()
    assert text.index("Ani") < text.index("Budi")
    assert all(word in text for word in ("Dinas Kominfo", "Komposisi foto", "Signature", "08.00–12.00 WIB"))


def test_five_hundred_rows_are_one_page_and_one_save() -> None:
    occasion = make_occasion()
    holders = [make_pass(occasion, f"Peserta {number:03}").holder for number in range(500)]
    client = signed_in(Role.ORGANISER, occasion.organisation)
    assert len(client.get(url_of(occasion)).context["rows"]) == 500
    client.post(url_of(occasion), {f"status-{holder.code}": "present" for holder in holders})
    assert Mark.objects.filter(status="present").count() == 500


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("occasion", 11), ("print", 8), ("scan", 6)])
def test_pages_take_the_same_queries_for_any_size(
    name: str, queries: int, count: int, django_assert_max_num_queries: Any
) -> None:
    occasion = make_occasion()
    for _ in range(count):
        held = make_pass(occasion, agency=make_organisation())
        mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=SYSTEM)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    with django_assert_max_num_queries(queries):
        client.get(reverse(f"attendance:{name}", args=[occasion.code]))


def test_the_list_of_a_session_that_is_to_come_says_so() -> None:
    """Whoever opens the list of another day by mistake sees it before they fill it in."""
    occasion = make_occasion()
    client = signed_in(Role.ORGANISER, occasion.organisation)
    for before, told in ((timedelta(days=1), True), (timedelta(hours=1), False)):
        with clock.frozen_at(occasion.starts_at - before):
            assert ("This session begins only on" in client.get(url_of(occasion)).content.decode()) is told
