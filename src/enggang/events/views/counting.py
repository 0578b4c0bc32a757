"""Counting the people of an edition: where and how, whose phones, what they brought, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.attendance.domain import tally as engine
from enggang.attendance.models import Count, CountPoint
from enggang.attendance.queries.doubtful import is_left_out
from enggang.attendance.queries.tally import PointTally, plan_of, tally_of
from enggang.attendance.queries.tally_facts import facts_of, results_of
from enggang.attendance.tokens import qr_svg
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attempt, press
from enggang.events import exports_counting as sheets
from enggang.events.domain import counting as acts
from enggang.events.forms.counting import (
    CorrectionForm,
    MethodForm,
    PhoneForm,
    PointForm,
    ReasonForm,
    lines_of,
)
from enggang.events.models import Edition
from enggang.events.queries.counting import board_of, counts_of, phones_of, points_of, told
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of

SHOWN = 200  # doubtful counts to be settled at once
PER_PAGE = 60


@require_http_methods(LIST_METHODS)
def counting(request: HttpRequest, code: str) -> HttpResponse:
    """The points of an edition with what each has counted, and the number they come to."""
    edition = find_inside(request, code)
    tally = tally_of(edition.subject, edition.organisation)
    found = told(facts_of(tally))
    context = {
        **shell_of(request, edition, "counting"),
        "told": found,
        "void": [point for point in points_of(edition) if point.is_void],
        "results": results_of(edition.subject),
    }
    with timezone.override(edition.time_zone):
        exports = sheets.POINTS.of(found.points, about=edition.subject)
        return answer_page(request, "events/counting.html", context, exports)


@require_http_methods(LIST_METHODS)
def board(request: HttpRequest, code: str) -> HttpResponse:
    """What comes in now, by point and hour, with phones that are silent; asked again by the page itself."""
    edition = find_inside(request, code)
    tally = tally_of(edition.subject, edition.organisation)
    found = board_of(tally, facts_of(tally))
    context = {**shell_of(request, edition, "counting"), "board": found}
    with timezone.override(edition.time_zone):
        if "X-Partial" in request.headers:
            return _board_part(request, context)
        exports = sheets.BOARD.of(found.cells, about=edition.subject)
        return answer_page(request, "events/counting_board.html", context, exports)


def _board_part(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "events/counting_board_now.html", context)


def method(request: HttpRequest, code: str) -> HttpResponse:
    """Which cordon gives the number, how often a visitor comes in, and from when on a count is looked at twice."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    plan = plan_of(edition.subject, edition.organisation)
    streams = [point.stream for point in points_of(edition) if point.is_added and not point.is_void]
    form = MethodForm(request.POST or None, instance=plan, streams=streams)

    def save() -> None:
        fresh = plan_of(edition.subject, edition.organisation)
        acts.plan_counting(edition, fresh, version=form.cleaned_data["version"] or 0, actor=actor, **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:counting", code=code)
    return _form(request, edition, form, _("How it is counted"))


def _form(request: HttpRequest, edition: Edition, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = {
        "edition": edition,
        "form": form,
        "heading": heading,
        "columns": "two",
        "back": "events:counting",
        **more,
    }
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


# -- points ------------------------------------------------------------------------------------------------------


def point_new(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = PointForm(request.POST or None, edition=edition)
    made: list[CountPoint] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.open_point(edition, actor=actor_of(request), **form.facts))
    ):
        messages.success(request, _("The point is planned. Give its address to whoever counts there."))
        return redirect("events:counting_point", code=code, point=made[0].code)
    return _form(request, edition, form, _("Add a counting point"))


def point_edit(request: HttpRequest, code: str, point: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    found = find_point(edition, point)
    form = PointForm(request.POST or None, instance=found, edition=edition)

    def save() -> None:
        fresh = find_point(edition, point)
        acts.change_point(
            edition, fresh, version=form.cleaned_data["version"] or 0, actor=actor_of(request), **form.facts
        )

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:counting_point", code=code, point=point)
    return _form(request, edition, form, _("Change the counting point"))


def find_point(edition: Edition, code: str) -> CountPoint:
    """A point of this edition, which the actor was allowed to see."""
    rows = CountPoint.objects.filter(group=edition.subject).select_related("subject", "organisation", "group")
    return get_object_or_404(rows, subject__code=code)


@never_cache
@require_http_methods(LIST_METHODS)
def point_detail(request: HttpRequest, code: str, point: str) -> HttpResponse:
    """A point with its phones and counts. Posted to, it lets one more phone count; that address is on this answer alone."""
    edition = find_inside(request, code)
    found, shell = find_point(edition, point), shell_of(request, edition, "counting")
    form = PhoneForm(posted(request) if shell["may_manage"] else None)
    made: list[str] = []
    if form.is_bound and attempt(form, lambda: made.append(_open(request, edition, found, form))):
        form = PhoneForm()
    return _point_page(request, edition, found, form=form, address=made[0] if made else "")


def _open(request: HttpRequest, edition: Edition, point: CountPoint, form: PhoneForm) -> str:
    _phone, token = acts.open_phone(edition, point, actor=actor_of(request), **form.cleaned_data)
    return f"{settings.PUBLIC_URL}{reverse('attendance:tally', args=[token])}"


def _point_page(request: HttpRequest, edition: Edition, point: CountPoint, **more: Any) -> HttpResponse:
    tally = tally_of(edition.subject, edition.organisation)
    one = next((each for each in tally.points if each.point.pk == point.pk), None)
    lines = {line.facts["code"]: line for line in told(facts_of(tally)).points}
    counts = counts_of(point)
    address = more.get("address", "")
    forms = {"form": PhoneForm(), "settle_form": ReasonForm(), "void_form": ReasonForm(), **more}
    context = {
        **shell_of(request, edition, "counting"),
        "point": point,
        "line": lines.get(point.code),
        "phones": phones_of([point], tally).get(point.pk, []),
        "doubtful": doubtful(one) if one else [],
        "page_obj": Paginator(counts, PER_PAGE).get_page(request.GET.get("page")),
        "svg": qr_svg(address, title=_("Address of the counting page")) if address else "",
        "text": _invitation(point, address) if address else "",
        **forms,
    }
    status = 422 if any(form.errors for name, form in forms.items() if name.endswith("form")) else 200
    with timezone.override(point.time_zone):
        exports = sheets.COUNTS.of(counts, about=point.subject)
        return answer_page(request, "events/counting_point.html", context, exports, status=status)


def _invitation(point: CountPoint, address: str) -> str:
    """What is sent to a volunteer; the address is the only thing that has to arrive."""
    return _(
        "You count at “%(point)s”, %(day)s, %(begins)s–%(ends)s. Open this address once while you have signal, in the "
        "phone's own browser:\n%(address)s\nIt then works without signal. Tap once for every person who comes in."
    ) % {
        "point": point.name, "day": f"{point.first_day:%d/%m/%Y}", "begins": f"{point.begins:%H.%M}",
        "ends": f"{point.ends:%H.%M}", "address": address,
    }  # fmt: skip


def doubtful(one: PointTally) -> list[tuple[Count, list[str]]]:
    """Counts that are left out until somebody says what they are, with what speaks against them."""
    rows = [count for count in one.counts if not count.void and is_left_out(count, one.doubts)]
    return [(count, [str(doubt.label) for doubt in one.doubts[count.pk]]) for count in rows[:SHOWN]]


@require_POST
def point_void(request: HttpRequest, code: str, point: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    found, form = find_point(edition, point), ReasonForm(request.POST)
    if attempt(form, lambda: acts.void_point(edition, found, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Taken out with what it counted. It can be put back."))
        return redirect("events:counting", code=code)
    return _point_page(request, edition, found, void_form=form)


@require_POST
def point_restore(request: HttpRequest, code: str, point: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    found = find_point(edition, point)
    press(request, lambda: acts.restore_point(edition, found, actor=actor_of(request)), _("Put back."))
    return redirect("events:counting_point", code=code, point=point)


@require_POST
def phone_revoke(request: HttpRequest, code: str, point: str, phone: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    found = get_object_or_404(
        find_point(edition, point).phones.select_related("link", "subject", "point__organisation"), subject__code=phone
    )
    said = _("The link is revoked. The phone counts no more as soon as it is online.")
    press(request, lambda: engine.revoke_phone(phone=found, actor=actor_of(request)), said)
    return redirect("events:counting_point", code=code, point=point)


# -- counts ------------------------------------------------------------------------------------------------------


@require_POST
def counts_settle(request: HttpRequest, code: str, point: str, step: str) -> HttpResponse:
    """Take ticked counts out, put them back, or take doubtful ones as they are; each with a reason."""
    if step not in acts.SETTLING:
        raise Http404
    edition = find_managed_edition(request, code)
    found, form = find_point(edition, point), ReasonForm(request.POST)
    ids = [each for each in request.POST.getlist("count") if each.isdecimal() and len(each) < 19]
    rows = list(found.counts.filter(pk__in=ids).select_related("point__subject", "point__organisation"))
    done: list[int] = []
    if attempt(
        form,
        lambda: done.append(acts.settle_counts(edition, rows, step=step, actor=actor_of(request), **form.cleaned_data)),
    ):
        messages.success(request, ngettext("%(n)s count settled.", "%(n)s counts settled.", done[0]) % {"n": done[0]})
        return redirect("events:counting_point", code=code, point=point)
    return _point_page(request, edition, found, settle_form=form, ticked=[str(row.pk) for row in rows])


@require_http_methods(LIST_METHODS)
def count_page(request: HttpRequest, code: str, point: str, count_id: int) -> HttpResponse:
    """One count with everything that was done to it; posted to, it is corrected."""
    edition = find_inside(request, code)
    found, shell = find_point(edition, point), shell_of(request, edition, "counting")
    count = get_object_or_404(
        found.counts.select_related("phone", "point__subject", "point__organisation"), pk=count_id
    )
    form = CorrectionForm(posted(request) if shell["may_manage"] else None, count=count)

    def save() -> None:
        fresh = found.counts.select_related("point__subject", "point__organisation").get(pk=count_id)
        reason = form.cleaned_data["reason"]
        acts.correct_count(edition, fresh, reason=reason, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Corrected. What it was is kept."))
        return redirect("events:counting_point", code=code, point=point)
    changes = list(count.changes.all())
    context = {**shell, "point": found, "count": count, "form": form, "changes": changes}
    with timezone.override(found.time_zone):
        exports = sheets.CHANGES.of(changes, about=found.subject)
        return answer_page(request, "events/counting_count.html", context, exports, status=422 if form.errors else 200)


@require_GET
def sheet_print(request: HttpRequest, code: str, point: str) -> HttpResponse:
    """The tally sheet of a point on paper, one page a day: the last fallback."""
    edition = find_inside(request, code)
    found = find_point(edition, point)
    context = {"edition": edition, "point": found, "lines": lines_of(found)}
    return render(request, "events/counting_sheet.html", context)
