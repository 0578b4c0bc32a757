"""What everybody sees: the gallery, a work, its files, its maker. Every address asks the one gate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.paging import BoundedPaginator
from enggang.core.public import read_by_all
from enggang.files.views.sending import blocks
from enggang.media.credits import Credit, box_of, with_credit
from enggang.media.domain.giving import fetch_asset
from enggang.media.enums import CROPS, FILM_CUTS, SIZES, STREAMS, AssetKind, RenditionKind
from enggang.media.forms.public import GalleryForm
from enggang.media.models import Asset, Caption, Rendition
from enggang.media.queries.credit import address, alt_in, credit_of, linked_data, public_place, public_point
from enggang.media.queries.gallery import gallery, gallery_map, in_order, maker, narrowed, newest
from enggang.media.queries.gate import is_shown, release_of, rights_of, with_gate
from enggang.media.views.captions import answer_captions
from enggang.media.views.serving import answer_rendition
from enggang.media.workshop.marks import sum_of
from enggang.search.models import SearchEntry

PER_PAGE = 48
SECONDS = 60  # nothing that may be withdrawn lives longer in a cache
PUBLIC = f"public, max-age={SECONDS}"
PROVINCE = "61"
CREDITED = frozenset({"jpeg", "webp", "png"})  # small enough to be held in memory
View = Callable[..., HttpResponseBase]


class Gone(Exception):
    """It was shown once, and is no longer (410)."""


def gone_told(view: View) -> View:
    """The page that says «no longer»; a work that never was shown is 404 like any other."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Gone:
            return render(request, "media/gone.html", status=410)

    return run


def find_shown(code: str) -> Asset:
    """A work that everybody may see now. Raises Gone for one that was shown once, Http404 for any other."""
    asset = get_object_or_404(with_gate(Asset.objects.with_names()), subject__code=code)
    if is_shown(asset):
        return asset
    if release_of(asset) is not None:
        raise Gone
    raise Http404


@read_by_all
def gallery_list(request: HttpRequest, language: str) -> HttpResponse:
    form = GalleryForm(request.GET)
    rows = narrowed(gallery(), form.asked)
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    first, end = (page.number - 1) * PER_PAGE, page.end_index()
    among = rows if form.asked.get("q") else newest(rows, end)
    page.object_list = in_order(among[first:end])  # the same rows, read whole
    return render(request, "media/gallery.html", {"page_obj": page, "form": form})


@read_by_all
@gone_told
def work(request: HttpRequest, language: str, code: str) -> HttpResponse:
    asset = find_shown(code)
    renditions = list(asset.renditions.order_by("-width", "format"))
    about = SearchEntry.objects.filter(subject=asset.about_id).first() if asset.about_id else None
    context = {
        "asset": asset, "rights": rights_of(asset), "credit": credit_of(asset), "alt": alt_in(asset, language),
        "place": public_place(asset), "point": public_point(asset), "about": about, "about_code": _about_code(asset),
        "sizes": sizes_of(renditions), **film_facts(request, asset, renditions, language), "page_path": request.path,
        "linked": linked_data(asset, renditions, language), "page_url": address("work", code),
        "picture": next((row for row in renditions if row.kind == "medium" and row.format == "jpeg"), None),
        "card": card_of(renditions), "card_url": _card_url(asset, renditions),
        "oembed_url": address("oembed"), "embed_code": embed_code(asset), "public_author": maker_code(asset),
        "tags": [each.tag.name for each in asset.tagged.select_related("tag")],
        "in_collections": _collections(asset),
    }  # fmt: skip
    return render(request, "media/work.html", context)


def _about_code(asset: Asset) -> str:
    return asset.about.code if asset.about else ""


def _collections(asset: Asset) -> list[Any]:
    rows = asset.collected.filter(collection__published_at__isnull=False).select_related("collection__subject")
    return [row.collection for row in rows.prefetch_related("collection__texts")[:10]]


def maker_code(asset: Asset) -> str:
    return asset.author.code if asset.author else ""


def sizes_of(renditions: list[Rendition]) -> list[Rendition]:
    """What is offered to be fetched, films and then whole pictures first, the largest first: of a photo every JPEG, of a
    film also stills of the whole picture, whose cuts are for link previews and channels alone."""
    films = {RenditionKind.VIDEO, *FILM_CUTS}
    is_film = any(row.kind == RenditionKind.VIDEO for row in renditions)
    rows = [
        row for row in renditions if row.kind in films or (row.format == "jpeg" and not (is_film and row.kind in CROPS))
    ]
    by_measure = dict[tuple[int, int], Rendition]()  # of a small original the larger sizes are one and the same picture
    for row in sorted((row for row in rows if row.kind in SIZES), key=lambda row: SIZES[row.kind]):
        by_measure.setdefault((row.width, row.height), row)
    rows = [row for row in rows if row.kind not in SIZES or by_measure[row.width, row.height] is row]
    return sorted(rows, key=lambda row: (row.format == "jpeg", row.kind in CROPS, -row.width * row.height))


def film_of(renditions: list[Rendition]) -> Rendition | None:
    """The video in one file; its parts for slow lines are mp4 too, and no film by themselves."""
    return next((row for row in renditions if row.kind == RenditionKind.VIDEO and row.format == "mp4"), None)


def film_facts(request: HttpRequest, asset: Asset, renditions: list[Rendition], language: str) -> dict[str, Any]:
    """What the player needs. ``garis`` asks for so many lines, for whoever knows their connection better."""
    streams = [(kind, str(lines)) for kind, lines in STREAMS.items() if any(row.kind == kind for row in renditions)]
    asked = request.GET.get("garis", "")
    return {
        "film": film_of(renditions), "streams": streams, "lines": next((k for k, n in streams if n == asked), ""),
        "captions": list(asset.captions.all()) if asset.kind == AssetKind.VIDEO else [], "language": language,
    }  # fmt: skip


def card_of(renditions: list[Rendition]) -> Rendition | None:
    """The picture for a link that is shared: 1200×630 where it is made, JPEG because messengers know nothing newer."""
    jpegs = [row for row in renditions if row.format == "jpeg"]
    wide = [row for row in jpegs if (row.width, row.height) == (1200, 630)]
    return wide[0] if wide else min(jpegs, key=lambda row: abs(row.width - 1200), default=None)


def _card_url(asset: Asset, renditions: list[Rendition]) -> str:
    card = card_of(renditions)
    return address("rendition", asset.code, card.kind, card.format) if card else ""


def embed_code(asset: Asset) -> str:
    """To be pasted into another site. A frame, so that a withdrawal reaches it."""
    shown = f'src="{address("embed", asset.code)}" width="640" height="480" loading="lazy"'
    return f'<iframe {shown} style="border:0" title="{_attribute(asset.title)}" allowfullscreen></iframe>'


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


@gone_told
@require_safe
def rendition(request: HttpRequest, code: str, kind: str, form: str) -> HttpResponseBase:
    asset = find_shown(code)
    return answer_credited(request, asset, _made(asset, kind, form))


def _made(asset: Asset, kind: str, form: str) -> Rendition:
    """The rendition, or the JPEG of its size: a page that offers a newer form shows a picture in any case."""
    rows = {row.format: row for row in asset.renditions.filter(kind=kind, format__in=[form, "jpeg"])}
    found = rows.get(form) or (rows.get("jpeg") if form in {"webp", "avif"} else None)
    if found is None:
        raise Http404
    return found


def answer_credited(request: HttpRequest, asset: Asset, row: Rendition) -> HttpResponseBase:
    """A rendition with the credit as it stands now: as it was made when that is in it, else written into it anew.

    A film goes out in the parts that the browser asks for.
    """
    credit = credit_of(asset)
    if row.format not in CREDITED or row.marks == sum_of(credit.marks):
        response = answer_rendition(request, row, cache=PUBLIC)
    else:
        response = _credited(request, row, credit)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _credited(request: HttpRequest, row: Rendition, credit: Credit) -> HttpResponseBase:
    """Between a change of the rights and the job that makes the files anew."""
    tag = f'"{row.sha256[:40]}-{sum_of(credit.marks)}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(with_credit(_whole(row), credit), content_type=row.media_type)
    response["ETag"], response["Cache-Control"], response["X-Content-Type-Options"] = tag, PUBLIC, "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _credited_film(row: Rendition, credit: Credit) -> HttpResponseBase:
    """To be kept, a film has the credit at its end; to be played, it needs none."""
    box = box_of(credit)
    try:
        size = row.content.size
    except OSError as error:
        raise Http404 from error
    response = StreamingHttpResponse(chain(blocks(row.content, 0, size), [box]), content_type=row.media_type)
    response["Content-Length"], response["X-Content-Type-Options"] = str(size + len(box)), "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _whole(row: Rendition) -> bytes:
    try:
        with row.content.open("rb") as handle:
            return bytes(handle.read())
    except OSError as error:
        raise Http404 from error


@gone_told
@require_safe
def captions(request: HttpRequest, code: str, language: str) -> HttpResponseBase:
    row = get_object_or_404(Caption, asset=find_shown(code), language=language)
    return answer_captions(row, PUBLIC)


@csrf_exempt  # nothing of anybody's is changed by it, and the page is the same for everybody
@gone_told
@require_POST
def download(request: HttpRequest, code: str) -> HttpResponseBase:
    """A size of the work as a file, its credit in it; that it was fetched is noted."""
    asset = find_shown(code)
    kind, _dot, form = request.POST.get("size", "").partition(".")
    row = get_object_or_404(asset.renditions, kind=kind[:12], format=form[:8])
    purpose = request.POST.get("purpose", "").replace("\x00", "")[:200]
    try:
        fetch_asset(asset=asset, size=kind, purpose=purpose, actor=actor_of(request))
    except Refused as error:
        raise Gone from error
    response = _credited_film(row, credit_of(asset)) if row.format == "mp4" else answer_credited(request, asset, row)
    ending = {"jpeg": "jpg"}.get(row.format, row.format)
    name = f"{asset.title[:60]} {asset.code}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@read_by_all
def maker_page(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """What somebody made: only their name and their published works."""
    person = maker(code)
    if person is None:
        raise Http404
    page = BoundedPaginator(gallery().filter(author=person), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "media/maker.html", {"person": person, "page_obj": page})


@read_by_all
def map_page(request: HttpRequest, language: str) -> HttpResponse:
    """The province, or with ``wilayah`` one regency of it, large."""
    drawn = gallery_map(PROVINCE, request.GET.get("wilayah", "")[:13])
    listed = [place for place in drawn.places if place.count] if drawn else []
    works = [asset for dot in drawn.dots for asset in dot.assets][:PER_PAGE] if drawn and drawn.near else []
    return render(request, "media/map.html", {"drawn": drawn, "listed": listed, "works": works})
