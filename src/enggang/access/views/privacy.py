"""The privacy register as an inspector reads it: every field about a person, why it is kept, and for how long."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.access.rules import may_read_privacy_register
from enggang.access.tables import PrivacyTable
from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.acts import require
from enggang.core.tables import LIST_METHODS, answer_list

MOST_FIELDS = 5_000  # an inspector reads all of them on one page


@login_required
@require_http_methods(LIST_METHODS)
def privacy_register(request: HttpRequest) -> HttpResponse:
    require(may_read_privacy_register(actor_of(request)))
    lines = sorted(registries.privacy, key=lambda line: line.field)
    context = {"table": PrivacyTable(lines), "count": len(lines)}
    return answer_list(
        request, "access/privacy_register.html", context, name=_("Privacy register"), per_page=MOST_FIELDS
    )
