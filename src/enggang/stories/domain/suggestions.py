"""What whoever proposes does, without an account: send it in, confirm it, withdraw it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.notices.domain.messages import Recipient, send
from enggang.people.phones import normalise_phone
from enggang.places.models import Organisation
from enggang.stories.enums_suggestions import SUGGESTION_MOVES, ConfirmedBy, SuggestionState
from enggang.stories.models import Suggestion
from enggang.stories.queries.suggestions import desk_for

LINK_DAYS = 60
LARGEST = 5 * 1024 * 1024  # bytes of a photo
OF_ONE_PHONE, UNCONFIRMED = 5, 500  # proposals that stand at once
CALL_CODE = 6  # characters


@dataclass(frozen=True, slots=True)
class Sent:
    """``token`` of the proposer's own page and ``call_code`` to be said on the telephone: both empty when somebody else
    sent the same before."""

    suggestion: Suggestion
    token: str = ""
    call_code: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    name: str


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest() if secret else ""


@act("stories.send_suggestion")
def send_suggestion(*, actor: Actor, once: str = "", picture: Picture | None = None, **facts: Any) -> Sent:
    """Take in a proposal. With an e-mail address a link to confirm it is sent there; without one the office calls and
    asks for the code. Raises Conflict when no desk takes it or too much of it stands already."""
    row = Suggestion(once=hashed(once), sent_at=clock.now(), **facts)
    _tidy(row)
    desk = desk_for(row.region)
    if desk is None:
        raise Conflict(_("Proposals are not taken for this regency at the moment."))
    row.organisation = desk.organisation
    record_subject(row.organisation.subject)
    if known := _known(row):
        record(again=known.pk)
        return Sent(known, _open(known, actor)) if row.once and known.once == row.once else Sent(known)
    _check_room(row)
    return _save_new(row, picture, actor)


def _tidy(row: Suggestion) -> None:
    for name, limit in (("name", 160), ("place", 200), ("when", 200), ("person", 120), ("group", 160)):
        setattr(row, name, one_line(getattr(row, name) or "", limit))
    row.description = row.description.replace("\x00", "").strip()
    row.fold_name()
    if not row.name_key:
        raise Conflict(_("The name needs letters or digits."))
    row.phone = normalise_phone(row.phone)
    if not row.phone:
        raise Conflict(_("This is no telephone number. Write it as 0812-3456-7890."))
    row.clean_fields(exclude=["subject", "organisation"])


def _known(row: Suggestion) -> Suggestion | None:
    """The same form sent again, or the same thing from the same telephone."""
    rows = Suggestion.objects.select_related("subject", "organisation")
    if row.once and (found := rows.filter(once=row.once).first()):
        return found
    same = rows.standing().filter(phone=row.phone, what=row.what, region=row.region_id, name_key=row.name_key)
    return same.first()


def _check_room(row: Suggestion) -> None:
    standing = Suggestion.objects.standing()
    if standing.filter(phone=row.phone).count() >= OF_ONE_PHONE:
        raise Conflict(_("Five proposals from this telephone number wait already. Wait for the answer to them."))
    unconfirmed = standing.filter(organisation=row.organisation, state=SuggestionState.SENT)
    if unconfirmed.count() >= UNCONFIRMED:
        raise Conflict(_("Too many proposals wait at the moment. Try again in a few days, or call the office."))


def _save_new(row: Suggestion, picture: Picture | None, actor: Actor) -> Sent:
    key, call = secrets.token_urlsafe(18) if row.email else "", codes.random_code(CALL_CODE)
    row.mail_key, row.call_code = hashed(key), hashed(call)
    if picture is not None:
        row.photo = _stored(picture, row.organisation, actor)
    row.subject = Suggestion.new_subject(row.organisation.code)
    with told(Suggestion):
        row.save()
    record_subject(row.subject)
    record(what=str(row.what), mail=bool(key))
    token = _open(row, actor)
    if key:
        _mail(row, actor, news="confirm", address=_address("suggestion_confirm", token, key))
    return Sent(row, token, call)


def _stored(picture: Picture, organisation: Organisation, actor: Actor) -> StoredFile:
    found = read_paper(picture.content, picture.name, largest=LARGEST)
    if not found.media_type.startswith("image/"):
        raise Conflict(_("This is no picture. Send a JPEG or PNG."))
    return store_file(
        content=picture.content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=organisation, actor=actor,
    )  # fmt: skip


def _open(row: Suggestion, actor: Actor) -> str:
    until = clock.now() + timedelta(days=LINK_DAYS)
    _link, token = open_link(
        scope=LinkScope.SUGGESTION, subject=row.subject, actor=actor, expires_at=until, handed_out=True
    )
    record_subject(row.subject)
    return token


def _address(page: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(f"stories:{page}", args=args)


def _mail(row: Suggestion, actor: Actor, *, news: str, address: str) -> None:
    to = Recipient(address=row.email, language=row.language, name=row.person)
    context = {"row": row, "news": news, "address": address}
    send(to=to, template="stories/messages/suggestion", context=context, actor=actor, subject=row.subject)


def tell_proposer(row: Suggestion, actor: Actor) -> None:
    """Inside the act that decides: by e-mail where there is one; else staff have to call, and say when they have."""
    if not row.email:
        return
    _mail(row, actor, news=str(row.state), address=_address("suggestion_own", _open(row, actor)))
    row.told_at = clock.now()
    row.save(update_fields=["told_at"])


@act("stories.confirm_suggestion")
def confirm_suggestion(*, suggestion: Suggestion, key: str, actor: Actor) -> Suggestion:
    """By the link in the mail. Twice is once; another link, or another secret, confirms nothing."""
    require(_owns(actor, suggestion))
    if not suggestion.mail_key or not hmac.compare_digest(suggestion.mail_key, hashed(key)):
        raise Conflict(_("This address confirms nothing. Open the newest mail, and the whole of its address."))
    if suggestion.state == SuggestionState.CONFIRMED:
        return suggestion
    return confirmed(suggestion, ConfirmedBy.MAIL)


def confirmed(suggestion: Suggestion, how: ConfirmedBy) -> Suggestion:
    """Inside an act that has asked."""
    move(suggestion, SuggestionState.CONFIRMED, moves=SUGGESTION_MOVES, confirmed_at=clock.now(), confirmed_by=str(how))
    record(how=str(how))
    return suggestion


@act("stories.withdraw_suggestion")
def withdraw_suggestion(*, suggestion: Suggestion, actor: Actor) -> Suggestion:
    """By whoever proposed it, as long as nothing is decided. What is personal goes the next night."""
    require(_owns(actor, suggestion))
    move(suggestion, SuggestionState.WITHDRAWN, moves=SUGGESTION_MOVES)
    return suggestion


def _owns(actor: Actor, suggestion: Suggestion) -> bool:
    return actor.may_by_link(LinkScope.SUGGESTION, suggestion.subject.code)
