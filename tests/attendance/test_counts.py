"""Counts: brought twice, late, by wrong clocks and wrong hands; entered from paper; corrected; and what they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.access.domain.links import actor_of_link
from enggang.access.enums import Role
from enggang.attendance.admissions import Admitted, admissions
from enggang.attendance.domain import counts as acts
from enggang.attendance.domain.count_results import close_counting
from enggang.attendance.domain.tally import (
    change_point,
    open_phone,
    plan_counting,
    restore_point,
    revoke_phone,
    void_point,
)
from enggang.attendance.enums import CountDoubt, NoRange
from enggang.attendance.models import Count, CountChange, CountPhone, CountPlan, CountPoint, CountResult
from enggang.attendance.queries.tally import plan_of, tally_of
from enggang.attendance.queries.tally_facts import changes_between, facts_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models.closed import digest_of
from tests.attendance.counting import (
    DAY,
    NIGHT,
    ONE,
    TWO,
    brought,
    entered,
    make_phone,
    make_point,
    of_point,
    tallied,
    tapped,
    written,
)
from tests.attendance.factories import MORNING, NOON, make_actor, make_group, make_organisation

pytestmark = pytest.mark.django_db


def planned(point: CountPoint, **facts: Any) -> CountPlan:
    plan = plan_of(point.group, point.organisation)
    return plan_counting(plan=plan, version=plan.version, actor=SYSTEM, **facts)


def doubts(point: CountPoint) -> list[list[CountDoubt]]:
    found = of_point(point)
    return [found.doubts[count.pk] for count in found.counts if count.pk in found.doubts]


class TestAPoint:
    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"name": "  "}, "letters or digits"),
            ({"stream": "!!!"}, "letters or digits"),
            ({"begins": time(8), "ends": time(8)}, "same time"),
            ({"method": "sampled", "length": 30, "every": 30}, "fewer than their distance"),
            ({"method": "density"}, "square metres"),
            ({"method": "density", "area_m2": 10, "square_m2": 20}, "larger than the area"),
            ({"last_day": DAY + timedelta(days=62)}, "at most 62 days"),
            ({"last_day": DAY - timedelta(days=1)}, "before the first"),
        ],
    )
    def test_one_that_cannot_be_counted_is_not_planned(self, facts: dict[str, Any], said: str) -> None:
        with pytest.raises(Conflict, match=said):
            make_point(**facts)
        assert not CountPoint.objects.exists()

    def test_names_are_once_among_those_that_stand(self) -> None:
        point = make_point()
        with pytest.raises(Conflict, match="already"):
            make_point(like=point)
        void_point(point=point, reason="pindah", actor=SYSTEM)
        make_point(like=point)
        with pytest.raises(Conflict, match="already"):
            restore_point(point=point, actor=SYSTEM)

    def test_only_its_organisers_plan_it(self) -> None:
        point = make_point()
        reader = make_actor(Role.LEADER, point.organisation)
        stranger = make_actor(Role.ORGANISER, make_organisation("Lain"))
        for actor in (reader, stranger):
            with pytest.raises(NotAllowed):
                open_phone(point=point, name="A", hours=4, actor=actor)
            with pytest.raises(NotAllowed):
                void_point(point=point, reason="x", actor=actor)
            with pytest.raises(NotAllowed):
                change_point(point=point, version=1, actor=actor, name="B")

    def test_another_way_of_counting_needs_a_new_point_once_it_has_counted(self) -> None:
        point = make_point()
        change_point(point=point, version=1, actor=SYSTEM, method="sampled")
        entered(point, written(0, 5, 3))
        with pytest.raises(Conflict, match="new point"):
            change_point(point=point, version=2, actor=SYSTEM, every=60)
        point.refresh_from_db()
        change_point(point=point, version=2, actor=SYSTEM, name="Gerbang barat")

    def test_its_first_interval_is_drawn_by_lot_and_fits_into_the_distance(self) -> None:
        shifts = {make_point(f"G{n}", method="sampled", length=5, every=30).shift for n in range(40)}
        assert len(shifts) > 5
        assert shifts <= set(range(26))

    def test_taken_out_it_counts_nothing_and_its_phones_are_dead(self) -> None:
        point = make_point()
        phone, _token = make_phone(point)
        brought(phone, tapped(0, 5))
        void_point(point=point, reason="salah tempat", actor=SYSTEM)
        assert tallied(point).points == []
        with pytest.raises(NotAllowed):
            brought(CountPhone.objects.get(), tapped(1, 5))
        with pytest.raises(Conflict, match="taken out"):
            open_phone(point=point, name="A", hours=4, actor=SYSTEM)
        restore_point(point=point, actor=SYSTEM)
        assert of_point(point).entered == 5

    @pytest.mark.parametrize(("name", "hours"), [("A", 0), ("A", 73), ("", 4), (" ", 4)])
    def test_a_link_for_nobody_or_for_ever_is_not_made(self, name: str, hours: int) -> None:
        point = make_point()
        with pytest.raises(Conflict):
            open_phone(point=point, name=name, hours=hours, actor=SYSTEM)
        assert not CountPhone.objects.exists()


class TestAPhone:
    def test_a_batch_may_be_repeated(self) -> None:
        phone, _token = make_phone(make_point())
        batch = [tapped(0, 5, 1), tapped(1, 7), tapped(2, 0)]
        first = brought(phone, *batch)
        again = brought(phone, *batch, tapped(3, 2))
        assert [row.pk for row in first] == [row.pk for row in again[:3]]
        assert Count.objects.count() == 4
        found = of_point(phone.point)
        assert (found.entered, found.left, found.minutes) == (14, 1, 4)

    def test_the_same_count_twice_in_one_batch_is_one(self) -> None:
        phone, _token = make_phone(make_point())
        one = tapped(0, 5)
        brought(phone, one, one)
        assert Count.objects.count() == 1

    def test_a_known_count_is_not_changed_by_what_comes_later(self) -> None:
        phone, _token = make_phone(make_point())
        one = tapped(0, 5)
        brought(phone, one)
        brought(phone, replace(one, entered=500))
        assert Count.objects.get().entered == 5

    def test_a_clock_three_hours_ahead_is_put_right(self) -> None:
        phone, _token = make_phone(make_point())
        brought(phone, tapped(10, 4, offset=-3 * 3_600_000))
        assert Count.objects.get().from_at == MORNING + timedelta(minutes=10)
        assert doubts(phone.point) == []

    @pytest.mark.parametrize("minute", [-120, 60 * 24 * 365, 14.5 * 60])
    def test_what_was_counted_at_no_possible_time_is_kept_and_left_out(self, minute: float) -> None:
        phone, _token = make_phone(make_point())
        brought(phone, tapped(0, 5), tapped(minute, 40))
        assert Count.objects.count() == 2
        assert doubts(phone.point) == [[CountDoubt.TIME]]
        assert of_point(phone.point).entered == 5

    def test_more_than_can_pass_is_left_out_until_somebody_takes_it_as_it_is(self) -> None:
        phone, _token = make_phone(make_point())
        (wild,) = brought(phone, tapped(0, 201))
        assert doubts(phone.point) == [[CountDoubt.RATE]]
        assert of_point(phone.point).entered == 0
        acts.accept_counts(counts=[wild], reason="rombongan pawai", actor=SYSTEM)
        assert of_point(phone.point).entered == 201

    def test_the_same_time_again_is_left_out_and_another_phone_beside_is_a_second_counter(self) -> None:
        phone, _token = make_phone(make_point())
        brought(phone, tapped(0, 5, minutes=10), tapped(5, 5, minutes=10))
        assert doubts(phone.point) == [[CountDoubt.OVERLAP]]
        brought(phone, tapped(0, 7, minutes=10), device=TWO)
        found = of_point(phone.point)
        assert found.doubts.keys() == {count.pk for count in found.counts if count.from_at > MORNING}
        assert found.estimate.value == 6
        assert found.doubled == 10

    def test_another_link_brings_nothing_for_it(self) -> None:
        point = make_point()
        one, _token = make_phone(point)
        other, _token = make_phone(make_point("Lain", like=point))
        with pytest.raises(NotAllowed), clock.frozen_at(NOON):
            acts.sync_counts(
                phone=one, device=ONE, arrivals=[tapped(0, 5)], waiting=0, actor=actor_of_link(other.link)
            )  # fmt: skip
        assert not Count.objects.exists()

    def test_a_revoked_link_brings_nothing_and_an_ended_one_what_it_counted_in_time(self) -> None:
        phone, _token = make_phone(make_point(), hours=4)
        brought(phone, tapped(0, 5), tapped(300, 5), at=NIGHT)
        assert doubts(phone.point) == [[CountDoubt.TIME]]
        with pytest.raises(NotAllowed):
            brought(phone, tapped(1, 5), at=NIGHT + timedelta(days=20))
        with clock.frozen_at(NOON):
            revoke_phone(phone=phone, actor=SYSTEM)
        with pytest.raises(NotAllowed):
            brought(phone, tapped(1, 5))

    def test_what_a_revoked_phone_had_saved_is_read_in_once(self) -> None:
        phone, _token = make_phone(make_point())
        with clock.frozen_at(NOON):
            revoke_phone(phone=phone, actor=SYSTEM)
        saved = {ONE: [tapped(0, 5), tapped(299, 7)]}
        with clock.frozen_at(NIGHT):
            assert acts.take_in_counts(phone=phone, saved=saved, actor=SYSTEM) == 2
            assert acts.take_in_counts(phone=phone, saved=saved, actor=SYSTEM) == 0
            with pytest.raises(NotAllowed):
                acts.take_in_counts(phone=phone, saved=saved, actor=make_actor(Role.LEADER, phone.point.organisation))
        assert of_point(phone.point).entered == 5

    def test_queries_do_not_grow_with_the_batch(self) -> None:
        phone, _token = make_phone(make_point())
        brought(phone, tapped(200, 1))
        found = []
        for size in (1, 30):
            with CaptureQueriesContext(connection) as asked:
                brought(phone, *[tapped(minute, 1) for minute in range(size)])
            found.append(len(asked))
        assert found[0] == found[1]


class TestOnPaper:
    def test_a_sheet_is_entered_and_a_second_person_beside_gives_the_range(self) -> None:
        point = make_point()
        entered(point, written(0, 60, 100, 20), written(60, 60, 140))
        assert (of_point(point).estimate.value, of_point(point).estimate.why) == (240, NoRange.SINGLE)
        entered(point, written(0, 60, 110), person="Pak Contoh")
        found = of_point(point)
        assert found.estimate.value == 245
        assert found.estimate.low is not None
        assert found.counters == ["Ibu Contoh", "Pak Contoh"]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (written(0, 0, 5), "ends before"),
            (written(0, -5, 5), "ends before"),
            (written(0, 60 * 25, 5), "longer than a day"),
            (written(60 * 20, 60, 5), "future"),
            (written(-60 * 24 * 40, 60, 5), "does not count"),
            (written(0, 60, -1), "more people"),
            (written(0, 60, 100_001), "more people"),
            (written(0, 60, 5, -1), "more people"),
        ],
    )
    def test_a_line_that_cannot_be_is_refused_with_all_others(self, line: acts.Written, said: str) -> None:
        point = make_point()
        with pytest.raises(Conflict, match=said):
            entered(point, written(0, 30, 5), line)
        assert not Count.objects.exists()

    def test_one_person_counts_a_time_once(self) -> None:
        point = make_point()
        entered(point, written(0, 60, 5))
        with pytest.raises(Conflict, match="counted this time already"):
            entered(point, written(30, 60, 5), person="  ibu CONTOH ")
        with pytest.raises(Conflict, match="counted this time already"):
            entered(point, written(100, 60, 5), written(130, 60, 5))
        entered(point, written(60, 30, 5))

    @pytest.mark.parametrize(("person", "lines"), [("", [written(0, 5, 1)]), ("Ibu", [])])
    def test_nobody_and_nothing(self, person: str, lines: list[acts.Written]) -> None:
        with pytest.raises(Conflict):
            entered(make_point(), *lines, person=person)


class TestCorrections:
    def test_what_it_was_is_kept_with_the_reason(self) -> None:
        point = make_point()
        (count,) = entered(point, written(0, 60, 1000))
        count = Count.objects.select_related("point__organisation").get(pk=count.pk)
        acts.correct_count(count=count, reason="satu nol terlalu banyak", actor=SYSTEM, entered=100)
        change = CountChange.objects.get()
        assert (change.was["entered"], change.now["entered"], change.step) == (1000, 100, "corrected")
        assert of_point(point).entered == 100

    @pytest.mark.parametrize(
        ("reason", "facts"),
        [("", {"entered": 5}), ("x", {"entered": 100}), ("x", {"entered": -1}), ("x", {"entered": 10**6})],
    )
    def test_without_a_reason_or_a_possible_number_nothing_is_changed(self, reason: str, facts: dict[str, int]) -> None:
        (count,) = entered(make_point(), written(0, 60, 100))
        with pytest.raises(Conflict):
            acts.correct_count(count=count, reason=reason, actor=SYSTEM, **facts)
        assert Count.objects.get().entered == 100
        assert not CountChange.objects.exists()

    def test_taken_out_and_put_back(self) -> None:
        point = make_point()
        counts = entered(point, written(0, 60, 100), written(60, 60, 50))
        acts.void_counts(counts=counts[:1], reason="ganda", actor=SYSTEM)
        assert of_point(point).entered == 50
        with pytest.raises(Conflict, match="meantime"):
            acts.void_counts(counts=counts, reason="ganda", actor=SYSTEM)
        acts.restore_counts(counts=counts[:1], reason="ternyata benar", actor=SYSTEM)
        assert of_point(point).entered == 150
        assert list(CountChange.objects.values_list("step", flat=True)) == ["restored", "voided"]

    def test_another_agency_corrects_nothing(self) -> None:
        (count,) = entered(make_point(), written(0, 60, 100))
        stranger = make_actor(Role.ORGANISER, make_organisation("Lain"))
        with pytest.raises(NotAllowed):
            acts.correct_count(count=count, reason="x", actor=stranger, entered=1)
        with pytest.raises(NotAllowed):
            acts.void_counts(counts=[count], reason="x", actor=stranger)
        with pytest.raises(Conflict):
            acts.void_counts(counts=[], reason="x", actor=SYSTEM)


class TestWhatItComesTo:
    def test_only_entrances_of_one_cordon_are_added(self) -> None:
        one = make_point("Utara")
        other = make_point("Selatan", like=one)
        inside = make_point("Panggung", like=one, entrance=False)
        street = make_point("Pawai", like=one, stream="Jalan")
        for point, people in ((one, 100), (other, 50), (inside, 500), (street, 30)):
            entered(point, written(0, 60, people))
        found = tallied(one)
        assert {each.name: round(each.entries.value) for each in found.streams} == {"Alun-alun": 150, "Jalan": 30}
        assert found.main is not None
        assert (found.main.name, found.chosen) == ("Alun-alun", False)
        planned(one, main="Jalan")
        found = tallied(one)
        assert found.main is not None
        assert (found.main.name, found.chosen) == ("Jalan", True)

    def test_without_how_often_they_come_there_are_entries_and_no_visitors(self) -> None:
        point = make_point()
        entered(point, written(0, 60, 100))
        assert tallied(point).visitors.why is NoRange.NOTHING
        planned(point, times="1.25", times_source="Survei")
        assert tallied(point).visitors.value == pytest.approx(80)

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"times": "1.2"}, "known from"),
            ({"times": "1.2", "times_source": "S", "times_sd": "0.5"}, "people asked"),
        ],
    )
    def test_a_mean_of_nowhere_is_not_kept(self, facts: dict[str, str], said: str) -> None:
        point = make_point()
        with pytest.raises(Conflict, match=said):
            planned(point, **facts)
        assert not CountPlan.objects.exists()

    def test_tickets_are_added_only_when_no_point_sees_them(self) -> None:
        point = make_point()
        entered(point, written(0, 60, 100))
        planned(point, times="1", times_source="Anggapan")
        rows = [Admitted("Perahu", 30, "Karcis", apart=True), Admitted("Kursi", 500, "Karcis")]
        name = f"test.{point.code}"
        admissions.register(name, lambda group: rows if group == point.group else [])
        try:
            assert tallied(point).visitors.value == pytest.approx(130)
            assert len(facts_of(tallied(point))["admitted"]) == 2
        finally:
            del admissions._entries[name]

    def test_a_sample_counts_its_intervals_and_names_those_that_nobody_counted(self) -> None:
        point = make_point(method="sampled", length=5, every=30)
        phone, _token = make_phone(point)
        starts = [point.shift + 30 * number for number in range(8)]
        for number, start in enumerate(starts):
            if number != 3:
                brought(phone, *[tapped(start + each, 2) for each in range(5)])
        brought(phone, tapped(starts[0] + 6, 9))
        found = of_point(point)
        assert (found.due, found.done, found.outside) == (8, 7, 9)
        assert found.estimate.value == 10 * 7 * 6
        assert found.gaps[0].begins == MORNING + timedelta(minutes=90)
        assert (found.estimate.low, found.estimate.high) == (420, 420)

    def test_an_interval_counted_for_half_is_none(self) -> None:
        point = make_point(method="sampled", length=4, every=30)
        phone, _token = make_phone(point)
        brought(phone, *[tapped(point.shift + each, 2) for each in range(2)])
        assert of_point(point).done == 0

    def test_hours_that_nobody_counted_are_told_and_not_filled(self) -> None:
        point = make_point()
        entered(point, written(0, 60, 60), written(90, 60, 60))
        found = of_point(point, at=MORNING + timedelta(hours=3))
        assert found.estimate.value == 120
        minutes = [((span.begins - MORNING).seconds // 60, (span.ends - MORNING).seconds // 60) for span in found.gaps]
        assert minutes == [(60, 90), (150, 180)]

    def test_a_density_is_a_crowd_at_a_moment_and_never_visitors(self) -> None:
        point = make_point(method="density", area_m2=400, square_m2=4, every=60)
        for minute, people in ((1, 4), (2, 6), (61, 10), (62, 12), (63, 8)):
            entered(point, written(minute, 0, people), person=f"P{minute}")
        found = of_point(point)
        assert found.estimate.value == 1000
        assert found.peak_at == MORNING + timedelta(hours=1)
        assert tallied(point).main is None
        assert tallied(point).visitors.why is NoRange.NOTHING

    def test_hours_across_midnight(self) -> None:
        point = make_point(begins=time(20), ends=time(1))
        found = of_point(point, at=NIGHT + timedelta(days=1))
        assert [span.minutes for span in found.gaps] == [300]

    def test_two_who_differ_are_named(self) -> None:
        point = make_point()
        entered(point, written(0, 60, 100), person="A")
        entered(point, written(0, 60, 140), person="B")
        (apart,) = of_point(point).apart
        assert (set(apart.names), set(apart.totals), apart.percent) == ({"A", "B"}, {100, 140}, 33)

    def test_nothing_planned(self) -> None:
        group, organisation = make_group(), make_organisation()
        found = tally_of(group, organisation)
        assert (found.points, found.main, found.left_out) == ([], None, 0)
        assert facts_of(found)["visitors"] is None

    def test_queries_do_not_grow(self) -> None:
        point, counts = make_point(), []
        for number in range(3):
            each = make_point(f"P{number}", like=point)
            entered(each, written(0, 60, 5))
            with CaptureQueriesContext(connection) as asked:
                tallied(point)
            counts.append(len(asked))
        assert counts[0] == counts[-1] == 5


class TestClosing:
    def close(self, point: CountPoint, note: str = "") -> CountResult:
        with clock.frozen_at(NIGHT):
            return close_counting(group=point.group, organisation=point.organisation, note=note, actor=SYSTEM)

    def test_a_version_stays_and_the_next_tells_what_changed(self) -> None:
        point = make_point()
        (count,) = entered(point, written(0, 60, 100))
        planned(point, times="1", times_source="Anggapan")
        first = self.close(point, "Rapat")
        with pytest.raises(Conflict, match="Nothing is otherwise"):
            self.close(point)
        acts.correct_count(count=count, reason="salah tulis", actor=SYSTEM, entered=90)
        second = self.close(point)
        first.refresh_from_db()
        assert (first.number, second.number) == (1, 2)
        assert first.read()["visitors"]["value"] == 100
        assert second.read()["visitors"]["value"] == 90
        changed = changes_between(first.read(), second.read())
        assert {(row.point, row.field) for row in changed} >= {("", "visitors"), ("Gerbang", "entered")}
        forged = CountResult(facts=first.facts.replace("100", "900"), digest=first.digest)
        assert (first.is_whole, forged.is_whole) == (True, False)
        assert digest_of(second.facts) == second.digest

    def test_nothing_and_nobody(self) -> None:
        point = make_point()
        with pytest.raises(Conflict, match="Nothing was counted"):
            self.close(point)
        entered(point, written(0, 60, 100))
        with pytest.raises(NotAllowed):
            close_counting(
                group=point.group,
                organisation=point.organisation,
                note="",
                actor=make_actor(Role.LEADER, point.organisation),
            )
        assert not CountResult.objects.exists()
