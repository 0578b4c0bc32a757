"""What the gate is told of whoever registered, and what it tells of them afterwards."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, IntegerField, Sum
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from enggang.attendance.admissions import Admitted
from enggang.attendance.models import Presence
from enggang.budgets.amounts import shown
from enggang.core.models import Subject
from enggang.events.models import Booking
from enggang.events.queries.admission import WITH_GUESTS, Admission, admission_of


def visitors_at_gate(holders: Collection[int]) -> dict[int, tuple[str, str]]:
    """By the holder of a pass: the name, and what the volunteer should know. Three queries for any number."""
    rows = Booking.objects.with_names().prefetch_related(*WITH_GUESTS).filter(subject__in=holders)
    return {row.subject_id: (str(row), _note(admission_of(row))) for row in rows}


def _note(admission: Admission) -> str:
    parts = [admission.booking.note]
    if admission.due:
        parts.append(_("to pay: %(amount)s") % {"amount": shown(admission.due)})
    if admission.guardians:
        parts.append(_("children with %(names)s") % {"names": ", ".join(admission.guardians)})
    return " · ".join(filter(None, parts))


def admitted_with_tickets(group: Subject) -> list[Admitted]:
    """Everybody whom gates let in on a ticket of an edition, once each, however often they came and went."""
    rows = Presence.objects.filter(occasion__group=group, entered__gt=0)
    people = rows.aggregate(people=Sum(Least(F("entered"), F("held__quantity"), output_field=IntegerField())))["people"]
    if not people:
        return []
    method = _("People whom the gates let in, at most as many as the ticket says; whoever went out and in counts once.")
    return [Admitted(_("With a ticket"), people, method)]
