"""Every e-mail with what became of it. Its text is not shown: it may open an account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.notices.domain.inbox import resend_notice, send_waiting
from enggang.notices.domain.sending import has_mail_server
from enggang.notices.enums import NoticeState
from enggang.notices.filters import OutboxFilter
from enggang.notices.models import Notice
from enggang.notices.rules import may_keep_outbox
from enggang.notices.tables import OutboxTable


@login_required
@require_http_methods(LIST_METHODS)
def outbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not may_keep_outbox(actor):
        raise Http404
    rows = Notice.objects.in_outbox_of(actor)
    chosen = OutboxFilter(request.GET, queryset=rows)
    waiting = rows.filter(state=NoticeState.QUEUED).count()
    context = {"filter": chosen, "waiting": waiting, "has_mail_server": has_mail_server()}
    context["table"] = OutboxTable(chosen.qs)
    return answer_list(request, "notices/outbox.html", context, name=_("Outbox"), per_page=25)


@login_required
@require_POST
def resend(request: HttpRequest, code: str) -> HttpResponseRedirect:
    actor = actor_of(request)
    notice = get_object_or_404(Notice.objects.in_outbox_of(actor), code=code)
    try:
        resend_notice(notice=notice, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("It is in the queue again, under the same message number."))
    return HttpResponseRedirect(reverse("notices:outbox"))


@login_required
@require_POST
def resend_waiting(request: HttpRequest) -> HttpResponseRedirect:
    actor = actor_of(request)
    if not may_keep_outbox(actor):
        raise Http404
    count = send_waiting(actor=actor)
    text = ngettext("{n} waiting e-mail is being tried.", "{n} waiting e-mails are being tried.", count)
    messages.success(request, text.format(n=count))
    return HttpResponseRedirect(reverse("notices:outbox"))
