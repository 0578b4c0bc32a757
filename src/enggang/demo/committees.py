"""People with a certificate in the committees of the events that were held: what a training is for."""

from __future__ import annotations

from enggang.core.actor import SYSTEM
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.events.domain.planning import start_plan
from enggang.events.models import Edition
from enggang.people.models import Person
from enggang.plans.domain.plans import keep_member
from enggang.plans.models import Member

POSTS = ("Ketua seksi dokumentasi", "Fotografer", "Videografer", "Penulis media sosial", "Ketua seksi acara")


def lay_down_committee(edition: Edition) -> None:
    """Before the edition is closed; of those certified before its last day, others each year."""
    earned = Award.objects.filter(
        state__in=(AwardState.RESERVED, AwardState.ISSUED), issued_on__lte=edition.ends_on, person__isnull=False
    )
    holders = list(earned.order_by("person").values_list("person", flat=True).distinct())
    if not holders:
        return
    plan, first = start_plan(edition=edition, actor=SYSTEM), edition.year * len(POSTS) % len(holders)
    people = Person.objects.filter(pk__in=[*holders, *holders][first : first + len(POSTS)])
    for person, post in zip(people.order_by("pk"), POSTS, strict=False):
        keep_member(member=Member(plan=plan), person=person, post=f"{post} (contoh)", actor=SYSTEM)
