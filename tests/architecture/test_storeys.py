"""An app knows only the storeys below its own, also where it names them by a string."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.urls import get_resolver

from tests.architecture import storeys
from tests.architecture.storeys import SOURCE, Order, Owners

ORDER = storeys.read_order()
SMALL = Order({"roof": 2, "left": 1, "right": 1, "floor": 0})
KNOWN = Owners(
    templates={"roof/page.html": "roof", "floor/base.html": "floor"},
    urls={"roof:home": "roof", "floor-home": "floor"},
    libraries={"right_tags": "right"},
)


@pytest.fixture(scope="module")
def owners() -> Owners:
    return storeys.find_owners()


def our_files(pattern: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.glob(pattern)):
        if path.is_file():
            yield path.relative_to(SOURCE).parts[0], path


def complaint(app: str, path: Path, line: int, other: str, name: str) -> str:
    return f"{path.relative_to(SOURCE)}:{line}: {app} names {name!r}, which belongs to {other}"


def test_every_app_has_its_storey() -> None:
    unplaced = [app.label for app in apps.get_app_configs() if storeys.app_of(app.name) and app.label not in ORDER.rank]
    assert unplaced == []


def test_strings_in_python_name_only_lower_storeys(owners: Owners) -> None:
    wrong = [
        complaint(app, path, line, other, name)
        for app, path in our_files("*/**/*.py")
        if "migrations" not in path.parts
        for line, other, name in storeys.names_in_python(path.read_text(encoding="utf-8"), owners)
        if not ORDER.allows(app, other)
    ]
    assert wrong == []


def test_templates_name_only_lower_storeys(owners: Owners) -> None:
    wrong = [
        complaint(app, path, line, other, name)
        for app, path in our_files("*/templates/**/*")
        for line, other, name in storeys.names_in_template(path.read_text(encoding="utf-8"), owners)
        if not ORDER.allows(app, other)
    ]
    assert wrong == []


def test_rows_point_only_to_lower_storeys() -> None:
    wrong = [
        f"{model._meta.label}.{field} points up to {other}"
        for model in apps.get_models(include_auto_created=True)
        if (app := storeys.app_of(model.__module__))
        for field, other in storeys.related_apps(model)
        if not ORDER.allows(app, other)
    ]
    assert wrong == []


def test_migrations_wait_only_for_lower_storeys() -> None:
    ours = {app.label: storeys.app_of(app.name) for app in apps.get_app_configs() if storeys.app_of(app.name)}
    wrong = [
        f"{label}.{name} wants a migration of {other}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in ours
        for other in storeys.needed_apps(migration)
        if other in ours and not ORDER.allows(ours[label], ours[other])
    ]
    assert wrong == []


def test_acts_and_jobs_carry_the_name_of_their_own_app() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)}:{line}: {code}"
        for app, path in our_files("*/**/*.py")
        for line, code in storeys.foreign_codes(path.read_text(encoding="utf-8"), app)
    ]
    assert wrong == []


def test_no_two_apps_give_a_url_the_same_name() -> None:
    seen: dict[str, str] = {}
    twice = [
        f"{name}: {app} and {seen[name]}"
        for name, app in storeys.url_owners(get_resolver().url_patterns)
        if seen.setdefault(name, app) != app
    ]
    assert twice == []


# -- the walker itself can fail ----------------------------------------------------------------------


def test_order_lets_an_app_look_down_but_neither_up_nor_sideways() -> None:
    assert SMALL.allows("roof", "floor")
    assert SMALL.allows("left", "left")
    assert not SMALL.allows("floor", "roof")
    assert not SMALL.allows("left", "right")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("reverse('roof:home')", ("roof", "roof:home")),
        ("shortcuts.redirect('floor-home')", ("floor", "floor-home")),
        ("NavEntry(url_name='roof:home')", ("roof", "roof:home")),
        ("render(request, 'roof/page.html')", ("roof", "roof/page.html")),
        ("apps.get_model('roof.Page')", ("roof", "roof.Page")),
        ("async_task('enggang.roof.domain.pages.render')", ("roof", "enggang.roof.domain.pages.render")),
        ("receiver(sender='roof.Page')", ("roof", "roof.Page")),
    ],
)
def test_walker_sees_names_in_python(source: str, expected: tuple[str, str]) -> None:
    assert [(app, name) for _line, app, name in storeys.names_in_python(source, KNOWN)] == [expected]


def test_walker_does_not_take_documentation_for_a_name() -> None:
    assert list(storeys.names_in_python('"""roof.Page"""', KNOWN)) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% extends "roof/page.html" %}', ("roof", "roof/page.html")),
        ("\n{% include 'floor/base.html' with a=b %}", ("floor", "floor/base.html")),
        ("<a href=\"{% url 'roof:home' code=x %}\">", ("roof", "roof:home")),
        ("{% load i18n right_tags %}", ("right", "right_tags")),
        ("{% static 'left/page.css' %}", ("left", "left/page.css")),
    ],
)
def test_walker_sees_names_in_templates(source: str, expected: tuple[str, str]) -> None:
    assert [(app, name) for _line, app, name in storeys.names_in_template(source, KNOWN)] == [expected]


def test_walker_sees_an_act_named_for_another_app() -> None:
    source = '@act("roof.open_page")\ndef open_page(): ...\n@job("floor.sweep")\ndef sweep(): ...\n'
    assert list(storeys.foreign_codes(source, "floor")) == [(2, "roof.open_page")]


def test_walker_sees_where_a_row_and_a_migration_point() -> None:
    class Stair(Migration):
        dependencies = [("roof", "0001_initial")]
        run_before = [("left", "0002_more")]

    subject = apps.get_model("core", "Subject")
    pointing = [found for model in apps.get_models() for found in storeys.related_apps(model)]
    assert ("subject", storeys.app_of(subject.__module__)) in pointing
    assert list(storeys.needed_apps(Stair("0001", "floor"))) == ["roof", "left"]
