"""The shipped regions and organisations."""

from __future__ import annotations

import time

import pytest

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import NotAllowed
from enggang.places.domain.reference import Loaded, load_reference
from enggang.places.enums import OrganisationKind, Origin, RegionLevel
from enggang.places.models import Organisation, Region
from enggang.places.queries.tree import check_paths
from enggang.search.domain.indexing import check_index
from tests.places.factories import actor, organisation

pytestmark = pytest.mark.django_db


def test_everything_is_loaded_within_two_seconds() -> None:
    start = time.perf_counter()
    loaded = load_reference(actor=SYSTEM)
    took = time.perf_counter() - start
    assert loaded["regions"] == Loaded(2871, 0, 0)
    assert loaded["organisations"] == Loaded(88, 0, 0)
    assert took < 4  # two on a quiet machine
    assert check_paths() == check_index() == []


def test_regions_stand_in_their_parents_with_figures_and_outlines() -> None:
    load_reference(actor=SYSTEM)
    counts = {level: Region.objects.filter(level=level).count() for level in RegionLevel}
    assert counts == {1: 38, 2: 514, 3: 174, 4: 2145}
    landak = Region.objects.get(code="61.08")
    assert (landak.name, landak.capital, landak.parent_id) == ("Kabupaten Landak", "Ngabang", "61")
    assert landak.population
    assert Region.objects.filter(outline__isnull=False).count() == 14
    assert Region.objects.filter(parent=None).count() == 38


def test_the_fourteen_governments_stand_below_the_province() -> None:
    load_reference(actor=SYSTEM)
    root = Organisation.objects.get(key="kalbar")
    governments = root.children.filter(kind=OrganisationKind.GOVERNMENT)
    assert sorted(governments.values_list("region_id", flat=True)) == sorted(
        Region.objects.filter(parent_id="61").values_list("code", flat=True)
    )
    assert Organisation.objects.get(key="kalbar/sambas/disporapar").parent.key == "kalbar/sambas"  # type: ignore[union-attr]


def test_loading_again_changes_nothing() -> None:
    load_reference(actor=SYSTEM)
    codes = set(Organisation.objects.values_list("subject__code", "path"))
    loaded = load_reference(actor=SYSTEM)
    assert loaded == {"regions": Loaded(0, 0, 2871), "organisations": Loaded(0, 0, 88)}
    assert set(Organisation.objects.values_list("subject__code", "path")) == codes


def test_a_shipped_row_is_renewed_and_a_local_one_left_alone() -> None:
    load_reference(actor=SYSTEM)
    Organisation.objects.filter(key="kalbar/bkd").update(name="Nama sendiri", origin=Origin.LOCAL)
    Organisation.objects.filter(key="kalbar/bappeda").update(name="Usang")
    Region.objects.filter(code="61.01").update(name="Sambas sendiri", origin=Origin.LOCAL)
    Region.objects.filter(code="61.02").update(name="Usang")
    loaded = load_reference(actor=SYSTEM)
    assert loaded == {"regions": Loaded(0, 1, 2870), "organisations": Loaded(0, 1, 87)}
    assert Organisation.objects.get(key="kalbar/bkd").name == "Nama sendiri"
    assert Organisation.objects.get(key="kalbar/bappeda").name.startswith("Badan Perencanaan")
    assert Region.objects.get(code="61.01").name == "Sambas sendiri"
    assert Region.objects.get(code="61.02").name == "Kabupaten Mempawah"


def test_an_organisation_that_was_entered_first_keeps_its_place_and_gets_children() -> None:
    root = organisation("Pemprov kita", key="kalbar")
    load_reference(actor=SYSTEM)
    root.refresh_from_db()
    assert root.name == "Pemprov kita"
    assert Organisation.objects.get(key="kalbar/disporapar").parent == root


def test_only_the_administrator_of_the_installation_loads() -> None:
    root = organisation("Pemprov")
    with pytest.raises(NotAllowed):
        load_reference(actor=actor((Role.ADMINISTRATOR, root)))
    assert not Region.objects.exists()
