"""What a finding says to a person, in one sentence with what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.credentials.findings import DRAWN, Fault, Finding
from enggang.credentials.models import Award


def said(finding: Finding) -> str:
    """The finding, and of a picture what that means for the pixels."""
    return " ".join(filter(None, (_judged(finding), of_picture(finding))))


def of_picture(finding: Finding) -> str:
    """What was checked of a badge in a picture; empty for anything else, and where nothing holds anyway."""
    if not finding.holds or "picture" not in finding.details:
        return ""
    if finding.details["picture"] == DRAWN:
        return _("The badge inside the picture was checked; the picture is the one drawn here.")
    return _(
        "The badge inside the picture was checked. The picture around it is not the one drawn here and proves nothing: "
        "only what is said here counts."
    )


def _judged(finding: Finding) -> str:
    award = finding.award
    if finding.fault is None:
        return _("Valid: %(holder)s, %(title)s.") % {
            "holder": _holder(award), "title": _title(award)
        }  # fmt: skip
    sentence = _sentences()[finding.fault]
    return sentence % {"number": award.number} if award and "%(number)s" in sentence else sentence


def _holder(award: Award | None) -> str:
    if award is None:
        return ""
    return _("name removed") if award.name_removed_at else award.holder_name


def _title(award: Award | None) -> str:
    if award is None:
        return ""
    return f"SPECIMEN – {award.title}" if award.specimen else award.title


def _sentences() -> dict[Fault, str]:
    return {
        Fault.UNREADABLE: _(
            "This is neither a certificate (PDF) nor a badge (JSON or PNG) that can be read. Ask for the file anew."
        ),
        Fault.NOT_ISSUED: _("Nothing like this was issued here. It may be forged, or from another issuer."),
        Fault.UNKNOWN_ISSUER: _("It is signed by somebody who does not sign here. Ask its issuer."),
        Fault.ALTERED: _(
            "It was altered after it was issued, or is a copy written anew. Ask the holder for the original file."
        ),
        Fault.REVOKED: _("It was issued here and has been voided since. It no longer proves anything; ask the issuer."),
        Fault.EXPIRED: _("It was issued here, but its time is over."),
        Fault.PENDING: _("Its number is reserved, but it has not been issued yet. Try again in a few minutes."),
    }
