"""The vault of evidence in the office: what was brought, what the system proposes, what belongs to the innovation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.audit.domain.trail import record_reading
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.files.views.sending import send_file
from enggang.innovation.domain import evidence as acts
from enggang.innovation.exports_iid import VAULT
from enggang.innovation.forms.iid import FileForm, LinkForm, TieForm, WhyForm
from enggang.innovation.models import Evidence, RefusedProposal, Submission, Tie
from enggang.innovation.queries.guide import guide_of
from enggang.innovation.queries.proposals import Proposal, proposals_of
from enggang.innovation.queries.ties import tied_to
from enggang.innovation.views.finding_iid import entry_shell, find_evidence, find_submission, find_written_submission

FORMS = {"berkas": FileForm, "tautan": LinkForm, "milik": TieForm}


@require_http_methods(LIST_METHODS)
def vault(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_submission(request, code))


def _page(request: HttpRequest, row: Submission, *, status: int = 200, **forms: Any) -> HttpResponse:
    pieces = list(
        Evidence.objects.kept().filter(innovation=row.innovation).with_names().prefetch_related("uses__submission")
    )
    guide = guide_of(row.innovation.organisation, row.year)
    titles = {each.code: each for each in guide.own}
    context = {
        **entry_shell(request, row, "vault"), "pieces": [(each, _uses(each)) for each in pieces],
        "proposals": [(each, [titles[code] for code in each.codes]) for each in _proposals(row)],
        "refused": list(row.innovation.refused_proposals.all()), "ties": tied_to(row.innovation),
        "file_form": FileForm(), "link_form": LinkForm(), "tie_form": TieForm(), "why_form": WhyForm(), **forms,
    }  # fmt: skip
    return answer_page(request, "innovation/vault.html", context, VAULT.of(pieces, about=row.subject), status=status)


def _uses(piece: Evidence) -> list[str]:
    """Indicators by year, as «2026: 20, 25»."""
    years: dict[int, list[str]] = {}
    for use in piece.uses.all():
        years.setdefault(use.submission.year, []).append(use.code)
    return [f"{year}: {', '.join(sorted(codes))}" for year, codes in sorted(years.items(), reverse=True)]


def _proposals(row: Submission) -> list[Proposal]:
    return proposals_of(row, guide_of(row.innovation.organisation, row.year)) if row.is_open else []


@require_POST
def vault_bring(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """A file, a link, or something of this system that belongs to it."""
    row, actor = find_written_submission(request, code), actor_of(request)
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST, request.FILES)
    innovation = row.innovation
    do = {
        "berkas": lambda: acts.bring_file(innovation=innovation, actor=actor, **form.facts),  # type: ignore[attr-defined]
        "tautan": lambda: acts.bring_link(innovation=innovation, actor=actor, **form.cleaned_data),
        "milik": lambda: acts.tie_subject(innovation=innovation, actor=actor, **form.cleaned_data),
    }[what]
    if attempt(form, do):
        messages.success(request, _("Kept. Tick it at the indicators it serves.") if what != "milik" else _("Tied."))
        return redirect("innovation:vault", code=code)
    names = {"berkas": "file_form", "tautan": "link_form", "milik": "tie_form"}
    return _page(request, row, status=422, **{names[what]: form})


@require_POST
def proposal(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Accept or refuse what the system proposes; it is found anew, so nothing can be slipped in."""
    row, actor = find_written_submission(request, code), actor_of(request)
    asked = (request.POST.get("provider", ""), request.POST.get("key", ""))
    found = next((each for each in _proposals(row) if (each.provider, each.key) == asked), None)
    if what not in {"terima", "tolak"}:
        raise Http404
    if found is None:
        messages.error(request, _("This is not proposed any more. Reload the page."))
    elif what == "terima":
        codes = [each for each in found.codes if each in request.POST.getlist("codes")]
        do = lambda: acts.accept_proposal(submission=row, proposal=found, codes=codes, actor=actor)  # noqa: E731 -- one line
        press(request, do, _("Accepted as evidence."))
    else:
        _refuse(request, row, found)
    return redirect("innovation:vault", code=code)


def _refuse(request: HttpRequest, row: Submission, found: Proposal) -> None:
    reason = request.POST.get("reason", "").replace("\x00", "")[:300]
    press(
        request,
        lambda: acts.refuse_proposal(innovation=row.innovation, proposal=found, reason=reason, actor=actor_of(request)),
        _("Refused. It can be proposed again below."),
    )


@require_POST
def proposal_again(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = find_written_submission(request, code)
    found = get_object_or_404(RefusedProposal, pk=number, innovation=row.innovation)
    found.innovation = row.innovation
    press(request, lambda: acts.propose_again(refused=found, actor=actor_of(request)), _("It is proposed again."))
    return redirect("innovation:vault", code=code)


@require_POST
def tie_away(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = find_written_submission(request, code)
    found = get_object_or_404(Tie, pk=number, innovation=row.innovation)
    found.innovation = row.innovation
    press(request, lambda: acts.untie_subject(tie=found, actor=actor_of(request)), _("Not tied any more."))
    return redirect("innovation:vault", code=code)


@require_POST
def evidence_withdraw(request: HttpRequest, code: str, piece: str) -> HttpResponse:
    row = find_written_submission(request, code)
    found = get_object_or_404(Evidence.objects.with_names(), subject__code=piece, innovation=row.innovation)
    found.innovation = row.innovation
    press(
        request, lambda: acts.withdraw_evidence(evidence=found, actor=actor_of(request)), _("Taken out of the vault.")
    )
    return redirect("innovation:vault", code=code)


@require_safe
def evidence(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file, or on to the address; a record leads to the vault. What names people leaves a trace (law 8)."""
    found, actor = find_evidence(request, code), actor_of(request)
    if found.is_personal:
        record_reading(
            actor=actor, field="innovation.Evidence.file", subject_code=found.code,
            organisation_code=found.subject.organisation_code,
        )  # fmt: skip
    if found.file is not None:
        return send_file(request, found.file)
    if found.link:
        return redirect(found.link)
    last = Submission.objects.visible_to(actor).filter(innovation=found.innovation).select_related("subject").first()
    if last is None:
        raise Http404
    return redirect("innovation:vault", code=last.code)
