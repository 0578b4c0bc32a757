"""The lines of the permission table that are about short links, ways out and readers."""

from __future__ import annotations

from enggang.reach import rules
from tests.architecture.arguments import fixed, row
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page, post, roles

READERS, SHARERS = roles(*rules.READERS), roles(*rules.SHARERS)


def link(**more: str) -> FromSide:
    def args(side: Side) -> Values:
        return {"code": side.rows["shown_destination"], "link": side.rows["short_link"], **more}

    return args


REACH: dict[str, tuple[Row, ...]] = {
    "reach:short": (page(EVERYONE, EVERYONE, args=lambda side: {"code": side.rows["short_link"]}),),
    "reach:outside": (
        page(EVERYONE, EVERYONE, args=lambda side: {"code": side.rows["shown_destination"], "name": "situs"}),
    ),
    "reach:figures": (page(READERS),),
    "reach:noun": (
        page(READERS, args=row("shown_destination")),
        post(SHARERS, args=row("shown_destination"), data=fixed(aim="page", language="en")),
    ),
    "reach:link_step": (post(SHARERS, args=link(step="akhiri")),),
    "reach:poster": (page(READERS, args=link(paper="a4")),),
}
