"""Indonesian first, English second, both complete; other languages complete for what visitors touch."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools import messages
from tools.messages import Key


@pytest.mark.parametrize("language", ["id", "en", "ms", "zh_Hans"])
def test_every_message_is_translated(language: str) -> None:
    assert messages.problems(language, messages.gather()) == []


def test_messages_are_found_in_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "views.py").write_text(
        'a = _("One" " two")\nb = ngettext("%(n)s seat", "%(n)s seats", n)\nc = pgettext_lazy("verb", "Award")\nd = _(e)\n'
        "f = f\"{_('Inside')}: {_('%(n)s left') % {'n': 1}}\"\n"
    )
    (tmp_path / "app" / "templates" / "page.html").write_text(
        "{% load i18n %}\n<p>\n    {% translate 'Save' %} {% translate \"Open\" context 'verb' as x %}\n"
        "  {% blocktranslate trimmed count n=rows %}\n    One row\n  {% plural %}\n    {{ n }} rows\n"
        "  {% endblocktranslate %}{% include 'x.html' with label=_(\"Label\") %}\n</p>\n"
    )
    assert set(messages.gather(tmp_path)) == {
        Key("One two"),
        Key("%(n)s seat", "", "%(n)s seats"),
        Key("Award", "verb"),
        Key("Save"),
        Key("Open", "verb"),
        Key("One row", "", "%(n)s rows"),
        Key("Label"),
        Key("Inside"),
        Key("%(n)s left"),
    }


def test_every_name_that_messages_are_imported_under_is_one_that_is_gathered() -> None:
    """A message under another name is shown in English to everybody, and nobody is told."""
    names = {
        alias.asname or alias.name
        for path in messages.SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    assert names - set(messages.KEYWORDS) == set()


def test_a_language_for_guests_wants_what_visitors_touch_and_no_more() -> None:
    everything = messages.gather()
    wanted = messages.wanted_in("ms", everything)
    assert Key("Your name") in wanted
    assert Key("Say how many nights.") in wanted
    assert (
        Key(
            "The report is written from what is on record: numbers, money, permits, incidents. Only the words below are yours."
        )
        in everything.keys() - wanted.keys()
    )
    with pytest.raises(ValueError, match="no such file"):
        list(messages._of_face("events/templates/events/nowhere.html", messages.SOURCE))


def test_catalogue_reads_back_what_was_written(tmp_path: Path) -> None:
    wanted = {Key('Say "hello"\nthere', "greeting"): ["Ucapkan\t“halo”"], Key("{n} row", "", "{n} rows"): ["{n} baris"]}
    (tmp_path / "x.po").write_text(messages.write("id", wanted), encoding="utf-8")
    assert messages.read("id", tmp_path / "x.po") == (wanted, [])


def test_a_lost_placeholder_is_a_problem() -> None:
    assert list(messages._wrong("id", Key("{n} seats for {who}"), ["{n} kursi"])) != []
    assert list(messages._wrong("id", Key("{n} seats"), ["{n} kursi"])) == []
    assert list(messages._wrong("id", Key("one seat", "", "{n} seats"), ["{n} kursi"])) == []
    assert list(messages._wrong("en", Key("one seat", "", "{n} seats"), ["one seat"])) != []
