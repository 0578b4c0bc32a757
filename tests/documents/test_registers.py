from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain.registers import register_for, reserve_numbers, void_number
from enggang.documents.models import Number, Register
from enggang.documents.queries.soundness import registers_with_gaps
from tests.documents.factories import DAY, draft, number, organiser, register
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


def texts(of: Register, count: int = 1, on: date = DAY) -> list[str]:
    return [row.text for row in reserve_numbers(register=of, count=count, on=on, actor=SYSTEM)]


def test_numbers_follow_one_another_across_batches() -> None:
    row = register()
    assert texts(row, 2) == ["800/0001/DISPORAPAR/XI/2022", "800/0002/DISPORAPAR/XI/2022"]
    assert texts(row) == ["800/0003/DISPORAPAR/XI/2022"]
    assert registers_with_gaps() == []


def test_every_year_starts_again_and_an_older_year_goes_on_where_it_stood() -> None:
    row = register()
    assert texts(row, on=date(2022, 12, 31)) == ["800/0001/DISPORAPAR/XII/2022"]
    assert texts(row, on=date(2023, 1, 1)) == ["800/0001/DISPORAPAR/I/2023"]
    assert texts(row, on=date(2022, 12, 31)) == ["800/0002/DISPORAPAR/XII/2022"]


def test_a_register_that_never_starts_again_counts_on() -> None:
    row = register(pattern="{seq:05d}", resets_yearly=False)
    assert texts(row, on=date(2022, 12, 31)) == ["00001"]
    assert texts(row, on=date(2023, 1, 1)) == ["00002"]


def test_the_year_is_that_of_the_registers_zone() -> None:
    with clock.frozen_at(datetime(2022, 12, 31, 17, 30, tzinfo=UTC)):  # past midnight in Pontianak
        assert register().today() == date(2023, 1, 1)


def test_a_rollback_gives_the_numbers_back() -> None:
    row = register()
    texts(row)
    with transaction.atomic():
        assert len(texts(row, 5)) == 5
        transaction.set_rollback(True)
    assert texts(row) == ["800/0002/DISPORAPAR/XI/2022"]
    assert registers_with_gaps() == []


@pytest.mark.parametrize("count", [0, -1, 5001])
def test_a_batch_has_a_sensible_size(count: int) -> None:
    row = register()
    with pytest.raises(Conflict, match="Between 1 and 5000"):
        texts(row, count)
    assert not Number.objects.exists()


def test_a_voided_number_stays_with_its_reason_and_is_not_given_out_again() -> None:
    row = register()
    taken = number(row)
    void_number(number=taken, reason=" Salah \n tanggal ", actor=SYSTEM)
    assert (taken.state, taken.reason) == ("voided", "Salah tanggal")
    assert texts(row) == ["800/0002/DISPORAPAR/XI/2022"]
    assert registers_with_gaps() == []


def test_voiding_a_number_needs_a_reason_and_no_document() -> None:
    taken = number()
    with pytest.raises(Conflict, match="Say why"):
        void_number(number=taken, reason="  ", actor=SYSTEM)
    draft(taken)
    with pytest.raises(Conflict, match="void the document instead"):
        void_number(number=taken, reason="Salah", actor=SYSTEM)
    taken.refresh_from_db()
    assert taken.state == "reserved"


def test_only_who_issues_for_the_organisation_takes_numbers() -> None:
    row = register()
    for stranger in (ANONYMOUS, organiser(organisation("Dinas Lain"))):
        with pytest.raises(NotAllowed):
            reserve_numbers(register=row, count=1, on=DAY, actor=stranger)
    assert not Number.objects.exists()
    assert reserve_numbers(register=row, count=1, on=DAY, actor=organiser(row.organisation))


def test_two_registers_of_one_organisation_cannot_give_the_same_numbers() -> None:
    owner = organisation()
    register(owner)
    with pytest.raises(Conflict, match="would give out the same numbers"):
        register(owner, key="letters")
    with pytest.raises(Conflict, match="already has this register"):
        register(owner, unit="LAIN")
    register(owner, key="letters", unit="SURAT")
    register(organisation("Dinas Lain"))
    assert Register.objects.count() == 3


def test_the_usual_register_is_opened_once() -> None:
    owner = organisation("Dinas Contoh", short_name="Disporapar Kalbar")
    row = register_for(organisation=owner, code="certificate", actor=organiser(owner))
    assert texts(row) == ["SERT/0001/DISPORAPAR-KALBAR/XI/2022"]
    assert register_for(organisation=owner, code="certificate", actor=organiser(owner)) == row


def test_a_register_is_seen_by_its_own_staff_only() -> None:
    row = register()
    assert list(Register.objects.visible_to(organiser(row.organisation))) == [row]
    assert not Register.objects.visible_to(organiser(organisation("Dinas Lain"))).exists()
    assert not Register.objects.visible_to(ANONYMOUS).exists()


def test_reserving_leaves_a_trace() -> None:
    row = register()
    texts(row, 3)
    entry = AuditEntry.objects.get(code="documents.reserve_numbers")
    assert entry.subject_code == row.code
    assert entry.details == {"count": 3, "year": 2022, "first": 1, "last": 3}
