"""The publicity of an edition: the calendar over channels, and one publication with its words and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attached, attempt, press
from enggang.events import exports as sheets
from enggang.events.domain import publicity as acts
from enggang.events.enums import PublicationState
from enggang.events.forms.publicity import AssetForm, CaptionsForm, PublicationForm, ReachForm, StateForm
from enggang.events.models import Edition, Publication
from enggang.events.queries.publicity import limits_of, picture_gap, publicity_of
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of
from enggang.files.domain.storing import read_bytes
from enggang.media.models import Collection


@require_http_methods(LIST_METHODS)
def publication_list(request: HttpRequest, code: str) -> HttpResponse:
    """By month, what is late in red; posted to, it plans one."""
    edition, actor = find_inside(request, code), actor_of(request)
    shell = shell_of(request, edition, "publicity")
    form = PublicationForm(posted(request) if shell["may_manage"] else None, edition=edition)
    made: list[Publication] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.add_publication(edition=edition, actor=actor, **form.facts))
    ):
        messages.success(request, _("Planned. Write its captions here."))
        return redirect("events:publication", code=code, row_id=made[0].pk)
    found = publicity_of(edition)
    offered = _collections(edition, actor)
    context = {**shell, "publicity": found, "form": form, "collections": offered}
    exports = sheets.PUBLICATIONS.of(found.lines, about=edition.subject)
    return answer_page(request, "events/publications.html", context, exports, status=422 if form.errors else 200)


@require_POST
def edition_collection(request: HttpRequest, code: str) -> HttpResponse:
    """Choose one, begin a new one, or none."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    asked = request.POST.get("koleksi", "")[:16]
    if asked == "baru":
        press(request, lambda: acts.begin_collection(edition=edition, actor=actor), _("Made. Put works into it."))
        return redirect("events:publications", code=code)
    rows = Collection.objects.visible_to(actor)
    found = get_object_or_404(rows, subject__code=asked) if asked else None
    press(request, lambda: acts.link_collection(edition=edition, collection=found, actor=actor), _("Saved."))
    return redirect("events:publications", code=code)


def _collections(edition: Edition, actor: Actor) -> list[Collection]:
    rows = Collection.objects.visible_to(actor).filter(organisation=edition.organisation_id)
    return list(rows.select_related("subject").prefetch_related("texts")[:200])


def _row(edition: Edition, row_id: int) -> Publication:
    row = get_object_or_404(edition.publications.with_names(), pk=row_id)
    row.edition = edition
    return row


@require_GET
def publication(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_inside(request, code)
    return _page(request, edition, _row(edition, row_id))


def _page(request: HttpRequest, edition: Edition, row: Publication, **bound: Any) -> HttpResponse:
    forms = {
        "form": PublicationForm(edition=edition, row=row),
        "captions_form": CaptionsForm(row=row),
        "state_form": StateForm(row=row),
        "reach_form": ReachForm(row=row),
        "asset_form": AssetForm(),
        **bound,
    }
    context = {
        **shell_of(request, edition, "publicity"),
        "row": row,
        "limits": limits_of(row.channel),
        "picture_gap": picture_gap(row),
        "captions": list(row.captions.all()),
        "late": row.is_late(clock.today(edition.time_zone)),
        "is_posted": row.state == PublicationState.POSTED,
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return answer_page(request, "events/publication.html", context, status=status)


@require_POST
def publication_edit(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _row(edition, row_id)
    form = PublicationForm(request.POST, edition=edition, row=row)

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        acts.change_publication(publication=row, version=version, actor=actor_of(request), **form.facts)

    if attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:publication", code=code, row_id=row_id)
    return _page(request, edition, _row(edition, row_id), form=form)


@require_POST
def publication_captions(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _row(edition, row_id)
    form = CaptionsForm(request.POST, row=row)

    def save() -> None:
        version = form.cleaned_data["version"]
        acts.write_captions(publication=row, version=version, captions=form.captions, actor=actor_of(request))

    if attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:publication", code=code, row_id=row_id)
    return _page(request, edition, row, captions_form=form)


@require_POST
def publication_move(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _row(edition, row_id)
    form = StateForm(request.POST, row=row)
    if attempt(form, lambda: acts.move_publication(publication=row, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Done: %(state)s.") % {"state": row.get_state_display()})
        return redirect("events:publication", code=code, row_id=row_id)
    return _page(request, edition, _row(edition, row_id), state_form=form)


@require_POST
def publication_reach(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _row(edition, row_id)
    form = ReachForm(request.POST, row=row)
    if attempt(form, lambda: acts.note_reach(publication=row, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("events:publication", code=code, row_id=row_id)
    return _page(request, edition, row, reach_form=form)


@require_POST
def publication_seen(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = _row(find_managed_edition(request, code), row_id)
    press(request, lambda: acts.note_moved_publication(publication=row, actor=actor_of(request)), _("Noted."))
    return redirect("events:publications", code=code)


@require_POST
def publication_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = _row(find_managed_edition(request, code), row_id)
    done = press(request, lambda: acts.drop_publication(publication=row, actor=actor_of(request)), _("Removed."))
    return redirect("events:publications", code) if done else redirect("events:publication", code, row_id)


@require_http_methods(["GET", "HEAD", "POST"])
def publication_asset(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """The picture; posted to, another one in its place."""
    if request.method != "POST":
        row = _row(find_inside(request, code), row_id)
        if row.asset is None:
            raise Http404
        return attached(read_bytes(row.asset), row.asset.media_type, row.asset.name)
    edition = find_managed_edition(request, code)
    row = _row(edition, row_id)
    form = AssetForm(request.POST, request.FILES)

    def keep() -> None:
        file = form.cleaned_data["file"]
        acts.attach_asset(publication=row, content=file.read(), filename=file.name, actor=actor_of(request))

    if attempt(form, keep):
        messages.success(request, _("Saved."))
        return redirect("events:publication", code=code, row_id=row_id)
    return _page(request, edition, _row(edition, row_id), asset_form=form)
