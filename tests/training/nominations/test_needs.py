"""Training needs: agencies state them, an organiser's call takes them up, nominations say which they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.catalogue import load_catalogue
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.models import Competency, Employment, PostType
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain import needs as acts
from enggang.training.domain import nominations
from enggang.training.domain.profile import assess_competency
from enggang.training.enums import NeedState
from enggang.training.models import Call, CallAgency, Need
from enggang.training.queries.needs import met_by, quotas_for, suggested
from tests.training.factories import (
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_programme,
    make_user,
    make_wave,
    seat,
)
from tests.training.nominations.test_calls import make_call

pytestmark = pytest.mark.django_db
THIS = clock.today().year


def facts(**changes: Any) -> acts.NeedFacts:
    given: dict[str, Any] = {
        "year": clock.today().year, "number": 2, "reason": "Layanan arsip", "priority": 2, "source": "own", "topic": "Arsip",
    }  # fmt: skip
    return acts.NeedFacts(**{**given, **changes})


def state(agency: Organisation, organiser: Organisation, actor: Actor = SYSTEM, **changes: Any) -> Need:
    need = acts.state_need(agency=agency, organiser=organiser, facts=facts(**changes), actor=actor)
    return Need.objects.with_names().get(pk=need.pk)


def call_for(wave: Any, needs: Sequence[Need], actor: Actor = SYSTEM) -> Call:
    until = clock.now() + timedelta(days=2)
    return acts.call_for_needs(
        programme=wave.programme, needs=needs, title="Dari kebutuhan", waves=[wave], deadline=until, actor=actor
    )


def invited_to(call: Call, agency: Organisation) -> CallAgency:
    return CallAgency.objects.with_names().get(call=call, agency=agency)


def test_from_a_stated_need_to_a_call_that_meets_it() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    need = state(agency, organiser, make_actor(Role.COORDINATOR, agency))
    wave = make_wave(organiser)
    call = call_for(wave, [need], make_actor(Role.ORGANISER, organiser))
    need.refresh_from_db()
    assert (need.state, need.call_id, invited_to(call, agency).quota) == (NeedState.PLANNED, call.pk, 2)
    invited = invited_to(call, agency)
    for name in ("Ani", "Budi"):
        person = make_person(agency, name)
        nominations.nominate_person(invited=invited, person=person, need=need, actor=SYSTEM)
        met = met_by(call)
        assert (met.people, met.nominated, met.met) == (2, 1 if name == "Ani" else 2, int(name == "Budi"))


def test_quotas_follow_priority_and_then_proportion_and_never_exceed_the_seats() -> None:
    organiser = make_agency()
    first, second, third = (make_agency(name) for name in ("A", "B", "C"))
    needs = [
        state(first, organiser, number=4, priority=1), state(second, organiser, number=5),
        state(third, organiser, number=2), state(first, organiser, number=9, priority=3, topic="Foto"),
    ]  # fmt: skip
    assert quotas_for(needs, 100) == {first: 13, second: 5, third: 2}
    assert quotas_for(needs, 8) == {first: 4, second: 3, third: 1}
    assert quotas_for(needs, 0) == {first: 0, second: 0, third: 0}
    assert sum(quotas_for(needs, 17).values()) == 17


def test_a_call_from_needs_shares_out_only_the_seats_that_are_still_free() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    wave = make_wave(organiser, PoolSpec("Terbuka", 5))
    for _each in range(3):
        seat(wave, make_person(organiser))
    first = call_for(wave, [state(agency, organiser, number=4)])
    assert invited_to(first, agency).quota == 2
    for _each in range(3):  # the third waits: fuller than full is not less than nothing
        seat(wave, make_person(organiser))
    second = call_for(wave, [state(agency, organiser, number=4, topic="Foto")])
    assert invited_to(second, agency).quota == 0


def test_a_need_names_only_present_staff_and_no_more_people_than_it_is_for() -> None:
    organiser, agency, other = make_agency(), make_agency("Dinas"), make_agency("Lain")
    ani, stranger = make_person(agency, "Ani"), make_person(other, "Budi")
    for wrong in (
        {"people": [stranger]}, {"people": [ani], "number": 0}, {"topic": "  "}, {"number": 20_001},
        {"year": THIS - 1}, {"year": THIS + 6}, {"priority": 9}, {"source": "x"}, {"topic": "x" * 201},
        {"reason": ""},
    ):  # fmt: skip
        with pytest.raises(Conflict):
            state(agency, organiser, **wrong)
    assert not Need.objects.exists()
    assert list(state(agency, organiser, people=[ani]).people.all()) == [ani]


def test_the_same_need_twice_is_refused_until_the_first_is_withdrawn() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    need = state(agency, organiser)
    with pytest.raises(Conflict):
        state(agency, organiser, topic=" arsip ")
    state(agency, organiser, year=clock.today().year + 1)
    acts.withdraw_need(need=need, actor=SYSTEM)
    state(agency, organiser)
    state(agency, make_agency("Lain"))
    with pytest.raises(Conflict):
        acts.restore_need(need=need, actor=SYSTEM)
    assert Need.objects.open().count() == 3


def test_the_second_of_two_tabs_is_told_and_what_a_call_took_up_stays() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    need = state(agency, organiser)
    again: dict[str, Any] = {
        "agency": agency,
        "organiser": organiser,
        "facts": facts(number=3),
        "need": need,
        "actor": SYSTEM,
    }
    acts.state_need(**again, version=1)
    with pytest.raises(Conflict):
        acts.state_need(**again, version=1)
    call_for(make_wave(organiser), [need])
    need.refresh_from_db()
    with pytest.raises(Conflict):
        acts.state_need(**again, version=need.version)
    with pytest.raises(Conflict):
        acts.withdraw_need(need=need, actor=SYSTEM)
    assert Need.objects.get().number == 3


@pytest.mark.parametrize("role", [Role.LEADER, Role.INSTRUCTOR, Role.ORGANISER])
def test_only_who_keeps_the_staff_states_its_needs(role: Role) -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    for actor in (make_actor(role, agency), make_actor(Role.COORDINATOR, make_agency("Lain"))):
        with pytest.raises(NotAllowed):
            state(agency, organiser, actor)
    assert not Need.objects.exists()


def test_only_the_organiser_it_is_stated_to_declines_with_a_reason_and_takes_that_back() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    need, host, keeper = (
        state(agency, organiser),
        make_actor(Role.ORGANISER, organiser),
        make_actor(Role.COORDINATOR, agency),
    )
    with pytest.raises(NotAllowed):
        acts.decline_need(need=need, reason="x", actor=keeper)
    with pytest.raises(Conflict):
        acts.decline_need(need=need, reason=" ", actor=host)
    acts.decline_need(need=need, reason="Sudah ada", actor=host)
    with pytest.raises(NotAllowed):
        acts.restore_need(need=need, actor=keeper)
    acts.restore_need(need=need, actor=host)
    assert (need.state, need.answer) == (NeedState.STATED, "")


def test_a_call_takes_up_no_need_twice_nor_one_of_another_organiser_or_programme() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    wave = make_wave(organiser)
    foreign = state(agency, make_agency("Lain"))
    elsewhere = state(agency, organiser, programme=make_programme(organiser, "Lain"), topic="")
    taken = state(agency, organiser)
    call_for(wave, [taken])
    for wrong in ([], [foreign], [elsewhere], [taken]):
        with pytest.raises(Conflict):
            call_for(wave, wrong)
    assert Call.objects.count() == 1


def test_a_need_leaves_its_call_only_while_nobody_is_nominated_for_it() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    need = state(agency, organiser)
    invited = invited_to(call_for(make_wave(organiser), [need]), agency)
    row = nominations.nominate_person(invited=invited, person=make_person(agency), need=need, actor=SYSTEM)
    need.refresh_from_db()
    with pytest.raises(Conflict):
        acts.release_need(need=need, actor=SYSTEM)
    nominations.withdraw_nomination(nomination=row, actor=SYSTEM)
    acts.release_need(need=need, actor=SYSTEM)
    row.refresh_from_db()
    assert (need.state, need.call, row.need) == (NeedState.STATED, None, None)


def test_a_nomination_answers_the_need_that_names_the_person_and_no_other_agency_s() -> None:
    organiser, agency, other = make_agency(), make_agency("Dinas"), make_agency("Lain")
    ani = make_person(agency, "Ani")
    need, foreign = state(agency, organiser, people=[ani]), state(other, organiser)
    invited = invited_to(call_for(make_wave(organiser), [need]), agency)
    with pytest.raises(Conflict):
        nominations.nominate_person(invited=invited, person=ani, need=foreign, actor=SYSTEM)
    assert nominations.nominate_person(invited=invited, person=ani, actor=SYSTEM).need == need
    assert nominations.nominate_person(invited=invited, person=make_person(agency), actor=SYSTEM).need is None


def test_an_open_need_is_in_the_call_once_somebody_is_nominated_for_it() -> None:
    call, invited, agency = make_call()
    need = state(agency, call.organisation)
    nominations.nominate_person(invited=invited, person=make_person(agency), need=need, actor=SYSTEM)
    need.refresh_from_db()
    assert (need.state, need.call) == (NeedState.PLANNED, call)


def test_the_profiles_of_the_staff_suggest_what_is_below_the_required_level() -> None:
    load_catalogue(actor=SYSTEM)
    agency = make_agency("Dinas")
    assessor = make_actor(Role.ASSESSOR, agency, make_user())
    integrity = Competency.objects.get(key="integritas")
    people = [make_person(agency, name) for name in ("Ani", "Budi", "Citra")]
    Employment.objects.filter(person__in=people).update(post_type=PostType.objects.get(key="pengawas"))
    for person, level in zip(people, (1, 1, 5), strict=True):
        assess_competency(
            person=person, competency=integrity, level=level, reason="Uji", assessed_on=clock.today(), actor=assessor
        )
    (found,) = suggested(agency)
    assert (found.competency, list(found.people)) == (integrity, people[:2])
    page = client_of(make_user(Role.COORDINATOR, agency)).get(f"/pelatihan/kebutuhan/baru/?kompetensi={integrity.pk}")
    assert page.context["form"].initial["number"] == "2"
    assert people[0].nip in page.content.decode()


def test_merged_people_are_named_once_and_part_again() -> None:
    organiser, agency = make_agency(), make_agency("Dinas")
    kept, gone = make_person(agency, "Ani"), make_person(agency, "Ani", nip="198001012010011999")
    both, one = state(agency, organiser, people=[kept, gone]), state(agency, organiser, topic="Foto", people=[gone])
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    assert list(one.people.all()) == [kept]
    undo_merge(merge=merge, actor=SYSTEM)
    assert (set(one.people.all()), set(both.people.all())) == ({gone}, {kept, gone})


class TestOnScreen:
    def test_a_coordinator_states_changes_and_withdraws(self) -> None:
        organiser, agency = make_agency(), make_agency("Dinas")
        make_programme(organiser)
        ani = make_person(agency, "Ani")
        client = client_of(make_user(Role.COORDINATOR, agency))
        typed = {
            "agency": agency.code, "organiser": organiser.code, "year": clock.today().year, "topic": "Arsip", "number": 2,
            "nips": f"{ani.nip}\n", "reason": "Perlu", "priority": 1, "source": "superior", "version": 0,
        }  # fmt: skip
        wrong = client.post("/pelatihan/kebutuhan/baru/", {**typed, "nips": "123", "year": "1900", "topic": ""})
        assert wrong.status_code == 422
        long = client.post("/pelatihan/kebutuhan/baru/", {**typed, "topic": "x" * 201})
        assert list(long.context["form"].errors) == ["topic"]  # not that nothing was said, too
        assert not Need.objects.exists()
        assert client.post("/pelatihan/kebutuhan/baru/", typed).status_code == 302
        assert client.post("/pelatihan/kebutuhan/baru/", typed).status_code == 422  # sent twice
        need = Need.objects.get()
        assert (list(need.people.all()), need.priority, need.source) == ([ani], 1, "superior")
        page = f"/pelatihan/kebutuhan/{need.code}/"
        assert ani.nip in client.get(page).content.decode()
        assert client.post(page, {**typed, "number": 5, "version": need.version}).status_code == 302
        client.post(f"{page}tarik/")
        need.refresh_from_db()
        assert (need.number, need.state) == (5, NeedState.WITHDRAWN)
        assert client.post(page, typed).status_code == 404

    def test_pasted_rows_are_read_and_each_wrong_one_is_told_in_a_form_that_keeps_all(self) -> None:
        organiser, agency = make_agency(), make_agency("Dinas")
        make_programme(organiser)
        ani, budi = make_person(agency, "Ani"), make_person(agency, "Budi")
        stranger = make_person(make_agency("Lain"), "Orang Lain")
        client = client_of(make_user(Role.COORDINATOR, agency))
        typed = {
            "agency": agency.code, "organiser": organiser.code, "year": THIS, "topic": "Arsip", "number": 2,
            "reason": "Perlu", "priority": 1, "source": "own", "version": 0,
        }  # fmt: skip
        good = ["No\tNama\tNIP", f"1\tAni\t{ani.nip}\tBidang", f"Budi {budi.spaced_nip}", ani.nip]
        wrong = ["4\tCitra\t1,98001E+17", stranger.nip, *(f"{number}\tX\t123456{number}" for number in range(10, 20))]
        text = "\n".join([*good, *wrong])
        answer = client.post("/pelatihan/kebutuhan/baru/", {**typed, "nips": text})
        form = answer.context["form"]
        assert (answer.status_code, form["nips"].value(), list(form.errors)) == (422, text, ["nips"])
        assert [line.pasted.text for line in form.not_taken] == wrong
        assert [str(line.kind) for line in form.not_taken[:3]] == ["lost", "not_staff", "not_nip"]
        assert answer.content.decode().count('data-kind="not_nip"') == 10
        assert not Need.objects.exists()
        endless = client.post("/pelatihan/kebutuhan/baru/", {**typed, "nips": f"{ani.nip}\n" * 201})
        assert (endless.status_code, Need.objects.count()) == (422, 0)
        answer = client.post("/pelatihan/kebutuhan/baru/", {**typed, "nips": "\n".join(good)})
        assert answer.status_code == 302
        need = Need.objects.get()
        assert set(need.people.all()) == {ani, budi}
        page = f"/pelatihan/kebutuhan/{need.code}/"
        answer = client.post(page, {**typed, "version": need.version, "nips": text})
        assert answer.content.decode().count('data-kind="not_nip"') == 10
        assert client.post(page, {**typed, "version": need.version, "nips": " \n"}).status_code == 302
        assert not need.people.exists()

    def test_the_list_is_narrowed_summed_and_leaves_as_a_file(self) -> None:
        organiser, first, second = make_agency(), make_agency("Dinas"), make_agency("Badan")
        state(first, organiser, number=3)
        state(second, organiser, number=4, topic="Foto")
        state(second, make_agency("Lain"), topic="Rahasia")
        client = client_of(make_user(Role.ORGANISER, organiser))
        page = client.get("/pelatihan/kebutuhan/")
        assert page.context["sums"] == [("Badan", 1, 4), ("Dinas", 1, 3)]
        assert "Rahasia" not in page.content.decode()
        page = client.get(f"/pelatihan/kebutuhan/?by=topic&agency={first.code}&year=x")
        assert page.context["sums"] == [("Arsip", 1, 3)]
        file = client.post(f"/pelatihan/kebutuhan/?agency={first.code}", {"form": "csv"}).content.decode("utf-8-sig")
        assert facts().reason in file  # a column of the file that the list itself has no room for
        assert facts().reason not in page.content.decode()
        assert "Arsip" in file
        assert "Foto" not in file

    def test_the_organiser_drafts_a_call_from_ticked_needs(self) -> None:
        organiser, agency = make_agency(), make_agency("Dinas")
        wave = make_wave(organiser)
        need = state(agency, organiser)
        client = client_of(make_user(Role.ORGANISER, organiser))
        address = f"/pelatihan/program/{wave.programme.code}/kebutuhan/"
        typed = {"title": "B", "waves": [wave.pk], "deadline": f"{clock.today() + timedelta(days=3)}T10:00"}
        assert client.post(address, typed).status_code == 422
        assert client.post(address, {**typed, "needs": ["x"]}).status_code == 422
        answer = client.post(address, {**typed, "needs": [need.code]})
        assert "Arsip" in client.get(answer["Location"]).content.decode()
        assert invited_to(Call.objects.get(), agency).quota == 2

    def test_the_link_of_a_call_states_withdraws_exports_and_ends(self) -> None:
        call, invited, agency = make_call()
        stranger = state(make_agency("Lain"), call.organisation, topic="Rahasia")
        token = nominations.hand_out_call(invited=invited, actor=SYSTEM)
        client, base = client_of(make_user()), f"/pelatihan/usulkan/{token}/kebutuhan/"
        client.logout()
        typed = {
            "year": clock.today().year,
            "topic": "Arsip",
            "number": 2,
            "reason": "Perlu",
            "priority": 1,
            "source": "own",
            "version": 0,
        }
        assert client.post(f"{base}baru/", {**typed, "agency": stranger.agency.code}).status_code == 302
        need = Need.objects.get(topic="Arsip")
        assert (need.agency, need.organiser) == (agency, call.organisation)
        assert "Rahasia" not in client.get(base).content.decode()
        assert "Arsip" in client.post(base, {"form": "csv"}).content.decode("utf-8-sig")
        assert client.post(f"{base}{stranger.code}/tarik/").status_code == 404
        client.post(f"{base}{need.code}/tarik/")
        need.refresh_from_db()
        assert need.state == NeedState.WITHDRAWN
        nominations.hand_out_call(invited=invited, actor=SYSTEM)
        assert client.get(base).status_code == 404
        assert client.post(f"{base}baru/", typed).status_code == 404

    def test_the_agency_s_page_says_which_need_a_nomination_answers(self) -> None:
        call, invited, agency = make_call()
        need, person = state(agency, call.organisation), make_person(agency, "Ani")
        client = client_of(make_user(Role.COORDINATOR, agency))
        page = f"/pelatihan/usulan/instansi/{invited.code}/"
        assert need.code in client.get(page).content.decode()
        client.post(page, {"do": "pilih", "people": [person.code], "need": need.code})
        assert invited.nominations.get().need == need

    def test_the_pages_ask_as_often_for_three_needs_as_for_one(self) -> None:
        organiser, agency = make_agency(), make_agency("Dinas")
        wave = make_wave(organiser)
        client = client_of(make_user(Role.ORGANISER, organiser))
        needs = [state(agency, organiser, people=[make_person(agency)])]
        call = call_for(wave, needs)
        invited, first = invited_to(call, agency), make_person(agency)
        nominations.nominate_person(invited=invited, person=first, need=needs[0], actor=SYSTEM)
        token = nominations.hand_out_call(invited=invited_to(call, agency), actor=SYSTEM)
        pages = [
            "/pelatihan/kebutuhan/", f"/pelatihan/usulan/panggilan/{call.code}/", f"/pelatihan/usulkan/{token}/kebutuhan/",
        ]  # fmt: skip
        counts = []
        for number in (1, 3):
            for topic in ("Foto", "Video")[: number - 1]:
                need = state(agency, organiser, topic=topic, people=[make_person(agency)])
                person = need.people.get()
                nominations.nominate_person(invited=invited_to(call, agency), person=person, need=need, actor=SYSTEM)
            assert Need.objects.count() == number
            for page in pages:
                client.get(page)
                with CaptureQueriesContext(connection) as found:
                    assert client.get(page).status_code == 200
                counts.append(len(found))
        assert counts[:3] == counts[3:]
