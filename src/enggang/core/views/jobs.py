"""A background job as its owner sees it: progress, result, stop, once more."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from enggang.core import jobs
from enggang.core.actor import actor_of
from enggang.core.models.job import Job


def _find(request: HttpRequest, code: str) -> Job:
    return get_object_or_404(Job.objects.visible_to(actor_of(request)), code=code)


@login_required
@require_GET
def job_detail(request: HttpRequest, code: str) -> HttpResponse:
    job = _find(request, code)
    template = "core/job_progress.html" if request.headers.get("X-Partial") else "core/job.html"
    response = render(request, template, {"job": job, "back": _way_back(request)})
    if job.is_ended:
        response["X-Poll-Done"] = "1"
    return response


def _way_back(request: HttpRequest) -> str:
    """Where the address says the person came from, if that is a page of ours; it becomes a link."""
    back = request.GET.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


@login_required
@require_GET
def job_result(request: HttpRequest, code: str) -> HttpResponseBase:
    job = _find(request, code)
    if not job.result or not jobs.may_read_result(job, actor_of(request)):
        raise Http404
    return FileResponse(job.result.open("rb"), as_attachment=True, filename=job.result_name)


@login_required
@require_POST
def job_cancel(request: HttpRequest, code: str) -> HttpResponse:
    jobs.cancel_job(job=_find(request, code), actor=actor_of(request))
    return HttpResponseRedirect(reverse("core:job", args=[code]))


@login_required
@require_POST
def job_retry(request: HttpRequest, code: str) -> HttpResponse:
    jobs.retry_job(job=_find(request, code), actor=actor_of(request))
    return HttpResponseRedirect(reverse("core:job", args=[code]))
