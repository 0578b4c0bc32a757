"""The library for the staff: the list, one photo or video, what is said of it, and its files."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.audit.domain.trail import record_reading
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press, subject_link
from enggang.files.views.sending import send_file
from enggang.media import exports, rules
from enggang.media.domain.aiming import aim_asset
from enggang.media.domain.cuts import cuts_of
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.marking import MIDDLE
from enggang.media.domain.twins import decide_twin
from enggang.media.enums import CROPS, AssetState, RenditionKind, Verdict
from enggang.media.enums_words import Language
from enggang.media.filters import AssetFilter
from enggang.media.forms.assets import AssetForm, FocusForm
from enggang.media.models import Asset, Twin
from enggang.media.queries.likeness import twins_of
from enggang.media.queries.work import work_on
from enggang.media.views.finding import find_asset, find_described_asset
from enggang.media.views.serving import answer_rendition

PER_PAGE = 48
VERDICTS = {"dua-karya": Verdict.DIFFERENT, "salinan": Verdict.COPY}


@require_http_methods(LIST_METHODS)
def asset_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not rules.reads(actor):
        raise Http404
    form = AssetFilter(request.GET)
    rows = form.narrowed(Asset.objects.visible_to(actor)).with_names().newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "contributes": rules.contributes(actor)}
    context["keeps"] = actor.holds_somewhere(*rules.KEEPERS)
    return answer_page(request, "media/list.html", context, exports.ASSETS.of(rows))


@require_GET
def asset_page(request: HttpRequest, code: str) -> HttpResponse:
    asset, actor = find_asset(request, code), actor_of(request)
    renditions = list(asset.renditions.order_by("-width", "format"))
    context = {
        "asset": asset,
        "renditions": renditions,
        "video": any(row.kind == RenditionKind.VIDEO for row in renditions),
        "work": None if asset.is_photo else work_on(asset),
        "about": subject_link(asset.about),
        "captions": list(asset.captions.all()),
        "cuts": cuts_of(asset),
        "languages": Language if not asset.is_photo else [],
        "twins": twins_of(asset),
        "may_keep": rules.may_keep(actor, asset.organisation),
        "may_describe": rules.may_describe(actor, asset),
        "may_fetch_original": rules.may_fetch_original(actor, asset),
    }
    return render(request, "media/asset.html", context)


def asset_edit(request: HttpRequest, code: str) -> HttpResponse:
    asset = find_described_asset(request, code)
    form = AssetForm(request.POST or None, asset=asset)
    if form.is_bound and attempt(
        form, lambda: describe_asset(asset=asset, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("media:asset", code=code)
    context = {"form": form, "asset": asset}
    return render(request, "media/asset_form.html", context, status=422 if form.errors else 200)


def asset_focus(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what must stay in the crops; «tebak» gives the choice back to the machine."""
    asset, actor = find_described_asset(request, code), actor_of(request)
    form = FocusForm(request.POST or None, asset=asset)

    def aim() -> None:
        point = None if "tebak" in request.POST else form.point
        aim_asset(asset=asset, version=form.cleaned_data["version"], actor=actor, point=point)

    if form.is_bound and attempt(form, aim):
        again = asset.state == AssetState.PUBLISHED
        messages.success(request, _("Saved. The crops are being made anew.") if again else _("Saved."))
        return redirect("media:asset_focus", code=code)
    rows = {row.kind: row for row in asset.renditions.filter(kind__in=CROPS, format="jpeg")}
    crops = [(RenditionKind(kind), rows.get(kind)) for kind in CROPS]
    context = {"form": form, "asset": asset, "crops": crops, "guessed": (asset.focal_x, asset.focal_y) == MIDDLE}
    return render(request, "media/focus.html", context, status=422 if form.errors else 200)


@require_GET
def original(request: HttpRequest, code: str) -> HttpResponseBase:
    """The untouched file, as a download; who has fetched it is kept."""
    asset, actor = find_asset(request, code), actor_of(request)
    if not rules.may_fetch_original(actor, asset):
        raise Http404
    response = send_file(request, asset.original)
    record_reading(
        actor=actor, field="files.StoredFile.content", subject_code=asset.code,
        organisation_code=asset.subject.organisation_code,
    )  # fmt: skip
    return response


@require_GET
def rendition(request: HttpRequest, code: str, kind: str, form: str) -> HttpResponseBase:
    asset = get_object_or_404(Asset.objects.visible_to(actor_of(request)), subject__code=code)
    return answer_rendition(request, get_object_or_404(asset.renditions, kind=kind, format=form))


@require_POST
def twin_decide(request: HttpRequest, code: str, twin_id: int, word: str) -> HttpResponse:
    asset = find_asset(request, code)
    twin = get_object_or_404(Twin.objects.of(asset).select_related("newer__organisation", "newer__subject"), pk=twin_id)
    if word not in VERDICTS or not rules.may_keep(actor_of(request), asset.organisation):
        raise Http404
    press(request, lambda: decide_twin(twin=twin, verdict=VERDICTS[word], actor=actor_of(request)), _("Done."))
    return redirect("media:asset", code=code)
