"""An award under another name or with other hours: the old one is voided and stays on record, the next number says it right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.text import one_line
from enggang.credentials import rules
from enggang.credentials.domain.awards import AwardRequest, issue_awards, void_award
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.credentials.signals import award_reissued
from enggang.documents.domain.signing import method_for, words_for
from enggang.documents.enums import SigningForm
from enggang.documents.models import Signatory

MOST_HOURS = 1_000
OWN = ("number", "specimen", "verification")  # what every paper has for itself


@act("credentials.reissue_award")
def reissue_award(
    *,
    award: Award,
    reason: str,
    issued_on: date,
    actor: Actor,
    name: str | None = None,
    hours: int | None = None,
    signatory: Signatory | None = None,
) -> Award:
    """Void an issued award with the reason and issue it again under ``name`` or with other ``hours``, as one act.
    Answers the new award.

    All else stays as the old paper says it, unless another ``signatory`` signs. The holder is told of the new one
    once its paper is frozen. Raises Conflict when it is not valid any more, or when nothing is different.
    """
    require(rules.may_issue(actor, award.organisation))
    name = award.holder_name if name is None else one_line(name, 200)
    hours = award.hours if hours is None else hours
    if not award.is_issued or award.name_removed_at:
        raise Conflict(_("Only a valid certificate can be issued again. Reload the page to see how it stands."))
    if hours != award.hours:
        _check_hours(hours)
    if not name or (name, hours) == (award.holder_name, award.hours):
        raise Conflict(_("Type the new name: it is the same as on the certificate, or empty."))
    void_award(award=award, reason=reason, actor=actor, quietly=True)
    paper = _paper(award, name, hours, issued_on, signatory)
    asked = AwardRequest(award.person, award.basis, award.title, hours, paper, award.wet_signed, award.valid_until)
    register = award.document.number.register
    issue_awards(register=register, requests=[asked], issued_on=issued_on, specimen=award.specimen, actor=actor)
    new = Award.objects.select_related("subject").get(basis=award.basis_id, state=AwardState.RESERVED)
    new.replaces = award
    new.save(update_fields=["replaces"])
    award_reissued.send(sender=Award, award=new, replaced=award, actor=actor)
    record_subject(award.subject)
    record(before=award.number, after=new.number, hours_before=award.hours, hours=hours)
    return new


def _check_hours(hours: int) -> None:
    if not 0 <= hours <= MOST_HOURS:
        raise Conflict(_("JP must be a whole number from 0 to 1,000."))


def _paper(award: Award, name: str, hours: int, issued_on: date, signatory: Signatory | None) -> dict[str, Any]:
    said = {key: value for key, value in award.document.content.items() if key not in OWN}
    said["holder"] = {**said["holder"], "name": name}
    if hours != award.hours:
        said["programme"] = _with_hours(said["programme"], hours)
    said["issued"] = {**said["issued"], "on": issued_on.isoformat()}
    if signatory is not None:
        said["signatory"] = _signatory(signatory) | {
            key: value for key, value in said["signatory"].items() if key == "status"
        }
    if not award.wet_signed:
        said["signatory"] = {
            **said["signatory"],
            "status": words_for(method_for(award.organisation, "certificate")),
        }
    return said


def _with_hours(programme: dict[str, Any], hours: int) -> dict[str, Any]:
    """The curriculum stays as it was held; what is credited stands beside it where it is another number."""
    rest = {key: value for key, value in programme.items() if key != "credited_jp"}
    return rest if hours == rest["jp"] else {**rest, "credited_jp": hours}


def _signatory(row: Signatory) -> dict[str, str]:
    facts = {
        "post": row.title_lines[-1],
        "name": row.name,
        "rank": row.rank,
        "nip": "".join(char for char in row.nip if char.isdigit()),
        "above": f"a.n. {row.on_behalf}" if row.form == SigningForm.AN else "",
    }
    return {key: value for key, value in facts.items() if value}
