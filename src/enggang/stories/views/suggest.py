"""What needs no account: the form for a proposal, and behind a private address the proposer's own page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import registries
from enggang.core.actor import ANONYMOUS, Actor, actor_of
from enggang.core.codes import grouped
from enggang.core.public import OWN, words_in
from enggang.core.ratelimit import limit
from enggang.core.views.answers import attempt, press
from enggang.notices.domain.sending import has_mail_server
from enggang.stories.domain import suggestions as acts
from enggang.stories.enums_suggestions import Suggested
from enggang.stories.forms.suggestions import SuggestForm
from enggang.stories.models import Suggestion
from enggang.stories.queries.suggestions import CODE_GROUP, desk_for, open_desks

P = ParamSpec("P")
TIMES, SECONDS = 20, 3600  # proposals from one address: a village office shares one
CALLS, CALL_SECONDS = 60, 600
LISTS = {Suggested.EVENT: "agenda", Suggested.DESTINATION: "destinations"}


def in_language_asked(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Visitors come from a page whose language stands in its address; here it travels as ``bahasa``."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asked = request.GET.get("bahasa", "")
        if asked not in OWN:
            return view(request, *args, **kwargs)
        with translation.override(words_in(asked)):
            return view(request, *args, **kwargs)

    return run


def _language(request: HttpRequest) -> str:
    return (request.GET.get("bahasa", "") if request.GET.get("bahasa") in OWN else translation.get_language() or "id")[
        :2
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_language_asked
def suggest(request: HttpRequest, what: str) -> HttpResponse:
    """The form; posted to, it takes the proposal and shows what comes next."""
    if what not in Suggested.values:
        raise Http404
    if not open_desks():
        return _form_page(request, what, None)
    form = SuggestForm(request.POST or None, request.FILES or None, what=what)
    if request.method != "POST":
        return _form_page(request, what, form)
    made: list[acts.Sent] = []

    def save() -> None:
        limit(request, "suggest", times=TIMES, seconds=SECONDS)
        facts = {"what": what, "language": _language(request), "once": form.cleaned_data["once"], **form.facts}
        made.append(acts.send_suggestion(picture=form.picture, actor=ANONYMOUS, **facts))

    if not attempt(form, save):
        return _form_page(request, what, form.renewed())
    return _sent_page(request, made[0])


def _form_page(request: HttpRequest, what: str, form: SuggestForm | None) -> HttpResponse:
    context = {
        "form": form, "what": what, "is_event": what == Suggested.EVENT, "others": [(each, label) for each, label in Suggested.choices if each != what],
        "list_href": registries.public_pages[LISTS[Suggested(what)]](language=_language(request)), "language": _language(request),
    }  # fmt: skip
    return render(request, "stories/suggest.html", context, status=422 if form is not None and form.errors else 200)


def _sent_page(request: HttpRequest, sent: acts.Sent) -> HttpResponse:
    """Shown this once: the code to be said on the telephone, and the address of the own page."""
    row = sent.suggestion
    context = {
        "row": row, "token": sent.token, "code": grouped(sent.call_code, CODE_GROUP) if sent.call_code else "",
        "desk": desk_for(row.region), "mailed": bool(row.email and sent.call_code) and has_mail_server(),
    }  # fmt: skip
    return render(request, "stories/suggestion_sent.html", context)


# -- the proposer's own page ----------------------------------------------------------------------------


def _by_link(request: HttpRequest, token: str) -> tuple[Suggestion, Actor]:
    link = find_link(token[:100], LinkScope.SUGGESTION)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.SUGGESTION)
    if link is None or actor is None:
        raise Http404
    return get_object_or_404(Suggestion.objects.with_names(), subject=link.subject), actor


def _own_page(request: HttpRequest, token: str, row: Suggestion, key: str = "") -> HttpResponse:
    with translation.override(words_in(row.language)):
        context: dict[str, Any] = {"row": row, "token": token, "key": key, "desk": desk_for(row.region)}
        return render(request, "stories/suggestion_own.html", context)


@never_cache
@require_safe
def suggestion_own(request: HttpRequest, token: str) -> HttpResponse:
    row, _actor = _by_link(request, token)
    return _own_page(request, token, row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_confirm(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """Opened it only asks: programs that look into mails open every address."""
    row, actor = _by_link(request, token)
    if request.method != "POST":
        return _own_page(request, token, row, key)

    def confirm() -> None:
        limit(request, "suggestion_confirm", times=CALLS, seconds=CALL_SECONDS)
        acts.confirm_suggestion(suggestion=row, key=key[:100], actor=actor)

    with translation.override(words_in(row.language)):
        press(request, confirm, _("Confirmed. The office reads it now and answers you."))
    return redirect("stories:suggestion_own", token=token)


@never_cache
@require_POST
def suggestion_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = _by_link(request, token)
    with translation.override(words_in(row.language)):
        press(
            request,
            lambda: acts.withdraw_suggestion(suggestion=row, actor=actor),
            _("Withdrawn. Thank you for telling us."),
        )
    return redirect("stories:suggestion_own", token=token)
