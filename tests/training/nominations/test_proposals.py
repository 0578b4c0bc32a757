from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain import nominations as calls
from enggang.training.domain import proposals as acts
from enggang.training.domain.registrations import withdraw
from enggang.training.domain.stages import keep_stages
from enggang.training.enums import CallState, NominationState, ProposalState
from enggang.training.models import Call, CallAgency, Nomination, Proposal, ProposalRow, Registration
from enggang.training.queries.nominations import in_order, nomination_lines
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat
from tests.training.nominations.test_calls import NOBODY, make_call, nominate

pytestmark = pytest.mark.django_db


def propose(call: Call) -> Proposal:
    acts.want_proposal(call=call, actor=SYSTEM)
    jobs.run_pending()
    return Proposal.objects.select_related("subject", "call__organisation").latest("pk")


def listed(proposal: Proposal) -> list[tuple[str, bool]]:
    return [(row.nomination.person.name, row.wave_id is not None) for row in proposal.rows.all()]


def test_the_list_is_ranked_with_a_reason_per_row_and_only_of_approved_nominations() -> None:
    call, invited, _agency = make_call(NOBODY, quota=2)
    rows = nominate(invited, "Ani", "Budi", "Citra", "Dedi")
    calls.withdraw_nomination(nomination=rows[3], actor=SYSTEM)
    seat(make_wave(call.organisation, programme=call.programme, name="Dulu"), rows[0].person)
    proposal = propose(call)
    assert proposal.state == ProposalState.READY
    # Ani sits in another wave on the same days.
    assert listed(proposal) == [("Budi", True), ("Citra", True), ("Ani", False)]
    first = proposal.rows.first()
    assert first is not None
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            said[language] = first.reason
    assert "prioritas 2 dari instansi" in said["id"]  # each reader in their own words
    assert "priority 2 of the agency" in said["en"]


def test_people_fix_and_leave_out_and_that_stays_when_it_is_worked_out_again() -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi", "Citra")
    proposal = propose(call)
    assert listed(proposal) == [("Ani", True), ("Budi", True), ("Citra", False)]
    by_name = {row.nomination.person.name: row for row in proposal.rows.select_related("proposal__call__organisation")}
    acts.change_proposal(row=by_name["Citra"], do="place", wave=call.waves.get(), actor=SYSTEM)
    acts.change_proposal(row=by_name["Ani"], do="exclude", actor=SYSTEM)
    again = propose(call)
    assert again.pk == proposal.pk
    assert {name for name, placed in listed(again) if placed} == {"Budi", "Citra"}
    assert again.rows.get(nomination__person__name="Ani").excluded
    freed = again.rows.select_related("proposal__call__organisation").get(nomination__person__name="Ani")
    acts.change_proposal(row=freed, do="free", actor=SYSTEM)
    assert {name for name, placed in listed(propose(call)) if placed} == {"Ani", "Citra"}


def test_rows_move_up_and_down_and_the_ends_hold() -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi")
    proposal = propose(call)
    for do, name in (("up", "Budi"), ("up", "Budi"), ("down", "Ani")):
        row = proposal.rows.select_related("proposal__call__organisation").get(nomination__person__name=name)
        acts.change_proposal(row=row, do=do, actor=SYSTEM)
    assert [name for name, _placed in listed(proposal)] == ["Budi", "Ani"]
    with pytest.raises(Conflict):
        acts.change_proposal(row=row, do="rm", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.change_proposal(row=row, do="place", wave=make_wave(make_agency("L")), actor=SYSTEM)
    with pytest.raises(NotAllowed):
        acts.change_proposal(row=row, do="up", actor=make_actor(Role.COORDINATOR, invited.agency))


def test_accepting_registers_who_is_placed_once_and_keeps_a_refusal_beside_its_row() -> None:
    call, invited, _agency = make_call(NOBODY)
    rows = nominate(invited, "Ani", "Budi")
    proposal = propose(call)
    seat(call.waves.get(), rows[0].person)
    acts.accept_proposal(proposal=proposal, actor=SYSTEM)
    jobs.run_pending()
    assert ProposalRow.objects.get(nomination=rows[0]).problem
    placed = Nomination.objects.get(pk=rows[1].pk)
    assert placed.state == NominationState.PLACED
    assert placed.registration is not None
    assert placed.registration.is_seated
    for row in acts.placed_rows(proposal.pk):
        assert row.nomination_id == rows[0].pk
    assert Registration.objects.count() == 2
    with pytest.raises(Conflict):
        acts.accept_proposal(proposal=proposal, actor=SYSTEM)


def test_the_seat_that_came_of_a_nomination_is_no_clash_but_another_one_is() -> None:
    call, invited, _agency = make_call(NOBODY)
    rows = nominate(invited, "Ani", "Budi")
    acts.accept_proposal(proposal=propose(call), actor=SYSTEM)
    jobs.run_pending()
    assert [line.clash for line in nomination_lines(call, in_order(call))] == ["", ""]
    elsewhere = make_wave(make_agency("L"))
    seat(elsewhere, rows[1].person)
    assert [line.clash for line in nomination_lines(call, in_order(call))] == ["", str(elsewhere)]


def test_an_empty_proposal_is_not_accepted() -> None:
    call, _invited, _agency = make_call(NOBODY)
    with pytest.raises(Conflict):
        acts.accept_proposal(proposal=propose(call), actor=SYSTEM)


def make_quotas(*sizes: tuple[int, str]) -> tuple[Call, dict[str, CallAgency]]:
    """A call for one wave whose seats are cut into quotas of agencies, and an open one (no name)."""
    organiser = make_agency()
    agencies = {name: make_agency(name) for name in ("Dinas A", "Dinas B")}
    pools = [PoolSpec(name or "Terbuka", size, organisation=agencies.get(name)) for size, name in sizes]
    wave = make_wave(organiser, *pools)
    keep_stages(wave.programme, NOBODY)
    until = clock.now() + timedelta(days=2)
    call = calls.open_call(programme=wave.programme, title="Satu", waves=[wave], deadline=until, actor=SYSTEM)
    for agency in agencies.values():
        calls.invite_agency(call=call, agency=agency, quota=9, actor=SYSTEM)
    calls.move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    return call, {row.agency.name: row for row in CallAgency.objects.with_names().filter(call=call)}


def test_whoever_is_placed_gets_a_seat_in_a_quota_that_is_for_them() -> None:
    call, rows = make_quotas((1, "Dinas A"), (1, "Dinas B"), (1, ""))
    nominate(rows["Dinas A"], "Ani", "Budi", "Citra")
    nominate(rows["Dinas B"], "Dedi")
    proposal = propose(call)
    # Three seats for Dinas A's people in sum, but one of them belongs to Dinas B.
    assert {name for name, placed in listed(proposal) if placed} == {"Ani", "Budi", "Dedi"}
    acts.accept_proposal(proposal=proposal, actor=SYSTEM)
    jobs.run_pending()
    assert all(row.is_seated for row in Registration.objects.select_related("claim"))
    assert Registration.objects.count() == 3


def placing(proposal: Proposal, name: str) -> ProposalRow:
    rows = proposal.rows.select_related("proposal__call__organisation", "wave", "pool", "nomination__person")
    return rows.get(nomination__person__name=name)


def test_fixing_never_overfills_a_quota_and_says_why() -> None:
    call, rows = make_quotas((1, "Dinas B"), (1, ""))
    nominate(rows["Dinas A"], "Ani", "Budi")
    nominate(rows["Dinas B"], "Dedi")
    proposal, wave = propose(call), call.waves.get()
    acts.change_proposal(row=placing(proposal, "Budi"), do="place", wave=wave, actor=SYSTEM)
    assert "Budi" in placing(proposal, "Ani").reason  # gave way
    with pytest.raises(Conflict, match="Ani"):
        acts.change_proposal(row=placing(proposal, "Ani"), do="place", wave=wave, actor=SYSTEM)
    assert {name for name, placed in listed(propose(call)) if placed} == {"Budi", "Dedi"}


def test_whoever_is_fixed_on_days_they_are_elsewhere_says_so() -> None:
    call, invited, _agency = make_call(NOBODY)
    rows = nominate(invited, "Ani", "Budi")
    elsewhere = make_wave(make_agency("L"))
    seat(elsewhere, rows[0].person)
    proposal, wave = propose(call), call.waves.get()
    assert str(elsewhere) in placing(proposal, "Ani").reason
    for name in ("Ani", "Budi"):
        acts.change_proposal(row=placing(proposal, name), do="place", wave=wave, actor=SYSTEM)
    assert [str(elsewhere) in placing(proposal, name).reason for name in ("Ani", "Budi")] == [True, False]
    assert str(elsewhere) in placing(propose(call), "Ani").reason  # also when it is worked out again


def test_the_way_back_from_registering_leads_to_the_proposal_and_nobody_is_registered_of_none() -> None:
    call, invited, _agency = make_call(NOBODY)
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    empty = propose(call)
    address = f"/pelatihan/usulan/rancangan/{empty.code}/"
    assert f"{address}terima/" not in client.get(address).content.decode()
    nominate(invited, "Ani")
    propose(call)
    assert f"{address}terima/" in client.get(address).content.decode()
    answer = client.post(f"{address}terima/")
    assert answer["Location"].endswith(f"?back={address}")
    jobs.run_pending()
    assert f'href="{address}"' in client.get(answer["Location"]).content.decode()
    assert "0/1" not in client.get("/beranda/").content.decode()  # what has ended is not half done


def test_a_fixed_seat_that_is_gone_is_told_and_breaks_nothing() -> None:
    call, rows = make_quotas((1, "Dinas B"), (1, ""))
    nominate(rows["Dinas A"], "Ani")
    proposal, wave = propose(call), call.waves.get()
    acts.change_proposal(row=placing(proposal, "Ani"), do="place", wave=wave, actor=SYSTEM)
    seat(wave, make_person(rows["Dinas A"].agency, "Orang Lain"))
    assert listed(propose(call)) == [("Ani", False)]
    assert not placing(proposal, "Ani").fixed


def test_the_order_people_gave_stays_when_it_is_worked_out_again() -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi")
    proposal = propose(call)
    rows = [row.pk for row in proposal.rows.all()]
    acts.order_proposal(proposal=proposal, rows=rows[::-1], version=proposal.version, actor=SYSTEM)
    nominate(invited, "Citra")
    assert [name for name, _placed in listed(propose(call))] == ["Budi", "Ani", "Citra"]
    acts.rank_anew(proposal=Proposal.objects.get(), actor=SYSTEM)
    assert [name for name, _placed in listed(proposal)] == ["Ani", "Budi", "Citra"]


def test_an_order_that_people_gave_decides_who_gets_a_seat_when_it_is_worked_out_again() -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi", "Citra")
    proposal = propose(call)
    assert listed(proposal) == [("Ani", True), ("Budi", True), ("Citra", False)]
    first, second, third = (row.pk for row in proposal.rows.all())
    acts.order_proposal(proposal=proposal, rows=[third, first, second], version=proposal.version, actor=SYSTEM)
    assert listed(propose(call)) == [("Citra", True), ("Ani", True), ("Budi", False)]
    acts.rank_anew(proposal=Proposal.objects.get(), actor=SYSTEM)
    assert listed(propose(call)) == [("Ani", True), ("Budi", True), ("Citra", False)]


def test_two_tabs_and_nonsense_do_not_disorder_the_list() -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi")
    proposal = propose(call)
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    address = f"/pelatihan/usulan/rancangan/{proposal.code}/urutan/"
    first, second = (row.pk for row in proposal.rows.all())
    seen = proposal.version
    answer = client.post(address, {"rows": f"{second},{first}", "version": seen})
    assert answer.json() == {"version": seen + 1}
    late = client.post(address, {"rows": f"{first},{second}", "version": seen})
    assert late.status_code == 409
    assert late.json()["message"]
    for rows in ("", "x", f"{first},{first}", f"{first},{second},999999"):
        assert client.post(address, {"rows": rows, "version": seen + 1}).status_code == 409
    assert [name for name, _placed in listed(proposal)] == ["Budi", "Ani"]


def test_a_proposal_is_taken_back_and_registers_again() -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi")
    proposal = propose(call)
    acts.accept_proposal(proposal=proposal, actor=SYSTEM)
    jobs.run_pending()
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    page = f"/pelatihan/usulan/rancangan/{proposal.code}/"
    assert f"{page}batalkan/" in client.get(page).content.decode()
    client.post(f"{page}batalkan/")
    jobs.run_pending()
    assert {row.state for row in Nomination.objects.all()} == {NominationState.APPROVED}
    assert not any(row.is_seated for row in Registration.objects.select_related("claim"))
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.READY
    acts.accept_proposal(proposal=proposal, actor=SYSTEM)
    jobs.run_pending()
    assert {row.state for row in Nomination.objects.all()} == {NominationState.PLACED}
    assert all(row.is_seated for row in Registration.objects.select_related("claim"))


def test_a_withdrawn_registration_frees_the_nomination() -> None:
    call, invited, _agency = make_call(NOBODY, quota=1)
    (row,) = nominate(invited, "Ani")
    acts.accept_proposal(proposal=propose(call), actor=SYSTEM)
    jobs.run_pending()
    withdraw(registration=Registration.objects.with_names().get(), actor=SYSTEM, reason="Sakit")
    row.refresh_from_db()
    assert (row.state, row.reason) == (NominationState.WITHDRAWN, "Sakit")
    again = calls.nominate_person(invited=invited, person=row.person, actor=SYSTEM)
    assert (again.pk, again.state) == (row.pk, NominationState.APPROVED)


def test_from_the_call_to_the_registration_on_the_screens() -> None:
    call, invited, agency = make_call(NOBODY)
    nominate(invited, "Ani", "Budi", "Citra")
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    client.post(f"/pelatihan/usulan/panggilan/{call.code}/rancangan/")
    jobs.run_pending()
    proposal = Proposal.objects.get()
    page = f"/pelatihan/usulan/rancangan/{proposal.code}/"
    assert "Citra" in client.get(page).content.decode()
    row = proposal.rows.get(nomination__person__name="Citra")
    assert client.post(f"{page}naik/", {"row": row.pk}).status_code == 302
    assert client.post(f"{page}tempatkan/", {"row": row.pk, "wave": "x"}).status_code == 302
    for nonsense in ({"row": "x"}, {"row": 10**15}, {}):
        assert client.post(f"{page}naik/", nonsense).status_code == 404
    assert client.post(f"{page}hapus/", {"row": row.pk}).status_code == 404
    stranger = client_of(make_user(Role.ORGANISER, agency))
    assert stranger.get(page).status_code == 404
    client.post(f"{page}terima/")
    jobs.run_pending()
    assert Registration.objects.count() == 2


def test_the_number_of_queries_does_not_grow() -> None:
    call, invited, _agency = make_call(NOBODY)
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    counts = []
    for batch in (["Ani"], ["Budi", "Citra"]):
        nominate(invited, *batch)
        address = f"/pelatihan/usulan/rancangan/{propose(call).code}/"
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
