"""What a person types to sign in. An NIP comes from the staff roster; an e-mail address only from its own mailbox."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enggang.accounts.domain.accounts import subject_of
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.accounts.models.handle import normalise_handle
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.notices.domain.messages import Recipient, queue_email, send

CONFIRM_FOR = timedelta(days=1)
_SALT = "enggang.accounts.email"


@act("accounts.set_nip_handle")
def set_nip_handle(*, user: User, nip: str, actor: Actor) -> Handle | None:
    """Make ``nip`` the one NIP this account signs in with; an earlier one stops working. Empty: none.

    Raises Conflict when another account signs in with it. The caller's act has asked its own rule.
    """
    value = normalise_handle(nip)
    record_subject(subject_of(user))
    rows = Handle.objects.filter(user=user, kind=HandleKind.NIP)
    record(removed=rows.exclude(value=value).delete()[0])
    if not value:
        return None
    with told(Handle):
        handle, _made = rows.get_or_create(
            value=value, defaults={"user": user, "kind": HandleKind.NIP, "verified_at": clock.now()}
        )
    return handle


@act("accounts.ask_email")
def ask_email(*, user: User, address: str, actor: Actor) -> str:
    """Send a confirmation link to ``address``; nothing changes before it is opened there. Answers the address.

    What is answered is the same whether or not another account has the address already.
    """
    require(actor.user_id == user.pk)
    address = _clean_address(address)
    record_subject(subject_of(user))
    with translation.override(user.language):
        queue_email(
            address=address,
            title=_("Confirm your e-mail address"),
            text=_confirmation_text(user, email_token(user, address)),
            language=user.language,
            actor=actor,
        )
    return address


@act("accounts.confirm_email")
def confirm_email(*, token: str, actor: Actor) -> Handle:
    """Make the address in a confirmation link a sign-in handle of its account; opening it twice is no error."""
    user, address = read_email_token(token)
    record_subject(subject_of(user))
    with told(Handle):
        handle, made = Handle.objects.get_or_create(
            user=user, kind=HandleKind.EMAIL, value=address, defaults={"verified_at": clock.now()}
        )
    if made:
        _tell_owner(user, address, actor)
    User.objects.filter(pk=user.pk).update(email=address)
    return handle


def _tell_owner(user: User, address: str, actor: Actor) -> None:
    """In the inbox and at the address so far: a way in that somebody else has added must not go unnoticed."""
    to = Recipient.of(user)
    send(to=to, template="accounts/messages/address_added", context={"address": address}, actor=actor)


@act("accounts.remove_email")
def remove_email(*, handle: Handle, actor: Actor) -> User:
    """Take an e-mail address off one's account; messages go to another confirmed one, or nowhere."""
    require(actor.user_id == handle.user_id)
    if handle.kind != HandleKind.EMAIL:
        raise Conflict(_("An NIP is changed in the staff list, not here."))
    user = handle.user
    record_subject(subject_of(user))
    handle.delete()
    if user.email == handle.value:
        other = Handle.objects.filter(user=user, kind=HandleKind.EMAIL).order_by("pk").first()
        User.objects.filter(pk=user.pk).update(email=other.value if other else "")
    return user


def email_token(user: User, address: str) -> str:
    """Good until the account's sessions are ended: whoever asked for it may have been thrown out since."""
    return signing.dumps([user.pk, user.session_epoch, address], salt=_SALT, compress=False)


def read_email_token(token: str) -> tuple[User, str]:
    """The account and address of a confirmation link. Raises Refused when it is forged, old, or its account is gone."""
    try:
        user_id, epoch, address = signing.loads(token, salt=_SALT, max_age=CONFIRM_FOR)
    except (signing.BadSignature, ValueError):
        raise Refused(_("This link is incomplete or too old. Ask for a new one on your account page.")) from None
    user = User.objects.filter(pk=user_id, session_epoch=epoch, is_active=True).first()
    if user is None:
        raise Refused(_("This link is incomplete or too old. Ask for a new one on your account page."))
    return user, str(address)


def _clean_address(text: str) -> str:
    address = normalise_handle(text)
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("This is not an e-mail address.")) from None
    if len(address) > 254:
        raise Refused(_("This is not an e-mail address."))
    return address


def _confirmation_text(user: User, token: str) -> str:
    link = f"{settings.PUBLIC_URL}{reverse('accounts:confirm_email', args=[token])}"
    return _(
        "The account of {name} wants to sign in with this address and receive messages here.\n\n"
        "If that is you, open this link within a day and confirm:\n{link}\n\n"
        "If not, do nothing: the address stays unused."
    ).format(name=user.name, link=link)
