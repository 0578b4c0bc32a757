"""An award as its issuer and its holder see it: the paper, and voiding it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Conflict
from enggang.credentials import rules
from enggang.credentials.domain.awards import void_award
from enggang.credentials.models import Award
from enggang.files.domain.storing import read_bytes


def find_award(request: HttpRequest, code: str) -> Award:
    rows = Award.objects.visible_to(actor_of(request)).select_related(
        "subject", "organisation", "person", "document__file"
    )
    return get_object_or_404(rows, subject__code=code)


@login_required
@require_GET
def award_detail(request: HttpRequest, code: str) -> HttpResponse:
    award = find_award(request, code)
    may_void = rules.may_issue(actor_of(request), award.organisation) and not award.is_void
    return render(request, "credentials/award.html", {"award": award, "may_void": may_void})


@login_required
@require_GET
def award_paper(request: HttpRequest, code: str) -> HttpResponse:
    return paper_response(find_award(request, code))


def paper_response(award: Award) -> HttpResponse:
    """The frozen PDF, as bytes that match its recorded SHA-256."""
    stored = award.document.file
    if stored is None or not award.is_issued:
        raise Http404
    response = HttpResponse(read_bytes(stored), content_type="application/pdf")
    name = slugify(f"sertifikat-{award.holder_name}-{award.number}")[:100]
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@login_required
@require_POST
def award_void(request: HttpRequest, code: str) -> HttpResponse:
    award = find_award(request, code)
    try:
        void_award(award=award, reason=request.POST.get("reason", ""), actor=actor_of(request))
    except Conflict as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The certificate is void. Its code now says so to everyone who checks it."))
    return redirect("credentials:award", code=code)
