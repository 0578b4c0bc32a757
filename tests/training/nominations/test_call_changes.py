from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope, Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.training.domain import call_changes as acts
from enggang.training.domain import nominations
from enggang.training.domain.paper_approvals import ApprovalPaper, agree_on_paper, take_back_paper
from enggang.training.domain.proposals import change_proposal, want_proposal
from enggang.training.enums import CallState, NominationState
from enggang.training.models import Call, CallAgency, CallChange, Nomination, PaperApproval
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat
from tests.training.nominations.test_calls import BOTH, make_call, nominate

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 contoh"


def facts(call: Call, **other: Any) -> acts.CallFacts:
    now = {"title": call.title, "waves": list(call.waves.all()), "deadline": call.deadline, "text": call.text}
    return acts.CallFacts(**{**now, **other})


def change(call: Call, **other: Any) -> Call:
    call = Call.objects.with_names().get(pk=call.pk)
    return acts.change_call(call=call, facts=facts(call, **other), version=call.version, actor=SYSTEM)


def paper(**other: Any) -> ApprovalPaper:
    return ApprovalPaper(**{"signed_by": "Kepala (contoh)", "dated": clock.today(), "number": "800/1", **other})


def told(text: str) -> list[Notice]:
    return [row for row in Notice.objects.all() if text in row.text]


def test_a_correction_is_kept_shown_and_told_once_to_each_agency() -> None:
    call, invited, agency = make_call()
    user = make_user(Role.COORDINATOR, agency)
    later = call.deadline + timedelta(days=3)
    change(call, title="Dua", deadline=later, text="Utamakan yang belum pernah.")
    jobs.run_pending()
    (kept,) = CallChange.objects.all()
    assert [line[0] for line in kept.points] == ["title", "deadline", "text"]
    acts.tell_call_change(change=kept, invited=invited, actor=SYSTEM)
    assert len(told("Satu")) == 1
    assert "Dua" in told("Satu")[0].text
    page = client_of(user).get(f"/pelatihan/usulan/instansi/{invited.code}/").content.decode()
    assert "Satu" in page
    assert "Utamakan yang belum pernah." in page


def test_a_draft_is_corrected_without_a_word_and_nothing_changed_is_no_correction() -> None:
    call, _invited, _agency = make_call(opened=False)
    change(call, title="Dua")
    assert not CallChange.objects.exists()
    nominations.move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    change(call)
    assert not CallChange.objects.exists()


def test_an_older_tab_a_past_deadline_and_a_foreign_wave_change_nothing() -> None:
    call, _invited, _agency = make_call()
    version = call.version
    change(call, title="Dua")
    stranger = make_wave(make_agency("Lain"))
    call.refresh_from_db()
    past = clock.now() - timedelta(hours=1)
    for other, old in (
        ({}, version),
        ({"deadline": past}, call.version),
        ({"waves": [stranger]}, call.version),
        ({"waves": []}, call.version),
    ):
        fresh = Call.objects.with_names().get(pk=call.pk)
        with pytest.raises(Conflict):
            acts.change_call(call=fresh, facts=facts(fresh, title="Tiga", **other), version=old, actor=SYSTEM)
    call.refresh_from_db()
    assert (call.title, CallChange.objects.count()) == ("Dua", 1)


def test_only_the_organiser_corrects_a_call() -> None:
    call, invited, agency = make_call()
    wrong = make_actor(Role.COORDINATOR, agency)
    with pytest.raises(NotAllowed):
        acts.change_call(call=call, facts=facts(call), version=call.version, actor=wrong)
    with pytest.raises(NotAllowed):
        acts.uninvite_agency(invited=invited, reason="x", actor=wrong)
    with pytest.raises(NotAllowed):
        acts.remind_agencies(call=call, actor=wrong)


def test_a_wave_leaves_the_call_but_not_with_somebody_registered_in_it() -> None:
    call, invited, _agency = make_call()
    first = call.waves.get()
    second = make_wave(call.organisation, programme=call.programme, name="Gelombang 2")
    change(call, waves=[first, second])
    ani, budi = nominate(invited, "Ani", "Budi")
    for row in (ani, budi):
        nominations.approve_nomination(nomination=row, actor=SYSTEM)
    want_proposal(call=call, actor=SYSTEM)
    jobs.run_pending()
    proposal = call.proposals.get()
    for proposed in proposal.rows.all():
        change_proposal(row=proposed, do="place", wave=first, actor=SYSTEM)
    change(call, waves=[second])
    assert not proposal.rows.filter(wave__isnull=False).exists()
    change(call, waves=[first, second])
    registration = seat(first, ani.person)
    Nomination.objects.filter(pk=ani.pk).update(state=NominationState.PLACED, registration=registration)
    with pytest.raises(Conflict):
        change(call, waves=[second])
    assert set(call.waves.all()) == {first, second}


def test_a_later_deadline_keeps_the_agencies_addresses_alive() -> None:
    call, invited, _agency = make_call()
    token = nominations.hand_out_call(invited=invited, actor=SYSTEM)
    change(call, deadline=call.deadline + timedelta(days=40))
    link = find_link(token, LinkScope.NOMINATION)
    assert link is not None
    assert link.expires_at > clock.now() + timedelta(days=50)


def test_an_agency_is_taken_out_with_a_reason_and_called_again() -> None:
    call, invited, agency = make_call()
    user = make_user(Role.COORDINATOR, agency)
    token = nominations.hand_out_call(invited=invited, actor=SYSTEM)
    (row,) = nominate(invited, "Ani")
    with pytest.raises(Conflict):
        acts.uninvite_agency(invited=invited, reason="  ", actor=SYSTEM)
    acts.uninvite_agency(invited=invited, reason="Salah instansi", actor=SYSTEM)
    jobs.run_pending()
    row.refresh_from_db()
    assert (row.state, row.reason) == (NominationState.WITHDRAWN, "Salah instansi")
    assert find_link(token, LinkScope.NOMINATION) is None
    assert told("Salah instansi")
    invited = CallAgency.objects.with_names().get(pk=invited.pk)
    row = Nomination.objects.with_names().get(pk=row.pk)
    for refused in (
        lambda: nominations.hand_out_call(invited=invited, actor=SYSTEM),
        lambda: nominations.restore_nomination(nomination=row, actor=SYSTEM),
        lambda: nominate(invited, "Budi"),
        lambda: acts.uninvite_agency(invited=invited, reason="x", actor=SYSTEM),
        lambda: acts.share_call(invited=invited, actor=SYSTEM),
    ):
        with pytest.raises(Conflict):
            refused()
    assert "Salah instansi" in client_of(user).get(f"/pelatihan/usulan/instansi/{invited.code}/").content.decode()
    assert client_of(user).get("/").status_code == 200
    again = nominations.invite_agency(call=call, agency=agency, quota=2, actor=SYSTEM)
    again.refresh_from_db()
    assert (again.pk, again.is_called, again.told) == (invited.pk, True, 1)
    row = Nomination.objects.with_names().get(pk=row.pk)
    assert nominations.restore_nomination(nomination=row, actor=SYSTEM).stands


def test_an_agency_with_somebody_registered_stays() -> None:
    call, invited, _agency = make_call()
    (row,) = nominate(invited, "Ani")
    registration = seat(call.waves.get(), row.person)
    Nomination.objects.filter(pk=row.pk).update(state=NominationState.PLACED, registration=registration)
    with pytest.raises(Conflict):
        acts.uninvite_agency(invited=invited, reason="Salah", actor=SYSTEM)
    invited.refresh_from_db()
    assert invited.is_called


def test_a_changed_quota_is_told_to_that_agency_alone() -> None:
    call, invited, agency = make_call()
    make_user(Role.COORDINATOR, agency)
    other = make_agency("Dinas Lain")
    make_user(Role.COORDINATOR, other)
    nominations.invite_agency(call=call, agency=other, quota=1, actor=SYSTEM)
    jobs.run_pending()
    before = Notice.objects.count()
    nominations.invite_agency(call=call, agency=agency, quota=5, actor=SYSTEM)
    jobs.run_pending()
    kept = CallChange.objects.get()
    assert (kept.points, kept.invited_id) == ([["quota", "2", "5"]], invited.pk)
    assert Notice.objects.count() == before + 1


def test_those_without_a_nomination_are_reminded_and_old_addresses_stay() -> None:
    call, invited, agency = make_call()
    make_user(Role.COORDINATOR, agency)
    answered = make_agency("Sudah")
    other = nominations.invite_agency(call=call, agency=answered, quota=1, actor=SYSTEM)
    nominate(CallAgency.objects.with_names().get(pk=other.pk), "Citra")
    token = nominations.hand_out_call(invited=invited, actor=SYSTEM)
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    page = client.post(f"/pelatihan/usulan/panggilan/{call.code}/ingatkan/").content.decode()
    assert "Dinas Contoh" in page
    assert "Sudah" not in page
    assert "/pelatihan/" in page
    assert find_link(token, LinkScope.NOMINATION) is not None
    invited.refresh_from_db()
    assert invited.reminded_at is not None
    nominate(CallAgency.objects.with_names().get(pk=invited.pk), "Ani")
    with pytest.raises(Conflict):
        acts.remind_agencies(call=call, actor=SYSTEM)
    nominations.move_call(call=call, to=CallState.CLOSED, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.remind_agencies(call=call, actor=SYSTEM)


def test_a_superiors_paper_takes_its_people_to_the_next_stage_and_back() -> None:
    call, invited, _agency = make_call(BOTH)
    rows = nominate(invited, "Ani", "Budi")
    assert agree_on_paper(call=call, people=rows, paper=paper(content=PDF), actor=SYSTEM) == 2
    ani = Nomination.objects.with_names().get(pk=rows[0].pk)
    assert ani.is_the_organisers
    first, second = PaperApproval.objects.order_by("pk")
    assert first.file_id == second.file_id
    with pytest.raises(Conflict):
        agree_on_paper(call=call, people=[ani], paper=paper(), actor=SYSTEM)
    take_back_paper(paper=first, actor=SYSTEM)
    ani = Nomination.objects.with_names().get(pk=ani.pk)
    assert ani.may_be_agreed_on_paper
    assert agree_on_paper(call=call, people=[ani], paper=paper(), actor=SYSTEM) == 1
    first.refresh_from_db()
    with pytest.raises(Conflict):
        take_back_paper(paper=first, actor=SYSTEM)


@pytest.mark.parametrize(
    "wrong",
    [{"number": " "}, {"dated": clock.today() + timedelta(days=400)}, {"content": b"MZ"}],
)  # fmt: skip
def test_a_paper_that_cannot_be_found_again_takes_nobody_on(wrong: dict[str, Any]) -> None:
    call, invited, _agency = make_call(BOTH)
    rows = nominate(invited, "Ani")
    with pytest.raises(Conflict):
        agree_on_paper(call=call, people=rows, paper=paper(**wrong), actor=SYSTEM)
    with pytest.raises(Conflict):
        agree_on_paper(call=call, people=[], paper=paper(), actor=SYSTEM)
    assert not PaperApproval.objects.exists()
    assert Nomination.objects.get().stage == rows[0].stage


def test_nobody_enters_the_paper_for_themselves_nor_for_another_call_nor_as_the_agency() -> None:
    call, invited, agency = make_call(BOTH)
    _other_call, other_invited, _other = make_call(BOTH)
    person = make_person(agency, "Ani")
    own = ensure_user(person=person, actor=SYSTEM)
    row = nominations.nominate_person(invited=invited, person=person, actor=SYSTEM)
    (foreign,) = nominate(other_invited, "Budi")
    with pytest.raises(Conflict):
        agree_on_paper(call=call, people=[row], paper=paper(), actor=make_actor(Role.ORGANISER, call.organisation, own))
    with pytest.raises(Conflict):
        agree_on_paper(call=call, people=[row, foreign], paper=paper(), actor=SYSTEM)
    with pytest.raises(NotAllowed):
        agree_on_paper(call=call, people=[row], paper=paper(), actor=make_actor(Role.COORDINATOR, agency))
    assert not PaperApproval.objects.exists()


def test_withdrawn_and_taken_up_again_every_stage_decides_anew() -> None:
    call, invited, _agency = make_call(BOTH)
    rows = nominate(invited, "Ani")
    agree_on_paper(call=call, people=rows, paper=paper(), actor=SYSTEM)
    row = Nomination.objects.with_names().get()
    nominations.withdraw_nomination(nomination=row, actor=SYSTEM)
    nominations.restore_nomination(nomination=row, actor=SYSTEM)
    assert agree_on_paper(call=call, people=[row], paper=paper(), actor=SYSTEM) == 1


def test_the_organiser_does_all_of_it_on_the_screen() -> None:
    call, invited, _agency = make_call(BOTH)
    rows = nominate(invited, "Ani", "Budi")
    client = client_of(make_user(Role.ORGANISER, call.organisation))
    at = f"/pelatihan/usulan/panggilan/{call.code}/"
    page = client.get(f"{at}ubah/")
    data = {
        "title": "Dua",
        "waves": [call.waves.get().pk],
        "deadline": "2099-01-01T10:00",
        "text": "Baca ini",
        "version": call.version,
    }
    assert client.post(f"{at}ubah/", {**data, "title": ""}).status_code == 422
    assert client.post(f"{at}ubah/", data).status_code == 302
    answer = client.post(f"{at}ubah/", {**data, "title": "Tiga"})
    assert answer.status_code == 422
    assert "Tiga" in answer.content.decode()
    seen = client.get(f"{at}perubahan/").content.decode()
    assert "Baca ini" in seen
    assert "wa.me" in seen
    assert "Ani" in client.get(f"{at}kertas/?orang={rows[0].pk}&instansi={invited.code}").content.decode()
    form = {"people": [rows[0].pk], "signed_by": "Kepala", "dated": clock.today().isoformat(), "number": ""}
    assert client.post(f"{at}kertas/", form).status_code == 422
    scan = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    assert client.post(f"{at}kertas/", {**form, "file": scan}).status_code == 302
    kept = PaperApproval.objects.get()
    assert client.get(f"/pelatihan/usulan/kertas/{kept.pk}/").status_code == 200
    assert "Kepala" in client.get(at).content.decode()
    assert client.post(f"/pelatihan/usulan/kertas/{kept.pk}/tarik/").status_code == 302
    assert Nomination.objects.with_names().get(pk=rows[0].pk).may_be_agreed_on_paper
    assert client.post(f"/pelatihan/usulan/instansi/{invited.code}/akhiri/", {"reason": "Salah"}).status_code == 302
    invited.refresh_from_db()
    assert not invited.is_called
    assert page.status_code == 200
