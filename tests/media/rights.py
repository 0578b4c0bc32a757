"""Works on their way through the gate, for tests."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.media.domain.consents import add_likeness, keep_consent
from enggang.media.domain.curation import decide_asset, start_review, submit_asset
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.publishing import publish_asset
from enggang.media.domain.rights import state_rights
from enggang.media.models import Asset, Consent, Rendition
from enggang.media.queries.gate import with_gate
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.media.factories import bare_asset, photo

FREE: dict[str, Any] = {"own_work": True, "people": "nobody", "licence": "cc-by-4.0", "holder": "Ibu Contoh"}


def fresh(asset: Asset) -> Asset:
    return with_gate(Asset.objects.with_names()).get(pk=asset.pk)


def work(
    organisation: Organisation, title: str = "Sampan", *, key: str = "system", author: Person | None = None
) -> Asset:
    """A draft of its own file, with a medium picture."""
    for other in Asset.objects.filter(organisation=organisation, sha256=hashlib.sha256(photo()).hexdigest()):
        Asset.objects.filter(pk=other.pk).update(sha256=other.code)
    asset = bare_asset(organisation, author=author, key=key)
    Asset.objects.filter(pk=asset.pk).update(
        title=title, name_key=title.lower(), sha256=asset.code
    )  # one file, many works
    small = asset.renditions.get()
    medium = Rendition(
        asset=asset, kind="medium", format="jpeg", width=1280, height=960, size=3, sha256="m", made_at=clock.now(),
        content=small.content.name,
    )  # fmt: skip
    medium.save()
    return fresh(asset)


def in_order(asset: Asset, **rights: Any) -> Asset:
    """Rights stated and described: only the review is missing."""
    state_rights(asset=asset, actor=SYSTEM, **{**FREE, **rights})
    asset = fresh(asset)
    describe_asset(asset=asset, version=asset.version, alt_id="Sampan di Kapuas", actor=SYSTEM)
    return fresh(asset)


def accepted(asset: Asset) -> Asset:
    submit_asset(asset=asset, actor=SYSTEM)
    start_review(assets=[fresh(asset)], actor=SYSTEM)
    decide_asset(asset=fresh(asset), accept=True, actor=SYSTEM)
    return fresh(asset)


def published(organisation: Organisation, title: str = "Sampan", **facts: Any) -> Asset:
    asset = accepted(in_order(work(organisation, title, **facts)))
    return fresh(publish_asset(asset=asset, actor=SYSTEM))


def consent_of(organisation: Organisation, person: str = "Ibu Contoh", **facts: Any) -> Consent:
    values: dict[str, Any] = {"scopes": ["web", "social"], "given_on": date(2026, 1, 1), **facts}
    return keep_consent(organisation=organisation, person=person, actor=SYSTEM, **values)


def shows(asset: Asset, consent: Consent) -> Asset:
    return fresh(add_likeness(asset=asset, consent=consent, actor=SYSTEM))
