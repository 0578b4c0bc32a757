from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation, Region
from enggang.seats.domain import PoolSpec, claim_seats, divide_pool, release_claim
from enggang.seats.models import Claim, Offer, Pool
from tests.seats.factories import make_actor, make_holder, make_offer, make_organisation, pools_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def regency() -> Organisation:
    return make_organisation("Sambas")


@pytest.fixture
def offer(regency: Organisation) -> Offer:
    return make_offer(PoolSpec("Sambas", 5, organisation=regency), PoolSpec("Umum", 1))


def sizes() -> dict[str, int]:
    return dict(Pool.objects.exclude(label="Umum").values_list("label", "size"))


def claim(offer: Offer, *pools: Pool) -> Claim:
    return claim_seats(offer=offer, holder=make_holder(), pools=pools, actor=SYSTEM)


def test_a_regency_s_coordinator_divides_its_quota_and_the_sum_stays(offer: Offer, regency: Organisation) -> None:
    coordinator, office = make_actor(Role.COORDINATOR, regency), make_organisation("Disdik", regency)
    part = divide_pool(pool=pools_of(offer)[0], organisation=office, size=3, actor=coordinator)
    assert (part.organisation, sizes()) == (office, {"Sambas": 2, "Sambas: Disdik": 3})
    divide_pool(pool=pools_of(offer)[0], organisation=office, size=1, actor=coordinator)
    assert sizes() == {"Sambas": 4, "Sambas: Disdik": 1}


def test_parts_never_exceed_what_is_free_nor_shrink_below_what_is_given(offer: Offer, regency: Organisation) -> None:
    whole = pools_of(offer)[0]
    office = make_organisation("Disdik", regency)
    for _ in range(3):
        claim(offer, whole)
    with pytest.raises(Conflict, match="Only 2 seats"):
        divide_pool(pool=whole, organisation=office, size=3, actor=SYSTEM)
    assert sizes() == {"Sambas": 5}
    part = divide_pool(pool=whole, organisation=office, size=2, actor=SYSTEM)
    claim(offer, part)
    with pytest.raises(Conflict, match="given to people"):
        divide_pool(pool=whole, organisation=office, size=0, actor=SYSTEM)
    assert sizes() == {"Sambas": 3, "Sambas: Disdik": 2}


def test_a_freed_seat_of_the_whole_goes_to_those_of_its_parts_after_its_own(
    offer: Offer, regency: Organisation
) -> None:
    whole, everyone = pools_of(offer)
    part = divide_pool(pool=whole, organisation=make_organisation("Disdik", regency), size=1, actor=SYSTEM)
    seated = [claim(offer, whole) for _ in range(4)]
    claim(offer, part)
    of_part, of_whole, of_open = claim(offer, part), claim(offer, whole), claim(offer, everyone)
    release_claim(claim=seated[0], actor=SYSTEM)
    release_claim(claim=seated[1], actor=SYSTEM)
    for each in (of_part, of_whole, of_open):
        each.refresh_from_db()
    assert [each.pool for each in (of_part, of_whole, of_open)] == [whole, whole, everyone]


def test_only_the_quota_s_own_coordinator_divides_it_and_only_among_its_own(
    offer: Offer, regency: Organisation
) -> None:
    whole, everyone = pools_of(offer)
    office, stranger = make_organisation("Disdik", regency), make_organisation("Ketapang")
    with pytest.raises(NotAllowed):
        divide_pool(pool=whole, organisation=office, size=1, actor=make_actor(Role.COORDINATOR, stranger))
    for organisation in (stranger, regency):
        with pytest.raises(Conflict, match="does not belong"):
            divide_pool(pool=whole, organisation=organisation, size=1, actor=SYSTEM)
    with pytest.raises(Conflict, match="can be divided"):
        divide_pool(pool=everyone, organisation=office, size=1, actor=SYSTEM)
    with pytest.raises(Conflict, match="less than nothing"):
        divide_pool(pool=whole, organisation=office, size=-1, actor=SYSTEM)
    assert sizes() == {"Sambas": 5}


def test_the_government_of_a_region_divides_the_region_s_quota_among_its_own_agencies(regency: Organisation) -> None:
    region = Region.objects.create(code="61.01", name="Sambas", level=2)
    Organisation.objects.filter(pk=regency.pk).update(kind=OrganisationKind.GOVERNMENT, region=region)
    offer = make_offer(PoolSpec("Sambas", 5, region=region), PoolSpec("Umum", 1))
    office, stranger = make_organisation("Disdik", regency), make_organisation("Dinas lain")
    whole = pools_of(offer)[0]
    part = divide_pool(pool=whole, organisation=office, size=3, actor=make_actor(Role.COORDINATOR, regency))
    assert (part.parent, sizes()) == (whole, {"Sambas": 2, "Sambas: Disdik": 3})
    with pytest.raises(NotAllowed):
        divide_pool(pool=whole, organisation=office, size=4, actor=make_actor(Role.COORDINATOR, office))
    with pytest.raises(Conflict):
        divide_pool(pool=whole, organisation=stranger, size=1, actor=SYSTEM)


def test_a_region_without_a_government_on_record_cannot_be_divided(regency: Organisation) -> None:
    region = Region.objects.create(code="61.02", name="Mempawah", level=2)
    Organisation.objects.filter(pk=regency.pk).update(region=region)  # an agency there, not its government
    offer = make_offer(PoolSpec("Mempawah", 5, region=region))
    with pytest.raises(Conflict):
        divide_pool(pool=pools_of(offer)[0], organisation=make_organisation("Disdik", regency), size=1, actor=SYSTEM)


def test_a_part_is_for_the_same_kind_of_staff_as_the_whole(regency: Organisation) -> None:
    offer = make_offer(PoolSpec("Sambas · PPPK", 5, organisation=regency, kind="pppk"))
    part = divide_pool(pool=pools_of(offer)[0], organisation=make_organisation("Disdik", regency), size=2, actor=SYSTEM)
    assert (part.kind, part.is_open_to_all) == ("pppk", False)


def test_a_quota_of_one_kind_only_belongs_to_nobody_and_is_not_divided(regency: Organisation) -> None:
    offer = make_offer(PoolSpec("PPPK", 5, kind="pppk"))
    with pytest.raises(Conflict, match="can be divided"):
        divide_pool(pool=pools_of(offer)[0], organisation=regency, size=1, actor=SYSTEM)


def test_a_freed_seat_of_a_part_goes_to_the_rest_of_the_quota_before_anyone_else(
    offer: Offer, regency: Organisation
) -> None:
    whole, everyone = pools_of(offer)
    part = divide_pool(pool=whole, organisation=make_organisation("Disdik", regency), size=1, actor=SYSTEM)
    for _ in range(4):
        claim(offer, whole)
    claim(offer, everyone)
    seated, stranger, of_whole = claim(offer, part), claim(offer, everyone), claim(offer, whole)
    release_claim(claim=seated, actor=SYSTEM)
    assert [Claim.objects.get(pk=each.pk).pool for each in (stranger, of_whole)] == [None, part]
