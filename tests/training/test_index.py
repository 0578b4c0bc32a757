"""The professionalism index: by the table of the year, what nobody knows stays unknown, and the screen says how certain it is."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.people.domain.catalogue import load_catalogue
from enggang.people.domain.employments import set_post_type
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.models import Person, PostType
from enggang.people.queries.persons import present_of
from enggang.places.enums import Standing
from enggang.places.models import Organisation
from enggang.training.domain.index import (
    decide_relevance,
    enter_dimension,
    keep_index_rule,
    load_index,
    order_columns,
    undo_relevance,
)
from enggang.training.domain.index_pack import ask_for_pack
from enggang.training.domain.learning import accept_certificate, bring_certificate
from enggang.training.enums import Dimension
from enggang.training.exports_index import columns_of
from enggang.training.models import IndexEntry, IndexRule, OutsideCertificate, PortalRule, Relevance
from enggang.training.queries.hand_off import hand_offs
from enggang.training.queries.index import IndexScore, rules_in, scores_of, table_of
from enggang.training.queries.past import Learned
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7"


@pytest.fixture
def agency() -> Organisation:
    load_catalogue(actor=SYSTEM)
    load_index(actor=SYSTEM)
    return make_agency()


def make_post(agency: Organisation, key: str = "pengawas", name: str = "") -> Person:
    person = make_person(agency, name)
    set_post_type(person=person, post_type=PostType.objects.get(key=key), version=person.version, actor=SYSTEM)
    return person


def make_certificate(person: Person, title: str = "Bimtek Arsip", jp: int = 20, day: date | None = None) -> str:
    """An accepted certificate from outside; answers the key by which a form names it."""
    day = day or clock.today()
    learned = Learned(title, "BPSDM", day, day, jp)
    row = bring_certificate(person=person, learned=learned, content=PDF, name="s.pdf", actor=SYSTEM)
    accept_certificate(certificate=row, actor=SYSTEM)
    return f"luar-{row.code}"


def decide(person: Person, evidence: str, kind: str = "technical", **facts: Any) -> Relevance:
    values = {"relevant": True, "reason": "Sesuai tugas", "actor": SYSTEM, **facts}
    return decide_relevance(person=person, evidence=evidence, kind=kind, **values)


def score_of(person: Person, year: int | None = None) -> IndexScore:
    work = present_of(person)
    assert work is not None
    return scores_of([work], year or clock.today().year)[0]


def row_of(agency: Organisation, year: int, **facts: str) -> IndexRule:
    return next(
        row
        for row in table_of(agency.path, year, rules_in(year))
        if all(getattr(row, name) == value for name, value in facts.items())
    )


def test_loading_twice_changes_nothing_and_only_what_was_read_says_so(agency: Organisation) -> None:
    count = IndexRule.objects.count()
    assert load_index(actor=SYSTEM) == {"rules": 0, "portals": 0}
    assert IndexRule.objects.count() == count
    read = IndexRule.objects.filter(standing=Standing.READ)
    assert [(row.dimension, row.use) for row in read] == [(Dimension.COMPETENCE, "maximum")]
    assert not IndexRule.objects.on(date(2024, 1, 1)).exclude(standing=Standing.UNVERIFIED).exists()


@pytest.mark.parametrize(
    ("key", "points"), [("pengawas", [15, 15, 10]), ("jf-ahli-muda", [15, 15, 10]), ("pelaksana", [Decimal("22.5"), Decimal("17.5")])]
)  # fmt: skip
def test_the_indicators_of_each_group_of_posts_make_forty(agency: Organisation, key: str, points: list[Any]) -> None:
    lines = score_of(make_post(agency, key)).lines
    assert lines is not None
    assert [line.rule.points for line in lines] == points
    assert sum(points) == 40
    assert [line.points for line in lines] == [0] * len(points)


def test_a_training_counts_once_it_is_decided_and_no_more_when_that_is_taken_back(agency: Organisation) -> None:
    person = make_post(agency)
    evidence = make_certificate(person)
    assert score_of(person).competence == 0
    assert len(score_of(person).undecided) == 1
    decide(person, evidence)
    assert score_of(person).competence == 15
    assert not score_of(person).undecided
    decide(person, evidence, relevant=False, reason="Tidak sesuai")
    assert score_of(person).competence == 0
    assert Relevance.objects.count() == 1
    undo_relevance(person=person, evidence=evidence, actor=SYSTEM)
    assert len(score_of(person).undecided) == 1
    with pytest.raises(Conflict):
        undo_relevance(person=person, evidence=evidence, actor=SYSTEM)


def test_twenty_jp_are_needed_and_those_of_several_trainings_add_up(agency: Organisation) -> None:
    person = make_post(agency)
    decide(person, make_certificate(person, "Satu", 12))
    assert score_of(person).competence == 0
    decide(person, make_certificate(person, "Dua", 8))
    assert score_of(person).competence == 15


def test_the_window_of_the_table_says_in_which_years_a_training_counts_unless_the_decision_does(
    agency: Organisation,
) -> None:
    person, this = make_post(agency), clock.today().year
    last = date(this - 1, 6, 1)
    decide(person, make_certificate(person, "Teknis", day=last))
    decide(person, make_certificate(person, "Seminar", 4, day=last), "seminar")
    decide(person, make_certificate(person, "PKP", 900, day=date(this - 9, 6, 1)), "leadership")
    assert [score_of(person, year).competence for year in (this - 2, this - 1, this)] == [15, 40, 25]
    decide(person, make_certificate(person, "Lain", day=date(this - 3, 6, 1)), first_year=this, last_year=this)
    assert score_of(person).competence == 40


def test_without_the_kind_of_post_the_score_is_unknown_and_not_nothing(agency: Organisation) -> None:
    person = make_person(agency)
    decide(person, make_certificate(person))
    score = score_of(person)
    assert (score.lines, score.competence, score.total, score.category) == (None, None, None, "")


def test_the_whole_is_given_only_when_all_four_are_known(agency: Organisation) -> None:
    person, year = make_post(agency), clock.today().year
    decide(person, make_certificate(person))
    for name, row in (("qualification", "S2"), ("performance", "Baik")):
        enter_dimension(
            person=person, year=year, dimension=name, rule=row_of(agency, year, dimension=name, name=row), actor=SYSTEM
        )
    assert (score_of(person).total, score_of(person).category) == (None, "")
    clean = row_of(agency, year, dimension="discipline", name="Tidak pernah dijatuhi hukuman disiplin")
    enter_dimension(person=person, year=year, dimension="discipline", rule=clean, actor=SYSTEM)
    assert score_of(person).total == 65
    assert score_of(person).category == "Rendah"
    assert score_of(person, year - 1).total is None
    enter_dimension(person=person, year=year, dimension="discipline", rule=None, actor=SYSTEM)
    assert score_of(person).total is None


@pytest.mark.parametrize(
    ("total", "name"),
    [(100, "Sangat Tinggi"), ("90.5", "Sangat Tinggi"), (90, "Tinggi"), (80, "Sedang"), (70, "Rendah"), (60, "Sangat Rendah"), (0, "Sangat Rendah")],
)  # fmt: skip
def test_a_category_begins_above_its_points(agency: Organisation, total: Any, name: str) -> None:
    score = score_of(make_post(agency))

    class Known(IndexScore):
        total = Decimal(0)

    known = Known(score.employment, score.year, score.lines, {}, [], {}, score.categories)
    Known.total = Decimal(total)
    assert known.category == name


def test_a_row_of_another_dimension_year_or_agency_is_not_entered(agency: Organisation) -> None:
    person, year = make_post(agency), clock.today().year
    foreign = IndexRule(
        dimension="qualification", name="S4", points=25, valid_from=date(2020, 1, 1), source="Karangan",
    )  # fmt: skip
    keep_index_rule(row=foreign, organisation=make_agency("Dinas lain"), actor=SYSTEM)
    good = row_of(agency, year, dimension="qualification", name="S2")
    old = row_of(agency, 2020, dimension="qualification", name="S2")
    for dimension, rule, of in (
        ("qualification", foreign, year), ("discipline", good, year), ("qualification", old, year),
        ("competence", good, year), ("qualification", good, year + 1), ("nonsense", good, year),
    ):  # fmt: skip
        with pytest.raises(Conflict):
            enter_dimension(person=person, year=of, dimension=dimension, rule=rule, actor=SYSTEM)
    assert not IndexEntry.objects.exists()


def test_an_agencys_row_takes_the_place_of_the_shipped_one_in_its_years(agency: Organisation) -> None:
    person, this = make_post(agency), clock.today().year
    own = IndexRule(
        dimension="competence", kind="technical", group="managerial", name="Teknis", points=20, min_jp=10,
        valid_from=date(this, 1, 1), source="Surat edaran", standing=Standing.READ,
    )  # fmt: skip
    keep_index_rule(row=own, organisation=agency, actor=SYSTEM)
    decide(person, make_certificate(person, jp=10), first_year=this - 1)
    assert [score_of(person, year).competence for year in (this - 1, this)] == [0, 20]


def test_only_the_agencys_coordinator_decides_and_nobody_for_themselves(agency: Organisation) -> None:
    user = make_user(Role.COORDINATOR, agency)
    person = make_post(agency)
    evidence = make_certificate(person)
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    actors = [make_actor(role, agency) for role in (Role.ASSESSOR, Role.ORGANISER, Role.LEADER, Role.INSPECTOR)]
    actors += [load_user(user.pk), make_actor(Role.COORDINATOR, make_agency("Dinas lain"))]
    for actor in actors:
        with pytest.raises(NotAllowed):
            decide(person, evidence, actor=actor)
        with pytest.raises(NotAllowed):
            enter_dimension(person=person, year=2026, dimension="discipline", rule=None, actor=actor)
    assert not Relevance.objects.exists()


def test_a_certificate_that_is_not_accepted_or_somebody_elses_is_no_evidence(agency: Organisation) -> None:
    person, other = make_post(agency), make_post(agency)
    foreign, day = make_certificate(other), clock.today()
    learned = Learned("Menunggu", "X", day, day, 20)
    waiting = bring_certificate(person=person, learned=learned, content=PDF, name="s.pdf", actor=SYSTEM)
    for evidence in (foreign, f"luar-{waiting.code}", "luar-", "x"):
        with pytest.raises(Conflict):
            decide(person, evidence)
    with pytest.raises(Conflict):
        decide(other, foreign, reason="  ")
    assert not Relevance.objects.exists()


def _client(role: Role, agency: Organisation) -> Client:
    return client_of(make_user(role, agency))


def test_the_page_says_how_certain_the_table_is_decides_and_keeps_what_was_typed(agency: Organisation) -> None:
    person, client = make_post(agency), _client(Role.COORDINATOR, agency)
    evidence, page = make_certificate(person), reverse("training:person_index", args=[person.code])
    text = client.get(page).text
    assert "Belum diverifikasi" in text
    assert AuditEntry.objects.filter(code="audit.read_field", subject_code=person.code).count() == 1
    address = reverse("training:relevance", args=[person.code])
    facts = {"evidence": evidence, "kind": "technical", "relevant": "yes", "reason": "Mengelola arsip dinas"}
    for wrong in ({"evidence": "x"}, {"kind": ""}, {"relevant": ""}, {"last_year": "2020"}, {"first_year": "99999"}):
        refused = client.post(address, {**facts, **wrong})
        assert refused.status_code == 422
        assert "Mengelola arsip dinas" in refused.text
    assert not Relevance.objects.exists()
    assert client.post(address, facts).status_code == 302
    assert "15 / 15" in client.get(page).text
    client.post(reverse("training:relevance_undo", args=[person.code]), {"evidence": evidence})
    assert not Relevance.objects.exists()
    year = clock.today().year
    entry = reverse("training:index_dimension", args=[person.code, "qualification"])
    client.post(entry, {"rule": "999999"})
    assert not IndexEntry.objects.exists()
    client.post(entry, {"rule": row_of(agency, year, dimension="qualification", name="S2").pk})
    assert IndexEntry.objects.get().rule.points == 20
    client.post(entry, {"rule": ""})
    assert not IndexEntry.objects.exists()
    assert client.post(reverse("training:index_dimension", args=[person.code, "competence"])).status_code == 404


def test_the_table_says_yes_and_no_in_the_readers_language(agency: Organisation) -> None:
    page = _client(Role.COORDINATOR, agency).get(reverse("training:index_rules", args=["indeks"])).text
    cells = set(re.findall(r'<span class="nowrap">(\w+)</span>', page))
    assert {"Ya", "Tidak"} <= cells
    assert not cells & {"True", "False"}


def test_the_columns_an_agency_arranged_are_those_of_its_file(agency: Organisation) -> None:
    person = make_post(agency, name="Ani")
    decide(person, make_certificate(person))
    client = _client(Role.COORDINATOR, agency)
    address = reverse("training:index_columns", args=[agency.code])
    client.post(address, {"name": "x"})
    client.post(address, {})
    assert columns_of(agency)[:2] == ["nip", "name"]
    client.post(address, {"competence": 1, "name": 2, "total": 3})
    assert columns_of(make_agency("Bidang", agency)) == ["competence", "name", "total"]
    answer = client.get(reverse("training:index_export"))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows == [("Kompetensi", "Nama", "Seluruh indeks"), (15, "Ani", None)]  # unknown is empty, not 0
    csv = client.get(reverse("training:index_export"), {"bentuk": "csv"}).content.decode("utf-8-sig")
    assert csv.splitlines()[1] == "15;Ani;"  # a decimal comma, if any: with semicolons it is read in Indonesian
    with pytest.raises(NotAllowed):
        order_columns(organisation=agency, file="ip_asn", columns=["name"], actor=make_actor(Role.LEADER, agency))
    assert AuditEntry.objects.filter(code="training.export_index").count() == 2


def test_the_pack_holds_the_certificates_and_shows_what_is_missing_in_red(agency: Organisation) -> None:
    person, user = make_post(agency, name="Ani"), make_user(Role.COORDINATOR, agency)
    make_certificate(person, "Ada")
    lost = make_certificate(person, "Hilang")
    OutsideCertificate.objects.filter(subject__code=lost.removeprefix("luar-")).update(file=None)
    make_certificate(make_post(make_agency("Dinas lain")), "Rahasia")
    actor = load_user(user.pk)
    job = ask_for_pack(agency=agency, year=clock.today().year, actor=actor)
    jobs.run_pending()
    job = Job.objects.get(pk=job.pk)
    package = zipfile.ZipFile(io.BytesIO(job.result.read()))
    papers = [name for name in package.namelist() if name != "indeks.xlsx"]
    assert [package.read(name) for name in papers] == [PDF]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(package.read("indeks.xlsx"))).active
    files = {row[2].value: (row[10].value, row[10].fill.fgColor.rgb) for row in sheet.iter_rows(min_row=2)}
    assert files == {"Ada": (papers[0], "00000000"), "Hilang": ("TIDAK ADA", "FFF8D7DA")}
    assert job.outcome["missing"] == 1
    with pytest.raises(NotAllowed):
        ask_for_pack(agency=agency, year=2026, actor=make_actor(Role.COORDINATOR, make_agency("Dinas ketiga")))
    with pytest.raises(NotAllowed):
        ask_for_pack(year=2026, actor=actor)


def test_the_portal_page_offers_every_field_and_says_when_the_file_is_too_large(agency: Organisation) -> None:
    person, user = make_post(agency), make_user()
    Person.objects.filter(pk=person.pk).update(user=user)
    key, client = make_certificate(person, "Bimtek Arsip"), client_of(user)
    page = client.get(reverse("training:my_hand_off"))
    assert page.text.count("data-copy=") == len(hand_offs(present_of(person))[0].fields) == 6  # type: ignore[arg-type]
    assert "wa.me" not in page.text
    assert not hand_offs(present_of(person))[0].is_too_large  # type: ignore[arg-type]
    row = OutsideCertificate.objects.select_related("file").get()
    assert row.file is not None
    row.file.size = 1_000_001
    row.file.save()
    assert "1001 KB" in client.get(reverse("training:my_hand_off")).text
    own = PortalRule(name="Portal", max_kb=2000, valid_from=date(2020, 1, 1), source="Uji coba")
    keep_index_rule(row=own, organisation=agency, actor=SYSTEM)
    assert not hand_offs(present_of(person))[0].is_too_large  # type: ignore[arg-type]
    file = reverse("training:evidence_file", args=[person.code, key])
    assert client.get(file).content == PDF
    assert _client(Role.COORDINATOR, make_agency("Dinas lain")).get(file).status_code == 404
    assert client.get(reverse("training:evidence_file", args=[person.code, "luar-X"])).status_code == 404


@pytest.mark.parametrize("page", ["my_index", "my_hand_off", "my_profile"])
def test_an_account_without_a_person_is_told_so(page: str) -> None:
    answer = client_of(make_user()).get(reverse(f"training:{page}"))
    assert answer.status_code == 200
    assert "Mintalah koordinator" in answer.text


def test_merged_records_keep_what_was_decided_and_entered(agency: Organisation) -> None:
    kept, gone = make_post(agency), make_post(agency)
    row = decide(gone, make_certificate(gone))
    merge = merge_persons(kept=kept, gone=gone, actor=SYSTEM)
    assert list(kept.relevances.all()) == [row]
    assert score_of(kept).competence == 15
    undo_merge(merge=merge, actor=SYSTEM)
    assert list(gone.relevances.all()) == [row]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_people_as_for_one(
    agency: Organisation, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        person = make_post(agency, name=f"Pegawai {'ABC'[number]}")
        decide(person, make_certificate(person))
    client = _client(Role.COORDINATOR, agency)
    client.get(reverse("training:index"))
    with django_assert_num_queries(12):
        client.get(reverse("training:index"))


def test_the_list_is_narrowed_to_what_waits_and_shows_only_ones_own_staff(agency: Organisation) -> None:
    done, waits = make_post(agency, name="Ani"), make_post(agency, name="Budi")
    decide(done, make_certificate(done))
    make_certificate(waits)
    make_post(make_agency("Dinas lain"), name="Rahasia")
    client = _client(Role.COORDINATOR, agency)

    def names(**query: Any) -> list[str]:
        page = client.get(reverse("training:index"), query)
        return [score.employment.person.name for score in page.context["page_obj"]]

    assert names() == names(only="unknown") == ["Ani", "Budi"]
    assert names(only="undecided") == ["Budi"]
    assert names(only="untyped") == []
    assert names(year="99999") == names(year="x") == ["Ani", "Budi"]
    assert client.get(reverse("training:person_index", args=[done.code]), {"tahun": "²²²²"}).status_code == 200
    assert names(year=clock.today().year - 1) == ["Ani", "Budi"]


def test_the_pack_shows_the_nip_to_whoever_may_read_it_like_the_export(agency: Organisation) -> None:
    """One rule for both files: the personnel office enters them side by side in the national portal."""
    person = make_post(agency, name="Ani")
    Person.objects.filter(pk=person.pk).update(nip="198609262015051001")
    make_certificate(person, "Ada")
    for role, full in ((Role.COORDINATOR, True), (Role.LEADER, False)):
        user = make_user(role, agency)
        job = ask_for_pack(agency=agency, year=clock.today().year, actor=load_user(user.pk))
        jobs.run_pending()
        package = zipfile.ZipFile(io.BytesIO(Job.objects.get(pk=job.pk).result.read()))
        sheet: Any = openpyxl.load_workbook(io.BytesIO(package.read("indeks.xlsx"))).active
        shown = sheet["B2"].value
        client = client_of(user)
        csv = client.get(reverse("training:index_export"), {"bentuk": "csv"}).content.decode("utf-8-sig")
        assert (shown == "198609262015051001") is full
        assert ("198609262015051001" in csv) is full
