"""Consents of people who can be recognised: kept, put beside works, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.media import rules
from enggang.media.domain.publishing import settle_gate
from enggang.media.models import Asset, Consent, Likeness
from enggang.places.models import Organisation

LINK_YEARS = 5
MOST_PEOPLE = 60


@act("media.keep_consent")
def keep_consent(
    *, organisation: Organisation, person: str, scopes: Iterable[str], given_on: date, actor: Actor,
    consent: Consent | None = None, version: int | None = None, contact: str = "", is_minor: bool = False,
    guardian: str = "", guardian_is: str = "", expires_on: date | None = None,
    evidence: tuple[bytes, str] | None = None,
) -> Consent:  # fmt: skip
    """Put a person's consent on record, or correct it. Works that it no longer covers are shut at once."""
    require(rules.may_contribute(actor, organisation))
    if consent is not None:
        require(rules.may_keep_consent(actor, consent))
        if consent.is_withdrawn:
            raise Conflict(_("This consent was withdrawn. A new one is a new record."))
        if version is not None:
            keep_version(consent, version)
    row = consent or Consent(organisation=organisation, kept_at=clock.now(), kept_by_key=actor.key)
    row.person, row.contact, row.given_on, row.expires_on = person.strip(), contact.strip(), given_on, expires_on
    row.scopes = "".join(f" {each}" for each in dict.fromkeys(scopes)) + " "
    row.is_minor, row.guardian, row.guardian_is = is_minor, guardian.strip(), guardian_is.strip()
    row.clean_fields(exclude=["subject", "evidence"])
    row.clean()
    if evidence:
        row.evidence = _kept(organisation, *evidence, actor=actor)
    if consent is None:
        row.subject = Consent.new_subject(organisation.code)
    row.save()
    record(scopes=sorted(row.scope_set), minor=is_minor, evidence=row.evidence_id is not None)
    _settle(row, actor)
    return row


def _kept(organisation: Organisation, content: bytes, name: str, *, actor: Actor) -> StoredFile:
    paper = read_paper(content, name)
    return store_file(
        content=content, name=paper.name, purpose=Purpose.EVIDENCE, organisation=organisation, actor=actor,
        media_type=paper.media_type,
    )  # fmt: skip


def _settle(consent: Consent, actor: Actor) -> int:
    """Shut every published work of the person that may no longer be shown; how many."""
    rows = Asset.objects.filter(likenesses__consent=consent).select_related("subject").order_by("pk")
    return sum(settle_gate(asset=each, actor=actor) for each in rows)


@act("media.add_likeness")
def add_likeness(*, asset: Asset, consent: Consent, actor: Actor, where: str = "") -> Asset:
    """Say that the person of a consent can be recognised in a work."""
    require(rules.may_describe(actor, asset) and rules.may_keep_consent(actor, consent))
    if consent.organisation_id != asset.organisation_id:
        raise Conflict(_("This consent was given to another agency."))
    if asset.likenesses.count() >= MOST_PEOPLE:
        raise Conflict(_("A work names at most %(most)s people.") % {"most": MOST_PEOPLE})
    row = Likeness(asset=asset, consent=consent, where=where.strip()[:120])
    with told(Likeness):
        row.save()
    settle_gate(asset=asset, actor=actor)
    record(consent=consent.code)
    return asset


@act("media.drop_likeness")
def drop_likeness(*, asset: Asset, likeness_id: int, actor: Actor) -> Asset:
    """Take a person from a work again: the wrong one was chosen. Not after a withdrawal, which must stay visible."""
    require(rules.may_describe(actor, asset))
    row = asset.likenesses.select_related("consent").filter(pk=likeness_id).first()
    if row is None:
        raise Conflict(_("This was done already."))
    if row.consent.is_withdrawn:
        raise Conflict(_("This person withdrew their consent, so the work stays shut as long as they are in it."))
    row.delete()
    settle_gate(asset=asset, actor=actor)
    return asset


@act("media.withdraw_consent")
def withdraw_consent(
    *, consent: Consent, actor: Actor, note: str = "", evidence: tuple[bytes, str] | None = None
) -> Consent:
    """The person no longer wants to be shown: every work of theirs is shut in the same moment. It cannot be undone."""
    require(rules.may_keep_consent(actor, consent) or consent.is_holders(actor))
    facts = {"withdrawn_at": clock.now(), "withdrawn_by_key": actor.key, "withdrawal_note": note.strip()[:500]}
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(**facts):
        raise Conflict(_("This consent was withdrawn already."))
    consent.refresh_from_db()
    if evidence:
        consent.withdrawal_evidence = _kept(consent.organisation, *evidence, actor=actor)
        consent.save(update_fields=["withdrawal_evidence"])
    record_subject(consent.subject)
    record(shut=_settle(consent, actor), by_person=consent.is_holders(actor))
    return consent


@act("media.hand_out_consent")
def hand_out_consent(*, consent: Consent, actor: Actor) -> str:
    """A private address where the person reads and withdraws their consent; answers its token, shown once."""
    require(rules.may_keep_consent(actor, consent))
    revoke_links(scope=LinkScope.LIKENESS, subject=consent.subject, actor=actor)
    _link, token = open_link(
        scope=LinkScope.LIKENESS, subject=consent.subject, actor=actor, handed_out=True,
        expires_at=clock.now() + timedelta(days=365 * LINK_YEARS),
    )  # fmt: skip
    return token
