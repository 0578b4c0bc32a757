"""A person's messages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.notices.domain.inbox import read_notices, unread_count
from enggang.notices.exports import INBOX
from enggang.notices.models import Notice

PAGE = 20


@login_required
@require_http_methods(LIST_METHODS)
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Notice.objects.visible_to(actor)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return answer_page(request, "notices/inbox.html", {"page_obj": page, "unread": unread_count(actor)}, INBOX.of(rows))


@login_required
@require_POST
def open_notice(request: HttpRequest, code: str) -> HttpResponseRedirect:
    """Mark as read and go to what the message is about."""
    actor = actor_of(request)
    notice = get_object_or_404(Notice.objects.visible_to(actor), code=code)
    read_notices(notice=notice, actor=actor)
    inside = notice.href and url_has_allowed_host_and_scheme(notice.href, allowed_hosts=None)
    return HttpResponseRedirect(notice.href if inside else reverse("notices:inbox"))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    read_notices(actor=actor_of(request))
    return HttpResponseRedirect(reverse("notices:inbox"))
