"""The letters of a wave: writing and sending invitations, and what became of each; our own assignment letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.documents.exports import LETTERS
from enggang.documents.rules import may_read as may_read_letters
from enggang.documents.views.finding import pdf_response
from enggang.files.domain.storing import read_bytes
from enggang.seats.queries.offers import seats_by_pool
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import invitations as acts
from enggang.training.domain.registrations import pools_for
from enggang.training.forms.letters import InvitationForm, OwnAssignmentForm
from enggang.training.models import Addressee, Registration, Wave
from enggang.training.queries.assignments import assignment_counts
from enggang.training.queries.letters import addressees_of, letters_of
from enggang.training.views.finding import PageEnded, find_managed_wave, find_watched_wave, tells_the_end


@require_http_methods(LIST_METHODS)
def letter_list(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_watched_wave(request, code)
    addressees = addressees_of(wave)
    standing = [row for row in addressees if not row.letter.is_void]  # nobody waits for an answer to a voided letter
    by_letter: dict[int, list[Addressee]] = {}
    for row in addressees:
        by_letter.setdefault(row.letter_id, []).append(row)
    letters, actor = letters_of(wave), actor_of(request)
    context = {
        "wave": wave,
        "letters": [(letter, by_letter.get(letter.pk, [])) for letter in letters],
        "waiting": sum(row.is_unanswered for row in standing),
        "confirmed": sum(row.state == "confirmed" for row in standing),
        "addressed": len(standing),
        "counts": assignment_counts(wave),
        "may_manage": rules.may_manage(actor, wave.organisation),
        "closed": not may_read_letters(actor, wave.organisation),
    }
    exports = (
        LETTERS.of(letters, about=wave.subject),
        sheets.ADDRESSEES.of(addressees, about=wave.subject),
    )
    return answer_page(request, "training/letters.html", context, *exports)


def invitation_new(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = InvitationForm(request.POST or None, wave=wave)
    if form.is_bound and form.is_valid():
        try:
            letters = acts.draft_invitations(
                wave=wave, offices=form.offices(), separate=form.cleaned_data["separate"], actor=actor_of(request),
                **form.start(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The draft is ready. Look at it, then give it its number."))
            single = len(letters) == 1
            return redirect("documents:letter", letters[0].code) if single else redirect("training:letters", code)
    return _form_page(request, wave, form, _("Write an invitation"))


def own_assignment_new(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = OwnAssignmentForm(request.POST or None, wave=wave)
    if form.is_bound and form.is_valid():
        try:
            letter = acts.draft_assignment(
                wave=wave, persons=form.cleaned_data["persons"], actor=actor_of(request), **form.start()
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The draft is ready. Look at it, then give it its number."))
            return redirect("documents:letter", letter.code)
    return _form_page(request, wave, form, _("Write an assignment letter for committee and instructors"))


def _form_page(request: HttpRequest, wave: Wave, form: Any, title: str) -> HttpResponse:
    context = {"wave": wave, "form": form, "title": title, "signs": form.fields["signatory"].queryset.exists()}
    return render(request, "training/letter_form.html", context, status=422 if form.errors else 200)


def find_addressee(request: HttpRequest, code: str, *, manages: bool = False) -> Addressee:
    rows = Addressee.objects.visible_to(actor_of(request)).with_names()
    row = get_object_or_404(rows, subject__code=code)
    if manages and not rules.may_manage(actor_of(request), row.wave.organisation):
        raise Http404
    return row


@never_cache
@require_POST
def invitation_send(request: HttpRequest, code: str) -> HttpResponse:
    """Send, or make a further address of one already sent; the page shows the text to forward, once."""
    row, actor = find_addressee(request, code, manages=True), actor_of(request)
    try:
        fresh = row.state == "draft"
        shared = (acts.send_invitation if fresh else acts.share_invitation)(addressee=row, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:letters", row.wave.code)
    return render(request, "training/invitations_shared.html", {"wave": row.wave, "shared": [shared]})


@never_cache
@require_POST
def invitations_send(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Send every issued invitation not yet sent, or remind those who have not answered."""
    wave, actor = find_managed_wave(request, code), actor_of(request)
    try:
        if step == "kirim":
            rows = list(Addressee.objects.filter(wave=wave, state="draft", letter__state="frozen").with_names())
            shared = [acts.send_invitation(addressee=row, actor=actor) for row in rows]
            if not shared:
                raise Refused(_("There is no issued letter that waits to be sent."))
        elif step == "ingatkan":
            reminded = {row.pk for row in acts.remind_addressees(wave=wave, actor=actor)}
            rows = list(Addressee.objects.filter(pk__in=reminded).with_names())
            shared = [acts.share_invitation(addressee=row, actor=actor) for row in rows]
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:letters", code)
    return render(request, "training/invitations_shared.html", {"wave": wave, "shared": shared})


@require_POST
def invitation_undo(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Take the sending or the answer back."""
    row, actor = find_addressee(request, code, manages=True), actor_of(request)
    undo = {"kirim": acts.recall_invitation, "jawaban": acts.clear_answer}.get(what)
    if undo is None:
        raise Http404
    try:
        undo(addressee=row, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Taken back."))
    return redirect("training:letters", row.wave.code)


# -- the addressee's own page: signed in, or by a private address -------------------------------------


def _found(token: str) -> tuple[Addressee, Actor]:
    link = find_link(token[:100], LinkScope.ADDRESSEE)
    if link is None:
        raise PageEnded(LinkScope.ADDRESSEE)
    rows = Addressee.objects.with_names().exclude(state="draft")
    return get_object_or_404(rows, subject=link.subject), actor_of_link(link)


def _context(row: Addressee) -> dict[str, Any]:
    """The letter and the seats that the organisation's staff may take, with how many it has."""
    wave = row.wave
    pools = {pool.pk for pool in pools_for(wave, row.organisation)}
    seated = Registration.objects.seated().filter(wave=wave, agency__path__startswith=row.organisation.path)
    return {
        "addressee": row,
        "letter": row.letter,
        "wave": wave,
        "seats": [each for each in seats_by_pool(wave.offer) if each.pool_id in pools],
        "seated": seated.count(),
    }


@require_GET
def addressee(request: HttpRequest, code: str) -> HttpResponse:
    row = find_addressee(request, code)
    may_answer = rules.may_answer_invitation(actor_of(request), row) and row.state != "draft"
    may_manage = rules.may_manage(actor_of(request), row.wave.organisation)
    context = {**_context(row), "may_answer": may_answer, "may_manage": may_manage}
    return render(request, "training/addressee.html", context)


@require_POST
def addressee_letter(request: HttpRequest, code: str) -> HttpResponse:
    return _hand_over(find_addressee(request, code), actor_of(request))


@require_POST
def addressee_answer(request: HttpRequest, code: str) -> HttpResponse:
    row = find_addressee(request, code)
    _answer(request, row, actor_of(request))
    return redirect("training:addressee", code=code)


@never_cache
@require_GET
@tells_the_end
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    row, _actor = _found(token)
    return render(request, "training/invitation.html", {**_context(row), "token": token, "may_answer": True})


@never_cache
@require_POST
@tells_the_end
def invitation_letter(request: HttpRequest, token: str) -> HttpResponse:
    """A button, not a link: programs that fetch addresses to show a preview would «open» the letter unread."""
    row, actor = _found(token)
    return _hand_over(row, actor)


@never_cache
@require_POST
@tells_the_end
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    row, actor = _found(token)
    _answer(request, row, actor)
    return redirect("training:invitation", token=token)


def _hand_over(row: Addressee, actor: Actor) -> HttpResponse:
    if row.letter.file is None or (row.state == "draft" and not rules.may_manage(actor, row.wave.organisation)):
        raise Http404
    if rules.may_answer_invitation(actor, row) and row.state != "draft":
        acts.open_invitation(addressee=row, actor=actor)
    return pdf_response(read_bytes(row.letter.file), row.letter.file.name)


def _answer(request: HttpRequest, row: Addressee, actor: Actor) -> None:
    try:
        if row.state == "draft":
            raise Refused(_("This invitation has not been sent yet."))
        confirmed, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "")
        acts.answer_invitation(addressee=row, confirmed=confirmed, reason=reason, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Your answer has reached the organiser. You can still change it."))
