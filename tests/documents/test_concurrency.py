"""Real connections that want numbers, or freeze one paper, in the same moment. On both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from enggang.core.actor import SYSTEM
from enggang.documents.domain.documents import freeze_document, render_document
from enggang.documents.domain.registers import register_for, reserve_numbers
from enggang.documents.models import Document, Number, Register
from enggang.documents.queries.soundness import changed_papers, mismatched_numbers, registers_with_gaps
from enggang.documents.rendering.certificate import render_certificate
from enggang.files.models import StoredFile
from tests.documents.factories import DAY, draft, organiser, paper, register
from tests.places.factories import organisation


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run every call in a thread with its own connection, all released by one barrier; answers or exceptions."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return call()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def seqs() -> list[int]:
    return list(Number.objects.order_by("seq").values_list("seq", flat=True))


@pytest.mark.django_db(transaction=True)
def test_batches_taken_at_once_leave_no_gap_and_share_no_number() -> None:
    row = register()
    sizes = [1, 7, 3, 12, 2, 5, 1, 9]

    batches = at_once(
        *[lambda n=n: reserve_numbers(register=row, count=n, on=DAY, actor=SYSTEM) for n in sizes],
    )

    assert [len(batch) for batch in batches] == sizes
    for batch in batches:
        first = batch[0].seq
        assert [one.seq for one in batch] == list(range(first, first + len(batch)))
    assert seqs() == list(range(1, sum(sizes) + 1))
    assert registers_with_gaps() == []


@pytest.mark.django_db(transaction=True)
def test_some_who_roll_back_leave_no_gap_for_the_others() -> None:
    row = register()

    def give_up() -> None:
        with transaction.atomic():
            reserve_numbers(register=row, count=4, on=DAY, actor=SYSTEM)
            raise RuntimeError("crashed before the commit")

    def take() -> list[Number]:
        return reserve_numbers(register=row, count=2, on=DAY, actor=SYSTEM)

    answers = at_once(take, give_up, take, give_up, take, give_up, take)

    assert sum(isinstance(answer, RuntimeError) for answer in answers) == 3
    assert seqs() == list(range(1, 9))
    assert registers_with_gaps() == []


@pytest.mark.django_db(transaction=True)
def test_the_usual_register_asked_for_by_several_is_one() -> None:
    owner = organisation()
    actor = organiser(owner)
    answers = at_once(*[lambda: register_for(organisation=owner, code="certificate", actor=actor) for _ in range(4)])
    assert {answer.pk for answer in answers} == {Register.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_freeze_one_paper_store_one_file() -> None:
    document = draft()
    pdf = render_document(document)
    copies = [Document.objects.get(pk=document.pk) for _ in range(4)]

    answers = at_once(*[lambda each=each: freeze_document(document=each, pdf=pdf, actor=SYSTEM) for each in copies])

    assert [answer.state for answer in answers] == ["frozen"] * 4
    assert StoredFile.objects.count() == 1
    assert [*mismatched_numbers(), *changed_papers()] == []


def test_threads_that_draw_at_once_get_the_bytes_one_would_get() -> None:
    names = [f"Peserta {number}" for number in range(8)]
    alone = [render_certificate(paper(holder={"name": name})) for name in names]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: render_certificate(paper(holder={"name": name})), names))
    assert together == alone
