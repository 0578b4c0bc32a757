"""The activity report of a wave: what is missing, its words and photos, the draft, and the versions that were frozen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.views.answers import attempt
from enggang.documents.rendering.docx_report import render_report_docx
from enggang.documents.rendering.report import render_report
from enggang.documents.views.finding import file_response, pdf_response
from enggang.files.views.field import upload_field
from enggang.files.views.sending import send_file
from enggang.training import rules
from enggang.training.domain import reports as acts
from enggang.training.enums import PointKind
from enggang.training.forms.reports import ReportPhotoForm, ReportPointForm, ReportTextsForm, VersionForm
from enggang.training.models import ReportPhoto, ReportPoint, ReportVersion, Wave
from enggang.training.reporting.build import CHANGES, draft
from enggang.training.views.finding import find_managed_wave, find_money_wave

PER_PAGE = 30


@require_GET
def report(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_money_wave(request, code))


def _page(request: HttpRequest, wave: Wave, **bound: forms.BaseForm) -> HttpResponse:
    actor, kept = actor_of(request), acts.report_of(wave)
    may_manage = rules.may_manage(actor, wave.organisation)
    context: dict[str, Any] = {"wave": wave, "report": kept, "may_manage": may_manage, "problem": "", "checklist": []}
    try:
        context["checklist"] = [(each, missing) for each, missing in draft(wave, kept).checklist]
    except Refused as refused:
        context["problem"] = refused.message
    if kept:
        context["points"] = list(kept.points.all())
        context["photos"] = list(kept.photos.select_related("upload__file"))
        context["versions"] = list(kept.versions.select_related("subject", "pdf", "docx", "scan__file")[:PER_PAGE])
    if may_manage:
        context |= {
            "texts_form": ReportTextsForm(wave=wave, report=kept),
            "point_form": ReportPointForm(initial={"kind": PointKind.OBSTACLE}),
            "photo_form": ReportPhotoForm(),
            "version_form": VersionForm(first=not context.get("versions")),
            "upload": upload_field(acts.photo_ticket(wave, actor), label=_("Photo")),
        }
    return render(request, "training/report.html", {**context, **bound}, status=422 if bound else 200)


@require_POST
def report_texts(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = ReportTextsForm(request.POST, wave=wave, report=acts.report_of(wave))
    if attempt(form, lambda: acts.keep_report_texts(wave=wave, actor=actor_of(request), **form.facts())):
        messages.success(request, _("Saved."))
        return redirect("training:report", code=code)
    return _page(request, wave, texts_form=form)


@require_POST
def report_point(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = ReportPointForm(request.POST)
    if attempt(form, lambda: acts.add_report_point(wave=wave, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect(f"{reverse('training:report', args=[code])}#butir")
    return _page(request, wave, point_form=form)


@require_POST
def report_photo(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form, upload = ReportPhotoForm(request.POST), request.POST.get("upload", "")
    if attempt(form, lambda: acts.bring_photo(wave=wave, code=upload, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect(f"{reverse('training:report', args=[code])}#foto")
    return _page(request, wave, photo_form=form)


@require_POST
def report_drop(request: HttpRequest, code: str, what: str, row_id: int) -> HttpResponse:
    """Take an obstacle, a follow-up or a photo out."""
    wave, actor = find_managed_wave(request, code), actor_of(request)
    try:
        if what == "butir":
            point = get_object_or_404(ReportPoint, report__wave=wave, pk=row_id)
            acts.drop_report_point(wave=wave, point=point, actor=actor)
        elif what == "foto":
            photo = get_object_or_404(ReportPhoto, report__wave=wave, pk=row_id)
            acts.drop_report_photo(wave=wave, photo=photo, actor=actor)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Removed."))
    return redirect("training:report", code=code)


@require_GET
def report_photo_file(request: HttpRequest, code: str, row_id: int) -> HttpResponseBase:
    wave = find_money_wave(request, code)
    photo = get_object_or_404(ReportPhoto.objects.select_related("upload__file"), report__wave=wave, pk=row_id)
    if photo.upload.file is None:
        raise Http404
    return send_file(request, photo.upload.file)


@require_GET
def report_draft(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The report as it would be now, marked as a draft on every page."""
    wave = find_money_wave(request, code)
    if kind not in {"pdf", "docx"}:
        raise Http404
    try:
        data = draft(wave, acts.report_of(wave)).data
        pictures = acts.pictures_of(data, wave)
        name = f"konsep-laporan-{wave.code}.{kind}"
        if kind == "pdf":
            return pdf_response(render_report(data, **pictures), name)
        return file_response(render_report_docx(data, **pictures), name)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:report", code=code)


@require_POST
def report_version_new(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    kept = acts.report_of(wave)
    form = VersionForm(request.POST, first=kept is None or not kept.versions.exists())
    made: list[ReportVersion] = []

    def make() -> None:
        made.append(acts.make_version(wave=wave, reason=form.cleaned_data.get("reason", ""), actor=actor_of(request)))

    if attempt(form, make):
        messages.success(request, _("The version is being drawn. Its files are here in a moment."))
        return redirect("training:report_version", code=made[0].code)
    return _page(request, wave, version_form=form)


def find_version(request: HttpRequest, code: str, *, manages: bool = False) -> ReportVersion:
    actor = actor_of(request)
    version = get_object_or_404(ReportVersion.objects.visible_to(actor).with_names(), subject__code=code)
    wave = version.report.wave
    if not (rules.may_manage(actor, wave.organisation) if manages else rules.sees_report(actor, wave)):
        raise Http404
    return version


@require_GET
def report_version(request: HttpRequest, code: str) -> HttpResponse:
    version, actor = find_version(request, code), actor_of(request)
    content = version.content
    changes = [
        line
        for each in content["sections"]
        if each["key"] == CHANGES
        for part in each["parts"]
        for line in part["items"]
    ]
    context: dict[str, Any] = {
        "version": version,
        "wave": version.report.wave,
        "as_of": content["as_of"],
        "changes": changes,
        "may_manage": rules.may_manage(actor, version.report.wave.organisation),
    }
    if context["may_manage"] and version.is_frozen:
        context["upload"] = upload_field(acts.scan_ticket(version, actor), label=_("Scan of the signed report"))
    return render(request, "training/report_version.html", context)


@require_GET
def report_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """The frozen files, and the scan of the signed copy."""
    version = find_version(request, code)
    scan = version.scan.file if version.scan else None
    stored = {"pdf": version.pdf, "docx": version.docx, "pindaian": scan}.get(kind)
    if stored is None:
        raise Http404
    return send_file(request, stored)


@require_POST
def report_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Attach the scan, or ask again for a version whose drawing was given up."""
    version, actor = find_version(request, code, manages=True), actor_of(request)
    try:
        if step == "pindaian":
            acts.keep_report_scan(version=version, code=request.POST.get("upload", ""), actor=actor)
            messages.success(request, _("The signed copy is kept."))
        elif step == "gambar":
            acts.redraw_report(version=version, actor=actor)
            messages.success(request, _("The version is being drawn. Its files are here in a moment."))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("training:report_version", code=code)
