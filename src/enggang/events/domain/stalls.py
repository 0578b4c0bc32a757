"""Acts on those who want a stall: they apply, correct, withdraw; staff decide, and every decision can be taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import folded
from enggang.events import rules
from enggang.events.domain.businesses import join_register, note_nib
from enggang.events.domain.stall_links import open_stall_link, say
from enggang.events.domain.standing import keep_open
from enggang.events.enums_stalls import APPLICATION_MOVES, ApplicationState
from enggang.events.models import Plot, StallApplication, StallCall
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.people.phones import normalise_phone
from enggang.seats.domain.claims import claim_seats, release_claim
from enggang.seats.models import Claim, Pool

LARGEST = 5 * 1024 * 1024  # bytes of a picture
MOST_APPLICATIONS = 5_000  # of one call


@dataclass(frozen=True, slots=True)
class Applied:
    """``token`` of the vendor's private address; empty when somebody else sent this number or NIB before."""

    application: StallApplication
    token: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    name: str


def hashed_once(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest() if secret else ""


@act("events.apply_for_stall")
def apply_for_stall(
    *, call: StallCall, actor: Actor, once: str = "", picture: Picture | None = None, by_staff: bool = False,
    **facts: Any,
) -> Applied:  # fmt: skip
    """Take an application in. The same phone or NIB is not taken twice: the answer is the one that stands, with its
    private address only for whoever sends the very form (``once``) that it came by."""
    _check_taken(call, actor, by_staff)
    row = StallApplication(call=call, by_staff=by_staff, applied_at=clock.now(), once=hashed_once(once), **facts)
    tidy(row)
    record_subject(call.subject)
    found = find_same(row)
    if found is None:
        found = _save_new(row, call, picture, actor)
    if found is not row:
        record(again=found.pk)
        own = bool(row.once) and found.once == row.once
        return Applied(found, open_stall_link(found, actor) if own else "", is_new=False)
    record(stall=row.code, by_staff=by_staff)
    return Applied(row, open_stall_link(row, actor), is_new=True)


def _check_taken(call: StallCall, actor: Actor, by_staff: bool) -> None:
    keep_open(call.edition)
    if by_staff:
        require(rules.may_manage(actor, call.edition.organisation))
    elif not call.is_open_at(clock.now()):
        raise Conflict(_("Applications are not taken now."))
    if call.applications.count() >= MOST_APPLICATIONS:
        raise Conflict(_("The call has as many applications as it can hold. Ask the committee."))


def tidy(row: StallApplication) -> None:
    """Everything in the form it is compared in; raises with what is wrong."""
    row.name, row.owner, row.sells = (" ".join(text.split()) for text in (row.name, row.owner, row.sells))
    row.name_key = folded(row.name)[:200]
    if not row.name_key:
        raise Conflict(_("The name needs letters or digits."))
    phone = normalise_phone(row.phone)
    if not phone:
        raise Conflict(_("This is no telephone number. Write it as 0812-3456-7890."))
    row.phone = phone
    row.nib = "".join(char for char in row.nib if char not in " .-")
    row.clean_fields(exclude=["subject", "call"])


def find_same(row: StallApplication) -> StallApplication | None:
    """The application of this call that stands with the same phone or NIB."""
    same = Q(phone=row.phone) | (Q(nib=row.nib) & ~Q(nib=""))
    rows = StallApplication.objects.filter(same, call=row.call).exclude(state=ApplicationState.WITHDRAWN)
    return rows.exclude(pk=row.pk).select_related("subject").first()


def _save_new(row: StallApplication, call: StallCall, picture: Picture | None, actor: Actor) -> StallApplication:
    row.subject = StallApplication.new_subject(call.edition.organisation.code)
    if picture is not None:
        row.picture = _stored(picture, call, actor)
    try:
        with told(StallApplication):
            row.save()
    except Conflict:  # the same form, or the same phone, a moment earlier
        found = find_same(row)
        if found is None:
            raise
        return found
    return row


def _stored(picture: Picture, call: StallCall, actor: Actor) -> StoredFile:
    found = read_paper(picture.content, picture.name, largest=LARGEST)
    if not found.media_type.startswith("image/"):
        raise Conflict(_("This is no picture. Send a JPEG or PNG."))
    return store_file(
        content=picture.content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=call.edition.organisation, actor=actor,
    )  # fmt: skip


@act("events.change_application")
def change_application(
    *, application: StallApplication, version: int, actor: Actor, picture: Picture | None = None, **facts: Any
) -> StallApplication:
    """Correct it: the vendor by their private address as long as it stands, staff at any time."""
    call = application.call
    require(rules.may_speak_for_stall(actor, application))
    keep_open(call.edition)
    if not application.is_standing and not rules.may_manage(actor, call.edition.organisation):
        raise Conflict(_("This application does not stand any more. Apply again."))
    keep_version(application, version)
    for name, value in facts.items():
        setattr(application, name, value)
    tidy(application)
    if picture is not None:
        application.picture = _stored(picture, call, actor)
    with told(StallApplication):
        application.save()
    note_nib(application)
    record(changed=sorted(facts))
    return application


@act("events.withdraw_application")
def withdraw_application(*, application: StallApplication, actor: Actor, reason: str = "") -> StallApplication:
    """The vendor does not come. A stall that was given becomes free; staff can take the application in again."""
    require(rules.may_speak_for_stall(actor, application))
    return _moved(application, ApplicationState.WITHDRAWN, reason, actor, news="")


@act("events.decide_stall")
def decide_stall(*, application: StallApplication, to: str, actor: Actor, reason: str = "") -> StallApplication:
    """Accept, put on the waiting list, decline with a reason, or take any of these back (``new``). The vendor is told
    by e-mail where there is one, else staff are asked to tell them. Raises Conflict when every stall is given."""
    require(rules.may_manage(actor, application.call.edition.organisation))
    if to not in ApplicationState.values or to == ApplicationState.WITHDRAWN:
        raise Conflict(_("There is no such decision."))
    if to == ApplicationState.DECLINED and not reason.strip():
        raise Conflict(_("Give the reason: the vendor reads it."))
    untold = bool(application.news)
    withdrawn = application.state == ApplicationState.WITHDRAWN
    _moved(application, ApplicationState(to), reason, actor, news="")
    if to == ApplicationState.NEW and (untold or withdrawn):
        return application  # nothing was said that has to be taken back
    say(application, to, actor)
    return application


def _moved(
    application: StallApplication, to: ApplicationState, reason: str, actor: Actor, *, news: str
) -> StallApplication:
    keep_open(application.call.edition)
    StallApplication.objects.select_for_update().get(pk=application.pk)  # no plot is given meanwhile
    was = ApplicationState(application.state)
    if to not in APPLICATION_MOVES[was]:
        raise Conflict(_("“%(name)s” is in another state now. Reload the page.") % {"name": application})
    also: dict[str, Any] = {"reason": reason.strip()[:300], "news": news}
    if to == ApplicationState.NEW and find_same(application) is not None:
        raise Conflict(_("The same phone number or NIB has applied again meanwhile: decide about that one."))
    if was == ApplicationState.ACCEPTED:
        _give_back(application, actor)
        also["claim"] = None
    if to == ApplicationState.ACCEPTED:
        also |= {"claim": _take_stall(application, actor), "business": join_register(application, actor)}
    move(application, to, moves={was: APPLICATION_MOVES[was]}, **also)
    record_subject(application.subject)
    record(was=str(was), now=str(to))
    return application


def _take_stall(application: StallApplication, actor: Actor) -> Claim:
    offer = application.call.offer
    pools = list(Pool.objects.filter(offer=offer))
    try:
        return claim_seats(
            offer=offer, holder=application.subject, pools=pools, actor=actor, outside_window=True, may_wait=False
        )
    except Conflict as full:
        text = _(
            "All %(n)s stalls are given, so “%(name)s” was not accepted. Put it on the waiting list, or add stalls."
        )
        raise Conflict(text % {"n": application.call.stalls, "name": application}) from full


def _give_back(application: StallApplication, actor: Actor) -> None:
    """A stall that has a history keeps it: what was signed or reported is taken out first."""
    contract = getattr(application, "contract", None)
    if contract is not None and contract.number:
        raise Conflict(_("“%(name)s” has a contract. Take its number out first.") % {"name": application})
    if application.turnovers.exists():
        raise Conflict(_("“%(name)s” has reported turnover, so the stall stays theirs.") % {"name": application})
    Plot.objects.filter(application=application).update(application=None)
    if application.claim is not None:
        release_claim(claim=application.claim, actor=actor)
