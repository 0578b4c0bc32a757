"""Ideas of anyone; what is alike; copies; comments and support; and what innovation brings to the other pages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock, registries
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.innovation.domain import ideas, innovations, replications, voices
from enggang.innovation.domain.gates import stop_innovation
from enggang.innovation.enums import Facet, Stage
from enggang.innovation.models import Comment, Innovation, Intake, Replication
from enggang.innovation.queries.counted import adopted, replicated
from enggang.innovation.queries.home import innovation_cards
from enggang.innovation.queries.portfolio import portfolio_of
from enggang.innovation.queries.similar import similar_to
from enggang.innovation.queries.works import unsound_innovations, works_of
from enggang.people.domain.accounts import ensure_user
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.innovation.factories import bring, decided, make_innovation
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 contoh"
TYPED = {
    "title": "Bangku teduh",
    "problem": "Lansia berdiri saat festival.",
    "idea": "Bangku dari kayu bekas panggung.",
}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def hand_in(agency: Organisation, actor: Actor = ANONYMOUS, **more: Any) -> ideas.HandedIn:
    return ideas.hand_in_idea(organisation=agency, actor=actor, **{**TYPED, **more})


def staff(agency: Organisation) -> tuple[Person, User]:
    person = make_person(agency)
    return person, ensure_user(person=person, actor=SYSTEM)


def shown(row: Innovation) -> Innovation:
    bring(row, Stage.ADOPTED)
    innovations.change_innovation(
        innovation=row, version=row.version, benefits="Cepat.", results="12 menit.", actor=SYSTEM
    )
    return innovations.publish_innovation(innovation=row, actor=SYSTEM)


# -- handed in -------------------------------------------------------------------------------------------------


def test_a_citizen_hands_in_three_fields_and_follows_what_becomes_of_it(agency: Organisation) -> None:
    answer = Client().post("/inovasi/gagasan/", TYPED)
    row = Innovation.objects.get()
    assert (row.initiator, row.owner, row.organisation) == ("citizen", None, agency)
    own = answer["Location"]
    assert "Menunggu dibaca." in Client().get(own).content.decode()
    stop_innovation(innovation=row, **decided(reason="Sudah dibuat dinas lain"))
    assert "Sudah dibuat dinas lain" in Client().get(own).content.decode()
    assert Client().get("/inovasi/gagasan/tidak-ada/").status_code == 404


def test_an_idea_of_the_public_is_read_by_its_agency_alone_until_it_is_owned(agency: Organisation) -> None:
    row = hand_in(agency, reach=ideas.Reach("Warga", "w@contoh.example", "0812 3456 7890")).innovation
    inside, outside = (
        client_of(make_user(Role.COORDINATOR, agency)),
        client_of(make_user(Role.ORGANISER, make_agency("Lain"))),
    )
    assert "w@contoh.example" in inside.get(f"/inovasi/{row.code}/").content.decode()
    assert outside.get(f"/inovasi/{row.code}/").status_code == 404
    with pytest.raises(Conflict, match="pemilik"):
        bring(row, Stage.SCREENING)
    innovations.hand_over(innovation=row, owner=make_person(agency), actor=make_actor(Role.COORDINATOR, agency))
    page = outside.get(f"/inovasi/{row.code}/").content.decode()
    assert "w@contoh.example" not in page


def test_whoever_is_signed_in_owns_their_idea(agency: Organisation) -> None:
    person, user = staff(agency)
    answer = client_of(user).post("/inovasi/gagasan/", TYPED)
    row = Innovation.objects.get()
    assert (row.owner, row.initiator, row.organisation) == (person, "staff", agency)
    assert answer["Location"] == f"/inovasi/{row.code}/"
    assert row.ownerships.get().person == person


def test_without_an_employment_it_lands_where_one_holds_a_role(agency: Organisation) -> None:
    make_agency("Lain")
    for role_at in (agency, make_agency("Kabupaten")):
        client_of(make_user(Role.COORDINATOR, role_at)).post("/inovasi/gagasan/", {**TYPED, "title": role_at.name})
        assert Innovation.objects.latest("pk").organisation == role_at


@pytest.mark.parametrize(
    "typed",
    [
        {**TYPED, "title": ""}, {**TYPED, "idea": "x" * 2001}, {**TYPED, "phone": "abc"}, {**TYPED, "email": "bukan"},
        {**TYPED, "title": "?!"}, {**TYPED, "organisation": "9999999"}, {},
    ],
)  # fmt: skip
def test_what_cannot_be_is_shown_again_with_what_was_typed(agency: Organisation, typed: dict[str, str]) -> None:
    answer = Client().post("/inovasi/gagasan/", typed)
    assert answer.status_code == 422
    assert not Innovation.objects.exists()
    if typed.get("problem"):
        assert typed["problem"] in answer.content.decode()


def test_nobody_floods_an_agency(agency: Organisation) -> None:
    client = Client()
    titles = ("bangku", "lampu", "toilet", "parkir", "peta", "tikar", "payung", "kipas", "galeri", "warung", "jalur")
    answers = [
        client.post("/inovasi/gagasan/", {"title": word, "problem": f"{word} a", "idea": f"{word} b"})
        for word in titles
    ]
    assert [answer.status_code for answer in answers] == [302] * 10 + [422]
    assert Innovation.objects.count() == 10


def test_after_a_year_nobody_is_reached_about_an_idea(agency: Organisation) -> None:
    row = hand_in(agency, reach=ideas.Reach("Warga", "w@contoh.example")).innovation
    assert ideas.forget_reach() == 0
    Intake.objects.update(at=clock.now() - timedelta(days=366))
    assert (ideas.forget_reach(), ideas.forget_reach()) == (1, 0)
    assert Intake.objects.get(innovation=row).email == ""


# -- what is alike --------------------------------------------------------------------------------------------------


def test_what_is_alike_is_found_by_whoever_may_read_it(agency: Organisation) -> None:
    row = make_innovation(agency)
    make_innovation(agency, "Peta risiko keramaian", problem="Titik padat.", idea="Digambar.")
    _person, user = staff(agency)
    actor = load_user(user.pk)
    for title, problem in (
        ("Antrean museum online", ""),
        ("Museum antrean daring", ""),
        ("Loket", "Pengunjung antre dua jam sekali"),
    ):
        assert [each.innovation for each in similar_to(title, problem, actor)] == [row], title
    assert similar_to("Kebun kopi", "Panen", actor) == []
    assert similar_to("Antrean daring museum", "", ANONYMOUS) == []
    shown(row)
    assert [each.innovation for each in similar_to("Antrean daring museum", "", ANONYMOUS)] == [row]
    assert similar_to("Antrean daring museum", "", actor, but=row.pk) == []


@pytest.mark.parametrize("title", ["", "a", "'\"; --", "x" * 5000, "\x00", "OR AND NOT", "🙂"])
def test_whatever_is_typed_is_answered(agency: Organisation, title: str) -> None:
    make_innovation(agency)
    answer = client_of(staff(agency)[1]).get("/inovasi/gagasan/serupa/", {"q": title})
    assert answer.status_code == 200


def test_looking_for_the_like_asks_as_often_for_three_as_for_one(agency: Organisation) -> None:
    actor, counts = load_user(staff(agency)[1].pk), []
    for number in range(3):
        make_innovation(agency, f"Antrean daring {number}")
        with CaptureQueriesContext(connection) as asked:
            assert len(similar_to("Antrean daring", "", actor)) == number + 1
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_without_a_script_the_like_is_a_step_of_its_own(agency: Organisation) -> None:
    row, client = make_innovation(agency), client_of(staff(agency)[1])
    typed = {"title": "Antrean museum daring", "problem": "Antre di loket.", "idea": "Nomor lewat telepon."}
    page = client.post("/inovasi/gagasan/", typed).content.decode()
    assert "Yang serupa sudah ada" in page
    assert f"?tiru={row.code}" in page
    assert Innovation.objects.count() == 1
    client.post("/inovasi/gagasan/", {**typed, "baru": "1"})
    assert Innovation.objects.count() == 2


# -- copies ---------------------------------------------------------------------------------------------------------


def test_a_copy_begins_with_the_design_and_is_on_record_at_both_ends(agency: Organisation) -> None:
    origin = make_innovation(agency, design="Rancang bangun", facet="enhance")
    other = make_agency("Kabupaten")
    person, user = staff(other)
    client = client_of(user)
    page = client.get("/inovasi/gagasan/", {"tiru": origin.code}).content.decode()
    assert "Antrean daring museum" in page
    client.post("/inovasi/gagasan/", {**TYPED, "tiru": origin.code})
    copy = Innovation.objects.exclude(pk=origin.pk).get()
    assert (copy.owner, copy.organisation, copy.design, copy.facet) == (person, other, "Rancang bangun", "enhance")
    row = Replication.objects.get()
    assert (row.origin, row.copy, row.proof) == (origin, copy, None)
    hidden = hand_in(agency).innovation
    assert "Bangku" not in client.get("/inovasi/gagasan/", {"tiru": hidden.code}).content.decode()


def noted(row: Innovation, **more: Any) -> Replication:
    given = {"on": clock.today(), "copy_name": "Kota Singkawang (contoh)", "actor": SYSTEM, **more}
    return replications.note_replication(innovation=row, **given)


def test_a_replication_is_noted_proved_and_voided(agency: Organisation) -> None:
    row, client = make_innovation(agency), client_of(make_user(Role.ORGANISER, agency))
    path = f"/inovasi/{row.code}/replikasi/"
    facts = {"which": "copy", "name": "Kota Singkawang (contoh)", "on": clock.today().isoformat()}
    wrong = client.post(f"{path}catat/", {**facts, "file": SimpleUploadedFile("a.pdf", b"bukan pdf")})
    assert wrong.status_code == 422
    client.post(f"{path}catat/", facts)
    found = Replication.objects.get()
    assert client.get(f"{path}{found.pk}/bukti/").status_code == 404
    client.post(f"{path}{found.pk}/lampirkan/", {"file": SimpleUploadedFile("surat.pdf", PDF)})
    client.post(f"{path}{found.pk}/lampirkan/", {})
    found.refresh_from_db()
    assert found.proof is not None
    assert client.get(f"{path}{found.pk}/bukti/").status_code == 200
    client.post(f"{path}{found.pk}/batal/", {"reason": ""})
    client.post(f"{path}{found.pk}/batal/", {"reason": "Dobel"})
    found.refresh_from_db()
    assert found.void_reason == "Dobel"
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}{found.pk}/batal/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    "facts",
    [
        {"copy_name": ""}, {"copy_name": "A", "origin_name": "B"}, {"on": timedelta(days=1)},
        {"paper": (b"x" * 6_000_000, "a.pdf")}, {"paper": (b"", "a.pdf")}, {"on": date(1800, 1, 1)},
    ],
)  # fmt: skip
def test_an_impossible_replication_is_refused(agency: Organisation, facts: dict[str, Any]) -> None:
    """A day is told from today: the run may have passed midnight since these were read."""
    row = make_innovation(agency)
    facts = {name: clock.today() + fact if isinstance(fact, timedelta) else fact for name, fact in facts.items()}
    with pytest.raises((Conflict, ValidationError)):
        noted(row, **facts)
    assert not Replication.objects.exists()


def test_a_proof_is_laid_once_and_a_stranger_lays_none(agency: Organisation) -> None:
    row = noted(make_innovation(agency))
    with pytest.raises(NotAllowed):
        replications.prove_replication(
            replication=row, paper=(PDF, "a.pdf"), actor=make_actor(Role.ORGANISER, make_agency("L"))
        )
    replications.prove_replication(replication=row, paper=(PDF, "a.pdf"), actor=SYSTEM)
    with pytest.raises(Conflict):
        replications.prove_replication(replication=row, paper=(PDF, "a.pdf"), actor=SYSTEM)


# -- comments and support --------------------------------------------------------------------------------------------


def test_support_counts_each_person_once_and_can_be_taken_back(agency: Organisation) -> None:
    row, client = make_innovation(agency), client_of(make_user())
    path = f"/inovasi/{row.code}/dukungan/"
    client.post(path)
    client.post(path)
    assert row.supports.count() == 1
    assert "1 orang mendukung" in client.get(f"/inovasi/{row.code}/").content.decode()
    client.post(path, {"tarik": "1"})
    client.post(path, {"tarik": "1"})
    assert row.supports.count() == 0
    assert Client().post(path).status_code in {302, 404}
    with pytest.raises(NotAllowed):
        voices.support(innovation=row, actor=ANONYMOUS)


def test_a_comment_is_shown_as_text_and_taken_back_by_its_writer_or_the_agency(agency: Organisation) -> None:
    row, writer = make_innovation(agency), make_user(name="Penulis")
    client = client_of(writer)
    client.post(f"/inovasi/{row.code}/komentar/", {"text": "<b>Bagus</b>"})
    client.post(f"/inovasi/{row.code}/komentar/", {"text": "  "})
    found = Comment.objects.get()
    assert "&lt;b&gt;Bagus" in client.get(f"/inovasi/{row.code}/").content.decode()
    other = client_of(make_user(name="Lain"))
    other.post(f"/inovasi/{row.code}/komentar/{found.pk}/tarik/")
    assert Comment.objects.get().hidden_at is None
    client_of(make_user(Role.COORDINATOR, agency)).post(f"/inovasi/{row.code}/komentar/{found.pk}/tarik/")
    assert Comment.objects.get().hidden_at is not None
    assert "Bagus" not in client.get(f"/inovasi/{row.code}/").content.decode()
    with pytest.raises(ValidationError):
        voices.comment(innovation=row, text="x" * 1001, actor=load_user(writer.pk))


def test_nobody_writes_more_in_a_day_than_a_person_does(agency: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "MOST_A_DAY", 2)
    row, actor = make_innovation(agency), load_user(make_user().pk)
    for _ in range(2):
        voices.comment(innovation=row, text="Baik", actor=actor)
    with pytest.raises(Conflict):
        voices.comment(innovation=row, text="Baik", actor=actor)


# -- what it brings to other pages ------------------------------------------------------------------------------------


def test_adopted_innovations_count_for_their_agency_and_those_above(agency: Organisation) -> None:
    today, below = clock.today(), make_agency("Bidang", agency)
    bring(make_innovation(below), Stage.ADOPTED)
    make_innovation(agency, "Belum")
    gone = bring(make_innovation(agency, "Berhenti"), Stage.ADOPTED)
    stop_innovation(innovation=gone, **decided())
    assert adopted(agency.path, today, today)[""].value == 1
    assert adopted(make_agency("Lain").path, today, today)[""].value == 0
    assert adopted(agency.path, today - timedelta(days=9), today - timedelta(days=1))[""].value == 0
    assert "innovation.adopted" in dict(registries.indicator_sources.items())


def test_only_replications_with_a_proof_count(agency: Organisation) -> None:
    row, today = make_innovation(agency), clock.today()
    noted(row)
    proved = noted(row, copy_name="Kota lain", paper=(PDF, "a.pdf"))
    assert replicated(agency.path, today, today)[""].value == 1
    replications.void_replication(replication=proved, reason="Dobel", actor=SYSTEM)
    assert replicated(agency.path, today, today)[""].value == 0


def test_what_is_in_use_is_a_work_of_everyone_who_owned_it(agency: Organisation) -> None:
    row = make_innovation(agency)
    assert row.owner is not None
    first = row.owner
    assert works_of(first.pk) == []
    bring(row, Stage.ADOPTED)
    innovations.hand_over(innovation=row, owner=make_person(agency), actor=SYSTEM)
    assert [work.title for work in works_of(first.pk)] == [row.title]


def test_ownership_follows_when_two_records_of_a_person_become_one(agency: Organisation) -> None:
    row = make_innovation(agency)
    kept, gone = make_person(agency), row.owner
    assert gone is not None
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    row.refresh_from_db()
    assert (row.owner, row.ownerships.get().person) == (kept, kept)
    assert unsound_innovations() == []
    undo_merge(merge=merge, actor=SYSTEM)
    row.refresh_from_db()
    assert row.owner == gone


def test_the_invariant_finds_what_no_act_can_make(agency: Organisation) -> None:
    row = make_innovation(agency)
    assert unsound_innovations() == []
    Innovation.objects.filter(pk=row.pk).update(adopted_on=clock.today())
    row.ownerships.update(until=clock.today())
    assert len(unsound_innovations()) == 2


def test_home_says_what_waits_for_whom(agency: Organisation) -> None:
    hand_in(agency)
    late = make_innovation(agency)
    Innovation.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=1))

    def titles(actor: Actor) -> list[str]:
        return [card["title"] for card in innovation_cards(None, actor)]  # type: ignore[arg-type]  # asks nothing of it

    assert titles(load_user(make_user(Role.COORDINATOR, agency).pk)) == ["1 gagasan menunggu diterima"]
    assert titles(load_user(make_user(Role.LEADER, agency).pk)) == [late.title]
    assert titles(load_user(make_user().pk)) == []
    listed = client_of(make_user(Role.COORDINATOR, agency)).get("/inovasi/", {"unowned": "1"}).content.decode()
    assert "Bangku teduh" in listed
    assert late.title not in listed


def test_the_portfolio_names_the_facet_that_is_missing(agency: Organisation) -> None:
    make_innovation(agency, "A", facet=Facet.MISSION)
    bring(make_innovation(agency, "B", facet=Facet.MISSION), Stage.ADOPTED)
    make_innovation(agency, "C")
    found = portfolio_of(Innovation.objects.all(), "tanpa")
    assert found.total == 3
    assert [line.total for line in found.lines] == [0, 2, 0, 0, 1]
    assert len(found.missing) == 3
    client = client_of(make_user(Role.LEADER, agency))
    page = client.get("/inovasi/portofolio/").content.decode()
    assert re.search(r"Misi[^<]*</th>\s*<td[^>]*>1</td>", page)
    file = client.post("/inovasi/portofolio/", {"list": "portfolio", "form": "csv"}).content.decode("utf-8-sig")
    assert "Misi" in file
    assert client_of(make_user()).get("/inovasi/portofolio/").status_code == 404


def test_an_innovation_can_be_linked_to_an_indicator(agency: Organisation) -> None:
    row = make_innovation(agency)
    client = client_of(make_user(Role.ORGANISER, agency))
    assert client.get(f"/hasil/kontribusi/{row.code}/baru/").status_code == 200
    assert f"/hasil/kontribusi/{row.code}/baru/" in client.get(f"/inovasi/{row.code}/").content.decode()
