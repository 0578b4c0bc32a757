"""Background work of the whole installation, for its administrator."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enggang.access.enums import Role
from enggang.core.actor import actor_of
from enggang.core.enums import JobState
from enggang.core.models import Job

TONES = {JobState.DONE: "good", JobState.FAILED: "bad", JobState.POISONED: "bad", JobState.RUNNING: "info"}


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds(Role.ADMINISTRATOR, at="/"):
        raise Http404
    page = Paginator(Job.objects.visible_to(actor).order_by("-pk"), 50).get_page(request.GET.get("page"))
    rows = [(job, TONES.get(JobState(job.state), "neutral")) for job in page]
    return render(request, "office/jobs.html", {"page_obj": page, "rows": rows})
