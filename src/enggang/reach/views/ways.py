"""Ways that are counted: a short address that leads on, and the door to somebody else's site. No cookie, no account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from enggang.core.codes import normalise_code
from enggang.core.public import OWN, address_in, words_in
from enggang.reach.counter import is_person, tally
from enggang.reach.enums import What
from enggang.reach.models import ShortLink
from enggang.reach.queries.nouns import face_of, shown_by


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """On to the page; 410 once the link is retired or the page is gone, 404 for a code that never was."""
    link = get_object_or_404(ShortLink.objects.select_related("subject"), code=normalise_code(code))
    face = face_of(link.subject, link.language) if link.retired_at is None else None
    aim = face.aims.get(link.aim) if face else None
    if face is None or aim is None:
        return _ended(request, link.language)
    if is_person(request):
        tally.add(What.SHORT, link.code, about=face.counted, language=link.language)
    return _on(aim.path)


def _ended(request: HttpRequest, language: str) -> HttpResponse:
    """In the language of the link; to the front pages instead of a form that would need a cookie."""
    request.public_language = language  # type: ignore[attr-defined]
    fronts = [{"code": code, "label": label, "path": address_in(code, "portal:home")} for code, label in OWN.items()]
    with translation.override(words_in(language)):
        return render(request, "reach/ended.html", {"alternates": fronts}, status=410)


@require_safe
def outside(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """To an address that stands in our own record of the noun, and to no other: nothing of the address asked is read as one."""
    shown = shown_by(code)
    if shown is None or shown.face is None or name not in shown.face.outside:
        raise Http404
    if is_person(request):
        tally.add(What.OUTSIDE, name, about=code)
    return _on(shown.face.outside[name])


def _on(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex"
    return answer
