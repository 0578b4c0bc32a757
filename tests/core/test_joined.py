"""Small static files that travel as one: what they hold, that they are named by their content, and that the parts stay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as given
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client

from enggang.core.joined import joined

LINES = re.compile(r"^\s*(?:import\s*[\w{*\"']|export\s)", re.MULTILINE)
PAGE = '{% load ui %}{% styles "core/css/portal.css" %}{% scripts "core/js/portal.js" %}'


def text_of(part: str) -> str:
    found = finders.find(part)
    assert isinstance(found, str), part
    return Path(found).read_text()


@pytest.mark.parametrize("name", sorted(given.JOINED))
def test_what_is_joined_may_be(name: str) -> None:
    """No script that imports, and no relative address of a stylesheet that would point elsewhere."""
    for part in given.JOINED[name]:
        text = text_of(part)
        if part.endswith(".js"):
            assert not LINES.search(text), part
        elif "url(" in text.replace("url(#", ""):
            assert Path(part).parent == Path(name).parent, part


def test_names_stay_within_their_script() -> None:
    text = joined("all.js", ["const a = 1;", "const a = 2; // the end"])
    assert text.count("try {\n") == 2
    assert "the end\n} catch" in text
    assert joined("all.css", ["a {}", "b {}"]) == "a {}\nb {}"


def test_collected_they_are_one_file_and_else_their_parts(settings: Any, tmp_path: Path) -> None:
    apart = Template(PAGE).render(Context())
    assert all(part in apart for part in given.JOINED["core/js/portal.js"])
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES, "staticfiles": {"BACKEND": "enggang.core.joined.JoinedStorage"},
    }  # fmt: skip
    for _again in range(2):  # once more over what is there
        call_command("collectstatic", interactive=False, verbosity=0)
    together = Template(PAGE).render(Context())
    styles, script = re.findall(r'(?:href|src)="/static/(core/[^"]+)"', together)
    assert re.fullmatch(r"core/css/portal\.[0-9a-f]{12}\.css", styles)
    assert (tmp_path / f"{styles}.gz").exists()
    said = (tmp_path / styles).read_text()
    assert re.search(r"fonts/plus-jakarta-sans-latin\.[0-9a-f]{12}\.woff2", said)
    assert ".photo-wall" in said
    assert '"journey"' in (tmp_path / script).read_text()
    assert getattr(staticfiles_storage, "joins", False)


@pytest.mark.django_db
def test_a_public_page_loads_at_most_one_sheet_and_one_script(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES, "staticfiles": {"BACKEND": "enggang.core.joined.JoinedNames"},
    }  # fmt: skip
    said = Client().get("/").text
    assert len(re.findall(r'<link rel="stylesheet"', said)) == 1
    assert len(re.findall(r'<script type="module"', said)) == 1
