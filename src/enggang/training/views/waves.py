from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.attendance.models import Occasion
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page
from enggang.core.rows import is_to_be_saved, posted_rows
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.text import one_line
from enggang.seats.domain.offers import rename_pool
from enggang.seats.queries.offers import seats_by_pool
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import sessions as session_acts
from enggang.training.domain import waves as wave_acts
from enggang.training.domain.quotas import resize_quota
from enggang.training.filters import WaveFilter
from enggang.training.forms.signing import MergeForm
from enggang.training.forms.waves import (
    EditSessionForm,
    EditWaveForm,
    NewWaveForm,
    PoolForm,
    PoolFormSet,
    ResizeForm,
    SessionForm,
    pool_choices,
    pool_specs,
)
from enggang.training.models import Programme, Registration, Session, Wave
from enggang.training.queries.clashes import clashes
from enggang.training.queries.seats import divisible
from enggang.training.tables import WaveTable
from enggang.training.views.finding import find_managed_wave, find_wave

STEPS = {"buka": wave_acts.open_wave, "selesai": wave_acts.finish_wave, "buka-lagi": wave_acts.reopen_wave}


@require_http_methods(LIST_METHODS)
def wave_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    found = WaveFilter(request.GET or None, queryset=Wave.objects.visible_to(actor).with_names())
    context = {"table": WaveTable(found.qs), "filter": found, "may_add": actor.holds_somewhere(*rules.MANAGERS)}
    return answer_list(request, "training/waves.html", context, name=_("Waves"))


@require_http_methods(LIST_METHODS)
def wave_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, find_wave(request, code))


def _detail(
    request: HttpRequest, wave: Wave, *, session_form: SessionForm | None = None, pool_form: PoolForm | None = None
) -> HttpResponse:
    actor = actor_of(request)
    own = Registration.objects.filter(wave=wave, person__user_id=actor.user_id).with_names() if actor.user_id else None
    may_manage = rules.may_manage(actor, wave.organisation)
    watches, keeps_staff = rules.sees_participants(actor, wave), actor.holds_somewhere(*rules.KEEPS_STAFF)
    sessions = list(wave.sessions.with_places().select_related("occasion__subject"))
    context = {
        "wave": wave,
        "pools": seats_by_pool(wave.offer),
        "sessions": sessions,
        "competencies": list(wave.programme.competencies.select_related("competency")),
        "gate_at": _next_occasion(sessions) if may_mark_attendance(actor, wave.organisation) else None,
        "may_manage": may_manage,
        "clashes": clashes(wave) if may_manage else [],
        "may_grade": rules.may_grade(actor, wave),
        "sees_participants": watches,
        "may_register": may_manage or keeps_staff,
        "divides": keeps_staff and not watches and bool(divisible([wave.offer_id], actor)),
        "own": own.first() if own is not None else None,
        "window_open": wave.is_open and wave.offer.is_open_at(clock.now()),
        "session_form": session_form
        or SessionForm(wave=wave, initial={"day": wave.starts_on, "begins": "08:00", "ends": "12:00"}),
        "pool_form": (pool_form or PoolForm()) if may_manage else None,
        "public_address": f"{settings.PUBLIC_URL}/pelatihan/daftar/{wave.code}/",
    }
    status = 200 if session_form is None and pool_form is None else 422
    return answer_page(
        request, "training/wave.html", context, sheets.SESSIONS.of(sessions, about=wave.subject), status=status
    )


def _next_occasion(sessions: list[Session]) -> Occasion | None:
    """Where attendance is taken next, or was taken last."""
    planned = [each for each in sessions if not each.is_cancelled]
    coming = (each for each in planned if each.ends_at > clock.now())
    found = next(coming, planned[-1] if planned else None)
    return found.occasion if found else None


@require_GET
def wave_seats(request: HttpRequest, code: str) -> HttpResponse:
    """The seats by quota as a part of a page, asked again every few seconds; unchanged seats answer 304."""
    pools = seats_by_pool(find_wave(request, code).offer)
    words = get_language() or ""
    etag = f'"{hashlib.sha256(f"{words}{pools}".encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = render(request, "training/seats_panel.html", {"pools": pools})
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response


def wave_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    posted = posted_rows(request, "pools")
    initial = {"programme": _programme_asked_for(request)}
    form = NewWaveForm(posted, actor=actor, zone=settings.TIME_ZONE, initial=initial)
    pools = PoolFormSet(posted, prefix="pools", form_kwargs={"choices": pool_choices()})
    if is_to_be_saved(request) and form.is_valid() and pools.is_valid():
        try:
            wave = wave_acts.plan_wave(pools=pool_specs(pools), actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The wave is planned as a draft. Add its sessions, then open it."))
            return redirect("training:wave", code=wave.code)
    return render(request, "training/wave_form.html", {"form": form, "formset": pools})


def _programme_asked_for(request: HttpRequest) -> int | None:
    asked = request.GET.get("program", "")
    found = Programme.objects.visible_to(actor_of(request)).filter(subject__code=asked).first() if asked else None
    return found.pk if found else None


def wave_edit(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = find_managed_wave(request, code), actor_of(request)
    form = EditWaveForm(request.POST or None, wave=wave, actor=actor)
    if form.is_bound and form.is_valid():
        try:
            wave_acts.change_wave(wave=wave, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:wave", code=code)
    return render(request, "training/wave_edit.html", {"form": form, "wave": wave})


@require_POST
def wave_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Open, finish or reopen a wave."""
    wave = find_managed_wave(request, code)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](wave=wave, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Done: the wave is now %(state)s.") % {"state": wave.get_state_display().lower()})
    return redirect("training:wave", code=code)


@require_POST
def wave_cancel(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        wave_acts.cancel_wave(wave=wave, reason=request.POST.get("reason", ""), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The wave is cancelled."))
    return redirect("training:wave", code=code)


@require_POST
def wave_restore(request: HttpRequest, code: str) -> HttpResponse:
    """Take back that the wave was cancelled."""
    wave = find_managed_wave(request, code)
    try:
        wave_acts.restore_wave(wave=wave, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The wave will be held after all; everyone concerned is told."))
    return redirect("training:wave", code=code)


@require_POST
def session_add(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = SessionForm(request.POST, wave=wave)
    if form.is_valid():
        try:
            added = session_acts.add_session(wave=wave, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The session is added."))
            _warn(request, added)
            return redirect("training:wave", code=code)
    return _detail(request, wave, session_form=form)


def session_edit(request: HttpRequest, code: str, session_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    rows = wave.sessions.planned().select_related("occasion__organisation", "wave__organisation", "wave__subject")
    session = get_object_or_404(rows, pk=session_id)
    form = EditSessionForm(request.POST or None, session=session)
    if form.is_bound and form.is_valid():
        try:
            session_acts.change_session(session=session, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            _warn(request, session)
            return redirect("training:wave", code=code)
    context = {"form": form, "wave": wave, "session": session, "merge_form": MergeForm(session=session)}
    return render(request, "training/session_edit.html", context)


def _warn(request: HttpRequest, session: Session) -> None:
    """Said at once; the wave's page goes on saying it until it is settled."""
    for clash in clashes(session.wave):
        if session.pk in {clash.session.pk, clash.other.pk}:
            messages.warning(request, str(clash))


@require_POST
def session_remove(request: HttpRequest, code: str, session_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    rows = wave.sessions.select_related("occasion__organisation", "wave__organisation", "wave__subject", "klass")
    session = get_object_or_404(rows, pk=session_id)
    try:
        session_acts.remove_session(session=session, actor=actor_of(request), reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The session is called off; it no longer counts in anyone's attendance."))
        return redirect("training:wave", code=code)
    if session.is_cancelled:
        return redirect("training:wave", code=code)
    return redirect("training:session_edit", code=code, session_id=session_id)


@require_POST
def pool_add(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = PoolForm(request.POST)
    if form.is_valid():
        try:
            wave_acts.add_quotas(wave=wave, pools=form.specs(), actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The quota is added."))
            return redirect("training:wave", code=code)
    return _detail(request, wave, pool_form=form)


@require_POST
def pool_resize(request: HttpRequest, code: str, pool_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    pool = get_object_or_404(wave.offer.pools.select_related("offer__organisation"), pk=pool_id)
    form = ResizeForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Type the number of seats."))
        resize_quota(pool=pool, size=form.cleaned_data["size"], actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The quota is changed."))
    return redirect("training:wave", code=code)


@require_POST
def pool_rename(request: HttpRequest, code: str, pool_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    pool = get_object_or_404(wave.offer.pools.select_related("offer__organisation", "offer__subject"), pk=pool_id)
    try:
        rename_pool(pool=pool, label=one_line(request.POST.get("label", ""), 1_000), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The name of the quota is corrected."))
    return redirect("training:wave", code=code)
