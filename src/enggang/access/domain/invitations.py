"""Invitations: a link with which a person sets the first password. For WhatsApp as a text, by e-mail as a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from enggang.access.domain.links import find_link, open_link, revoke_links, use_link
from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.access.queries.grants import grants_held
from enggang.access.rules import is_powerful, may_invite
from enggang.accounts.backends import find_user
from enggang.accounts.domain.accounts import subject_of
from enggang.accounts.domain.passwords import store_password
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed, act, record_subject, require
from enggang.notices.domain.messages import queue_email

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Shown once: the address to open, a text to forward by hand, and until when it holds."""

    url: str
    text: str
    expires_at: datetime
    mailed_to: str = ""


@act("access.invite_user")
def invite_user(*, user: User, actor: Actor) -> Invitation:
    """Make an invitation for an account over which the actor is administrator; an earlier one ends."""
    require(may_invite(actor, user.pk, grants_held(user)))
    return write_invitation(user=user, actor=actor)


def write_invitation(*, user: User, actor: Actor) -> Invitation:
    """The same for an act that has asked its own rule. Conflict when the account has nothing to sign in with."""
    if not user.is_active:
        raise Conflict(_("This account is blocked."))
    if not user.handles.exists():
        raise Conflict(_("This account has neither an NIP nor a confirmed e-mail address. Hand out a code instead."))
    subject = subject_of(user)
    revoke_links(scope=LinkScope.INVITATION, subject=subject, actor=actor)
    expires_at = clock.now() + LIFETIME
    _link, token = open_link(scope=LinkScope.INVITATION, subject=subject, actor=actor, expires_at=expires_at, uses=1)
    record_subject(subject)
    url = f"{settings.PUBLIC_URL}{reverse('access:invitation', args=[token])}"
    with translation.override(user.language):
        text = _text(user, url, expires_at)
        if address := _mailbox(user):
            title = _("Your account at Enggang")
            queue_email(address=address, title=title, text=text, language=user.language, actor=actor)
    return Invitation(url, text, expires_at, address)


def _mailbox(user: User) -> str:
    """Where an invitation goes by mail; for an account with power only where its owner has confirmed to be.

    Other addresses come from the staff list, and that is written by people who stand below such an account.
    """
    confirmed = user.handles.filter(kind=HandleKind.EMAIL, value=user.email, verified_at__isnull=False).exists()
    powerful = any(is_powerful(grant.role) for grant in grants_held(user))
    return user.email if confirmed or not powerful else ""


@act("access.accept_invitation")
def accept_invitation(*, token: str, login: str, encoded: str, actor: Actor) -> User:
    """Set the password with which the invited person signs in from now on; ``encoded`` is its hash.

    ``login`` must be a handle of the very account: a link that went to the wrong person opens nothing for them.
    Raises NotAllowed for another handle, Conflict when the link is unknown, used or past its time.
    """
    link = find_link(token, LinkScope.INVITATION)
    user = invited_user(link)
    if link is None or user is None:
        raise Conflict(_("This invitation has been used or is too old. Ask for a new one."))
    record_subject(user.subject)
    if find_user(login) != user:
        raise NotAllowed(_("This invitation is for another NIP or e-mail address."))
    if not use_link(link):
        raise Conflict(_("This invitation has been used or is too old. Ask for a new one."))
    return store_password(user=user, encoded=encoded, actor=SYSTEM)


def invited_user(link: CapabilityLink | None) -> User | None:
    """The account that an invitation is for, while it can be used."""
    return User.objects.filter(subject=link.subject, is_active=True).first() if link else None


def close_invitations(user: User) -> int:
    """End the account's open invitations. Call inside an act; answers how many there were."""
    rows = CapabilityLink.objects.usable(clock.now()).filter(scope=LinkScope.INVITATION, subject__accounts_user=user)
    return CapabilityLink.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(revoked_at=clock.now())


def _text(user: User, url: str, expires_at: datetime) -> str:
    day = formats.date_format(timezone.localtime(expires_at), "j F Y")
    return _(
        "Dear {name},\n\n"
        "an account at Enggang has been prepared for you. Open this link, type your NIP or e-mail address and "
        "choose a password:\n{url}\n\n"
        "The link works once, until {day}. It is for you alone: please do not pass it on."
    ).format(name=user.name, url=url, day=day)
