"""Acts on the register of small businesses, which outlives every edition, and on the contracts of their stalls."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.events import rules
from enggang.events.domain.standing import keep_open, rewrite, stand_since
from enggang.events.models import Business, StallApplication, StallContract
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.people.phones import normalise_phone
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject

TAKEN_OVER = ("name", "owner", "phone", "email", "region", "category", "sells", "nib")
LARGEST = 10 * 1024 * 1024  # bytes


@act("events.open_business")
def open_business(*, organisation: Organisation, actor: Actor, **facts: Any) -> Business:
    """Enter a business in the register of an agency. Raises Conflict when its NIB is there already."""
    require(rules.may_manage(actor, organisation))
    business = Business(organisation=organisation, **facts)
    _tidy(business)
    business.subject = Business.new_subject(organisation.code)
    _save(business)
    record(nib=bool(business.nib))
    return business


@act("events.change_business")
def change_business(*, business: Business, version: int, actor: Actor, **facts: Any) -> Business:
    require(rules.may_manage(actor, business.organisation))
    _tidy(rewrite(business, version, facts))
    _save(business)
    record(nib=bool(business.nib), kbli=bool(business.kbli))
    return business


@act("events.retire_business")
def retire_business(*, business: Business, actor: Actor) -> Business:
    """Not to be asked any more; its history stays."""
    require(rules.may_manage(actor, business.organisation))
    return stand_since(business, clock.today())


@act("events.restore_business")
def restore_business(*, business: Business, actor: Actor) -> Business:
    require(rules.may_manage(actor, business.organisation))
    return stand_since(business, None)


def _tidy(business: Business) -> None:
    business.name = " ".join(business.name.split())
    business.fold_name()
    if not business.name_key:
        raise Conflict(_("The name needs letters or digits."))
    if business.phone:
        business.phone = normalise_phone(business.phone)
        if not business.phone:
            raise Conflict(_("This is no telephone number. Write it as 0812-3456-7890."))
    business.nib = "".join(char for char in business.nib if char not in " .-")
    business.clean_fields(exclude=["subject"])


def _save(business: Business) -> None:
    with told(Business):
        business.save()
    index_subject(
        subject=business.subject, title=business.name, text=business.sells,
        organisation_path=business.organisation.path,
    )  # fmt: skip


def join_register(application: StallApplication, actor: Actor) -> Business:
    """Inside the act that accepts: the business of this NIB, else of this phone and name, else a new one."""
    organisation = application.call.edition.organisation
    rows = Business.objects.filter(organisation=organisation).select_related("organisation", "subject")
    found = rows.filter(nib=application.nib).first() if application.nib else None
    same = rows.filter(phone=application.phone, name_key=application.name_key)
    found = found or next((each for each in same if not (each.nib and application.nib)), None)
    if found is None:
        facts = {name: getattr(application, name) for name in TAKEN_OVER}
        return open_business(organisation=organisation, actor=actor, **facts)
    missing = [name for name in TAKEN_OVER if not getattr(found, name) and getattr(application, name)]
    if missing:
        facts = {name: getattr(application, name) for name in missing}
        change_business(business=found, version=found.version, actor=actor, **facts)
    return found


def note_nib(application: StallApplication) -> None:
    """Inside the act that corrects an application: a NIB that came later also stands in the register."""
    business = application.business
    if business is None or business.nib or not application.nib:
        return
    with told(Business):
        Business.objects.filter(pk=business.pk, nib="").update(nib=application.nib)
    business.nib = application.nib


@act("events.keep_stall_contract")
def keep_stall_contract(*, application: StallApplication, version: int, actor: Actor, **facts: Any) -> StallContract:
    """What was agreed about an accepted stall, what was paid, how it was handed over. ``version`` 0: there is none yet."""
    _check(application, actor)
    contract = StallContract.objects.filter(application=application).first()
    if contract is None:
        contract = StallContract(application=application, fee=application.call.fee)
    else:
        keep_version(contract, version)
    for name, value in facts.items():
        setattr(contract, name, value)
    contract.clean_fields(exclude=["application"])
    with told(StallContract):
        contract.save()
    record_subject(application.subject)
    record(fee=contract.fee, paid=contract.paid, signed=contract.is_signed)
    return contract


def _check(application: StallApplication, actor: Actor) -> None:
    require(rules.may_manage(actor, application.call.edition.organisation))
    keep_open(application.call.edition)
    if not application.is_accepted:
        raise Conflict(_("Only an accepted vendor has a contract."))


@act("events.attach_stall_paper")
def attach_stall_paper(
    *, application: StallApplication, kind: str, content: bytes, filename: str, actor: Actor
) -> StallContract:
    """Keep the signed contract (``file``) or the handover (``handover_file``) in place of an earlier one."""
    _check(application, actor)
    found = read_paper(content, filename, largest=LARGEST)
    contract, _made = StallContract.objects.get_or_create(
        application=application, defaults={"fee": application.call.fee}
    )
    stored = store_file(
        content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=application.call.edition.organisation, actor=actor,
    )  # fmt: skip
    setattr(contract, "handover_file" if kind == "handover_file" else "file", stored)
    contract.save()
    record_subject(application.subject)
    record(kind=kind)
    return contract
