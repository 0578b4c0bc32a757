"""For other sites and readers: a frame, oEmbed, a feed, a map of the site. Nothing here reads or sets a cookie."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from enggang.core.public import OWN, address_in
from enggang.media.domain.giving import note_usage, site_of
from enggang.media.enums import AssetKind
from enggang.media.enums_words import UsageKind
from enggang.media.models import Asset
from enggang.media.queries.credit import address, alt_in, credit_of
from enggang.media.queries.gallery import gallery
from enggang.media.queries.gate import rights_of
from enggang.media.views.public import PUBLIC, Gone, embed_code, film_facts, find_shown

FRAME = {
    "default-src": ["'none'"],
    "img-src": ["'self'"],
    "media-src": ["'self'"],
    "style-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}
FEED, SITEMAP = 50, 5_000
WORK = re.compile(r"(?:/[a-z]{2})?/(?:galeri|embed)/([0-9A-Z]{8,16})/?")


def _language(request: HttpRequest) -> str:
    return "en" if request.GET.get("lang") == "en" else "id"


@xframe_options_exempt
@csp_replace(FRAME)  # type: ignore[arg-type]  # the package knows views without arguments only
@require_safe
def embed(request: HttpRequest, code: str) -> HttpResponseBase:
    language = _language(request)
    try:
        asset = find_shown(code)
    except Gone:
        return _plain(render_to_string("media/embed_gone.html", {"language": language}), 410)
    _note(request, asset)
    context = {
        "asset": asset, "credit": credit_of(asset), "alt": alt_in(asset, language),
        "is_video": asset.kind == AssetKind.VIDEO, "page_url": address("work", code),
        **film_facts(request, asset, list(asset.renditions.all()), language),
    }  # fmt: skip
    with override(language):
        return _plain(render_to_string("media/embed.html", context))


def _plain(html: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = PUBLIC
    response["Referrer-Policy"] = "no-referrer"
    return response


def _note(request: HttpRequest, asset: Asset) -> None:
    """Where it is shown: the name of the site, once a minute at most because the frame lives so long in caches."""
    site = site_of(request.headers.get("Referer", "")[:300])
    if site and site != urlsplit(settings.PUBLIC_URL).netloc:
        note_usage(asset, UsageKind.EMBED, site)


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """https://oembed.com: JSON only (501 for XML). A withdrawn work answers 410, an unknown address 404."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    code = _code_in(request.GET.get("url", "")[:300])
    try:
        asset = find_shown(code)
    except Gone:
        return _open(JsonResponse({}, status=410))
    return _open(JsonResponse(_oembed(request, asset)))


def _code_in(url: str) -> str:
    """The work that an address of this installation is about."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Http404 from error
    found = WORK.fullmatch(parts.path)
    if found is None or parts.netloc != urlsplit(settings.PUBLIC_URL).netloc:
        raise Http404
    return found[1]


def _oembed(request: HttpRequest, asset: Asset) -> dict[str, Any]:
    widest, highest = (_pixels(request, name) for name in ("maxwidth", "maxheight"))
    credit, rights = credit_of(asset), rights_of(asset)
    rows = list(asset.renditions.filter(format="jpeg").order_by("width"))
    fitting = [row for row in rows if row.width <= widest and row.height <= highest]
    smallest = rows[0] if rows else None
    picture = fitting[-1] if fitting else smallest
    facts: dict[str, Any] = {
        "version": "1.0", "title": asset.title, "author_name": credit.creator, "provider_name": "Enggang",
        "provider_url": settings.PUBLIC_URL, "cache_age": 60, "license": credit.licence_name,
        "license_url": credit.licence_url, "credit": rights.credit if rights else "",
    }  # fmt: skip
    if picture is not None:
        shown = address("rendition", asset.code, picture.kind, picture.format)
        facts |= {"thumbnail_url": shown, "thumbnail_width": picture.width, "thumbnail_height": picture.height}
    if asset.kind == AssetKind.VIDEO or picture is None:
        return {**facts, "type": "video", "html": embed_code(asset), "width": 640, "height": 480}
    return {**facts, "type": "photo", "url": facts["thumbnail_url"], "width": picture.width, "height": picture.height}


def _pixels(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text[:6]) if text.isascii() and text.isdigit() else 100_000


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = PUBLIC
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest works as Atom (RFC 4287)."""
    rows = list(gallery()[:FEED])
    newest = max((row.release.published_at for row in rows), default=None)
    entries = "".join(_entry(row) for row in rows)
    updated = f"<updated>{newest.isoformat()}</updated>" if newest else "<updated>2026-01-01T00:00:00+00:00</updated>"
    here = quoteattr(address("feed"))
    text = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Enggang</title><id>{escape(address('list'))}</id>{updated}"
        f'<link rel="self" href={here}/><link href={quoteattr(address("list"))}/>{entries}</feed>'
    )
    return _xml(text, "application/atom+xml")


def _entry(asset: Asset) -> str:
    credit, page = credit_of(asset), address("work", asset.code)
    at = asset.release.published_at.isoformat()
    picture = quoteattr(address("rendition", asset.code, "medium", "jpeg"))
    author = f"<author><name>{_text(credit.creator)}</name></author>" if credit.creator else ""
    return (
        f"<entry><title>{_text(asset.title)}</title><id>{escape(page)}</id><updated>{at}</updated>{author}"
        f'<link href={quoteattr(page)}/><link rel="enclosure" type="image/jpeg" href={picture}/>'
        f"<rights>{_text(credit.text)}</rights><summary>{_text(asset.caption or asset.alt_id)}</summary></entry>"
    )


def _text(text: str) -> str:
    """Without what XML has no place for."""
    return escape("".join(char for char in text if char.isprintable() or char == "\n"))


@require_safe
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The index of the maps, in as many parts as there are works for."""
    parts = range(1, max(1, -(-gallery().order_by().count() // SITEMAP)) + 1)
    rows = "".join(f"<sitemap><loc>{escape(_part(number))}</loc></sitemap>" for number in parts)
    head = '<?xml version="1.0" encoding="utf-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return _xml(f"{head}{rows}</sitemapindex>", "application/xml")


def _part(number: int) -> str:
    return address("sitemap_part", number) if number > 1 else address("sitemap")


@require_safe
def sitemap(request: HttpRequest, number: int = 1) -> HttpResponse:
    """For search engines: works with their pictures (Google's image extension), and where each stands in other languages."""
    if number < 1:
        raise Http404
    rows = gallery().order_by("pk")[(number - 1) * SITEMAP : number * SITEMAP]
    entries = "".join(map(_listed, rows))
    if number > 1 and not entries:
        raise Http404
    text = (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        f' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{entries}</urlset>'
    )
    return _xml(text, "application/xml")


def _listed(row: Asset) -> str:
    kwargs = {"code": row.code}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}"'
        f" href={quoteattr(settings.PUBLIC_URL + address_in(code, 'gallery:work', **kwargs))}/>"
        for code in OWN
    )
    return (
        f"<url><loc>{escape(address('work', row.code))}</loc>{others}<image:image><image:loc>"
        f"{escape(address('rendition', row.code, 'medium', 'jpeg'))}</image:loc></image:image></url>"
    )


def _xml(text: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Cache-Control"] = PUBLIC
    return response
