"""A contest: opened, entered, judged blind, closed with ranks, announced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_link
from enggang.access.enums import LinkScope
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import folded, one_line
from enggang.media import rules
from enggang.media.domain.curation import five_levels
from enggang.media.enums import AssetState
from enggang.media.enums_words import CONTEST_MOVES, ContestState
from enggang.media.models import Asset, Contest, Entry, Intake, Juror
from enggang.notices.domain.messages import Recipient, send
from enggang.places.models import Organisation
from enggang.reviews.domain.reviews import await_sheets, close_review, open_review, reopen_review, submit_sheet
from enggang.reviews.domain.rubrics import CriterionSpec, keep_rubric
from enggang.reviews.enums import Mode
from enggang.reviews.models import Review

MOST_JURORS = 15
GUEST_DAYS = 90  # after the last day of the call: so long an address of the jury lives at most


@act("media.keep_contest")
def keep_contest(
    *, organisation: Organisation, title: str, opens_on: date, closes_on: date, actor: Actor, brief: str = "",
    winners: int = 3, most_entries: int = 3, criteria: Sequence[tuple[str, int]] = (),
    contest: Contest | None = None, version: int | None = None,
) -> Contest:  # fmt: skip
    """Prepare a contest, or change it before its judging: criteria as (title, weight), each on five levels."""
    require(rules.may_keep(actor, contest.organisation if contest else organisation))
    row = contest or Contest(organisation=organisation)
    if row.state not in {ContestState.DRAFT, ContestState.OPEN}:
        raise Conflict(_("The judging has begun, so the contest stays as it is."))
    if contest is not None and version is not None:
        keep_version(contest, version)
    row.title, row.brief, row.opens_on, row.closes_on = title.strip(), brief.strip(), opens_on, closes_on
    row.winners, row.most_entries = winners, most_entries
    row.full_clean(exclude=["subject"])
    if contest is None:
        row.subject = Contest.new_subject(organisation.code)
    if criteria:
        specs = [CriterionSpec(name, five_levels(), weight) for name, weight in criteria]
        row.rubric = keep_rubric(
            organisation=row.organisation, title=title[:160], criteria=specs, rubric=row.rubric, actor=actor
        )
    row.save()
    return row


@act("media.ask_juror")
def ask_juror(*, contest: Contest, user: User, actor: Actor) -> Contest:
    require(rules.may_keep(actor, contest.organisation))
    _before_judging(contest)
    if contest.jurors.count() >= MOST_JURORS:
        raise Conflict(_("A jury has at most %(most)s people.") % {"most": MOST_JURORS})
    with told(Juror):
        Juror.objects.create(contest=contest, user=user)
    return contest


@act("media.ask_guest")
def ask_guest(*, contest: Contest, name: str, actor: Actor) -> tuple[Juror, str]:
    """Somebody without an account into the jury; answers the token of their address, which is shown once."""
    require(rules.may_keep(actor, contest.organisation))
    _before_judging(contest)
    shown = one_line(name, 160)
    if not shown:
        raise Conflict(_("Write the name of whoever is to judge."))
    if contest.jurors.count() >= MOST_JURORS:
        raise Conflict(_("A jury has at most %(most)s people.") % {"most": MOST_JURORS})
    if any(each.is_guest and folded(each.name) == folded(shown) for each in contest.jurors.all()):
        raise Conflict(_("This person is in the jury already."))
    juror = Juror.objects.create(contest=contest, name=shown)
    return juror, _hand_out(juror, actor)


@act("media.renew_guest")
def renew_guest(*, juror: Juror, actor: Actor) -> tuple[Juror, str]:
    """A new address for a guest of the jury; the former one ends. Sheets that were given stay theirs."""
    require(rules.may_keep(actor, juror.contest.organisation))
    if not juror.is_guest or juror.contest.state in {ContestState.CLOSED, ContestState.ANNOUNCED}:
        raise Conflict(_("Only a guest of a jury that still judges has an address."))
    if juror.link is not None:
        revoke_link(link=juror.link, actor=actor)
    return juror, _hand_out(juror, actor)


def _hand_out(juror: Juror, actor: Actor) -> str:
    last = max(juror.contest.closes_on, clock.today()) + timedelta(days=GUEST_DAYS)
    until = datetime.combine(last, time.max, tzinfo=ZoneInfo(juror.contest.organisation.time_zone))
    juror.link, token = open_link(
        scope=LinkScope.JURY, subject=juror.contest.subject, actor=actor, expires_at=until, handed_out=True
    )
    juror.save(update_fields=["link"])
    return token


@act("media.release_juror")
def release_juror(*, contest: Contest, juror_id: int, actor: Actor) -> Contest:
    """Before the judging; the address of a guest ends."""
    require(rules.may_keep(actor, contest.organisation))
    _before_judging(contest)
    juror = contest.jurors.filter(pk=juror_id).select_related("link__subject").first()
    if juror is None:
        raise Conflict(_("This was done already."))
    if juror.link is not None:
        revoke_link(link=juror.link, actor=actor)
    juror.delete()
    return contest


def _before_judging(contest: Contest) -> None:
    if contest.state not in {ContestState.DRAFT, ContestState.OPEN}:
        raise Conflict(_("The judging has begun, so the jury stays."))


@act("media.move_contest")
def move_contest(*, contest: Contest, to: ContestState, actor: Actor) -> Contest:
    """Open the call, begin judging, end it, announce the winners; or one step back."""
    require(rules.may_keep(actor, contest.organisation))
    if to == ContestState.OPEN and contest.rubric is None:
        raise Conflict(_("Write the criteria first: whoever enters must be able to read them."))
    if to == ContestState.JUDGING and contest.state == ContestState.OPEN:
        _begin_judging(contest, actor)
    if to == ContestState.JUDGING and contest.state == ContestState.CLOSED:
        contest.entries.update(rank=None)
    if to == ContestState.CLOSED and contest.state == ContestState.JUDGING:
        _rank(contest, actor)
    began = to == ContestState.JUDGING and contest.state == ContestState.OPEN
    at = clock.now() if to == ContestState.ANNOUNCED else None
    contest = move(contest, to, moves=CONTEST_MOVES, announced_at=at)
    if began:
        _tell(contest, contest.jurors.values_list("user", flat=True), "jury_begins", "media:contest", actor)
    if to == ContestState.ANNOUNCED:
        makers = contest.entries.values_list("asset__author__user", flat=True)
        _tell(contest, makers, "contest_announced", "gallery:contest", actor)
    return contest


def _tell(contest: Contest, user_ids: Iterable[int | None], template: str, page: str, actor: Actor) -> None:
    """Those who have an account; guests are written to by whoever asked them."""
    for user in User.objects.filter(pk__in={each for each in user_ids if each is not None}).order_by("pk"):
        send(
            to=Recipient.of(user), template=f"media/messages/{template}", actor=actor, subject=contest.subject,
            context={"contest": contest}, href=reverse(page, args=[contest.code]),
        )  # fmt: skip


@act("media.give_prize")
def give_prize(*, entry: Entry, prize: str, actor: Actor) -> Entry:
    """What a ranked entry is given, as it stands on the page of the winners; empty: nothing."""
    require(rules.may_keep(actor, entry.contest.organisation))
    if entry.rank is None:
        raise Conflict(_("Only an entry with a rank is given a prize."))
    entry.prize = one_line(prize, 120)
    entry.save(update_fields=["prize"])
    return entry


@act("media.enter_contest")
def enter_contest(*, contest: Contest, asset: Asset, actor: Actor, intake: Intake | None = None) -> Entry:
    """Enter an own work while the call is open; keepers enter those of people without an account for them.

    ``intake``: the private address by which somebody without an account brought the work and enters it.
    """
    own = rules.is_own_by_link(actor, intake, asset) if intake else rules.is_own(actor, asset)
    require(own or rules.may_keep(actor, contest.organisation))
    today = clock.today(contest.organisation.time_zone)
    if not contest.takes_entries(today):
        raise Conflict(contest.why_closed(today))
    if asset.organisation_id != contest.organisation_id or asset.state == AssetState.WITHDRAWN:
        raise Conflict(_("Bring the work to the library of this agency first."))
    Contest.objects.select_for_update().get(pk=contest.pk)
    if contest.entries.filter(_same_maker(asset)).count() >= contest.most_entries:
        raise Conflict(_("One person enters at most %(most)s works.") % {"most": contest.most_entries})
    entry = Entry(contest=contest, asset=asset, entered_at=clock.now(), entered_by_key=actor.key)
    entry.subject = Entry.new_subject(contest.organisation.code)
    with told(Entry):
        entry.save()
    return entry


def _same_maker(asset: Asset) -> Q:
    """Entries of whoever made the work: the person on record, else the name it came under from the same hands."""
    if asset.author_id is not None:
        return Q(asset__author=asset.author_id)
    return Q(asset__author=None, asset__author_name=asset.author_name, asset__brought_by_key=asset.brought_by_key)


@act("media.leave_contest")
def leave_contest(*, entry: Entry, actor: Actor, intake: Intake | None = None) -> Contest:
    """Take a work out of a contest again, before the judging."""
    own = rules.is_own_by_link(actor, intake, entry.asset) if intake else rules.is_own(actor, entry.asset)
    require(own or rules.may_keep(actor, entry.contest.organisation))
    if entry.contest.state != ContestState.OPEN:
        raise Conflict(_("The judging has begun, so the entry stays."))
    contest = entry.contest
    entry.delete()
    record_subject(contest.subject)
    return contest


def _begin_judging(contest: Contest, actor: Actor) -> None:
    jurors = contest.jurors.count()
    if not jurors or not contest.entries.exists() or contest.rubric is None:
        raise Conflict(_("A contest is judged when there are a jury and entries."))
    for entry in contest.entries.select_related("subject", "asset__author", "review"):
        able = max(1, _able(contest, entry))
        if entry.review is not None:
            await_sheets(review=entry.review, wanted=able, actor=actor)
            continue
        entry.review = open_review(
            rubric=contest.rubric, subject=entry.subject, organisation=contest.organisation, mode=Mode.BLIND,
            wanted=able, actor=actor,
        )  # fmt: skip
        entry.save(update_fields=["review"])


def _able(contest: Contest, entry: Entry) -> int:
    """How many of the jury may judge an entry: not whoever made or brought it."""
    return sum(not rules.made_by(juror, entry) for juror in contest.jurors.all())


@act("media.judge_entry")
def judge_entry(
    *, entry: Entry, levels: Mapping[int, int], actor: Actor, feedback: str = "",
    notes: Mapping[int, str] | None = None, juror: Juror | None = None,
) -> Entry:  # fmt: skip
    """``juror``: the guest whose private address it came by."""
    require(rules.is_guest_juror(actor, juror, entry) if juror else rules.is_juror(actor, entry))
    if not entry.contest.is_judging or entry.review is None:
        raise Conflict(_("This work is not being judged now."))
    judge = (juror.judge_key, juror.name) if juror else None
    review = Review.objects.select_for_update().get(pk=entry.review.pk)
    if review.is_decided:  # by its last sheet, or by an end that was taken back: sheets change until the judging ends
        review = reopen_review(review=review, actor=actor)
    submit_sheet(review=review, levels=levels, feedback=feedback, notes=notes, actor=actor, judge=judge)
    return entry


def _rank(contest: Contest, actor: Actor) -> None:
    """By the score, the highest first; equal scores share a rank. Entries without a sheet have none."""
    scored = list[Entry]()
    for entry in contest.entries.select_related("review"):
        if entry.review is not None and not entry.review.is_decided and entry.review.sheets.exists():
            close_review(review=entry.review, actor=actor)
            entry.review.refresh_from_db()
        if entry.review is not None and entry.review.score is not None:
            scored.append(entry)
    if not scored:
        raise Conflict(_("Nobody has judged an entry yet."))
    scored.sort(key=lambda entry: -(entry.review.score or 0) if entry.review else 0)
    rank, last = 0, None
    for place, entry in enumerate(scored, 1):
        score = entry.review.score if entry.review else None
        rank = rank if score == last else place
        last, entry.rank = score, rank
    contest.entries.update(rank=None)
    Entry.objects.bulk_update(scored, ["rank"])
    record(entries=len(scored))
