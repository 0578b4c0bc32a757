"""Stating the rights of a work, in the order in which they are asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.states import keep_version
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.media import rules
from enggang.media.domain.publishing import mark, settle_gate
from enggang.media.enums import AssetState
from enggang.media.enums_rights import WITHOUT_CREDIT, Licence, People
from enggang.media.models import Asset, RightsStatement
from enggang.media.queries.gate import rights_of


@act("media.state_rights")
def state_rights(*, asset: Asset, actor: Actor, version: int | None = None, **facts: Any) -> Asset:
    """Set any of own_work, people, licence, holder, credit, terms, valid_from and valid_to; what is not given stays.

    ``proof`` is (content, name) of the paper behind an agreement. ``version`` is that of the statement that was
    edited: Conflict when somebody saved a newer one. Where a published work may no longer be shown, it is shut at once.
    """
    require(rules.may_describe(actor, asset))
    proof = facts.pop("proof", None)
    row = _to_be_written(asset, version)
    for name, value in facts.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    _complete(row, asset)
    row.stated_at, row.stated_by_key = clock.now(), actor.key
    row.clean_fields(exclude=["asset", "proof"])
    row.validate_constraints()
    if proof:
        row.proof = _kept(asset, *proof, actor=actor)
    row.save()
    asset.rights = row
    shut = settle_gate(asset=asset, actor=actor)
    if asset.state == AssetState.PUBLISHED and not shut:
        mark(asset)  # the credit in the files that lie there is the former one
    record(licence=row.licence, people=row.people, proof=row.proof_id is not None)
    return asset


def _to_be_written(asset: Asset, version: int | None) -> RightsStatement:
    row = rights_of(asset)
    if row is None:
        Asset.objects.select_for_update().get(pk=asset.pk)  # two first statements do not meet
        row = RightsStatement.objects.filter(asset=asset).first()
    if row is None:
        return RightsStatement(asset=asset)
    if version is not None:
        keep_version(row, version)
    return row


def _complete(row: RightsStatement, asset: Asset) -> None:
    """Of own work the maker is the holder; a licence that asks for a credit line is given one."""
    if row.own_work and not row.holder:
        row.holder = asset.shown_author[:160]
    if row.licence and row.licence not in WITHOUT_CREDIT and not row.credit:
        row.credit = credit_for(row.holder or asset.shown_author, asset.organisation.short_name)
    if row.licence not in {"", *Licence.values} or row.people not in {"", *People.values}:
        raise Conflict(_("Choose one of the answers."))


def credit_for(author: str, agency: str) -> str:
    return " / ".join(part for part in (author.strip(), agency.strip()) if part)[:160]


def _kept(asset: Asset, content: bytes, name: str, *, actor: Actor) -> StoredFile:
    paper = read_paper(content, name)
    return store_file(
        content=content, name=paper.name, purpose=Purpose.EVIDENCE, organisation=asset.organisation, actor=actor,
        media_type=paper.media_type,
    )  # fmt: skip


@act("media.licence_together")
def licence_together(
    *, assets: list[Asset], licence: str, holder: str, credit: str, actor: Actor, valid_to: date | None = None
) -> list[Asset]:
    """The same licence for several works; each is told in the trail by its own act."""
    for asset in assets:
        state_rights(
            asset=asset, licence=licence, holder=holder, credit=credit, valid_to=valid_to, actor=actor
        )  # fmt: skip
    record(count=len(assets))
    return assets
