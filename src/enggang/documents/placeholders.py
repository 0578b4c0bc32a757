"""Texts with places to be filled, such as ``Pelatihan {program} di {tempat}``.

Templates are typed by people, so they are parsed here and never handed to ``str.format``. What is put in is text:
it is not parsed again, and the typesetter never reads it as markup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict


def check_text(text: str, known: Collection[str]) -> None:
    """Raise Conflict, naming the place, unless every ``{placeholder}`` of the text is a known one."""
    for _literal, name in _pieces(text):
        if name is not None and name not in known:
            raise Conflict(
                _("There is no placeholder {field}. You can use: {known}.")
                .replace("{field}", f"{{{name}}}")
                .replace("{known}", ", ".join(f"{{{each}}}" for each in known))
            )


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced; one without a value stays as it is, so that it is noticed."""
    return "".join(
        literal + ("" if name is None else values.get(name, f"{{{name}}}")) for literal, name in _pieces(text)
    )


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise Conflict(
            _("A brace is opened and not closed, or the other way round. Write {{ for a brace itself.")
        ) from error
    for literal, name, spec, conversion in parts:
        odd = f"{'!' + conversion if conversion else ''}{':' + spec if spec else ''}"
        yield literal, None if name is None else f"{name}{odd}"
