"""A photo and a photographer's address, for the table of who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.media.domain.intakes import open_intake
from enggang.media.enums import AssetKind
from enggang.media.models import Asset, Caption, Delivery, Twin
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.media.factories import bare_asset


def media_of(organisation: Organisation, person: Person) -> tuple[dict[str, Any], str]:
    """The rows of a side, and the token of the address."""
    asset = bare_asset(organisation, author=person)
    twin = Twin.objects.create(older=asset, newer=bare_asset(organisation, seed=1), distance=3)
    last_day = clock.today() + timedelta(days=5)
    intake, token = open_intake(organisation=organisation, author_name="Yohanes", last_day=last_day, actor=SYSTEM)
    film = bare_asset(organisation, author=person, seed=2)
    Asset.objects.filter(pk=film.pk).update(kind=AssetKind.VIDEO, duration_ms=9000)
    film.renditions.create(kind="video", format="mp4", width=8, height=6, size=3, sha256="-", made_at=clock.now())
    Caption.objects.create(asset=film, language="id", text="WEBVTT\n", kept_at=clock.now(), kept_by_key="system")
    stuck = Delivery.objects.create(organisation=organisation, owner_key="system", name="a.jpg", at=clock.now())
    Job.objects.create(
        name="media.ingest_delivery", subject_code=stuck.code, arguments={"delivery_id": stuck.pk},
        state=JobState.POISONED, created_at=clock.now(),
    )  # fmt: skip
    rows = {"asset": asset.code, "intake": intake.code, "twin": twin.pk, "film": film.code, "stuck": stuck.code}
    return rows, token
