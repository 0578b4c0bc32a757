"""A roster that was read in is taken back, as far as nothing newer stands on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.jobs import run_pending
from enggang.core.models import Subject
from enggang.people.domain.accounts import ensure_user
from enggang.people.domain.employments import set_employment
from enggang.people.domain.persons import change_person
from enggang.people.domain.retention import old_roster_rows
from enggang.people.domain.rosters import upload_roster
from enggang.people.domain.undoing import say_why, undo_roster, want_undo
from enggang.people.models import Employment, Person, RosterImport
from enggang.people.queries.persons import unsound_persons
from enggang.places.models import Organisation
from enggang.search.models import SearchEntry
from tests.people.factories import (
    NIP,
    OTHER_NIP,
    PPPK_NIP,
    make_actor,
    make_organisation,
    make_person,
    make_user,
    row,
    xlsx,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_organisation()


def imported(agency: Organisation, *rows: list[Any]) -> RosterImport:
    roster = upload_roster(organisation=agency, content=xlsx(*rows), name="daftar.xlsx", actor=SYSTEM)
    run_pending()
    roster.refresh_from_db()
    assert roster.is_read, roster.state
    return roster


def facts(person: Person) -> tuple[Any, ...]:
    person = Person.objects.get(pk=person.pk)
    work = [(w.organisation_id, w.post, w.rank, w.starts_on, w.ends_on) for w in person.employments.all()]
    return person.name, person.name_key, person.nip, person.phone, person.email, work


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Employment, Subject, SearchEntry))


def test_whom_the_import_added_is_removed_with_everything_it_wrote(agency: Organisation) -> None:
    before = counts()
    roster = imported(agency, row(), row("Budi Santoso", OTHER_NIP))
    assert Person.objects.count() == 2
    roster = undo_roster(roster=roster, actor=SYSTEM)
    assert (roster.state, roster.undone_rows, roster.trace) == ("undone", [], {})
    assert counts()[:2] == before[:2]
    assert not Subject.objects.filter(kind="person").exists()
    assert not SearchEntry.objects.filter(subject__kind="person").exists()
    assert AuditEntry.objects.filter(code="people.undo_roster").count() == 1


def test_what_it_changed_is_as_it_was(agency: Organisation) -> None:
    person = make_person(agency, "Siti Aminah", nip=NIP, phone="081211112222", post="Staf")
    Employment.objects.filter(person=person).update(starts_on=date(2020, 1, 1))
    before = facts(person)
    roster = imported(agency, row("Siti Aminah, S.Sos", NIP, Jabatan="Kepala Seksi", **{"No HP": "081233334444"}))
    assert facts(person) != before
    undo_roster(roster=roster, actor=SYSTEM)
    assert facts(person) == before
    assert unsound_persons() == []


def test_what_began_today_and_was_corrected_in_place_is_as_it_was(agency: Organisation) -> None:
    person = make_person(agency, "Siti Aminah", nip=NIP, post="Staf")
    before = facts(person)
    roster = imported(agency, row("Siti Aminah", NIP, Jabatan="Kepala Seksi"))
    assert Person.objects.get().employments.get().post == "Kepala Seksi"
    undo_roster(roster=roster, actor=SYSTEM)
    assert facts(person) == before


def test_whoever_something_newer_stands_on_is_left_and_named_with_the_reason(agency: Organisation) -> None:
    known = make_person(agency, "Dewi Lestari", nip=PPPK_NIP, post="Staf")
    Employment.objects.filter(person=known).update(starts_on=date(2020, 1, 1))
    roster = imported(
        agency, row(), row("Budi Santoso", OTHER_NIP), row("Cahyo Utomo", "199505052019031005"),
        row("Dewi Lestari", PPPK_NIP, Jabatan="Analis"),
    )  # fmt: skip
    changed, with_account = Person.objects.get(nip=NIP), Person.objects.get(nip=OTHER_NIP)
    change_person(person=changed, version=1, name=changed.name, nip=NIP, phone="081255556666", actor=SYSTEM)
    ensure_user(person=with_account, actor=SYSTEM)
    known = Person.objects.get(pk=known.pk)
    set_employment(
        person=known, version=known.version, organisation=agency, post="Kepala", starts_on=clock.today() + timedelta(5),
        actor=SYSTEM,
    )  # fmt: skip
    roster = undo_roster(roster=roster, actor=SYSTEM)
    why = {each["name"]: each["why"] for each in roster.undone_rows}
    assert why == {changed.name: "changed", "Budi Santoso": "changed", "Dewi Lestari": "work"}
    assert not Person.objects.filter(name="Cahyo Utomo").exists()
    assert Person.objects.get(nip=NIP).employments.exists()


def test_an_nip_that_is_anothers_by_now_is_told(agency: Organisation) -> None:
    person = make_person(agency, "Siti Aminah", phone="081211112222")
    Employment.objects.filter(person=person).update(starts_on=date(2020, 1, 1))
    roster = imported(agency, row("Siti Aminah", NIP, **{"No HP": "081211112222"}))
    if Person.objects.count() == 1:  # the list gave them the NIP they lacked
        undo_roster(roster=roster, actor=SYSTEM)
        assert Person.objects.get().nip == ""


def test_it_is_taken_back_once_and_only_by_who_keeps_the_list(agency: Organisation) -> None:
    roster = imported(agency, row())
    stranger = make_actor(Role.COORDINATOR, make_organisation("Dinas Lain"))
    for act in (want_undo, undo_roster):
        with pytest.raises(NotAllowed):
            act(roster=roster, actor=stranger)
    assert Person.objects.count() == 1
    undo_roster(roster=roster, actor=SYSTEM)
    for again in (want_undo, undo_roster):
        with pytest.raises(Conflict):
            again(roster=RosterImport.objects.get(), actor=SYSTEM)


def test_what_changed_nothing_or_is_too_old_cannot_be_taken_back(agency: Organisation) -> None:
    imported(agency, row())
    second = imported(agency, row())
    assert not second.can_be_undone
    with clock.frozen_at(clock.now() + timedelta(days=91)):
        old_roster_rows()
    assert not any(roster.can_be_undone for roster in RosterImport.objects.all())


def test_the_page_offers_it_and_then_names_whom_it_left(agency: Organisation, client: Client) -> None:
    roster = imported(agency, row(), row("Budi Santoso", OTHER_NIP))
    ensure_user(person=Person.objects.get(nip=OTHER_NIP), actor=SYSTEM)
    client.force_login(
        make_user(Role.COORDINATOR, agency), backend="enggang.accounts.backends.HandleBackend"
    )  # fmt: skip
    page = f"/pegawai/daftar/{roster.code}/"
    assert f"{page}tarik/" in client.get(page).content.decode()
    assert client.post(f"{page}tarik/").status_code == 302
    run_pending()
    text = client.get(page).content.decode()
    assert "Budi Santoso" in text
    assert f"{page}tarik/" not in text
    assert Person.objects.count() == 1


def test_what_stands_on_a_record_is_named_in_the_readers_language() -> None:
    with override("id"):
        assert say_why("training").endswith(": Pelatihan")
