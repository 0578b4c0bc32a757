"""What became of nominations and needs: who is told, once, and nobody else."""

from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.jobs import enqueue
from enggang.notices.models import Notice
from enggang.people.models import Person
from enggang.training.domain import nominations as calls
from enggang.training.domain import proposals as acts
from enggang.training.domain.needs import decline_need, restore_need
from enggang.training.domain.outcomes import tell_outcome
from enggang.training.domain.stages import StageSpec
from enggang.training.enums import StageBy
from enggang.training.models import Call, CallAgency, Nomination, Proposal
from tests.training.factories import make_actor, make_agency, make_person, make_user, seat
from tests.training.nominations.test_calls import NOBODY, ORGANISER, make_call, nominate
from tests.training.nominations.test_needs import state
from tests.training.nominations.test_proposals import make_quotas, propose

pytestmark = pytest.mark.django_db


def keeper_of(invited: CallAgency, language: str = "en") -> User:
    user = make_user(Role.COORDINATOR, invited.agency, f"Koordinator {invited.agency}")
    User.objects.filter(pk=user.pk).update(language=language)
    return user


def told(user: User, title: str = "") -> list[Notice]:
    return list(Notice.objects.filter(user_id=user.pk, title__startswith=title).order_by("pk"))


def figures(notice: Notice) -> list[str]:
    return notice.text.splitlines()[1:-1]


def account(row: Nomination) -> User:
    user = make_user(name=row.person.name)
    Person.objects.filter(pk=row.person_id).update(user=user)
    return user


def register(call: Call) -> Proposal:
    proposal = propose(call)
    acts.accept_proposal(proposal=proposal, actor=SYSTEM)
    jobs.run_pending()
    return proposal


def test_each_agency_hears_once_how_many_are_seated_and_whoever_has_a_seat_hears_it() -> None:
    call, invited = make_quotas((1, "Dinas A"), (1, "Dinas B"))
    rows = {name: nominate(each, f"{name} 1", f"{name} 2") for name, each in invited.items()}
    keepers = {name: keeper_of(each) for name, each in invited.items()}
    stranger = make_user(Role.COORDINATOR, make_agency("Lain"))
    seated, left = (account(row) for row in rows["Dinas A"])
    proposal = register(call)
    for name, user in keepers.items():
        (notice,) = told(user, "Who has a seat")
        assert figures(notice) == ["With a seat: 1", "On the waiting list: 0", "Refused: 0", "Not placed: 1"]
        assert notice.href == f"/pelatihan/usulan/instansi/{invited[name].code}/"
        assert f"{name} 1" not in notice.title + notice.text
    (mine,) = told(seated)
    registration = Nomination.objects.get(pk=rows["Dinas A"][0].pk).registration
    assert registration is not None
    assert mine.href == f"/pelatihan/pendaftaran/{registration.code}/"
    assert (told(left), told(stranger)) == ([], [])
    before = Notice.objects.count()
    enqueue(acts.register_placed, actor=SYSTEM, proposal_id=proposal.pk)
    jobs.run_pending()
    for each in invited.values():
        assert tell_outcome(invited=each, actor=SYSTEM) == 0
    assert Notice.objects.count() == before


def test_who_waits_and_who_was_refused_is_counted_and_a_waiting_nominee_is_promised_nothing() -> None:
    call, invited, _agency = make_call(NOBODY, quota=9)
    rows = nominate(invited, "Ani", "Budi", "Citra")
    keeper = keeper_of(invited, "id")
    waits = account(rows[1])
    calls.refuse_nomination(nomination=rows[2], reason="Sudah pernah", actor=SYSTEM)
    proposal = propose(call)
    pool = call.waves.get().offer.pools.get()
    for _number in range(pool.size - 1):
        seat(call.waves.get(), make_person(invited.agency))
    acts.accept_proposal(proposal=proposal, actor=SYSTEM)
    jobs.run_pending()
    (notice,) = told(keeper, "Hasil usulan")
    assert figures(notice) == ["Mendapat kursi: 1", "Di daftar tunggu: 1", "Ditolak: 1"]
    assert told(waits) == []


def test_other_figures_are_told_again() -> None:
    call, invited, _agency = make_call(NOBODY, quota=9)
    nominate(invited, "Ani")
    keeper = keeper_of(invited)
    register(call)
    nominate(invited, "Budi")
    register(call)
    assert [figures(row)[0] for row in told(keeper, "Who has a seat")] == ["With a seat: 1", "With a seat: 2"]


def test_a_stranger_tells_no_outcome() -> None:
    _call, invited, agency = make_call(NOBODY)
    keeper = keeper_of(invited)
    with pytest.raises(NotAllowed):
        tell_outcome(invited=invited, actor=make_actor(Role.COORDINATOR, agency))
    assert told(keeper, "Who has a seat") == []


def test_a_refusal_is_told_once_until_it_is_read_without_a_name() -> None:
    _call, invited, _agency = make_call(ORGANISER)
    rows = nominate(invited, "Ani", "Budi", "Citra")
    keeper, stranger = keeper_of(invited), make_user(Role.COORDINATOR, make_agency("Lain"))
    refused = account(rows[0])
    with pytest.raises(Conflict):
        calls.refuse_nomination(nomination=rows[0], reason=" ", actor=SYSTEM)
    assert told(keeper, "Nomination refused") == []
    for row in rows[:2]:
        calls.refuse_nomination(nomination=row, reason="Sakit jantung", actor=SYSTEM)
    (notice,) = told(keeper, "Nomination refused")
    assert notice.href == f"/pelatihan/usulan/instansi/{invited.code}/"
    assert "Ani" not in notice.title + notice.text
    assert "jantung" not in notice.title + notice.text
    Notice.objects.filter(pk=notice.pk).update(state="read")
    calls.refuse_nomination(nomination=rows[2], reason="Penuh", actor=SYSTEM)
    assert len(told(keeper, "Nomination refused")) == 2
    assert (told(refused), told(stranger)) == ([], [])


def test_a_coordinator_who_refuses_is_not_told_of_it() -> None:
    _call, invited, agency = make_call((StageSpec("Koordinator", StageBy.AGENCY, Role.COORDINATOR),))
    (row,) = nominate(invited, "Ani")
    keeper, other = keeper_of(invited), keeper_of(invited)
    calls.refuse_nomination(nomination=row, reason="Penuh", actor=make_actor(Role.COORDINATOR, agency, keeper))
    assert [len(told(user, "Nomination refused")) for user in (keeper, other)] == [0, 1]


def test_the_coordinators_of_an_agency_read_why_its_need_is_declined() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    need = state(agency, organiser)
    keeper = make_user(Role.COORDINATOR, agency)
    others = [make_user(Role.COORDINATOR, make_agency("Lain")), make_user(Role.LEADER, agency)]
    host = make_actor(Role.ORGANISER, organiser)
    with pytest.raises(Conflict):
        decline_need(need=need, reason=" ", actor=host)
    decline_need(need=need, reason="Sudah ada", actor=host)
    with pytest.raises(Conflict):
        decline_need(need=need, reason="Sudah ada", actor=host)
    (notice,) = told(keeper)
    assert "Alasan: Sudah ada" in notice.text
    assert notice.href == f"/pelatihan/kebutuhan/{need.code}/"
    assert [told(user) for user in others] == [[], []]
    restore_need(need=need, actor=host)
    decline_need(need=need, reason="Tidak ada dana", actor=host)
    assert len(told(keeper)) == 2
