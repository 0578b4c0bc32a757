from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.training.domain import nominations as acts
from enggang.training.domain.completion import override_outcome
from enggang.training.domain.stages import StageSpec, keep_stages
from enggang.training.enums import CallState, NominationState, Outcome, StageBy
from enggang.training.models import Call, CallAgency, Nomination
from enggang.training.queries.learning import trained_in
from enggang.training.queries.nominations import in_order, nomination_lines
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


NOBODY: tuple[StageSpec, ...] = ()
ORGANISER = (StageSpec("Penyelenggara", StageBy.ORGANISER),)
BOTH = (StageSpec("Atasan", StageBy.SUPERIOR), *ORGANISER)
FOUR = (
    BOTH[0], StageSpec("Kepala instansi", StageBy.AGENCY, Role.LEADER),
    StageSpec("BKPSDM", StageBy.ABOVE, Role.COORDINATOR), *ORGANISER,
)  # fmt: skip


def make_call(
    stages: Sequence[StageSpec] = ORGANISER, *, quota: int = 2, opened: bool = True
) -> tuple[Call, CallAgency, Organisation]:
    """A call of one agency to another, for one wave."""
    organiser, agency = make_agency(), make_agency("Dinas Contoh")
    wave = make_wave(organiser)
    keep_stages(wave.programme, stages)
    until = clock.now() + timedelta(days=2)
    call = acts.open_call(programme=wave.programme, title="Satu", waves=[wave], deadline=until, actor=SYSTEM)
    invited = acts.invite_agency(call=call, agency=agency, quota=quota, actor=SYSTEM)
    if opened:
        acts.move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    invited = CallAgency.objects.with_names().get(pk=invited.pk)
    return invited.call, invited, agency


def nominate(invited: CallAgency, *names: str) -> list[Nomination]:
    return [
        acts.nominate_person(invited=invited, person=make_person(invited.agency, name), actor=SYSTEM) for name in names
    ]


def names(call: Call) -> list[str]:
    return [row.person.name for row in in_order(call) if row.stands]


def test_nominations_stand_in_order_and_move_up_and_down() -> None:
    call, invited, _agency = make_call()
    _ani, budi, citra = nominate(invited, "Ani", "Budi", "Citra")
    acts.rank_nomination(nomination=citra, up=True, actor=SYSTEM)
    acts.rank_nomination(nomination=citra, up=True, actor=SYSTEM)
    acts.rank_nomination(nomination=citra, up=True, actor=SYSTEM)
    assert names(call) == ["Citra", "Ani", "Budi"]
    acts.rank_nomination(nomination=budi, up=False, actor=SYSTEM)
    acts.withdraw_nomination(nomination=citra, actor=SYSTEM)
    assert names(call) == ["Ani", "Budi"]
    acts.restore_nomination(nomination=citra, actor=SYSTEM)
    assert names(call) == ["Citra", "Ani", "Budi"]


@pytest.mark.parametrize(
    ("stages", "names"), [(NOBODY, []), (ORGANISER, ["Penyelenggara"]), (FOUR, [each.title for each in FOUR])]
)
def test_the_stages_are_the_programmes_own_and_each_has_its_turn(stages: Sequence[StageSpec], names: list[str]) -> None:
    _call, invited, _agency = make_call(stages)
    (row,) = nominate(invited, "Ani")
    seen = []
    while row.is_waiting:
        assert row.stage is not None
        seen.append(row.stage.title)
        row = acts.approve_nomination(nomination=row, actor=SYSTEM)
    assert (seen, row.state) == (names, NominationState.APPROVED)
    with pytest.raises(Conflict):
        acts.approve_nomination(nomination=row, actor=SYSTEM)


def test_a_press_twice_skips_no_stage() -> None:
    _call, invited, _agency = make_call(FOUR)
    (row,) = nominate(invited, "Ani")
    first = row.stage_id
    acts.approve_nomination(nomination=row, stage=first, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.approve_nomination(nomination=row, stage=first, actor=SYSTEM)
    row.refresh_from_db()
    assert row.stage is not None
    assert row.stage.position == 2


def test_each_stage_is_decided_by_whom_it_names_and_a_call_keeps_its_stages() -> None:
    government = make_agency("Pemkab")
    organiser, agency = make_agency(), make_agency("Dinas", government)
    wave = make_wave(organiser)
    keep_stages(wave.programme, FOUR)
    until = clock.now() + timedelta(days=2)
    call = acts.open_call(programme=wave.programme, title="Satu", waves=[wave], deadline=until, actor=SYSTEM)
    keep_stages(wave.programme, NOBODY)
    invited = acts.invite_agency(call=call, agency=agency, quota=2, actor=SYSTEM)
    acts.move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    (row,) = nominate(invited, "Ani")
    head = make_actor(Role.LEADER, agency, make_user())
    body = make_actor(Role.COORDINATOR, government, make_user())
    inside = make_actor(Role.COORDINATOR, agency, make_user())
    host = make_actor(Role.ORGANISER, organiser, make_user())
    for right in (head, head, body, host):  # no superior is on record, so the head speaks for them too
        for actor in (head, body, inside, host):
            waits = Nomination.objects.awaiting(actor).filter(pk=row.pk).exists()
            if actor is right:
                assert waits or right is host  # the organiser finds it on the call
                continue
            assert not waits
            with pytest.raises(NotAllowed):
                acts.approve_nomination(nomination=row, actor=actor)
        row = acts.approve_nomination(nomination=row, actor=right)
    assert row.state == NominationState.APPROVED


def test_a_stage_by_role_names_its_role_and_there_are_not_too_many() -> None:
    _call, invited, _agency = make_call()
    programme = invited.call.programme
    for wrong in ([StageSpec("X", StageBy.AGENCY)], list(ORGANISER) * 7):
        with pytest.raises(Conflict):
            keep_stages(programme, wrong)
    assert [row.title for row in programme.stages.all()] == ["Penyelenggara"]


def test_the_stages_are_set_on_the_screen_of_the_programme() -> None:
    agency = make_agency()
    programme = make_wave(agency).programme
    client = client_of(make_user(Role.ORGANISER, agency))
    address = f"/pelatihan/program/{programme.code}/ubah/"
    assert "Penyelenggara" in client.get(address).content.decode()
    data = {
        "version": programme.version, "title": programme.title, "minimum_attendance": 80, "minutes_per_jp": 45,
        "jp_credit": "completed", "competencies-TOTAL_FORMS": 0, "competencies-INITIAL_FORMS": 0, "modules-TOTAL_FORMS": 1, "modules-INITIAL_FORMS": 0, "modules-0-title": "Foto",
        "modules-0-jp": 5, "stages-TOTAL_FORMS": 3, "stages-INITIAL_FORMS": 1, "stages-0-title": "", "stages-0-by": "organiser",
        "stages-1-title": "Kepala", "stages-1-by": "agency", "stages-2-title": "", "stages-2-by": "",
    }  # fmt: skip
    answer = client.post(address, data)
    assert answer.status_code == 200
    assert "Kepala" in answer.content.decode()
    assert [row.by for row in programme.stages.all()] == [StageBy.ORGANISER]
    assert client.post(address, {**data, "stages-1-role": Role.LEADER}).status_code == 302
    assert [(row.title, row.by, row.role) for row in programme.stages.all()] == [("Kepala", "agency", "leader")]


def test_a_refusal_has_a_reason_and_is_the_organisers_to_undo() -> None:
    call, invited, agency = make_call()
    (row,) = nominate(invited, "Ani")
    with pytest.raises(Conflict):
        acts.refuse_nomination(nomination=row, reason=" ", actor=SYSTEM)
    acts.refuse_nomination(nomination=row, reason="Sudah pernah", actor=make_actor(Role.ORGANISER, call.organisation))
    with pytest.raises(NotAllowed):
        acts.restore_nomination(nomination=row, actor=make_actor(Role.COORDINATOR, agency))
    acts.restore_nomination(nomination=row, actor=make_actor(Role.ORGANISER, call.organisation))
    assert (row.state, row.reason, row.is_the_organisers) == (NominationState.WAITING, "", True)


def test_the_superior_agrees_and_no_other_leader_nor_anyone_for_themselves() -> None:
    _call, invited, agency = make_call(BOTH)
    boss, person = make_person(agency, "Kepala"), make_person(agency, "Ani")
    boss_user, own_user = (ensure_user(person=each, actor=SYSTEM) for each in (boss, person))
    Employment.objects.filter(person=person).update(superior=boss)
    row = acts.nominate_person(invited=invited, person=Person.objects.get(pk=person.pk), actor=SYSTEM)
    row = Nomination.objects.with_names().get(pk=row.pk)
    for wrong in (
        make_actor(Role.LEADER, agency, own_user), make_actor(Role.LEADER, agency, make_user()),
        make_actor(Role.COORDINATOR, agency),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            acts.approve_nomination(nomination=row, actor=wrong)
        assert not Nomination.objects.awaiting(wrong).exists()
    # No role names the superior: their employment does. They are told, and find the page from home.
    assert Notice.objects.filter(user_id=boss_user.pk, href="/pelatihan/usulan/staf-saya/").count() == 1
    client = client_of(boss_user)
    assert "/pelatihan/usulan/staf-saya/" in client.get("/beranda/").content.decode()
    assert "Ani" in client.get("/pelatihan/usulan/staf-saya/").content.decode()
    client.post(f"/pelatihan/usulan/orang/{row.code}/dukung/", {"kembali": "staf", "stage": row.stage_id})
    row.refresh_from_db()
    assert row.is_the_organisers
    assert "Ani" not in client.get("/pelatihan/usulan/staf-saya/").content.decode()


def test_a_superior_sees_the_days_and_what_speaks_against_it_before_they_agree() -> None:
    call, invited, agency = make_call(BOTH)
    boss, person = make_person(agency, "Kepala"), make_person(agency, "Ani")
    user = ensure_user(person=boss, actor=SYSTEM)
    Employment.objects.filter(person=person).update(superior=boss)
    elsewhere = make_wave(make_agency("Lain"), name="Gelombang Lain")
    seat(elsewhere, person)
    acts.nominate_person(invited=invited, person=person, actor=SYSTEM)
    page = client_of(user).get("/pelatihan/usulan/staf-saya/").content.decode()
    wave = call.waves.get()
    assert date_format(wave.starts_on, "j M Y") in page
    assert str(elsewhere) in page


def test_the_list_of_a_superior_is_paged_over_their_own_alone() -> None:
    _call, invited, agency = make_call(BOTH)
    boss = make_person(agency, "Kepala")
    user = ensure_user(person=boss, actor=SYSTEM)
    other = make_person(agency, "Kepala Lain")
    ensure_user(person=other, actor=SYSTEM)
    for number in range(52):
        person = make_person(agency, f"Orang {number}")
        Employment.objects.filter(person=person).update(superior=boss if number == 51 else other)
        acts.nominate_person(invited=invited, person=person, actor=SYSTEM)
    page = client_of(user).get("/pelatihan/usulan/staf-saya/").content.decode()
    assert "Orang 51" in page
    assert "Orang 3" not in page


def test_coordinators_are_told_when_a_call_opens_and_find_it_from_home() -> None:
    call, invited, agency = make_call(opened=False)
    keeper = make_user(Role.COORDINATOR, agency)
    client = client_of(keeper)
    assert invited.code not in client.get("/beranda/").content.decode()
    acts.move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    jobs.run_pending()
    jobs.run_pending()
    told = Notice.objects.filter(user_id=keeper.pk, href=f"/pelatihan/usulan/instansi/{invited.code}/")
    assert told.count() == 1
    assert CallAgency.objects.get(pk=invited.pk).told == 1
    for address in ("/beranda/", "/pelatihan/usulan/instansi-saya/"):
        assert f"/pelatihan/usulan/instansi/{invited.code}/" in client.get(address).content.decode()
    page = client.get(f"/pelatihan/usulan/instansi/{invited.code}/").content.decode()
    assert f'data-poll="/pelatihan/usulan/instansi/{invited.code}/kursi/"' in page
    assert client.get(f"/pelatihan/usulan/instansi/{invited.code}/kursi/").status_code == 200
    stranger = client_of(make_user(Role.COORDINATOR, make_agency("L")))
    assert stranger.get(f"/pelatihan/usulan/instansi/{invited.code}/kursi/").status_code == 404
    late = make_agency("Dinas Susulan")
    late_keeper = make_user(Role.COORDINATOR, late)
    acts.invite_agency(call=call, agency=late, quota=1, actor=SYSTEM)
    acts.invite_agency(call=call, agency=late, quota=2, actor=SYSTEM)
    assert Notice.objects.filter(user_id=late_keeper.pk).count() == 1


def test_only_the_agencys_own_staff_once_and_while_the_call_is_open() -> None:
    call, invited, agency = make_call()
    (row,) = nominate(invited, "Ani")
    stranger = make_person(make_agency("Lain"), "Orang Lain")
    for person in (stranger, row.person):
        with pytest.raises(Conflict):
            acts.nominate_person(invited=invited, person=person, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        acts.nominate_person(
            invited=invited, person=make_person(agency), actor=make_actor(Role.COORDINATOR, make_agency("L"))
        )
    acts.move_call(call=call, to=CallState.CLOSED, actor=SYSTEM)
    fresh = CallAgency.objects.with_names().get(pk=invited.pk)
    with pytest.raises(Conflict):
        acts.nominate_person(invited=fresh, person=make_person(agency), actor=make_actor(Role.COORDINATOR, agency))


def test_a_call_needs_waves_agencies_and_a_deadline_to_come() -> None:
    call, _invited, _agency = make_call(opened=False)
    coming, gone = clock.now() + timedelta(days=1), clock.now() - timedelta(hours=1)
    foreign, own = make_wave(make_agency("L")), list(call.waves.all())
    for waves, deadline in (([], coming), ([foreign], coming), (own, gone)):
        with pytest.raises(Conflict):
            acts.open_call(programme=call.programme, title="x", waves=waves, deadline=deadline, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.move_call(call=call, to=CallState.OPEN, deadline=clock.now() - timedelta(hours=1), actor=SYSTEM)
    call.agencies.all().delete()
    with pytest.raises(Conflict):
        acts.move_call(call=call, to=CallState.OPEN, actor=SYSTEM)


def test_flags_say_over_quota_already_trained_and_clash() -> None:
    call, invited, agency = make_call(quota=1)
    rows = nominate(invited, "Ani", "Budi")
    other = make_wave(make_agency("L"))
    seat(other, rows[1].person)
    earlier = make_wave(call.organisation, programme=call.programme, name="Dulu")
    assert not trained_in(call.programme_id, "x", [rows[0].person_id])  # a seat to come has trained nobody
    taken = seat(earlier, rows[0].person)
    assert not trained_in(call.programme_id, "x", [rows[0].person_id])
    override_outcome(registration=taken, outcome=Outcome.PASSED, reason="uji", actor=SYSTEM)
    lines = nomination_lines(call, in_order(call))
    assert [(line.over, bool(line.trained), bool(line.clash)) for line in lines] == [
        (False, True, True),
        (True, False, True),
    ]
    assert all(line.flags for line in lines)
    assert agency == invited.agency


def link_client(invited: CallAgency) -> tuple[Client, str]:
    return Client(), f"/pelatihan/usulkan/{acts.hand_out_call(invited=invited, actor=SYSTEM)}/"


def test_an_agency_nominates_by_its_link_without_an_account() -> None:
    call, invited, agency = make_call()
    people = [make_person(agency, name) for name in ("Ani", "Budi")]
    make_person(make_agency("L"), "Orang Lain")
    client, address = link_client(invited)
    page = client.get(address).content.decode()
    assert "Ani" in page
    assert "Orang Lain" not in page
    assert people[0].nip not in page
    client.post(address, {"do": "pilih", "people": [people[1].code]})
    for ticked in ([people[1].code], []):  # from a tab opened before, or with nobody ticked: told, nothing changed
        again = client.post(address, {"do": "pilih", "people": ticked}, follow=True)
        assert "Tidak ada orang baru yang dicentang" in again.content.decode()
    client.post(address, {"do": "tempel", "nips": f"{people[0].spaced_nip}\nbukan nip\n{people[0].nip}"})
    assert names(call) == ["Budi", "Ani"]
    row = Nomination.objects.get(person=people[0])
    client.post(address, {"do": "naik", "nomination": row.code})
    assert names(call) == ["Ani", "Budi"]
    assert "0" in client.get(f"{address}kursi/").content.decode()
    client.post(address, {"do": "tarik", "nomination": row.code})
    assert names(call) == ["Budi"]
    assert client.post(address, {"do": "tempel", "nips": ""}).status_code == 422
    acts.hand_out_call(invited=invited, actor=SYSTEM)
    assert client.get(address).status_code == 404


def test_whoever_has_only_the_link_is_sent_to_no_page_that_asks_for_an_account() -> None:
    _call, invited, agency = make_call()
    client, address = link_client(invited)
    page = client.get(address).content.decode()
    assert "Ada yang belum tercantum? Koordinator" in page
    assert reverse("people:new") not in page
    own = client_of(make_user(Role.COORDINATOR, agency)).get(f"/pelatihan/usulan/instansi/{invited.code}/")
    assert reverse("people:new") in own.content.decode()


@pytest.mark.parametrize("data", [{"do": "naik"}, {"do": "naik", "nomination": "x\x00"}, {"do": "rm"}, {}])
def test_nonsense_by_the_link_is_not_found(data: dict[str, Any]) -> None:
    call, invited, _agency = make_call()
    _other_call, other, _other_agency = make_call()
    (foreign,) = nominate(other, "Orang Lain")
    client, address = link_client(invited)
    assert client.post(address, data).status_code == 404
    assert client.post(address, {"do": "tarik", "nomination": foreign.code}).status_code == 404
    assert names(call) == []


def test_the_organiser_goes_from_draft_to_approval_on_the_screens() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    wave = make_wave(organiser)
    client = client_of(make_user(Role.ORGANISER, organiser))
    address = f"/pelatihan/program/{wave.programme.code}/usulan/"
    assert client.post(address, {"title": "Panggilan X", "deadline": "kapan"}).status_code == 422
    day = (clock.today() + timedelta(days=3)).isoformat()
    client.post(address, {"title": "Panggilan X", "waves": [wave.pk], "deadline": f"{day}T10:00"})
    call = Call.objects.get()
    page = f"/pelatihan/usulan/panggilan/{call.code}/"
    assert client.post(f"{page}instansi/", {"agency": agency.code, "quota": -1}).status_code == 422
    client.post(f"{page}instansi/", {"agency": agency.code, "quota": 3})
    client.post(f"{page}buka/", {"deadline": "nonsens"})
    assert Call.objects.get().is_draft
    client.post(f"{page}buka/")
    invited = CallAgency.objects.with_names().get()
    shown = client.post(f"/pelatihan/usulan/instansi/{invited.code}/tautan/").content.decode()
    assert "/pelatihan/usulkan/" in shown
    (row,) = nominate(invited, "Ani")
    client.post(f"/pelatihan/usulan/orang/{row.code}/tolak/", {"reason": "Penuh"})
    assert "Penuh" in client.get(page).content.decode()
    client.post(f"/pelatihan/usulan/orang/{row.code}/pulihkan/")
    client.post(f"/pelatihan/usulan/orang/{row.code}/setujui/")
    row.refresh_from_db()
    assert row.state == NominationState.APPROVED
    client.post(f"{page}tutup/")
    assert not Call.objects.get().is_open


def test_the_organiser_approves_all_who_wait_for_them_and_nobody_else() -> None:
    call, invited, _agency = make_call(quota=4)
    waiting = nominate(invited, "Ani", "Budi", "Citra")
    acts.refuse_nomination(nomination=waiting[2], reason="Penuh", actor=SYSTEM)
    page = f"/pelatihan/usulan/panggilan/{call.code}/"
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert stranger.post(f"{page}setujui/").status_code == 404
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    assert "setujui/" in client.get(page).content.decode()
    for _time in range(2):
        client.post(f"{page}setujui/")
        states = dict(Nomination.objects.values_list("person__name", "state"))
        assert states == {"Ani": "approved", "Budi": "approved", "Citra": "refused"}
    assert f"{page}setujui/" not in client.get(page).content.decode()


def test_all_at_once_goes_one_stage_on_and_leaves_the_others_and_oneself_alone() -> None:
    call, invited, agency = make_call(
        [StageSpec("Satu", StageBy.ORGANISER), StageSpec("Dua", StageBy.ORGANISER)], quota=4
    )
    first, second, own = nominate(invited, "Ani", "Budi", "Citra")
    second = acts.approve_nomination(nomination=second, actor=SYSTEM)
    ensure_user(person=own.person, actor=SYSTEM)
    user = Person.objects.get(pk=own.person_id).user
    assert user
    actor = make_actor(Role.ORGANISER, call.organisation, user)
    with pytest.raises(NotAllowed):
        acts.approve_waiting(call=call, actor=make_actor(Role.COORDINATOR, agency))
    assert acts.approve_waiting(call=call, actor=actor) == 2
    rows = {row.pk: row for row in Nomination.objects.with_names()}
    assert (rows[first.pk].stage.title, rows[first.pk].state) == ("Dua", "waiting")  # type: ignore[union-attr]
    assert rows[second.pk].state == "approved"
    assert (rows[own.pk].stage.title, rows[own.pk].state) == ("Satu", "waiting")  # type: ignore[union-attr]
    assert acts.approve_waiting(call=call, actor=actor) == 1


def test_the_number_of_queries_does_not_grow() -> None:
    call, invited, _agency = make_call()
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    by_link, link = link_client(invited)
    counts = []
    for batch in (["Ani"], ["Budi", "Citra"]):
        nominate(invited, *batch)
        for person in batch:
            make_person(invited.agency, f"{person} dua")
        for visitor, address in ((client, f"/pelatihan/usulan/panggilan/{call.code}/"), (by_link, link)):
            with CaptureQueriesContext(connection) as found:
                assert visitor.get(address).status_code == 200
            counts.append(len(found))
    assert counts[:2] == counts[2:]
