"""What the layouts and components promise to whoever builds a screen on them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import django_tables2 as tables
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from enggang import core

ROOT = Path(core.__file__).parents[1]
SYMBOLS = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "core/static/core/icons.svg").read_text()))


class Enrolment(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the decree.")
    email = forms.EmailField(label="Mail", required=False)
    mode = forms.ChoiceField(label="Mode", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agreed")


def _render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def _include(name: str, **context: object) -> str:
    return render_to_string(f"core/components/{name}.html", context)


def test_every_icon_named_in_a_template_is_drawn() -> None:
    sources = "".join(path.read_text() for path in ROOT.rglob("templates/**/*.html"))
    assert set(re.findall(r'(?:{% icon |icon=)"([\w-]+)"', sources)) - SYMBOLS == set()


def test_an_icon_is_silent_unless_it_is_labelled() -> None:
    assert 'aria-hidden="true"' in _render('{% icon "home" %}')
    assert 'role="img" aria-label="&lt;Home&gt;"' in _render('{% icon "home" label=label %}', label="<Home>")


@pytest.mark.parametrize("tone", ["neutral", "good", "warn", "bad", "info"])
def test_each_tone_has_a_shape_of_its_own(tone: str) -> None:
    assert f"tone-{tone}" in SYMBOLS
    assert f"#tone-{tone}" in _render("{% badge 'Open' tone %}", tone=tone)


def test_an_unknown_tone_is_shown_as_neutral() -> None:
    assert "badge--neutral" in _render("{% badge 'Open' 'splendid' %}")


@pytest.mark.parametrize("method", ["Reckoned from the rows.", "get", None])
def test_a_form_posts_whatever_the_page_calls_its_method(method: str | None) -> None:
    assert '<form class="form" method="post"' in _include("form", form=Enrolment(), method=method)
    asking = _include("form", form=Enrolment(), method=method, form_method="get")
    assert '<form class="form" method="get"' in asking
    assert "csrfmiddlewaretoken" not in asking


def test_a_wrong_field_says_so_to_a_screen_reader_and_keeps_what_was_typed() -> None:
    shown = _include("form", form=Enrolment({"name": "", "email": "dayang"}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'value="dayang"' in shown


def test_the_summary_of_errors_comes_first_takes_the_focus_and_links_to_the_fields() -> None:
    form = Enrolment({"name": ""})
    form.add_error(None, "The wave is full.")
    shown = _include("form", form=form)
    assert shown.index("error-summary") < shown.index("id_name_helptext")
    assert "autofocus" in shown
    assert 'href="#id_name"' in shown
    assert "The wave is full." in shown


def test_only_optional_fields_are_marked() -> None:
    fields = [_render("{% field bound %}", bound=field) for field in Enrolment()]
    assert ["field__optional" in shown for shown in fields] == [False, True, False, False]


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    shown = _render("{% field bound %}", bound=Enrolment()["mode"])
    assert "<fieldset" in shown
    assert "<legend" in shown


class People(tables.Table):
    name = tables.Column("Name")
    hours = tables.Column("Hours", orderable=False)

    class Meta:
        template_name = "core/components/table.html"
        empty_text = "Nobody yet."


def test_a_table_tells_its_order_and_labels_its_cells() -> None:
    request = RequestFactory().get("/", {"sort": "-name", "q": "x"})
    table = People([{"name": f"P{number}", "hours": number} for number in range(30)])
    tables.RequestConfig(request, paginate={"per_page": 10}).configure(table)
    shown = table.as_html(request)
    assert 'aria-sort="descending"' in shown
    assert 'data-label="Hours"' in shown
    assert 'href="?sort=-name&amp;q=x&amp;page=2"' in shown


def test_an_empty_table_says_so() -> None:
    shown = People([]).as_html(RequestFactory().get("/"))
    assert "Nobody yet." in shown
    assert "<table" not in shown


def test_pagination_works_without_a_request() -> None:
    shown = _include("pagination", page_obj=Paginator(range(50), 10).page(2))
    assert 'href="?page=3"' in shown
    assert shown.count('aria-current="page"') == 1


def test_a_query_value_is_replaced_or_dropped() -> None:
    request = RequestFactory().get("/", {"q": "x", "page": "4"})
    assert _render("{% href_with page='' state='open' %}", request=request) == "?q=x&amp;state=open"


def test_a_theme_is_read_from_the_cookie_only_when_it_is_one_we_know() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "dark"
    assert _render("{% theme %}", request=request) == "dark"
    request.COOKIES["theme"] = '"><script>'
    assert _render("{% theme %}", request=request) == ""


def test_text_to_share_is_escaped_on_the_page_and_in_the_address() -> None:
    shown = _include("copy_text", text="Hello & <b>\nmore", id="x")
    assert "Hello &amp; &lt;b&gt;" in shown
    assert "https://wa.me/?text=Hello%20%26%20%3Cb%3E%0Amore" in shown


@pytest.mark.parametrize("name", ["500.html", "404.html", "403.html", "409.html"])
def test_an_error_page_stands_without_context(name: str) -> None:
    shown = get_template(name).render()
    assert "<h1>" in shown
    assert 'href="/"' in shown


def test_no_template_of_the_shell_has_inline_style_or_script() -> None:
    for path in (ROOT / "core/templates").rglob("*.html"):
        assert not re.search(r"\sstyle=|<style|<script(?![^>]* src=)|\son\w+=", path.read_text()), path


def test_the_scripts_stay_small() -> None:
    assert all(len(path.read_text().splitlines()) < 80 for path in (ROOT / "core/static/core/js").glob("*.js"))


def test_an_empty_list_says_its_own_words_only() -> None:
    """A ``text`` that an alert above was given would stand in the empty box as well."""
    leaks = []
    for path in sorted(ROOT.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        for found in re.finditer(r'\{% include "core/components/empty\.html"([^%]*)%\}', page):
            given = [each.end() for each in re.finditer(r"\bas(?:var)? text\b", page[: found.start()])]
            if "text=" not in found[1] and given and 'include "' in page[given[-1] : found.start()]:
                leaks.append(f"{path.name}: {found[0]}")
    assert leaks == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_day_without_a_format_is_written_like_all_others(language: str) -> None:
    moment = datetime(2026, 11, 28, 5, 48, tzinfo=UTC)
    with override(language):
        shown = Template("{{ moment|date }} · {{ day }} · {{ moment }}").render(
            Context({"moment": moment, "day": moment.date()}, use_tz=False)
        )
    assert shown == "28 November 2026 · 28 November 2026 · 28 November 2026, 05.48"
