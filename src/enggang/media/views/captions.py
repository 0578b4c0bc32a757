"""Captions of a video for the staff: an editor of plain rows, a file, and cuts of the film that are asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.views.answers import attempt, press
from enggang.media import webvtt
from enggang.media.domain.captions import drop_captions, keep_captions, read_captions, told
from enggang.media.domain.cuts import ask_cut
from enggang.media.enums import FILM_CUTS
from enggang.media.enums_words import Language
from enggang.media.forms.captions import SPARE, CaptionFileForm, Row, cues_in, rows_in, rows_of
from enggang.media.models import Asset, Caption
from enggang.media.views.finding import find_asset, find_described_asset


def _find(request: HttpRequest, code: str, language: str) -> Asset:
    asset = find_described_asset(request, code)
    if asset.is_photo or language not in Language.values:
        raise Http404
    return asset


@require_http_methods(["GET", "HEAD", "POST"])
def captions(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The rows as they are kept; posted, as they were typed, with what is wrong, until they can be kept."""
    asset = _find(request, code, language)
    row = Caption.objects.filter(asset=asset, language=language).first()
    if request.method != "POST":
        return _page(request, asset, language, rows_of(row.cues) if row else [])
    rows = rows_in(request.POST)
    if "lagi" in request.POST:
        return _page(request, asset, language, rows, spare=4 * SPARE)
    version = request.POST.get("version", "")
    try:
        keep_captions(
            asset=asset, language=language, cues=cues_in(rows), actor=actor_of(request),
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None,
        )  # fmt: skip
    except webvtt.Faulty as fault:
        return _page(request, asset, language, rows, wrong=told(fault))
    except Refused as refused:
        return _page(request, asset, language, rows, wrong=refused.message)
    messages.success(request, _("Saved."))
    return redirect("media:captions", code=code, language=language)


def _page(
    request: HttpRequest, asset: Asset, language: str, rows: list[Row], *, wrong: str = "", spare: int = SPARE,
    form: CaptionFileForm | None = None,
) -> HttpResponse:  # fmt: skip
    kept = Caption.objects.filter(asset=asset, language=language).first()
    version = request.POST.get("version", "") if wrong else str(kept.version if kept else "")
    context: dict[str, Any] = {
        "asset": asset, "language": language, "label": Language(language).label, "rows": [*rows, *[Row()] * spare],
        "wrong": wrong, "form": form or CaptionFileForm(), "kept": kept, "version": version,
        "others": [each for each in Language if each.value != language],
        "film": asset.renditions.filter(kind="video").exists(), "longest": webvtt.LONGEST_TEXT,
    }  # fmt: skip
    status = 422 if wrong or (form and form.errors) else 200
    return render(request, "media/captions.html", context, status=status)


@require_POST
def captions_file(request: HttpRequest, code: str, language: str) -> HttpResponse:
    asset = _find(request, code, language)
    form = CaptionFileForm(request.POST, request.FILES)

    def keep() -> None:
        cues = read_captions(form.cleaned_data["file"].read(webvtt.LARGEST + 1))
        keep_captions(asset=asset, language=language, cues=cues, actor=actor_of(request))

    if attempt(form, keep):
        messages.success(request, _("Saved."))
        return redirect("media:captions", code=code, language=language)
    row = Caption.objects.filter(asset=asset, language=language).first()
    return _page(request, asset, language, rows_of(row.cues) if row else [], form=form)


@require_POST
def captions_drop(request: HttpRequest, code: str, language: str) -> HttpResponse:
    asset = _find(request, code, language)
    press(request, lambda: drop_captions(asset=asset, language=language, actor=actor_of(request)), _("Removed."))
    return redirect("media:captions", code=code, language=language)


@require_GET
def captions_shown(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """For the film on the staff's pages."""
    row = get_object_or_404(Caption, asset=find_asset(request, code), language=language)
    return answer_captions(row, "private, max-age=0")


def answer_captions(row: Caption, cache: str) -> HttpResponse:
    response = HttpResponse(row.text, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"], response["X-Content-Type-Options"] = cache, "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def cut_ask(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Back to where it was asked for: the page of the work, or its share kit."""
    asset = find_described_asset(request, code)
    if asset.is_photo or kind not in FILM_CUTS:
        raise Http404
    said = _("It is being made, after what was asked for before it.")
    press(request, lambda: ask_cut(asset=asset, kind=kind, actor=actor_of(request)), said)
    if request.POST.get("kembali") == "bagikan":
        return redirect("media:share_kit", code=code)
    return redirect("media:asset", code=code)
