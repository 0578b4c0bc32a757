"""At the desk: one press, and the person in front of it can sign in."""

from __future__ import annotations

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused, require
from enggang.people.domain.accounts import hand_out_code, invite_person, may_let_person_in
from enggang.people.models import Person


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk_code(request: HttpRequest, code: str) -> HttpResponse:
    """The code is shown in the answer to the press and nowhere else: it cannot be looked up again."""
    people = Person.objects.visible_to(actor_of(request)).select_related("subject", "user")
    person = get_object_or_404(people, subject__code=code)
    require(may_let_person_in(actor_of(request), person))
    context: dict[str, object] = {"person": person}
    if request.method == "POST":
        try:
            context |= (
                _invited(request, person) if request.POST.get("way") == "invitation" else _issued(request, person)
            )
        except Refused as refused:
            context["problem"] = refused.message
    return render(request, "people/desk_code.html", context)


def _issued(request: HttpRequest, person: Person) -> dict[str, object]:
    issued = hand_out_code(person=person, actor=actor_of(request))
    # The address the officer's own browser uses: on a demonstration's network the phone reaches no other.
    url = request.build_absolute_uri(reverse("accounts:desk", args=[issued.token]))
    return {"issued": issued, "url": url, "qr": qr_svg(url)}


def _invited(request: HttpRequest, person: Person) -> dict[str, object]:
    return {"invitation": invite_person(person=person, actor=actor_of(request))}


def qr_svg(url: str) -> str:
    """Inline, without style or script: it stands under the page's own content policy."""
    return segno.make_qr(url, error="m").svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)
