"""An agency answers a call: it sends nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.training.domain import call_changes
from enggang.training.domain import nominations as acts
from enggang.training.domain.call_answers import send_nobody, take_back_nobody
from enggang.training.enums import CallState
from enggang.training.models import Call, CallAgency
from tests.training.factories import client_of, make_actor, make_agency, make_user
from tests.training.nominations.test_calls import make_call, nominate

pytestmark = pytest.mark.django_db
WHY = "Semua pegawai bertugas pada tanggal itu"


def fresh(invited: CallAgency) -> CallAgency:
    return CallAgency.objects.with_names().get(pk=invited.pk)


def test_the_answer_needs_a_reason_and_is_given_once_by_whoever_may_nominate() -> None:
    _call, invited, agency = make_call()
    mine = make_actor(Role.COORDINATOR, agency)
    for actor in (make_actor(Role.COORDINATOR, make_agency("Lain")), make_actor(Role.LEADER, agency)):
        with pytest.raises(NotAllowed):
            send_nobody(invited=invited, reason=WHY, actor=actor)
    with pytest.raises(Conflict):
        send_nobody(invited=invited, reason=" \n\x00 ", actor=mine)
    assert send_nobody(invited=invited, reason=f"  {WHY}\n{'x' * 9000}", actor=mine).sends_nobody
    assert fresh(invited).declined_reason.startswith(WHY)
    assert len(fresh(invited).declined_reason) == 300
    with pytest.raises(Conflict):
        send_nobody(invited=fresh(invited), reason=WHY, actor=mine)
    assert AuditEntry.objects.filter(code="training.send_nobody").count() == 1


def test_no_reminder_goes_to_an_agency_that_sends_nobody() -> None:
    call, invited, _agency = make_call()
    other = acts.invite_agency(call=call, agency=make_agency("Dinas Diam"), quota=1, actor=SYSTEM)
    send_nobody(invited=invited, reason=WHY, actor=SYSTEM)
    assert [row.pk for row in call_changes.remind_agencies(call=call, actor=SYSTEM)] == [other.pk]
    send_nobody(invited=fresh(other), reason=WHY, actor=SYSTEM)
    with pytest.raises(Conflict):
        call_changes.remind_agencies(call=call, actor=SYSTEM)
    take_back_nobody(invited=fresh(invited), actor=SYSTEM)
    assert [row.pk for row in call_changes.remind_agencies(call=call, actor=SYSTEM)] == [invited.pk]
    with pytest.raises(Conflict):
        take_back_nobody(invited=fresh(invited), actor=SYSTEM)


def test_it_is_refused_beside_a_nomination_and_a_nomination_undoes_it() -> None:
    _call, invited, _agency = make_call()
    (row,) = nominate(invited, "Ani")
    with pytest.raises(Conflict):
        send_nobody(invited=invited, reason=WHY, actor=SYSTEM)
    acts.withdraw_nomination(nomination=row, actor=SYSTEM)
    send_nobody(invited=invited, reason=WHY, actor=SYSTEM)
    nominate(fresh(invited), "Budi")
    assert not fresh(invited).sends_nobody
    acts.withdraw_nomination(nomination=fresh(invited).nominations.with_names().get(person__name="Budi"), actor=SYSTEM)
    send_nobody(invited=fresh(invited), reason=WHY, actor=SYSTEM)
    acts.restore_nomination(nomination=fresh(invited).nominations.with_names().get(pk=row.pk), actor=SYSTEM)
    assert not fresh(invited).sends_nobody


def test_after_the_end_only_the_organiser_writes_it_down_and_calling_again_asks_anew() -> None:
    call, invited, agency = make_call()
    acts.move_call(call=call, to=CallState.CLOSED, actor=SYSTEM)
    with pytest.raises(Conflict):
        send_nobody(invited=fresh(invited), reason=WHY, actor=make_actor(Role.COORDINATOR, agency))
    organiser = make_actor(Role.ORGANISER, call.organisation)
    send_nobody(invited=fresh(invited), reason=WHY, actor=organiser)
    with pytest.raises(Conflict):
        take_back_nobody(invited=fresh(invited), actor=make_actor(Role.COORDINATOR, agency))
    call_changes.uninvite_agency(invited=fresh(invited), reason="Salah", actor=organiser)
    with pytest.raises(Conflict):
        take_back_nobody(invited=fresh(invited), actor=organiser)
    acts.invite_agency(call=Call.objects.with_names().get(pk=call.pk), agency=agency, quota=1, actor=organiser)
    assert not fresh(invited).sends_nobody


def test_the_buttons_answer_and_take_back_and_everybody_sees_it() -> None:
    call, invited, agency = make_call()
    user = make_user(Role.COORDINATOR, agency)
    client, at = client_of(user), f"/pelatihan/usulan/instansi/{invited.code}/"
    assert 'value="nihil"' in client.get(at).content.decode()
    assert at in client.get("/beranda/").content.decode()
    client.post(at, {"do": "nihil", "reason": ""})
    assert not fresh(invited).sends_nobody
    client.post(at, {"do": "nihil", "reason": WHY})
    page = client.get(at).content.decode()
    assert WHY in page
    assert 'value="batal-nihil"' in page
    assert "Tidak mengirim" in client.get("/pelatihan/usulan/instansi-saya/").content.decode()
    assert at not in client.get("/beranda/").content.decode()
    organiser = client_of(make_user(Role.ORGANISER, call.organisation))
    page = organiser.get(f"/pelatihan/usulan/panggilan/{call.code}/").content.decode()
    assert WHY in page
    assert "/ingatkan/" not in page
    asked = {"list": "agencies", "form": "csv"}
    assert WHY in organiser.post(f"/pelatihan/usulan/panggilan/{call.code}/", asked).content.decode("utf-8-sig")
    client.post(at, {"do": "batal-nihil"})
    assert not fresh(invited).sends_nobody


def test_it_is_answered_by_the_private_address_without_an_account() -> None:
    _call, invited, _agency = make_call()
    at = f"/pelatihan/usulkan/{acts.hand_out_call(invited=invited, actor=SYSTEM)}/"
    client = Client()
    assert 'value="nihil"' in client.get(at).content.decode()
    client.post(at, {"do": "nihil", "reason": WHY})
    assert fresh(invited).sends_nobody
    client.post(at, {"do": "batal-nihil"})
    assert not fresh(invited).sends_nobody
