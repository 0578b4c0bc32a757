"""The result of a counting, closed: what was known then stays readable whatever is corrected afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.attendance.models import CountResult
from enggang.attendance.queries.tally import tally_of
from enggang.attendance.queries.tally_facts import changes_between, facts_of, results_of
from enggang.attendance.rules import may_plan_counting
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.closing import next_version
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.places.models import Organisation


@act("attendance.close_counting")
def close_counting(*, group: Subject, organisation: Organisation, note: str, actor: Actor) -> CountResult:
    """Freeze the number as it stands, as the next version. Raises Conflict when nothing was counted or nothing is
    otherwise than in the version before."""
    require(may_plan_counting(actor, organisation))
    tally = tally_of(group, organisation)
    if not any(each.counts for each in tally.points):
        raise Conflict(_("Nothing was counted yet, so there is no result to close."))
    version = next_version(results_of(group), facts_of(tally), changes=changes_between, note=note, actor=actor)
    result = CountResult(group=group, organisation=organisation, **version)
    with told(CountResult):
        result.save()
    record_subject(group)
    record(number=result.number, digest=result.digest)
    return result
