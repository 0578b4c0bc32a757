"""Collections for the staff: made, told, put in order, shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.media import exports_rights as sheets
from enggang.media import rules
from enggang.media.domain import collections as acts
from enggang.media.exports import ASSETS
from enggang.media.forms.giving import CollectionForm
from enggang.media.models import Asset, Collection
from enggang.media.queries.gate import is_shown, shown, with_gate
from enggang.media.views.finding import find_home, kept_libraries

PER_PAGE = 50
WORKS_PER_PAGE = 48


@require_http_methods(LIST_METHODS)
def collection_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not rules.reads(actor):
        raise Http404
    rows = Collection.objects.visible_to(actor).select_related("subject", "organisation").prefetch_related("texts")
    visible = shown(Asset.objects.all()).values("pk")
    seen = Count("items", filter=Q(items__asset__in=visible))
    counted = rows.annotate(works=Count("items"), seen=seen).order_by("-made_at", "-pk")
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "homes": kept_libraries(actor)}
    return answer_page(request, "media/collections.html", context, sheets.COLLECTIONS.of(counted))


@require_http_methods(["GET", "HEAD", "POST"])
def collection_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    home = find_home(actor, code)
    if not rules.may_keep(actor, home):
        raise Http404
    form = CollectionForm(request.POST or None, home=home)
    made: list[Collection] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.keep_collection(organisation=home, actor=actor, **form.facts))
    ):
        messages.success(request, _("Made. Put works into it from the light table."))
        return redirect("media:collection", code=made[0].code)
    context = {"form": form, "home": home}
    return render(request, "media/collection_form.html", context, status=422 if form.errors else 200)


def _find(request: HttpRequest, code: str) -> Collection:
    rows = Collection.objects.visible_to(actor_of(request)).select_related("subject", "organisation__subject", "about")
    return get_object_or_404(rows.prefetch_related("texts"), subject__code=code)


def _kept(request: HttpRequest, code: str) -> Collection:
    row = _find(request, code)
    if not rules.may_keep(actor_of(request), row.organisation):
        raise Http404
    return row


def _in_order(row: Collection) -> list[int]:
    """Its works' keys, at most 500."""
    return list(row.items.order_by("position", "pk").values_list("asset", flat=True))


@require_http_methods(LIST_METHODS)
def collection_page(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _find(request, code))


def _page(request: HttpRequest, row: Collection, form: CollectionForm | None = None) -> HttpResponse:
    page = Paginator(_in_order(row), WORKS_PER_PAGE).get_page(request.GET.get("page"))
    found = {each.pk: each for each in with_gate(Asset.objects.with_names()).filter(pk__in=list(page))}
    context: dict[str, Any] = {
        "collection": row, "texts": list(row.texts.all()), "page_obj": page,
        "works": [(number, found[pk], is_shown(found[pk])) for number, pk in enumerate(page, page.start_index())],
        "form": form or CollectionForm(home=row.organisation, row=row),
        "seen": shown(Asset.objects.filter(collected__collection=row)).exists(),
        "may_keep": rules.may_keep(actor_of(request), row.organisation),
    }  # fmt: skip
    works = Asset.objects.filter(collected__collection=row).with_names().order_by("collected__position", "pk")
    status = 422 if form and form.errors else 200
    return answer_page(request, "media/collection.html", context, ASSETS.of(works, about=row.subject), status=status)


@require_POST
def collection_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = _kept(request, code)
    form = CollectionForm(request.POST, home=row.organisation, row=row)

    def keep() -> None:
        acts.keep_collection(
            organisation=row.organisation, collection=row, version=form.cleaned_data["version"] or 0,
            actor=actor_of(request), **form.facts,
        )  # fmt: skip

    if attempt(form, keep):
        messages.success(request, _("Saved."))
        return redirect("media:collection", code=code)
    return _page(request, _find(request, code), form)


@require_POST
def collection_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Show or hide it, put it in order, choose the cover, take a work out."""
    row, actor = _kept(request, code), actor_of(request)
    asked = request.POST.get("karya", "")[:16]
    if step in {"tampil", "sembunyi"}:
        is_public = step == "tampil"
        said = _told(row) if is_public else _("Nobody but the staff sees it now.")
        press(request, lambda: acts.show_collection(collection=row, shown=is_public, actor=actor), said)
    elif step == "urut":
        codes = [each[:16] for each in request.POST.getlist("urutan")][: acts.MOST_ITEMS]
        press(request, lambda: acts.order_collection(collection=row, codes=codes, actor=actor), _("Saved."))
    elif step in {"naik", "tempat", "sampul", "keluar"}:
        asset = get_object_or_404(
            Asset.objects.select_related("subject"), subject__code=asked, collected__collection=row
        )
        before = _in_order(row).index(asset.pk)
        _with_work(request, row, asset, step)
        return redirect(_where(row, asset, before))
    else:
        raise Http404
    return redirect("media:collection", code=code)


def _told(row: Collection) -> str:
    if shown(Asset.objects.filter(collected__collection=row)).exists():
        return _("Everybody can see it now.")
    return _("It is listed as soon as one of its works is shown: until then visitors do not find it.")


def _with_work(request: HttpRequest, row: Collection, asset: Asset, step: str) -> None:
    actor = actor_of(request)
    if step == "sampul":
        press(request, lambda: acts.choose_cover(collection=row, asset=asset, actor=actor), _("Saved."))
    elif step == "keluar":
        press(request, lambda: acts.drop_from_collection(collection=row, asset=asset, actor=actor), _("Removed."))
    else:
        codes = list(row.items.order_by("position", "pk").values_list("asset__subject__code", flat=True))
        place = codes.index(asset.code)
        asked = request.POST.get("nomor", "") if step == "tempat" else str(place)
        if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
            messages.error(request, _("Write the number at which the work is to stand."))
            return
        codes.insert(max(0, int(asked) - 1), codes.pop(place))
        press(request, lambda: acts.order_collection(collection=row, codes=codes, actor=actor), _("Saved."))


def _where(row: Collection, asset: Asset, before: int) -> str:
    """The page of the list on which the work stands now; of one that was taken out, where it stood."""
    works = _in_order(row)
    place = works.index(asset.pk) if asset.pk in works else before
    number = place // WORKS_PER_PAGE + 1
    url = reverse("media:collection", args=[row.code])
    return f"{url}?page={number}#karya" if number > 1 else f"{url}#karya"
