"""Where staff open a gate for a volunteer's phone, and see which phones have brought what."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.attendance import exports
from enggang.attendance.domain.gates import open_gate, revoke_gate
from enggang.attendance.enums import OccasionKind
from enggang.attendance.forms.gate import FestivalGateForm, GateForm
from enggang.attendance.models import Occasion
from enggang.attendance.queries.gates import gates_of
from enggang.attendance.tokens import qr_svg
from enggang.attendance.views.finding import find_occasion
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page, posted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gate_page(request: HttpRequest, code: str) -> HttpResponse:
    """The gates of the occasion's group. The address of a new one is on this answer alone: it is stored nowhere."""
    occasion = find_occasion(request, code, to_mark=True)
    kind = FestivalGateForm if occasion.is_open else GateForm
    form = kind(posted(request))
    address = _open(request, occasion, form) if form.is_bound and form.is_valid() else ""
    gates = [(gate, not gate.is_over_at(clock.now())) for gate in gates_of(occasion.group_id)]
    context = {
        "occasion": occasion,
        "form": kind() if address else form,
        "address": address,
        "svg": qr_svg(address, title=_("Address of the gate")) if address else "",
        "gates": gates,
    }
    with timezone.override(occasion.zone):
        return answer_page(request, "attendance/gates.html", context, exports.GATES.of(gates, about=occasion.subject))


def _open(request: HttpRequest, occasion: Occasion, form: GateForm) -> str:
    _gate, token = open_gate(
        group=occasion.group,
        organisation=occasion.organisation,
        name=form.cleaned_data["name"],
        hours=form.cleaned_data["hours"],
        kind=OccasionKind(occasion.kind),
        may_override=form.cleaned_data.get("may_override", False),
        actor=actor_of(request),
    )
    # A gate serves all of its group; what stands behind the # is what its phone begins with.
    return f"{settings.PUBLIC_URL}{reverse('attendance:app', args=[token])}#{occasion.code}"


@require_POST
def gate_revoke(request: HttpRequest, code: str, gate: str) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    found = next((row for row in gates_of(occasion.group_id) if row.code == gate), None)
    if found is None:
        raise Http404
    revoke_gate(gate=found, actor=actor_of(request))
    messages.success(request, _("The link is revoked. The phone forgets the list as soon as it is online."))
    return redirect("attendance:gates", code)
