from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils.translation import override

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.places.enums import RegionLevel
from enggang.places.models import Region
from enggang.seats.domain import (
    PoolCount,
    PoolSpec,
    add_pool,
    change_window,
    claim_seats,
    close_offer,
    open_offer,
    reopen_offer,
    resize_pool,
    seats_by_pool,
    withdraw_offer,
)
from enggang.seats.models import Claim, Offer, Pool
from enggang.seats.models.offer import open_label
from tests.seats.factories import at, make_actor, make_holder, make_offer, make_organisation, pools_of

pytestmark = pytest.mark.django_db


def test_an_offer_keeps_its_quotas_in_the_order_given() -> None:
    agency = make_organisation("Dinas Kominfo")
    region = Region.objects.create(code="61.07", name="Bengkayang", level=RegionLevel.REGENCY)

    offer = make_offer(
        PoolSpec("Kominfo", 3, organisation=agency), PoolSpec("Bengkayang", 2, region=region), PoolSpec("Umum", 5)
    )

    assert [(p.label, p.size, p.organisation, p.region, p.is_open_to_all) for p in pools_of(offer)] == [
        ("Kominfo", 3, agency, None, False),
        ("Bengkayang", 2, None, region, False),
        ("Umum", 5, None, None, True),
    ]
    entry = AuditEntry.objects.get(code="seats.open_offer")
    assert (entry.subject_code, entry.details) == (offer.code, {"pools": 3, "seats": 10})


def test_only_who_organises_there_may_offer_seats() -> None:
    province, other = make_organisation("Provinsi"), make_organisation("Kabupaten lain")
    agency = make_organisation("Disporapar", province)
    common = {"title": "X", "pools": [PoolSpec("Umum", 1)], "opens_at": None, "closes_at": None}

    for stranger in [make_actor(Role.ORGANISER, other), make_actor(Role.COORDINATOR, agency)]:
        with pytest.raises(NotAllowed):
            open_offer(organisation=agency, actor=stranger, **common)  # type: ignore[arg-type]

    assert Offer.objects.count() == 0
    assert open_offer(organisation=agency, actor=make_actor(Role.ORGANISER, province), **common)  # type: ignore[arg-type]


def test_an_offer_without_quotas_or_with_two_of_one_name_is_refused() -> None:
    organisation = make_organisation()
    with pytest.raises(Conflict):
        open_offer(organisation=organisation, title="X", pools=[], opens_at=None, closes_at=None, actor=SYSTEM)
    with pytest.raises(Conflict, match="same name"):
        make_offer(PoolSpec("Umum", 1), PoolSpec("Umum", 2), organisation=organisation)
    assert Offer.objects.count() == 0


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(Conflict, match="close after it opens"):
        make_offer(opens_at=at(2), closes_at=at(1))


def test_a_quota_shrinks_to_what_is_given_and_not_below() -> None:
    offer = make_offer(PoolSpec("Umum", 3))
    (pool,) = pools_of(offer)
    for _ in range(2):
        claim_seats(offer=offer, holder=make_holder(), pools=[pool], actor=SYSTEM)

    assert resize_pool(pool=pool, size=2, actor=SYSTEM).size == 2
    with pytest.raises(Conflict, match=r"2 seats of the quota “Umum” are already given, so it cannot become 1"):
        resize_pool(pool=pool, size=1, actor=SYSTEM)
    pool.refresh_from_db()
    assert (pool.size, pool.taken) == (2, 2)


def test_a_larger_quota_seats_who_waits_in_their_order() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    (pool,) = pools_of(offer)
    claims = [claim_seats(offer=offer, holder=make_holder(), pools=[pool], actor=SYSTEM) for _ in range(4)]

    resize_pool(pool=pool, size=3, actor=SYSTEM)

    for claim in claims:
        claim.refresh_from_db()
    assert [claim.state for claim in claims] == ["confirmed", "confirmed", "confirmed", "waiting"]
    pool.refresh_from_db()
    assert (pool.size, pool.taken) == (3, 3)


def test_a_new_open_quota_seats_who_waits_elsewhere_and_a_closed_one_nobody() -> None:
    agency = make_organisation("Kominfo")
    offer = make_offer(PoolSpec("Kominfo", 0, organisation=agency))
    claim = claim_seats(offer=offer, holder=make_holder(), pools=pools_of(offer), actor=SYSTEM)

    add_pool(offer=offer, spec=PoolSpec("Lain", 5, organisation=make_organisation("Lain")), actor=SYSTEM)
    claim.refresh_from_db()
    assert claim.state == "waiting"

    pool = add_pool(offer=offer, spec=PoolSpec("Umum", 1), actor=SYSTEM)
    claim.refresh_from_db()
    assert (claim.state, claim.pool) == ("confirmed", pool)


def test_a_new_quota_seats_those_who_wait_elsewhere_and_whom_it_admits() -> None:
    offer = make_offer(PoolSpec("Kominfo", 0, organisation=make_organisation("Kominfo")))
    other, mine = (
        claim_seats(offer=offer, holder=make_holder(), pools=pools_of(offer), actor=SYSTEM) for _ in range(2)
    )

    pool = add_pool(offer=offer, spec=PoolSpec("PPPK", 2, kind="pppk"), admits=lambda _pool: [mine.pk], actor=SYSTEM)

    assert [Claim.objects.get(pk=each.pk).pool for each in (other, mine)] == [None, pool]


def test_a_stranger_changes_nothing_of_an_offer() -> None:
    offer = make_offer()
    stranger = make_actor(Role.ORGANISER, make_organisation("Lain"))
    (pool,) = pools_of(offer)
    attempts: list[Callable[[], object]] = [
        lambda: resize_pool(pool=pool, size=9, actor=stranger),
        lambda: add_pool(offer=offer, spec=PoolSpec("Y", 1), actor=stranger),
        lambda: close_offer(offer=offer, actor=stranger),
        lambda: reopen_offer(offer=offer, actor=stranger),
        lambda: withdraw_offer(offer=offer, actor=stranger),
        lambda: change_window(offer=offer, opens_at=None, closes_at=at(1), actor=stranger),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    offer.refresh_from_db()
    assert (offer.state, offer.closes_at, [p.size for p in pools_of(offer)]) == ("open", None, [2])


def test_an_offer_is_closed_opened_again_and_withdrawn_for_good() -> None:
    offer = make_offer()
    assert close_offer(offer=offer, actor=SYSTEM).state == "closed"
    assert reopen_offer(offer=offer, actor=SYSTEM).state == "open"
    assert withdraw_offer(offer=offer, actor=SYSTEM).state == "withdrawn"
    with pytest.raises(Conflict):
        reopen_offer(offer=offer, actor=SYSTEM)


@pytest.mark.parametrize("count", [1, 3])
def test_counting_seats_takes_one_query(count: int, django_assert_num_queries: object) -> None:
    offer = make_offer(*[PoolSpec(f"Kuota {n}", 1) for n in range(count)])
    for pool in pools_of(offer):
        for _ in range(3):
            claim_seats(offer=offer, holder=make_holder(), pools=[pool], actor=SYSTEM)

    with django_assert_num_queries(1):  # type: ignore[operator]
        counts = seats_by_pool(offer)

    ids = list(Pool.objects.order_by("pk").values_list("pk", flat=True))
    assert counts == [PoolCount(f"Kuota {n}", 1, 1, 2, ids[n]) for n in range(count)]


def test_offers_are_seen_by_those_who_serve_there_and_by_nobody_else() -> None:
    offer = make_offer()
    seen = [
        Offer.objects.visible_to(make_actor(role, offer.organisation)).count()
        for role in [Role.ORGANISER, Role.COORDINATOR, Role.PARTICIPANT]
    ]
    assert seen == [1, 1, 0]
    assert not Offer.objects.visible_to(make_actor(Role.ORGANISER, make_organisation("Lain"))).exists()


def test_a_quota_open_to_all_that_nobody_named_is_called_so_in_the_language_of_who_reads_it() -> None:
    offer = make_offer(PoolSpec("Terbuka untuk semua", 3), PoolSpec("Open to everyone", 2), PoolSpec("Umum", 5))
    agency = Pool.objects.create(
        offer=offer, label="Terbuka untuk semua: Dinas", organisation=make_organisation("Dinas"), size=1, position=9
    )
    pools = [*pools_of(offer)[:3], agency]

    with override("en"):
        assert [pool.name for pool in pools] == [*["Open to everyone"] * 2, "Umum", "Terbuka untuk semua: Dinas"]
        assert open_label() == "Terbuka untuk semua"
    with override("id"):
        assert [str(pool) for pool in pools] == [*["Terbuka untuk semua"] * 2, "Umum", "Terbuka untuk semua: Dinas"]
