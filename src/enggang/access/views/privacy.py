"""The privacy register as an inspector reads it: every field about a person, why it is kept, and for how long."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enggang.access.rules import may_read_privacy_register
from enggang.access.tables import PrivacyTable
from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.acts import require


@login_required
@require_GET
def privacy_register(request: HttpRequest) -> HttpResponse:
    require(may_read_privacy_register(actor_of(request)))
    lines = sorted(registries.privacy, key=lambda line: line.field)
    return render(request, "access/privacy_register.html", {"table": PrivacyTable(lines), "count": len(lines)})
