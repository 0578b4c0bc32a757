"""What seats does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.people.models import Person
from enggang.people.repointing import part_by_strength, repoint_by_strength
from enggang.people.signals import persons_merged, persons_parted
from enggang.seats.enums import ClaimState
from enggang.seats.models import Claim

CLAIMS = "seats.claims"


@receiver(persons_merged, dispatch_uid="seats.persons_merged")
def take_over_claims(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """Claims follow; of two in one offer the one that stands, and one that was given back goes to the other record.

    Two that stand in one offer are refused by whoever the offer belongs to, or here.
    """
    standing, old, new = ~Q(state=ClaimState.RELEASED), gone.subject, kept.subject
    claims = Claim.objects.filter(holder=old)
    if claims.filter(standing, offer__in=Claim.objects.filter(standing, holder=new).values("offer")).exists():
        raise Conflict(_("Already registered here."))
    repoint_by_strength(moved, CLAIMS, claims, "holder", kept=new, gone=old, beside=("offer",), stronger=standing)


@receiver(persons_parted, dispatch_uid="seats.persons_parted")
def give_claims_back(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    part_by_strength(Claim, "holder", moved, CLAIMS, kept=kept.subject, gone=gone.subject)
