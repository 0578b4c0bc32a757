"""A new user opens the library of the demonstration and finds every screen alive."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle
from enggang.core import clock
from enggang.core.actor import SYSTEM, load_user
from enggang.demo.library import PARTS, lay_down_library
from enggang.demo.pictures import PICTURES, as_jpeg
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Consent, Contest, Posting
from enggang.media.queries.curation import waiting_for
from enggang.media.queries.gate import shown
from enggang.places.domain.reference import load_reference
from enggang.places.models import Organisation
from tests.media.rights import published

pytestmark = pytest.mark.django_db


def test_works_wait_people_agreed_and_a_contest_is_open_and_one_is_won() -> None:
    load_reference(actor=SYSTEM)
    agency = Organisation.objects.get(key="kalbar/disporapar")
    content = as_jpeg(next(iter(PICTURES.values())).draw())
    for drawn in PICTURES.values():
        asset = published(agency, drawn.title)
        with asset.original.content.storage.open(asset.original.content.name, "wb") as handle:
            handle.write(content)
    for role in (Role.PARTICIPANT, Role.INSTRUCTOR, Role.GRADER):
        user = create_account(name=f"Contoh {role}", actor=SYSTEM)
        Handle.objects.create(user=user, kind=HandleKind.EMAIL, value=f"{role}@demo.enggang", verified_at=clock.now())
        if role == Role.GRADER:
            grant_role(user=user, role=role, organisation=agency, actor=SYSTEM)
    lay_down_library()
    states = Asset.objects.filter(title__in=[part.title for part in PARTS]).values_list("title", "state")
    assert dict(states) == {part.title: str(part.state) for part in PARTS}
    grader = Handle.objects.get(value=f"{Role.GRADER}@demo.enggang").user
    assert waiting_for(load_user(grader.pk)).count() >= 3
    assert shown(Asset.objects.filter(title=PARTS[0].title)).exists()
    assert Consent.objects.filter(is_minor=True).exclude(guardian="").exists()
    assert Consent.objects.exclude(withdrawn_at=None).count() == 1
    assert Consent.objects.filter(expires_on__lte=clock.today() + timedelta(days=20)).exists()
    assert set(Contest.objects.values_list("state", flat=True)) == {ContestState.OPEN, ContestState.ANNOUNCED}
    assert Contest.objects.get(state=ContestState.ANNOUNCED).entries.filter(rank=1).exists()
    assert Posting.objects.filter(reach__gt=1000).count() == 3
