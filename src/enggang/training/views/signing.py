"""Which sessions are signed for together, and what becomes of a session in mid-wave."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from enggang.attendance.queries.occasions import signed_among
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.training.domain.sessions import merge_session, restore_session
from enggang.training.domain.signing import group_signing
from enggang.training.enums import Signing
from enggang.training.forms.signing import MergeForm, SigningGroupForm
from enggang.training.models import Session, Wave
from enggang.training.views.finding import find_managed_wave


@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, code: str) -> HttpResponse:
    """Every day with what is signed for together; the form joins and separates."""
    wave = find_managed_wave(request, code)
    sessions = list(wave.sessions.planned().with_places().select_related("occasion__subject"))
    form = SigningGroupForm(
        request.POST if request.method == "POST" else None, days=sorted({row.day for row in sessions})
    )
    if form.is_bound and form.is_valid():
        try:
            by = Signing(form.cleaned_data["by"])
            changed, kept = group_signing(wave=wave, by=by, day=form.cleaned_data["day"], actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            _tell(request, changed, kept)
            return redirect("training:signing", code=code)
    context = {"wave": wave, "form": form, "days": _days(sessions)}
    return render(request, "training/signing.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, changed: int, kept: int) -> None:
    if changed:
        text = ngettext("%(count)d day is signed for anew.", "%(count)d days are signed for anew.", changed)
        messages.success(request, text % {"count": changed})
    else:
        messages.info(request, _("It was so already."))
    if kept:
        text = ngettext(
            "%(count)d day stayed as it was: somebody has signed there already.",
            "%(count)d days stayed as they were: somebody has signed there already.",
            kept,
        )
        messages.warning(request, text % {"count": kept})


def _days(sessions: list[Session]) -> list[dict[str, object]]:
    signed = signed_among(row.occasion_id for row in sessions)
    days = []
    for day, rows in groupby(sessions, key=lambda row: row.day):
        found: dict[int, list[Session]] = {}
        for row in rows:
            found.setdefault(row.occasion_id, []).append(row)
        lines = [{"occasion": each[0].occasion, "sessions": each, "signed": pk in signed} for pk, each in found.items()]
        days.append({"day": day, "lines": lines})
    return days


@require_POST
def session_merge(request: HttpRequest, code: str, session_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    session = _session(wave, session_id)
    form = MergeForm(request.POST, session=session)
    try:
        if not form.is_valid():
            raise Refused(_("Choose the session that takes this one over."))
        merge_session(session=session, into=_session(wave, form.cleaned_data["into"].pk), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:session_edit", code=code, session_id=session_id)
    messages.success(
        request, _("Merged: its JP are counted with the other session; participants and instructors are told.")
    )
    return redirect("training:wave", code=code)


@require_POST
def session_restore(request: HttpRequest, code: str, session_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        restore_session(session=_session(wave, session_id), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The session takes place after all and counts again; the participants are told."))
    return redirect("training:wave", code=code)


def _session(wave: Wave, session_id: int) -> Session:
    rows = wave.sessions.select_related("occasion__organisation", "wave__organisation", "wave__subject", "klass")
    return get_object_or_404(rows, pk=session_id)
