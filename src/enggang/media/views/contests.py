"""Contests: prepared and led by the staff, entered by authors, judged blind by the jury."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.enums import Role
from enggang.access.queries.grants import holders_at
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.files.views.field import upload_field
from enggang.media import exports_rights as sheets
from enggang.media import rules
from enggang.media.domain import contests as acts
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.handing_over import media_ticket
from enggang.media.enums import AssetState
from enggang.media.enums_words import CONTEST_MOVES, ContestState
from enggang.media.forms.curation import SheetForm
from enggang.media.forms.giving import ContestForm
from enggang.media.models import Asset, Contest, Delivery, Entry, Juror
from enggang.media.queries.gate import shown
from enggang.media.views.finding import find_home, kept_libraries
from enggang.media.views.serving import answer_rendition
from enggang.media.views.uploads import answer_hand_over
from enggang.reviews.models import Sheet

PER_PAGE = 25
JURY = (*rules.KEEPERS, Role.LEADER, Role.GRADER, Role.ASSESSOR)
STEPS = {
    "buka": ContestState.OPEN, "nilai": ContestState.JUDGING, "tutup": ContestState.CLOSED,
    "umumkan": ContestState.ANNOUNCED, "draf": ContestState.DRAFT,
}  # fmt: skip


@require_http_methods(LIST_METHODS)
def contest_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Contest.objects.visible_to(actor).select_related("subject", "organisation")
    if not rules.reads(actor) and not rows.exists():
        raise Http404
    counted = rows.annotate(count=Count("entries", distinct=True)).order_by("-opens_on", "-pk")
    page, today = Paginator(counted, PER_PAGE).get_page(request.GET.get("page")), clock.today()
    return answer_page(
        request,
        "media/contests.html",
        {
            "page_obj": page,
            "lines": [(row, row.phase_on(today)) for row in page],
            "homes": kept_libraries(actor),
            "reads": rules.reads(actor),
        },
        sheets.CONTESTS.of(counted),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contest_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    home = find_home(actor, code)
    if not rules.may_keep(actor, home):
        raise Http404
    form = ContestForm(request.POST or None)
    made: list[Contest] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.keep_contest(organisation=home, actor=actor, **form.facts))
    ):
        messages.success(request, _("Saved. Ask a jury, then open the call."))
        return redirect("media:contest", code=made[0].code)
    return render(
        request, "media/contest_form.html", {"form": form, "home": home}, status=422 if form.errors else 200
    )  # fmt: skip


def _find(request: HttpRequest, code: str) -> Contest:
    rows = Contest.objects.visible_to(actor_of(request)).select_related("subject", "organisation__subject", "rubric")
    return get_object_or_404(rows, subject__code=code)


def _kept(request: HttpRequest, code: str) -> Contest:
    row = _find(request, code)
    if not rules.may_keep(actor_of(request), row.organisation):
        raise Http404
    return row


@require_http_methods(LIST_METHODS)
def contest_page(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _find(request, code))


def _page(request: HttpRequest, row: Contest, form: ContestForm | None = None) -> HttpResponse:
    actor, keeps = actor_of(request), rules.may_keep(actor_of(request), row.organisation)
    entries = row.entries.select_related("subject", "asset__subject", "asset__author", "review")
    juror = row.jurors.filter(user_id=actor.user_id).exists() if actor.user_id else False
    given = set(
        Sheet.objects.filter(review__in=entries.values("review"), judge_key=actor.key).values_list("review", flat=True)
    )
    names = keeps and not (juror and row.is_judging)  # whoever judges stays blind
    jurors = list(row.jurors.select_related("user"))
    context: dict[str, Any] = {
        "contest": row, "phase": row.phase_on(clock.today(row.organisation.time_zone)), "keeps": keeps,
        "entries": _lines(row, actor, list(entries), given, juror), "juror": juror, "names": names,
        "jurors": _with_sheets(row, jurors, list(entries)),
        "offered": _offered(row) if keeps else [], "steps": [], "form": form or ContestForm(row=row),
        "may_renew": keeps and row.state not in {ContestState.CLOSED, ContestState.ANNOUNCED},
        "may_change": keeps and row.state in {ContestState.DRAFT, ContestState.OPEN},
    }  # fmt: skip
    if keeps:
        context["steps"] = _steps(row, context["jurors"])
    exports = [sheets.ENTRIES.of(list(entries), about=row.subject)] if names else []
    status = 422 if form and form.errors else 200
    return answer_page(request, "media/contest.html", context, *exports, status=status)


def _offered(row: Contest) -> list[User]:
    asked = set(row.jurors.values_list("user", flat=True))
    return [user for user in holders_at(row.organisation, *JURY) if user.pk not in asked]


def _with_sheets(row: Contest, jurors: list[Juror], entries: list[Entry]) -> list[tuple[Juror, int, int]]:
    """Each of the jury with how many sheets they gave, and how many works they may judge; not which marks."""
    reviews = {entry.review_id for entry in entries if entry.review_id}
    given = Counter(Sheet.objects.filter(review__in=reviews).values_list("judge_key", flat=True))
    able = [sum(not rules.made_by(juror, entry) for entry in entries) for juror in jurors]
    return [(juror, given[juror.judge_key], count) for juror, count in zip(jurors, able, strict=True)]


@dataclass(frozen=True, slots=True)
class Line:
    """``picture`` is empty for whoever may not see it, ``sheet`` for whoever may not judge it; ``is_shown``: whether
    everybody may see it; ``is_own``: made or brought by whoever looks."""

    entry: Entry
    is_given: bool
    is_own: bool
    picture: str
    sheet: str
    is_shown: bool


def _lines(
    row: Contest, actor: Actor, entries: list[Entry], given: AbstractSet[int | None], is_juror: bool
) -> list[Line]:
    reads = actor.holds(*rules.READS, at=row.organisation.path)
    seen = set(shown(Asset.objects.filter(entries__contest=row)).values_list("pk", flat=True))

    def line(entry: Entry) -> Line:
        own = rules.is_own(actor, entry.asset)
        judges = is_juror and entry.review_id is not None and not own
        picture = reverse("media:entry_picture", args=[entry.code]) if judges else ""
        if reads or own:
            picture = reverse("media:rendition", args=[entry.asset.code, "small", "jpeg"])
        sheet = reverse("media:entry", args=[entry.code]) if judges and row.is_judging else ""
        return Line(entry, entry.review_id in given, own, picture, sheet, entry.asset_id in seen)

    return [line(each) for each in entries]


@dataclass(frozen=True, slots=True)
class Step:
    """A phase that may come next. ``warning`` is what somebody should know before they press."""

    key: str
    words: str
    is_back: bool
    warning: str = ""


def _steps(row: Contest, jurors: list[tuple[Juror, int, int]]) -> list[Step]:
    """First the one that goes on, then the one that goes back."""
    state, order = ContestState(row.state), list(ContestState)
    onward = {
        "buka": pgettext("contest", "Open the call"), "nilai": _("Begin the judging"), "tutup": _("End the judging"),
        "umumkan": _("Announce the winners"),
    }  # fmt: skip
    back = {
        "draf": _("Back to preparing"), "buka": _("Back to the open call"), "nilai": _("Judge on"),
        "tutup": _("Take the winners off the page"),
    }  # fmt: skip
    found = list[Step]()
    for key, to in STEPS.items():
        if to in CONTEST_MOVES[state]:
            is_back = order.index(to) < order.index(state)
            warning = "" if is_back else _warning(row, to, jurors)
            found.append(Step(key, (back if is_back else onward)[key], is_back, warning))
    return sorted(found, key=lambda step: step.is_back)


def _warning(row: Contest, to: ContestState, jurors: list[tuple[Juror, int, int]]) -> str:
    if to == ContestState.JUDGING and clock.today(row.organisation.time_zone) <= row.closes_on:
        day = date_format(row.closes_on, "j F Y")
        return _("The call runs until %(day)s. Whoever wants to enter a work until then no longer can.") % {"day": day}
    missing = sum(max(0, able - given) for _juror, given, able in jurors)
    if to == ContestState.CLOSED and missing:
        return ngettext(
            "%(n)s sheet is still missing. The works are ranked by those that are there.",
            "%(n)s sheets are still missing. The works are ranked by those that are there.", missing,
        ) % {"n": missing}  # fmt: skip
    return ""


@require_POST
def contest_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = _kept(request, code)
    form = ContestForm(request.POST, row=row)

    def keep() -> None:
        version = form.cleaned_data["version"] or 0
        acts.keep_contest(
            organisation=row.organisation, contest=row, version=version, actor=actor_of(request), **form.facts
        )

    if attempt(form, keep):
        messages.success(request, _("Saved."))
        return redirect("media:contest", code=code)
    return _page(request, _find(request, code), form)


@require_POST
def contest_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    row, actor = _kept(request, code), actor_of(request)
    if step not in STEPS:
        raise Http404
    press(request, lambda: acts.move_contest(contest=row, to=STEPS[step], actor=actor), _("Done."))
    return redirect("media:contest", code=code)


@require_POST
def juror_add(request: HttpRequest, code: str) -> HttpResponse:
    row, asked = _kept(request, code), request.POST.get("user", "")
    user = next((each for each in _offered(row) if str(each.pk) == asked), None)
    if user is None:
        messages.error(request, _("Choose one of the accounts that are offered."))
        return redirect("media:contest", code=code)
    press(request, lambda: acts.ask_juror(contest=row, user=user, actor=actor_of(request)), _("In the jury."))
    return redirect("media:contest", code=code)


@require_POST
def guest_add(request: HttpRequest, code: str) -> HttpResponse:
    """A guest into the jury; the address is shown with the answer, once."""
    row, made = _kept(request, code), list[tuple[Juror, str]]()
    name = request.POST.get("name", "")[:500]
    if press(
        request,
        lambda: made.append(acts.ask_guest(contest=row, name=name, actor=actor_of(request))),
        _("Send the address now."),
    ):
        return _handed_out(request, *made[0])
    return redirect("media:contest", code=code)


@require_POST
def guest_renew(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row, made = _kept(request, code), list[tuple[Juror, str]]()
    juror = get_object_or_404(row.jurors.select_related("contest__organisation", "link__subject"), pk=row_id)
    if press(
        request, lambda: made.append(acts.renew_guest(juror=juror, actor=actor_of(request))), _("Send the address now.")
    ):
        return _handed_out(request, *made[0])
    return redirect("media:contest", code=code)


def _handed_out(request: HttpRequest, juror: Juror, token: str) -> HttpResponse:
    address = settings.PUBLIC_URL + reverse("media:jury", args=[token])
    words = {"name": juror.name, "contest": juror.contest.title, "address": address}
    text = _("%(name)s, please judge the works of “%(contest)s” here: %(address)s") % words
    response = render(request, "media/jury_shown.html", {"juror": juror, "contest": juror.contest, "text": text})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def juror_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = _kept(request, code)
    press(request, lambda: acts.release_juror(contest=row, juror_id=row_id, actor=actor_of(request)), _("Removed."))
    return redirect("media:contest", code=code)


def _enterable(row: Contest, actor: Actor) -> Any:
    """The actor's own works of that library that are not in the contest."""
    own = Asset.objects.visible_to(actor).filter(organisation=row.organisation).exclude(state=AssetState.WITHDRAWN)
    mine = own.filter(brought_by_key=actor.key) | own.filter(author__user_id=actor.user_id or 0)
    return mine.exclude(entries__contest=row).with_names().newest_first().distinct()


@require_http_methods(["GET", "HEAD", "POST"])
def contest_enter(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever has an account enters own works while the call is open."""
    rows = Contest.objects.announced().select_related("subject", "organisation__subject")
    row, actor = get_object_or_404(rows, subject__code=code), actor_of(request)
    if request.method == "POST":
        asked = request.POST.get("karya", "")[:16]
        asset = get_object_or_404(_enterable(row, actor), subject__code=asked)
        press(request, lambda: acts.enter_contest(contest=row, asset=asset, actor=actor), _("Entered."))
        return redirect("media:contest_enter", code=code)
    mine = row.entries.filter(Q(entered_by_key=actor.key) | Q(asset__author__user_id=actor.user_id or 0))
    entered = list(mine.select_related("subject", "asset__subject").order_by("pk"))
    today = clock.today(row.organisation.time_zone)
    is_open, has_room = row.takes_entries(today), len(entered) < row.most_entries
    context = {
        "contest": row, "works": list(_enterable(row, actor)[:60]) if has_room else [], "mine": entered,
        "is_open": is_open, "has_room": has_room, "closed": "" if is_open else row.why_closed(today),
        "arriving": _arriving(row, actor),
    }  # fmt: skip
    if is_open and has_room and not missing_tools():
        ticket = media_ticket(row.organisation, actor, contest=row)
        context["upload"] = upload_field(ticket, label=_("Photos"), many=row.most_entries)
    return render(request, "media/contest_enter.html", context)


def _arriving(row: Contest, actor: Actor) -> list[Delivery]:
    """What the actor brought to this library and is not a work yet, or was refused lately."""
    rows = Delivery.objects.brought_by(actor).filter(organisation=row.organisation, asset=None)
    return list(rows.filter(at__gt=clock.now() - timedelta(days=1)).order_by("-pk")[:20])


@require_POST
def contest_bring(request: HttpRequest, code: str) -> HttpResponse:
    """Files for an open call, from anybody with an account; they arrive in the library of the agency that calls."""
    rows = Contest.objects.announced().select_related("subject", "organisation__subject")
    row = get_object_or_404(rows, subject__code=code)
    back = reverse("media:contest_enter", args=[code])
    return answer_hand_over(request, row.organisation, actor_of(request), back, contest=row)


@require_POST
def contest_leave(request: HttpRequest, code: str) -> HttpResponse:
    rows = Entry.objects.select_related("subject", "contest__subject", "contest__organisation", "asset__author")
    entry, actor = get_object_or_404(rows, subject__code=code), actor_of(request)
    if not (rules.is_own(actor, entry.asset) or rules.may_keep(actor, entry.contest.organisation)):
        raise Http404
    contest, page = entry.contest.code, "contest" if "lomba" in request.POST else "contest_enter"
    press(request, lambda: acts.leave_contest(entry=entry, actor=actor), _("Removed."))
    return redirect(f"media:{page}", code=contest)


@require_POST
def entry_prize(request: HttpRequest, code: str) -> HttpResponse:
    rows = Entry.objects.select_related("subject", "contest__subject", "contest__organisation")
    entry, actor = get_object_or_404(rows, subject__code=code), actor_of(request)
    if not rules.may_keep(actor, entry.contest.organisation):
        raise Http404
    prize = request.POST.get("prize", "")[:500]
    press(request, lambda: acts.give_prize(entry=entry, prize=prize, actor=actor), _("Saved."))
    return redirect("media:contest", code=entry.contest.code)


def _judged(request: HttpRequest, code: str) -> Entry:
    rows = Entry.objects.select_related("subject", "contest__subject", "asset__author", "review__rubric")
    entry = get_object_or_404(rows.prefetch_related("contest__jurors"), subject__code=code)
    if not rules.is_juror(actor_of(request), entry) or entry.review is None:
        raise Http404
    return entry


def _waiting(contest: Contest, actor: Actor) -> Entry | None:
    """The next entry for one of the jury, in the order of entering."""
    rows = contest.entries.select_related("subject", "asset__author").exclude(review=None).order_by("pk")
    given = Sheet.objects.filter(review__in=rows.values("review"), judge_key=actor.key).values("review")
    return next((row for row in rows.exclude(review__in=given) if not rules.is_own(actor, row.asset)), None)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_page(request: HttpRequest, code: str) -> HttpResponse:
    """An entry for one of the jury: the work and the criteria, no name."""
    entry = _judged(request, code)
    assert entry.review is not None
    form = SheetForm(request.POST or None, rubric=entry.review.rubric)
    if form.is_bound and attempt(form, lambda: acts.judge_entry(entry=entry, actor=actor_of(request), **form.facts)):
        messages.success(request, _("The sheet is kept."))
        waiting = _waiting(entry.contest, actor_of(request))
        if waiting:
            return redirect("media:entry", code=waiting.code)
        return redirect("media:contest", code=entry.contest.code)
    own = entry.review.sheets.filter(judge_key=actor_of(request).key).prefetch_related("marks__criterion").first()
    context = {"entry": entry, "contest": entry.contest, "form": form, "own": own}
    return render(request, "media/contest_entry.html", context, status=422 if form.errors else 200)


@require_GET
def entry_picture(request: HttpRequest, code: str) -> HttpResponseBase:
    entry = _judged(request, code)
    row = entry.asset.renditions.filter(format="jpeg", kind__in=["medium", "small"]).order_by("-width").first()
    if row is None:
        raise Http404
    return answer_rendition(request, row)
