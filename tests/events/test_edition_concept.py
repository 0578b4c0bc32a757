"""The concept of an edition: written, its rows kept, taken out and put back; cloned, taken up, missing at the gate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.registries import ConceptPart, EventConcept
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.concepts import (
    MOST_ROWS,
    drop_concept_row,
    keep_concept,
    keep_concept_row,
    raise_concept_row,
    restore_concept_row,
    take_up_parts,
)
from enggang.events.domain.reference import load_reference
from enggang.events.enums import Stage
from enggang.events.models import Concept, Edition, Objective, ProgrammeRow
from enggang.events.queries.edition_concept import figure, missing_of_concept, written_of
from enggang.events.queries.gates import gate_of
from tests.events.factories import brought_to, make_edition, make_site
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
AIM: dict[str, Any] = {
    "objective": "Kunjungan naik", "indicator": "Pengunjung dari luar", "unit": "orang", "target": Decimal(2500),
    "baseline": Decimal(1800), "baseline_source": "Panitia 2024", "method": "Penghitung di pintu",
}  # fmt: skip
TEXTS = {"background": "Tradisi bahari", "purpose": "Merawat tradisi"}


def count_queries(do: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        do()
    return len(seen)


def address(edition: Edition, rest: str = "") -> str:
    return f"/acara/edisi/{edition.code}/konsep/{rest}"


def written(edition: Edition) -> Concept:
    concept = keep_concept(edition=edition, version=0, actor=SYSTEM, **TEXTS)
    keep_concept_row(row=Objective(), edition=edition, actor=SYSTEM, **AIM)
    site = make_site(edition)
    facts = {"part": "Hari pertama", "activity": "Ritual", "site": site}
    keep_concept_row(row=ProgrammeRow(), edition=edition, actor=SYSTEM, **facts)
    return concept


def organiser(edition: Edition) -> Client:
    return client_of(make_user(Role.ORGANISER, edition.organisation))


def test_a_concept_is_written_on_the_screen_and_shown_on_the_edition() -> None:
    edition = make_edition(make_agency())
    own = organiser(edition)
    page = own.get(address(edition)).content.decode()
    assert f"{address(edition)}ubah/#id_background" in page
    assert own.post(address(edition, "ubah/"), {"version": 0, **TEXTS}).status_code == 302
    facts = {**AIM, "version": 1, "target": "2500", "baseline": "1800"}
    assert own.post(address(edition, "sasaran/baru/"), facts).status_code == 302
    shown = own.get(f"/acara/edisi/{edition.code}/").content.decode()
    assert all(words in shown for words in ("Merawat tradisi", "Kunjungan naik", address(edition)))
    found = written_of(edition)
    assert (found.objectives[0].target, found.concept.background) == (Decimal(2500), "Tradisi bahari")
    assert next(row.href for row in missing_of_concept(found)).endswith("#id_legal_basis")


def test_two_tabs_are_told_and_nothing_is_lost() -> None:
    edition = make_edition(make_agency())
    own = organiser(edition)
    assert own.post(address(edition, "ubah/"), {"version": 0, "purpose": "satu"}).status_code == 302
    second = own.post(address(edition, "ubah/"), {"version": 0, "purpose": "dua"})
    assert (second.status_code, "dua" in second.content.decode()) == (422, True)
    assert Concept.objects.get().purpose == "satu"
    row = keep_concept_row(row=Objective(), edition=edition, actor=SYSTEM, **AIM)
    keep_concept_row(row=Objective.objects.get(), edition=edition, version=1, actor=SYSTEM, unit="jiwa")
    late = own.post(address(edition, f"sasaran/{row.pk}/"), {"version": 1, "objective": "lain"})
    assert (late.status_code, Objective.objects.get().objective) == (422, "Kunjungan naik")


@pytest.mark.parametrize(
    "wrong",
    [
        {"objective": ""}, {"objective": "x" * 301}, {"target": "-1"}, {"target": "banyak"}, {"target": "9" * 40},
        {"baseline_source": ""}, {"version": "9" * 40}, {"unit": "x" * 41},
    ],
)  # fmt: skip
def test_a_wrong_objective_is_refused_beside_what_was_typed(wrong: dict[str, str]) -> None:
    edition = make_edition(make_agency())
    answer = organiser(edition).post(address(edition, "sasaran/baru/"), {**AIM, "version": 1, **wrong})
    assert (answer.status_code, Objective.objects.count()) == (422, 0)


def test_a_text_that_is_too_long_is_refused() -> None:
    edition = make_edition(make_agency())
    answer = organiser(edition).post(address(edition, "ubah/"), {"version": 0, "purpose": "x" * 8001})
    assert (answer.status_code, Concept.objects.filter(purpose__startswith="x").exists()) == (422, False)


def test_a_place_of_another_edition_is_refused() -> None:
    edition, other = make_edition(make_agency()), make_edition(make_agency("lain"))
    site = make_site(other)
    with pytest.raises(Conflict, match="places of this edition"):
        keep_concept_row(row=ProgrammeRow(), edition=edition, part="a", activity="b", site=site, actor=SYSTEM)
    answer = organiser(edition).post(
        address(edition, "kegiatan/baru/"), {"version": 1, "part": "a", "activity": "b", "site": site.pk}
    )
    assert (answer.status_code, ProgrammeRow.objects.count()) == (422, 0)


def test_a_row_is_taken_out_put_back_and_moved_up() -> None:
    edition = make_edition(make_agency())
    first = keep_concept_row(row=Objective(), edition=edition, objective="satu", actor=SYSTEM)
    second = keep_concept_row(row=Objective(), edition=edition, objective="dua", actor=SYSTEM)
    own = organiser(edition)
    assert own.post(address(edition, f"sasaran/{second.pk}/naik/")).status_code == 302
    assert [row.objective for row in written_of(edition).objectives] == ["dua", "satu"]
    own.post(address(edition, f"sasaran/{first.pk}/hapus/"))
    assert [row.objective for row in written_of(edition).objectives] == ["dua"]
    assert own.get(address(edition, f"sasaran/{first.pk}/")).status_code == 404
    page = own.get(address(edition)).content.decode()
    assert address(edition, f"sasaran/{first.pk}/kembalikan/") in page
    own.post(address(edition, f"sasaran/{first.pk}/kembalikan/"))
    assert [row.objective for row in written_of(edition).objectives] == ["dua", "satu"]
    with pytest.raises(Conflict):
        restore_concept_row(row=Objective.objects.get(pk=first.pk), edition=edition, actor=SYSTEM)
    drop_concept_row(row=first, edition=edition, actor=SYSTEM)
    with pytest.raises(Conflict):
        drop_concept_row(row=first, edition=edition, actor=SYSTEM)


def test_raising_the_first_changes_nothing() -> None:
    edition = make_edition(make_agency())
    row = keep_concept_row(row=Objective(), edition=edition, objective="satu", actor=SYSTEM)
    raise_concept_row(row=row, edition=edition, actor=SYSTEM)
    assert [each.objective for each in written_of(edition).objectives] == ["satu"]


def test_rows_have_an_end() -> None:
    edition = make_edition(make_agency())
    concept = Concept.objects.create(edition=edition)
    Objective.objects.bulk_create(Objective(concept=concept, objective=str(n)) for n in range(MOST_ROWS))
    with pytest.raises(Conflict, match="at most"):
        keep_concept_row(row=Objective(), edition=edition, objective="lagi", actor=SYSTEM)


def test_a_clone_carries_the_concept_with_last_years_figures_marked() -> None:
    edition = make_edition(make_agency())
    written(edition)
    gone = keep_concept_row(row=Objective(), edition=edition, objective="dibatalkan", actor=SYSTEM)
    drop_concept_row(row=gone, edition=edition, actor=SYSTEM)
    clone = clone_edition(edition=edition, year=2026, actor=SYSTEM)
    found = written_of(clone)
    (aim,), (part,) = found.objectives, found.programme
    assert (found.concept.purpose, aim.last_year, aim.target) == ("Merawat tradisi", True, Decimal(2500))
    assert part.site is not None
    assert part.site.edition_id == clone.pk
    assert any("last year" in row.text for row in missing_of_concept(found))
    own = organiser(edition)
    assert "angka tahun lalu" in own.get(address(clone)).content.decode()
    own.post(address(clone, f"sasaran/{aim.pk}/tetap/"))
    assert not Objective.objects.get(pk=aim.pk).last_year
    Objective.objects.filter(pk=aim.pk).update(last_year=True)
    keep_concept_row(row=aim, edition=clone, version=1, actor=SYSTEM, target=Decimal(3000))
    assert not Objective.objects.get(pk=aim.pk).last_year
    assert not written_of(edition).objectives[0].last_year


def test_what_was_handed_in_goes_where_it_belongs() -> None:
    edition = make_edition(make_agency())
    parts = [
        ConceptPart("purpose", "Untuk apa", "Merawat sungai"), ConceptPart("programme", "Acara", "Lomba dayung"),
        ConceptPart("indicator", "Ukuran", "Pengunjung\n\n" + "x" * 301), ConceptPart("budget", "Biaya", "10 juta\x00"),
    ]  # fmt: skip
    take_up_parts(edition, EventConcept(1, "Judul", parts, ""))
    found = written_of(edition)
    assert (found.concept.purpose, found.concept.scope, found.concept.audience) == (
        "Merawat sungai",
        "Lomba dayung",
        "",
    )
    assert [row.objective for row in found.objectives] == ["Pengunjung"]
    assert all(words in found.concept.notes for words in ("Biaya: 10 juta", "x" * 301))


def test_the_gate_knows_whether_the_concept_is_written() -> None:
    load_reference(actor=SYSTEM)
    edition = make_edition(make_agency())
    missing = gate_of(edition).missing
    written(edition)
    assert gate_of(edition).missing == missing - 1


def test_a_closed_edition_keeps_its_concept() -> None:
    edition = make_edition(make_agency())
    concept = written(edition)
    brought_to(edition, Stage.CLOSED)
    with pytest.raises(Conflict):
        keep_concept(edition=edition, version=concept.version, actor=SYSTEM, purpose="lain")
    own = organiser(edition)
    assert own.post(address(edition, f"sasaran/{Objective.objects.get().pk}/hapus/")).status_code == 302
    assert Objective.objects.standing().count() == 1


def test_others_find_nothing_and_change_nothing() -> None:
    edition = make_edition(make_agency())
    written(edition)
    row = Objective.objects.get()
    stranger = client_of(make_user(Role.ORGANISER, make_agency("lain")))
    leader = client_of(make_user(Role.LEADER, edition.organisation))
    assert leader.get(address(edition)).status_code == 200
    for who in (stranger, leader):
        assert who.post(address(edition, "ubah/"), {"version": 1}).status_code == 404
        assert who.post(address(edition, f"sasaran/{row.pk}/hapus/")).status_code == 404
    assert stranger.get(address(edition)).status_code == 404
    own = organiser(edition)
    for rest in ("lain/baru/", "sasaran/999999/", f"kegiatan/{row.pk + 50}/"):
        assert own.get(address(edition, rest)).status_code == 404
    for step in ("entah", "tetap"):
        assert own.post(address(edition, f"kegiatan/{row.pk}/{step}/")).status_code == 404
    other = make_edition(edition.organisation, event=edition.event, year=2026)
    assert own.get(address(other, f"sasaran/{row.pk}/")).status_code == 404


def test_only_its_organisers_write_it() -> None:
    edition = make_edition(make_agency())
    with pytest.raises(NotAllowed):
        keep_concept(edition=edition, version=0, actor=Actor(ActorKind.USER, "user:0"), purpose="x")
    with pytest.raises(ValidationError):
        keep_concept(edition=edition, version=0, actor=SYSTEM, purpose="x" * 9000)


def test_the_page_asks_as_much_for_three_rows_as_for_one() -> None:
    edition = make_edition(make_agency())
    written(edition)
    own = organiser(edition)
    own.get(address(edition))
    one = count_queries(lambda: own.get(address(edition)))
    for n in range(2):
        keep_concept_row(row=Objective(), edition=edition, actor=SYSTEM, **{**AIM, "objective": str(n)})
        facts: dict[str, Any] = {"part": str(n), "activity": "x", "site": edition.sites.get()}
        keep_concept_row(row=ProgrammeRow(), edition=edition, actor=SYSTEM, **facts)
    assert count_queries(lambda: own.get(address(edition))) == one


@pytest.mark.parametrize(("value", "text"), [(Decimal("1000.00"), "1,000"), (Decimal("12.5"), "12.50")])
def test_figures_have_decimals_only_where_there_are_any(value: Decimal, text: str) -> None:
    assert figure(value) == text
