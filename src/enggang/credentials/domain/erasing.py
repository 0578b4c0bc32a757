"""Taking a person's name off what proves something for ever: the code still answers, and names nobody.

UU PDP 27/2022 gives the holder this right. What stays is that a certificate with this number was issued, for what, when
and by whom; name, NIP, the stored files, the badge's text and what was printed or packed from them go. Their SHA-256 stay:
whoever still has the file can have it checked.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.retention import forget_results
from enggang.credentials import rules
from enggang.credentials.domain.drawing import PRINTING
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award, Badge
from enggang.credentials.signals import name_removed
from enggang.documents.domain.erasing import erase_document
from enggang.people.domain.exporting import EVERYTHING
from enggang.people.models import Person
from enggang.places.models import Organisation


@act("credentials.remove_name")
def remove_name(*, person: Person, organisation: Organisation, reason: str, actor: Actor) -> int:
    """Take the name off everything ``organisation`` has ever awarded to ``person``; answers how many awards.

    It cannot be undone. Raises Conflict without a reason, and while one of them is still being written.
    """
    require(rules.may_remove_names(actor, organisation))
    if not reason.strip():
        raise Conflict(_("Say who asked for this and by which letter: the reason stays in the record."))
    rows = Award.objects.filter(person=person, organisation=organisation, name_removed_at=None)
    awards = list(
        rows.select_related("document__subject", "document__organisation", "document__file", "subject").order_by(
            "document"
        )
    )
    if any(award.state in {AwardState.RESERVED, AwardState.PREPARED} for award in awards):
        raise Conflict(_("A certificate of this person is still being written. Try again when it is issued or void."))
    for award in awards:
        erase_document(document=award.document, actor=actor)
    keys = [award.pk for award in awards]
    at = clock.now()
    Award.objects.filter(pk__in=keys).update(
        holder_name="", holder_nip="", name_removed_at=at, removal_reason=reason[:300]
    )
    Badge.objects.filter(award__in=keys).update(content=b"")  # after the awards are locked: none can be made now
    _forget_copies(set(keys), person, organisation)
    record_subject(person.subject)
    record(awards=len(awards))
    return len(awards)


def _forget_copies(awards: set[int], person: Person, organisation: Organisation) -> None:
    """Files that somebody asked for and that still hold the name: prints, and what was exported for an office above."""
    offices = set(organisation.path_codes)
    for work in person.employments.select_related("organisation"):
        offices |= set(work.organisation.path_codes)
    forget_results(PRINTING, lambda asked: not awards.isdisjoint(asked["award_ids"]))
    forget_results(EVERYTHING, lambda asked: asked["organisation"] in offices)
    name_removed.send(sender=Award, person=person, offices=offices)
