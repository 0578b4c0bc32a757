"""A guest of a jury, behind a private address: blind, in their own name, as long as the judging goes on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import LinkScope, Role
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed
from enggang.media import rules
from enggang.media.domain.contests import ask_guest, enter_contest, judge_entry, keep_contest, move_contest, renew_guest
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Contest, Entry, Juror
from enggang.places.models import Organisation
from enggang.reviews.models import Sheet
from tests.media.rights import work
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def keeper(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def contest(agency: Organisation) -> Contest:
    today = clock.today()
    row = keep_contest(
        organisation=agency, title="Lomba Kapuas", opens_on=today, closes_on=today + timedelta(days=9),
        criteria=[("Cahaya", 1), ("Cerita", 1)], most_entries=9, actor=SYSTEM,
    )  # fmt: skip
    return move_contest(contest=row, to=ContestState.OPEN, actor=SYSTEM)


def entered(row: Contest, agency: Organisation, author: str = "Ani") -> Entry:
    asset = work(agency, f"Sampan {author}")
    Asset.objects.filter(pk=asset.pk).update(author_name=author)
    asset.refresh_from_db()
    return enter_contest(contest=row, asset=asset, actor=SYSTEM)


def invited(keeper: Client, row: Contest, name: str = "Ibu Juri") -> str:
    page = keeper.post(reverse("media:guest_add", args=[row.code]), {"name": name}).content.decode()
    token = re.search(r"/juri/([\w-]{20,})/", page)
    assert token
    return token[1]


def marks(entry: Entry) -> dict[str, int]:
    entry.refresh_from_db()
    assert entry.review
    return {f"level-{each.pk}": each.levels.latest("pk").pk for each in entry.review.rubric.criteria.all()}


def test_from_the_invitation_to_the_winner(agency: Organisation, keeper: Client) -> None:
    row = contest(agency)
    one, two = entered(row, agency, "Ani"), entered(row, agency, "Budi")
    token = invited(keeper, row)
    guest = Client()
    guest.cookies["django_language"] = "en"
    address = reverse("media:jury", args=[token])
    assert "has not begun" in guest.get(address).content.decode()
    move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
    page = guest.get(address)
    assert "no-store" in page["Cache-Control"] or "no-cache" in page["Cache-Control"]
    assert "2 works wait" in page.content.decode()
    sheet = reverse("media:jury_entry", args=[token, one.code])
    shown = guest.get(sheet).content.decode()
    assert "Ani" not in shown.replace("Sampan Ani", "")  # blind
    assert guest.get(reverse("media:jury_picture", args=[token, one.code])).status_code == 200
    assert guest.post(sheet, {"level-0": "1"}).status_code == 422
    answer = guest.post(sheet, marks(one))
    assert answer["Location"] == reverse("media:jury_entry", args=[token, two.code])  # the next that waits
    assert guest.post(answer["Location"], marks(two))["Location"] == address
    assert guest.post(sheet, marks(one)).status_code in {302, 422}  # decided or changed, never twice
    juror = Juror.objects.get()
    assert {(each.judge_key, each.judge_name) for each in Sheet.objects.all()} == {(juror.judge_key, "Ibu Juri")}
    move_contest(contest=row, to=ContestState.CLOSED, actor=SYSTEM)
    assert "has ended" in guest.get(address).content.decode()
    assert guest.post(sheet, marks(one)).status_code == 422
    one.refresh_from_db()
    assert one.rank == 1


def test_a_new_address_ends_the_former_and_keeps_the_sheets(agency: Organisation, keeper: Client) -> None:
    row = contest(agency)
    entry = entered(row, agency)
    other = entered(row, agency, "Budi")
    former = invited(keeper, row)
    move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
    Client().post(reverse("media:jury_entry", args=[former, entry.code]), marks(entry))
    juror = Juror.objects.get()
    page = keeper.post(reverse("media:guest_renew", args=[row.code, juror.pk])).content.decode()
    token = re.search(r"/juri/([\w-]{20,})/", page)
    assert token
    assert Client().get(reverse("media:jury", args=[former])).status_code == 404
    told = Client().get(reverse("media:jury", args=[token[1]])).content.decode()
    assert reverse("media:jury_entry", args=[token[1], other.code]) in told
    assert Sheet.objects.get().judge_key == juror.judge_key


def test_nobody_judges_with_what_is_not_theirs(agency: Organisation, keeper: Client) -> None:
    row, foreign = contest(agency), contest(agency)
    entry, elsewhere = entered(row, agency), entered(foreign, agency, "Cici")
    own = entered(row, agency, "Ibu  JURI")  # by the name of the guest
    token = invited(keeper, row)
    move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
    guest = Client()
    for code in (elsewhere.code, own.code, "X" * 12):
        assert guest.get(reverse("media:jury_entry", args=[token, code])).status_code == 404
        assert guest.get(reverse("media:jury_picture", args=[token, code])).status_code == 404
    assert guest.get(reverse("media:jury_entry", args=["x" * 32, entry.code])).status_code == 404
    entry.refresh_from_db()
    juror, link = Juror.objects.get(), CapabilityLink.objects.get(scope=LinkScope.JURY)
    holder = Actor(ActorKind.LINK, f"link:{link.pk}", scopes=frozenset({("jury", row.code)}))
    assert rules.is_guest_juror(holder, juror, entry)
    for stranger in (
        Actor(ActorKind.LINK, f"link:{link.pk + 1}", scopes=frozenset({("jury", row.code)})),
        Actor(ActorKind.LINK, f"link:{link.pk}", scopes=frozenset({("jury", foreign.code)})),
        Actor(ActorKind.LINK, f"link:{link.pk}"), SYSTEM,
    ):  # fmt: skip
        assert not rules.is_guest_juror(stranger, juror, entry)
    assert not rules.is_juror(Actor(ActorKind.LINK, "link:1"), entry)  # no account is not the account of a guest
    with pytest.raises(NotAllowed):
        judge_entry(entry=entry, levels={}, actor=Actor(ActorKind.LINK, "link:0"), juror=juror)


def test_whom_one_asks_and_until_when(agency: Organisation, keeper: Client) -> None:
    row = contest(agency)
    for name in ("", "  ", "\n"):
        assert keeper.post(reverse("media:guest_add", args=[row.code]), {"name": name}).status_code == 302
    assert not Juror.objects.exists()
    invited(keeper, row)
    with pytest.raises(Conflict):
        ask_guest(contest=row, name=" ibu juri ", actor=SYSTEM)
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert stranger.post(reverse("media:guest_add", args=[row.code]), {"name": "X"}).status_code == 404
    juror = Juror.objects.get()
    assert keeper.post(reverse("media:juror_drop", args=[row.code, juror.pk])).status_code == 302
    assert not CapabilityLink.objects.usable(clock.now()).filter(scope=LinkScope.JURY).exists()
    juror, _token = ask_guest(contest=row, name="Pak Juri", actor=SYSTEM)
    entered(row, agency)
    move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
    with pytest.raises(Conflict):
        ask_guest(contest=row, name="Terlambat", actor=SYSTEM)
    juror.contest.state = ContestState.CLOSED
    with pytest.raises(Conflict):
        renew_guest(juror=juror, actor=SYSTEM)
