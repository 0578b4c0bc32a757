"""What is found, by whom, and that nothing typed is an error."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enggang.access.enums import Role
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from enggang.core.models import Subject
from enggang.search import fulltext, rules
from enggang.search.domain.indexing import Findable, check_index, drop_subject, index_many, index_subject
from enggang.search.models import SearchEntry
from enggang.search.queries import by_kind, find

pytestmark = pytest.mark.django_db


def holding(role: Role | str, path: str) -> Actor:
    return Actor(ActorKind.USER, "user:1", "Someone", 1, (Grant(str(role), path),))


def subject(kind: str = "wave", organisation_code: str = "A") -> Subject:
    return Subject.objects.make(kind=kind, organisation_code=organisation_code)


def indexed(title: str, text: str = "", path: str = "/A/", kind: str = "wave", **more: Any) -> Subject:
    row = subject(kind)
    index_subject(subject=row, title=title, text=text, organisation_path=path, **more)
    return row


def titles(text: str, actor: Actor = SYSTEM) -> list[str]:
    return [hit.title for hit in find(text, actor)]


def test_every_word_must_be_there_in_any_order_and_case() -> None:
    indexed("Pelatihan Fotografi Sambas")
    indexed("Pelatihan Administrasi")
    assert titles("SAMBAS pelatihan") == ["Pelatihan Fotografi Sambas"]


def test_the_beginning_of_a_word_is_enough() -> None:
    indexed("Bengkayang")
    assert titles("bengk") == ["Bengkayang"]


def test_accents_do_not_matter() -> None:
    indexed("Café Étoile")
    assert titles("cafe etoile") == ["Café Étoile"]
    assert titles("CAFÉ") == ["Café Étoile"]


def test_a_synonym_finds_as_well() -> None:
    indexed("Diklat Kepemimpinan")
    assert titles("pelatihan") == ["Diklat Kepemimpinan"]


def test_a_title_goes_before_a_text() -> None:
    indexed("Rapat", text="tentang Singkawang dan lainnya")
    indexed("Singkawang")
    assert titles("singkawang") == ["Singkawang", "Rapat"]


def test_indexing_again_replaces_what_was_known() -> None:
    row = indexed("Lama")
    index_subject(subject=row, title="Baru", organisation_path="/A/")
    assert titles("lama") == []
    assert titles("baru") == ["Baru"]
    assert check_index() == []


def test_a_dropped_subject_is_not_found() -> None:
    row = indexed("Hilang")
    drop_subject(row)
    drop_subject(row)
    assert titles("hilang") == []
    assert SearchEntry.objects.count() == 0
    assert check_index() == []


def test_staff_find_what_lies_below_their_organisation_only() -> None:
    indexed("Rahasia satu", path="/A/B/")
    indexed("Rahasia dua", path="/A/C/")
    indexed("Rahasia tiga", path="/AB/")
    assert titles("rahasia", holding(Role.COORDINATOR, "/A/B/")) == ["Rahasia satu"]
    assert sorted(titles("rahasia", holding(Role.INSPECTOR, "/A/"))) == ["Rahasia dua", "Rahasia satu"]


def test_a_participant_finds_only_what_is_shared() -> None:
    indexed("Rahasia", path="/A/")
    indexed("Rahasia bersama", path="/A/", signed_in=True)
    indexed("Rahasia umum", path="/A/", public=True)
    assert sorted(titles("rahasia", holding(Role.PARTICIPANT, "/A/"))) == ["Rahasia bersama", "Rahasia umum"]
    assert titles("rahasia", ANONYMOUS) == ["Rahasia umum"]


def test_a_narrowed_kind_is_found_only_by_its_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules._narrowed, "secret", (str(Role.COORDINATOR),))
    indexed("Data Budi", kind="secret", path="/A/")
    assert titles("budi", holding(Role.GRADER, "/A/")) == []
    assert titles("budi", holding(Role.COORDINATOR, "/A/")) == ["Data Budi"]
    assert titles("budi", SYSTEM) == ["Data Budi"]


def test_kinds_and_limit_narrow_the_answer() -> None:
    indexed("Sintang satu", kind="wave")
    indexed("Sintang dua", kind="person")
    indexed("Sintang tiga", kind="person")
    assert {hit.kind for hit in find("sintang", SYSTEM, kinds=["person"])} == {"person"}
    assert len(find("sintang", SYSTEM, limit=2)) == 2
    assert sorted(len(hits) for _, hits in by_kind(find("sintang", SYSTEM))) == [1, 2]


def test_a_snippet_shows_the_place_of_the_hit() -> None:
    indexed("Notulen", text=" ".join(["kata"] * 60) + " kratom " + " ".join(["akhir"] * 60))
    (hit,) = find("kratom", SYSTEM)
    assert "kratom" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert len(hit.snippet) < 200


def test_many_are_indexed_as_one_set(django_assert_max_num_queries: object) -> None:
    rows = [Findable(subject("person"), f"Orang {number}", organisation_path="/A/") for number in range(30)]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert index_many(rows) == 30
    assert len(find("orang", SYSTEM)) == 30


@pytest.mark.parametrize(
    "text",
    ["", "   ", '"', "'", '" OR 1=1 --', "a* NEAR(b)", "AND", "NOT", "()", "{}", "title:x", "\0", "a\0b", ":*", "!!&&||",
     "<->", "x" * 10_000, "kata " * 5_000, "%", "_", "\\", "💥", "½²", "ที่", "\ud800"],
)  # fmt: skip
def test_hostile_questions_are_answered(text: str) -> None:
    indexed("Biasa saja")
    assert isinstance(find(text, SYSTEM), list)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_was_typed_is_no_error(text: str) -> None:
    assert isinstance(find(text, SYSTEM), list)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_whatever_is_indexed_is_no_error(text: str) -> None:
    indexed(text, text)
    assert check_index() == []


def test_the_index_can_be_built_anew() -> None:
    indexed("Kembali")
    assert fulltext.rebuild() == 1
    assert titles("kembali") == ["Kembali"]
    assert check_index() == []


def test_the_full_text_index_drives_the_query() -> None:
    if connection.vendor == "sqlite":
        plan = fulltext.matching(SearchEntry.objects.visible_to(SYSTEM), "pegawai").explain()
        assert "search_fts VIRTUAL TABLE" in plan.splitlines()[0]
        assert "CORRELATED" not in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = fulltext.matching(SearchEntry.objects.visible_to(SYSTEM), "pegawai").explain()
        assert "search_document" in plan


def test_what_resembles_shares_any_word_and_what_shares_more_stands_first() -> None:
    indexed("Antrean daring museum")
    indexed("Museum provinsi")
    indexed("Kebun kopi")
    found = fulltext.resembling(SearchEntry.objects.all(), "museum dengan antrean daring")
    assert [entry.title for entry in found] == ["Antrean daring museum", "Museum provinsi"]
    assert list(fulltext.resembling(SearchEntry.objects.all(), " '\" ?")) == []


@pytest.mark.parametrize("rare", [5_000, 0])
def test_a_rare_and_a_frequent_word_give_the_newest_of_a_kind(monkeypatch: pytest.MonkeyPatch, rare: int) -> None:
    monkeypatch.setattr(fulltext, "RARE", rare)
    rows = [indexed(f"Danau {number}", kind="asset") for number in range(4)]
    indexed("Danau", kind="event")
    assert fulltext.newest_with("asset", "danau", 3) == [row.pk for row in reversed(rows[1:])]
    assert fulltext.newest_with("asset", "gunung", 3) == []
    assert fulltext.newest_with("asset", " ", 3) is None
