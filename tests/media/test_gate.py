"""The one gate: its reasons, and that the database's question has the same answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.media.enums import AssetState
from enggang.media.enums_rights import Reason, Scope
from enggang.media.gate import ConsentFacts, Facts, RightsFacts, reasons
from enggang.media.models import Asset, Consent, Likeness, RightsStatement
from enggang.media.queries.gate import is_shown, reasons_of, shown, with_gate
from tests.media.rights import consent_of, fresh, published, work
from tests.training.factories import make_agency

DAY = date(2026, 11, 27)
RIGHTS = RightsFacts(licence="cc-by-4.0", holder="Ibu", credit="Ibu / Dinas", people="nobody")
GOOD = Facts(rights=RIGHTS, is_accepted=True, alt="Sampan")
AGREED = ConsentFacts(scopes=frozenset({"web"}), given_on=DAY)


def test_everything_in_order_opens_it() -> None:
    assert reasons(GOOD, DAY) == []
    assert reasons(replace(GOOD, rights=replace(RIGHTS, people="some"), consents=[AGREED]), DAY) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"licence": ""}, Reason.NO_RIGHTS),
        ({"licence": "<b>"}, Reason.NO_RIGHTS),
        ({"holder": " "}, Reason.NO_HOLDER),
        ({"credit": ""}, Reason.NO_CREDIT),
        ({"licence": "custom"}, Reason.NO_PROOF),
        ({"valid_from": DAY + timedelta(days=1)}, Reason.NOT_YET),
        ({"valid_to": DAY - timedelta(days=1)}, Reason.EXPIRED),
        ({"people": ""}, Reason.PEOPLE_UNKNOWN),
        ({"people": "some"}, Reason.NO_CONSENT),
    ],
)
def test_rights_that_shut_it(change: dict[str, Any], reason: Reason) -> None:
    assert reasons(replace(GOOD, rights=replace(RIGHTS, **change)), DAY) == [reason]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_withdrawn": True}, Reason.CONSENT_WITHDRAWN),
        ({"expires_on": DAY - timedelta(days=1)}, Reason.CONSENT_EXPIRED),
        ({"scopes": frozenset({"print"})}, Reason.CONSENT_SCOPE),
        ({"is_minor": True}, Reason.NO_GUARDIAN),
    ],
)
def test_consents_that_shut_it(change: dict[str, Any], reason: Reason) -> None:
    facts = replace(GOOD, rights=replace(RIGHTS, people="some"), consents=[AGREED, replace(AGREED, **change)])
    assert reasons(facts, DAY) == [reason]


def test_the_rest() -> None:
    assert reasons(replace(GOOD, rights=None), DAY) == [Reason.NO_RIGHTS, Reason.PEOPLE_UNKNOWN]
    assert reasons(replace(GOOD, is_accepted=False, alt=" "), DAY) == [Reason.NOT_ACCEPTED, Reason.NO_ALT]
    assert reasons(replace(GOOD, rights=replace(RIGHTS, licence="cc0-1.0", credit="")), DAY) == []
    last = replace(GOOD, rights=replace(RIGHTS, valid_from=DAY, valid_to=DAY))
    assert reasons(last, DAY) == []


def test_a_scope_of_its_own() -> None:
    facts = replace(GOOD, rights=replace(RIGHTS, people="some"), consents=[AGREED])
    assert reasons(facts, DAY, Scope.SOCIAL) == [Reason.CONSENT_SCOPE]


@pytest.mark.django_db
def test_the_database_answers_the_same_as_the_predicate() -> None:
    """Every work that the predicate shows stands in the list, and no other."""
    agency = make_agency()
    today = clock.today(agency.time_zone)
    early, late = today - timedelta(days=1), today + timedelta(days=1)
    good, shut = consent_of(agency, "A"), consent_of(agency, "B")
    Consent.objects.filter(pk=shut.pk).update(withdrawn_at=clock.now())
    over, other = consent_of(agency, "C"), consent_of(agency, "D", scopes=["print"])
    Consent.objects.filter(pk=over.pk).update(expires_on=early)
    child = consent_of(agency, "E", is_minor=True, guardian="Ayah")
    alone = consent_of(agency, "F", is_minor=True, guardian="Ayah")
    Consent.objects.filter(pk=alone.pk).update(guardian="")
    peopled = [("nobody", [good])] + [
        ("some", each) for each in ([], [good], [shut], [over], [other], [child], [alone])
    ]
    licences: list[dict[str, Any]] = [
        {"licence": "cc-by-4.0"}, {"licence": ""}, {"licence": "custom"}, {"licence": "cc0-1.0", "credit": ""},
        {"licence": "cc-by-4.0", "credit": ""}, {"licence": "cc-by-4.0", "holder": ""},
        {"licence": "cc-by-4.0", "valid_to": early}, {"licence": "cc-by-4.0", "valid_from": late},
        {"licence": "cc-by-4.0", "valid_from": today, "valid_to": today},
    ]  # fmt: skip
    base: dict[str, Any] = {
        "own_work": True,
        "holder": "Ibu",
        "credit": "Ibu",
        "stated_at": clock.now(),
        "stated_by_key": "-",
    }
    asset = work(agency)
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.PUBLISHED, alt_id="Sampan")
    right = RightsStatement.objects.create(asset=asset, **base)
    answers = set()
    for (people, consents), licence in product([("", []), ("nobody", []), *peopled], licences):
        RightsStatement.objects.filter(pk=right.pk).update(
            **{**base, "valid_from": None, "valid_to": None, "people": people, **licence}
        )
        asset.likenesses.all().delete()
        Likeness.objects.bulk_create(Likeness(asset=asset, consent=each) for each in consents)
        one = fresh(asset)
        assert is_shown(one) == shown(Asset.objects.all(), today).exists(), (people, consents, licence, reasons_of(one))
        answers.add(is_shown(one))
    assert answers == {True, False}


@pytest.mark.django_db
@pytest.mark.parametrize("state", [each for each in AssetState if each != AssetState.PUBLISHED])
def test_only_what_is_published_is_shown(state: AssetState) -> None:
    asset = published(make_agency())
    Asset.objects.filter(pk=asset.pk).update(state=state)
    assert not is_shown(fresh(asset))
    assert not shown(Asset.objects.all()).exists()


@pytest.mark.django_db
def test_two_questions_for_any_number(django_assert_num_queries: Any) -> None:
    agency = make_agency()
    for number in range(3):
        published(agency, f"Karya {number}")
    with django_assert_num_queries(2):
        assert all(is_shown(each) for each in with_gate(Asset.objects.with_names()))
    assert SYSTEM.is_system
