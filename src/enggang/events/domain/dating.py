"""The date of an edition: decided by an act, tentative until confirmed; every change keeps what was before."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.states import keep_version
from enggang.events import rules
from enggang.events.dates import LONGEST
from enggang.events.domain.counting import follow_days
from enggang.events.domain.publicity import follow_first_day
from enggang.events.domain.reckoning import reckon_permits
from enggang.events.domain.stall_links import tell_vendors
from enggang.events.domain.standing import check_days, keep_open
from enggang.events.domain.visitor_news import follow_edition
from enggang.events.domain.visitor_surveys import follow_survey
from enggang.events.enums import DateState, News, Stage
from enggang.events.enums_stalls import StallNews
from enggang.events.models import DateChange, Edition
from enggang.events.queries.dates import days_in_words
from enggang.plans.domain.plans import follow_day

# From here on others count on the days, so a change says why.
RELIED_UPON = (Stage.APPROVED, Stage.PLANNED, Stage.PUBLISHED, Stage.RUNNING)


@act("events.decide_dates")
def decide_dates(
    *,
    edition: Edition,
    version: int,
    first: date | None,
    last: date | None,
    state: str,
    actor: Actor,
    source: str = "",
    reason: str = "",
) -> Edition:
    """Choose a candidate or other days; without days they are to be announced. Raises Conflict when others count on
    the old days and no reason is given, or when days are called confirmed without saying by whom."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    last = last or first
    moved = (edition.starts_on, edition.ends_on) != (first, last)
    change = DateChange(
        edition=edition, was_first=edition.starts_on, was_last=edition.ends_on, was_state=edition.date_state,
        first=first, last=last, state=state, source=source.strip(), reason=reason.strip(),
        noted_at=clock.now(), noted_by_key=actor.key,
    )  # fmt: skip
    _check(edition, change, moved)
    keep_version(edition, version)
    edition.starts_on, edition.ends_on, edition.date_state, edition.date_source = first, last, state, change.source
    check_days(edition)
    edition.clean_fields(exclude=["subject"])
    edition.save()
    change.clean_fields()
    change.save()
    follow_day(about=edition.subject, day=edition.starts_on, actor=actor)
    follow_first_day(edition)
    if change.was_first and first and change.was_first != first:
        follow_days(edition, first - change.was_first, actor)
        follow_survey(edition, first - change.was_first)
    if moved:
        words = {
            "was": days_in_words(change.was_first, change.was_last) or "–",
            "now": days_in_words(first, last) or "–",
        }
        reckon_permits(edition, _("the date moved from %(was)s to %(now)s") % words)
        follow_edition(edition, News.EDITION, actor)
        tell_vendors(edition, StallNews.MOVED, actor)
    record(first=str(first), last=str(last), state=str(state), moved=moved)
    return edition


def _check(edition: Edition, change: DateChange, moved: bool) -> None:
    if change.state == DateState.CONFIRMED and change.first is None:
        raise Conflict(_("Days that are not known cannot be confirmed."))
    if change.state == DateState.CONFIRMED and not change.source:
        raise Conflict(_("Say where the confirmed date is known from: a decision, a letter, the council."))
    if moved and edition.starts_on and edition.stage in RELIED_UPON and not change.reason:
        raise Conflict(_("Others count on the old days already. Give the reason for the move."))
    if change.first and change.last and (change.last - change.first).days >= LONGEST:
        raise Conflict(_("An edition lasts at most %(days)s days.") % {"days": LONGEST})
