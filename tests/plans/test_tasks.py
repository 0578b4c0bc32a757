"""Plans and their tasks: dates counted from the day, and nothing that moves by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope, Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.domain.persons import add_person
from enggang.plans.domain import plans as acts
from enggang.plans.domain import tasks
from enggang.plans.domain.reference import load_reference
from enggang.plans.enums import TASK_MOVES, Anchor, PlanState, TaskState
from enggang.plans.models import Member, Plan, Task, TaskTemplate
from enggang.plans.queries.dates import date_changes
from enggang.plans.queries.gantt import gantt
from enggang.plans.queries.tasks import digest, plan_about, summary
from tests.places.factories import actor, organisation
from tests.plans.factories import make_list, make_member, make_plan, make_task, shipped

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 20, 3, tzinfo=UTC)


def seen(plan: Plan) -> dict[str, date]:
    return {change.key: change.new for change in date_changes(plan)}


class TestOpening:
    def test_one_plan_for_one_thing(self) -> None:
        agency = organisation()
        plan = make_plan(agency, about=agency.subject)
        assert plan_about(agency.subject) == plan
        with pytest.raises(Conflict):
            make_plan(agency, about=agency.subject)
        assert Plan.objects.count() == 1

    def test_plans_about_nothing_stand_beside_one_another(self) -> None:
        agency = organisation()
        make_plan(agency)
        make_plan(agency)
        assert Plan.objects.count() == 2

    def test_a_stranger_opens_none(self) -> None:
        with pytest.raises(NotAllowed):
            make_plan(organisation(), actor=actor((Role.ORGANISER, organisation("Lain"))))
        assert Plan.objects.count() == 0

    @pytest.mark.parametrize("day", [date(1800, 1, 1), date(2999, 1, 1)])
    def test_an_impossible_day_is_refused(self, day: date) -> None:
        with pytest.raises(ValidationError):
            make_plan(organisation(), day=day)


class TestDates:
    def test_days_and_working_days_are_counted_from_the_day(self) -> None:
        shipped()
        plan = make_plan(organisation(), day=date(2025, 8, 20))
        found = [
            make_task(plan, anchor=anchor, offset=offset).due_on
            for anchor, offset in ((Anchor.DAYS, -10), (Anchor.WORKDAYS, -14), (Anchor.DAYS, 0), (Anchor.WORKDAYS, 1))
        ]
        assert found == [date(2025, 8, 10), date(2025, 7, 30), date(2025, 8, 20), date(2025, 8, 21)]

    def test_as_long_as_the_day_is_unknown_there_is_no_date(self) -> None:
        plan = make_plan(organisation(), day=None)
        task = make_task(plan)
        assert (task.due_on, date_changes(plan)) == (None, [])
        acts.set_day(plan=plan, day=date(2027, 8, 4), actor=SYSTEM)
        assert seen(plan) == {f"task-{task.pk}": date(2027, 7, 25)}

    def test_a_moved_day_moves_nothing_and_shows_old_and_new(self) -> None:
        plan = make_plan(organisation())
        waiting, done, fixed = make_task(plan), make_task(plan, "Beres"), make_task(
            plan, "Tetap", anchor=Anchor.FIXED, due_on=date(2027, 7, 1)
        )  # fmt: skip
        tasks.move_task(task=done, to=TaskState.DONE, actor=SYSTEM)
        acts.set_day(plan=plan, day=date(2027, 8, 11), actor=SYSTEM)
        (change,) = date_changes(plan)
        assert (change.key, change.old, change.new, change.days) == (
            f"task-{waiting.pk}", date(2027, 7, 25), date(2027, 8, 1), 7,
        )  # fmt: skip
        for row in (waiting, done, fixed):
            before = row.due_on
            row.refresh_from_db()
            assert row.due_on == before

    def test_some_are_accepted_and_the_others_wait(self) -> None:
        plan = make_plan(organisation())
        one, two = make_task(plan), make_task(plan, "Dua")
        acts.set_day(plan=plan, day=date(2027, 8, 5), actor=SYSTEM)
        wanted = seen(plan)
        acts.accept_dates(plan=plan, seen={f"task-{one.pk}": wanted[f"task-{one.pk}"]}, actor=SYSTEM)
        one.refresh_from_db()
        assert (one.due_on, one.version) == (date(2027, 7, 26), 2)
        assert list(seen(plan)) == [f"task-{two.pk}"]
        acts.keep_dates(plan=plan, keys=[f"task-{two.pk}"], actor=SYSTEM)
        two.refresh_from_db()
        assert (two.due_on, two.anchor, seen(plan)) == (date(2027, 7, 25), Anchor.FIXED, {})

    def test_nobody_agrees_to_a_date_they_have_not_seen(self) -> None:
        plan = make_plan(organisation())
        task = make_task(plan)
        acts.set_day(plan=plan, day=date(2027, 8, 5), actor=SYSTEM)
        old = seen(plan)
        acts.set_day(plan=plan, day=date(2027, 8, 6), actor=SYSTEM)
        for wrong in (old, {f"task-{task.pk + 1}": date(2027, 7, 27)}, {"task-x": date(2027, 7, 27)}):
            with pytest.raises(Conflict):
                acts.accept_dates(plan=plan, seen=wrong, actor=SYSTEM)
        task.refresh_from_db()
        assert task.due_on == date(2027, 7, 25)

    def test_a_late_decree_shows_up_as_a_date_that_would_move(self) -> None:
        agency = organisation()
        plan = make_plan(agency, day=date(2028, 1, 6))
        task = make_task(plan, anchor=Anchor.WORKDAYS, offset=-2)
        assert task.due_on == date(2028, 1, 4)
        with clock.frozen_at(datetime(2027, 12, 1, tzinfo=UTC)):
            make_list(agency, text="Cuti bersama\n5 Januari Tambahan")
            (change,) = date_changes(plan)
        assert (change.new, change.deadline and change.deadline.skipped[0].name) == (date(2028, 1, 3), "Tambahan")

    def test_a_closed_plan_changes_no_date(self) -> None:
        plan = make_plan(organisation())
        make_task(plan)
        acts.set_day(plan=plan, day=date(2027, 8, 5), actor=SYSTEM)
        acts.move_plan(plan=plan, to=PlanState.CANCELLED, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.accept_dates(plan=plan, seen=seen(plan), actor=SYSTEM)


class TestTasks:
    def test_every_move_of_the_table_and_no_other(self) -> None:
        plan = make_plan(organisation())
        for start in TaskState:
            for to in TaskState:
                task = make_task(plan)
                Task.objects.filter(pk=task.pk).update(state=start)
                if to in TASK_MOVES[start]:
                    assert tasks.move_task(task=task, to=to, actor=SYSTEM).state == to
                    assert (task.done_on is not None) == (to == TaskState.DONE)
                else:
                    with pytest.raises(Conflict):
                        tasks.move_task(task=task, to=to, actor=SYSTEM)

    def test_two_tabs_meet(self) -> None:
        task = make_task(make_plan(organisation()))
        facts = {"title": "Baru", "anchor": Anchor.DAYS, "offset": -3}
        tasks.change_task(task=task, version=1, actor=SYSTEM, **facts)
        with pytest.raises(Conflict):
            tasks.change_task(task=Task.objects.get(), version=1, actor=SYSTEM, **{**facts, "title": "Lain"})
        assert (Task.objects.get().title, Task.objects.get().due_on) == ("Baru", date(2027, 8, 1))

    def test_tasks_never_wait_for_one_another_in_a_circle(self) -> None:
        plan = make_plan(organisation())
        first = make_task(plan, "Satu")
        second = make_task(plan, "Dua", waits_for=[first])
        third = make_task(plan, "Tiga", waits_for=[second])
        with pytest.raises(Conflict):
            tasks.change_task(task=first, version=1, actor=SYSTEM, waits_for=[third])
        with pytest.raises(Conflict):
            tasks.change_task(task=first, version=1, actor=SYSTEM, waits_for=[first])
        assert list(first.waits_for.all()) == []

    def test_nothing_of_another_plan_is_taken(self) -> None:
        agency = organisation()
        plan, other = make_plan(agency), make_plan(agency)
        section, member, task = (
            acts.add_section(plan=other, name="Acara", actor=SYSTEM),
            make_member(other),
            make_task(other),
        )
        for wrong in ({"section": section}, {"member": member}, {"waits_for": [task]}):
            with pytest.raises(Conflict):
                make_task(plan, **wrong)
        assert plan.tasks.count() == 0

    @pytest.mark.parametrize("facts", [{"title": ""}, {"title": "x" * 201}, {"offset": -2000}, {"lasts": 0}])
    def test_what_does_not_fit_is_refused(self, facts: dict[str, object]) -> None:
        plan = make_plan(organisation())
        with pytest.raises(ValidationError):
            make_task(plan, **{"title": "Tugas", **facts})  # type: ignore[arg-type]
        assert plan.tasks.count() == 0

    def test_a_fixed_date_needs_a_date(self) -> None:
        with pytest.raises(Conflict):
            make_task(make_plan(organisation()), anchor=Anchor.FIXED)

    def test_a_plan_does_not_grow_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks, "MOST_TASKS", 1)
        plan = make_plan(organisation())
        make_task(plan)
        with pytest.raises(Conflict):
            make_task(plan)

    def test_a_circle_of_readers_may_not_write(self) -> None:
        agency = organisation()
        plan = make_plan(agency)
        task = make_task(plan)
        for role in (Role.LEADER, Role.INSPECTOR, Role.TREASURER, Role.COORDINATOR):
            reader = actor((role, agency))
            for do in (
                lambda a: make_task(plan, actor=a),
                lambda a: tasks.change_task(task=task, version=1, actor=a, title="x"),
                lambda a: tasks.move_task(task=task, to=TaskState.DONE, actor=a),
                lambda a: acts.set_day(plan=plan, day=None, actor=a),
                lambda a: acts.accept_dates(plan=plan, seen={}, actor=a),
                lambda a: tasks.use_bundle(plan=plan, bundle="x", actor=a),
            ):
                with pytest.raises(NotAllowed):
                    do(reader)
        assert (plan.tasks.count(), Task.objects.get().state) == (1, TaskState.TODO)


class TestBundles:
    def test_a_festival_from_a_bundle_gets_its_dates_at_once(self) -> None:
        load_reference(actor=SYSTEM)
        plan = make_plan(organisation())
        added = tasks.use_bundle(plan=plan, bundle="Festival daerah", actor=SYSTEM)
        assert added == plan.tasks.count() > 20
        assert plan.tasks.filter(due_on=None).count() == 0
        assert plan.sections.count() == 9
        assert tasks.use_bundle(plan=plan, bundle="Festival daerah", actor=SYSTEM) == 0

    def test_a_row_of_the_agency_takes_the_place_of_a_shipped_one(self) -> None:
        load_reference(actor=SYSTEM)
        agency = organisation()
        TaskTemplate.objects.create(
            organisation=agency, bundle="Festival daerah", title="Gladi bersih", offset=-3, valid_from=date(2020, 1, 1),
            source="uji",
        )  # fmt: skip
        plan = make_plan(agency)
        tasks.use_bundle(plan=plan, bundle="Festival daerah", actor=SYSTEM)
        assert plan.tasks.get(title="Gladi bersih").offset == -3

    def test_an_unknown_bundle_is_refused(self) -> None:
        with pytest.raises(Conflict):
            tasks.use_bundle(plan=make_plan(organisation()), bundle="Tidak ada", actor=SYSTEM)


class TestPeople:
    def test_a_private_address_moves_ones_own_tasks_and_no_others(self) -> None:
        plan = make_plan(organisation())
        member = make_member(plan, phone="0812 3456 7890")
        own, other = make_task(plan, member=member), make_task(plan, "Lain")
        link = find_link(tasks.hand_out_tasks(member=member, actor=SYSTEM), LinkScope.TASKS)
        assert link is not None
        holder = actor_of_link(link)
        tasks.move_task(task=own, to=TaskState.DONE, actor=holder)
        with pytest.raises(NotAllowed):
            tasks.move_task(task=other, to=TaskState.DONE, actor=holder)
        other.refresh_from_db()
        assert (own.state, other.state) == (TaskState.DONE, TaskState.TODO)

    def test_a_new_address_ends_the_former_one(self) -> None:
        member = make_member(make_plan(organisation()))
        first = tasks.hand_out_tasks(member=member, actor=SYSTEM)
        second = tasks.hand_out_tasks(member=member, actor=SYSTEM)
        assert find_link(first, LinkScope.TASKS) is None
        tasks.take_back_tasks(member=member, actor=SYSTEM)
        assert find_link(second, LinkScope.TASKS) is None

    def test_who_leads_a_section_moves_its_tasks(self) -> None:
        plan = make_plan(organisation())
        section = acts.add_section(plan=plan, name="Acara", actor=SYSTEM)
        head, hand = make_member(plan, section=section, leads=True), make_member(plan, "Anggota", section=section)
        task = make_task(plan, section=section)
        link = find_link(tasks.hand_out_tasks(member=hand, actor=SYSTEM), LinkScope.TASKS)
        assert link is not None
        assert not tasks.may_move(actor_of_link(link), task)
        link = find_link(tasks.hand_out_tasks(member=head, actor=SYSTEM), LinkScope.TASKS)
        assert link is not None
        assert tasks.may_move(actor_of_link(link), task)

    @pytest.mark.parametrize(("facts", "why"), [({"name": " "}, "NIP"), ({"phone": "12"}, "0812")])
    def test_somebody_without_a_name_or_with_a_wrong_number_is_refused(self, facts: dict[str, str], why: str) -> None:
        plan = make_plan(organisation())
        with pytest.raises(Conflict, match=why):
            make_member(plan, **{"name": "A", **facts})
        assert plan.members.count() == 0

    def test_the_same_person_stands_in_a_committee_once(self) -> None:
        agency = organisation()
        plan, person = make_plan(agency), add_person(organisation=agency, name="Siti", actor=SYSTEM)
        make_member(plan, person=person)
        with pytest.raises(Conflict):
            make_member(plan, person=person)

    def test_removing_somebody_leaves_the_task_and_ends_the_address(self) -> None:
        plan = make_plan(organisation())
        member = make_member(plan)
        task, token = make_task(plan, member=member), tasks.hand_out_tasks(member=member, actor=SYSTEM)
        acts.drop_member(member=member, actor=SYSTEM)
        task.refresh_from_db()
        assert (task.member, find_link(token, LinkScope.TASKS), Member.objects.count()) == (None, None, 0)

    def test_a_place_follows_when_two_records_become_one_and_goes_back(self) -> None:
        agency = organisation()
        kept, gone = (
            add_person(organisation=agency, name="Siti Aminah", phone=phone, actor=SYSTEM)
            for phone in ("081234567890", "081234567891")
        )
        plan = make_plan(agency)
        member = make_member(plan, person=gone)
        merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
        member.refresh_from_db()
        assert member.person == kept
        undo_merge(merge=merge, actor=SYSTEM)
        member.refresh_from_db()
        assert member.person == gone


class TestShown:
    def test_the_summary_counts_late_and_this_week_in_one_question(self, django_assert_num_queries: object) -> None:
        plan = make_plan(organisation(), day=date(2027, 8, 4))
        late, week, later = make_task(plan, offset=-16), make_task(plan, offset=-10), make_task(plan, offset=0)
        tasks.move_task(task=later, to=TaskState.DONE, actor=SYSTEM)
        with clock.frozen_at(NOW), django_assert_num_queries(1):  # type: ignore[operator]
            found = summary(plan)
        assert (found.total, found.done, found.late, found.this_week) == (3, 1, 1, 1)
        assert (late.due_on, week.due_on) == (date(2027, 7, 19), date(2027, 7, 25))

    def test_the_digest_names_late_and_this_week_by_section(self) -> None:
        plan = make_plan(organisation())
        section = acts.add_section(plan=plan, name="Acara", actor=SYSTEM)
        member = make_member(plan, "Budi", phone="081234567890")
        make_task(plan, "Kontrak juri", offset=-16, section=section, member=member)
        make_task(plan, "Gladi", offset=-10, section=section)
        with clock.frozen_at(NOW):
            text = digest(plan)
        assert "• Kontrak juri – Budi (19 Jul 2027)" in text
        assert text.index("Kontrak juri") < text.index("Gladi")
        assert "0812" not in text

    def test_the_line_of_time_ends_each_bar_on_its_date(self) -> None:
        plan = make_plan(organisation())
        make_task(plan, offset=-10, lasts=5)
        make_task(plan, offset=-20)
        with clock.frozen_at(NOW):
            drawing = gantt(plan, list(plan.tasks.all()))
        assert drawing is not None
        assert [bar.task.offset for bar in drawing.bars] == [-20, -10]
        assert all(bar.x + bar.width <= drawing.width for bar in drawing.bars)
        assert gantt(plan, []) is None
