from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope, Role
from enggang.access.models import CapabilityLink
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor, ActorKind, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.people.models import Employment, Person
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.models import Setting
from enggang.training.domain import action_plans as acts
from enggang.training.domain.plan_reminders import plans_due, queue_plan_reminders
from enggang.training.domain.registrations import hand_out_page, page_end
from enggang.training.enums import PlanState
from enggang.training.models import ActionPlan, Registration
from enggang.training.queries.action_plans import plan_counts, without_plan
from enggang.training.views import action_plans as views
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


class Desk:
    """One participant, their superior, and both as actors."""

    def __init__(self, *, led: bool = True) -> None:
        self.agency = make_agency()
        self.wave = make_wave(self.agency, PoolSpec("Terbuka", 5))
        self.person, self.chief = make_person(self.agency, "Adi"), make_person(self.agency, "Ibu Kepala")
        self.user = ensure_user(person=self.person, actor=SYSTEM)
        self.boss = ensure_user(person=self.chief, actor=SYSTEM)
        if led:
            Employment.objects.filter(person=self.person).update(superior=self.chief)
        code = seat(self.wave, self.person).pk
        rows = Registration.objects.with_names().select_related("wave__organisation", "person__user")
        self.registration = rows.get(pk=code)
        self.own, self.superior = load_user(self.user.pk), load_user(self.boss.pk)

    def facts(self, **other: object) -> acts.PlanFacts:
        due = clock.today() + timedelta(days=60)
        usual = {
            "change": "Foto layanan dibuat sendiri", "unit": "Bidang Pemasaran", "target_kind": "service",
            "target": "Informasi wisata", "proof": "Halaman dengan foto baru", "due_on": due,
            "superior_name": "Kepala Bidang",
        }  # fmt: skip
        return acts.PlanFacts(**{**usual, **other})  # type: ignore[arg-type]

    def written(self) -> ActionPlan:
        return acts.write_plan(registration=self.registration, facts=self.facts(), actor=self.own)

    def submitted(self) -> ActionPlan:
        return acts.submit_plan(plan=self.written(), actor=self.own)[0]

    def agreed(self) -> ActionPlan:
        return acts.agree_plan(plan=self.submitted(), actor=self.superior)


def test_from_a_draft_to_what_a_superior_confirms() -> None:
    desk = Desk()
    plan = desk.agreed()
    acts.report_plan(plan=plan, text="Sepuluh foto", content=b"%PDF-1.7", name="a.pdf", done=True, actor=desk.own)
    acts.confirm_plan(plan=plan, actor=desk.superior)
    assert (plan.state, plan.superior, plan.superior_name) == (PlanState.DONE, desk.chief, "Ibu Kepala")
    assert plan.steps.get().file is not None
    titles = list(Notice.objects.filter(user_id=desk.boss.pk).values_list("title", flat=True))
    assert len(titles) == 2  # to agree, and to confirm
    assert Notice.objects.filter(user_id=desk.user.pk, subject=plan.subject).count() == 2


def test_returned_it_is_revised_and_submitted_again() -> None:
    desk = Desk()
    plan = desk.submitted()
    acts.return_plan(plan=plan, reason="Kurang terukur", actor=desk.superior)
    assert plan.reason == "Kurang terukur"
    facts = desk.facts(target="Kunjungan wisata", target_kind="indicator")
    acts.write_plan(registration=desk.registration, facts=facts, plan=plan, version=plan.version, actor=desk.own)
    plan, _address = acts.submit_plan(plan=plan, actor=desk.own)
    assert (plan.state, plan.target, plan.reason) == (PlanState.SUBMITTED, "Kunjungan wisata", "")


def test_what_was_confirmed_too_early_is_under_way_again() -> None:
    desk = Desk()
    plan = desk.agreed()
    acts.report_plan(plan=plan, text="Selesai", done=True, actor=desk.own)
    acts.confirm_plan(plan=plan, actor=desk.superior)
    acts.reopen_plan(plan=plan, reason="Bukti belum ada", actor=desk.superior)
    assert (plan.state, plan.done_at) == (PlanState.ACCEPTED, None)


def test_given_up_and_taken_up_again() -> None:
    desk = Desk()
    plan = desk.agreed()
    acts.drop_plan(plan=plan, reason="Pindah tugas", actor=desk.own)
    acts.revive_plan(plan=plan, actor=desk.own)
    assert plan.state == PlanState.DRAFT


def test_without_a_superior_on_record_an_address_or_the_agency_s_head_judges() -> None:
    desk = Desk(led=False)
    plan = desk.submitted()
    assert (plan.superior, plan.superior_name) == (None, "Kepala Bidang")
    with pytest.raises(NotAllowed):
        acts.agree_plan(plan=plan, actor=desk.superior)
    head = load_user(make_user(Role.LEADER, desk.agency).pk)
    acts.agree_plan(plan=plan, actor=head)
    assert plan.state == PlanState.ACCEPTED


class TestThePageOfWhoHasNoAccount:
    """It lives as long as there is something to do on it."""

    def until(self, desk: Desk) -> datetime:
        return CapabilityLink.objects.get(scope=LinkScope.REGISTRATION, revoked_at=None).expires_at

    def days(self, desk: Desk) -> int:
        zone = ZoneInfo(desk.wave.time_zone)
        return (self.until(desk).astimezone(zone).date() - desk.wave.ends_on).days

    def test_without_a_plan_it_lives_until_the_follow_up_has_ended(self) -> None:
        desk = Desk()
        hand_out_page(registration=desk.registration, actor=SYSTEM)
        assert self.days(desk) == 90 + 30
        Setting.objects.create(key="follow_up_days", value=200, valid_from=clock.today(), source="uji")
        hand_out_page(registration=desk.registration, actor=SYSTEM)
        assert self.days(desk) == 200 + 30

    def test_a_plan_due_after_120_days_keeps_the_page_given_before_open(self) -> None:
        desk = Desk()
        token = hand_out_page(registration=desk.registration, actor=SYSTEM)
        due = desk.wave.ends_on + timedelta(days=120)
        acts.write_plan(registration=desk.registration, facts=desk.facts(due_on=due), actor=desk.own)
        assert self.days(desk) == 120 + 30
        with clock.frozen_at(clock.now() + timedelta(days=145)):
            assert find_link(token, LinkScope.REGISTRATION) is not None
        with clock.frozen_at(clock.now() + timedelta(days=160)):
            assert find_link(token, LinkScope.REGISTRATION) is None

    def test_a_plan_due_soon_shortens_nothing_and_one_due_too_far_ahead_does_not_keep_it_for_ever(self) -> None:
        desk = Desk()
        hand_out_page(registration=desk.registration, actor=SYSTEM)
        plan = desk.written()
        assert self.days(desk) == 120
        facts = desk.facts(due_on=date(9999, 12, 31))
        acts.write_plan(registration=desk.registration, facts=facts, plan=plan, version=plan.version, actor=desk.own)
        assert self.days(desk) == 730 + 30

    def test_it_is_the_latest_of_the_three(self) -> None:
        last, zone = date(2026, 1, 31), ZoneInfo("Asia/Pontianak")
        end = datetime.combine(last, time.max, zone)
        early, late = end - timedelta(days=9), end + timedelta(days=100)
        assert page_end(last, zone, early, follow_up_days=10) == end + timedelta(days=60)
        assert page_end(last, zone, late, follow_up_days=120) == end + timedelta(days=160)
        assert page_end(last, zone, early, follow_up_days=120) == end + timedelta(days=120)
        for ahead, expected in ((20, 120), (91, 121), (120, 150)):
            due = last + timedelta(days=ahead)
            assert page_end(last, zone, early, follow_up_days=120, plan_due=due) == end + timedelta(days=expected)


class TestTheAddressOfTheSuperior:
    def test_opens_the_plan_and_ends_when_it_is_taken_back(self) -> None:
        desk = Desk(led=False)
        plan, address = acts.submit_plan(plan=desk.written(), actor=desk.own)
        path = address.split("/", 3)[3]
        assert "Informasi wisata" in Client().get(f"/{path}").content.decode()
        acts.take_back_plan(plan=plan, actor=desk.own)
        assert Client().get(f"/{path}").status_code == 404

    def test_agrees_without_an_account(self) -> None:
        desk = Desk(led=False)
        plan, address = acts.submit_plan(plan=desk.written(), actor=desk.own)
        assert Client().post(f"/{address.split('/', 3)[3]}setuju/", {"version": plan.version}).status_code == 302
        plan.refresh_from_db()
        assert (plan.state, plan.agreed_by_key[:5]) == (PlanState.ACCEPTED, "link:")

    def test_given_for_the_plan_still_confirms_what_is_reported_as_done(self) -> None:
        desk = Desk(led=False)
        plan, address = acts.submit_plan(plan=desk.written(), actor=desk.own)
        door = f"/{address.split('/', 3)[3]}"
        Client().post(f"{door}setuju/", {"version": plan.version})
        plan.refresh_from_db()
        acts.report_plan(plan=plan, text="Sudah", done=True, actor=desk.own)
        assert Client().post(f"{door}selesai/").status_code == 302
        plan.refresh_from_db()
        assert plan.state == PlanState.DONE

    def test_of_one_plan_judges_no_other(self) -> None:
        first, second = Desk(led=False), Desk(led=False)
        plan = second.submitted()
        scopes = frozenset({(str(LinkScope.ACTION_PLAN), first.submitted().code)})
        with pytest.raises(NotAllowed):
            acts.agree_plan(plan=plan, actor=Actor(ActorKind.LINK, "link:1", scopes=scopes))


class TestHostile:
    def test_nobody_writes_for_somebody_else(self) -> None:
        desk = Desk()
        with pytest.raises(NotAllowed):
            acts.write_plan(registration=desk.registration, facts=desk.facts(), actor=desk.superior)
        assert not ActionPlan.objects.exists()

    def test_nobody_agrees_their_own(self) -> None:
        desk = Desk()
        Employment.objects.filter(person=desk.person).update(superior=desk.person)
        plan = desk.submitted()
        with pytest.raises(NotAllowed):
            acts.agree_plan(plan=plan, actor=desk.own)

    def test_the_second_of_two_tabs_is_told(self) -> None:
        desk = Desk()
        plan = desk.written()
        stale = plan.version
        acts.write_plan(registration=desk.registration, facts=desk.facts(), plan=plan, version=stale, actor=desk.own)
        with pytest.raises(Conflict):
            acts.write_plan(
                registration=desk.registration, facts=desk.facts(), plan=plan, version=stale, actor=desk.own
            )

    def test_a_submitted_plan_is_not_rewritten(self) -> None:
        desk = Desk()
        plan = desk.submitted()
        with pytest.raises(Conflict):
            acts.write_plan(
                registration=desk.registration, facts=desk.facts(target="Lain"), plan=plan, version=plan.version,
                actor=desk.own,
            )  # fmt: skip
        plan.refresh_from_db()
        assert plan.target == "Informasi wisata"

    def test_a_second_plan_for_one_seat_is_refused(self) -> None:
        desk = Desk()
        desk.written()
        with pytest.raises(Conflict):
            desk.written()

    def test_without_a_seat_there_is_no_plan(self) -> None:
        desk = Desk()
        full = make_wave(desk.agency, PoolSpec("Terbuka", 1), name="Penuh", programme=desk.wave.programme)
        seat(full, desk.chief)
        waiting = Registration.objects.with_names().select_related("person__user").get(pk=seat(full, desk.person).pk)
        with pytest.raises(Conflict):
            acts.write_plan(registration=waiting, facts=desk.facts(), actor=desk.own)

    def test_a_day_before_the_wave_is_refused(self) -> None:
        desk = Desk()
        with pytest.raises(Conflict):
            acts.write_plan(
                registration=desk.registration, facts=desk.facts(due_on=desk.wave.starts_on), actor=desk.own
            )

    def test_a_proof_of_another_kind_is_refused_and_the_text_stays_on_the_page(self) -> None:
        desk = Desk()
        desk.agreed()
        from django.core.files.uploadedfile import SimpleUploadedFile

        typed = {"text": "Sudah berjalan", "file": SimpleUploadedFile("a.exe", b"MZ")}
        answer = client_of(desk.user).post(f"/pelatihan/pendaftaran/{desk.registration.code}/rencana/lapor/", typed)
        assert answer.status_code == 422
        assert "Sudah berjalan" in answer.content.decode()
        assert not desk.registration.action_plan.steps.exists()

    def test_a_draft_is_nobody_else_s_business(self) -> None:
        desk = Desk()
        plan = desk.written()
        leader = client_of(make_user(Role.LEADER, desk.agency))
        assert leader.get(f"/pelatihan/rencana/{plan.code}/").status_code == 404
        assert client_of(desk.boss).get(f"/pelatihan/rencana/{plan.code}/").status_code == 404

    def test_pressing_twice_agrees_once(self) -> None:
        desk = Desk()
        plan = desk.submitted()
        acts.agree_plan(plan=plan, actor=desk.superior)
        with pytest.raises(Conflict):
            acts.agree_plan(plan=plan, actor=desk.superior)


def test_the_form_keeps_what_was_typed_when_the_day_is_wrong() -> None:
    desk = Desk(led=False)
    typed = {
        "change": "Membuat video", "unit": "Bidang", "target_kind": "service", "target": "Layanan", "proof": "Video",
        "due_on": "1999-01-01", "superior_name": "Kabid", "version": "0",
    }  # fmt: skip
    answer = client_of(desk.user).post(f"/pelatihan/pendaftaran/{desk.registration.code}/rencana/", typed)
    assert answer.status_code == 422
    assert "Membuat video" in answer.content.decode()
    typed["due_on"] = (clock.today() + timedelta(days=30)).isoformat()
    assert (
        client_of(desk.user).post(f"/pelatihan/pendaftaran/{desk.registration.code}/rencana/", typed).status_code == 302
    )
    assert ActionPlan.objects.get().target == "Layanan"


def test_the_wave_counts_who_has_submitted_nothing() -> None:
    desk = Desk()
    seat(desk.wave, make_person(desk.agency, "Budi"))
    desk.written()
    assert plan_counts(desk.wave).without == 2
    acts.submit_plan(plan=ActionPlan.objects.with_names().get(), actor=desk.own)
    assert (plan_counts(desk.wave).without, [row.person.name for row in without_plan(desk.wave)]) == (1, ["Budi"])


def test_who_has_submitted_nothing_stands_on_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 1)
    desk = Desk()
    seat(desk.wave, make_person(desk.agency, "Budi"))
    client = client_of(make_user(Role.ORGANISER, desk.wave.organisation))
    address = f"/pelatihan/gelombang/{desk.wave.code}/rencana/"
    first, second = (client.get(f"{address}{query}") for query in ("", "?tanpa=2"))
    assert [[row.person.name for row in page.context["without"]] for page in (first, second)] == [
        [min(desk.registration.person.name, "Budi")], [max(desk.registration.person.name, "Budi")]
    ]  # fmt: skip
    assert '<details class="section" open' in second.content.decode()  # whoever turns a page sees it


def test_who_has_no_superior_on_record_is_not_promised_that_somebody_is_told() -> None:
    desk = Desk()
    desk.written()
    client, address = client_of(desk.user), f"/pelatihan/pendaftaran/{desk.registration.code}/rencana/"
    assert desk.chief is not None
    assert "who needs no account" not in client.get(address, headers={"accept-language": "en"}).content.decode()
    ActionPlan.objects.update(superior=None)
    assert "who needs no account" in client.get(address, headers={"accept-language": "en"}).content.decode()


def test_reminders_go_once_to_whoever_has_the_next_step() -> None:
    desk = Desk()
    plan = desk.agreed()
    ActionPlan.objects.update(due_on=clock.today() + timedelta(days=3))
    before = Notice.objects.filter(user_id=desk.user.pk).count()
    for _twice in range(2):
        queue_plan_reminders()
        jobs.run_pending()
    assert Notice.objects.filter(user_id=desk.user.pk).count() == before + 1
    plan.refresh_from_db()
    assert plan.reminded_on == clock.today()


def test_a_superior_who_lets_it_lie_is_reminded() -> None:
    desk = Desk()
    desk.submitted()
    assert not plans_due().exists()
    ActionPlan.objects.update(submitted_at=clock.now() - timedelta(days=8))
    queue_plan_reminders()
    jobs.run_pending()
    assert Notice.objects.filter(user_id=desk.boss.pk).count() == 2
    assert not plans_due().exists()


def left_lying(desk: Desk) -> ActionPlan:
    """Handed in eight days ago; the superior has no account and no e-mail."""
    desk.submitted()
    ActionPlan.objects.update(submitted_at=clock.now() - timedelta(days=8), superior=None)
    queue_plan_reminders()
    jobs.run_pending()
    return ActionPlan.objects.get()


def test_the_participant_hands_on_what_a_superior_without_account_cannot_be_told() -> None:
    desk = Desk()
    plan = left_lying(desk)
    notice = Notice.objects.filter(user_id=desk.user.pk).latest("pk")
    assert plan.superior_name in notice.title
    assert "/rencana-atasan/" in notice.text or "http" in notice.text
    assert plan.reminded_on == clock.today()


def test_a_plan_that_nobody_could_be_told_of_does_not_count_as_reminded() -> None:
    desk = Desk()
    Person.objects.filter(pk=desk.person.pk).update(user=None, email="")
    plan = left_lying(desk)
    assert (plan.reminded_on, Notice.objects.exclude(user_id=desk.boss.pk).count()) == (None, 0)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(people: int, django_assert_max_num_queries: object) -> None:
    desk = Desk()
    desk.submitted()
    for number in range(people - 1):
        other = make_person(desk.agency, f"Lain {number}")
        row = seat(desk.wave, other)
        own = load_user(ensure_user(person=other, actor=SYSTEM).pk)
        rows = Registration.objects.with_names().select_related("wave__organisation", "person__user")
        plan = acts.write_plan(registration=rows.get(pk=row.pk), facts=desk.facts(), actor=own)
        acts.submit_plan(plan=plan, actor=own)
    client = client_of(make_user(Role.ORGANISER, desk.agency))
    with django_assert_max_num_queries(40) as seen:  # type: ignore[operator]
        client.get(f"/pelatihan/gelombang/{desk.wave.code}/rencana/")
    COUNTED.setdefault("queries", len(seen))
    assert COUNTED["queries"] == len(seen)


COUNTED: dict[str, int] = {}


@pytest.mark.parametrize("read", ["", "0", "x", "9" * 40, "-1"])
def test_a_superior_agrees_to_what_they_read_and_not_to_what_came_after(read: str) -> None:
    desk = Desk()
    plan = desk.submitted()
    page, judge = (reverse(f"training:action_plan{name}", args=[plan.code, *more])
                   for name, more in (("", []), ("_judge", ["setuju"])))  # fmt: skip
    client = client_of(desk.boss)
    seen = re.search(r'name="version" value="(\d+)"', client.get(page).text)
    assert seen
    acts.take_back_plan(plan=plan, actor=desk.own)
    plan = acts.write_plan(
        registration=desk.registration, facts=desk.facts(target="Lain"), plan=plan, version=plan.version, actor=desk.own
    )
    acts.submit_plan(plan=plan, actor=desk.own)
    for version in (seen[1], read):
        answer = client.post(judge, {"version": version}, follow=True)
        plan.refresh_from_db()
        assert plan.state == "submitted"
        assert "Keadaannya sudah berubah" in answer.text or "changed in the meantime" in answer.text
    client.post(judge, {"version": plan.version})
    plan.refresh_from_db()
    assert plan.state == "accepted"
