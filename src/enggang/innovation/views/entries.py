"""The entry of a year in the office: its score with what would raise it, its parameters, its profile, and its desks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached, attempt, press
from enggang.documents.views.finding import pdf_response
from enggang.files.sniffing import DOCX_TYPE
from enggang.innovation import rules
from enggang.innovation.domain import submissions as acts
from enggang.innovation.domain.evidence import leave_evidence, use_evidence
from enggang.innovation.domain.packing import pack_submission
from enggang.innovation.enums_iid import ONWARD, SubmissionState
from enggang.innovation.exports_iid import ENTRY
from enggang.innovation.forms.iid import BeginForm, ParameterForm, ProfileForm, SettingForm, UseForm
from enggang.innovation.models import Evidence, Submission
from enggang.innovation.papers.kipp import kipp_docx, kipp_pdf
from enggang.innovation.queries.guide import guide_of, years_to_enter
from enggang.innovation.queries.history import differing
from enggang.innovation.queries.profile import left_empty, profile_of
from enggang.innovation.queries.proposals import proposals_of
from enggang.innovation.queries.scores import Sheet, Standing, sheet_of
from enggang.innovation.scoring import TOP, Score, what_if
from enggang.innovation.views.finding import find_inside, shell_of
from enggang.innovation.views.finding_iid import entry_shell, find_submission, find_written_submission

CHEAPEST = 5
IF = "jika-"  # of an address: what if an indicator had another parameter


def entries(request: HttpRequest, code: str) -> HttpResponse:
    """The years of an innovation; with one open it is the newest one's page that is wanted."""
    row, actor = find_inside(request, code), actor_of(request)
    years = years_to_enter(row.organisation)
    form = BeginForm(request.POST or None, actor=actor, years=years)
    made: list[Submission] = []
    if form.is_bound:
        if not rules.may_write(actor, row):
            raise Http404
        if attempt(form, lambda: made.append(acts.begin_submission(innovation=row, actor=actor, **form.cleaned_data))):
            messages.success(request, _("The entry has begun. Choose parameters, and bring evidence for them."))
            return redirect("innovation:entry", code=made[0].code)
    rows = list(row.submissions.with_names().order_by("-year"))
    context = {**shell_of(request, row, "iid"), "form": form, "entries": rows, "years": years}
    return render(request, "innovation/entries.html", context, status=422 if form.errors else 200)


def whole_sheet(row: Submission) -> Sheet:
    guide = guide_of(row.innovation.organisation, row.year)
    return sheet_of(row, guide, proposals_of(row, guide) if row.is_open else ())


@require_http_methods(LIST_METHODS)
def entry(request: HttpRequest, code: str) -> HttpResponse:
    row = find_submission(request, code)
    sheet = whole_sheet(row)
    answers = profile_of(row)
    context = {
        **entry_shell(request, row, "score"), "sheet": sheet, "score": sheet.score, "steps": sheet.steps(CHEAPEST),
        "desks": _desks(row), "history": list(row.steps.order_by("-pk")), "left_empty": left_empty(answers),
        "filled": sum(bool(each.text) for each in answers), "fields": len(answers), "imagined": _imagined(request, sheet),
        "proposals": sum(bool(each.proposals) for each in sheet.standings), "versions": list(row.versions.defer("facts")),
        "setting_form": SettingForm(actor=actor_of(request), row=row),
    }  # fmt: skip
    return answer_page(request, "innovation/entry.html", context, ENTRY.of(sheet.standings, about=row.subject))


def _imagined(request: HttpRequest, sheet: Sheet) -> tuple[Score, int, dict[str, int]] | None:
    """What the score would be by the address's ``jika-<code>=<parameter>``, and by how much it would change."""
    known = {each.guide.code for each in sheet.standings}
    asked = {name.removeprefix(IF): value for name, value in request.GET.items() if name.startswith(IF)}
    changes = {
        code: int(str(value))
        for code, value in asked.items()
        if code in known and value in {str(n) for n in range(TOP + 1)}
    }
    if not changes:
        return None
    found = what_if(sheet.lines, changes)
    return found, found.points - sheet.score.points, changes


def _desks(row: Submission) -> list[dict[str, Any]]:
    """The four desks, for the line of steps."""
    path = [*ONWARD, SubmissionState.VALIDATED]
    if row.state == SubmissionState.FROZEN:
        return [{"label": each.label, "state": "done" if row.validated_at else "todo"} for each in path]
    here = path.index(SubmissionState(row.state))
    through = row.state == SubmissionState.VALIDATED
    return [
        {"label": each.label, "state": "done" if n < here or through else "current" if n == here else "todo"}
        for n, each in enumerate(path)
    ]


def parameter(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """One indicator: its texts, its source row, its evidence, and what the system proposes."""
    row = find_submission(request, code)
    standing = _standing(row, indicator)
    shell = entry_shell(request, row, "score")
    form = ParameterForm(request.POST or None, standing=standing)
    if form.is_bound and not shell["may_write"]:
        raise Http404
    if form.is_bound and attempt(form, lambda: _choose(request, row, indicator, form)):
        messages.success(request, _("Saved."))
        return redirect("innovation:parameter", code=code, indicator=indicator)
    context = {**shell, "each": standing, "form": form, "use_form": _use_form(row, standing)}
    return render(request, "innovation/parameter.html", context, status=422 if form.errors else 200)


def _standing(row: Submission, indicator: str) -> Standing:
    found = whole_sheet(row).standing(indicator)
    if found is None:
        raise Http404
    return found


def _choose(request: HttpRequest, row: Submission, indicator: str, form: ParameterForm) -> Any:
    return acts.choose_parameter(submission=row, code=indicator, actor=actor_of(request), **form.cleaned_data)


def _use_form(row: Submission, standing: Standing, data: Any = None) -> UseForm:
    vault = Evidence.objects.kept().filter(innovation=row.innovation)
    return UseForm(data, vault=vault, used=[each.pk for each in standing.evidence])


@require_POST
def parameter_evidence(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Which pieces of the vault serve it: those that were ticked, and no others."""
    row, actor = find_written_submission(request, code), actor_of(request)
    standing = _standing(row, indicator)
    form = _use_form(row, standing, request.POST)

    def save() -> None:
        wanted, used = set(form.cleaned_data["evidence"]), set(standing.evidence)
        for each in sorted(wanted - used, key=lambda piece: piece.pk):
            use_evidence(submission=row, code=indicator, evidence=each, actor=actor)
        for each in sorted(used - wanted, key=lambda piece: piece.pk):
            leave_evidence(submission=row, code=indicator, evidence=each, actor=actor)

    if attempt(form, save):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
    return redirect("innovation:parameter", code=code, indicator=indicator)


def profile(request: HttpRequest, code: str) -> HttpResponse:
    """The fields of the form, each as the record fills it or as it was typed."""
    row = find_submission(request, code)
    shell, answers = entry_shell(request, row, "profile"), profile_of(row)
    form = ProfileForm(request.POST or None, answers=answers, version=row.version)
    if form.is_bound and not shell["may_write"]:
        raise Http404
    if form.is_bound and attempt(form, lambda: _answer(request, row, form)):
        messages.success(request, _("Saved."))
        return redirect("innovation:profile", code=code)
    context = {**shell, "answers": answers, "form": form, "left_empty": left_empty(answers)}
    return render(request, "innovation/profile.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, row: Submission, form: ProfileForm) -> Any:
    version = form.cleaned_data["version"] or 0
    return acts.answer_profile(submission=row, answers=form.given, version=version, actor=actor_of(request))


@require_POST
def entry_set(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_written_submission(request, code), actor_of(request)
    form = SettingForm(request.POST, actor=actor, row=row)
    if attempt(form, lambda: acts.set_submission(submission=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
    return redirect("innovation:entry", code=code)


@require_POST
def entry_move(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """On to the next desk, back to the innovator, or closed with its year."""
    row, actor = find_submission(request, code), actor_of(request)
    reason = request.POST.get("reason", "").replace("\x00", "")[:500]
    moves: dict[str, tuple[Any, str]] = {
        "lanjut": (lambda: acts.hand_on_submission(submission=row, actor=actor, note=reason), _("Handed on.")),
        "kembali": (
            lambda: acts.send_back_submission(submission=row, reason=reason, actor=actor), _("Sent back to the innovator."),
        ),
        "tutup": (lambda: acts.close_year(submission=row, actor=actor), _("Closed: nothing of it changes any more.")),
    }  # fmt: skip
    allowed = entry_shell(request, row, "score")
    if step not in moves or not allowed[{"lanjut": "may_hand_on", "kembali": "may_return", "tutup": "may_close"}[step]]:
        raise Http404
    press(request, *moves[step])
    return redirect("innovation:entry", code=code)


@require_GET
def entry_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The content as it was handed in, and what is otherwise now."""
    row = find_submission(request, code)
    kept = get_object_or_404(row.versions.all(), number=number)
    before = row.versions.filter(number=number - 1).first()
    facts = kept.read()
    context = {
        **entry_shell(request, row, "score"), "kept": kept, "facts": facts,
        "changed": differing(before.read(), facts) if before else [],
    }  # fmt: skip
    return render(request, "innovation/version.html", context)


@require_POST
def pack(request: HttpRequest, code: str) -> HttpResponse:
    row = find_submission(request, code)
    back = reverse("innovation:entry", args=[code])
    try:
        made = pack_submission(submission=row, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back)
    return redirect(f"{reverse('core:job', args=[made.code])}?back={back}")


@require_GET
def kipp(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The KIPP proposal as it stands now."""
    row = find_submission(request, code)
    if form not in {"pdf", "docx"}:
        raise Http404
    try:
        content = kipp_pdf(row) if form == "pdf" else kipp_docx(row)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("innovation:entry", code=code)
    name = f"kipp-{row.year}-{code}.{form}"
    return pdf_response(content, name) if form == "pdf" else attached(content, DOCX_TYPE, name)
