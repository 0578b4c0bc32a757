"""Learning hours: one's own, those of the staff, and the certificates that wait to be checked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached
from enggang.files.domain.storing import read_bytes
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import present_of
from enggang.places.models.organisation import below, below_any
from enggang.training import exports_learned as sheets
from enggang.training import rules
from enggang.training.domain import learning as acts
from enggang.training.exports_learning import learning_file
from enggang.training.forms.learning import ALL_COLUMNS, CertificateForm, LearningFilterForm
from enggang.training.models import OutsideCertificate
from enggang.training.queries.learning import METHOD, Line, lines_of
from enggang.training.queries.limits import certificate_flags
from enggang.training.views.finding import own_person

MOST_EXPORTED = 20_000
PER_PAGE = 50
YEARS = 6
STEPS = {
    "terima": (acts.accept_certificate, gettext_lazy("Accepted.")),
    "periksa-lagi": (acts.recheck_certificate, gettext_lazy("It waits to be checked again.")),
    "tarik": (acts.withdraw_certificate, gettext_lazy("Withdrawn.")),
}


def my_learning(request: HttpRequest) -> HttpResponse:
    """One's own page; an account without a person on record is told so."""
    person = own_person(request)
    if person is None:
        return render(request, "training/learning_nobody.html")
    return _person_page(request, person)


def person_learning(request: HttpRequest, code: str) -> HttpResponse:
    """The learning hours of somebody of the staff."""
    actor = actor_of(request)
    person = get_object_or_404(Person.objects.visible_to(actor).select_related("subject"), subject__code=code)
    work, own = present_of(person), person.user_id is not None and person.user_id == actor.user_id
    if not own and (work is None or not actor.holds(*rules.SEES_LEARNING, at=work.organisation.path)):
        raise Http404
    return _person_page(request, person)


def _person_page(request: HttpRequest, person: Person) -> HttpResponse:
    actor, work = actor_of(request), present_of(person)
    may_bring = work is not None and rules.may_bring_certificate(actor, person, work.organisation)
    form = CertificateForm(request.POST or None, request.FILES or None) if may_bring else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _bring(request, person, form):
            return redirect(request.path)
    this = clock.today().year
    year = _year(request, this)
    found = list(person.outside_certificates.with_names())
    flags = certificate_flags(found)
    context = {
        "person": person, "own": actor.is_signed_in and person.user_id == actor.user_id,
        "line": lines_of([work], year)[0] if work else None, "year": year,
        "years": range(this, this - YEARS, -1), "form": form, "method": METHOD,
        "certificates": [_shown(row, actor) | {"flag": flags.get(row.pk)} for row in found],
    }  # fmt: skip
    return render(request, "training/learning_person.html", context, status=422 if form and form.errors else 200)


def _year(request: HttpRequest, this: int) -> int:
    text = request.GET.get("tahun", "")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text[:4]) <= this and len(text) == 4 else this


def _shown(row: OutsideCertificate, actor: Actor) -> dict[str, Any]:
    return {
        "row": row,
        "may_check": rules.may_check_certificate(actor, row),
        "may_withdraw": row.is_waiting and rules.may_bring_certificate(actor, row.person, row.agency),
    }


def _bring(request: HttpRequest, person: Person, form: CertificateForm) -> bool:
    upload = form.cleaned_data["file"]
    try:
        acts.bring_certificate(
            person=person, learned=form.learned(), content=upload.read(), name=upload.name, actor=actor_of(request)
        )
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(
        request, _("The certificate is on record. It counts once your agency's staff officer has accepted it.")
    )
    return True


@require_http_methods(LIST_METHODS)
def learning(request: HttpRequest) -> HttpResponse:
    """The staff of an agency with their year, and what waits to be checked."""
    form, lines = _lines(request)
    actor = actor_of(request)
    waiting = OutsideCertificate.objects.to_check(actor).with_names().order_by("brought_at", "pk")
    first = list(waiting[:PER_PAGE])
    flags = certificate_flags(first)
    context = {
        "form": form, "year": form.chosen_year(), "page_obj": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "short": sum(line.short > 0 for line in lines), "over": sum(line.over > 0 for line in lines), "all": len(lines),
        "waiting": [(row, flags.get(row.pk)) for row in first], "waiting_count": waiting.count(), "columns": ALL_COLUMNS, "method": METHOD,
        "may_import": actor.holds_somewhere(*rules.IMPORTS_LEARNING), "query": request.GET.urlencode(),
    }  # fmt: skip
    return answer_page(request, "training/learning.html", context, sheets.CERTIFICATES.of(waiting, shown=first))


def _lines(request: HttpRequest) -> tuple[LearningFilterForm, list[Line]]:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_LEARNING):
        raise Http404
    form = LearningFilterForm(request.GET or {}, actor=actor)
    form.is_valid()
    agency, only = form.value("agency"), form.value("only")
    here = (
        below(agency.path, "organisation__path")
        if agency
        else below_any(actor.paths(*rules.SEES_LEARNING), "organisation__path")
    )
    rows = Employment.objects.present().filter(here).select_related("person__subject", "organisation")
    lines = lines_of(list(rows.order_by("person__name_key", "pk")), form.chosen_year())
    return form, [line for line in lines if not only or getattr(line, only) > 0]


@require_POST
def learning_export(request: HttpRequest) -> HttpResponse:
    """The same lines as a file with the columns that were ticked; noted in the audit trail."""
    form, lines = _lines(request)
    if len(lines) > MOST_EXPORTED:
        text = _("The file would have %(count)s rows; at most %(limit)s fit. Choose an agency and export in parts.")
        messages.error(request, text % {"count": len(lines), "limit": MOST_EXPORTED})
        return redirect(f"{reverse('training:learning')}?{request.GET.urlencode()}")
    chosen = [name for name, _label in ALL_COLUMNS if name in request.POST.getlist("kolom")]
    columns = chosen or [name for name, _label in ALL_COLUMNS]
    kind = "csv" if request.POST.get("bentuk") == "csv" else "xlsx"
    content, media_type = learning_file(lines, columns, kind, actor_of(request))
    acts.export_learning(actor=actor_of(request), count=len(lines), form=kind)
    return attached(content, media_type, f"jp-{form.chosen_year()}.{kind}")


def _find_certificate(request: HttpRequest, code: str) -> OutsideCertificate:
    rows = OutsideCertificate.objects.visible_to(actor_of(request)).with_names()
    return get_object_or_404(rows, subject__code=code)


@require_GET
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    stored = _find_certificate(request, code).file
    if stored is None:
        raise Http404
    response = HttpResponse(read_bytes(stored), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response


@require_POST
def certificate_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    certificate, actor = _find_certificate(request, code), actor_of(request)
    try:
        if step == "tolak":
            acts.refuse_certificate(certificate=certificate, reason=request.POST.get("reason", ""), actor=actor)
            messages.success(request, _("Refused. The person reads why on their page."))
        elif step in STEPS:
            do, told = STEPS[step]
            do(certificate=certificate, actor=actor)
            messages.success(request, str(told))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_back(request, certificate))


def _back(request: HttpRequest, certificate: OutsideCertificate) -> str:
    """To the page the button stood on."""
    target = request.POST.get("kembali", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return "training:my_learning" if certificate.person.user_id == actor_of(request).user_id else "training:learning"
