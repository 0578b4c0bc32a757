"""What a programme gives evidence for."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.people.domain.catalogue import keep_catalogue_row
from enggang.people.models import Competency
from enggang.places.models import Organisation
from enggang.training.domain.programmes import CompetencySpec, ModuleSpec, change_programme
from enggang.training.models import Programme, Wave
from tests.training.factories import client_of, make_agency, make_programme, make_user, make_wave

pytestmark = pytest.mark.django_db
MODULES = [ModuleSpec("Fotografi", 10)]


def make_competency(agency: Organisation, name: str = "Fotografi") -> Competency:
    row = Competency(name=name, valid_from=date(2020, 1, 1), source="Kamus dinas")
    made: Competency = keep_catalogue_row(row=row, organisation=agency, actor=SYSTEM)
    return made


def _named(programme: Programme) -> list[tuple[str, int]]:
    return [(row.competency.name, row.level) for row in programme.competencies.all()]


def test_competencies_are_named_changed_left_and_taken_out() -> None:
    agency = make_agency()
    photo, video = make_competency(agency), make_competency(agency, "Videografi")
    programme = make_programme(agency, competencies=[CompetencySpec(photo, 2)])
    assert _named(programme) == [("Fotografi", 2)]

    def change(**facts: object) -> None:
        change_programme(programme=programme, version=programme.version, modules=MODULES, actor=SYSTEM, **facts)  # type: ignore[arg-type]

    change()
    assert _named(programme) == [("Fotografi", 2)]
    change(competencies=[CompetencySpec(video, 3), CompetencySpec(photo, 1)])
    assert sorted(_named(programme)) == [("Fotografi", 1), ("Videografi", 3)]
    change(competencies=[])
    assert _named(programme) == []


def test_a_competency_twice_or_a_level_that_is_none_changes_nothing() -> None:
    agency = make_agency()
    photo = make_competency(agency)
    programme = make_programme(agency, competencies=[CompetencySpec(photo, 2)])
    for specs, error in (
        ([CompetencySpec(photo, 1), CompetencySpec(photo, 3)], Conflict),
        ([CompetencySpec(photo, 6)], ValidationError),
        ([CompetencySpec(photo, 0)], ValidationError),
    ):
        fresh = Programme.objects.get(pk=programme.pk)
        with pytest.raises(error):
            change_programme(programme=fresh, version=fresh.version, modules=MODULES, competencies=specs, actor=SYSTEM)
        assert _named(programme) == [("Fotografi", 2)]


def test_the_form_names_them_the_pages_show_them_and_a_wave_has_those_of_its_programme() -> None:
    agency = make_agency()
    photo = make_competency(agency)
    foreign = make_competency(make_agency("Dinas lain"), "Rahasia")
    wave: Wave = make_wave(agency)
    programme, client = wave.programme, client_of(make_user(Role.ORGANISER, agency))
    address = reverse("training:programme_edit", args=[programme.code])
    page = client.get(address)
    assert "Fotografi" in page.text
    assert "Rahasia" not in page.text
    facts = {
        "organisation": agency.pk, "title": programme.title, "minimum_attendance": 80, "minutes_per_jp": 45,
        "jp_credit": programme.jp_credit, "version": programme.version,
        "modules-TOTAL_FORMS": 1, "modules-INITIAL_FORMS": 0, "modules-0-title": "Dasar", "modules-0-jp": 5,
        "stages-TOTAL_FORMS": 1, "stages-INITIAL_FORMS": 0, "stages-0-title": "Penyelenggara", "stages-0-by": "organiser",
        "competencies-TOTAL_FORMS": 2, "competencies-INITIAL_FORMS": 0, "competencies-0-competency": photo.pk,
        "competencies-0-level": 2,
    }  # fmt: skip
    for wrong in (
        {"competencies-0-level": ""},
        {"competencies-0-level": 9},
        {"competencies-0-competency": foreign.pk},
        {"competencies-1-competency": photo.pk, "competencies-1-level": 3},
    ):
        refused = client.post(address, {**facts, **wrong})
        assert "Dasar" in refused.text
        assert not programme.competencies.exists()
    assert client.post(address, facts).status_code == 302
    assert _named(programme) == [("Fotografi", 2)]
    assert "Fotografi" in client.get(reverse("training:programme", args=[programme.code])).text
    assert 'line"><div><strong>Fotografi' in client.get(reverse("training:wave", args=[wave.code])).text


def test_the_list_shows_the_hours_of_the_curriculum_however_many_waves_there_are() -> None:
    agency = make_agency()
    wave: Wave = make_wave(agency)
    wave_2: Wave = make_wave(agency, programme=wave.programme, name="Gelombang 2")
    row = Programme.objects.with_counts().get()
    assert wave_2.programme == row
    assert (row.jp, row.wave_count) == (sum(module.jp for module in row.modules.all()), 2)  # type: ignore[attr-defined]
