from __future__ import annotations

import pytest

from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain import wordings as acts
from enggang.documents.domain.letters import preview
from enggang.documents.models import Letter, LetterTemplate
from enggang.documents.placeholders import check_text, filled
from enggang.documents.queries.wordings import wording_of, wordings_for
from tests.documents.factories import drafted, organiser, text_of
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{gelombng}", "{gelombng}"),
        ("{program.__class__}", "{program.__class__}"),
        ("{program!r}", "{program!r}"),
        ("{program:>9}", "{program:>9}"),
        ("{}", "{}"),
        ("{program", "brace"),
        ("program}", "brace"),
        ("{0[a]}", "{0[a]}"),
    ],
)
def test_a_wrong_placeholder_is_named(text: str, told: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_text(text, ["program"])
    assert told in refused.value.message


def test_values_are_put_in_once() -> None:
    assert filled("{a} {{x}} {b}", {"a": "{b}", "b": "2"}) == "{b} {x} 2"
    assert filled("{a}", {}) == "{a}"


def own(office: object | None = None) -> LetterTemplate:
    return acts.copy_template(organisation=office or organisation(), ref="invitation/1", name="Kami", actor=SYSTEM)  # type: ignore[arg-type]


def test_a_copy_is_edited_previewed_and_published_and_letters_keep_their_version() -> None:
    row = own()
    office = row.organisation
    assert [each.ref for each in wordings_for(office, "invitation")] == ["invitation/1"]  # a draft is not offered
    acts.publish_version(template=row, actor=SYSTEM)
    first = wording_of(office, f"{row.code}/1")
    assert first is not None
    letter = drafted(office, wording=first)
    blocks = {**first.blocks, "subject": "Versi dua {program}"}
    acts.write_version(template=row, blocks=blocks, actor=SYSTEM)
    acts.publish_version(template=row, actor=SYSTEM)
    assert wording_of(office, f"{row.code}/1") is None
    second = wording_of(office, f"{row.code}/2")
    assert second is not None
    assert "Versi dua Pelatihan" in text_of(preview(office, "invitation", second.blocks, None))
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.wording, "Versi dua" in kept.title) == (f"{row.code}/1", False)


def test_a_wrong_text_is_refused_with_its_block_and_nothing_is_kept() -> None:
    row = own()
    good = row.versions.get().blocks
    for key, text, told in (
        ("opening", "{nama}", "Opening"),
        ("subject", " ", "is empty"),
        ("closing", "x" * 4001, "longer"),
    ):
        with pytest.raises(Conflict, match=told):
            acts.write_version(template=row, blocks={**good, key: text}, actor=SYSTEM)
    assert row.versions.get().blocks == good


def test_two_tabs_are_told() -> None:
    row = own()
    draft = row.versions.get()
    acts.write_version(template=row, blocks=draft.blocks, version=draft.version, actor=SYSTEM)
    with pytest.raises(Conflict, match="newer version"):
        acts.write_version(template=row, blocks=draft.blocks, version=draft.version, actor=SYSTEM)


def test_going_back() -> None:
    row = own()
    acts.publish_version(template=row, actor=SYSTEM)
    with pytest.raises(Conflict, match="no draft"):
        acts.publish_version(template=row, actor=SYSTEM)
    acts.write_version(template=row, blocks=row.versions.get().blocks, actor=SYSTEM)
    acts.discard_version(template=row, actor=SYSTEM)
    assert row.versions.get().number == 1
    acts.retire_template(template=row, actor=SYSTEM)
    assert wording_of(row.organisation, f"{row.code}/1") is None
    acts.retire_template(template=row, retired=False, actor=SYSTEM)
    assert wording_of(row.organisation, f"{row.code}/1")


def test_names_are_unique_and_strangers_kept_out() -> None:
    row = own()
    with pytest.raises(Conflict, match="already has a template"):
        own(row.organisation)
    with pytest.raises(Conflict, match="no longer offered"):
        acts.copy_template(organisation=row.organisation, ref="x/1", name="B", actor=SYSTEM)
    with pytest.raises(NotAllowed):
        acts.publish_version(template=row, actor=organiser(organisation()))
    assert len(wordings_for(organisation(), "invitation")) == 1
