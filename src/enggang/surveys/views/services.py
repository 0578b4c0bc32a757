"""Surveys of citizens about a service: the list with the form for the next one, and the sheet for the counter."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, posted
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views
from enggang.surveys import exports, rules
from enggang.surveys.domain.services import drop_service_survey, keep_service_rule, make_service_survey
from enggang.surveys.enums import AskingState
from enggang.surveys.forms.services import ServiceForm
from enggang.surveys.queries.services import TABLES, service_surveys
from enggang.surveys.views.drawing import qr_svg
from enggang.surveys.views.surveys import find_managed_survey, find_survey

PER_PAGE = 25
SHELF = Shelf(
    space="surveys:service_rule", tables=TABLES, readers=rules.SEES_SERVICE_RULES, managers=rules.SURVEYS_SERVICES,
    keep=keep_service_rule, home=("surveys:services", gettext_lazy("Citizens on services (SKM)")),
    lead=gettext_lazy("What surveys of citizens rest on, with the source. A weight of your agency takes the place of the shipped one; options of your agency for a question take the place of all shipped ones for it. A survey keeps what it was opened with."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)


def service_list(request: HttpRequest) -> HttpResponse:
    """POST makes the draft of the next one."""
    actor = actor_of(request)
    data, may_make = posted(request), actor.holds_somewhere(*rules.SURVEYS_SERVICES)
    if not may_make and (data is not None or not actor.holds_somewhere(*rules.SEES_RESULTS)):
        raise Http404
    form = ServiceForm(data, actor=actor)
    if form.is_bound and form.is_valid():
        try:
            survey = make_service_survey(actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The survey is a draft. Look through its statements, then open it."))
            return redirect("surveys:survey", code=survey.code)
    rows = service_surveys(actor)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "may_make": may_make}
    export, status = exports.SERVICES.of(rows), 422 if form.is_bound else 200
    return answer_page(request, "surveys/services.html", context, export, status=status)


@require_GET
def counter_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The public address and its square code on one sheet, to stand at the counter."""
    survey = find_survey(request, code)
    if not survey.is_public or survey.state != AskingState.OPEN:
        raise Http404
    address = settings.PUBLIC_URL + reverse("surveys:answer", args=[survey.code])
    context = {"survey": survey, "address": address, "svg": qr_svg(address)}
    return render(request, "surveys/counter.html", context)


@require_POST
def service_drop(request: HttpRequest, code: str) -> HttpResponse:
    survey = find_managed_survey(request, code)
    if not hasattr(survey, "service"):
        raise Http404
    try:
        drop_service_survey(survey=survey, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("surveys:survey", code=code)
    messages.success(request, _("Removed."))
    return redirect("surveys:services")
