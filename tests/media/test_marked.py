"""What is published goes out with its credit in every file, in cuts for the channels."""

from __future__ import annotations

import pytest

from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.media.domain.publishing import publish_asset
from enggang.media.models import Asset
from enggang.media.queries.kit import kit_for
from tests.media.factories import make_asset
from tests.media.rights import accepted, fresh, in_order
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


def test_publishing_makes_credited_cuts_and_the_kit_takes_them() -> None:
    agency = make_agency()
    asset = make_asset(agency, SYSTEM, width=1400, height=1000)
    publish_asset(asset=accepted(in_order(asset)), actor=SYSTEM)
    jobs.run_pending()
    found = fresh(Asset.objects.get())
    kit = {each.key: each for each in kit_for(found)}
    assert kit["instagram"].fits
    assert kit["story"].fits
    row = found.renditions.get(kind="medium", format="avif")
    with row.content.open("rb") as handle:
        assert b"Ibu Contoh" in handle.read()
