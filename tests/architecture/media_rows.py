"""A photo and a photographer's address, for the table of who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.media.domain.intakes import open_intake
from enggang.media.models import Twin
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.media.factories import bare_asset


def media_of(organisation: Organisation, person: Person) -> tuple[dict[str, Any], str]:
    """The rows of a side, and the token of the address."""
    asset = bare_asset(organisation, author=person)
    twin = Twin.objects.create(older=asset, newer=bare_asset(organisation, seed=1), distance=3)
    last_day = clock.today() + timedelta(days=5)
    intake, token = open_intake(organisation=organisation, author_name="Yohanes", last_day=last_day, actor=SYSTEM)
    return {"asset": asset.code, "intake": intake.code, "twin": twin.pk}, token
