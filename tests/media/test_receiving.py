"""Works judged good in a training arrive with their authors' licence, and go when an author takes that back."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from enggang.core import jobs
from enggang.core.actor import SYSTEM, Actor
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.publishing import publish_asset
from enggang.media.domain.rights import state_rights
from enggang.media.enums import AssetState
from enggang.media.models import Asset, RightsStatement
from enggang.training.domain.works import agree_to_work, register_work, restore_work, withdraw_work
from enggang.training.models import HandIn, Licence, Registration, Work
from tests.media.factories import photo
from tests.media.rights import accepted, fresh
from tests.training.test_coursework import deliver, judged, world

pytestmark = pytest.mark.django_db


def registered(licence: str = "cc-by-sa-4.0", content: bytes = b"") -> tuple[Work, Registration, Actor]:
    call_command("load_training")
    assignment, registration, actor = world()
    row = judged(deliver(assignment, registration, actor, content or photo()).hand_in, 100)
    chosen = Licence.objects.get(key=licence)
    return (
        register_work(hand_in=HandIn.objects.get(pk=row.pk), title="Pasar terapung", licence=chosen, actor=SYSTEM),
        registration,
        actor,
    )


def agrees(work: Work, registration: Registration, actor: Actor, agrees: bool = True) -> None:
    agree_to_work(work=work, registration=registration, agrees=agrees, actor=actor)
    jobs.run_pending()


def test_it_arrives_as_a_draft_with_author_licence_and_event() -> None:
    work, registration, actor = registered()
    jobs.run_pending()
    assert not Asset.objects.exists()
    agrees(work, registration, actor)
    asset = Asset.objects.select_related("rights", "author").get()
    assert (asset.title, asset.state, asset.author) == ("Pasar terapung", AssetState.DRAFT, registration.person)
    assert asset.about == registration.wave.subject
    assert (asset.rights.licence, asset.rights.holder) == ("cc-by-sa-4.0", registration.person.name)
    jobs.run_pending()
    assert Asset.objects.count() == 1


def test_what_an_author_takes_back_is_shut_at_once_and_comes_back_with_the_agreement() -> None:
    work, registration, actor = registered()
    agrees(work, registration, actor)
    asset = fresh(Asset.objects.get())
    state_rights(asset=asset, people="nobody", actor=SYSTEM)
    asset = fresh(asset)
    describe_asset(asset=asset, version=asset.version, alt_id="Pasar", actor=SYSTEM)
    asset = accepted(fresh(asset))
    publish_asset(asset=asset, actor=SYSTEM)
    agrees(work, registration, actor, False)
    found = fresh(asset)
    assert (found.state, found.release.reasons) == (AssetState.ACCEPTED, ["no_rights"])
    agrees(work, registration, actor)
    assert publish_asset(asset=fresh(asset), actor=SYSTEM).state == AssetState.PUBLISHED
    withdraw_work(work=Work.objects.get(), actor=SYSTEM)
    assert fresh(asset).state == AssetState.ACCEPTED
    restore_work(work=Work.objects.get(), actor=SYSTEM)
    jobs.run_pending()
    assert RightsStatement.objects.get().licence == "cc-by-sa-4.0"
    assert Asset.objects.count() == 1


def test_for_the_agency_alone_all_rights_are_reserved() -> None:
    work, registration, actor = registered("agency-only")
    agrees(work, registration, actor)
    assert RightsStatement.objects.get().licence == "reserved"


def test_what_is_no_picture_is_not_taken_and_stops_nobody() -> None:
    work, registration, actor = registered(content=b"\xff\xd8\xff\xe0 foto")
    agrees(work, registration, actor)
    assert list(Work.objects.agreed()) == [work]
    assert not Asset.objects.exists()
