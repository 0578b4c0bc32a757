"""Acts on partners: the register of an agency, and who of it is asked, joins and gives for an edition."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.events import rules
from enggang.events.domain.standing import keep_open, rewrite, stand_since
from enggang.events.enums import PARTNERSHIP_MOVES, PartnershipState
from enggang.events.models import Edition, Partner, Partnership, PartnershipStep
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject

MOST_PARTNERS = 500  # of one edition


@act("events.open_partner")
def open_partner(*, organisation: Organisation, name: str, actor: Actor, **facts: Any) -> Partner:
    """Enter a partner in the register of an agency. Raises Conflict when it has one of this name."""
    require(rules.may_manage(actor, organisation))
    partner = Partner(organisation=organisation, name=name, **facts)
    _tidy(partner)
    partner.subject = Partner.new_subject(organisation.code)
    _save(partner)
    record(kind=str(partner.kind))
    return partner


@act("events.change_partner")
def change_partner(*, partner: Partner, version: int, actor: Actor, **facts: Any) -> Partner:
    require(rules.may_manage(actor, partner.organisation))
    _tidy(rewrite(partner, version, facts))
    _save(partner)
    record(kind=str(partner.kind))
    return partner


@act("events.retire_partner")
def retire_partner(*, partner: Partner, actor: Actor) -> Partner:
    """Nobody is offered them any more; what was agreed stays on record."""
    require(rules.may_manage(actor, partner.organisation))
    return stand_since(partner, clock.today())


@act("events.restore_partner")
def restore_partner(*, partner: Partner, actor: Actor) -> Partner:
    require(rules.may_manage(actor, partner.organisation))
    return stand_since(partner, None)


def _tidy(partner: Partner) -> None:
    partner.name = partner.name.strip()
    partner.fold_name()
    if not partner.name_key:
        raise Conflict(_("The name needs letters or digits."))
    partner.clean_fields(exclude=["subject"])


def _save(partner: Partner) -> None:
    with told(Partner):
        partner.save()
    index_subject(
        subject=partner.subject, title=partner.name, text=f"{partner.get_kind_display()} {partner.offers}",
        organisation_path=partner.organisation.path,
    )  # fmt: skip


@act("events.add_partnership")
def add_partnership(*, edition: Edition, partner: Partner, actor: Actor, **facts: Any) -> Partnership:
    """Put a partner on the list of an edition, to be asked. ``facts``: asked_for, person, note."""
    require(rules.may_manage(actor, edition.organisation))
    require(rules.may_manage(actor, partner.organisation))
    keep_open(edition)
    if partner.retired_on:
        raise Conflict(_("This partner is retired. Restore them in the register first."))
    if edition.partnerships.count() >= MOST_PARTNERS:
        raise Conflict(_("An edition has at most %(most)s partners.") % {"most": MOST_PARTNERS})
    row = Partnership(edition=edition, partner=partner, **facts)
    row.clean_fields()
    with told(Partnership):
        row.save()
    record_subject(edition.subject)
    record(partner=partner.code)
    return row


@act("events.change_partnership")
def change_partnership(*, partnership: Partnership, version: int, actor: Actor, **facts: Any) -> Partnership:
    """Change what is asked, promised or given, and its worth."""
    require(rules.may_manage(actor, partnership.edition.organisation))
    keep_open(partnership.edition)
    keep_version(partnership, version)
    for name, value in facts.items():
        setattr(partnership, name, value)
    partnership.clean_fields()
    with told(Partnership):
        partnership.save()
    record_subject(partnership.edition.subject)
    record(partner=partnership.partner.code, value=partnership.value)
    return partnership


@act("events.move_partnership")
def move_partnership(*, partnership: Partnership, to: str, on: date, actor: Actor, note: str = "") -> Partnership:
    """To the next state, or back. Joined and given say what is given; declined may say why."""
    require(rules.may_manage(actor, partnership.edition.organisation))
    keep_open(partnership.edition)
    was = PartnershipState(partnership.state)
    if to not in PartnershipState.values or PartnershipState(to) not in PARTNERSHIP_MOVES[was]:
        raise Conflict(_("The partner is in another state now. Reload the page."))
    if on > clock.today(partnership.edition.time_zone):
        raise Conflict(_("This day has not come yet."))
    if to == PartnershipState.GIVEN and not (partnership.gift and partnership.gives):
        raise Conflict(_("Write first what they gave, and in which form."))
    step = PartnershipStep(
        partnership=partnership, was=was, now=to, on=on, note=note.strip(), noted_at=clock.now(),
        noted_by_key=actor.key,
    )  # fmt: skip
    step.clean_fields()
    move(partnership, to, moves={was: PARTNERSHIP_MOVES[was]})
    step.save()
    record_subject(partnership.edition.subject)
    record(partner=partnership.partner.code, was=str(was), now=str(to))
    return partnership


@act("events.drop_partnership")
def drop_partnership(*, partnership: Partnership, actor: Actor) -> Edition:
    """Take a partner off the list whom nobody has asked yet; afterwards what they said is kept."""
    require(rules.may_manage(actor, partnership.edition.organisation))
    keep_open(partnership.edition)
    if partnership.state != PartnershipState.LISTED or partnership.steps.exists():
        raise Conflict(_("They were asked already: note what they answered instead."))
    record(partner=partnership.partner.code)
    edition = partnership.edition
    partnership.delete()
    return edition


def copy_partners(edition: Edition, clone: Edition) -> int:
    """Inside the act of cloning: whoever came along last year is to be asked again; what they gave stays with that year."""
    rows = edition.partnerships.with_us().filter(partner__retired_on=None)
    made = [Partnership(edition=clone, partner_id=row.partner_id, asked_for=row.asked_for) for row in rows]
    return len(Partnership.objects.bulk_create(made))
