"""The follow-up brought by hand to those whom no notice and no e-mail reaches."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.access.models import CapabilityLink
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.models import Employment
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.models import Invitation, Sheet
from enggang.training.domain.evaluation import follow_up_wave, hand_out_follow_ups
from enggang.training.domain.waves import finish_wave
from enggang.training.models import FollowUp, Registration, Wave
from enggang.training.queries.follow_ups import AskedOne, follow_up_of
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def followed_wave(people: int = 1, *, superior: bool = True) -> Wave:
    """Nobody has an e-mail address; each has a superior on record who has none either, or none at all."""
    organiser, agency = make_agency(), make_agency("Dinas Contoh")
    wave = make_wave(organiser, PoolSpec("Terbuka", 30), sessions=1)
    boss = make_person(agency, "Atasan", phone="081211112222")
    for number in range(people):
        person = make_person(agency, f"Orang {number}", phone="081234567890")
        seat(wave, person)
        if superior:
            Employment.objects.filter(person=person).update(superior=boss)
    return follow_up_wave(wave=finish_wave(wave=wave, actor=SYSTEM), actor=SYSTEM)


def left(wave: Wave, actor: Actor = SYSTEM, *, by_superior: bool = False) -> list[AskedOne]:
    who = make_actor(Role.ORGANISER, wave.organisation) if actor is SYSTEM else actor
    return next(each.left for each in follow_up_of(wave, who) if each.by_superior == by_superior)


def test_nobody_counts_as_reached_before_an_address_is_handed_out() -> None:
    wave = followed_wave()
    details = AuditEntry.objects.filter(code="training.follow_up_wave").latest("pk").details
    assert (details["participants"], details["reached"], details["superiors_reached"]) == (1, 0, 0)
    assert not Notice.objects.exists()
    assert not CapabilityLink.objects.filter(scope="survey").exists()
    rows = [*left(wave), *left(wave, by_superior=True)]
    assert [row.reached for row in rows] == ["", ""]
    handed = hand_out_follow_ups(wave=wave, rows=rows, actor=make_actor(Role.ORGANISER, wave.organisation))
    assert [(each.name, each.phone) for each in handed] == [("Orang 0", "+6281234567890"), ("Atasan", "+6281211112222")]
    assert all(each.address in each.text for each in handed)
    assert [row.reached for row in (*left(wave), *left(wave, by_superior=True))] == ["handed", "handed"]
    assert [each.reached for each in follow_up_of(wave, make_actor(Role.ORGANISER, wave.organisation))] == [1, 1]


def test_an_answer_through_it_is_marked_and_opens_no_other_page() -> None:
    wave = followed_wave()
    (handed,) = hand_out_follow_ups(
        wave=wave, rows=left(wave), actor=make_actor(Role.ORGANISER, wave.organisation, make_user())
    )
    path = "/uji/" + handed.address.split("/uji/")[1]
    page = Client().get(path)
    assert page.status_code == 200
    survey = left(wave)[0].survey
    Client().post(path, {f"s{each.pk}": "4" for each in survey.statements.all()})
    assert Sheet.objects.get().handed


def test_who_has_answered_is_told_only_once_enough_have() -> None:
    wave = followed_wave(7)
    survey = left(wave)[0].survey
    answered = list(Registration.objects.order_by("pk").values_list("subject", flat=True))
    for number in range(1, 7):
        Invitation.objects.filter(survey=survey, holder__in=answered[:number]).update(answered=True)
        assert len(left(wave)) == (7 if number < survey.minimum else 7 - number)


def test_a_superior_on_no_record_is_asked_by_whoever_knows_them() -> None:
    wave = followed_wave(superior=False)
    assert not FollowUp.objects.exists()
    (row,) = left(wave, by_superior=True)
    assert row.person is None
    for _time in range(2):
        (handed,) = hand_out_follow_ups(wave=wave, rows=[row], actor=SYSTEM)
    assert FollowUp.objects.get().registration == row.registration
    assert Client().get("/uji/" + handed.address.split("/uji/")[1]).status_code == 200


def test_a_coordinator_reaches_only_their_own_and_strangers_nobody() -> None:
    wave = followed_wave()
    other = make_agency("Dinas Lain")
    coordinator = make_actor(Role.COORDINATOR, wave.registrations.get().agency)
    assert len(left(wave, coordinator)) == 1
    stranger = make_actor(Role.COORDINATOR, other)
    assert left(wave, stranger) == []
    before = CapabilityLink.objects.count()
    with pytest.raises(NotAllowed):
        hand_out_follow_ups(wave=wave, rows=left(wave), actor=stranger)
    with pytest.raises(Conflict):
        hand_out_follow_ups(wave=make_wave(other), rows=left(wave), actor=SYSTEM)
    for rows in ([], left(wave) * 201):
        with pytest.raises(Conflict):
            hand_out_follow_ups(wave=wave, rows=rows, actor=SYSTEM)
    assert CapabilityLink.objects.count() == before


def test_the_coordinator_finds_the_list_from_home_and_hands_it_out() -> None:
    wave = followed_wave()
    client = client_of(make_user(Role.COORDINATOR, wave.registrations.get().agency))
    at = f"/pelatihan/gelombang/{wave.code}/evaluasi/jangkau/"
    assert at in client.get("/").content.decode() + client.get("/beranda/").content.decode()
    assert at in client.get(f"/pelatihan/gelombang/{wave.code}/peserta/").content.decode()
    page = client.get(at).content.decode()
    assert "Orang 0" in page
    assert "Atasan" in page
    keys = [row.key for row in (*left(wave), *left(wave, by_superior=True))]
    answer = client.post(f"{at}bagikan/", {"people": keys})
    assert answer.content.decode().count("wa.me") == 2
    assert client.get(at, {"siapa": "belum"}).content.decode().count('name="people"') == 0
    assert client.post(f"{at}bagikan/", {"people": ["p-x"]}).status_code == 302
    assert b"Orang 0" in client.post(f"{at}bagikan/", {"people": keys, "form": "csv"}).content


def test_the_list_asks_as_often_for_three_as_for_one() -> None:
    counts = []
    for people in (1, 3):
        wave = followed_wave(people)
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        at = f"/pelatihan/gelombang/{wave.code}/evaluasi/jangkau/"
        client.get(at)
        with CaptureQueriesContext(connection) as found:
            client.get(at)
        counts.append(len(found))
    assert counts[0] == counts[1]
