"""Who applied for a stall, what becomes of each, and what is agreed with those who got one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attached, attempt, press
from enggang.events import exports_stalls as sheets
from enggang.events import rules
from enggang.events.domain import businesses
from enggang.events.domain import stalls as acts
from enggang.events.enums_stalls import ApplicationState
from enggang.events.filters_stalls import ApplicationFilter
from enggang.events.forms.stalls import ApplyForm, ContractForm, CorrectForm, DecideForm, PaperForm
from enggang.events.models import Edition, StallApplication, StallCall
from enggang.events.queries.stalls import missing_of, next_to
from enggang.events.views.finding import find_inside, find_managed_edition
from enggang.events.views.stalls import find_application, find_call, stall_shell
from enggang.files.domain.storing import read_bytes

PER_PAGE = 100


@require_http_methods(LIST_METHODS)
def application_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who applied; posted to, it decides about those that are ticked."""
    edition = find_inside(request, code)
    call = find_call(edition)
    data = posted(request)
    shell = stall_shell(request, edition, "applications", call)
    if data is not None:
        if not shell["may_manage"]:
            raise Http404
        _decide(request, call, data.getlist("pilih"))
        return redirect(request.get_full_path())
    rows = call.applications.with_names().undecided_first()
    chosen = ApplicationFilter(request.GET, queryset=rows, edition=edition)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.call = call
    lines = [(row, missing_of(row)) for row in page]
    context = {**shell, "filter": chosen, "page_obj": page, "lines": lines}
    return answer_page(
        request, "events/stall_applications.html", context, sheets.APPLICATIONS.of(chosen.qs, about=call.subject)
    )


def _decide(request: HttpRequest, call: StallCall, ids: Sequence[str]) -> None:
    """Each for itself: what one is refused does not keep the others back."""
    form = DecideForm(request.POST)
    wanted = [int(each) for each in ids[:2000] if each.isascii() and each.isdigit() and len(each) < 12]
    rows = list(call.applications.with_names().filter(pk__in=wanted).order_by("applied_at"))
    if not form.is_valid() or not rows:
        messages.error(request, _("Tick at least one vendor, then choose what becomes of them."))
        return
    done, refused = 0, list[str]()
    for row in rows:
        row.call = call
        try:
            acts.decide_stall(application=row, actor=actor_of(request), **form.cleaned_data)
        except Refused as why:
            refused.append(why.message)
        else:
            done += 1
    if done:
        state = str(ApplicationState(form.cleaned_data["to"]).label)
        text = ngettext("%(n)s vendor: %(state)s.", "%(n)s vendors: %(state)s.", done)
        messages.success(request, text % {"n": done, "state": state})
    for why_not in list(dict.fromkeys(refused))[:3]:
        messages.error(request, why_not)


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: HttpRequest, code: str) -> HttpResponse:
    """Staff enter a vendor who came in person or by telephone."""
    edition = find_managed_edition(request, code)
    call = find_call(edition)
    form = ApplyForm(request.POST or None, request.FILES or None, edition=edition)
    made: list[acts.Applied] = []

    def save() -> None:
        made.append(
            acts.apply_for_stall(
                call=call, actor=actor_of(request), by_staff=True, picture=form.picture, **form.facts
            )
        )  # fmt: skip

    if form.is_bound and attempt(form, save):
        said = _("Entered.") if made[0].is_new else _("This phone number or NIB has applied already: here it is.")
        messages.success(request, said)
        return redirect("events:stall_application", code=code, row_id=made[0].application.pk)
    context = {
        "form": form, "edition": edition, "heading": _("Enter a vendor"), "columns": "2",
        "back": "events:stall_applications",
    }  # fmt: skip
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """One vendor of an edition; posted to, it decides."""
    edition = find_inside(request, code)
    call = find_call(edition)
    row = find_application(call, row_id)
    if request.method == "POST":
        if not rules.may_manage(actor_of(request), edition.organisation):
            raise Http404
        _decide(request, call, [str(row_id)])
        return redirect("events:stall_application", code=code, row_id=row_id)
    return _page(request, edition, row)


def _page(request: HttpRequest, edition: Edition, row: StallApplication, **bound: Any) -> HttpResponse:
    forms = {"contract_form": ContractForm(application=row), "paper_form": PaperForm(), **bound}
    turnovers = list(row.turnovers.prefetch_related("changes"))
    context = {
        **stall_shell(request, edition, "applications", row.call), "row": row, "missing": missing_of(row),
        "contract": getattr(row, "contract", None), "plot": getattr(row, "plot", None), "before": next_to(row),
        "turnovers": turnovers, "total": sum(each.amount for each in turnovers), **forms,
    }  # fmt: skip
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "events/stall_application.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def application_edit(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    call = find_call(edition)
    row = find_application(call, row_id)
    form = CorrectForm(request.POST or None, request.FILES or None, edition=edition, instance=row)

    def save() -> None:
        fresh, version = find_application(call, row_id), form.cleaned_data["version"]
        acts.change_application(
            application=fresh, version=version, picture=form.picture, actor=actor_of(request), **form.facts
        )

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:stall_application", code=code, row_id=row_id)
    context = {
        "form": form, "edition": edition, "heading": _("Correct %(name)s") % {"name": row}, "columns": "2",
        "back": "events:stall_applications",
    }  # fmt: skip
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_POST
def application_withdraw(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = find_application(find_call(find_managed_edition(request, code)), row_id)
    reason = request.POST.get("reason", "")
    said = _("Noted: %(name)s does not come.") % {"name": row}
    press(request, lambda: acts.withdraw_application(application=row, reason=reason, actor=actor_of(request)), said)
    return redirect("events:stall_application", code=code, row_id=row_id)


@require_safe
def application_picture(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = find_application(find_call(find_inside(request, code)), row_id)
    if row.picture is None:
        raise Http404
    return attached(read_bytes(row.picture), row.picture.media_type, row.picture.name)


# -- the contract --------------------------------------------------------------------------------------


@require_POST
def contract_keep(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = find_application(find_call(edition), row_id)
    form = ContractForm(request.POST, application=row)

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        businesses.keep_stall_contract(application=row, version=version, actor=actor_of(request), **form.facts)

    if attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:stall_application", code=code, row_id=row_id)
    return _page(request, edition, row, contract_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_paper(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """The signed contract, or with ``?bast`` the handover; posted to, another one in its place."""
    if request.method != "POST":
        contract = getattr(find_application(find_call(find_inside(request, code)), row_id), "contract", None)
        stored = contract and (contract.handover_file if "bast" in request.GET else contract.file)
        if not stored:
            raise Http404
        return attached(read_bytes(stored), stored.media_type, stored.name)
    edition = find_managed_edition(request, code)
    row = find_application(find_call(edition), row_id)
    form = PaperForm(request.POST, request.FILES)

    def save() -> None:
        file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
        facts = {"kind": kind, "content": file.read(), "filename": file.name}
        businesses.attach_stall_paper(application=row, actor=actor_of(request), **facts)

    if attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:stall_application", code=code, row_id=row_id)
    return _page(request, edition, row, paper_form=form)
