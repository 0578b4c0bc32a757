"""Assignments: handing in from an account or a private page, grading, release, good work, and the pass list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enggang.access.enums import Role
from enggang.core import clock, jobs, registries
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.reviews.domain.rubrics import CriterionSpec
from enggang.reviews.enums import Mode, ReviewState
from enggang.reviews.models import Minutes
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.classes import keep_class, place_in_class
from enggang.training.domain.completion import verdicts
from enggang.training.domain.coursework import keep_assignment, step_assignment, write_rubric
from enggang.training.domain.grading import give_back, grade, grade_again, keep_given, scan_ticket
from enggang.training.domain.handing_in import hand_in, work_ticket
from enggang.training.domain.registrations import hand_out_page
from enggang.training.domain.works import agree_to_work, register_work, withdraw_work
from enggang.training.enums import CONCEPT_PARTS, AssignmentKind, LatePolicy
from enggang.training.models import Assignment, HandIn, HandInVersion, Licence, Piece, Registration, Wave, Work
from enggang.training.views.finding import find_by_token
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat
from tests.training.uploads import JPEG, PDF, arrived

pytestmark = pytest.mark.django_db
LINK = "https://kalbar.example/video"


def make_assignment(wave: Wave, kind: AssignmentKind = AssignmentKind.PHOTO, **facts: Any) -> Assignment:
    specs = [CriterionSpec("Komposisi", (("Kurang", 0), ("Baik", 100)))]
    rubric = facts.pop("rubric", None) or write_rubric(
        wave=wave, title="Foto", spread_alert=20, criteria=specs, actor=SYSTEM
    )
    facts = {"title": "Foto pasar", "due_at": clock.now() + timedelta(days=2), "rubric": rubric, **facts}
    return keep_assignment(wave=wave, kind=kind, actor=SYSTEM, **facts)


def participant(wave: Wave) -> tuple[Registration, Actor]:
    person = make_person(wave.organisation)
    person.user = make_user(name=person.name)
    person.save()
    return seat(wave, person), load_user(person.user.pk)


def world(kind: AssignmentKind = AssignmentKind.PHOTO, **facts: Any) -> tuple[Assignment, Registration, Actor]:
    wave = make_wave(make_agency(), PoolSpec("Terbuka", 9))
    return make_assignment(wave, kind, **facts), *participant(wave)


def deliver(assignment: Assignment, registration: Registration, actor: Actor, content: bytes = JPEG) -> HandInVersion:
    upload = arrived(work_ticket(assignment, registration, actor), actor, content, "foto.jpg")
    return hand_in(assignment=assignment, registration=registration, actor=actor, uploads=[upload.code])


def judged(row: HandIn, points: int, actor: Actor | None = None) -> HandIn:
    criterion = row.review.rubric.criteria.get()
    levels = {criterion.pk: criterion.levels.get(points=points).pk}
    row.review.refresh_from_db()
    latest = row.versions.first()
    assert latest
    return grade(hand_in=row, version=latest.number, levels=levels, feedback="Cahaya bagus", actor=actor or SYSTEM)


def test_a_photo_handed_in_from_an_account_is_graded_released_and_read() -> None:
    assignment, registration, actor = world()
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    assert "data-upload" in client.get(here).content.decode()
    upload = arrived(work_ticket(assignment, registration, actor), actor, JPEG, "foto.jpg")
    assert client.post(here, {"upload": upload.code, "note": "pagi"}).status_code == 302
    row = HandIn.objects.get()
    teacher = client_of(make_user(Role.INSTRUCTOR, assignment.wave.organisation, "Guru"))
    page = teacher.get(f"/pelatihan/hasil-tugas/{row.code}/")
    piece = page.context["latest"].pieces.get()
    assert teacher.get(f"/pelatihan/hasil-tugas/{row.code}/berkas/{piece.pk}/").content == JPEG
    criterion = assignment.rubric.criteria.get()
    sheet = {f"criterion-{criterion.pk}": criterion.levels.get(points=100).pk, "feedback": "Cahaya bagus", "version": 1}
    assert teacher.post(f"/pelatihan/hasil-tugas/{row.code}/", sheet).status_code == 302
    assert "Cahaya bagus" not in client.get(here).content.decode()
    teacher.post(f"/pelatihan/gelombang/{assignment.wave.code}/tugas/{assignment.pk}/rilis/")
    told = client.get(here).content.decode()
    assert "Cahaya bagus" in told
    assert "Guru" not in told


def test_authors_open_what_they_handed_in_and_nobody_elses() -> None:
    assignment, registration, actor = world()
    deliver(assignment, registration, actor)
    piece = Piece.objects.get()
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    assert f"{here}berkas/{piece.pk}/" in client.get(here).content.decode()
    assert client.get(f"{here}berkas/{piece.pk}/").content == JPEG
    token = hand_out_page(registration=registration, actor=SYSTEM)
    assert Client().get(f"/pelatihan/kursi/{token}/tugas/{assignment.pk}/berkas/{piece.pk}/").content == JPEG
    other = seat(assignment.wave, make_person(assignment.wave.organisation, "Orang Lain"))
    theirs = hand_out_page(registration=other, actor=SYSTEM)
    assert Client().get(f"/pelatihan/kursi/{theirs}/tugas/{assignment.pk}/berkas/{piece.pk}/").status_code == 404
    second = make_assignment(assignment.wave, title="Lain")
    elsewhere = f"/pelatihan/pendaftaran/{registration.code}/tugas/{second.pk}/berkas/{piece.pk}/"
    assert client.get(elsewhere).status_code == 404
    assert Client().get(f"{here}berkas/{piece.pk}/").status_code in {302, 403, 404}


def test_the_private_page_hands_in_without_an_account() -> None:
    assignment, registration, _actor = world(AssignmentKind.LINK)
    token = hand_out_page(registration=registration, actor=SYSTEM)
    here = f"/pelatihan/kursi/{token}/tugas/{assignment.pk}/"
    assert Client().get(f"/pelatihan/kursi/{token}/tugas/").status_code == 200
    refused = Client().post(here, {"link": "javascript:alert(1)"})
    assert (refused.status_code, HandIn.objects.count()) == (422, 0)
    assert Client().post(here, {"link": LINK}).status_code == 302
    assert HandInVersion.objects.get().link == LINK
    photo = make_assignment(assignment.wave)
    holder = find_by_token(token)[1]
    deliver(photo, registration, holder)
    assert HandIn.objects.count() == 2


def test_every_version_is_kept_until_grading_begins() -> None:
    assignment, registration, actor = world()
    first, second = deliver(assignment, registration, actor), deliver(assignment, registration, actor)
    row = first.hand_in
    assert [version.number for version in row.versions.all()] == [2, 1]
    assert second.hand_in_id == row.pk
    judged(row, 100)
    with pytest.raises(Conflict):
        deliver(assignment, registration, actor)


@pytest.mark.parametrize(("late", "days", "hours", "taken"), [
    (LatePolicy.REFUSE, 9, 1, None), (LatePolicy.MARK, 2, 1, True), (LatePolicy.MARK, 2, 49, None), (LatePolicy.MARK, 2, -1, False),
])  # fmt: skip
def test_the_deadline_and_what_is_late(late: LatePolicy, days: int, hours: int, taken: bool | None) -> None:
    assignment, registration, actor = world(AssignmentKind.LINK, late=late, late_days=days)
    with clock.frozen_at(assignment.due_at + timedelta(hours=hours)):
        if taken is None:
            with pytest.raises(Conflict):
                hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor)
        else:
            assert hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor).is_late is taken


def test_hostile_hand_ins_leave_nothing() -> None:
    assignment, registration, actor = world()
    other, stranger = participant(assignment.wave)
    mine = arrived(work_ticket(assignment, registration, actor), actor, JPEG)
    for uploads in ([], [mine.code, mine.code], ["X"] * 6, ["TIDAKADA"]):
        with pytest.raises(Conflict):
            hand_in(assignment=assignment, registration=registration, actor=actor, uploads=uploads)
    with pytest.raises(Conflict):
        hand_in(assignment=assignment, registration=other, actor=stranger, uploads=[mine.code])
    with pytest.raises(NotAllowed):
        hand_in(assignment=assignment, registration=registration, actor=stranger, uploads=[mine.code])
    foreign = world()[0]
    with pytest.raises(Conflict):
        hand_in(assignment=foreign, registration=registration, actor=actor, uploads=[mine.code])
    step_assignment(assignment=assignment, step="remove", actor=SYSTEM)
    with pytest.raises(Conflict):
        hand_in(assignment=assignment, registration=registration, actor=actor, uploads=[mine.code])
    assert not HandIn.objects.exists()


def test_a_pdf_is_no_photo_and_says_so_to_its_author() -> None:
    assignment, registration, actor = world()
    upload = arrived(work_ticket(assignment, registration, actor), actor, PDF, "foto.jpg", stored=False)
    hand_in(assignment=assignment, registration=registration, actor=actor, uploads=[upload.code])
    jobs.run_pending()
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    page = client.get(f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/").content.decode()
    assert HandInVersion.objects.get().pieces.get().upload.why in page


def test_a_concept_has_all_its_parts() -> None:
    assignment, registration, actor = world(AssignmentKind.CONCEPT)
    with pytest.raises(Conflict):
        hand_in(assignment=assignment, registration=registration, actor=actor, concept={"purpose": "Festival"})
    full = dict.fromkeys(CONCEPT_PARTS, "Isi")
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    assert client.post(here, {**full, "budget": ""}).status_code == 422
    assert client.post(here, full).status_code == 302
    assert HandInVersion.objects.get().concept == full


def test_a_group_hands_in_once_for_all_its_members() -> None:
    assignment, registration, actor = world(AssignmentKind.LINK, by_group=True, counts=True)
    with pytest.raises(Conflict):
        hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor)
    other, second = participant(assignment.wave)
    group = keep_class(wave=assignment.wave, kind="group", name="Kelompok 1", actor=SYSTEM)
    place_in_class(klass=group, registrations=[registration, other], actor=SYSTEM)
    hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor)
    hand_in(assignment=assignment, registration=other, link=LINK, actor=second)
    row = HandIn.objects.get()
    assert row.versions.count() == 2
    judged(row, 100)
    assert all(not verdict.unaccepted for verdict in verdicts(assignment.wave))


def test_a_group_is_told_that_one_hands_in_for_all_and_the_grader_who_they_are() -> None:
    assignment, registration, actor = world(AssignmentKind.LINK, by_group=True)
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    assert "alert--warn" in client.get(here).content.decode()  # in no group nothing can be handed in
    other, _second = participant(assignment.wave)
    group = keep_class(wave=assignment.wave, kind="group", name="Kelompok 1", actor=SYSTEM)
    place_in_class(klass=group, registrations=[registration, other], actor=SYSTEM)
    page = client.get(here).content.decode()
    assert "alert--warn" not in page
    assert "Kelompok 1" in page
    assert other.person.name in page
    hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor)
    teacher = client_of(make_user(Role.INSTRUCTOR, assignment.wave.organisation, "Guru"))
    assert other.person.name in teacher.get(f"/pelatihan/hasil-tugas/{HandIn.objects.get().code}/").content.decode()


def test_an_assignment_that_counts_keeps_from_passing_until_it_is_accepted() -> None:
    assignment, registration, actor = world(counts=True)
    wave = assignment.wave
    assert [(row.passes, row.unaccepted) for row in verdicts(wave)] == [(False, ("Foto pasar",))]
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    assert "Foto pasar" in client.get(f"/pelatihan/gelombang/{wave.code}/kelulusan/").content.decode()
    row = deliver(assignment, registration, actor).hand_in
    judged(row, 0)
    assert verdicts(wave)[0].unaccepted
    grade_again(hand_in=row, actor=SYSTEM)
    judged(row, 100)
    assert verdicts(wave)[0].unaccepted == ()


def test_nobody_grades_their_own_work_and_strangers_grade_none() -> None:
    assignment, registration, actor = world()
    row = deliver(assignment, registration, actor).hand_in
    from enggang.access.domain.grants import grant_role

    grant_role(user=registration.person.user, role=Role.GRADER, organisation=assignment.wave.organisation, actor=SYSTEM)  # type: ignore[arg-type]
    assert actor.user_id
    with pytest.raises(NotAllowed):
        judged(row, 100, load_user(actor.user_id))
    with pytest.raises(NotAllowed):
        judged(row, 100, load_user(make_user(Role.INSPECTOR, assignment.wave.organisation).pk))
    with pytest.raises(NotAllowed):
        judged(row, 100, load_user(make_user(Role.GRADER, make_agency("Lain")).pk))
    assert (
        client_of(make_user(Role.GRADER, make_agency("Jauh"))).get(f"/pelatihan/hasil-tugas/{row.code}/").status_code
        == 404
    )


def test_a_score_never_falls_on_a_version_that_arrived_meanwhile() -> None:
    assignment, registration, actor = world()
    row = deliver(assignment, registration, actor).hand_in
    client = client_of(make_user(Role.GRADER, assignment.wave.organisation, "Juri"))
    address = f"/pelatihan/hasil-tugas/{row.code}/"
    seen = client.get(address).context["form"]["version"].value()
    assert seen == 1
    deliver(assignment, registration, actor)
    criterion = assignment.rubric.criteria.get()
    sheet = {f"criterion-{criterion.pk}": criterion.levels.get(points=100).pk, "feedback": "Rapi sekali"}
    refused = client.post(address, {**sheet, "version": seen})
    assert (refused.status_code, row.review.sheets.count()) == (422, 0)
    page = refused.content.decode()
    assert "Rapi sekali" in page
    assert " checked" in page
    assert 'name="version" value="2"' in page
    assert client.post(address, {**sheet, "version": "x"}).status_code == 422
    assert client.post(address, sheet).status_code == 422
    assert client.post(address, {**sheet, "version": 2}).status_code == 302
    assert row.review.sheets.get().feedback == "Rapi sekali"


def test_a_refused_form_still_holds_what_has_arrived() -> None:
    assignment, registration, actor = world(max_files=2)
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    mine = arrived(work_ticket(assignment, registration, actor), actor, JPEG, "foto.jpg")
    other, stranger = participant(assignment.wave)
    theirs = arrived(work_ticket(assignment, other, stranger), stranger, JPEG, "rahasia.jpg")
    refused = client.post(here, {"upload": [mine.code, theirs.code], "note": "x" * 2001})
    page = refused.content.decode()
    assert (refused.status_code, HandIn.objects.count()) == (422, 0)
    assert f'name="upload" value="{mine.code}"' in page
    assert "rahasia.jpg" not in page
    again = client.post(here, {"upload": mine.code, "note": "pagi"})
    assert again.status_code == 302


def test_blind_graders_on_the_screen_do_not_see_each_other() -> None:
    assignment, registration, actor = world(mode=Mode.BLIND)
    row = deliver(assignment, registration, actor).hand_in
    users = [make_user(Role.GRADER, assignment.wave.organisation, name) for name in ("Satu", "Dua")]
    judged(row, 100, load_user(users[0].pk))
    address = f"/pelatihan/hasil-tugas/{row.code}/"
    assert "Cahaya bagus" not in client_of(users[1]).get(address).content.decode()
    assert "Cahaya bagus" in client_of(users[0]).get(address).content.decode()
    judged(row, 0, load_user(users[1].pk))
    row.review.refresh_from_db()
    assert row.review.state == ReviewState.DISPUTED
    assert "Satu" in client_of(users[1]).get(address).content.decode()


def test_a_panel_keeps_minutes_to_print_and_their_signed_scan() -> None:
    assignment, registration, actor = world(mode=Mode.PANEL)
    row = deliver(assignment, registration, actor).hand_in
    user = make_user(Role.GRADER, assignment.wave.organisation, "Ketua")
    client, address = client_of(user), f"/pelatihan/hasil-tugas/{row.code}/berita-acara/"
    facts = {"held_on": "2026-11-24", "place": "Aula", "members": "Contoh Satu", "text": ""}
    assert client.post(address, facts).status_code == 422
    assert client.post(address, {**facts, "members": "Contoh Satu\nContoh Dua"}).status_code == 302
    assert "Contoh Dua" in client.get(address).content.decode()
    scan = arrived(scan_ticket(row, load_user(user.pk)), load_user(user.pk), PDF, "ba.pdf")
    client.post(address, {**facts, "members": "Contoh Satu\nContoh Dua", "upload": scan.code})
    assert Minutes.objects.get().scan_id == scan.pk
    assert client.get(f"{address}pindaian/").content == PDF


def test_released_results_are_not_graded_again_until_withheld() -> None:
    assignment, registration, actor = world()
    row = judged(deliver(assignment, registration, actor).hand_in, 100)
    step_assignment(assignment=assignment, step="release", actor=SYSTEM)
    row = HandIn.objects.get()
    with pytest.raises(Conflict):
        grade_again(hand_in=row, actor=SYSTEM)
    step_assignment(assignment=assignment, step="withhold", actor=SYSTEM)
    assert grade_again(hand_in=HandIn.objects.get(), actor=SYSTEM).review.state == ReviewState.OPEN


def test_a_work_that_is_not_good_enough_is_given_back_and_graded_anew() -> None:
    assignment, registration, actor = world(AssignmentKind.LINK, counts=True)
    row = hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor).hand_in
    judged(row, 0)
    step_assignment(assignment=assignment, step="release", actor=SYSTEM)
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    assert 'id="kumpulkan"' not in client.get(here).content.decode()
    teacher = client_of(make_user(Role.INSTRUCTOR, assignment.wave.organisation, "Guru"))
    page, until = f"/pelatihan/hasil-tugas/{row.code}/", clock.now() + timedelta(days=9)
    facts = {"reason": "Sebutkan sumbernya", "until": f"{timezone.localtime(until):%Y-%m-%dT%H:%M}"}
    assert teacher.post(f"{page}kembalikan/", {**facts, "reason": ""}).status_code == 422
    assert teacher.post(f"{page}kembalikan/", facts).status_code == 302
    assert Notice.objects.filter(user_id=registration.person.user_id, href=here).count() == 1
    told = client.get(here).content.decode()
    assert "Sebutkan sumbernya" in told
    assert 'id="kumpulkan"' in told
    with pytest.raises(Conflict):  # nobody grades what is to be replaced
        judged(HandIn.objects.get(), 100)
    with clock.frozen_at(until - timedelta(days=1)):  # past the deadline of the assignment
        assert client.post(here, {"link": f"{LINK}/2"}).status_code == 302
    row = HandIn.objects.select_related("review", "assignment__wave__organisation").get()
    latest, first = row.versions.all()
    assert (latest.is_late, row.review.state, row.review.sheets.count()) == (False, ReviewState.OPEN, 0)
    assert first.told[0]["feedback"] == "Cahaya bagus"  # what was said stays with the version it was said of
    assert "Cahaya bagus" in teacher.get(page).content.decode()
    assert judged(row, 100).is_accepted
    with pytest.raises(Conflict):
        give_back(hand_in=HandIn.objects.get(), reason="Lagi", until=until, actor=SYSTEM)


def test_authors_are_told_once_when_a_result_can_be_read() -> None:
    assignment, registration, actor = world(AssignmentKind.LINK)
    other, second = participant(assignment.wave)
    judged(hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor).hand_in, 100)
    row = hand_in(assignment=assignment, registration=other, link=LINK, actor=second).hand_in
    told = Notice.objects.filter(href__endswith="#hasil")
    for step in ("release", "withhold", "release"):
        step_assignment(assignment=assignment, step=step, actor=SYSTEM)
        jobs.run_pending()
    assert [notice.user_id for notice in told] == [registration.person.user_id]
    judged(HandIn.objects.select_related("assignment__wave", "review").get(pk=row.pk), 100)
    assert {notice.user_id for notice in told.all()} == {registration.person.user_id, other.person.user_id}


def test_giving_back_is_undone_until_another_version_came_and_needs_a_day_ahead() -> None:
    assignment, registration, actor = world(AssignmentKind.LINK)
    row = hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor).hand_in
    judged(row, 0)
    for until in (clock.now(), clock.now() + timedelta(days=400)):
        with pytest.raises(Conflict):
            give_back(hand_in=row, reason="Kabur", until=until, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        give_back(hand_in=row, reason="Kabur", until=clock.now() + timedelta(days=1), actor=actor)
    give_back(hand_in=row, reason="Kabur", until=clock.now() + timedelta(days=1), actor=SYSTEM)
    keep_given(hand_in=row, actor=SYSTEM)
    for act in (
        lambda: keep_given(hand_in=row, actor=SYSTEM),
        lambda: hand_in(assignment=assignment, registration=registration, link=LINK, actor=actor),
    ):
        with pytest.raises(Conflict):
            act()
    assert row.versions.count() == 1


def test_good_work_is_used_only_when_every_author_agreed() -> None:
    call_command("load_training")
    call_command("load_training")
    licence = Licence.objects.get(key="cc-by-4.0")
    assignment, registration, actor = world()
    row = deliver(assignment, registration, actor).hand_in
    with pytest.raises(Conflict):
        register_work(hand_in=row, title="Pasar", licence=licence, actor=SYSTEM)
    judged(row, 100)
    work = register_work(hand_in=HandIn.objects.get(), title="Pasar", licence=licence, actor=SYSTEM)
    assert list(Work.objects.agreed()) == []
    stranger, other = participant(assignment.wave)
    for who, by in ((stranger, other), (registration, other), (registration, SYSTEM)):
        with pytest.raises((Conflict, NotAllowed)):
            agree_to_work(work=work, registration=who, agrees=True, actor=by)
    client = client_of(registration.person.user)  # type: ignore[arg-type]
    here = f"/pelatihan/pendaftaran/{registration.code}/tugas/{assignment.pk}/"
    assert "CC BY 4.0" in client.get(here).content.decode()
    client.post(f"{here}lisensi/", {"agrees": "1"})
    assert list(Work.objects.agreed()) == [work]
    client.post(f"{here}lisensi/", {"agrees": "0"})
    assert list(Work.objects.agreed()) == []
    withdraw_work(work=work, actor=SYSTEM)
    again = register_work(hand_in=HandIn.objects.get(), title="Pasar", licence=licence, actor=SYSTEM)
    assert again.pk == work.pk


def registered() -> tuple[Work, Registration, Actor]:
    call_command("load_training")
    assignment, registration, actor = world()
    row = judged(deliver(assignment, registration, actor).hand_in, 100)
    licence = Licence.objects.get(key="cc-by-4.0")
    work = register_work(hand_in=HandIn.objects.get(pk=row.pk), title="Pasar terapung", licence=licence, actor=SYSTEM)
    return work, registration, actor


def test_good_works_are_listed_shown_withdrawn_and_brought_back() -> None:
    work, registration, actor = registered()
    client = client_of(make_user(Role.INSTRUCTOR, work.organisation))
    listed, shown = "/pelatihan/karya/", f"/pelatihan/karya/{work.code}/"
    assert shown in client.get(listed).content.decode()
    page = client.get(shown).content.decode()
    assert registration.person.name in page
    assert "CC BY 4.0" in page
    agree_to_work(work=work, registration=registration, agrees=True, actor=actor)
    assert shown in client.get(f"{listed}?keadaan=disetujui").content.decode()
    assert client.post(f"{shown}langkah/cabut/").status_code == 302
    assert Work.objects.agreed().count() == 0
    assert shown in client.get(f"{listed}?keadaan=dicabut").content.decode()
    client.post(f"{shown}langkah/cabut/")  # pressed twice
    client.post(f"{shown}langkah/kembali/")
    assert list(Work.objects.agreed()) == [work]
    assert client.post(f"{shown}langkah/lain/").status_code == 404
    assert client_of(registration.person.user).get(shown).status_code == 200  # type: ignore[arg-type]
    assert client_of(registration.person.user).post(f"{shown}langkah/cabut/").status_code == 404  # type: ignore[arg-type]
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert stranger.get(shown).status_code == 404
    assert shown not in stranger.get(listed).content.decode()


def test_an_unverified_licence_says_so() -> None:
    work, _registration, _actor = registered()
    client = client_of(make_user(Role.ORGANISER, work.organisation))
    for verified in (True, False):
        Licence.objects.update(verified=verified)
        for page in ("/pelatihan/karya/", f"/pelatihan/karya/{work.code}/"):
            assert ("belum diverifikasi" in client.get(page).content.decode().lower()) is not verified


def test_others_take_the_works_of_a_person_only_when_all_authors_agreed() -> None:
    work, registration, actor = registered()
    assert registries.works["training"](registration.person_id) == []
    agree_to_work(work=work, registration=registration, agrees=True, actor=actor)
    (found,) = registries.works["training"](registration.person_id)
    assert (found.title, found.url, found.subject_id) == (
        "Pasar terapung", f"/pelatihan/karya/{work.code}/", work.subject_id,
    )  # fmt: skip
    withdraw_work(work=work, actor=SYSTEM)
    assert registries.works["training"](registration.person_id) == []


def test_the_list_of_works_costs_the_same_for_one_and_three() -> None:
    counts = []
    for _round in range(2):
        registered()
        for _more in range(_round * 2):
            registered()
        client = client_of(make_user(Role.ADMINISTRATOR))
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/pelatihan/karya/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_kind_and_rubric_stay_once_work_was_handed_in() -> None:
    assignment, registration, actor = world()
    deliver(assignment, registration, actor)
    keep_assignment(wave=assignment.wave, assignment=Assignment.objects.get(), title="Baru", actor=SYSTEM)
    with pytest.raises(Conflict):
        keep_assignment(wave=assignment.wave, assignment=Assignment.objects.get(), kind="link", actor=SYSTEM)


def test_a_rubric_and_an_assignment_are_written_on_the_screen() -> None:
    wave = make_wave(make_agency())
    client = client_of(make_user(Role.INSTRUCTOR, wave.organisation))
    base = f"/pelatihan/gelombang/{wave.code}/tugas/"
    rows = {"criteria-TOTAL_FORMS": "2", "criteria-INITIAL_FORMS": "0", "title": "Foto", "spread_alert": "20",
            "criteria-0-title": "Komposisi", "criteria-0-weight": "2", "criteria-0-levels": "Kurang=40\r\nCukup=60, Baik=100"}  # fmt: skip
    for wrong in ("Kurang", "Kurang=40", "Kurang=40, Baik=101", "=1, =2", "a=١, b=2"):
        assert client.post(f"{base}rubrik/", {**rows, "criteria-0-levels": wrong}).status_code == 422
    assert client.post(f"{base}rubrik/", rows).status_code == 302
    rubric = client.get(base).context["rubrics"].get()
    page = client.get(f"{base}rubrik/{rubric.code}/")
    assert "Kurang=40, Cukup=60, Baik=100" in page.content.decode()
    facts = {"title": "Foto", "kind": "photo", "max_files": 3, "due_at": "2030-01-01T10:00", "late": "refuse", "late_days": 0,
             "rubric": rubric.pk, "mode": "single", "pass_points": 60}  # fmt: skip
    assert client.post(base, {**facts, "max_files": 99}).status_code == 422
    assert client.post(base, facts).status_code == 302
    row = Assignment.objects.get()
    assert client.post(f"{base}{row.pk}/", {**facts, "title": "Foto sungai"}).status_code == 302
    client.post(f"{base}{row.pk}/hapus/")
    assert client.get(f"{base}{row.pk}/").status_code == 404
    client.post(f"{base}{row.pk}/kembali/")
    assert client.get(f"{base}{row.pk}/").context["assignment"].title == "Foto sungai"


def test_the_lists_cost_the_same_for_one_and_three() -> None:
    assignment, registration, actor = world()
    deliver(assignment, registration, actor)
    teacher = client_of(make_user(Role.ORGANISER, assignment.wave.organisation))
    mine = client_of(registration.person.user)  # type: ignore[arg-type]
    base = f"/pelatihan/gelombang/{assignment.wave.code}/tugas/"
    visits = [
        (teacher, base),
        (teacher, f"{base}{assignment.pk}/"),
        (mine, f"/pelatihan/pendaftaran/{registration.code}/tugas/"),
    ]
    counts = []
    for more in (0, 2):
        for _ in range(more):
            make_assignment(assignment.wave, rubric=assignment.rubric)
            deliver(assignment, *participant(assignment.wave))
        for client, address in visits:
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
    assert counts[:3] == counts[3:]


def test_the_demonstration_shows_every_kind_of_grading() -> None:
    from enggang.demo.works import lay_down_works

    wave = make_wave(make_agency(), PoolSpec("Terbuka", 9))
    for _ in range(3):
        seat(wave, make_person(wave.organisation))
    lay_down_works(wave)
    assert set(wave.assignments.values_list("mode", flat=True)) == set(Mode.values)
    assert (HandIn.objects.count(), Work.objects.count(), wave.materials.count()) == (4, 1, 1)
