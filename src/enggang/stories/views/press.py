"""From a noun to the draft of a press release, and a release as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enggang.core.actor import actor_of
from enggang.core.models import Subject
from enggang.core.views.answers import attached, press, subject_link
from enggang.core.wordings import LANGUAGES, ORIGINAL
from enggang.places.models import Organisation
from enggang.stories import rules
from enggang.stories.domain.press import draft_release
from enggang.stories.enums import Genre
from enggang.stories.models import Story
from enggang.stories.queries.press import cleared_photos, press_facts_of, release_docx, releases_about

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: HttpRequest, code: str) -> HttpResponse:
    """What is on record, in both languages, with the photos that are cleared now; posted to, it becomes a draft."""
    actor = actor_of(request)
    subject = get_object_or_404(Subject, code=code[:16])
    organisation = get_object_or_404(
        Organisation.objects.select_related("subject"), subject__code=subject.organisation_code
    )
    facts = press_facts_of(subject, actor) if rules.may_write(actor, organisation) else None
    if facts is None:
        raise Http404
    made: list[Story] = []
    if request.method == "POST":
        said = _("Drafted from what is on record. Read every sentence before you hand it on.")
        press(
            request,
            lambda: made.append(draft_release(subject=subject, organisation=organisation, facts=facts, actor=actor)),
            said,
        )
        if made:
            return redirect("stories:story", code=made[0].code)
    told = [
        (language, facts.title[language], facts.summary[language], facts.paragraphs[language])
        for language in facts.title
    ]
    context = {
        "facts": facts, "told": told, "photos": cleared_photos(facts), "noun": subject_link(subject),
        "known": list(releases_about(subject).visible_to(actor)[:20]),
    }  # fmt: skip
    return render(request, "stories/release_new.html", context)


@require_safe
def release_file(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """For staff, also of a draft."""
    row = get_object_or_404(
        Story.objects.visible_to(actor_of(request)).with_names(), subject__code=code, genre=Genre.PRESS
    )
    if language not in (ORIGINAL, *LANGUAGES):
        raise Http404
    return attached(release_docx(row, language), DOCX, f"{row.slug}-{language}.docx")
