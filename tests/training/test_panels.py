"""Graders allocated to an assignment, what waits for each, and one sheet of minutes over several works."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.reviews.enums import Mode, ReviewState
from enggang.training.domain.allocating import allocate_graders, release_grader
from enggang.training.domain.panels import drop_sitting, keep_sitting, sitting_ticket, unsign_sitting
from enggang.training.models import Allocation, Assignment, HandIn, SatWork, Sitting
from enggang.training.queries.graders import graders_at, waiting_for
from tests.training.factories import client_of, make_agency, make_user
from tests.training.test_coursework import deliver, judged, participant, world
from tests.training.uploads import PDF, arrived

pytestmark = pytest.mark.django_db
MINUTES = {"held_on": "2026-11-24", "place": "Aula", "members": "Contoh Satu\nContoh Dua", "text": ""}


def page_of(assignment: Assignment, *rest: object) -> str:
    return "/".join(
        ["/pelatihan/gelombang", assignment.wave.code, "tugas", str(assignment.pk), *map(str, rest), ""]
    )  # fmt: skip


def grader(assignment: Assignment, name: str, role: Role = Role.GRADER) -> User:
    return make_user(role, assignment.wave.organisation, name)


def works(assignment: Assignment, number: int) -> list[HandIn]:
    return [deliver(assignment, *participant(assignment.wave)).hand_in for _n in range(number)]


class TestAllocating:
    def test_graders_are_chosen_on_the_page_told_and_released_again(self) -> None:
        assignment, registration, actor = world(mode=Mode.BLIND)
        deliver(assignment, registration, actor)
        one, two = grader(assignment, "Satu"), grader(assignment, "Dua")
        client = client_of(grader(assignment, "Penyelenggara", Role.ORGANISER))
        here = page_of(assignment, "penilai")
        assert client.post(here, {}).status_code == 422
        assert client.post(here, {"graders": [one.pk, two.pk]}).status_code == 302
        assert sorted(row.user.name for row in assignment.allocations.all()) == ["Dua", "Satu"]
        assert Notice.objects.filter(user_id=one.pk, title__contains="Foto pasar").count() == 1
        assert [count for _row, count in waiting_for(load_user(one.pk))] == [1]
        assert page_of(assignment) in client_of(one).get("/beranda/").content.decode()
        row = Allocation.objects.get(user=one)
        assert client.post(page_of(assignment, "penilai", row.pk, "hapus")).status_code == 302
        assert [row.user_id for row in assignment.allocations.all()] == [two.pk]
        assert waiting_for(load_user(one.pk)) == []
        with pytest.raises(Conflict):  # the second tab
            release_grader(allocation=row, actor=SYSTEM)

    def test_nobody_without_a_grading_role_here_is_allocated(self) -> None:
        assignment, registration, _actor = world()
        elsewhere = make_user(Role.GRADER, make_agency(), "Dari luar")
        idle = make_user(Role.TREASURER, assignment.wave.organisation, "Bendahara")
        off = grader(assignment, "Tidak aktif")
        User.objects.filter(pk=off.pk).update(is_active=False)
        good = grader(assignment, "Satu")
        assert list(graders_at(assignment.wave)) == [good]
        own = User.objects.get(person=registration.person)
        for stranger in (elsewhere, idle, off, own):
            with pytest.raises(Conflict):
                allocate_graders(assignment=assignment, users=[good, stranger], actor=SYSTEM)
        with pytest.raises(Conflict):
            allocate_graders(assignment=assignment, users=[], actor=SYSTEM)
        assert (Allocation.objects.count(), Notice.objects.count()) == (0, 0)

    def test_one_who_is_allocated_twice_is_refused_and_told_once(self) -> None:
        assignment, _registration, _actor = world()
        good, other = grader(assignment, "Satu"), grader(assignment, "Dua")
        allocate_graders(assignment=assignment, users=[good, good], actor=SYSTEM)
        with pytest.raises(Conflict):
            allocate_graders(assignment=assignment, users=[other, good], actor=SYSTEM)
        assert [row.user for row in Allocation.objects.all()] == [good]
        assert Notice.objects.filter(user_id=other.pk).count() == 0

    def test_only_the_organiser_allocates(self) -> None:
        assignment, _registration, _actor = world()
        good = grader(assignment, "Satu")
        teacher = grader(assignment, "Guru", Role.INSTRUCTOR)
        with pytest.raises(NotAllowed):
            allocate_graders(assignment=assignment, users=[good], actor=load_user(teacher.pk))
        assert client_of(teacher).post(page_of(assignment, "penilai"), {"graders": [good.pk]}).status_code == 404
        row = allocate_graders(assignment=assignment, users=[good], actor=SYSTEM)[0]
        with pytest.raises(NotAllowed):
            release_grader(allocation=row, actor=load_user(good.pk))
        assert Allocation.objects.count() == 1

    def test_a_blind_work_is_graded_by_the_allocated_alone(self) -> None:
        assignment, registration, actor = world(mode=Mode.BLIND)
        row = deliver(assignment, registration, actor).hand_in
        one, two, three = (grader(assignment, name) for name in ("Satu", "Dua", "Tiga"))
        allocate_graders(assignment=assignment, users=[one, two], actor=SYSTEM)
        with pytest.raises(NotAllowed):
            judged(row, 100, load_user(three.pk))
        assert row.review.sheets.count() == 0
        page = client_of(three).get(f"/pelatihan/hasil-tugas/{row.code}/").content.decode()
        assert "criterion-" not in page
        judged(row, 100, load_user(one.pk))
        assert waiting_for(load_user(one.pk)) == []
        assert [count for _row, count in waiting_for(load_user(two.pk))] == [1]
        judged(row, 0, load_user(two.pk))
        row.review.refresh_from_db()
        assert row.review.state == ReviewState.DISPUTED
        assert [count for _row, count in waiting_for(load_user(one.pk))] == [1]
        allocate_graders(assignment=assignment, users=[three], actor=SYSTEM)
        judged(row, 100, load_user(three.pk))
        assert waiting_for(load_user(one.pk)) == []

    def test_where_grading_is_not_blind_allocating_locks_nobody_out(self) -> None:
        assignment, registration, actor = world()
        row = deliver(assignment, registration, actor).hand_in
        allocate_graders(assignment=assignment, users=[grader(assignment, "Satu")], actor=SYSTEM)
        assert judged(row, 100, load_user(grader(assignment, "Dua").pk)).review.is_decided

    def test_ones_own_work_does_not_wait_for_oneself(self) -> None:
        assignment, registration, actor = world()
        deliver(assignment, registration, actor)
        other = grader(assignment, "Satu")
        Allocation.objects.create(
            assignment=assignment,
            user=User.objects.get(person=registration.person),
            allocated_at=clock.now(),
            allocated_by_key="x",
        )
        allocate_graders(assignment=assignment, users=[other], actor=SYSTEM)
        assert waiting_for(actor) == []
        assert len(waiting_for(load_user(other.pk))) == 1


class TestSittings:
    def test_one_sheet_of_minutes_over_two_works_is_printed_signed_and_opened_again(self) -> None:
        assignment, _registration, _actor = world(mode=Mode.PANEL)
        first, second, third = works(assignment, 3)
        judged(first, 100)
        user = grader(assignment, "Ketua", Role.INSTRUCTOR)
        client = client_of(user)
        assert (
            client.post(page_of(assignment, "sidang"), {**MINUTES, "works": [first.pk, second.pk]}).status_code == 302
        )
        sitting = Sitting.objects.get()
        here = page_of(assignment, "sidang", sitting.pk)
        sheet = client.get(f"{here}cetak/").content.decode()
        assert all(word in sheet for word in ("Contoh Dua", str(first), str(second)))
        assert str(third) not in sheet
        scan = arrived(sitting_ticket(sitting, load_user(user.pk)), load_user(user.pk), PDF, "ba.pdf")
        facts = {**MINUTES, "works": [first.pk, second.pk], "upload": scan.code}
        assert client.post(here, facts).status_code == 302
        assert client.get(f"{here}pindaian/").content == PDF
        assert client.post(here, {**MINUTES, "works": [first.pk]}).status_code == 422
        assert sitting.works.count() == 2
        client.post(f"{here}hapus/")
        assert Sitting.objects.count() == 1
        client.post(f"{here}lepas/")
        assert client.get(f"{here}pindaian/").status_code == 404
        assert client.post(here, {**MINUTES, "works": [first.pk]}).status_code == 302
        assert client.post(f"{here}hapus/").status_code == 302
        assert (Sitting.objects.count(), SatWork.objects.count(), HandIn.objects.count()) == (0, 0, 3)

    def test_what_was_typed_stays_on_a_refusal(self) -> None:
        assignment, _registration, _actor = world(mode=Mode.PANEL)
        (row,) = works(assignment, 1)
        client = client_of(grader(assignment, "Ketua"))
        told = client.post(page_of(assignment, "sidang"), {**MINUTES, "members": "Sendirian", "works": [row.pk]})
        assert (told.status_code, Sitting.objects.count()) == (422, 0)
        assert "Sendirian" in told.content.decode()
        assert client.post(page_of(assignment, "sidang"), MINUTES).status_code == 422

    def test_a_work_stands_in_one_sitting_only(self) -> None:
        assignment, _registration, _actor = world(mode=Mode.PANEL)
        first, second = works(assignment, 2)
        facts: dict[str, Any] = {"held_on": clock.today(), "place": "Aula", "members": "A\nB", "actor": SYSTEM}
        keep_sitting(assignment=assignment, hand_ins=[first], **facts)
        with pytest.raises(Conflict):
            keep_sitting(assignment=assignment, hand_ins=[second, first], **facts)
        assert [row.hand_in for row in SatWork.objects.all()] == [first]
        with pytest.raises(ValidationError):
            keep_sitting(assignment=assignment, hand_ins=[second], **{**facts, "place": "x" * 161})
        with pytest.raises(Conflict, match="tiga bulan"):
            keep_sitting(assignment=assignment, hand_ins=[second], **{**facts, "held_on": date(2099, 1, 1)})
        assert Sitting.objects.count() == 1

    def test_works_of_another_assignment_and_other_ways_of_grading_are_refused(self) -> None:
        assignment, _registration, _actor = world(mode=Mode.PANEL)
        other, registration, actor = world(mode=Mode.PANEL)
        alone, someone, their = world()
        foreign, single = deliver(other, registration, actor).hand_in, deliver(alone, someone, their).hand_in
        facts: dict[str, Any] = {"held_on": clock.today(), "place": "Aula", "members": "A\nB", "actor": SYSTEM}
        for row, hand_ins in ((assignment, [foreign]), (assignment, []), (alone, [single])):
            with pytest.raises(Conflict):
                keep_sitting(assignment=row, hand_ins=hand_ins, **facts)
        assert Sitting.objects.count() == 0

    def test_no_author_sits_in_judgement_and_graders_remove_nothing(self) -> None:
        assignment, _registration, _actor = world(mode=Mode.PANEL)
        registration, actor = participant(assignment.wave)
        row = deliver(assignment, registration, actor).hand_in
        facts: dict[str, Any] = {"held_on": clock.today(), "place": "Aula", "members": "A\nB"}
        with pytest.raises(NotAllowed):
            keep_sitting(assignment=assignment, hand_ins=[row], actor=actor, **facts)
        sitting = keep_sitting(assignment=assignment, hand_ins=[row], actor=SYSTEM, **facts)
        for undo in (drop_sitting, unsign_sitting):
            with pytest.raises(NotAllowed):
                undo(sitting=sitting, actor=load_user(grader(assignment, "Satu").pk))
        assert Sitting.objects.count() == 1

    def test_the_sheet_asks_the_database_no_more_for_three_works_than_for_one(self) -> None:
        assignment, _registration, _actor = world(mode=Mode.PANEL)
        rows = [judged(row, 100) for row in works(assignment, 3)]
        client = client_of(grader(assignment, "Ketua"))
        facts: dict[str, Any] = {"held_on": clock.today(), "place": "Aula", "members": "A\nB", "actor": SYSTEM}
        sitting = keep_sitting(assignment=assignment, hand_ins=rows[:1], **facts)
        client.get(page_of(assignment, "sidang", sitting.pk, "cetak"))
        with CaptureQueriesContext(connection) as one:
            client.get(page_of(assignment, "sidang", sitting.pk, "cetak"))
        keep_sitting(assignment=assignment, hand_ins=rows, sitting=sitting, **facts)
        with CaptureQueriesContext(connection) as three:
            client.get(page_of(assignment, "sidang", sitting.pk, "cetak"))
        assert len(one) == len(three)
