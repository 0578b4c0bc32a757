"""A test as its keepers see it: its questions while a draft, its sittings when open, what waits for a judge."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, wants_file
from enggang.surveys import exports, rules
from enggang.surveys.bodies import written
from enggang.surveys.domain.attempts import hand_back, score_by_hand
from enggang.surveys.domain.tests import change_test, close_test, open_test, unopen_test
from enggang.surveys.enums import AskingState
from enggang.surveys.forms.tests import HandBackForm, OpenForm, TestForm
from enggang.surveys.models import AttemptItem, Test
from enggang.surveys.queries.results import scores_of
from enggang.surveys.views.finding import find_managed_test, find_test

JUDGED_AT_ONCE = 20


@require_http_methods(LIST_METHODS)
def test_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_test(request, code))


def _page(request: HttpRequest, test: Test, open_form: OpenForm | None = None) -> HttpResponse:
    items = list(test.items.select_related("version", "question__current", "question__subject", "question__topic"))
    asked = [(item, item.version or item.question.current) for item in items]
    lines = [(item, version, written(version.kind, version.body)) for item, version in asked if version]
    waiting = AttemptItem.objects.filter(attempt__test=test, earned=None).count()
    counts = test.attempts.aggregate(begun=Count("pk"), done=Count("pk", filter=~Q(handed_in_at=None)))
    context = {
        "test": test,
        "lines": lines,
        "waiting": waiting,
        "may_manage": rules.may_manage(actor_of(request), test.organisation),
        "open_form": open_form or OpenForm(),
        **counts,
    }
    export, status = exports.TEST_QUESTIONS.of(lines, about=test.subject), 422 if open_form else 200
    return answer_page(request, "surveys/test.html", context, export, status=status)


test_detail.__test__ = False  # type: ignore[attr-defined]


def edit(request: HttpRequest, code: str) -> HttpResponse:
    test, actor = find_managed_test(request, code), actor_of(request)
    form = TestForm(request.POST or None, instance=test, organisation=test.organisation)
    if form.is_bound and form.is_valid():
        fresh = find_managed_test(request, code)
        try:
            change_test(test=fresh, version=form.cleaned_data["version"] or 0, actor=actor, **form.facts())
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:test", code=code)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/test_form.html", {"form": form, "test": test}, status=status)


@require_POST
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    test, actor = find_managed_test(request, code), actor_of(request)
    form = OpenForm(request.POST)
    try:
        if step == "buka":
            if not form.is_valid():
                return _page(request, test, form)
            open_test(test=test, closes_at=form.until(), actor=actor)
            messages.success(request, _("The test is open. Participants find it on their page."))
        elif step == "tutup":
            close_test(test=test, actor=actor)
            messages.success(request, _("The test is closed. You can open it again."))
        elif step == "konsep":
            unopen_test(test=test, actor=actor)
            messages.success(request, _("The test is a draft again."))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("surveys:test", code=code)


def judge(request: HttpRequest, code: str) -> HttpResponse:
    """Short answers that no key scores: the words alone, without the name of whoever wrote them."""
    test = find_test(request, code)
    rows = AttemptItem.objects.filter(attempt__test=test).exclude(answer=None).select_related("item__version")
    if request.method == "POST":
        return _judge_one(request, test, rows.select_related("attempt__test__organisation", "attempt__test__subject"))
    waiting = list(rows.filter(earned=None).order_by("item", "pk")[:JUDGED_AT_ONCE])
    judged = list(rows.exclude(judged_by_key="").order_by("item", "pk")[:JUDGED_AT_ONCE])
    return render(request, "surveys/judge.html", {"test": test, "waiting": waiting, "judged": judged})


def _judge_one(request: HttpRequest, test: Test, rows: QuerySet[AttemptItem]) -> HttpResponse:
    number, percent = request.POST.get("row", ""), request.POST.get("percent", "")
    row = get_object_or_404(rows, pk=number if number.isdecimal() and len(number) < 18 else 0)
    try:
        score_by_hand(row=row, percent=int(percent) if percent.isdecimal() else -1, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Scored. You can still change it below."))
    return redirect("surveys:judge", code=test.code)


def sittings(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits, and giving a sitting back; names are the domain's to show, here are the numbers of the sittings."""
    test = find_managed_test(request, code)
    if request.method == "POST" and not wants_file(request):
        return _hand_back(request, test)
    scores = sorted(scores_of(test).values(), key=lambda score: score.attempt.pk)
    is_open = test.state == AskingState.OPEN
    context = {"test": test, "scores": scores, "is_open": is_open}
    return answer_page(request, "surveys/sittings.html", context, exports.SITTINGS.of(scores, about=test.subject))


def _hand_back(request: HttpRequest, test: Test) -> HttpResponse:
    attempt = get_object_or_404(test.attempts.with_test(), code=request.POST.get("attempt", ""))
    form = HandBackForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Write a reason, and how many minutes from now (1 to 600)."))
        hand_back(attempt=attempt, actor=actor_of(request), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("They can go on answering."))
    return redirect("surveys:sittings", code=test.code)
