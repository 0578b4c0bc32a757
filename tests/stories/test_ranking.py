"""A proposal is put in order by hand: dragged with the mouse, moved with the keyboard, and refused in an old tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from enggang.access.enums import Role
from enggang.training.models import Proposal
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, sign_in
from tests.training.nominations.test_calls import NOBODY, make_call, nominate
from tests.training.nominations.test_proposals import propose

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Raden Ajeng Siti Nurhaliza Kusumawardhani Pangestuningtyas, S.Sos., M.A.P."


def order(proposal: Proposal) -> list[str]:
    return [row.nomination.person.name.split()[0] for row in proposal.rows.all()]


def drag(page: Page, number: int, onto: int) -> None:
    handles = page.locator("[data-handle]")
    start, end = handles.nth(number).bounding_box(), handles.nth(onto).bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + end["height"] / 2 + (40 if onto > number else -40), steps=8)
    page.mouse.up()


def test_the_order_is_dragged_and_an_old_tab_changes_nothing(visit: Visit, picture: Picture) -> None:
    call, invited, _agency = make_call(NOBODY)
    nominate(invited, "Ani", LONG, "Citra", "Dedi")
    proposal = propose(call)
    account("Penyelenggara", "p@contoh.id", Role.ORGANISER, call.organisation)
    page = visit()
    sign_in(page, "p@contoh.id")
    address = f"/pelatihan/usulan/rancangan/{proposal.code}/"
    page.goto(address)
    late = page.context.new_page()
    late.goto(address)

    saved = page.locator("[data-ranking]").get_attribute("data-saved") or "-"
    drag(page, 0, 2)
    expect(page.locator("#urutan-status")).to_have_text(saved)
    first = order(proposal)
    assert first[0] != "Ani"
    assert page.locator("[data-place]").all_inner_texts() == ["1", "2", "3", "4"]

    handle = page.locator("[data-handle]").last
    handle.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(900)
    expect(page.locator("#urutan-status")).to_have_text(saved)
    assert order(proposal) == [first[0], first[1], first[3], first[2]]

    drag(late, 0, 1)
    expect(late.locator("[data-stale]")).to_have_count(1)
    assert late.locator("#urutan-status").inner_text() not in {"", saved}
    assert order(proposal) == [first[0], first[1], first[3], first[2]]
    page.reload()
    picture(page, "proposal-order")
