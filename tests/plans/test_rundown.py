"""The rundown: order and minutes, clashes, two people at once, and a day that runs late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.plans.domain import plans as plan_acts
from enggang.plans.domain import rundown as acts
from enggang.plans.models import RundownDay, RundownItem
from enggang.plans.queries.dates import date_changes
from enggang.plans.queries.rundown import Wall, clashes, committee_data, forecast, rundown_data, wall
from tests.places.factories import actor, browser, organisation
from tests.plans.factories import make_day, make_item, make_member, make_plan, make_task

pytestmark = pytest.mark.django_db
AT_EIGHT = datetime(2027, 8, 4, 1, tzinfo=UTC)  # 08.00 WIB


@pytest.fixture
def day() -> RundownDay:
    return make_day(make_plan(organisation()))


def times(day: RundownDay) -> list[tuple[str, int]]:
    return list(day.items.order_by("begins", "pk").values_list("title", "begins"))


class TestOrder:
    def test_an_item_takes_its_minutes_along_and_the_pauses_stay(self, day: RundownDay) -> None:
        one, two, three = make_item(day, "A", 480, 30), make_item(day, "B", 520, 10), make_item(day, "C", 530, 20)
        acts.order_rundown(day=day, track="", items=[two.pk, one.pk, three.pk], version=day.version, actor=SYSTEM)
        assert times(day) == [("B", 480), ("A", 500), ("C", 530)]

    def test_two_people_who_drag_at_once_meet_and_nothing_is_lost(self, day: RundownDay) -> None:
        one, two = make_item(day, "A", 480), make_item(day, "B", 510)
        seen = day.version
        acts.order_rundown(day=day, track="", items=[two.pk, one.pk], version=seen, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.order_rundown(day=day, track="", items=[one.pk, two.pk], version=seen, actor=SYSTEM)
        assert times(day) == [("B", 480), ("A", 510)]

    def test_whoever_drags_after_an_item_was_changed_is_told(self, day: RundownDay) -> None:
        one, two = make_item(day, "A", 480), make_item(day, "B", 510)
        seen = day.version
        acts.keep_rundown_item(item=one, version=one.version, minutes=45, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.order_rundown(day=day, track="", items=[two.pk, one.pk], version=seen, actor=SYSTEM)
        assert times(day) == [("A", 480), ("B", 510)]

    @pytest.mark.parametrize("wrong", [[], [1], [1, 1], [999, 1]])
    def test_an_order_that_is_not_all_of_the_track_is_refused(self, day: RundownDay, wrong: list[int]) -> None:
        one, two = make_item(day, "A", 480), make_item(day, "B", 510)
        items = [one.pk if each == 1 else two.pk + each for each in wrong]
        with pytest.raises(Conflict):
            acts.order_rundown(day=day, track="", items=items, version=day.version, actor=SYSTEM)
        assert times(day) == [("A", 480), ("B", 510)]

    def test_shifting_takes_what_follows_along_or_not(self, day: RundownDay) -> None:
        make_item(day, "A", 480)
        two = make_item(day, "B", 510)
        make_item(day, "C", 540)
        acts.shift_rundown(item=two, minutes=5, following=True, version=day.version, actor=SYSTEM)
        assert times(day) == [("A", 480), ("B", 515), ("C", 545)]
        acts.shift_rundown(item=two, minutes=-15, following=False, version=day.version, actor=SYSTEM)
        assert times(day) == [("A", 480), ("B", 500), ("C", 545)]

    def test_nothing_is_shifted_before_midnight(self, day: RundownDay) -> None:
        item = make_item(day, "A", 5)
        with pytest.raises(Conflict):
            acts.shift_rundown(item=item, minutes=-15, following=True, version=day.version, actor=SYSTEM)
        assert times(day) == [("A", 5)]

    @pytest.mark.parametrize(
        "facts", [{"minutes": 0}, {"minutes": 2000}, {"begins": 9999}, {"title": ""}, {"cue": "x" * 201}]
    )
    def test_what_does_not_fit_is_refused(self, day: RundownDay, facts: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            make_item(day, **{"title": "A", **facts})  # type: ignore[arg-type]
        assert day.items.count() == 0

    def test_a_reader_changes_nothing(self, day: RundownDay) -> None:
        item = make_item(day)
        reader = actor((Role.LEADER, day.plan.organisation))
        for do in (
            lambda: acts.shift_rundown(item=item, minutes=5, following=True, version=day.version, actor=reader),
            lambda: acts.start_item(item=item, actor=reader),
            lambda: acts.drop_rundown_item(item=item, actor=reader),
            lambda: acts.open_wall(plan=day.plan, hours=1, actor=reader),
        ):
            with pytest.raises(NotAllowed):
                do()
        assert times(day) == [("Pembukaan", 480)]


class TestClashes:
    def test_the_same_person_or_place_twice_at_once(self, day: RundownDay) -> None:
        member = make_member(day.plan, "Budi")
        make_item(day, "A", 480, 30, member=member, place="Panggung", track="Utama")
        make_item(day, "B", 500, 30, member=member, place="panggung ", track="Sungai")
        found = [(clash.item.title, clash.grave) for clash in clashes(list(day.items.all()))]
        assert found == [("B", True), ("B", True)]

    def test_an_overrun_and_a_gap_within_a_track(self, day: RundownDay) -> None:
        make_item(day, "A", 480, 30), make_item(day, "B", 500, 20), make_item(day, "C", 530, 10)
        found = [(clash.item.title, clash.grave) for clash in clashes(list(day.items.all()))]
        assert found == [("B", True), ("C", False)]

    def test_what_only_touches_does_not_clash(self, day: RundownDay) -> None:
        member = make_member(day.plan)
        make_item(day, "A", 480, 30, member=member), make_item(day, "B", 510, 30, member=member)
        assert clashes(list(day.items.all())) == []


class TestRunning:
    def test_a_late_begin_pushes_what_follows_and_a_pause_takes_it_up(self, day: RundownDay) -> None:
        one = make_item(day, "A", 480, 30)
        make_item(day, "B", 510, 30), make_item(day, "C", 560, 10)
        with clock.frozen_at(AT_EIGHT + timedelta(minutes=15)):
            acts.start_item(item=one, actor=SYSTEM)
            rows = forecast(day, day.items.all())
        assert [(row.item.title, row.delay_minutes) for row in rows] == [("A", 15), ("B", 15), ("C", 0)]

    def test_an_item_that_runs_over_pushes_minute_by_minute(self, day: RundownDay) -> None:
        one = make_item(day, "A", 480, 30)
        make_item(day, "B", 510, 30)
        with clock.frozen_at(AT_EIGHT):
            acts.start_item(item=one, actor=SYSTEM)
        rows = forecast(day, day.items.all(), AT_EIGHT + timedelta(minutes=50))
        assert [row.delay_minutes for row in rows] == [0, 20]
        shown = wall_at(day, AT_EIGHT + timedelta(minutes=50))
        assert (shown.tracks[0].now and shown.tracks[0].now.item, shown.tracks[0].delay) == (one, 20)

    def test_before_anything_runs_the_plan_stands(self, day: RundownDay) -> None:
        make_item(day, "A", 480, 30)
        assert [row.delay_minutes for row in forecast(day, day.items.all(), AT_EIGHT + timedelta(hours=2))] == [0]

    def test_the_next_one_ends_the_running_one_and_a_wrong_press_is_taken_back(self, day: RundownDay) -> None:
        one, two = make_item(day, "A", 480), make_item(day, "B", 510)
        acts.start_item(item=one, actor=SYSTEM)
        acts.start_item(item=two, actor=SYSTEM)
        one.refresh_from_db()
        assert one.is_over
        assert two.is_running
        with pytest.raises(Conflict):
            acts.start_item(item=two, actor=SYSTEM)
        acts.end_item(item=two, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.end_item(item=two, actor=SYSTEM)
        acts.reset_item(item=two, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.reset_item(item=two, actor=SYSTEM)
        assert (two.started_at, two.ended_at) == (None, None)


def wall_at(day: RundownDay, instant: datetime) -> Wall:
    with clock.frozen_at(instant):
        return wall(day.plan)


class TestDays:
    def test_days_are_proposed_to_move_with_the_day_and_never_onto_one_another(self) -> None:
        plan = make_plan(organisation())
        days = [make_day(plan, date(2027, 8, 4 + number)) for number in range(3)]
        fixed = make_day(plan, date(2027, 8, 1), fixed=True)
        task = make_task(plan)
        plan_acts.set_day(plan=plan, day=date(2027, 8, 5), actor=SYSTEM)
        changes = date_changes(plan)
        assert {change.key for change in changes} == {f"day-{row.pk}" for row in days} | {f"task-{task.pk}"}
        plan_acts.accept_dates(plan=plan, seen={change.key: change.new for change in changes}, actor=SYSTEM)
        assert [row.date.day for row in plan.days.order_by("date")] == [1, 5, 6, 7]
        fixed.refresh_from_db()
        assert fixed.date == date(2027, 8, 1)

    def test_a_day_that_has_begun_stays(self, day: RundownDay) -> None:
        acts.start_item(item=make_item(day), actor=SYSTEM)
        plan_acts.set_day(plan=day.plan, day=date(2027, 8, 5), actor=SYSTEM)
        assert date_changes(day.plan) == []

    def test_one_rundown_a_day_and_only_an_empty_one_is_removed(self, day: RundownDay) -> None:
        with pytest.raises(Conflict):
            make_day(day.plan)
        item = make_item(day)
        with pytest.raises(Conflict):
            acts.drop_rundown_day(day=day, actor=SYSTEM)
        acts.drop_rundown_item(item=item, actor=SYSTEM)
        acts.drop_rundown_day(day=day, actor=SYSTEM)
        assert RundownDay.objects.count() == 0


def test_papers_get_plain_data(day: RundownDay) -> None:
    member = make_member(day.plan, "Budi", post="Ketua", leads=True)
    make_item(day, "Malam", 24 * 60 + 30, 15, member=member)
    (found,) = rundown_data(day.plan)["days"][0]["items"]
    assert (found["begins"], found["in_charge"]) == ("00.30 (+1)", "Budi")
    assert committee_data(day.plan)["sections"][0]["people"][0]["post"] == "Ketua"


class TestScreens:
    @pytest.fixture
    def client(self, day: RundownDay) -> Client:
        return browser((Role.ORGANISER, day.plan.organisation))

    def test_a_rundown_is_typed_moved_and_dragged(self, day: RundownDay, client: Client) -> None:
        code = day.plan.code
        add = reverse("plans:item_add", args=[code, day.pk])
        for begins, title in (("19.30", "Tarian"), ("20:00", "Sambutan"), ("00.30 (+1)", "Tutup")):
            assert client.post(add, {"begins": begins, "minutes": "30", "title": title}).status_code == 302
        assert times(day) == [("Tarian", 1170), ("Sambutan", 1200), ("Tutup", 1470)]
        day.refresh_from_db()
        first, second, third = day.items.order_by("begins")
        shift = reverse("plans:item_shift", args=[code, day.pk, second.pk])
        client.post(shift, {"langkah": "naik", "version": day.version})
        client.post(shift, {"menit": "5", "ikut": "1", "version": day.version})  # of a page that is old by now
        assert times(day)[0] == ("Sambutan", 1170)
        order = reverse("plans:rundown_order", args=[code, day.pk])
        day.refresh_from_db()
        rows = f"{first.pk},{second.pk},{third.pk}"
        told = client.post(order, {"rows": rows, "track": "", "version": day.version})
        assert (told.status_code, told.json()["times"][str(first.pk)]) == (200, "19.30–20.00")
        late = client.post(order, {"rows": rows, "track": "", "version": day.version})
        assert (late.status_code, bool(late.json()["message"])) == (409, True)
        assert client.post(order, {"rows": "1,x", "version": "1"}).status_code == 404

    @pytest.mark.parametrize("begins", ["", "x", "25", "24.99", "37.00", "12.60", "-1.00", "9" * 50])
    def test_a_time_that_is_none_is_told_with_what_was_typed(
        self, day: RundownDay, client: Client, begins: str
    ) -> None:
        data = {"begins": begins, "minutes": "30", "title": "Ketikan saya"}
        answer = client.post(reverse("plans:item_add", args=[day.plan.code, day.pk]), data)
        assert (answer.status_code, day.items.count()) == (422, 0)
        assert "Ketikan saya" in answer.content.decode()

    def test_an_item_is_changed_and_a_late_tab_is_told(self, day: RundownDay, client: Client) -> None:
        item = make_item(day)
        address = reverse("plans:item", args=[day.plan.code, day.pk, item.pk])
        data = {"begins": "08.15", "minutes": "20", "title": "Baru", "version": item.version}
        assert client.post(address, data).status_code == 302
        assert client.post(address, {**data, "title": "Terlambat"}).status_code == 422
        assert RundownItem.objects.get().title == "Baru"

    def test_the_wall_shows_now_next_and_the_delay_until_its_address_ends(
        self, day: RundownDay, client: Client
    ) -> None:
        item = make_item(day, "Tarian", 480, 30)
        make_item(day, "Sambutan", 510, 30)
        code = day.plan.code
        page = client.post(reverse("plans:wall_open", args=[code]), {"hours": "12"}).content.decode()
        token = page.split("/rencana-kerja/layar/")[1].split("/")[0]
        with clock.frozen_at(AT_EIGHT + timedelta(minutes=10)):
            client.post(reverse("plans:live_step", args=[code, day.pk, item.pk, "mulai"]))
        address, screen = reverse("plans:wall", args=[token]), Client()
        with clock.frozen_at(AT_EIGHT + timedelta(minutes=20)):
            assert screen.get(address).status_code == 404  # an address of today does not live until the day
        client.post(reverse("plans:wall_open", args=[code]), {"cabut": "1"})
        assert screen.get(address).status_code == 404

    def test_the_wall_of_today(self, client: Client, day: RundownDay) -> None:
        plan = make_plan(day.plan.organisation, day=clock.today())
        now = clock.now()
        begins = (now + timedelta(hours=7)).hour * 60
        item = make_item(make_day(plan), "<i>Tarian</i>", begins, 30)
        make_item(item.day, "Sambutan", begins + 30, 30)
        page = client.post(reverse("plans:wall_open", args=[plan.code]), {"hours": "12"}).content.decode()
        token = page.split("/rencana-kerja/layar/")[1].split("/")[0]
        client.post(reverse("plans:live_step", args=[plan.code, item.day.pk, item.pk, "mulai"]))
        address = reverse("plans:wall", args=[token])
        part = Client().get(address, headers={"X-Partial": "1"}).content.decode()
        assert "&lt;i&gt;Tarian&lt;/i&gt;" in part
        assert part.index("Tarian") < part.index("Sambutan")
        assert "<html" not in part
        assert "<html" in Client().get(address).content.decode()
        assert client.post(reverse("plans:wall_open", args=[plan.code]), {"hours": "999"}).status_code == 302

    def test_the_calendar_has_each_item_in_the_zone_of_the_plan(self, day: RundownDay, client: Client) -> None:
        make_item(day, "Tarian", 24 * 60 + 30, 15)
        answer = client.get(reverse("plans:rundown_calendar", args=[day.plan.code]))
        text = answer.content.decode()
        assert "DTSTART;TZID=Asia/Pontianak:20270805T003000" in text
        again = client.get(
            reverse("plans:rundown_calendar", args=[day.plan.code]), headers={"If-None-Match": answer["ETag"]}
        )
        assert again.status_code == 304
