"""The committee (panitia) of an edition, written as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.core.states import keep_version
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import CommitteeMember, Edition


@dataclass(frozen=True, slots=True)
class MemberSpec:
    name: str
    post: str
    section: str = ""
    phone: str = ""


@act("events.set_committee")
def set_committee(*, edition: Edition, version: int, members: Sequence[MemberSpec], actor: Actor) -> Edition:
    """Say who is in the committee, in this order."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    keep_version(edition, version)
    edition.committee.all().delete()
    rows = [
        CommitteeMember(
            edition=edition, position=n, name=each.name.strip(), post=each.post.strip(), section=each.section.strip(),
            phone=each.phone.strip(),
        )
        for n, each in enumerate(members)
    ]  # fmt: skip
    for row in rows:
        row.clean_fields()
    CommitteeMember.objects.bulk_create(rows)
    record(members=len(rows))
    return edition
