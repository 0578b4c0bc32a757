"""What certificates count for the indicators: as a whole, by the regency of the holder's agency, by sex."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enggang.credentials.models import Award
from enggang.credentials.queries.counted import SOURCES
from enggang.people.models import Employment
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.credentials.test_badges import issued
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
WOMAN, MAN, UNTOLD = "198001012010012001", "198001012010011001", "198001012010019001"


@pytest.fixture
def awards() -> list[Award]:
    """Four certificates of one day: a woman's, two of one man's, and one whose number tells nothing."""
    rows = issued(people=4)
    for row, nip in zip(rows, (WOMAN, MAN, MAN, UNTOLD), strict=True):
        Award.objects.filter(pk=row.pk).update(holder_nip=nip, specimen=False, hours=10)
    Award.objects.filter(pk=rows[2].pk).update(person=rows[1].person)
    return rows


def counted(name: str, awards: list[Award]) -> tuple[dict[str, object], dict[str, object]]:
    day, source = awards[0].issued_on, SOURCES[name]
    assert source.sexes is not None
    asked = awards[0].organisation.path, day, day
    return (
        {key: found.value for key, found in source.count(*asked).items()},
        {key: found.value for key, found in source.sexes(*asked).items()},
    )


def test_people_count_once_and_by_sex_where_their_number_tells(awards: list[Award]) -> None:
    whole, sexes = counted("credentials.people", awards)
    assert whole[""] == 3
    assert sexes == {"male": 1, "female": 1}
    assert counted("credentials.hours", awards) == ({"": 40}, {"male": 20, "female": 10})


def test_an_erased_person_stays_in_the_whole_and_in_no_part(awards: list[Award]) -> None:
    Award.objects.filter(pk=awards[0].pk).update(holder_nip="")
    whole, sexes = counted("credentials.people", awards)
    assert (whole[""], sexes) == (3, {"male": 1, "female": 0})


def test_the_regency_is_that_of_the_agency_on_the_day_of_the_certificate(awards: list[Award]) -> None:
    day = awards[0].issued_on
    old, new = (
        Region.objects.create(code=code, name=name, level=RegionLevel.REGENCY)
        for code, name in (("61.01", "Sambas"), ("61.72", "Singkawang"))
    )
    then, now = (Organisation.objects.get(pk=award.person.employments.get().organisation_id) for award in awards[:2])
    assert then.pk == now.pk  # all of one agency
    Organisation.objects.filter(pk=then.pk).update(region=old)
    moved = awards[0].person.employments.get()
    later = make_agency("Dinas Singkawang")
    Organisation.objects.filter(pk=later.pk).update(region=new)
    Employment.objects.filter(person__in=[each.person for each in awards]).update(starts_on=day - timedelta(days=9))
    Employment.objects.filter(pk=moved.pk).update(ends_on=day - timedelta(days=1))
    Employment.objects.create(person=moved.person, organisation=later, starts_on=day)
    whole, _sexes = counted("credentials.people", awards)
    assert whole == {"": 3, "61.01": 2, "61.72": 1}
