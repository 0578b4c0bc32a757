"""A list of private addresses that was just made: on the screen, as a file, or on paper with a code for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from enggang.attendance.tokens import qr_svg
from enggang.core.exports import Column, Sheet
from enggang.training.domain.handing_out import Handed
from enggang.training.models import Wave

HANDED = Sheet("handed-pages", _("Private addresses"), (
    Column("name", _("Name"), "name"),
    Column("agency", _("Agency"), "agency"),
    Column("phone", _("Phone"), "phone"),
    Column("address", _("Private address"), "address"),
    Column("text", _("Text"), "text"),
    Column("whatsapp", _("Send by WhatsApp"), "whatsapp"),
))  # fmt: skip


def handed_columns() -> dict[str, str]:
    """What the file of addresses may hold, for the boxes beside its buttons."""
    return HANDED.of([]).headers


def answer_handed(request: HttpRequest, wave: Wave, rows: Sequence[Handed], *, back: str) -> HttpResponse:
    """As the button asked: ``xlsx`` or ``csv`` with the ticked columns, ``cetak`` for paper, else texts on the screen. Never kept by a cache."""
    form = request.POST.get("form", "")
    if form in {"xlsx", "csv"}:
        return HANDED.of(rows, about=wave.subject).file(request)
    context: dict[str, Any] = {"wave": wave, "rows": rows, "back": back}
    if form == "cetak":
        context["sheets"] = [(row, qr_svg(row.address)) for row in rows]
        response = render(request, "training/handed_print.html", context)
    else:
        context["all"] = "\n\n———\n\n".join(row.text for row in rows)
        response = render(request, "training/handed.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
