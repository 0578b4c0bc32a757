"""The day, the number and the correction of a payment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from enggang.access.enums import Role
from enggang.budgets.domain import payments as acts
from enggang.budgets.enums import ReceiptKind
from enggang.budgets.exports import PAYMENTS
from enggang.budgets.models import BudgetLine, Payment
from enggang.budgets.queries.overview import overview
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from tests.budgets.factories import approved_line
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


def pay(line: BudgetLine, amount: int = 1_000, **facts: Any) -> Payment:
    return acts.record_payment(
        line=line, payee="Katering", amount=amount, actor=SYSTEM, **{"paid_on": clock.today(), **facts}
    )


def this_year(line: BudgetLine) -> None:
    line.budget.year = clock.today().year
    line.budget.save(update_fields=["year"])


def test_a_day_to_come_is_refused_and_another_year_wants_a_word() -> None:
    line = approved_line(make_agency())
    this_year(line)
    before = date(clock.today().year - 1, 12, 31)
    for wrong in (clock.today() + timedelta(days=1), before):
        with pytest.raises(Conflict):
            pay(line, paid_on=wrong)
    with pytest.raises(Conflict):
        pay(line, paid_on=clock.today() + timedelta(days=1), other_year=True)
    assert not Payment.objects.exists()
    assert pay(line, paid_on=before, other_year=True).paid_on == before


def test_a_correction_voids_the_old_and_records_the_new_with_its_number() -> None:
    line = approved_line(make_agency())
    this_year(line)
    old = pay(line, 5_000, receipt="KW-1")
    new = acts.correct_payment(
        payment=old, reason="Salah ketik", paid_on=clock.today(), payee="Katering", amount=4_000, receipt="0042/LS",
        receipt_kind=ReceiptKind.SP2D, actor=SYSTEM,
    )  # fmt: skip
    old.refresh_from_db()
    assert (old.void_reason, new.replaces, old.replaced_by) == ("Salah ketik", old, new)
    assert new.numbered == f"{ReceiptKind.SP2D.label} 0042/LS"
    assert overview(line.budget).paid == 4_000
    cells = list(PAYMENTS.cells([old, new]))
    assert "Salah ketik" in cells[0]
    assert "KW-1" in cells[1][-1]
    with pytest.raises(Conflict):
        acts.correct_payment(payment=old, reason="x", paid_on=clock.today(), payee="K", amount=1, actor=SYSTEM)


def test_a_refused_correction_leaves_the_old_payment_standing() -> None:
    line = approved_line(make_agency())
    this_year(line)
    old = pay(line, 5_000)
    good: dict[str, Any] = {"paid_on": clock.today(), "payee": "K", "amount": 1}
    for reason, facts in (
        (" ", good),
        ("x", {**good, "paid_on": clock.today() + timedelta(days=2)}),
        ("x", {**good, "amount": 10**9}),
    ):
        with pytest.raises(Conflict):
            acts.correct_payment(payment=old, reason=reason, actor=SYSTEM, **facts)
    with pytest.raises(NotAllowed):
        acts.correct_payment(payment=old, reason="x", actor=make_actor(Role.TREASURER, make_agency("Lain")), **good)
    old.refresh_from_db()
    assert (old.voided_at, Payment.objects.count()) == (None, 1)


def test_the_treasurer_corrects_on_the_screen() -> None:
    agency = make_agency()
    line = approved_line(agency)
    this_year(line)
    old = pay(line, 5_000, receipt="KW-1")
    client = client_of(make_user(Role.TREASURER, agency))
    at = f"/anggaran/{line.budget.code}/rincian/{line.pk}/"
    page = f"{at}bayar/{old.pk}/perbaiki/"
    assert page in client.get(at).content.decode()
    assert "KW-1" in client.get(page).content.decode()
    form = {
        "paid_on": clock.today().isoformat(),
        "payee": "Katering",
        "amount": "4.000",
        "receipt_kind": "spm",
        "receipt": "SPM-7",
    }
    assert client.post(page, form).status_code == 422
    late = (clock.today() + timedelta(days=3)).isoformat()
    answer = client.post(page, {**form, "reason": "Salah", "paid_on": late})
    assert answer.status_code == 422
    assert "SPM-7" in answer.content.decode()
    assert client.post(page, {**form, "reason": "Salah"}).status_code == 302
    assert "SPM-7" in client.get(at).content.decode()
    assert client.get(page).status_code == 404


def test_the_same_payment_is_not_recorded_twice() -> None:
    line = approved_line(make_agency())
    this_year(line)
    first = pay(line, receipt="K-1")
    with pytest.raises(Conflict, match="Katering"):
        pay(line, receipt=" K-1 ")
    pay(line, receipt="K-2")
    acts.void_payment(payment=first, reason="Salah baris", actor=SYSTEM)
    pay(line, receipt="K-1")
    assert line.payments.filter(voided_at=None).count() == 2


def test_what_the_row_refuses_stands_beside_its_field_with_all_that_was_typed() -> None:
    agency = make_agency()
    line = approved_line(agency)
    client = client_of(make_user(Role.TREASURER, agency))
    facts = {
        "payee": "Toko",
        "amount": "0",
        "paid_on": clock.today().isoformat(),
        "receipt_kind": "receipt",
        "other_year": "on",
    }
    page = client.post(reverse("budgets:payment_add", args=[line.budget.code, line.pk]), facts)
    form = page.context["payment_form"]
    assert (page.status_code, list(form.errors), form["payee"].value()) == (422, ["amount"], "Toko")
