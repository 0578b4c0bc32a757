"""Competency profiles: one's own, those of the staff with their gaps, and the assessor's findings."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Conflict, Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached, press
from enggang.people.domain.employments import set_post_type
from enggang.people.models import Person
from enggang.people.queries.catalogue import level_names
from enggang.people.queries.persons import present_of
from enggang.people.rules import may_manage_people_at
from enggang.places.models.organisation import below
from enggang.training import exports_learned as sheets
from enggang.training import rules
from enggang.training.domain import profile as acts
from enggang.training.exports_profile import profile_file
from enggang.training.forms.profile import AssessmentForm, PostTypeForm, ProfileFilterForm
from enggang.training.models import Assessment
from enggang.training.queries.needs import gaps
from enggang.training.queries.profile import METHOD, Profile, assessable, profiles_of, staff_of
from enggang.training.views.finding import find_staff, own_person

PER_PAGE = 50


def my_profile(request: HttpRequest) -> HttpResponse:
    """One's own page; an account without a person on record is told so."""
    person = own_person(request)
    if person is None or present_of(person) is None:
        return render(request, "training/profile_nobody.html", {"heading": _("My competency profile")})
    return _page(request, person)


def person_profile(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody of the staff; a post is the assessor's finding. Reading it is noted."""
    person = _find(request, code)
    acts.note_profile_read(person=person, actor=actor_of(request))
    return _page(request, person)


def _find(request: HttpRequest, code: str) -> Person:
    return find_staff(request, code, rules.sees_profile)


def _page(request: HttpRequest, person: Person) -> HttpResponse:
    actor, work = actor_of(request), present_of(person)
    assert work is not None
    work.person = person
    profile = profiles_of([work])[0]
    form = _assessment_form(request, profile) if rules.may_assess(actor, person, work.organisation) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _assess(request, person, form):
            return redirect("training:person_profile", code=person.code)
    keeps = may_manage_people_at(actor, work.organisation.path)
    names = PostTypeForm(
        initial={"post_type": work.post_type_id, "version": person.version}, organisation=work.organisation
    )
    findings = person.assessments.select_related("competency", "registration__wave__programme", "agency")
    context = {
        "person": person, "work": work, "profile": profile, "form": form, "method": METHOD, "findings": findings,
        "may_assess": form is not None, "post_type_form": names if keeps else None,
        "levels": level_names(work.organisation, clock.today()),
    }  # fmt: skip
    return render(request, "training/profile.html", context, status=422 if form and form.errors else 200)


def _assessment_form(request: HttpRequest, profile: Profile) -> AssessmentForm:
    work = profile.employment
    asked = {
        "competency": request.GET.get("kompetensi", ""), "registration": request.GET.get("bukti", ""),
        "level": request.GET.get("tingkat", ""), "assessed_on": clock.today(),
    }  # fmt: skip
    return AssessmentForm(
        request.POST or None, initial=asked, profile=profile, offered=assessable(work.person, work.organisation.path),
        names=level_names(work.organisation, clock.today()),
    )  # fmt: skip


def _assess(request: HttpRequest, person: Person, form: AssessmentForm) -> bool:
    try:
        acts.assess_competency(person=person, actor=actor_of(request), **form.finding())
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(request, _("The finding is on record. It can be withdrawn below."))
    return True


@require_POST
def assessment_withdraw(request: HttpRequest, assessment_id: int) -> HttpResponse:
    actor = actor_of(request)
    rows = Assessment.objects.visible_to(actor).select_related("person__subject", "agency")
    row = get_object_or_404(rows, pk=assessment_id)
    try:
        acts.withdraw_assessment(assessment=row, reason=request.POST.get("reason", ""), actor=actor)
        messages.success(request, _("Withdrawn. What it was judged on is proposed again."))
    except Conflict as refused:  # who may not is answered so, and not told on a page
        messages.error(request, refused.message)
    own = row.person.user_id == actor.user_id
    return redirect("training:my_profile") if own else redirect("training:person_profile", code=row.person.code)


@require_POST
def post_type(request: HttpRequest, code: str) -> HttpResponse:
    """The kind of the present post, said by the agency's staff officer."""
    person = _find(request, code)
    work = present_of(person)
    assert work is not None
    form = PostTypeForm(request.POST, organisation=work.organisation)
    if form.is_valid():
        do = partial(set_post_type, person=person, actor=actor_of(request), **form.cleaned_data)
        press(request, do, _("Saved."))
    else:
        messages.error(request, _("Choose one of the kinds of post that are offered."))
    return redirect("training:person_profile", code=code)


def _profiles(request: HttpRequest) -> tuple[ProfileFilterForm, list[Profile]]:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_PROFILES):
        raise Http404
    form = ProfileFilterForm(request.GET or {}, actor=actor)
    form.is_valid()
    rows = staff_of(actor)
    if agency := form.cleaned_data.get("agency"):
        rows = rows.filter(below(agency.path, "organisation__path"))
    found = profiles_of(list(rows.order_by("person__name_key", "pk")))
    return form, [profile for profile in found if form.keeps(profile)]


@require_http_methods(LIST_METHODS)
def profile_list(request: HttpRequest) -> HttpResponse:
    """The staff with their gaps."""
    form, profiles = _profiles(request)
    needs = gaps(profiles)
    context = {
        "form": form, "page_obj": Paginator(profiles, PER_PAGE).get_page(request.GET.get("page")), "all": len(profiles),
        "below": sum(bool(profile.gaps) for profile in profiles), "waiting": sum(p.waiting for p in profiles),
        "untyped": sum(profile.employment.post_type_id is None for profile in profiles), "method": METHOD,
        "needs": needs, "may_state": actor_of(request).holds_somewhere(*rules.KEEPS_STAFF),
    }  # fmt: skip
    return answer_page(request, "training/profiles.html", context, sheets.GAPS.of(needs))


@require_GET
def profile_export(request: HttpRequest) -> HttpResponse:
    """The same people as a file; noted in the audit trail."""
    _form, profiles = _profiles(request)
    kind = "csv" if request.GET.get("bentuk") == "csv" else "xlsx"
    content, media_type = profile_file(profiles, kind, actor_of(request))
    acts.export_profiles(actor=actor_of(request), count=len(profiles), form=kind)
    return attached(content, media_type, f"profil-kompetensi-{clock.today():%Y-%m-%d}.{kind}")
