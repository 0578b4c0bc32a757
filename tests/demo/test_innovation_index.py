"""The made-up innovations are entered for the index through the same acts as the screens, and say that they are made up."""

from __future__ import annotations

import pytest

from enggang.core.actor import SYSTEM
from enggang.demo.innovation_index import lay_down_index
from enggang.demo.innovations import lay_down_innovations
from enggang.innovation.domain.guide import load_guide
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.models import Evidence, Submission
from enggang.innovation.queries.profile import profile_of
from enggang.innovation.queries.region import region_index
from enggang.places.models import Organisation
from tests.demo.test_innovations import agencies
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_entries_on_every_part_of_the_way() -> None:
    agencies()
    for key in ("kalbar", "kalbar/balitbang"):
        Organisation.objects.filter(pk=make_agency(key).pk).update(key=key)
    load_guide(actor=SYSTEM)
    lay_down_innovations()
    lay_down_index()
    states = list(Submission.objects.order_by("pk").values_list("state", flat=True))
    assert states[0] == SubmissionState.VALIDATED
    assert set(states) <= {SubmissionState.VALIDATED, SubmissionState.COMPANION, SubmissionState.DRAFT}
    assert all("contoh" in each.title.lower() for each in Evidence.objects.exclude(kind="record"))
    faults = {each.field.code: each.fault for row in Submission.objects.all() for each in profile_of(row) if each.fault}
    assert faults == {}  # what the system can know, the form of the index has
    assert region_index(Organisation.objects.get(key="kalbar"), 2026).window_to is not None


def test_without_an_innovation_in_use_nothing_is_laid_down() -> None:
    for key in ("kalbar", "kalbar/balitbang"):
        Organisation.objects.filter(pk=make_agency(key).pk).update(key=key)
    lay_down_index()
    assert not Submission.objects.exists()
