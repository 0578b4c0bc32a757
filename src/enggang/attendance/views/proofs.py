"""The letters and photos of an occasion: staff add them, and accept or refuse those that participants handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.attendance import exports
from enggang.attendance.domain.proofs import accept_letter, accept_proof, add_proof, refuse_proof, reopen_proof
from enggang.attendance.enums import ProofState
from enggang.attendance.forms.proof import ProofForm
from enggang.attendance.models import Occasion, Pass, Proof
from enggang.attendance.queries.proofs import waiting_elsewhere
from enggang.attendance.queries.roster import people_of, roster
from enggang.attendance.views.finding import find_occasion
from enggang.audit.domain.trail import record_reading
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, wants_file
from enggang.files.domain.papers import LARGEST
from enggang.files.domain.storing import read_bytes

DONE = {
    ProofState.ACCEPTED: gettext_lazy("Decided; the participant sees it on their page."),
    ProofState.REFUSED: gettext_lazy("Decided; the participant sees it on their page."),
    ProofState.PENDING: gettext_lazy("The decision is taken back; the letter waits to be checked again."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest, code: str) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    people = [(line.code, f"{line.name} · {line.agency}") for line in roster(occasion)]
    posted = (request.POST, request.FILES) if request.method == "POST" and not wants_file(request) else ()
    form = ProofForm(*posted, people=people)
    if form.is_bound and form.is_valid():
        try:
            _add(request, occasion, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The letter is kept, and the list says so."))
            return redirect("attendance:proofs", code)
    rows = list(Proof.objects.filter(occasion=occasion).select_related("file"))
    names = people_of({row.holder_id for row in rows})
    others = waiting_elsewhere(rows)
    lines = [
        {"proof": row, "who": names.get(row.holder_id, ("–", "")), "others": others.get(row.file_id, 0)} for row in rows
    ]
    context = {"occasion": occasion, "form": form, "lines": lines}
    with timezone.override(occasion.zone):
        export, status = exports.PROOFS.of(lines, about=occasion.subject), 422 if form.errors else 200
        return answer_page(request, "attendance/proofs.html", context, export, status=status)


def _add(request: HttpRequest, occasion: Occasion, data: dict[str, Any]) -> None:
    passes = Pass.objects.filter(group_id=occasion.group_id).select_related("holder")
    held = get_object_or_404(passes, holder__code=data["holder"])
    upload = data["file"]
    add_proof(
        occasion=occasion, holder=held.holder, status=data["status"], note=data["note"],
        content=upload.read(LARGEST + 1), name=upload.name, actor=actor_of(request),
    )  # fmt: skip


@require_POST
def proof_decide(request: HttpRequest, code: str, proof_id: int) -> HttpResponse:
    """``keputusan`` is «terima», «semua» (the sessions of the letter), «tolak» or «batal», which takes it back."""
    proof, actor = _find(request, code, proof_id), actor_of(request)
    try:
        if request.POST.get("keputusan") == "terima":
            accept_proof(proof=proof, actor=actor)
        elif request.POST.get("keputusan") == "semua":
            accept_letter(proof=proof, actor=actor)
            proof.refresh_from_db(fields=["state"])
        elif request.POST.get("keputusan") == "batal":
            reopen_proof(proof=proof, actor=actor)
        else:
            refuse_proof(proof=proof, reason=request.POST.get("reason", ""), actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, str(DONE[ProofState(proof.state)]))
    return redirect("attendance:proofs", code)


@require_GET
def proof_file(request: HttpRequest, code: str, proof_id: int) -> HttpResponse:
    """Always as a download. It may speak of illness, so that the reading is recorded."""
    proof, actor = _find(request, code, proof_id), actor_of(request)
    content = read_bytes(proof.file)
    record_reading(
        actor=actor, field="attendance.Proof.file", subject_code=proof.holder.code,
        organisation_code=proof.holder.organisation_code,
    )  # fmt: skip
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, proof.file.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response


def _find(request: HttpRequest, code: str, proof_id: int) -> Proof:
    occasion = find_occasion(request, code, to_mark=True)
    rows = Proof.objects.filter(occasion=occasion)
    return get_object_or_404(rows.select_related("file", "holder", "occasion__organisation"), pk=proof_id)
