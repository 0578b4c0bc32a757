"""The tree of organisations as acts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.places import rules
from enggang.places.domain.organisations import change_organisation, end_organisation
from enggang.places.enums import OrganisationKind, Origin
from enggang.places.models import Organisation
from enggang.places.models.organisation import below, below_any
from enggang.places.queries.tree import check_paths, forest
from enggang.search.queries import find
from tests.places.factories import actor, organisation

pytestmark = pytest.mark.django_db


def change(row: Organisation, **values: object) -> Organisation:
    start = {
        "organisation": row, "version": row.version, "name": row.name, "short_name": row.short_name, "kind": row.kind,
        "region": row.region, "time_zone": row.time_zone, "actor": SYSTEM,
    }  # fmt: skip
    return change_organisation(**{**start, **values})  # type: ignore[arg-type]


def test_a_child_hangs_below_its_parent_and_takes_its_zone() -> None:
    root = organisation("Pemprov", time_zone="Asia/Makassar")
    child = organisation("Dinas", root)
    assert child.path == f"/{root.code}/{child.code}/"
    assert child.time_zone == "Asia/Makassar"
    assert child.subject.organisation_code == child.code
    assert check_paths() == []


def test_an_organisation_is_found_by_whoever_is_signed_in() -> None:
    organisation("Dinas Pariwisata")
    assert [hit.title for hit in find("pariwisata", actor())] == ["Dinas Pariwisata"]


def test_an_administrator_opens_below_their_own_organisation_only() -> None:
    root = organisation("Pemprov")
    mine, other = organisation("Dinas A", root), organisation("Dinas B", root)
    keeper = actor((Role.ADMINISTRATOR, mine))
    assert organisation("Bidang", mine, actor=keeper).parent == mine
    for wrong in (other, root, None):
        with pytest.raises(NotAllowed):
            organisation("Bidang", wrong, actor=keeper)
    assert Organisation.objects.count() == 4


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_opens_organisations(role: Role) -> None:
    root = organisation("Pemprov")
    with pytest.raises(NotAllowed):
        organisation("Bidang", root, actor=actor((role, root)))
    assert Organisation.objects.count() == 1


def test_an_import_key_is_taken_once() -> None:
    organisation("Satu", key="kalbar/satu")
    with pytest.raises(Conflict, match=r"import key|kunci impor"):
        organisation("Dua", key="kalbar/satu")
    organisation("Tiga")
    organisation("Empat")
    assert Organisation.objects.count() == 3


def test_a_changed_organisation_becomes_local_and_is_found_by_its_new_name() -> None:
    row = organisation("Dinas Lama")
    Organisation.objects.update(origin=Origin.SHIPPED)
    changed = change(row, name="Dinas Baru", short_name="Baru")
    changed.refresh_from_db()
    assert (changed.name, changed.origin, changed.version) == ("Dinas Baru", Origin.LOCAL, 2)
    assert [hit.title for hit in find("baru", SYSTEM)] == ["Dinas Baru"]
    assert find("lama", SYSTEM) == []


def test_the_second_of_two_tabs_is_told() -> None:
    row = organisation("Dinas")
    change(row, name="Pertama", version=1)
    with pytest.raises(Conflict):
        change(Organisation.objects.get(pk=row.pk), name="Kedua", version=1)
    row.refresh_from_db()
    assert row.name == "Pertama"


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(Conflict):
        organisation("Dinas", time_zone="Asia/Nowhere")
    assert not Organisation.objects.exists()


def test_an_organisation_ends_after_what_stands_below_it() -> None:
    root = organisation("Pemprov")
    child = organisation("Dinas", root)
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Conflict, match="Dinas"):
        end_organisation(organisation=root, on=yesterday, actor=SYSTEM)
    end_organisation(organisation=child, on=yesterday, actor=SYSTEM)
    end_organisation(organisation=root, on=yesterday, actor=SYSTEM)
    assert not Organisation.objects.on().exists()
    with pytest.raises(Conflict):
        organisation("Terlambat", Organisation.objects.get(pk=root.pk))


def test_it_cannot_end_before_it_began() -> None:
    row = organisation("Dinas", valid_from=clock.today())
    with pytest.raises(Conflict):
        end_organisation(organisation=row, on=clock.today() - timedelta(days=1), actor=SYSTEM)


def test_every_act_leaves_one_line_in_the_trail() -> None:
    row = organisation("Dinas")
    change(row, name="Lain")
    assert list(AuditEntry.objects.order_by("pk").values_list("code", "subject_code")) == [
        ("places.open_organisation", row.code),
        ("places.change_organisation", row.code),
    ]


def test_the_forest_orders_siblings_by_name() -> None:
    root = organisation("Pemprov")
    organisation("Zeta", root)
    alpha = organisation("Alpha", root)
    organisation("Bidang", alpha)
    (node,) = forest(SYSTEM)
    assert [child.organisation.name for child in node.children] == ["Alpha", "Zeta"]
    assert [child.organisation.name for child in node.children[0].children] == ["Bidang"]


def test_names_are_found_without_case_or_accents() -> None:
    organisation("Dinas Énergi", kind=OrganisationKind.AGENCY)
    assert Organisation.objects.all().named("dinas energi").count() == 1
    assert Organisation.objects.all().named("%").count() == 1  # no letter, no question
    assert Organisation.objects.all().named("x").count() == 0


def test_the_right_to_everything_survives_an_or() -> None:
    organisation("Dinas")
    assert Organisation.objects.filter(below_any(("/",)) | Q(name="x")).count() == 1
    assert Organisation.objects.filter(below("/") | Q(name="x")).count() == 1
    assert Organisation.objects.filter(below_any(()) | Q(name="x")).count() == 0


def test_a_path_that_only_begins_alike_is_not_below() -> None:
    row = organisation("Dinas")
    assert Organisation.objects.filter(below(row.path)).count() == 1
    assert Organisation.objects.filter(below(row.path[:-2] + "/")).count() == 0


def test_the_organiser_is_called_the_same_above() -> None:
    assert rules.ORGANISER == Role.ORGANISER
