"""The light table, comparing, and judging by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, wants_file
from enggang.core.views.answers import attempt, press
from enggang.media import exports, rules
from enggang.media.domain import bulk, curation, publishing
from enggang.media.domain.collections import collect
from enggang.media.domain.contests import enter_contest
from enggang.media.enums_words import ContestState
from enggang.media.filters import AssetFilter
from enggang.media.forms.curation import CollectForm, EnterForm, PolicyForm, SheetForm, TogetherForm
from enggang.media.models import Assessment, Asset, BulkChange, Collection, Consent, Contest
from enggang.media.queries.curation import judgeable, policy_of, waiting_for
from enggang.media.queries.gate import reasons_of, with_gate
from enggang.media.views.finding import find_home, kept_libraries
from enggang.media.views.serving import answer_rendition
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any
from enggang.reviews.models import Rubric

PER_PAGE, MOST_COMPARED, MOST_AT_ONCE = 60, 4, 60
NAMED = 5  # works that a refusal names


@require_http_methods(LIST_METHODS)
def light_table(request: HttpRequest) -> HttpResponse:
    """Works side by side; posted to, something is done with those that are ticked."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.KEEPERS):
        raise Http404
    if request.method == "POST" and not wants_file(request):
        return _do(request, actor)
    return _table(request, actor)


def _table(request: HttpRequest, actor: Actor, **bound: Any) -> HttpResponse:
    form = AssetFilter(request.GET)
    rows = form.narrowed(with_gate(Asset.objects.kept_by(actor).with_names())).newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    changes = BulkChange.objects.filter(by_key=actor.key, undone_at=None, count__gt=0).order_by("-pk")
    context = {
        "page_obj": page, "form": form, "lines": [(row, reasons_of(row)) for row in page],
        "together_form": TogetherForm(consents=_consents(actor)),
        "collect_form": CollectForm(collections=_collections(actor)),
        "enter_form": EnterForm(contests=_contests(actor)), "calls": _contests(actor).exists(), "undo": changes.first(),
        "ticked": set(request.POST.getlist("karya")), "waiting": waiting_for(actor).count(),
        "homes": kept_libraries(actor), **bound,
    }  # fmt: skip
    status = 422 if any(each.errors for each in bound.values()) else 200
    return answer_page(request, "media/light_table.html", context, exports.ASSETS.of(rows), status=status)


def _consents(actor: Actor) -> Any:
    return Consent.objects.visible_to(actor).in_force(clock.today())


def _collections(actor: Actor) -> Any:
    return Collection.objects.visible_to(actor).prefetch_related("texts")


def _contests(actor: Actor) -> Any:
    """Those with an open call, of the libraries that the actor keeps."""
    rows = Contest.objects.filter(below_any(actor.paths(*rules.KEEPERS), "organisation__path"))
    return rows.filter(state=ContestState.OPEN).select_related("subject", "organisation")


def _ticked(request: HttpRequest, actor: Actor) -> list[Asset]:
    """In the order of the table, which is the order in which they were ticked on the page."""
    codes = [code[:16] for code in request.POST.getlist("karya")][: bulk.MOST]
    rows = {row.code: row for row in Asset.objects.kept_by(actor).with_names().filter(subject__code__in=codes)}
    return [rows[code] for code in codes if code in rows]


def _do(request: HttpRequest, actor: Actor) -> HttpResponse:
    what, assets = request.POST.get("do", ""), _ticked(request, actor)
    back = f"{reverse('media:table')}?{request.GET.urlencode()}"
    if not assets:
        messages.error(request, _("Tick at least one work first."))
        return redirect(back)
    if what == "banding":
        if len(assets) > MOST_COMPARED:
            messages.info(request, _("The first %(most)s of those ticked are compared.") % {"most": MOST_COMPARED})
        return redirect(f"{reverse('media:compare')}?{urlencode([('karya', each.code) for each in assets])}")
    if what == "ubah":
        return _change(request, actor, assets, back)
    if what == "koleksi":
        return _collect(request, actor, assets, back)
    if what == "lomba":
        return _enter(request, actor, assets, back)
    if what not in EACH:
        raise Http404
    _each(request, assets, lambda asset: EACH[what](asset, actor))
    return redirect(back)


def _change(request: HttpRequest, actor: Actor, assets: list[Asset], back: str) -> HttpResponse:
    form = TogetherForm(request.POST, consents=_consents(actor))
    made: list[BulkChange] = []
    if attempt(form, lambda: made.append(bulk.change_together(assets=assets, actor=actor, **form.facts))):
        said = ngettext("%(n)s work was changed.", "%(n)s works were changed.", made[0].count)
        messages.success(request, said % {"n": made[0].count})
        return redirect(back)
    return _table(request, actor, together_form=form)


def _collect(request: HttpRequest, actor: Actor, assets: list[Asset], back: str) -> HttpResponse:
    form = CollectForm(request.POST, collections=_collections(actor))
    if attempt(form, lambda: collect(assets=assets, actor=actor, **form.cleaned_data)):
        messages.success(request, _("They stand in the collection."))
        return redirect("media:collection", code=form.cleaned_data["collection"].code)
    return _table(request, actor, collect_form=form)


def _enter(request: HttpRequest, actor: Actor, assets: list[Asset], back: str) -> HttpResponse:
    form = EnterForm(request.POST, contests=_contests(actor))
    if not form.is_valid():
        return _table(request, actor, enter_form=form)
    contest: Contest = form.cleaned_data["contest"]
    _each(request, assets, lambda asset: enter_contest(contest=contest, asset=asset, actor=actor))
    return redirect("media:contest", code=contest.code)


EACH: dict[str, Callable[..., Any]] = {
    "ajukan": lambda asset, actor: curation.submit_asset(asset=asset, actor=actor),
    "nilai": lambda asset, actor: curation.start_review(assets=[asset], actor=actor),
    "terbitkan": lambda asset, actor: publishing.publish_asset(asset=asset, actor=actor),
}


def _each(request: HttpRequest, assets: list[Asset], do: Callable[[Asset], Any]) -> None:
    """One after the other: a work that refuses does not keep the others."""
    done, refused = 0, dict[str, list[str]]()
    for asset in assets:
        try:
            do(asset)
            done += 1
        except Refused as error:
            refused.setdefault(error.message, []).append(asset.title)
    if done:
        messages.success(request, ngettext("Done for %(n)s work.", "Done for %(n)s works.", done) % {"n": done})
    for why, titles in refused.items():
        more = ngettext("and %(n)s more", "and %(n)s more", len(titles) - NAMED) % {"n": len(titles) - NAMED}
        named = [*titles[:NAMED], *([more] if len(titles) > NAMED else [])]
        messages.error(request, f"{why} ({', '.join(named)})")


@require_POST
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    actor = actor_of(request)
    change = get_object_or_404(
        BulkChange.objects.select_related("organisation__subject"), pk=change_id, by_key=actor.key
    )

    def said(found: tuple[int, int]) -> str:
        text = _("Undone for %(undone)s works.") % {"undone": found[0]}
        return f"{text} {_('%(n)s were changed since, and stay.') % {'n': found[1]}}" if found[1] else text

    press(request, lambda: bulk.undo_together(change=change, actor=actor), said)
    return redirect("media:table")


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four works beside each other, each as large as there is room."""
    actor = actor_of(request)
    codes = [code[:16] for code in request.GET.getlist("karya")][:MOST_COMPARED]
    rows = {row.code: row for row in Asset.objects.visible_to(actor).with_names().filter(subject__code__in=codes)}
    found = [rows[code] for code in dict.fromkeys(codes) if code in rows]
    if not found:
        raise Http404
    return render(request, "media/compare.html", {"assets": found})


# -- judging by keyboard --------------------------------------------------------------------------------


@never_cache
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """What waits for the judge: one work after the other, without the names of their authors."""
    actor = actor_of(request)
    if not rules.judges(actor):
        raise Http404
    waiting = waiting_for(actor)
    rows = list(waiting[:MOST_AT_ONCE])
    rubrics = {row.review.rubric_id: row.review.rubric for row in rows}
    context = {
        "rows": rows, "left": waiting.count(), "cards": [_card(row) for row in rows],
        "rubrics": {pk: _criteria(rubric) for pk, rubric in rubrics.items()},
        "first": rows[0] if rows else None, "form": SheetForm(rubric=rows[0].review.rubric) if rows else None,
    }  # fmt: skip
    return render(request, "media/review.html", context)


def _card(row: Assessment) -> dict[str, Any]:
    asset = row.asset
    return {
        "code": row.code, "rubric": row.review.rubric_id, "title": asset.title, "alt": asset.alt_id or asset.title,
        "url": reverse("media:judge", args=[row.code]), "undo": reverse("media:judge_undo", args=[row.code]),
        "image": reverse("media:judged_picture", args=[row.code]),
    }  # fmt: skip


def _criteria(rubric: Rubric) -> list[dict[str, Any]]:
    return [
        {"id": each.pk, "title": each.title, "levels": [[level.pk, level.title] for level in each.levels.all()]}
        for each in rubric.criteria.prefetch_related("levels")
    ]


def find_judged(request: HttpRequest, code: str) -> Assessment:
    """In the judge's hands: an open one, or the one that their own sheet has decided."""
    actor = actor_of(request)
    rows = Assessment.objects.with_names()
    row = get_object_or_404(rows, subject__code=code)
    if not rules.may_judge(actor, row.asset):
        raise Http404
    own = row.review.sheets.filter(judge_key=actor.key).exists()
    if not own and not judgeable(actor).filter(pk=row.pk).exists():
        raise Http404
    return row


@require_POST
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a sheet; to the keyboard it answers JSON, also where the work has gone elsewhere; to a form the next work."""
    by_keyboard = request.headers.get("Accept", "").startswith("application/json")
    try:
        row = find_judged(request, code)
    except Http404:
        if not by_keyboard:
            raise
        return JsonResponse({"kept": False, "error": _("This work is not being judged now.")}, status=404)
    form = SheetForm(request.POST, rubric=row.review.rubric)
    kept = attempt(
        form, lambda: curation.judge_asset(assessment=row, actor=actor_of(request), **form.facts)
    )  # fmt: skip
    if by_keyboard:
        error = " ".join(str(each) for errors in form.errors.values() for each in errors)
        return JsonResponse({"kept": kept, "error": error}, status=200 if kept else 422)
    if kept:
        messages.success(request, _("The sheet is kept."))
    else:
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
    return redirect("media:review")


@require_POST
def judge_undo(request: HttpRequest, code: str) -> HttpResponse:
    try:
        row = find_judged(request, code)
        curation.take_back_judgement(assessment=row, actor=actor_of(request))
    except Http404:
        return JsonResponse({"kept": False, "error": _("This work is not being judged now.")}, status=404)
    except Refused as error:
        return JsonResponse({"kept": False, "error": error.message}, status=409)
    return JsonResponse({"kept": True, "error": ""})


@require_GET
def judged_picture(request: HttpRequest, code: str) -> HttpResponseBase:
    """The picture for a judge, who need not see the library itself."""
    row = find_judged(request, code)
    rows = row.asset.renditions.filter(format="jpeg", kind__in=["medium", "small"]).order_by("-width")
    found = rows.first()
    if found is None:
        raise Http404
    return answer_rendition(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, code: str) -> HttpResponse:
    """How an agency judges its library."""
    actor = actor_of(request)
    home: Organisation = find_home(actor, code)
    if not rules.may_keep(actor, home):
        raise Http404
    row = policy_of(home)
    criteria = row.rubric.criteria.all() if row else []
    start = {
        "criteria": "\n".join(f"{each.title}; {each.weight}" for each in criteria) or _("Overall impression"),
        "judges": row.judges if row else 1, "pass_points": row.pass_points if row else curation.PASS_POINTS,
        "spread_alert": row.rubric.spread_alert if row else 30,
    }  # fmt: skip
    form = PolicyForm(request.POST or None, initial=start)
    if form.is_bound and attempt(
        form, lambda: curation.keep_policy(organisation=home, actor=actor, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. What is in review already is judged as before."))
        return redirect("media:table")
    return render(request, "media/policy.html", {"form": form, "home": home}, status=422 if form.errors else 200)
