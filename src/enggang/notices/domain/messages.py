"""Telling people: the inbox at once, e-mail through a job, WhatsApp as a text ready to be forwarded by hand.

``send`` is called inside the act that has something to tell; its rows are part of that act's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import act, record
from enggang.core.jobs import enqueue
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.notices.domain.sending import send_email
from enggang.notices.enums import Channel, NoticeState
from enggang.notices.models import Notice

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told, and how they can be reached; what is empty is not used. ``phone`` is for ``whatsapp_link``."""

    user_id: int | None = None
    address: str = ""
    phone: str = ""
    language: str = "id"
    name: str = ""

    @classmethod
    def of(cls, user: Any) -> Recipient:
        """Whoever has an account (which stands above): in the inbox, and at the address it has."""
        return cls(user.pk, user.email, language=user.language, name=user.name)


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    text: str


def send(
    *,
    to: Recipient,
    template: str,
    context: dict[str, Any],
    actor: Actor,
    subject: Subject | None = None,
    href: str = "",
) -> list[Notice]:
    """Tell one person: an inbox notice when they have an account, an e-mail when they have an address.

    ``template`` names two text templates, ``<template>.title.txt`` and ``<template>.txt``; both are rendered
    in the recipient's language with ``context`` and ``recipient``. ``href`` is a path of this installation.
    Answers the notices written: none when the person can only be reached by hand.
    """
    if not (channels := _channels(to)):
        return []
    language = known_language(to.language)
    message = compose(template, {**context, "recipient": to}, language)
    with transaction.atomic():
        notices = [_notice(each, to, message, language, subject, href) for each in channels]
        for notice in notices:
            notice.save()
            if notice.channel == Channel.EMAIL:
                enqueue(send_email, actor=actor, code=notice.code)
    return notices


@act("notices.queue_email")
def queue_email(*, address: str, title: str, text: str, language: str, actor: Actor) -> Notice:
    """Queue a mail whose text opens an account (reset, confirmation): the text is dropped once it is sent."""
    to = Recipient(address=address, language=language)
    notice = _notice(Channel.EMAIL, to, Message(one_line(title, 200), text), known_language(language), None, "")
    notice.is_secret = True
    notice.save()
    enqueue(send_email, actor=actor, code=notice.code)
    record(notice=notice.code)
    return notice


def compose(template: str, context: dict[str, Any], language: str) -> Message:
    """Title and text of a message in one language; nothing is escaped, both are plain text."""
    with translation.override(known_language(language)):
        title = _render(f"{template}.title.txt", context)
        text = _render(f"{template}.txt", context)
    return Message(one_line(title, 200), text.strip())


def whatsapp_text(template: str, context: dict[str, Any], language: str) -> str:
    """The message as one text to paste into WhatsApp, its title in bold."""
    message = compose(template, context, language)
    return f"*{message.title.replace('*', '')}*\n\n{message.text}"


def whatsapp_link(phone: str, text: str) -> str:
    """The address that opens WhatsApp with ``text`` for an Indonesian number; without a number WhatsApp asks."""
    digits = "".join(char for char in phone if char.isdigit())
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    return f"https://wa.me/{digits}?text={quote(text)}"


def known_language(language: str) -> str:
    short = language.split("-", 1)[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def _render(name: str, context: dict[str, Any]) -> str:
    # Through the engine's own template: the wrapper would escape names such as Ja'far.
    template: Any = get_template(name)
    values = {"public_url": settings.PUBLIC_URL, "brand_name": "Enggang", **context}
    return str(template.template.render(Context(values, autoescape=False)))


def _channels(to: Recipient) -> list[Channel]:
    return [channel for channel, has in ((Channel.INBOX, to.user_id), (Channel.EMAIL, to.address)) if has]


def _notice(
    channel: Channel, to: Recipient, message: Message, language: str, subject: Subject | None, href: str
) -> Notice:
    now, code = clock.now(), codes.random_code()
    notice = Notice(code=code, channel=channel, user_id=to.user_id, language=language, subject=subject, href=href)
    notice.title, notice.text, notice.created_at = message.title, message.text, now
    if channel == Channel.INBOX:
        notice.state, notice.sent_at = NoticeState.SENT, now
    else:
        notice.address = one_line(to.address, 254)
        notice.message_id = f"<{code.lower()}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"
    return notice
