from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import cancel_occasion, mark_list, mark_present, revoke_pass
from enggang.attendance.domain.proofs import (
    accept_letter,
    accept_proof,
    add_proof,
    hand_in_proof,
    refuse_proof,
    reopen_proof,
)
from enggang.attendance.enums import Method, Status
from enggang.attendance.models import Mark, Occasion, Pass, Proof
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.files.models import StoredFile
from tests.attendance.factories import make_actor, make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 surat"


def hand_in(occasion: Occasion, held: Pass, **more: Any) -> Proof:
    facts: dict[str, Any] = {"status": "sick", "content": PDF, "name": "surat.pdf", "actor": SYSTEM, **more}
    return hand_in_proof(occasions=[occasion], holder=held.holder, **facts)[0]


def test_a_letter_waits_and_marks_nobody_until_it_is_accepted() -> None:
    occasion = make_occasion()
    proof = hand_in(occasion, make_pass(occasion), note="Demam")
    assert (proof.is_pending, Mark.objects.count()) == (True, 0)
    mark = accept_proof(proof=proof, actor=make_actor(Role.INSTRUCTOR, occasion.organisation))
    assert (mark.status, mark.note) == ("sick", "Demam")
    with pytest.raises(Conflict):
        accept_proof(proof=proof, actor=SYSTEM)


def test_a_letter_for_several_sessions_is_accepted_for_all_of_them_at_once_but_where_somebody_came() -> None:
    first = make_occasion()
    others = [make_occasion(first.organisation, first.group, title=f"Sesi {number}") for number in (2, 3)]
    held = make_pass(first)
    rows = hand_in_proof(
        occasions=[first, *others], holder=held.holder, status="sick", content=PDF, name="surat.pdf", actor=SYSTEM
    )
    mark_present(occasion=others[1], holder=held.holder, method=Method.QR, actor=SYSTEM)
    client = signed_in(Role.INSTRUCTOR, first.organisation)
    page = f"/hadir/{first.code}/bukti/"
    assert b'value="semua"' in client.get(page).content
    client.post(f"{page}{rows[0].pk}/putuskan/", {"keputusan": "semua"})
    assert list(Proof.objects.order_by("pk").values_list("state", flat=True)) == ["accepted", "accepted", "pending"]
    assert list(Mark.objects.order_by("pk").values_list("status", flat=True)) == ["present", "sick", "sick"]
    assert AuditEntry.objects.filter(code="attendance.accept_proof").count() == 2
    assert b'value="semua"' not in client.get(page).content
    with pytest.raises(Conflict, match="present"):
        accept_letter(proof=rows[2], actor=SYSTEM)


def test_a_refused_letter_needs_a_reason_and_leaves_the_list() -> None:
    occasion = make_occasion()
    proof = hand_in(occasion, make_pass(occasion))
    with pytest.raises(Conflict, match="why"):
        refuse_proof(proof=proof, reason=" ", actor=SYSTEM)
    refuse_proof(proof=proof, reason="Tidak terbaca", actor=SYSTEM)
    assert (proof.state, proof.decision_reason, Mark.objects.count()) == ("refused", "Tidak terbaca", 0)
    with pytest.raises(Conflict):
        accept_proof(proof=proof, actor=SYSTEM)


def test_a_letter_does_not_undo_a_signature() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    proof = hand_in(occasion, held)
    mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=SYSTEM)
    with pytest.raises(Conflict, match="present"):
        accept_proof(proof=proof, actor=SYSTEM)
    proof.refresh_from_db()
    assert proof.is_pending
    assert Mark.objects.get().status == "present"


def test_a_newer_letter_takes_the_place_of_one_not_checked() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    old, new = hand_in(occasion, held), hand_in(occasion, held, content=b"\xff\xd8\xff\xe0")
    old.refresh_from_db()
    assert (old.state, new.state) == ("replaced", "pending")
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"status": "present"}, {"status": "x"}, {"content": b"MZ"}, {"content": b""}, {"content": PDF + bytes(6 * 2**20)}]
)  # fmt: skip
def test_what_is_no_letter_is_refused_and_nothing_kept(wrong: dict[str, Any]) -> None:
    occasion = make_occasion()
    with pytest.raises(Conflict):
        hand_in(occasion, make_pass(occasion), **wrong)
    assert not StoredFile.objects.exists()


def test_strangers_revoked_passes_cancelled_and_no_occasions_are_refused() -> None:
    occasion = make_occasion()
    held, stranger = make_pass(occasion), make_pass(make_occasion())
    with pytest.raises(Conflict):
        hand_in(occasion, stranger)
    with pytest.raises(Conflict):
        hand_in_proof(occasions=[], holder=held.holder, status="sick", content=PDF, name="a", actor=SYSTEM)
    revoke_pass(holder=held.holder, group=occasion.group, actor=SYSTEM)
    with pytest.raises(Conflict):
        hand_in(occasion, held)
    cancel_occasion(occasion=occasion, actor=SYSTEM)
    with pytest.raises(Conflict):
        hand_in(occasion, make_pass(occasion))


def test_only_who_marks_decides() -> None:
    occasion = make_occasion()
    proof = hand_in(occasion, make_pass(occasion))
    for actor in (
        make_actor(Role.LEADER, occasion.organisation),
        make_actor(Role.ORGANISER, make_organisation("Lain")),
    ):
        with pytest.raises(NotAllowed):
            accept_proof(proof=proof, actor=actor)
        with pytest.raises(NotAllowed):
            refuse_proof(proof=proof, reason="x", actor=actor)
        with pytest.raises(NotAllowed):
            add_proof(
                occasion=occasion, holder=proof.holder, status="sick", content=PDF, name="a.pdf", actor=actor
            )  # fmt: skip


def test_staff_keep_a_letter_from_the_list_and_it_counts_at_once() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    path = reverse("attendance:proofs", args=[occasion.code])
    posted = {
        "holder": held.holder.code,
        "status": "excused",
        "note": "Rapat",
        "file": SimpleUploadedFile("s.pdf", PDF),
    }
    page = client.post(path, posted, follow=True).content.decode()
    assert "The letter is kept" in page
    assert (Mark.objects.get().status, Proof.objects.get().state) == ("excused", "accepted")
    got = client.get(reverse("attendance:proof_file", args=[occasion.code, Proof.objects.get().pk]))
    assert (got.content, got["Content-Disposition"][:10]) == (PDF, "attachment")
    assert AuditEntry.objects.filter(subject_code=held.holder.code, code__contains="read").exists()


@pytest.mark.parametrize("wrong", [{"holder": ""}, {"holder": "XXXX"}, {"status": "present"}, {"file": ""}])
def test_a_wrong_form_is_told_and_keeps_what_was_typed(wrong: dict[str, str]) -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    posted = {"holder": held.holder.code, "status": "sick", "note": "Demam", "file": SimpleUploadedFile("s.pdf", PDF)}
    client = signed_in(Role.ORGANISER, occasion.organisation)
    answer = client.post(reverse("attendance:proofs", args=[occasion.code]), {**posted, **wrong})
    assert answer.status_code == 422
    assert 'value="Demam"' in answer.content.decode()
    assert not Proof.objects.exists()


def test_a_waiting_letter_is_on_the_list_and_is_decided_there() -> None:
    occasion = make_occasion()
    proof = hand_in(occasion, make_pass(occasion, "Siti Rahmawati"))
    client = signed_in(Role.ORGANISER, occasion.organisation)
    assert "1 letter for leave" in client.get(reverse("attendance:occasion", args=[occasion.code])).content.decode()
    assert "Siti Rahmawati" in client.get(reverse("attendance:proofs", args=[occasion.code])).content.decode()
    path = reverse("attendance:proof_decide", args=[occasion.code, proof.pk])
    client.post(path, {"keputusan": "tolak", "reason": ""})
    assert Proof.objects.get().is_pending
    client.post(path, {"keputusan": "terima"})
    assert Mark.objects.get().status == "sick"
    other = make_occasion()
    elsewhere = signed_in(Role.INSTRUCTOR, other.organisation)
    assert elsewhere.post(reverse("attendance:proof_decide", args=[other.code, proof.pk])).status_code == 404
    leader = signed_in(Role.LEADER, occasion.organisation)
    assert leader.get(reverse("attendance:proofs", args=[occasion.code])).status_code == 404


def test_the_page_asks_the_same_for_one_letter_and_for_three() -> None:
    counts = []
    occasion = make_occasion()
    client = signed_in(Role.ORGANISER, occasion.organisation)
    hand_in(occasion, make_pass(occasion))
    path = reverse("attendance:proofs", args=[occasion.code])
    client.get(path)
    for more in (0, 2):
        for _number in range(more):
            hand_in(occasion, make_pass(occasion))
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_decision_on_a_letter_is_taken_back_and_the_list_is_as_before() -> None:
    occasion = make_occasion()
    held, absent = make_pass(occasion), make_pass(occasion)
    mark_list(occasion=occasion, statuses={absent.holder.code: Status.ABSENT}, actor=SYSTEM)
    for row in (held, absent):
        accept_proof(proof=hand_in(occasion, row), actor=SYSTEM)
    for row in (held, absent):
        proof = reopen_proof(proof=Proof.objects.get(holder=row.holder), actor=SYSTEM)
        assert (proof.is_pending, proof.decided_at, proof.decided_by_key) == (True, None, "")
        with pytest.raises(Conflict):
            reopen_proof(proof=proof, actor=SYSTEM)
    assert list(Mark.objects.values_list("holder", "status")) == [(absent.holder_id, "absent")]
    assert accept_proof(proof=Proof.objects.get(holder=held.holder), actor=SYSTEM).status == "sick"


def test_what_was_marked_after_the_letter_outlives_its_undoing() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    proof = hand_in(occasion, held)
    accept_proof(proof=proof, actor=SYSTEM)
    mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=SYSTEM)
    reopen_proof(proof=proof, actor=SYSTEM)
    assert Mark.objects.get().status == "present"


def test_a_refusal_is_taken_back_unless_a_newer_letter_waits() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    old = refuse_proof(proof=hand_in(occasion, held), reason="Kabur", actor=SYSTEM)
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    path = reverse("attendance:proof_decide", args=[occasion.code, old.pk])
    assert "waits to be checked again" in client.post(path, {"keputusan": "batal"}, follow=True).content.decode()
    refuse_proof(proof=old, reason="Kabur", actor=SYSTEM)
    hand_in(occasion, held, content=PDF + b"2")
    answer = client.post(path, {"keputusan": "batal"}, follow=True).content.decode()
    assert "Another letter for this session" in answer
    old.refresh_from_db()
    assert (old.state, old.decision_reason) == ("refused", "Kabur")
    with pytest.raises(NotAllowed):
        reopen_proof(proof=old, actor=make_actor(Role.LEADER, occasion.organisation))
