"""Works with their rights for the table of who may: a draft, one in review, a published one, a consent, a collection."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.media.domain.bulk import change_together
from enggang.media.domain.collections import collect, keep_collection, show_collection
from enggang.media.domain.consents import hand_out_consent
from enggang.media.domain.contests import ask_guest, ask_juror, enter_contest, keep_contest, move_contest
from enggang.media.domain.curation import start_review, submit_asset
from enggang.media.domain.giving import note_posting
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Caption, Entry
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.media.rights import consent_of, fresh, in_order, published, shows, work


def rights_of_side(organisation: Organisation, person: Person) -> tuple[dict[str, Any], dict[str, str]]:
    """The works are the side's own person's."""
    draft = in_order(work(organisation, "Draf", author=person), proof=(b"%PDF-1.7", "bukti.pdf"))
    reviewed = in_order(work(organisation, "Dinilai", author=person))
    submit_asset(asset=reviewed, actor=SYSTEM)
    start_review(assets=[fresh(reviewed)], actor=SYSTEM)
    consent, other = consent_of(organisation), consent_of(organisation, "Bapak Contoh", evidence=(b"%PDF-1.7", "a.pdf"))
    shown = shows(published(organisation, "Terbit", author=person), consent)
    today = clock.today()
    collection = keep_collection(organisation=organisation, texts={"id": ("Uji", "")}, kind="theme", actor=SYSTEM)
    collect(collection=collection, assets=[shown], actor=SYSTEM)
    show_collection(collection=collection, shown=True, actor=SYSTEM)
    contest = keep_contest(
        organisation=organisation, title="Lomba", opens_on=today, closes_on=today + timedelta(days=9),
        criteria=[("Kesan", 1)], actor=SYSTEM,
    )  # fmt: skip
    move_contest(contest=contest, to=ContestState.OPEN, actor=SYSTEM)
    users = [create_account(name=f"Juri {n} {organisation.name}", actor=SYSTEM) for n in range(2)]
    for user in users:
        grant_role(user=user, role=Role.LEADER, organisation=organisation, actor=SYSTEM)
    ask_juror(contest=contest, user=users[0], actor=SYSTEM)
    entry = enter_contest(contest=contest, asset=shown, actor=SYSTEM)
    guest, _token = ask_guest(contest=contest, name="Ibu Tamu", actor=SYSTEM)
    judged, jury = being_judged(organisation, shown)
    Caption.objects.create(asset=shown, language="id", text="WEBVTT\n", kept_at=clock.now(), kept_by_key="system")
    change = change_together(assets=[fresh(draft)], what="caption", value="Uji", actor=SYSTEM)
    posting = note_posting(organisation=organisation, channel="tiktok", posted_on=today, asset=shown, actor=SYSTEM)
    rows = {
        "free_juror": users[1].pk, "juror": contest.jurors.get(user=users[0]).pk, "entry": entry.code, "bulk_change": change.pk,
        "posting": posting.pk, "assessment": reviewed.assessments.get().code,
        "collection": collection.code, "contest": contest.code,
        "draft_work": draft.code, "reviewed_work": reviewed.code, "shown_work": shown.code, "consent": consent.code,
        "other_consent": other.pk, "proven_consent": other.code, "likeness": shown.likenesses.get().pk,
        "maker": person.code, "guest": guest.pk, "judged_entry": judged.code,
    }  # fmt: skip
    return rows, {"likeness": hand_out_consent(consent=consent, actor=SYSTEM), "jury": jury}


def being_judged(organisation: Organisation, asset: Asset) -> tuple[Entry, str]:
    """An entry that waits for a guest of the jury, and the token of their address."""
    today = clock.today()
    contest = keep_contest(
        organisation=organisation, title="Lomba yang dinilai", opens_on=today, closes_on=today, criteria=[("Kesan", 1)],
        actor=SYSTEM,
    )  # fmt: skip
    move_contest(contest=contest, to=ContestState.OPEN, actor=SYSTEM)
    entry = enter_contest(contest=contest, asset=asset, actor=SYSTEM)
    _guest, token = ask_guest(contest=contest, name="Bapak Tamu", actor=SYSTEM)
    move_contest(contest=contest, to=ContestState.JUDGING, actor=SYSTEM)
    return entry, token
