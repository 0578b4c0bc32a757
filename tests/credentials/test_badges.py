"""The badge of an award: made by a job once it is issued, frozen, with the evidence, and made only once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs, keystore
from enggang.core.actor import SYSTEM
from enggang.core.acts import NotAllowed
from enggang.core.models import Job
from enggang.credentials.badges.checking import check_badge
from enggang.credentials.badges.identity import PURPOSE, did_document
from enggang.credentials.domain.awards import void_award
from enggang.credentials.domain.badges import (
    JOB,
    Overtaken,
    ask_for_badges,
    keep_badges,
    queue_badges,
    rotate_badge_key,
    signed_badges,
)  # fmt: skip
from enggang.credentials.findings import Fault
from enggang.credentials.models import Award, Badge
from enggang.credentials.queries.soundness import awards_without_badge, changed_badges
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.crediting import correct_jp
from enggang.training.enums import JpCredit
from enggang.training.models import Programme, Registration, Session, Wave
from tests.training.factories import client_of, make_actor, make_agency, make_user
from tests.training.test_completion import held_wave, issue

pytestmark = pytest.mark.django_db


def issued(people: int = 1) -> list[Award]:
    return issue(held_wave(present=5, people=people))


def said(award: Award) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(bytes(award.badge.content))
    return content


def test_a_badge_says_what_was_earned_from_whom_and_what_shows_it() -> None:
    award = issued()[0]
    badge = said(award)
    achievement = badge["credentialSubject"]["achievement"]
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["id"].endswith(f"/verify/{award.verify_code}")
    assert badge["issuer"]["id"] == "did:web:localhost%3A8000"
    assert badge["issuer"]["name"] == award.issuer_name
    assert achievement["name"] == f"SPESIMEN – {award.title}"
    assert achievement["criteria"]["narrative"].startswith(
        "Menyelesaikan pelatihan dengan kehadiran paling sedikit 80%"
    )
    assert badge["credentialSubject"]["creditsEarned"] == achievement["creditsAvailable"] == award.hours
    assert "JP (jam pelajaran), 1 JP = 45 menit" in achievement["description"]
    assert badge["evidence"] == [
        {
            "type": ["Evidence"],
            "name": "Kehadiran",
            "narrative": "Hadir pada 5 dari 5 sesi yang direncanakan (100%).",
            "genre": "attendance",
        }
    ]


def test_hours_are_those_credited_and_the_curriculum_keeps_its_own_sum() -> None:
    wave = held_wave(present=4)
    Session.objects.update(jp=4)
    Programme.objects.update(jp_credit=JpCredit.ATTENDED)
    award = issue(Wave.objects.get(pk=wave.pk))[0]
    badge = said(award)["credentialSubject"]
    assert (award.hours, award.document.content["programme"]["jp"]) == (16, 24)
    assert (badge["creditsEarned"], badge["result"][0]["value"]) == (16, "16")
    assert badge["achievement"]["creditsAvailable"] == 24
    assert "24 JP" in badge["achievement"]["description"]


def test_hours_that_were_corrected_change_nobody_elses_and_not_the_achievement() -> None:
    wave = held_wave(present=5, people=3)
    decide_outcomes(wave=wave, actor=SYSTEM)
    for row, jp in zip(Registration.objects.order_by("person__name_key"), (7, 0), strict=False):
        correct_jp(registration=row, jp=jp, reason="Pulang lebih awal", actor=SYSTEM)
    badges = [said(award)["credentialSubject"] for award in issue(wave)]
    assert sorted(badge.get("creditsEarned", 0) for badge in badges) == [0, 7, 24]
    assert len({badge["achievement"]["id"] for badge in badges}) == 1
    assert all(check_badge(bytes(badge.content)).holds for badge in Badge.objects.all())


def test_it_carries_the_name_and_neither_nip_nor_address_in_any_form() -> None:
    award = issued()[0]
    text = bytes(award.badge.content).decode()
    assert award.holder_nip
    assert award.holder_nip not in text
    assert award.holder_nip[:8] not in text
    assert said(award)["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": award.holder_name, "identityType": "name"}
    ]


def test_those_of_one_wave_have_the_same_achievement_and_places_that_tell_nothing() -> None:
    badges = [said(award) for award in issued(people=3)]
    assert len({badge["credentialSubject"]["achievement"]["id"] for badge in badges}) == 1
    places = [int(badge["credentialStatus"]["statusListIndex"]) for badge in badges]
    assert len(set(places)) == 3
    assert max(places) - min(places) > 3  # once in a thousand million it would not be so


def test_one_job_makes_those_of_a_batch_and_twice_changes_nothing() -> None:
    awards = issued(people=3)
    assert Job.objects.filter(name=JOB).count() == 1
    before = list(Badge.objects.order_by("pk").values_list("sha256", flat=True))
    ask_for_badges()
    ask_for_badges()
    assert Job.objects.filter(name=JOB).count() == 2
    jobs.run_pending()
    assert list(Badge.objects.order_by("pk").values_list("sha256", flat=True)) == before
    with pytest.raises(Overtaken):
        keep_badges(signed_badges(awards, actor=SYSTEM))
    assert list(Badge.objects.order_by("pk").values_list("sha256", flat=True)) == before


def test_what_was_issued_before_there_were_badges_gets_one_in_the_night() -> None:
    issued()
    Badge.objects.all().delete()
    queue_badges()
    jobs.run_pending()
    assert Badge.objects.count() == 1
    queue_badges()
    assert Job.objects.filter(name=JOB).count() == 2  # nothing is due, so nothing is queued


def test_one_that_cannot_be_made_holds_no_other_up() -> None:
    first, second = issued(people=2)
    Badge.objects.all().delete()
    first.document.data = b"{"
    first.document.save(update_fields=["data"])
    ask_for_badges()
    jobs.run_pending(limit=1)
    assert list(Badge.objects.values_list("award", flat=True)) == [second.pk]
    assert Job.objects.filter(name=JOB).latest("pk").state == "queued"  # and it is tried again


def test_the_key_may_change_in_the_middle_of_a_batch() -> None:
    issued(people=2)
    old = Badge.objects.get(award=Award.objects.earliest("pk"))
    Badge.objects.exclude(pk=old.pk).delete()
    call_command("rotate_badge_key")
    kid = keystore.signer(PURPOSE)[0]
    ask_for_badges()
    jobs.run_pending()
    new = Badge.objects.latest("pk")
    assert (new.kid, old.kid != kid) == (kid, True)
    assert all(check_badge(bytes(badge.content)).holds for badge in (old, new))
    assert len(did_document()["assertionMethod"]) == 2


def test_a_void_award_gets_no_badge_and_keeps_the_one_it_had() -> None:
    first, second = issued(people=2)
    Badge.objects.filter(award=second).delete()
    for award in (first, second):
        void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    with pytest.raises(Overtaken):
        keep_badges(signed_badges([Award.objects.get(pk=second.pk)], actor=SYSTEM))
    assert check_badge(bytes(Badge.objects.get(award=first).content)).fault == Fault.REVOKED


def test_holder_and_staff_download_it_as_it_was_signed() -> None:
    award = issued()[0]
    client = client_of(make_user(Role.ORGANISER, award.organisation))
    address = f"/sertifikat/{award.code}/lencana/"
    data = client.get(address + "json")
    assert (data.content, data["Content-Type"]) == (bytes(award.badge.content), "application/json")
    picture = client.get(address + "png")
    assert check_badge(picture.content).holds
    assert picture.content == client.get(address + "png").content
    assert client.get(address + "svg").status_code == 404
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert stranger.get(address + "json").status_code == 404


def test_a_void_one_is_not_handed_out_any_more() -> None:
    award = issued()[0]
    void_award(award=award, reason="Nama keliru", actor=SYSTEM)
    client = client_of(make_user(Role.ORGANISER, award.organisation))
    assert client.get(f"/sertifikat/{award.code}/lencana/json").status_code == 404


def test_two_that_drew_the_same_place_are_signed_again() -> None:
    awards = issued(people=2)
    Badge.objects.all().delete()
    first, second = signed_badges(awards, actor=SYSTEM)
    with pytest.raises(Overtaken):
        keep_badges([first, replace(second, place=first.place)])
    assert not Badge.objects.exists()
    assert len(keep_badges([first, second])) == 2


def test_only_who_may_issue_keeps_one() -> None:
    awards = issued()
    Badge.objects.all().delete()
    stranger = make_actor(Role.ORGANISER, make_agency("Lain"))
    with pytest.raises(NotAllowed):
        keep_badges(signed_badges(awards, actor=stranger))
    assert not Badge.objects.exists()


def test_each_is_in_the_audit_trail() -> None:
    award = issued()[0]
    entry = AuditEntry.objects.get(code="credentials.keep_badge")
    assert (entry.subject_code, entry.details["sha256"]) == (award.code, award.badge.sha256)


@pytest.mark.parametrize("people", [1, 3])
def test_making_them_takes_the_same_queries_however_many(people: int) -> None:
    issued(people=people)
    Badge.objects.all().delete()
    ask_for_badges()
    with CaptureQueriesContext(connection) as seen:
        jobs.run_pending()
    assert Badge.objects.count() == people
    assert len(seen) == 30


def test_only_the_administrator_of_all_changes_the_key() -> None:
    with pytest.raises(NotAllowed):
        rotate_badge_key(actor=make_actor(Role.ORGANISER, make_agency()))
    assert keystore.public_keys(PURPOSE) == {}


def test_a_badge_whose_copy_here_was_erased_still_holds_by_its_hash_alone() -> None:
    award = issued()[0]
    content = bytes(award.badge.content)
    Badge.objects.update(content=b"")
    assert check_badge(content).holds
    client = client_of(make_user(Role.ORGANISER, award.organisation))
    assert client.get(f"/sertifikat/{award.code}/lencana/json").status_code == 404


def test_the_doctor_tells_of_a_changed_badge_and_of_one_that_never_came() -> None:
    first, second = issued(people=2)
    assert (awards_without_badge(), changed_badges()) == ([], [])
    Badge.objects.filter(award=first).update(content=b"{}")
    Badge.objects.filter(award=second).delete()
    assert changed_badges() == [f"credentials: the badge of award {first.code} is not what was signed"]
    assert awards_without_badge() == []  # its job may still be waiting
    with clock.frozen_at(clock.now() + timedelta(days=3)):
        assert awards_without_badge() == [f"credentials: award {second.code} has no badge"]
