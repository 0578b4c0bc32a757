"""What a page needs to show a place for uploads (files/upload_field.html): how much there is room for, before the pick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from enggang.files.domain.allowance import allowance_of
from enggang.files.domain.tickets import Ticket
from enggang.files.enums import Accepts, UploadState
from enggang.files.models import Upload


def upload_field(ticket: Ticket, *, label: str, many: int = 1, posted: Sequence[str] = ()) -> dict[str, Any]:
    """``posted``: the codes that a refused form had sent along; those that can still be used stand in the page again."""
    room = allowance_of(ticket)
    kinds = ", ".join(str(Accepts(group).label).lower() for group in ticket.accepts.split(","))
    text = _("Kinds: %(kinds)s. One file: at most %(largest)s; there is room for %(left)s in all.")
    sizes = {"largest": filesizeformat(room.largest), "left": filesizeformat(room.left)}
    return {
        "url": ticket.url,
        "store": ticket.store,
        "id": f"upload-{ticket.context.replace(':', '-')}",
        "label": label,
        "help": text % {"kinds": kinds, **sizes},
        "endings": ticket.endings,
        "largest": room.largest,
        "many": many,
        "posted": _unused(ticket, posted[:many]),
    }


def _unused(ticket: Ticket, codes: Sequence[str]) -> list[Upload]:
    """Only those of the ticket's own owner and matter: a posted code of somebody else shows nothing."""
    if not codes:
        return []
    rows = Upload.objects.filter(owner_key=ticket.owner_key, context=ticket.context, claimed_at=None)
    arrived = rows.filter(state__in=[UploadState.RECEIVED, UploadState.STORED])
    return list(arrived.filter(code__in=[code[:24] for code in codes]).order_by("pk"))
