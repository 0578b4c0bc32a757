"""The pages of a plan: a board, a list, a line of time, dates to be agreed, and one's own tasks on a phone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.domain.persons import add_person
from enggang.places.models import Organisation
from enggang.plans.domain.plans import add_section, set_day
from enggang.plans.domain.reference import load_reference
from enggang.plans.domain.rundown import start_item
from enggang.plans.domain.tasks import hand_out_tasks
from enggang.plans.models import Member, Plan, Task
from tests.places.factories import browser, client_of, organisation
from tests.plans.factories import make_day, make_item, make_member, make_plan, make_task

pytestmark = pytest.mark.django_db
TASK = {"title": "Urus izin", "anchor": "days", "number": "10", "side": "before", "lasts": "2"}


@pytest.fixture
def agency() -> Organisation:
    return organisation()


@pytest.fixture
def client(agency: Organisation) -> Client:
    return browser((Role.ORGANISER, agency))


def soon(**more: int) -> date:
    return clock.today() + timedelta(**more)


def test_a_festival_is_planned_from_a_bundle_in_few_steps(agency: Organisation, client: Client) -> None:
    load_reference(actor=SYSTEM)
    data = {"title": "Robo-Robo", "day": "2027-08-04", "time_zone": "Asia/Pontianak", "organisation": agency.pk}
    answer = client.post(reverse("plans:new"), data)
    plan = Plan.objects.get()
    assert answer["Location"] == reverse("plans:bundles", args=[plan.code])
    assert "Festival daerah" in client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], {"bundle": "Festival daerah"})
    page = client.get(reverse("plans:plan", args=[plan.code]))
    assert sum(len(column.tasks) for column in page.context["columns"]) == plan.tasks.count() > 20


def test_a_task_is_added_changed_and_a_late_tab_keeps_what_was_typed(agency: Organisation, client: Client) -> None:
    plan = make_plan(agency)
    assert client.post(reverse("plans:task_new", args=[plan.code]), TASK).status_code == 302
    task = plan.tasks.get()
    assert (task.offset, task.due_on, task.lasts) == (-10, date(2027, 7, 25), 2)
    address = reverse("plans:task", args=[plan.code, task.pk])
    changed = {**TASK, "title": "Urus izin keramaian", "side": "after", "version": "1"}
    assert client.post(address, changed).status_code == 302
    late = client.post(address, {**changed, "title": "Ketikan saya"})
    assert late.status_code == 422
    assert "Ketikan saya" in late.content.decode()
    task.refresh_from_db()
    assert (task.title, task.offset) == ("Urus izin keramaian", 10)


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"number": "-1"}, {"number": "9" * 30}, {"anchor": "lain"}, {"anchor": "fixed"}, {"lasts": "0"},
     {"section": "999"}, {"anchor": "fixed", "due_on": "31-31-2027"}, {"waits_for": ["999"]}],
)  # fmt: skip
def test_a_task_that_is_none_is_told(agency: Organisation, client: Client, wrong: dict[str, object]) -> None:
    plan = make_plan(agency)
    answer = client.post(reverse("plans:task_new", args=[plan.code]), {**TASK, **wrong})
    assert (answer.status_code, plan.tasks.count()) == (422, 0)


def test_a_moved_day_leads_to_old_and_new_dates_and_only_the_ticked_move(agency: Organisation, client: Client) -> None:
    plan = make_plan(agency)
    one, two = make_task(plan), make_task(plan, "Dua")
    data = {"title": plan.title, "day": "2027-08-11", "time_zone": "Asia/Pontianak", "version": "1"}
    answer = client.post(reverse("plans:plan_edit", args=[plan.code]), data)
    dates = reverse("plans:dates", args=[plan.code])
    assert answer["Location"] == dates
    page = client.get(dates).content.decode()
    assert f"task-{one.pk}:2027-08-01" in page
    assert client.get(reverse("plans:plan", args=[plan.code])).context["changes"] == 2
    client.post(dates, {"row": [f"task-{one.pk}:2027-08-01"], "do": "terima"})
    client.post(dates, {"row": [f"task-{two.pk}:2027-08-01"], "do": "tetap"})
    found = [(row.due_on, row.anchor) for row in Task.objects.order_by("pk")]
    assert found == [(date(2027, 8, 1), "days"), (date(2027, 7, 25), "fixed")]


@pytest.mark.parametrize(
    "rows", [[], ["x"], ["task-1:2027-99-99"], ["task-0:2027-08-01"], [":2027-08-01"], ["a" * 9000]]
)
def test_ticks_that_are_none_move_nothing(agency: Organisation, client: Client, rows: list[str]) -> None:
    plan = make_plan(agency)
    task = make_task(plan)
    set_day(plan=plan, day=date(2027, 8, 11), actor=SYSTEM)
    dates = reverse("plans:dates", args=[plan.code])
    assert client.post(dates, {"row": rows, "do": "terima"}).status_code == 302
    task.refresh_from_db()
    assert task.due_on == date(2027, 7, 25)


def test_filters_narrow_and_unknown_ones_do_not_harm(agency: Organisation, client: Client) -> None:
    plan = make_plan(agency, day=soon(days=5))
    section = add_section(plan=plan, name="Acara", actor=SYSTEM)
    make_task(plan, "Terlambat", offset=-10), make_task(plan, "Nanti", offset=0, section=section)
    address = reverse("plans:tasks", args=[plan.code])

    def titles(**asked: str | int) -> list[str]:
        return [row.title for row in client.get(address, asked).context["tasks"]]

    assert titles(hanya="terlambat") == ["Terlambat"]
    assert titles(seksi=section.pk) == titles(teks="nan") == ["Nanti"]
    assert titles(status="done") == titles(hanya="saya") == []
    assert titles(status="terbuka") == titles(status="x", seksi="y", hanya="z") == ["Terlambat", "Nanti"]


def test_the_line_of_time_is_drawn_and_told_as_a_table(agency: Organisation, client: Client) -> None:
    plan = make_plan(agency, day=soon(days=5))
    make_task(plan, "<b>Judul</b>", offset=-10)
    page = client.get(reverse("plans:gantt", args=[plan.code])).content.decode()
    assert '<svg class="gantt"' in page
    assert "<b>Judul</b>" not in page
    assert page.count("&lt;b&gt;Judul&lt;/b&gt;") >= 2


def test_lists_ask_as_often_for_three_rows_as_for_one(agency: Organisation, client: Client) -> None:
    plan = make_plan(agency)
    counts: dict[str, list[int]] = {}
    for number in (1, 2):
        for each in range(number):
            member = make_member(plan, f"Orang {number}{each}")
            make_task(plan, f"Tugas {number}{each}", member=member)
        for name in ("plan", "tasks", "gantt", "committee", "dates", "digest"):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"plans:{name}", args=[plan.code]))
            counts.setdefault(name, []).append(len(asked))
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}


class TestManyTasks:
    def test_the_list_has_pages_and_the_board_leads_there(self, agency: Organisation, client: Client) -> None:
        plan = make_plan(agency)
        first = make_task(plan, "Tugas 0")
        Task.objects.bulk_create(
            Task(plan=plan, title=f"Tugas {number}", anchor=first.anchor, offset=-5, due_on=plan.day)
            for number in range(1, 130)
        )
        address = reverse("plans:tasks", args=[plan.code])
        assert [len(client.get(address, {"page": page}).context["tasks"]) for page in ("1", "2", "x", "99")] == [
            100, 30, 100, 30,
        ]  # fmt: skip
        board = client.get(reverse("plans:plan", args=[plan.code])).content.decode()
        assert board.count('id="tugas-') == 60
        assert f'href="{address}?status=todo"' in board


class TestCommittee:
    def test_somebody_on_record_comes_by_the_nip(self, agency: Organisation) -> None:
        client = browser((Role.ORGANISER, agency))
        person = add_person(organisation=agency, name="Siti Aminah", nip="198609262015051001", actor=SYSTEM)
        plan = make_plan(agency)
        address = reverse("plans:member_add", args=[plan.code])
        assert client.post(address, {"nip": "19860926 201505 1 001"}).status_code == 302
        assert plan.members.get().person == person
        for wrong in ({"nip": "1"}, {}, {"name": "A", "phone": "x"}):
            answer = client.post(address, wrong)
            assert (answer.status_code, plan.members.count()) == (422, 1)

    def test_nobody_of_another_agency_is_found_by_a_number(self, agency: Organisation, client: Client) -> None:
        add_person(organisation=organisation("Lain"), name="Orang Lain", nip="198609262015051001", actor=SYSTEM)
        plan = make_plan(agency)
        answer = client.post(reverse("plans:member_add", args=[plan.code]), {"nip": "198609262015051001"})
        assert (answer.status_code, plan.members.count()) == (422, 0)

    def test_a_row_is_changed_and_removed(self, agency: Organisation, client: Client) -> None:
        plan = make_plan(agency)
        member = make_member(plan)
        address = reverse("plans:member", args=[plan.code, member.code])
        client.post(address, {"name": "Bapak Contoh", "version": "1"})
        assert client.post(address, {"name": "Terlambat", "version": "1"}).status_code == 422
        assert Member.objects.get().name == "Bapak Contoh"
        client.post(reverse("plans:member_drop", args=[plan.code, member.code]))
        assert plan.members.count() == 0

    def test_the_private_address_is_shown_once_and_ended(self, agency: Organisation, client: Client) -> None:
        plan = make_plan(agency)
        member = make_member(plan)
        make_task(plan, member=member)
        page = client.post(reverse("plans:member_link", args=[plan.code, member.code])).content.decode()
        address = page.split("/rencana-kerja/t/")[1].split("/")[0]
        path = reverse("plans:tasks_by_link", args=[address])
        assert "Urus izin" in Client().get(path).content.decode()
        client.post(reverse("plans:member_link", args=[plan.code, member.code]), {"cabut": "1"})
        assert Client().get(path).status_code == 404


class TestOnesOwn:
    def account(self, agency: Organisation, plan: Plan) -> tuple[Client, Member]:
        user = User.objects.create(name="Siti")
        person = add_person(organisation=agency, name="Siti Aminah", actor=SYSTEM)
        person.user = user
        person.save()
        return client_of(user), make_member(plan, person=person)

    def test_with_an_account_one_sees_and_moves_ones_own(self, agency: Organisation) -> None:
        plan = make_plan(agency)
        mine, member = self.account(agency, plan)
        own, other = make_task(plan, member=member), make_task(plan, "Punya orang")
        assert [row.title for row in mine.get(reverse("plans:mine")).context["tasks"]] == ["Urus izin"]
        assert mine.get(reverse("plans:plan", args=[plan.code])).status_code == 200
        mine.post(reverse("plans:task_move", args=[plan.code, own.pk, "selesai"]), {"dari": "saya"})
        assert mine.post(reverse("plans:task_move", args=[plan.code, other.pk, "selesai"])).status_code == 404
        assert [row.state for row in Task.objects.order_by("pk")] == ["done", "todo"]
        assert mine.get(reverse("plans:task", args=[plan.code, own.pk])).status_code == 404

    def test_the_home_page_says_what_waits(self, agency: Organisation) -> None:
        plan = make_plan(agency, day=soon(days=5))
        mine, member = self.account(agency, plan)
        make_task(plan, member=member)
        assert reverse("plans:mine") in mine.get(reverse("office:home")).content.decode()

    def test_on_the_day_ones_items_say_how_late_and_whom_to_call(self, agency: Organisation) -> None:
        plan = make_plan(agency)
        mine, member = self.account(agency, plan)
        make_member(plan, "Ibu Ketua", leads=True, phone="0812 3456 7890")
        day = make_day(plan)
        first, own = make_item(day, "Doa"), make_item(day, "Tari", 510, 20, member=member)
        with clock.frozen_at(datetime(2027, 8, 4, 1, 12, tzinfo=UTC)):  # 08.12 WIB
            token = hand_out_tasks(member=member, actor=SYSTEM)
            start_item(item=first, actor=SYSTEM)
            for page in (
                mine.get(reverse("plans:mine")).content.decode(),
                Client().get(reverse("plans:tasks_by_link", args=[token])).content.decode(),
            ):
                assert "terlambat 12 menit" in page
                assert "08.42–09.02" in page
                assert "Ibu Ketua" in page
                assert "tel:+6281234567890" in page
                assert "Doa" not in page
        with clock.frozen_at(datetime(2027, 8, 4, 20, tzinfo=UTC)):  # the day after in the plan's zone
            assert own.title not in mine.get(reverse("plans:mine")).content.decode()

    def test_the_day_of_many_items_and_plans_asks_no_more_questions(self, agency: Organisation) -> None:
        plan = make_plan(agency)
        mine, member = self.account(agency, plan)
        make_item(make_day(plan), "Tari", member=member)
        with clock.frozen_at(datetime(2027, 8, 4, 1, tzinfo=UTC)):
            mine.get(reverse("plans:mine"))
            with CaptureQueriesContext(connection) as one:
                mine.get(reverse("plans:mine"))
            for name in ("Kedua", "Ketiga"):
                other = make_plan(agency, title=name)
                again = make_member(other, name="", person=member.person)
                make_member(other, "Ketua", leads=True)
                make_item(make_day(other), "Tari", member=again)
            with CaptureQueriesContext(connection) as three:
                page = mine.get(reverse("plans:mine"))
        assert len(page.context["items"]) == 3
        assert len(three) <= len(one) + 1  # the forecast asks nothing, the names of leaders once

    def test_without_an_account_a_phone_says_done_and_takes_it_back(self, agency: Organisation) -> None:
        plan = make_plan(agency)
        member = make_member(plan)
        task, other = make_task(plan, member=member), make_task(plan, "Lain")
        token, phone = hand_out_tasks(member=member, actor=SYSTEM), Client()
        for step, state in (("kerjakan", "doing"), ("selesai", "done"), ("kerjakan", "doing")):
            phone.post(reverse("plans:task_by_link", args=[token, task.pk, step]))
            task.refresh_from_db()
            assert task.state == state
        assert phone.post(reverse("plans:task_by_link", args=[token, other.pk, "selesai"])).status_code == 404
        assert phone.post(reverse("plans:task_by_link", args=[token, task.pk, "hapus"])).status_code == 404

    @pytest.mark.parametrize("token", ["x", "x" * 300, "%00", "%E2%80%AE"])
    def test_an_address_that_is_none_opens_nothing(self, token: str) -> None:
        assert Client().get(f"/rencana-kerja/t/{token}/").status_code == 404


def test_a_stranger_sees_no_plan(agency: Organisation) -> None:
    plan = make_plan(agency)
    for who in (browser((Role.ORGANISER, organisation("Lain"))), browser((Role.COORDINATOR, agency))):
        assert who.get(reverse("plans:plan", args=[plan.code])).status_code == 404
    assert RoleGrant.objects.count() == 2
