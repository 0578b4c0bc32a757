"""Where staff open a gate for a volunteer's phone, and see which phones have brought what."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.attendance.domain.gates import open_gate, revoke_gate
from enggang.attendance.forms.gate import GateForm
from enggang.attendance.models import Occasion, Scan
from enggang.attendance.queries.gates import doubtful_scans, gates_of
from enggang.attendance.queries.roster import people_of
from enggang.attendance.tokens import qr_svg
from enggang.attendance.views.finding import find_occasion
from enggang.core import clock
from enggang.core.actor import actor_of

SHOWN = 500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gate_page(request: HttpRequest, code: str) -> HttpResponse:
    """The gates of the occasion's group. The address of a new one is on this answer alone: it is stored nowhere."""
    occasion = find_occasion(request, code, to_mark=True)
    form = GateForm(request.POST or None)
    address = _open(request, occasion, form) if request.method == "POST" and form.is_valid() else ""
    context = {
        "occasion": occasion,
        "form": GateForm() if address else form,
        "address": address,
        "svg": qr_svg(address, title=_("Address of the gate")) if address else "",
        "gates": [(gate, not gate.is_over_at(clock.now())) for gate in gates_of(occasion.group_id)],
    }
    with timezone.override(occasion.zone):
        return render(request, "attendance/gates.html", context)


def _open(request: HttpRequest, occasion: Occasion, form: GateForm) -> str:
    _gate, token = open_gate(
        group=occasion.group,
        organisation=occasion.organisation,
        name=form.cleaned_data["name"],
        hours=form.cleaned_data["hours"],
        actor=actor_of(request),
    )
    return f"{settings.PUBLIC_URL}{reverse('attendance:app', args=[token])}"


@require_POST
def gate_revoke(request: HttpRequest, code: str, gate: str) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    found = next((row for row in gates_of(occasion.group_id) if row.code == gate), None)
    if found is None:
        raise Http404
    revoke_gate(gate=found, actor=actor_of(request))
    messages.success(request, _("The link is revoked. The phone forgets the list as soon as it is online."))
    return redirect("attendance:gates", code)


@never_cache
@require_safe
def doubts(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody has to look at: one pass at two gates, one phone for two people, a wrong clock."""
    occasion = find_occasion(request, code)
    rows = doubtful_scans(occasion.group_id)[:SHOWN]
    names = people_of({row.held.holder_id for row in rows if row.held})
    lines = [{"scan": row, "who": _who(row, names), "gate": str(row.gate or "")} for row in rows]
    with timezone.override(occasion.zone):
        return render(request, "attendance/doubts.html", {"occasion": occasion, "lines": lines})


def _who(row: Scan, names: dict[int, tuple[str, str]]) -> str:
    return names.get(row.held.holder_id, (row.code, ""))[0] if row.held else row.code
