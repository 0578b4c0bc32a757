"""One of many values, on both databases: as many as there are, of texts, ids and keys to other rows, and none."""

from __future__ import annotations

import pytest

from enggang.core.bulk import random_codes
from enggang.core.models import Subject
from enggang.places.models import Organisation
from tests.access.factories import make_organisation

pytestmark = pytest.mark.django_db


def test_texts_and_ids_find_their_rows() -> None:
    one, two, _ = (Subject.objects.make(kind=kind) for kind in ("one", "two", "three"))
    assert set(Subject.objects.filter(pk__among=[one.pk, two.pk])) == {one, two}
    assert set(Subject.objects.filter(kind__among=["two", 'th"ree', "{one}", "o,ne", "\\"])) == {two}


def test_none_finds_none_and_excluding_none_finds_all() -> None:
    Subject.objects.make(kind="one")
    assert not Subject.objects.filter(code__among=[]).exists()
    assert Subject.objects.exclude(code__among=[]).exists()


def test_more_values_than_a_question_has_places_for() -> None:
    made = Subject.objects.make(kind="one")
    codes = [*random_codes(120_000), made.code]
    assert Subject.objects.filter(code__among=codes).get() == made


def test_a_key_to_another_row_is_compared_by_its_id() -> None:
    agency = make_organisation()
    assert Organisation.objects.filter(subject_id__among=[agency.subject_id]).get() == agency
    assert not Organisation.objects.filter(subject__code__among=["nothing"]).exists()
