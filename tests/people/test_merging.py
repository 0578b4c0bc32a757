"""Two records of one person become one and can be parted again, with everything that points to them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.domain.persons import change_person, complete_nip
from enggang.people.models import Employment, Merge, Person
from enggang.people.queries.persons import needs_nip, unsound_persons
from enggang.places.models import Organisation
from enggang.search.models import SearchEntry
from tests.people.factories import NIP, OTHER_NIP, make_actor, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
PHONE = "081234567890"


@pytest.fixture
def agency() -> Organisation:
    return make_organisation()


def _state() -> tuple[list[object], list[object]]:
    facts = ("pk", "name", "nip", "phone", "email", "user_id", "nip_pending", "merged_into_id")
    work = ("pk", "person_id", "superior_id", "starts_on", "ends_on")
    return list(Person.objects.order_by("pk").values_list(*facts)), list(
        Employment.objects.order_by("pk").values_list(*work)
    )


def test_the_kept_person_takes_over_what_was_missing_and_the_history(agency: Organisation) -> None:
    kept = make_person(agency, "Siti Aminah, S.Sos", phone=PHONE, starts_on=date(2024, 1, 1))
    gone = make_person(agency, "Siti Aminah", nip=NIP, starts_on=date(2020, 1, 1))
    gone.user = make_user()
    gone.save()
    staff = make_person(agency, "Dewi", nip=OTHER_NIP)
    staff.employments.update(superior=gone)
    merge_persons(kept=kept, gone=gone, actor=make_actor(Role.COORDINATOR, agency))
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.nip, kept.phone, kept.user is not None) == (NIP, f"+62{PHONE[1:]}", True)
    assert (gone.nip, gone.user_id, gone.merged_into_id) == ("", None, kept.pk)
    assert (kept.employments.count(), kept.employments.present().count(), gone.employments.count()) == (2, 1, 0)
    assert staff.employments.get().superior == kept
    assert not SearchEntry.objects.filter(subject=gone.subject).exists()
    assert list(Person.objects.visible_to(SYSTEM).order_by("pk")) == [kept, staff]
    assert unsound_persons() == []


def test_undo_gives_back_exactly_what_there_was(agency: Organisation) -> None:
    other = make_organisation("Dinas Kesehatan", agency)
    kept = make_person(agency, "Siti Aminah", phone=PHONE, starts_on=date(2024, 1, 1))
    gone = make_person(other, "Siti Aminah", nip=NIP, starts_on=date(2020, 1, 1))
    gone.user = make_user()
    gone.save()
    before = _state()
    actor = make_actor(Role.COORDINATOR, agency)
    merge = merge_persons(kept=kept, gone=gone, actor=actor)
    assert _state() != before
    undo_merge(merge=merge, actor=actor)
    assert _state() == before
    assert SearchEntry.objects.filter(subject=gone.subject).exists()
    with pytest.raises(Conflict):
        undo_merge(merge=merge, actor=actor)
    assert _state() == before


def test_what_was_changed_since_stays_with_the_kept_person(agency: Organisation) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A", nip=NIP)
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    kept.refresh_from_db()
    change_person(person=kept, version=kept.version, name=kept.name, nip=OTHER_NIP, actor=SYSTEM)
    undo_merge(merge=merge, actor=SYSTEM)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.nip, gone.nip) == (OTHER_NIP, NIP)


def test_an_nip_given_to_a_third_person_meanwhile_stops_the_undo(agency: Organisation) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A", nip=NIP)
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    kept.refresh_from_db()
    change_person(person=kept, version=kept.version, name=kept.name, nip="", actor=SYSTEM)
    make_person(agency, "Rina Sari", nip=NIP)
    before = _state()
    with pytest.raises(Conflict):
        undo_merge(merge=merge, actor=SYSTEM)
    assert _state() == before
    assert Merge.objects.get().undone_at is None


def test_nobody_is_merged_twice_with_themselves_or_by_strangers(agency: Organisation) -> None:
    other = make_organisation("Dinas Kesehatan")
    kept, gone = make_person(agency, "Siti Aminah"), make_person(other, "Siti A", nip=NIP)
    before = _state()
    for actor in (make_actor(Role.COORDINATOR, agency), make_actor(Role.COORDINATOR, other), make_actor()):
        with pytest.raises(NotAllowed):
            merge_persons(kept=kept, gone=gone, actor=actor)
    with pytest.raises(Conflict):
        merge_persons(kept=kept, gone=kept, actor=SYSTEM)
    assert _state() == before
    merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    with pytest.raises(Conflict):
        merge_persons(kept=make_person(agency, "Rina"), gone=gone, actor=SYSTEM)


def test_the_trail_keeps_both_codes_and_no_personal_value(agency: Organisation) -> None:
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti A", nip=NIP)
    merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    entry = AuditEntry.objects.get(code="people.merge_persons")
    assert (entry.subject_code, entry.details["gone"]) == (kept.code, gone.code)
    assert NIP not in str(entry.details)


def _following(person: Person) -> dict[str, set[int]]:
    """What points to a person or their subject, by kind."""
    subject = person.subject
    return {
        "registrations": set(person.registrations.values_list("pk", flat=True)),
        "claims": set(subject.seat_claims.values_list("pk", flat=True)),
        "passes": set(subject.passes.values_list("pk", flat=True)),
        "marks": set(subject.attendance_marks.values_list("pk", flat=True)),
        "awards": set(person.awards.values_list("pk", flat=True)),
    }


def test_registration_claim_pass_mark_and_award_follow_and_go_back(agency: Organisation) -> None:
    from tests.architecture.matrix import build_world

    side = build_world().own
    gone = side.person
    kept = make_person(side.organisation, "Nama Lain", phone=PHONE)
    before = _following(gone)
    assert before["registrations"]
    assert before["claims"]
    assert before["awards"]
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    assert _following(kept) == before
    undo_merge(merge=merge, actor=SYSTEM)
    assert _following(gone) == before
    assert not any(_following(kept).values())


def test_the_coordinator_brings_two_together_on_screen_and_parts_them_again(agency: Organisation) -> None:
    client = Client()
    client.force_login(make_user(Role.COORDINATOR, agency))
    kept, gone = make_person(agency, "Siti Aminah"), make_person(agency, "Siti Hasanah", nip=NIP)
    address = reverse("people:merge", args=[kept.code])
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "hasanah"}).status_code == 200
    assert Person.objects.get(pk=gone.pk).merged_into is None
    seen = client.post(address, {"text": "hasanah", "sure": "on"})  # ticked before the other record was shown
    assert "Siti Hasanah" in seen.content.decode()
    assert Person.objects.get(pk=gone.pk).merged_into is None
    assert client.post(address, {"text": "hasanah", "sure": "on", "chosen": gone.code}).status_code == 302
    assert client.get(reverse("people:detail", args=[gone.code]))["Location"].endswith(f"/{kept.code}/")
    page = client.get(reverse("people:detail", args=[kept.code])).text
    assert "Siti Hasanah" in page
    stranger = Client()
    stranger.force_login(make_user(Role.COORDINATOR, make_organisation("Dinas Kesehatan")))
    part = reverse("people:part", args=[Merge.objects.get().code])
    assert stranger.post(part).status_code == 404
    assert client.post(part).status_code == 302
    assert Person.objects.get(pk=gone.pk).nip == NIP


def _pending(agency: Organisation) -> Person:
    person = make_person(agency, "Siti Aminah", phone=PHONE)
    Person.objects.filter(pk=person.pk).update(nip_pending=True)
    person.refresh_from_db()
    return person


def test_a_person_completes_the_own_nip_from_the_own_account(agency: Organisation) -> None:
    person = _pending(agency)
    person.user = make_user()
    person.save()
    client = Client()
    client.force_login(person.user)
    address = reverse("people:complete_nip", args=[person.code])
    assert address in client.get(reverse("people:detail", args=[person.code])).text
    assert client.post(address, {"nip": "123"}).status_code == 200
    assert client.post(address, {"nip": "19860926 201505 1 001"}).status_code == 302
    person.refresh_from_db()
    assert (person.nip, needs_nip(person), person.user.handles.get().value) == (NIP, False, NIP)


@pytest.mark.parametrize("nip", ["", "123", "1986092620150510", "200509262015051001"])
def test_what_is_no_nip_or_looks_odd_is_not_taken_from_the_person(agency: Organisation, nip: str) -> None:
    person = _pending(agency)
    with pytest.raises(Refused):
        complete_nip(person=person, nip=nip, actor=make_actor(), by_own_page=True)
    person.refresh_from_db()
    assert needs_nip(person)


def test_the_coordinator_may_say_that_an_odd_nip_is_right(agency: Organisation) -> None:
    person = _pending(agency)
    complete_nip(person=person, nip="200509262015051001", actor=make_actor(Role.COORDINATOR, agency))
    person.refresh_from_db()
    assert not needs_nip(person)


def test_nobody_completes_for_another_nor_twice_nor_with_somebody_s_nip(agency: Organisation) -> None:
    person = _pending(agency)
    with pytest.raises(NotAllowed):
        complete_nip(person=person, nip=NIP, actor=make_actor())
    make_person(agency, "Rina Sari", nip=OTHER_NIP)
    with pytest.raises(Conflict):
        complete_nip(person=person, nip=OTHER_NIP, actor=SYSTEM)
    complete_nip(person=person, nip=NIP, actor=SYSTEM)
    with pytest.raises(Conflict):
        complete_nip(person=person, nip=NIP, actor=SYSTEM)


def test_who_never_had_an_nip_needs_none(agency: Organisation) -> None:
    assert not needs_nip(make_person(agency, "Pak Ujang", kind="honorary"))
