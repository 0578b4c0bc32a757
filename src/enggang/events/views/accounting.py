"""After an edition: what is still missing of its report, what sections did, incidents, the papers and the audit folder."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.events import exports_papers as sheets
from enggang.events import rules
from enggang.events.domain import accounting as acts
from enggang.events.domain.audit_folder import pack_audit_folder
from enggang.events.forms.accounting import AccountForm, IncidentForm, SectionReportForm
from enggang.events.models import Edition, Incident, SectionReport
from enggang.events.queries.accounting import account_of, due_of, late_by, missing_of_account
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of


@require_http_methods(LIST_METHODS)
def accounting(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    incidents = list(edition.incidents.select_related("site"))
    missing, due = missing_of_account(edition), due_of(edition)
    context = {
        **shell_of(request, edition, "accounting"),
        "manages": _manages(request, edition),
        "texts": _texts(edition),
        "due": due,
        "late": late_by(edition, due),
        "missing": missing,
        "reports": list(edition.section_reports.all()),
        "incidents": incidents,
    }
    offered = (
        sheets.LACKING.of(missing, about=edition.subject), sheets.INCIDENTS.of(incidents, about=edition.subject),
    )  # fmt: skip
    return answer_page(request, "events/accounting.html", context, *offered)


def _texts(edition: Edition) -> list[tuple[Any, str]]:
    account = account_of(edition)
    return [
        (_("What was reached"), account.results), (capfirst(_("obstacles")), account.obstacles),
        (_("Suggestions for the next time"), account.suggestions), (_("Closing words"), account.closing),
    ]  # fmt: skip


def _manages(request: HttpRequest, edition: Edition) -> bool:
    return rules.may_manage(actor_of(request), edition.organisation)


def account_edit(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = AccountForm(request.POST or None, instance=account_of(edition))

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        acts.write_account(edition=edition, version=version, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:accounting", code=code)
    return _form(request, edition, form, _("Words of the report"))


def section_report(request: HttpRequest, code: str, report_id: int | None = None) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = get_object_or_404(SectionReport, pk=report_id, edition=edition) if report_id else None
    form = SectionReportForm(request.POST or None, instance=row)

    def save() -> None:
        fresh = get_object_or_404(SectionReport, pk=row.pk) if row else None
        acts.write_section_report(
            edition=edition, report=fresh, version=form.cleaned_data["version"] or 0, actor=actor_of(request),
            **form.facts,
        )  # fmt: skip

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:accounting", code=code)
    drop = reverse("events:section_report_drop", args=[code, row.pk]) if row else ""
    return _form(request, edition, form, _("What a section did"), drop=drop)


@require_POST
def section_report_drop(request: HttpRequest, code: str, report_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = get_object_or_404(SectionReport.objects.select_related("edition"), pk=report_id, edition=edition)
    press(request, lambda: acts.drop_section_report(report=row, actor=actor_of(request)), _("Removed."))
    return redirect("events:accounting", code=code)


def incident(request: HttpRequest, code: str, incident_id: int | None = None) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _incident(edition, incident_id) if incident_id else None
    form = IncidentForm(request.POST or None, instance=row, edition=edition)

    def save() -> None:
        acts.note_incident(
            edition=edition, incident=_incident(edition, row.pk) if row else None,
            version=form.cleaned_data["version"] or 0, actor=actor_of(request), **form.facts,
        )  # fmt: skip

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect(reverse("events:accounting", args=[code]) + "#kejadian")
    return _form(request, edition, form, _("An incident"), columns="two", incident=row)


def _incident(edition: Edition, incident_id: int) -> Incident:
    return get_object_or_404(Incident, pk=incident_id, edition=edition)


@require_POST
def incident_void(request: HttpRequest, code: str, incident_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row, reason = _incident(edition, incident_id), request.POST.get("reason", "")
    press(
        request, lambda: acts.void_incident(incident=row, reason=reason, actor=actor_of(request)),
        _("Taken back. It stays readable with the reason."),
    )  # fmt: skip
    return redirect(reverse("events:accounting", args=[code]) + "#kejadian")


@require_POST
def incident_restore(request: HttpRequest, code: str, incident_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _incident(edition, incident_id)
    press(request, lambda: acts.restore_incident(incident=row, actor=actor_of(request)), _("It counts again."))
    return redirect(reverse("events:accounting", args=[code]) + "#kejadian")


@require_POST
def audit_folder(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    back = reverse("events:accounting", args=[code])
    try:
        made = pack_audit_folder(edition=edition, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back)
    return redirect(f"{reverse('core:job', args=[made.code])}?back={back}")


def _form(request: HttpRequest, edition: Edition, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = {"edition": edition, "form": form, "heading": heading, **more}
    return render(request, "events/accounting_form.html", context, status=422 if form.errors else 200)
