"""Consents of people: the list, one with its works, its withdrawal; and the person's own private address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.audit.domain.trail import record_reading
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.files.views.sending import send_file
from enggang.media import exports_rights as sheets
from enggang.media import rules
from enggang.media.domain import consents as acts
from enggang.media.forms.rights import ConsentForm, WithdrawalForm
from enggang.media.models import Asset, Consent
from enggang.media.queries.gate import shown
from enggang.media.views.finding import find_home, libraries

PER_PAGE = 50
SOON = timedelta(days=30)  # so early somebody asks the person again
FILES = {"bukti": "evidence", "pencabutan": "withdrawal_evidence"}


@require_http_methods(LIST_METHODS)
def consent_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not rules.contributes(actor):
        raise Http404
    rows = Consent.objects.visible_to(actor).select_related("subject", "organisation")
    rows = rows.annotate(works=Count("likenesses")).order_by("person", "pk")
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    if text:
        rows = rows.filter(person__icontains=text)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    day = clock.today()
    context = {
        "page_obj": page, "lines": [(row, row.is_in_force(day), row.ends_within(SOON, day)) for row in page], "text": text, "homes": libraries(actor), "reads": rules.reads(actor),
    }  # fmt: skip
    return answer_page(request, "media/consents.html", context, sheets.CONSENTS.of(rows))


def consent_new(request: HttpRequest, code: str) -> HttpResponse:
    """For the library of an agency; with ``?karya=`` the person is put beside that work."""
    home, actor = find_home(actor_of(request), code), actor_of(request)
    asset = _asked_work(request)
    form = ConsentForm(request.POST or None, request.FILES or None)
    made: list[Consent] = []

    def keep() -> None:
        made.append(acts.keep_consent(organisation=home, actor=actor, **form.facts))
        if asset is not None:
            acts.add_likeness(asset=asset, consent=made[0], actor=actor)

    if form.is_bound and attempt(form, keep):
        messages.success(request, _("The consent is on record."))
        if asset is not None:
            return redirect(f"{reverse('media:rights', args=[asset.code])}?langkah=orang")
        return redirect("media:consent", code=made[0].code)
    context = {"form": form, "home": home, "asset": asset}
    return render(request, "media/consent_form.html", context, status=422 if form.errors else 200)


def _asked_work(request: HttpRequest) -> Asset | None:
    asked = request.GET.get("karya", "")[:16]
    if not asked:
        return None
    asset = get_object_or_404(Asset.objects.visible_to(actor_of(request)).with_names(), subject__code=asked)
    if not rules.may_describe(actor_of(request), asset):
        raise Http404
    return asset


def _find(request: HttpRequest, code: str) -> Consent:
    rows = Consent.objects.visible_to(actor_of(request)).select_related("subject", "organisation__subject")
    return get_object_or_404(rows, subject__code=code)


@require_GET
def consent_page(request: HttpRequest, code: str) -> HttpResponse:
    consent = _find(request, code)
    record_reading(
        actor=actor_of(request), field="media.Consent.person", subject_code=consent.code,
        organisation_code=consent.subject.organisation_code,
    )  # fmt: skip
    return _page(request, consent)


def _page(request: HttpRequest, consent: Consent, **bound: Any) -> HttpResponse:
    works = list(Asset.objects.filter(likenesses__consent=consent).with_names().newest_first()[:200])
    context = {
        "consent": consent, "works": works, "in_force": consent.is_in_force(clock.today()),
        "withdrawal_form": WithdrawalForm(), "form": ConsentForm(row=consent), **bound,
    }  # fmt: skip
    wrong = any(each.errors for each in bound.values() if hasattr(each, "errors"))
    return render(request, "media/consent.html", context, status=422 if wrong else 200)


@require_POST
def consent_edit(request: HttpRequest, code: str) -> HttpResponse:
    consent = _find(request, code)
    form = ConsentForm(request.POST, request.FILES, row=consent)

    def keep() -> None:
        version = form.cleaned_data["version"] or 0
        acts.keep_consent(
            organisation=consent.organisation, consent=consent, version=version, actor=actor_of(request), **form.facts
        )

    if attempt(form, keep):
        messages.success(request, _("Saved."))
        return redirect("media:consent", code=code)
    return _page(request, _find(request, code), form=form)


@require_POST
def consent_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    consent = _find(request, code)
    form = WithdrawalForm(request.POST, request.FILES)
    if attempt(form, lambda: acts.withdraw_consent(consent=consent, actor=actor_of(request), **form.facts)):
        messages.success(request, _("Withdrawn. No work of this person is shown any more."))
        return redirect("media:consent", code=code)
    return _page(request, _find(request, code), withdrawal_form=form)


@never_cache
@require_POST
def consent_link(request: HttpRequest, code: str) -> HttpResponse:
    consent = _find(request, code)
    made: list[str] = []
    done = press(
        request,
        lambda: made.append(acts.hand_out_consent(consent=consent, actor=actor_of(request))),
        _("A new private address. The former one has ended."),
    )
    if not done:
        return redirect("media:consent", code=code)
    address = request.build_absolute_uri(reverse("media:consent_by_link", args=[made[0]]))
    return _page(request, consent, address=address)


@require_GET
def consent_file(request: HttpRequest, code: str, what: str) -> HttpResponseBase:
    consent = _find(request, code)
    stored = getattr(consent, FILES.get(what, ""), None)
    if stored is None:
        raise Http404
    record_reading(
        actor=actor_of(request), field="media.Consent.evidence", subject_code=consent.code,
        organisation_code=consent.subject.organisation_code,
    )  # fmt: skip
    return send_file(request, stored)


# -- behind the person's private address ----------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the person agreed to, and the works of theirs that everybody sees; posted to, it is withdrawn."""
    link = find_link(token[:100], LinkScope.LIKENESS)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.LIKENESS)
    if link is None or actor is None:
        raise Http404
    rows = Consent.objects.select_related("subject", "organisation")
    consent = get_object_or_404(rows, subject=link.subject)
    if request.method == "POST":
        note = request.POST.get("note", "")[:500]
        said = _("Withdrawn. You are no longer shown; copies that others keep are gone within a minute.")
        press(request, lambda: acts.withdraw_consent(consent=consent, actor=actor, note=note), said)
        return redirect("media:consent_by_link", token=token)
    works = shown(Asset.objects.filter(likenesses__consent=consent)).with_names()
    context = {"consent": consent, "works": list(works[:100]), "in_force": consent.is_in_force(clock.today())}
    return render(request, "media/consent_by_link.html", context)
