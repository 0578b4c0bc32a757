"""Counting the people of an edition on its pages: from nothing to a closed number, and everything that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain.counts import Written, enter_counts, void_counts
from enggang.attendance.models import Count, CountPhone, CountPlan, CountPoint, CountResult
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain import counting as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.stages import cancel_edition
from enggang.events.models import Edition
from enggang.events.queries.moves import dependents
from enggang.places.models import Organisation
from tests.attendance.counting import brought, tapped
from tests.attendance.factories import MORNING
from tests.events.factories import make_edition, make_event, make_site
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 7)
EVENING = datetime(2026, 11, 7, 15, tzinfo=UTC)  # 22.00 in Pontianak
FORM = {
    "name": "Gerbang utara", "stream": "Alun-alun", "entrance": "on", "method": "every", "first_day": "2026-11-07",
    "last_day": "2026-11-07", "begins": "08:00", "ends": "12:00", "length": "5", "every": "30", "version": "0",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_evening() -> Iterator[None]:
    with clock.frozen_at(EVENING):
        yield


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    event = make_event(agency, rule="fixed", month=11, day=7, nth=None, weekday=None)
    return make_edition(agency, year=2026, event=event)


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def make_point(edition: Edition, name: str = "Gerbang", **facts: Any) -> CountPoint:
    values = {"stream": "Alun-alun", "first_day": DAY, "last_day": DAY, "begins": time(8), "ends": time(12), **facts}
    return acts.open_point(edition, name=name, actor=SYSTEM, **values)


def address(name: str, edition: Edition, *more: Any) -> str:
    return reverse(f"events:{name}", args=[edition.code, *more])


def page(client: Client, name: str, edition: Edition, /, *more: Any, status: int = 200) -> str:
    answer = client.get(address(name, edition, *more))
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, name: str, edition: Edition, /, *more: Any, **data: Any) -> Any:
    return client.post(address(name, edition, *more), data)


def counted(
    point: CountPoint, people: int, person: str = "Ibu Contoh", minute: int = 0, minutes: int = 240
) -> list[Count]:
    begins = MORNING + timedelta(minutes=minute)
    line = Written(begins, begins + timedelta(minutes=minutes), people)
    return enter_counts(point=point, person=person, lines=[line], actor=SYSTEM)


class TestPoints:
    def test_from_nothing_to_a_phone_that_counts(self, client: Client, edition: Edition) -> None:
        assert "No counting point yet" in page(client, "counting", edition)
        assert post(client, "counting_point_new", edition, **FORM).status_code == 302
        point = CountPoint.objects.get()
        assert (point.time_zone, point.group) == (edition.time_zone, edition.subject)
        made = post(client, "counting_point", edition, point.code, name="Ibu Relawan", hours=12).content.decode()
        (token,) = set(re.findall(r"/hadir/hitung/([\w-]{20,})/", made))
        phone = CountPhone.objects.by_token(token)
        assert phone
        assert "wa.me" in made
        assert token not in page(client, "counting_point", edition, point.code)
        answer = Client().get(reverse("attendance:tally", args=[token]))
        assert "Ibu Relawan" not in answer.content.decode()
        post(client, "counting_phone_revoke", edition, point.code, phone.code)
        phone.link.refresh_from_db()
        assert phone.link.revoked_at

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""}, {"name": "x" * 81}, {"stream": "!"}, {"method": "guess"}, {"method": "density"},
            {"method": "sampled", "length": "30"}, {"begins": "25:00"}, {"ends": "08:00"}, {"last_day": "2026-11-06"},
            {"last_day": "2030-11-07"}, {"length": "0"}, {"length": "99999"}, {"latitude": "95"}, {"first_day": ""},
        ],
    )  # fmt: skip
    def test_one_that_cannot_be_counted_keeps_what_was_typed(
        self, client: Client, edition: Edition, wrong: dict[str, str]
    ) -> None:
        answer = post(client, "counting_point_new", edition, **{**FORM, "place": "Di bawah beringin", **wrong})
        assert answer.status_code == 422
        assert "Di bawah beringin" in answer.content.decode()
        assert not CountPoint.objects.exists()

    def test_two_tabs(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        acts.change_point(edition, point, version=1, actor=SYSTEM, name="Barat")
        answer = post(client, "counting_point_edit", edition, point.code, **{**FORM, "version": "1"})
        assert "Somebody saved a newer version" in answer.content.decode()
        post(client, "counting_point_edit", edition, point.code, **{**FORM, "version": "2"})
        point.refresh_from_db()
        assert point.name == "Gerbang utara"

    def test_taken_out_with_a_reason_and_put_back(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        counted(point, 100)
        answer = post(client, "counting_point_void", edition, point.code, reason="")
        assert answer.status_code == 422
        post(client, "counting_point_void", edition, point.code, reason="salah tempat")
        assert "salah tempat" in page(client, "counting", edition)
        assert "taken out" in page(client, "counting_point", edition, point.code)
        post(client, "counting_point_restore", edition, point.code)
        assert "100" in page(client, "counting", edition)

    @pytest.mark.parametrize("data", [{"name": "", "hours": 4}, {"name": "A", "hours": 5}, {"name": "A"}])
    def test_a_link_of_nobody_or_of_other_hours(self, client: Client, edition: Edition, data: dict[str, Any]) -> None:
        point = make_point(edition)
        assert post(client, "counting_point", edition, point.code, **data).status_code == 422
        assert not CountPhone.objects.exists()

    def test_a_point_of_another_edition_is_none_of_this(self, client: Client, edition: Edition) -> None:
        other = make_edition(edition.organisation, year=2027, event=edition.event)
        point = make_point(other)
        page(client, "counting_point", edition, point.code, status=404)
        assert post(client, "counting_point_void", edition, point.code, reason="x").status_code == 404
        (count,) = counted(point, 5)
        mine = make_point(edition)
        assert (
            post(client, "counting_settle", edition, mine.code, "keluarkan", reason="x", count=count.pk).status_code
            == 422
        )
        page(client, "counting_count", edition, mine.code, count.pk, status=404)
        assert not Count.objects.get().void

    def test_readers_read_and_strangers_see_nothing(self, agency: Organisation, edition: Edition) -> None:
        point = make_point(edition)
        leader = client_of(make_user(Role.LEADER, agency))
        assert "Gerbang" in page(leader, "counting", edition)
        post(leader, "counting_point", edition, point.code, name="A", hours=4)
        assert not CountPhone.objects.exists()
        assert post(leader, "counting_point_new", edition, **FORM).status_code == 404
        stranger = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        page(stranger, "counting", edition, status=404)

    def test_a_cancelled_edition_stays_as_it_is(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        counted(point, 100)
        cancel_edition(edition=edition, reason="banjir", decider="Kepala", decided_on=clock.today(), actor=SYSTEM)
        answer = post(client, "counting_point_new", edition, **FORM)
        assert "closed or cancelled" in answer.content.decode()
        with pytest.raises(Conflict, match="closed or cancelled"):
            acts.close_counting(edition, note="", actor=SYSTEM)

    def test_the_paper_has_a_line_for_each_interval_or_hour(self, client: Client, edition: Edition) -> None:
        every = page(client, "counting_sheet", edition, make_point(edition).code)
        assert every.count('scope="row"') == 4
        sample = make_point(edition, "Sampel", method="sampled", length=5, every=30)
        assert page(client, "counting_sheet", edition, sample.code).count('scope="row"') == 8
        crowd = make_point(edition, "Panggung", method="density", area_m2=400, square_m2=4, every=60)
        assert page(client, "counting_sheet", edition, crowd.code).count('scope="row"') == 4

    def test_queries_do_not_grow(self, client: Client, edition: Edition) -> None:
        for name in ("counting", "counting_board", "counting_result"):
            found = []
            for number in range(3):
                point = make_point(edition, f"{name}{number}")
                counted(point, 5)
                with CaptureQueriesContext(connection) as asked:
                    page(client, name, edition)
                found.append(len(asked))
            assert found[0] == found[2]

    def test_older_counts_are_on_further_pages(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        lines = [Written(MORNING + timedelta(minutes=n), MORNING + timedelta(minutes=n + 1), n) for n in range(61)]
        enter_counts(point=point, person="Ibu", lines=lines, actor=SYSTEM)
        assert page(client, "counting_point", edition, point.code).count("/hitungan/") == 60
        for number, shown in (("2", 1), ("99", 1), ("abc", 60)):
            answer = client.get(address("counting_point", edition, point.code), {"page": number})
            assert answer.content.decode().count("/hitungan/") == shown

    def test_the_list_of_counts_asks_no_more_for_more_of_them(self, client: Client, edition: Edition) -> None:
        point, found = make_point(edition), []
        for number in range(3):
            counted(point, 5, minute=number * 10, minutes=10)
            with CaptureQueriesContext(connection) as asked:
                page(client, "counting_point", edition, point.code)
            found.append(len(asked))
        assert found[0] == found[2]


def rows(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rows-TOTAL_FORMS": len(lines),
        "rows-INITIAL_FORMS": 0,
        "day": "2026-11-07",
        "person": "Ibu",
        **more,
    }
    for number, line in enumerate(lines):
        data |= {f"rows-{number}-{name}": value for name, value in line.items()}
    return data


LINE = {"begins": "08:00", "ends": "09:00", "entered": "120", "left": "30"}


class TestPaper:
    def test_a_sheet_is_typed_in(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        assert 'value="08:00"' in page(client, "counting_enter", edition, point.code)
        empty = {"begins": "09:00", "ends": "10:00", "entered": "", "left": ""}
        zero = {"begins": "10:00", "ends": "11:00", "entered": "0", "left": ""}
        answer = post(client, "counting_enter", edition, point.code, **rows(LINE, empty, zero))
        assert answer.status_code == 302
        assert list(Count.objects.values_list("entered", "left")) == [(120, 30), (0, 0)]
        assert Count.objects.earliest("from_at").from_at == MORNING

    @pytest.mark.parametrize(
        ("lines", "more"),
        [
            ([{**LINE, "entered": "-5"}], {}), ([{**LINE, "entered": "100001"}], {}), ([{**LINE, "entered": "lima"}], {}),
            ([{**LINE, "ends": "07:00"}], {}), ([{**LINE, "begins": ""}], {}), ([{**LINE, "ends": ""}], {}),
            ([LINE, LINE], {}), ([LINE], {"person": ""}), ([LINE], {"day": "2026-11-08"}), ([LINE], {"day": "besok"}),
            ([], {}),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_stays_on_the_page(
        self, client: Client, edition: Edition, lines: list[dict[str, str]], more: dict[str, str]
    ) -> None:
        point = make_point(edition)
        answer = post(client, "counting_enter", edition, point.code, **rows(*lines, **more))
        assert answer.status_code == 422
        assert not Count.objects.exists()
        assert not lines or f'value="{lines[0]["left"]}"' in answer.content.decode()

    def test_past_midnight(self, client: Client, edition: Edition) -> None:
        point = make_point(edition, begins=time(16), ends=time(2))
        late = [{**LINE, "begins": "23:00", "ends": "00:30"}, {**LINE, "begins": "00:30", "ends": "01:30"}]
        with clock.frozen_at(EVENING + timedelta(days=1)):
            client.post(address("counting_enter", edition, point.code), rows(*late))
        first, second = Count.objects.order_by("from_at")
        assert (first.minutes, second.minutes) == (90, 60)
        assert first.to_at == second.from_at

    def test_squares_of_a_crowd(self, client: Client, edition: Edition) -> None:
        point = make_point(edition, method="density", area_m2=400, square_m2=4, every=60)
        squares = [{"begins": "08:00", "entered": people} for people in ("8", "12", "10")]
        post(client, "counting_enter", edition, point.code, **rows(*squares))
        assert "1,000" in page(client, "counting", edition)

    def test_more_rows_keep_what_was_typed(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        answer = post(client, "counting_enter", edition, point.code, **rows(LINE, more="1"))
        assert answer.status_code == 200
        assert 'value="120"' in answer.content.decode()
        assert not Count.objects.exists()


class TestCounts:
    def test_doubtful_counts_are_shown_and_settled(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        with clock.frozen_at(MORNING):
            acts.open_phone(edition, point, name="Relawan", hours=12, actor=SYSTEM)
        phone = CountPhone.objects.select_related("link", "subject", "point__organisation").get()
        wild, other = brought(phone, tapped(0, 900), tapped(1, 800))
        shown = page(client, "counting_point", edition, point.code)
        assert "More people a minute than can pass" in shown
        assert (
            post(client, "counting_settle", edition, point.code, "terima", reason="", count=wild.pk).status_code == 422
        )
        assert post(client, "counting_settle", edition, point.code, "terima", reason="x").status_code == 422
        assert (
            post(client, "counting_settle", edition, point.code, "terima", reason="x", count="abc").status_code == 422
        )
        assert (
            post(client, "counting_settle", edition, point.code, "hapus", reason="x", count=wild.pk).status_code == 404
        )
        post(client, "counting_settle", edition, point.code, "terima", reason="pawai", count=wild.pk)
        post(client, "counting_settle", edition, point.code, "keluarkan", reason="tertekan", count=other.pk)
        wild.refresh_from_db()
        other.refresh_from_db()
        assert (wild.accepted, other.void) == (True, True)
        post(client, "counting_settle", edition, point.code, "kembalikan", reason="keliru", count=other.pk)
        other.refresh_from_db()
        assert not other.void

    def test_a_correction_keeps_the_seconds_and_what_it_was(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        (count,) = counted(point, 1000)
        Count.objects.update(from_at=MORNING + timedelta(seconds=20))
        form = {
            "from_at": "2026-11-07T08:00",
            "to_at": "2026-11-07T12:00",
            "entered": "100",
            "left": "0",
            "reason": "nol",
        }
        assert (
            post(client, "counting_count", edition, point.code, count.pk, **{**form, "entered": "-1"}).status_code
            == 422
        )
        assert (
            post(client, "counting_count", edition, point.code, count.pk, **{**form, "reason": ""}).status_code == 422
        )
        assert post(client, "counting_count", edition, point.code, count.pk, **form).status_code == 302
        count.refresh_from_db()
        assert (count.entered, count.from_at.second) == (100, 20)
        shown = page(client, "counting_count", edition, point.code, count.pk)
        assert "1000 → 100" in shown
        again = post(client, "counting_count", edition, point.code, count.pk, **form)
        assert "Nothing of it is changed" in again.content.decode()

    def test_a_file_of_a_dead_phone(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        with clock.frozen_at(MORNING):
            phone, _token = acts.open_phone(edition, point, name="Relawan", hours=12, actor=SYSTEM)
        begins = round(MORNING.timestamp() * 1000)
        head = "id,perangkat,telepon,dari_ms,sampai_ms,selisih_ms,masuk,keluar"
        row = f"6d7a4c1e-1111-4222-8333-444455556666,6d7a4c1e-1111-4222-8333-444455556667,{phone.code},{begins},{begins + 60_000},0,7,1"
        for new in (1, 0):
            file = SimpleUploadedFile("a.csv", f"{head}\r\n{row}\r\nrusak".encode(), "text/csv")
            shown = post(client, "counting_saved", edition, point.code, file=file)
            assert shown.status_code == 200
            assert shown.context["report"]["new"] == new
            assert shown.context["report"]["rejected_count"] == 1
        wrong = post(client, "counting_saved", edition, point.code, file=SimpleUploadedFile("a.csv", b"a,b"))
        assert "not a file that a counting phone" in wrong.content.decode()
        assert Count.objects.get().entered == 7


class TestTheNumber:
    def test_closed_with_its_range_and_corrected_into_a_second_version(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        for person, people in (("Ibu", 1180), ("Pak", 1220)):
            counted(point, people, person)
        post(client, "counting_method", edition, times="1.2", times_sd="0.5", times_n="90", times_source="Survei 7 November",
             most_per_minute="200", differs_percent="15", silent_minutes="15", gap_minutes="10", version="0", main="Alun-alun")  # fmt: skip
        shown = page(client, "counting_result", edition)
        assert re.search(r"Visitors: [\d,]+ \([\d,]+–[\d,]+\)", shown)
        assert "Survei 7 November" in shown
        assert "90 people were asked" in shown
        assert post(client, "counting_result", edition, note="Rapat panitia").status_code == 302
        again = post(client, "counting_result", edition, note="")
        assert "Nothing is otherwise than in version 1" in again.content.decode()
        void_counts(counts=[Count.objects.earliest("pk")], reason="salah", actor=SYSTEM)
        assert "changed since the last version" in page(client, "counting_result", edition)
        post(client, "counting_result", edition, note="")
        assert CountResult.objects.count() == 2
        first, second = (page(client, "counting_version", edition, number) for number in (1, 2))
        assert "Rapat panitia" in first
        assert "Only one person counted" in second
        assert "What changed since the version before" in second
        page(client, "counting_version", edition, 3, status=404)

    def test_a_changed_file_of_a_version_is_noticed(self, client: Client, edition: Edition) -> None:
        counted(make_point(edition), 100)
        acts.close_counting(edition, note="", actor=SYSTEM)
        result = CountResult.objects.get()
        CountResult.objects.update(facts=result.facts.replace("100", "900"))
        assert "This is not what was closed" in page(client, "counting_version", edition, 1)

    def test_nothing_to_close(self, client: Client, edition: Edition) -> None:
        make_point(edition)
        answer = post(client, "counting_result", edition, note="")
        assert "Nothing was counted yet" in answer.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"times": "0"}, {"times": "-1"}, {"times": "banyak"}, {"times_n": "1"}, {"times_sd": "0.5"}, {"times_source": ""},
         {"main": "Lain"}, {"most_per_minute": "0"}, {"differs_percent": "101"}, {"silent_minutes": "0"}],
    )  # fmt: skip
    def test_a_method_that_cannot_be(self, client: Client, edition: Edition, wrong: dict[str, str]) -> None:
        make_point(edition)
        form = {"times": "1.2", "times_source": "S", "most_per_minute": "200", "differs_percent": "15",
                "silent_minutes": "15", "gap_minutes": "10", "version": "0", **wrong}  # fmt: skip
        assert post(client, "counting_method", edition, **form).status_code == 422
        assert not CountPlan.objects.exists()

    def test_the_board_names_a_silent_phone(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        with clock.frozen_at(MORNING):
            acts.open_phone(edition, point, name="Relawan Diam", hours=12, actor=SYSTEM)
        for minutes, silent in ((10, False), (40, True), (60 * 5, False)):
            with clock.frozen_at(MORNING + timedelta(minutes=minutes)):
                shown = client.get(address("counting_board", edition)).content.decode()
            assert ("Silent:" in shown) is silent
        part = client.get(address("counting_board", edition), headers={"x-partial": "1"}).content.decode()
        assert "<html" not in part

    def test_the_board_writes_thousands_and_no_empty_list_of_phones(self, client: Client, edition: Edition) -> None:
        counted(make_point(edition), 6000, minutes=60)
        shown = client.get(address("counting_board", edition)).content.decode()
        assert '<td class="num">6,000' in shown
        assert ">Phones</h2>" not in shown

    def test_before_anybody_counts(self, client: Client, edition: Edition) -> None:
        assert "Nobody has counted yet." in client.get(address("counting_board", edition)).content.decode()
        client.cookies["django_language"] = "id"
        assert "Belum ada angka" in client.get(address("counting_result", edition)).content.decode()

    def test_files(self, client: Client, edition: Edition) -> None:
        point = make_point(edition)
        counted(point, 100)
        for name, more, which in (
            ("counting", [], "counting_points"), ("counting_point", [point.code], "counts"), ("counting_result", [], "counting_points"),
        ):  # fmt: skip
            answer = post(client, name, edition, *more, list=which, form="csv")
            assert answer["Content-Type"].startswith("text/csv")
            assert "100" in answer.content.decode("utf-8-sig")
        assert not CountResult.objects.exists()


class TestWithTheEdition:
    def test_a_clone_takes_the_points_without_their_counts(self, edition: Edition) -> None:
        make_site(edition)
        point = make_point(edition, method="sampled", length=5, every=30, stream="Tepian")
        counted(point, 5, minutes=5)
        gone = make_point(edition, "Lama")
        acts.void_point(edition, gone, reason="x", actor=SYSTEM)
        clone = clone_edition(edition=edition, year=2027, actor=SYSTEM)
        copied = CountPoint.objects.get(group=clone.subject)
        assert (copied.name, copied.stream, copied.every, copied.first_day) == (
            "Gerbang",
            "Tepian",
            30,
            date(2027, 11, 7),
        )
        assert not copied.counts.exists()

    def test_points_that_have_not_counted_go_with_the_days(self, edition: Edition) -> None:
        fresh, used = make_point(edition, "Baru"), make_point(edition, "Lama")
        counted(used, 5)
        shown = {row.what: row for row in dependents(edition, date(2026, 11, 9), None)}
        assert (bool(shown["Baru"].now), shown["Lama"].now) == (True, "")
        assert dependents(edition, DAY, None) == []
        decide_dates(
            edition=edition, version=edition.version, first=date(2026, 11, 9), last=date(2026, 11, 9), state="tentative",
            actor=SYSTEM,
        )  # fmt: skip
        fresh.refresh_from_db()
        used.refresh_from_db()
        assert (fresh.first_day, used.first_day) == (date(2026, 11, 9), DAY)
