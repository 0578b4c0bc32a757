"""The rights of a work: five steps in the order in which they are asked for, the gate, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from enggang.audit.domain.trail import record_reading
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.views.answers import attempt, press
from enggang.files.views.sending import send_file
from enggang.media import rules
from enggang.media.domain import consents, curation, publishing
from enggang.media.domain.bulk import describe_with_tags
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.rights import state_rights
from enggang.media.enums import AssetState
from enggang.media.enums_rights import People, Reason
from enggang.media.forms.rights import (
    LicenceForm,
    LikenessForm,
    NoteForm,
    OwnForm,
    PeopleForm,
    PlaceForm,
    ReviseForm,
    StepForm,
    WordsForm,
)
from enggang.media.models import Asset, Consent
from enggang.media.queries.curation import current_assessment
from enggang.media.queries.gate import is_shown, reasons_of, release_of, rights_of, with_gate
from enggang.media.views.finding import find_asset
from enggang.reviews.queries.sheets import sheets_for

STEPS: dict[str, tuple[Any, type[StepForm]]] = {
    "karya": (gettext_lazy("Own work?"), OwnForm),
    "orang": (gettext_lazy("People in it"), PeopleForm),
    "tempat": (gettext_lazy("Place"), PlaceForm),
    "lisensi": (gettext_lazy("Licence"), LicenceForm),
    "uraian": (gettext_lazy("Describe"), WordsForm),
}
ORDER = list(STEPS)
SUBMITTED_FROM = (AssetState.DRAFT, AssetState.REVISE)


def find_rights(request: HttpRequest, code: str, *, may_describe: bool = False) -> Asset:
    """The work with all that the gate looks at."""
    asset = find_asset(request, code)
    if may_describe and not rules.may_describe(actor_of(request), asset):
        raise Http404
    return with_gate(Asset.objects.with_names()).get(pk=asset.pk)


@require_GET
def rights_page(request: HttpRequest, code: str) -> HttpResponse:
    asset = find_rights(request, code)
    wanted = request.GET.get("langkah", "")
    return _page(request, asset, wanted if wanted in STEPS else _next_step(asset))


def _next_step(asset: Asset) -> str:
    done = _done(asset)
    return next((step for step in ORDER if not done[step]), ORDER[-1])


def _done(asset: Asset) -> dict[str, bool]:
    rights = rights_of(asset)
    people = rights.people if rights else ""
    return {
        "karya": bool(rights and rights.holder),
        "orang": people == People.NOBODY or (people == People.SOME and bool(asset.likenesses.all())),
        "tempat": asset.region_id is not None,
        "lisensi": bool(rights and rights.licence),
        "uraian": bool(asset.alt_id),
    }


def _steps(asset: Asset, current: str) -> list[dict[str, Any]]:
    done = _done(asset)
    url = reverse("media:rights", args=[asset.code])
    return [
        {
            "label": label, "href": f"{url}?langkah={step}", "is_current": step == current, "is_done": done[step],
        }
        for step, (label, _form) in STEPS.items()
    ]  # fmt: skip


def _page(
    request: HttpRequest, asset: Asset, step: str, form: StepForm | None = None, **bound: Any
) -> HttpResponse:  # fmt: skip
    actor, rights = actor_of(request), rights_of(asset)
    form = form or STEPS[step][1](asset=asset, rights=rights)
    forms = {
        "likeness_form": LikenessForm(consents=_offered(asset, actor)), "withdraw_form": NoteForm(),
        "revise_form": ReviseForm(), **bound,
    }  # fmt: skip
    position = ORDER.index(step)
    context = {
        "asset": asset, "rights": rights, "step": step, "step_label": STEPS[step][0], "form": form,
        "steps": _steps(asset, step), "next_step": ORDER[position + 1] if position + 1 < len(ORDER) else "",
        "may_describe": rules.may_describe(actor, asset), **forms, **_gate(asset, actor),
        "likenesses": _likenesses(asset, actor),
    }  # fmt: skip
    wrong = form.errors or any(each.errors for each in forms.values())
    return render(request, "media/rights.html", context, status=422 if wrong else 200)


def _likenesses(asset: Asset, actor: Actor) -> list[dict[str, Any]]:
    day = clock.today(asset.organisation.time_zone)
    return [
        {
            "row": each, "in_force": each.consent.is_in_force(day), "sees": rules.may_keep_consent(actor, each.consent),
        }
        for each in asset.likenesses.all()
    ]  # fmt: skip


def _offered(asset: Asset, actor: Actor) -> Any:
    there = [each.consent_id for each in asset.likenesses.all()]
    rows = Consent.objects.visible_to(actor).in_force(clock.today()).filter(organisation=asset.organisation_id)
    return rows.exclude(pk__in=there)


def _gate(asset: Asset, actor: Actor) -> dict[str, Any]:
    """What stands beside the steps: why it is not shown, and what may be done."""
    reasons, keeps = reasons_of(asset), rules.may_keep(actor, asset.organisation)
    assessment = current_assessment(asset)
    review = assessment.review if assessment else None
    others = [each for each in reasons if each != Reason.NOT_ACCEPTED]
    judged = review is not None and (keeps or review.is_decided)
    return {
        "reasons": reasons, "release": release_of(asset), "is_shown": is_shown(asset), "assessment": assessment,
        "may_submit": asset.state in SUBMITTED_FROM and rules.may_describe(actor, asset),
        "may_return": asset.state == AssetState.WITHDRAWN and keeps,
        "may_take_back": asset.state == AssetState.SUBMITTED and rules.may_describe(actor, asset),
        "may_start": asset.state == AssetState.SUBMITTED and keeps,
        "may_decide": keeps and asset.state in {AssetState.IN_REVIEW, AssetState.ACCEPTED, AssetState.REVISE},
        "is_withdrawn": asset.state == AssetState.WITHDRAWN, "is_accepted": asset.state == AssetState.ACCEPTED, "is_revised": asset.state == AssetState.REVISE,
        "may_publish": keeps and asset.state == AssetState.ACCEPTED and not others,
        "may_withdraw": keeps and asset.state != AssetState.WITHDRAWN,
        "may_unpublish": keeps and asset.state == AssetState.PUBLISHED,
        "sheets": sheets_for(review, actor) if review is not None and judged else [], "names_judges": keeps,
    }  # fmt: skip


@require_POST
def rights_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    asset, actor = find_rights(request, code, may_describe=True), actor_of(request)
    form = STEPS[step][1](request.POST, request.FILES, asset=asset, rights=rights_of(asset))
    if attempt(form, lambda: _save(step, asset, form, actor)):
        messages.success(request, _("Saved."))
        position = ORDER.index(step)
        following = ORDER[min(position + 1, len(ORDER) - 1)]
        stays = step == "orang" and form.cleaned_data["people"] == People.SOME and not asset.likenesses.all()
        return redirect(f"{reverse('media:rights', args=[code])}?langkah={step if stays else following}")
    return _page(request, asset, step, form)


def _save(step: str, asset: Asset, form: StepForm, actor: Actor) -> None:
    if isinstance(form, WordsForm):
        describe_with_tags(asset=asset, facts=form.facts, tags=form.tag_names, actor=actor)
    elif step == "tempat":
        describe_asset(asset=asset, actor=actor, **form.facts)
    else:
        state_rights(asset=asset, actor=actor, **form.facts)


@require_GET
def rights_proof(request: HttpRequest, code: str) -> HttpResponseBase:
    """The paper behind an agreement, for those who answer for the rights."""
    asset = find_rights(request, code, may_describe=True)
    rights = rights_of(asset)
    if rights is None or rights.proof is None:
        raise Http404
    record_reading(
        actor=actor_of(request), field="media.RightsStatement.proof", subject_code=asset.code,
        organisation_code=asset.subject.organisation_code,
    )  # fmt: skip
    return send_file(request, rights.proof)


@require_POST
def likeness_add(request: HttpRequest, code: str) -> HttpResponse:
    asset, actor = find_rights(request, code, may_describe=True), actor_of(request)
    form = LikenessForm(request.POST, consents=_offered(asset, actor))
    if attempt(form, lambda: consents.add_likeness(asset=asset, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('media:rights', args=[code])}?langkah=orang")
    return _page(request, asset, "orang", likeness_form=form)


@require_POST
def likeness_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    asset = find_rights(request, code, may_describe=True)
    get_object_or_404(asset.likenesses, pk=row_id)
    press(
        request,
        lambda: consents.drop_likeness(asset=asset, likeness_id=row_id, actor=actor_of(request)),
        _("Removed."),
    )
    return redirect(f"{reverse('media:rights', args=[code])}?langkah=orang")


MOVES: dict[str, tuple[Callable[..., Any], Any]] = {
    "ajukan": (curation.submit_asset, gettext_lazy("Handed in for review.")),
    "tarik-ajuan": (curation.take_back_asset, gettext_lazy("It is a draft again.")),
    "terima": (curation.decide_asset, gettext_lazy("Accepted.")),
    "terbitkan": (publishing.publish_asset, gettext_lazy("Published: everybody can see it now.")),
    "batal-terbit": (publishing.unpublish_asset, gettext_lazy("No longer published. It stays accepted.")),
}


@require_POST
def asset_move(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """A step on the way to the public, or back."""
    asset, actor = find_rights(request, code), actor_of(request)
    if step == "nilai":
        press(request, lambda: curation.start_review(assets=[asset], actor=actor), _("The judges can begin."))
    elif step == "cabut" and release_of(asset) is None:  # nothing was shown that had to go for a reason
        press(request, lambda: publishing.withdraw_asset(asset=asset, actor=actor), _("Withdrawn."))
    elif step in {"tolak", "cabut"}:
        return _with_words(request, asset, step)
    elif step in MOVES:
        do, said = MOVES[step]
        more = {"accept": True} if step == "terima" else {}
        press(request, lambda: do(asset=asset, actor=actor, **more), str(said))
    else:
        raise Http404
    return redirect("media:rights", code=code)


def _with_words(request: HttpRequest, asset: Asset, step: str) -> HttpResponse:
    actor = actor_of(request)
    form = ReviseForm(request.POST) if step == "tolak" else NoteForm(request.POST)

    def do() -> Any:
        note = form.cleaned_data["note"]
        if step == "tolak":
            return curation.decide_asset(asset=asset, accept=False, note=note, actor=actor)
        return publishing.withdraw_asset(asset=asset, note=note, actor=actor)

    if attempt(form, do):
        messages.success(request, _("Sent back to the author.") if step == "tolak" else _("Withdrawn everywhere."))
        return redirect("media:rights", code=asset.code)
    bound: dict[str, Any] = {"revise_form" if step == "tolak" else "withdraw_form": form}
    return _page(request, asset, _next_step(asset), **bound)
