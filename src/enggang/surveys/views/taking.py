"""Sitting a test: one page with every question, saved as one answers, for an account or a private address."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enggang.core import clock, registries
from enggang.core.acts import Refused
from enggang.surveys.domain.attempts import Given, hand_in, save_answers
from enggang.surveys.enums import AskingState, QuestionKind
from enggang.surveys.models import Attempt, AttemptItem
from enggang.surveys.queries.results import scores_of
from enggang.surveys.views.bank import picture_response
from enggang.surveys.views.finding import find_attempt


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One question as the page shows it."""

    row: AttemptItem
    name: str
    kind: str
    text: str
    picture: str
    choices: list[Choice] = field(default_factory=list)
    pairs: list[tuple[str, str, list[Choice]]] = field(default_factory=list)
    written: str = ""


@never_cache
def taking(request: HttpRequest, code: str, token: str = "") -> HttpResponse:
    attempt, actor = find_attempt(request, code, token)
    if request.method == "POST":
        return _submitted(request, attempt, actor, token)
    if not attempt.takes_answers_at(clock.now()):
        return _finished(request, attempt, token)
    context = {
        "attempt": attempt, "test": attempt.test, "lines": lines_of(attempt, token), "token": token,
        "ends_at": attempt.ends_at, "save_href": _href("save", attempt, token), "back": back_href(attempt, token),
        "left": _seconds_left(attempt), "store": f"{attempt.code}-{int(attempt.started_at.timestamp())}",
    }  # fmt: skip
    return render(request, "surveys/taking.html", context)


def _seconds_left(attempt: Attempt) -> int | None:
    return max(0, int((attempt.ends_at - clock.now()).total_seconds())) if attempt.ends_at else None


def _submitted(request: HttpRequest, attempt: Attempt, actor: Any, token: str) -> HttpResponse:
    try:
        if attempt.handed_in_at is None:
            kept = save_answers(attempt=attempt, given=given_in(request.POST, attempt), actor=actor)
            stale = [each.row.position for each in kept.values() if each.stale]
            _tell_stale(request, stale)
            if "hand_in" in request.POST and not (stale and _has_time(attempt)):
                hand_in(attempt=attempt, actor=actor)
                messages.success(request, _("Handed in. Thank you."))
            elif not stale:
                messages.success(request, _("Your answers are saved. You can go on."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_href("taking", attempt, token))


def _tell_stale(request: HttpRequest, positions: list[int]) -> None:
    """What the page had shown was not what stood: nobody hands in, or goes on, without being told."""
    if positions:
        numbers = ", ".join(str(position) for position in positions)
        text = _(
            "Another page of yours had saved newer answers. Those stand for question %(numbers)s; check them below."
        )
        messages.warning(request, text % {"numbers": numbers})


def _has_time(attempt: Attempt) -> bool:
    return attempt.ends_at is None or clock.now() < attempt.ends_at


@never_cache
@require_POST
def save(request: HttpRequest, code: str, token: str = "") -> JsonResponse:
    """One or a few answers, sent while they are typed; answers what is kept now, and which of them was not taken."""
    attempt, actor = find_attempt(request, code, token)
    try:
        kept = save_answers(attempt=attempt, given=given_in(request.POST, attempt), actor=actor)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=409)
    revisions = {pk: each.row.revision for pk, each in kept.items()}
    stale = {pk: fields_of(each.row) for pk, each in kept.items() if each.stale}
    return JsonResponse({"revisions": revisions, "stale": stale, "left": _seconds_left(attempt)})


def fields_of(row: AttemptItem) -> list[list[str]]:
    """The kept answer as a page would send it: pairs of field name and value."""
    answer, name = row.answer, f"q{row.pk}"
    if answer is None:
        return []
    if isinstance(answer, list):
        return [[f"{name}-{each[0]}", str(each[1])] if isinstance(each, list) else [name, str(each)] for each in answer]
    return [[name, str(answer).lower() if isinstance(answer, bool) else str(answer)]]


@require_GET
def picture(request: HttpRequest, code: str, row: int, token: str = "") -> HttpResponse:
    attempt, _actor = find_attempt(request, code, token)
    asked = get_object_or_404(attempt.items.select_related("item__version__picture"), pk=row)
    if asked.item.version is None or asked.item.version.picture is None:
        raise Http404
    return picture_response(asked.item.version.picture)


def _finished(request: HttpRequest, attempt: Attempt, token: str) -> HttpResponse:
    test = attempt.test
    shows = test.shows_score and test.state == AskingState.CLOSED
    context = {
        "attempt": attempt, "test": test, "back": back_href(attempt, token),
        "score": scores_of(test).get(attempt.holder_id) if shows else None,
        "answered": attempt.items.exclude(answer=None).count(), "asked": attempt.items.count(),
    }  # fmt: skip
    return render(request, "surveys/taken.html", context)


def given_in(data: QueryDict, attempt: Attempt) -> dict[int, Given]:
    """The answers of a posted page, by row: only rows whose revision was sent along."""
    rows = attempt.items.select_related("item__version")
    return {row.pk: given for row in rows if (given := _given(data, row)) is not None}


def _given(data: QueryDict, row: AttemptItem) -> Given | None:
    revision = data.get(f"r{row.pk}", "")
    if not revision.isdecimal() or len(revision) > 9 or row.item.version is None:
        return None
    return Given(_READERS[QuestionKind(row.item.version.kind)](data, row), int(revision))


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 9]


def _read_chosen(data: QueryDict, row: AttemptItem) -> list[int]:
    return _numbers(data.getlist(f"q{row.pk}"))


def _read_text(data: QueryDict, row: AttemptItem) -> str:
    return data.get(f"q{row.pk}", "")


def _read_matched(data: QueryDict, row: AttemptItem) -> list[tuple[int, int]]:
    assert row.item.version is not None
    sent = [
        (pair["id"], _numbers([data.get(f"q{row.pk}-{pair['id']}", "")])) for pair in row.item.version.body["pairs"]
    ]
    return [(left, right[0]) for left, right in sent if right]


_READERS: dict[QuestionKind, Callable[[QueryDict, AttemptItem], Any]] = {
    QuestionKind.SINGLE: _read_chosen,
    QuestionKind.MULTIPLE: _read_chosen,
    QuestionKind.TRUEFALSE: _read_text,
    QuestionKind.SHORT: _read_text,
    QuestionKind.MATCHING: _read_matched,
}


def lines_of(attempt: Attempt, token: str) -> list[Line]:
    """The drawn questions with their options in this person's own order. One query."""
    rows = attempt.items.select_related("item__version")
    return [_line(row, attempt, token) for row in rows]


def _line(row: AttemptItem, attempt: Attempt, token: str) -> Line:
    version = row.item.version
    assert version is not None
    shown = _href("picture", attempt, token, row=row.pk) if version.picture_id else ""
    line = Line(row, f"q{row.pk}", version.kind, version.text, shown)
    chance = random.Random(f"{attempt.code}:{row.pk}")  # noqa: S311 -- a stable order, no secret
    if version.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        line.choices.extend(_options(version.body["options"], row.answer))
    elif version.kind == QuestionKind.MATCHING:
        line.pairs.extend(_pairs(line.name, version.body["pairs"], row.answer, chance))
    elif version.kind == QuestionKind.TRUEFALSE:
        line.choices.append(Choice("true", _("True"), row.answer is True))
        line.choices.append(Choice("false", _("False"), row.answer is False))
        return line
    else:
        return Line(row, line.name, version.kind, version.text, shown, written=row.answer or "")
    if attempt.test.shuffle:
        chance.shuffle(line.choices)
    return line


def _options(options: list[dict[str, Any]], answer: Any) -> list[Choice]:
    chosen = set(answer) if isinstance(answer, list) else {answer}
    return [Choice(str(option["id"]), option["text"], option["id"] in chosen) for option in options]


def _pairs(
    name: str, pairs: list[dict[str, Any]], answer: Any, chance: random.Random
) -> list[tuple[str, str, list[Choice]]]:
    """The right-hand sides are always mixed: in their order they would be the key."""
    rights = list(pairs)
    chance.shuffle(rights)
    matched = dict(answer or [])
    return [
        (f"{name}-{pair['id']}", pair["left"], [
            Choice(str(right["id"]), right["right"], matched.get(pair["id"]) == right["id"]) for right in rights
        ])
        for pair in pairs
    ]  # fmt: skip


def _href(page: str, attempt: Attempt, token: str, **more: int) -> str:
    if token:
        return reverse(f"surveys:{page}_by_link", kwargs={"code": attempt.code, "token": token, **more})
    return reverse(f"surveys:{page}", kwargs={"code": attempt.code, **more})


def back_href(attempt: Attempt, token: str) -> str:
    """The page of whoever sits, in the domain that asked; empty when no app has one."""
    kind = attempt.holder.kind
    if token:
        page = registries.link_pages.get(kind)
        return page(token) if page else ""
    known = registries.subject_kinds.get(kind)
    return known.url(attempt.holder.code) if known and known.url else ""
