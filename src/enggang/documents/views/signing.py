"""How an organisation's papers are signed electronically, and signing those that wait for a person."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.registries import document_kinds
from enggang.core.views.answers import attached, attempt, press
from enggang.documents import exports, rules
from enggang.documents.domain.attaching import accept_signature, discard_signature
from enggang.documents.domain.bringing import bring_signed, folder_of
from enggang.documents.domain.signing import (
    add_signing_by_hand,
    add_signing_key,
    add_signing_service,
    end_signing,
    method_for,
    sign_with_service,
)
from enggang.documents.enums import SigningBackend
from enggang.documents.forms.letters import EndForm
from enggang.documents.forms.signing import MethodForm, PassphraseForm, SignedFilesForm
from enggang.documents.models import SigningMethod
from enggang.documents.queries.signing import proposed_signatures, waiting_papers
from enggang.documents.views.finding import find_office, pdf_response
from enggang.files.domain.storing import read_bytes
from enggang.places.models import Organisation

SHOWN = 25
SECONDS = 20  # of signing in one request; the page asks again for the rest
FOLDER = 500


def by_person(organisation: Organisation) -> SigningMethod | None:
    """The way in force today, when it is one for which a person has to do something."""
    method = method_for(organisation, "certificate")
    return None if method is None or method.signs_by_itself else method


@require_http_methods(LIST_METHODS)
def signing(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_office(request, code))


def _page(request: HttpRequest, organisation: Organisation, status: int = 200, **forms: Any) -> HttpResponse:
    actor, waiting = actor_of(request), waiting_papers(organisation)
    shown = list(waiting[:SHOWN])
    rows = SigningMethod.objects.filter(organisation=organisation)
    context: dict[str, Any] = {
        "organisation": organisation, "may_issue": rules.may_issue(actor, organisation),
        "may_set_up": rules.may_set_up_signing(actor, organisation),
        "methods": [(row, document_kinds[row.paper].label if row.paper in document_kinds else row.paper) for row in rows[:30]],
        "method": by_person(organisation), "waiting": shown, "count": waiting.count(),
        "proposed": proposed_signatures(organisation)[:SHOWN], "backends": SigningBackend.choices,
        "passphrase_form": PassphraseForm(),
        "files_form": SignedFilesForm(), **forms,
    }  # fmt: skip
    offered = (
        exports.SIGNING.of(rows, about=organisation.subject, shown=context["methods"]),
        exports.UNSIGNED.of(waiting, about=organisation.subject, shown=shown),
    )
    return answer_page(request, "documents/signing.html", context, *offered, status=status)


@sensitive_post_parameters()
def signing_new(request: HttpRequest, code: str, backend: str) -> HttpResponse:
    """Add a way of signing."""
    if backend not in SigningBackend.values:
        raise Http404
    organisation = find_office(request, code, issues=True)
    if not rules.may_set_up_signing(actor_of(request), organisation):
        raise Http404
    form = MethodForm(request.POST or None, request.FILES or None, backend=SigningBackend(backend))
    if form.is_bound and attempt(form, lambda: _add(request, organisation, form, SigningBackend(backend))):
        messages.success(request, _("Added."))
        return redirect("documents:signing", code=code)
    context = {
        "organisation": organisation,
        "form": form,
        "title": _titles()[SigningBackend(backend)],
        "back": "documents:signing",
    }
    return render(request, "documents/office_form.html", context, status=422 if form.errors else 200)


def _titles() -> dict[SigningBackend, str]:
    return {
        SigningBackend.NONE: _("New way of signing: not electronically"),
        SigningBackend.KEY: _("New way of signing: with a key kept here"),
        SigningBackend.UPLOAD: _("New way of signing: elsewhere, files are uploaded"),
        SigningBackend.SERVICE: _("New way of signing: with BSrE's e-sign client"),
    }


def _add(request: HttpRequest, organisation: Organisation, form: MethodForm, backend: SigningBackend) -> SigningMethod:
    data = form.cleaned_data
    shared: dict[str, Any] = {
        "organisation": organisation, "name": data["name"], "validity": form.validity(), "actor": actor_of(request),
    }  # fmt: skip
    if backend == SigningBackend.KEY:
        content = data["key"].read() if data["key"] else b""
        return add_signing_key(
            content=content, passphrase=data["passphrase"], timestamp_url=data["timestamp_url"], **shared
        )
    if backend == SigningBackend.SERVICE:
        return add_signing_service(address=data["address"], login=data["login"], password=data["password"], **shared)
    return add_signing_by_hand(backend=backend, **shared)


@require_POST
def signing_end(request: HttpRequest, code: str, method_id: int) -> HttpResponse:
    organisation = find_office(request, code, issues=True)
    rows = SigningMethod.objects.filter(organisation=organisation).select_related("organisation__subject")
    method = get_object_or_404(rows, pk=method_id)
    form = EndForm(request.POST)
    press(request, lambda: end_signing(method=method, last_day=form.last_day(), actor=actor_of(request)), _("Saved."))
    return redirect("documents:signing", code=code)


@require_GET
def signing_folder(request: HttpRequest, code: str) -> HttpResponse:
    """The papers that wait, as a ZIP to be signed elsewhere."""
    organisation = find_office(request, code, issues=True)
    content = folder_of(waiting_papers(organisation)[:FOLDER])
    return attached(content, "application/zip", "belum-ditandatangani.zip")


@require_POST
def signing_bring(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code, issues=True)
    method, form = by_person(organisation), SignedFilesForm(request.POST, request.FILES)
    if method is None or not form.is_valid():
        return _page(request, organisation, 422, files_form=form)
    files = ((each.name or "", each.read()) for each in form.cleaned_data["papers"])
    try:
        brought = bring_signed(method=method, files=files, actor=actor_of(request))
    except Refused as refused:
        form.add_error("papers", refused.message)
        return _page(request, organisation, 422, files_form=form)
    _tell_signed(request, brought.attached)
    not_taken = [f"{name}: {reason}" for name, reason in brought.refused[:20]]
    return _page(request, organisation, 422 if not_taken else 200, not_taken=not_taken)


def _tell_signed(request: HttpRequest, count: int) -> None:
    if count:
        text = ngettext("%(count)s paper is signed.", "%(count)s papers are signed.", count) % {"count": count}
        messages.success(request, text)


@sensitive_post_parameters("passphrase", "nik")
@require_POST
def signing_batch(request: HttpRequest, code: str) -> HttpResponse:
    """Sign what waits for as long as one request may last. A page with its script asks on by itself until all is done."""
    organisation = find_office(request, code, issues=True)
    method, form = by_person(organisation), PassphraseForm(request.POST)
    wants_json = "application/json" in request.headers.get("Accept", "")
    waiting, problem = waiting_papers(organisation), ""
    before = waiting.count()
    if form.is_valid() and method is not None and method.backend == SigningBackend.SERVICE:
        until = time.monotonic() + SECONDS
        try:
            sign_with_service(
                method=method, documents=list(waiting[:FOLDER]), nik=form.cleaned_data["nik"],
                passphrase=form.cleaned_data["passphrase"], actor=actor_of(request),
                enough=lambda: time.monotonic() > until,
            )  # fmt: skip
        except Refused as refused:
            problem = refused.message
    elif form.errors:
        problem = " ".join(str(each) for errors in form.errors.values() for each in errors)
    left = waiting.count()
    signed = before - left
    if wants_json:
        return JsonResponse({"signed": signed, "left": left, "problem": problem}, status=422 if problem else 200)
    _tell_signed(request, signed)
    if problem and not form.errors:
        form.add_error(None, problem)
    return _page(request, organisation, 422 if problem else 200, **({"passphrase_form": form} if problem else {}))


@require_GET
def signing_file(request: HttpRequest, code: str, signature_id: int) -> HttpResponse:
    """A proposed file, to be looked at before it is accepted."""
    organisation = find_office(request, code)
    signature = get_object_or_404(proposed_signatures(organisation), pk=signature_id)
    return pdf_response(read_bytes(signature.file), signature.file.name)


@require_POST
def signing_decide(request: HttpRequest, code: str, signature_id: int, answer: str) -> HttpResponse:
    organisation = find_office(request, code, issues=True)
    signature = get_object_or_404(proposed_signatures(organisation), pk=signature_id)
    decide = accept_signature if answer == "terima" else discard_signature
    press(request, lambda: decide(signature=signature, actor=actor_of(request)), _("Saved."))
    return redirect("documents:signing", code=code)
