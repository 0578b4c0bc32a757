"""Two records of one person, both of them registered for a wave: what stands goes to the one that is kept."""

from __future__ import annotations

import pytest

from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.seats.queries.offers import stray_claims, unsound_pools
from enggang.training.domain.registrations import withdraw
from enggang.training.models import Registration, Wave
from tests.training.factories import make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def wave(agency: Organisation) -> Wave:
    return make_wave(agency)


def _given_back(wave: Wave, person: Person) -> Registration:
    return withdraw(registration=seat(wave, person), actor=SYSTEM)


def _held(person: Person) -> dict[str, list[int]]:
    """What stands in a wave for a person: it must all be on one record."""
    subject = person.subject
    return {
        "registrations": sorted(person.registrations.values_list("pk", flat=True)),
        "claims": sorted(person.registrations.values_list("claim", flat=True)),
        "held": sorted(subject.seat_claims.values_list("pk", flat=True)),
        "passes": sorted(subject.passes.values_list("pk", flat=True)),
        "valid": sorted(subject.passes.valid().values_list("pk", flat=True)),
    }


def _agrees(person: Person) -> bool:
    held = _held(person)
    return held["claims"] == held["held"]


@pytest.mark.parametrize("kept_stands", [False, True])
def test_the_registration_that_stands_is_the_kept_person_s_with_its_claim_and_pass_and_back(
    agency: Organisation, wave: Wave, kept_stands: bool
) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A")
    seated, weaker = (kept, gone) if kept_stands else (gone, kept)
    _given_back(wave, weaker)
    standing = seat(wave, seated)
    before = _held(kept), _held(gone)
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    standing.refresh_from_db()
    standing.claim.refresh_from_db()
    assert (standing.person, standing.claim.holder) == (kept, kept.subject)
    assert standing.is_seated
    assert _held(kept)["valid"] == [kept.subject.passes.get().pk]
    assert (_agrees(kept), _agrees(gone)) == (True, True)
    assert stray_claims() == unsound_pools() == []
    undo_merge(merge=merge, actor=SYSTEM)
    assert (_held(kept), _held(gone)) == before


def test_two_that_were_both_given_back_stay_where_they_are(agency: Organisation, wave: Wave) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A")
    _given_back(wave, kept)
    _given_back(wave, gone)
    before = _held(kept), _held(gone)
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    assert (_held(kept), _held(gone)) == before
    undo_merge(merge=merge, actor=SYSTEM)
    assert (_held(kept), _held(gone)) == before


def test_who_registered_again_after_giving_back_keeps_both_claims(agency: Organisation, wave: Wave) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A")
    _given_back(wave, kept)
    _given_back(wave, gone)
    standing = seat(wave, gone)
    before = _held(kept), _held(gone)
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    standing.refresh_from_db()
    assert (standing.person, standing.claim.holder) == (kept, kept.subject)
    assert len(_held(kept)["held"]) == 2
    undo_merge(merge=merge, actor=SYSTEM)
    assert (_held(kept), _held(gone)) == before


def test_two_that_both_stand_are_refused_and_nothing_is_moved(agency: Organisation, wave: Wave) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A")
    seat(wave, kept)
    seat(wave, gone)
    before = _held(kept), _held(gone)
    with pytest.raises(Conflict, match=wave.name):
        merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    assert (_held(kept), _held(gone)) == before
