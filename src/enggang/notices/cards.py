"""What the home page says about messages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.notices.models import Notice


def unread(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """The newest unread message by its title, and how many more wait."""
    rows = list(Notice.objects.visible_to(actor).unread().values_list("title", flat=True)[:100])
    if not rows:
        return []
    title = ngettext("{n} unread message", "{n} unread messages", len(rows)).format(n=len(rows))
    return [{"title": title, "text": rows[0], "href": reverse("notices:inbox"), "tone": "info"}]


def troubles(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """E-mails that only a person can decide about."""
    count = Notice.objects.in_outbox_of(actor).needing_attention().count()
    if not count:
        return []
    title = ngettext("{n} e-mail failed or may not have arrived", "{n} e-mails failed or may not have arrived", count)
    text = _("See why, and send them once more if that makes sense.")
    return [{"title": title.format(n=count), "text": text, "href": reverse("notices:outbox"), "tone": "warn"}]
