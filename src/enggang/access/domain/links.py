"""Capability links: a right that travels in an address, for people without an account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import Actor, ActorKind
from enggang.core.acts import Done, act, record, record_subject
from enggang.core.hot import add, add_each, new_row
from enggang.core.models import Subject


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@act("access.open_link", joins=True)
def open_link(
    *,
    scope: LinkScope,
    subject: Subject,
    actor: Actor,
    expires_at: datetime,
    uses: int | None = None,
    handed_out: bool = False,
) -> tuple[CapabilityLink, str]:
    """Make a link; answers it with its token, which is shown once and never stored.

    The caller's act has asked its own rule: this one only writes.
    """
    token = secrets.token_urlsafe(24)
    link = add(
        new_row(
            CapabilityLink,
            token_hash=hashed(token),
            scope=scope,
            subject=subject,
            created_at=clock.now(),
            created_by_key=actor.key,
            expires_at=expires_at,
            uses_left=uses,
            handed_out=handed_out,
        )
    )
    record_subject(subject)
    record(scope=str(scope), link=link.pk, handed_out=handed_out)
    return link, token


def open_links(
    *, scope: LinkScope, wanted: Sequence[tuple[Subject, datetime]], actor: Actor, done: Done
) -> list[str]:  # fmt: skip
    """As ``open_link`` for each subject, with the moment its link expires, in one statement; answers their tokens."""
    tokens = [secrets.token_urlsafe(24) for _ in wanted]
    now = clock.now()
    links = [
        new_row(
            CapabilityLink, token_hash=hashed(token), scope=scope, subject=subject, created_at=now,
            created_by_key=actor.key, expires_at=expires_at,
        )
        for token, (subject, expires_at) in zip(tokens, wanted, strict=True)
    ]  # fmt: skip
    for link in add_each(links, key="token_hash"):
        done("access.open_link", actor, link.subject, scope=str(scope), link=link.pk, handed_out=False)
    return tokens


@act("access.revoke_links")
def revoke_links(*, scope: LinkScope, subject: Subject, actor: Actor) -> int:
    """End every link of this scope on the subject; answers how many were still usable."""
    record_subject(subject)
    count = (
        CapabilityLink.objects.usable(clock.now()).filter(scope=scope, subject=subject).update(revoked_at=clock.now())
    )
    record(scope=str(scope), revoked=count)
    return count


@act("access.revoke_link")
def revoke_link(*, link: CapabilityLink, actor: Actor) -> CapabilityLink:
    """End one link, of several on its subject. The caller's act has asked its own rule."""
    CapabilityLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=clock.now())
    record_subject(link.subject)
    record(scope=str(link.scope), link=link.pk)
    return link


@act("access.prolong_links")
def prolong_links(*, scope: LinkScope, subject: Subject, until: datetime, actor: Actor) -> int:
    """Let every usable link of this scope on the subject live until then, never shorter; answers how many do."""
    record_subject(subject)
    links = CapabilityLink.objects.usable(clock.now()).filter(scope=scope, subject=subject, expires_at__lt=until)
    count = links.update(expires_at=until)
    record(scope=str(scope), prolonged=count)
    return count


def find_link(token: str, scope: LinkScope) -> CapabilityLink | None:
    """The usable link behind a token, or None when unknown, expired, used up or revoked."""
    rows = CapabilityLink.objects.usable(clock.now()).select_related("subject")
    return rows.filter(token_hash=hashed(token), scope=scope).first()


def use_link(link: CapabilityLink) -> bool:
    """Spend one use; False when another request spent the last one first. Call inside the act it pays for."""
    if link.uses_left is None:
        return True
    return bool(CapabilityLink.objects.filter(pk=link.pk, uses_left__gt=0).update(uses_left=F("uses_left") - 1))


def actor_of_link(link: CapabilityLink) -> Actor:
    """Who acts when a link's holder does: the link, never the person it was made for."""
    scopes = frozenset({(str(link.scope), link.subject.code)})
    return Actor(ActorKind.LINK, f"link:{link.pk}", scopes=scopes)


def actor_from_link(request_actor: Actor, token: str, scope: LinkScope) -> Actor | None:
    """Who acts in a request that came with a link: the signed-in person with the link's right added, else the link.

    None when the link is unknown, expired, used up or revoked.
    """
    link = find_link(token, scope)
    if link is None:
        return None
    holder = actor_of_link(link)
    return request_actor.with_scopes(holder.scopes) if request_actor.is_signed_in else holder
