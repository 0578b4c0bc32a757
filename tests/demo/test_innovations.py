"""The made-up innovations stand at the stages they are told of, with nothing that an act would refuse."""

from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.core import clock
from enggang.demo.innovations import TOLD, lay_down_innovations
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation, Replication
from enggang.innovation.queries.innovations import public_innovations
from enggang.innovation.queries.monitoring import plan_of
from enggang.innovation.queries.works import unsound_innovations
from enggang.places.models import Organisation
from tests.training.factories import make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


def agencies() -> None:
    for key in ("kalbar/disporapar", "kalbar/sambas"):
        agency = make_agency(key)
        Organisation.objects.filter(pk=agency.pk).update(key=key)
        for number in range(3):
            make_person(agency)
            make_user(Role.ASSESSOR, agency, f"Penilai {number}")


def test_each_made_up_innovation_stands_where_it_is_told_to() -> None:
    agencies()
    lay_down_innovations()
    rows = {row.title: row for row in Innovation.objects.with_names()}
    assert len(rows) == len(TOLD) + 1
    assert {told.title: rows[told.title].stage for told in TOLD} == {told.title: told.to for told in TOLD}
    assert all("contoh" in title for title in rows)
    assert public_innovations().count() == sum(told.published for told in TOLD)
    assert any(plan_of(row).lapsed for row in rows.values() if row.stage == Stage.ADOPTED)
    assert Innovation.objects.unowned().count() == 1
    assert Innovation.objects.overdue(clock.today()).exists()
    assert Replication.objects.count() == 2
    assert unsound_innovations() == []
