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
from enggang.core.views.answers import attempt
from enggang.credentials import rules
from enggang.credentials.domain.awards import void_award
from enggang.credentials.domain.erasing import remove_name
from enggang.credentials.domain.reissuing import reissue_award
from enggang.credentials.forms.reissue import ReissueForm
from enggang.credentials.models import Award
from enggang.credentials.queries.drawing import job_of
from enggang.files.domain.storing import read_bytes


def find_award(request: HttpRequest, code: str) -> Award:
    rows = Award.objects.visible_to(actor_of(request)).select_related(
        "subject",
        "organisation",
        "person__subject",
        "document__file",
        "document__signature__file",
        "badge",
        "replaces__subject",
        "replaced_by__subject",
    )
    return get_object_or_404(rows, subject__code=code)


@login_required
@require_GET
def award_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_award(request, code))


def _page(request: HttpRequest, award: Award, form: ReissueForm | None = None) -> HttpResponse:
    may_issue = rules.may_issue(actor_of(request), award.organisation)
    context = {
        "award": award,
        "job": job_of(award, actor_of(request)),
        "may_void": may_issue and not award.is_void,
        "may_remove_name": rules.may_remove_names(actor_of(request), award.organisation) and not award.name_removed_at,
        "reissue_form": (form or ReissueForm(award=award))
        if may_issue and award.is_issued and not award.name_removed_at
        else None,
    }
    return render(request, "credentials/award.html", context, status=422 if form else 200)


@login_required
@require_GET
def award_paper(request: HttpRequest, code: str) -> HttpResponse:
    return paper_response(find_award(request, code))


def paper_response(award: Award) -> HttpResponse:
    """The frozen PDF, as bytes that match its recorded SHA-256."""
    stored = award.document.best_file
    if stored is None or not award.is_issued or award.name_removed_at:
        raise Http404
    response = HttpResponse(read_bytes(stored), content_type="application/pdf")
    name = slugify(f"sertifikat-{award.holder_name}-{award.number}")[:100]
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@login_required
@require_POST
def award_reissue(request: HttpRequest, code: str) -> HttpResponse:
    """Void it and issue it again under another name; answers the page of the new one."""
    award, actor = find_award(request, code), actor_of(request)
    form, made = ReissueForm(request.POST, award=award), list[Award]()
    if not attempt(form, lambda: made.append(reissue_award(award=award, actor=actor, **form.cleaned_data))):
        return _page(request, award, form)
    messages.success(request, _("It is issued again under the new name. The paper is ready in a moment."))
    return redirect("credentials:award", code=made[0].code)


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


@login_required
@require_POST
def award_remove_name(request: HttpRequest, code: str) -> HttpResponse:
    award = find_award(request, code)
    try:
        reason = request.POST.get("reason", "")
        remove_name(person=award.person, organisation=award.organisation, reason=reason, actor=actor_of(request))
    except Conflict as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The name is removed. The codes go on answering, without a name."))
    return redirect("credentials:award", code=code)
