"""Background work of the whole installation, for its administrator."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from enggang.access.enums import Role
from enggang.core.actor import actor_of
from enggang.core.enums import JobState
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.models import Job
from enggang.office.exports import JOBS

TONES = {JobState.DONE: "good", JobState.FAILED: "bad", JobState.POISONED: "bad", JobState.RUNNING: "info"}


@require_http_methods(LIST_METHODS)
def job_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds(Role.ADMINISTRATOR, at="/"):
        raise Http404
    found = Job.objects.visible_to(actor).order_by("-pk")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [(job, TONES.get(JobState(job.state), "neutral")) for job in page]
    return answer_page(request, "office/jobs.html", {"page_obj": page, "rows": rows}, JOBS.of(found))
