from __future__ import annotations

import pytest
from django.db import IntegrityError

from enggang.audit.models import AuditEntry
from enggang.core import acts, clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed, act, record, require
from enggang.core.integrity import told, violated
from enggang.core.models import Key, Subject

pytestmark = pytest.mark.django_db


@act("test.make_subject")
def make_subject(*, kind: str, actor: Actor) -> Subject:
    record(kind=kind)
    return Subject.objects.make(kind=kind)


@act("test.fail_after_writing")
def fail_after_writing(*, actor: Actor) -> Subject:
    Subject.objects.make(kind="lost")
    raise Conflict("no")


@act("test.ask")
def ask(*, allowed: bool, actor: Actor) -> None:
    require(allowed)


def test_an_act_writes_its_audit_row() -> None:
    make_subject(kind="thing", actor=SYSTEM)
    entry = AuditEntry.objects.get(code="test.make_subject")
    assert (entry.actor_key, entry.details) == ("system", {"kind": "thing"})


def test_an_act_that_fails_leaves_neither_row_nor_audit() -> None:
    with pytest.raises(Conflict):
        fail_after_writing(actor=SYSTEM)
    assert not Subject.objects.filter(kind="lost").exists()
    assert not AuditEntry.objects.filter(code="test.fail_after_writing").exists()


def test_an_act_without_an_actor_does_not_run() -> None:
    with pytest.raises(TypeError):
        make_subject(kind="thing", actor=None)  # type: ignore[arg-type]
    assert not Subject.objects.filter(kind="thing").exists()


def test_a_rule_that_says_no_refuses_with_a_sentence() -> None:
    with pytest.raises(NotAllowed) as refused:
        ask(allowed=False, actor=SYSTEM)
    assert refused.value.message


def test_two_acts_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="two acts"):
        act("test.ask")(lambda **_kwargs: None)


def test_every_act_of_the_product_has_a_label_for_the_audit_trail() -> None:
    from enggang.core.registries import audit_codes

    unlabelled = {code for code in acts.known_acts if not code.startswith("test.") and code not in audit_codes}
    assert unlabelled == set()


def test_a_violated_constraint_is_told_by_name_on_both_databases() -> None:
    values = {"purpose": "pass", "sealed_private": b"", "public": b"", "created_at": clock.now()}
    Key.objects.create(kid="A", **values)
    with pytest.raises(Conflict), told(Key):
        Key.objects.create(kid="B", **values)
    assert Key.objects.count() == 1


def test_an_error_of_another_table_is_not_explained_away() -> None:
    assert violated(Subject, IntegrityError("UNIQUE constraint failed: core_key.purpose")) is None
