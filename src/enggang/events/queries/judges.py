"""Who may judge which proposal: nobody that of the agency they work for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.access.queries.grants import holders_at
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.models import CurationJudge, CurationRound, Edition, EditionOrganiser
from enggang.people.models import Employment

MAY_JUDGE = (*rules.MANAGERS, Role.LEADER, Role.GRADER, Role.ASSESSOR)


def judges_at(curation: CurationRound) -> list[User]:
    """Accounts of the curator that can be asked to judge and are not yet."""
    asked = set(curation.judges.values_list("user", flat=True))
    return [user for user in holders_at(curation.organisation, *MAY_JUDGE) if user.pk not in asked]


def agencies_of(judges: Iterable[CurationJudge]) -> dict[int, set[str]]:
    """The paths of the agencies each judge works for: as named, by employment, by a role held right there."""
    rows = list(judges)
    by_user = {row.user_id: row.pk for row in rows if row.user_id}
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.agency:
            found[row.pk].add(row.agency.path)
    works = Employment.objects.present().filter(person__user__in=by_user)
    for user, path in works.values_list("person__user", "organisation__path"):
        found[by_user[user]].add(path)
    grants = RoleGrant.objects.on(clock.today()).filter(user__in=by_user, organisation__isnull=False)
    for user, path in grants.values_list("user", "organisation__path"):
        found[by_user[user]].add(path or "")
    return found


def holders_of(editions: Iterable[Edition]) -> dict[int, set[str]]:
    """The paths of the agencies that hold each edition, its own and those beside it."""
    found = {row.pk: {row.organisation.path} for row in editions}
    rows = EditionOrganiser.objects.filter(edition__in=found, organisation__isnull=False)
    for edition, path in rows.values_list("edition", "organisation__path"):
        found[edition].add(path or "")
    return found


def is_own(agencies: set[str], holders: set[str]) -> bool:
    """Whether one works for an agency that holds the edition, or for a part of it."""
    return any(path.startswith(holder) for path in agencies for holder in holders if holder)


def allowed(curation: CurationRound, editions: Iterable[Edition]) -> dict[int, list[CurationJudge]]:
    """The judges of each edition, by its id, without those who work for it. Four questions."""
    judges = list(curation.judges.select_related("agency", "subject"))
    rows = list(editions)
    agencies, holders = agencies_of(judges), holders_of(rows)
    return {
        row.pk: [judge for judge in judges if not is_own(agencies.get(judge.pk, set()), holders[row.pk])]
        for row in rows
    }


def judge_of(curation: CurationRound, actor: Actor) -> CurationJudge | None:
    """The actor as a judge of the round."""
    rows = curation.judges.select_related("agency", "subject")
    return next((row for row in rows if rules.is_judge(actor, row)), None)
