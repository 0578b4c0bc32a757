"""Short links and their posters: made where a noun is edited, followed by anybody, retired and revived."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.models import Edition
from enggang.places.models import Organisation
from enggang.reach.counter import tally
from enggang.reach.domain import links as acts
from enggang.reach.domain.counting import keep_counts
from enggang.reach.enums import Paper
from enggang.reach.models import ShortLink
from enggang.reach.papers import is_printable, poster_of
from enggang.reach.queries.links import links_of
from enggang.reach.queries.nouns import Shown, shown_by
from tests.events.factories import make_region
from tests.portal.showing import in_all_languages, page_at, show_festival, written
from tests.reach.test_counting import visitor
from tests.stories_app.test_destinations import make_destination
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    tally.taken()
    yield
    tally.taken()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def festival(agency: Organisation) -> Edition:
    edition = show_festival(agency)
    written(edition.event)
    in_all_languages(edition.event)
    return edition


def shown(noun: Edition) -> Shown:
    found = shown_by(noun.code)
    assert found
    return found


def link_to(noun: Edition, language: str = "id", note: str = "") -> ShortLink:
    return acts.make_link(shown=shown(noun), aim="page", language=language, note=note, actor=SYSTEM)


def test_it_leads_to_the_page_in_its_language_and_is_counted(festival: Edition) -> None:
    link = link_to(festival, "en")
    answer = visitor().get(f"/s/{link.code}")
    assert (answer.status_code, answer["Location"]) == (302, f"/en{page_at(festival.event)}")
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert visitor().get(f"/s/{link.code.lower()}/").status_code == 302
    keep_counts(tally.taken())
    assert links_of(shown(festival))[0].count == 2


def test_a_retired_link_says_so_until_it_is_revived(festival: Edition) -> None:
    link = link_to(festival)
    acts.retire_link(link=link, actor=SYSTEM)
    assert visitor().get(f"/s/{link.code}").status_code == 410
    assert not tally.taken()
    acts.revive_link(link=link, actor=SYSTEM)
    assert visitor().get(f"/s/{link.code}").status_code == 302


def test_that_it_has_ended_is_told_in_its_language_and_without_a_cookie(festival: Edition) -> None:
    link = link_to(festival, "zh")
    acts.retire_link(link=link, actor=SYSTEM)
    answer = visitor().get(f"/s/{link.code}")
    assert (answer.status_code, answer.cookies) == (410, {})
    assert '<html lang="zh-hans"' in answer.content.decode()
    assert 'href="/zh/"' in answer.content.decode()


def test_a_link_to_what_visitors_may_not_read_leads_nowhere(festival: Edition) -> None:
    link = link_to(festival)
    Edition.objects.filter(pk=festival.pk).update(stage="confirmed")
    assert visitor().get(f"/s/{link.code}").status_code == 410


@pytest.mark.parametrize("code", ["ZZZZZZ", "abc", "x" * 40, "%00%00%00%00"])
def test_a_code_that_never_was_is_404(code: str) -> None:
    assert Client().get(f"/s/{code}").status_code == 404


def test_the_same_link_twice_is_one(festival: Edition) -> None:
    assert link_to(festival, note="Pelabuhan").pk == link_to(festival, note=" Pelabuhan ").pk
    assert link_to(festival, note="Bandara").pk != link_to(festival, note="Pelabuhan").pk


@pytest.mark.parametrize(("aim", "language"), [("rahasia", "id"), ("page", "fr"), ("", "")])
def test_only_pages_it_has_in_languages_there_are(festival: Edition, aim: str, language: str) -> None:
    with pytest.raises(Conflict):
        acts.make_link(shown=shown(festival), aim=aim, language=language, actor=SYSTEM)


def test_there_is_an_end_to_links(festival: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "MOST", 2)
    link_to(festival, note="satu")
    link_to(festival, note="dua")
    with pytest.raises(Conflict):
        link_to(festival, note="tiga")


def test_only_who_writes_for_the_agency(festival: Edition, agency: Organisation) -> None:
    link = link_to(festival)
    for actor in (make_actor(Role.LEADER, agency), make_actor(Role.ORGANISER, make_agency("Dinas lain"))):
        with pytest.raises(NotAllowed):
            acts.make_link(shown=shown(festival), aim="page", language="id", note="x", actor=actor)
        with pytest.raises(NotAllowed):
            acts.retire_link(link=link, actor=actor)


# -- posters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.A3, (842, 1191))])
def test_a_poster_says_what_when_and_where(festival: Edition, paper: Paper, size: tuple[int, int]) -> None:
    link = link_to(festival, "en")
    content = poster_of(link, shown(festival), paper)
    (page,) = PdfReader(BytesIO(content)).pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == size
    text = page.extract_text().replace("\u200b", "")
    for part in ("Lake Festival", "Read more here", link.printed):
        assert part in " ".join(text.split()), part


def test_the_longest_name_still_fits_on_one_page(agency: Organisation) -> None:
    edition = show_festival(agency, "Festival " + "Pelestarian Kebudayaan " * 5)
    content = poster_of(link_to(edition), shown(edition), Paper.A4)
    assert len(PdfReader(BytesIO(content)).pages) == 1


def test_where_no_font_has_the_letters_no_poster_is_offered(festival: Edition) -> None:
    link = link_to(festival, "zh")
    assert not is_printable(link, shown(festival))
    client = client_of(make_user(Role.ORGANISER, festival.organisation))
    assert client.get(f"/pembaca/{festival.code}/tautan/{link.code}/poster-a4.pdf").status_code == 404


# -- screens ------------------------------------------------------------------------------------------------


def test_from_the_event_to_the_poster(festival: Edition) -> None:
    client = client_of(make_user(Role.ORGANISER, festival.organisation))
    for noun, row in (("edition", festival), ("event", festival.event)):
        assert f"/pembaca/{row.code}/" in client.get(reverse(f"events:{noun}", args=[row.code])).text
    page = f"/pembaca/{festival.code}/"
    answer = client.post(page, {"aim": "page", "language": "ms", "note": "Dermaga"}, follow=True)
    link = ShortLink.objects.get()
    assert link.printed in answer.content.decode()
    pdf = client.get(f"{page}tautan/{link.code}/poster-a3.pdf")
    assert pdf.content.startswith(b"%PDF")
    client.post(f"{page}tautan/{link.code}/akhiri/")
    link.refresh_from_db()
    assert link.retired_at
    assert client.get(f"{page}tautan/{link.code}/poster-a3.pdf").status_code == 404
    assert client.get(f"{page}tautan/{link.code}/poster-a9.pdf").status_code == 404
    assert client.post(f"{page}tautan/{link.code}/lain/").status_code == 404


def test_what_was_typed_wrongly_is_told(festival: Edition) -> None:
    client = client_of(make_user(Role.ORGANISER, festival.organisation))
    answer = client.post(f"/pembaca/{festival.code}/", {"aim": "x", "language": "id", "note": "Pasar " * 100})
    assert answer.status_code == 422
    assert not ShortLink.objects.exists()


def test_a_leader_reads_and_makes_nothing(festival: Edition) -> None:
    client = client_of(make_user(Role.LEADER, festival.organisation))
    assert client.get(f"/pembaca/{festival.code}/").status_code == 200
    assert client.post(f"/pembaca/{festival.code}/", {"aim": "page", "language": "id"}).status_code == 404
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Dinas lain")))
    assert stranger.get(f"/pembaca/{festival.code}/").status_code == 404


def test_a_draft_has_no_link_yet(agency: Organisation) -> None:
    draft = make_destination(agency, make_region())
    said = client_of(make_user(Role.ORGANISER, agency)).get(f"/pembaca/{draft.code}/").content.decode()
    assert "belum" in said
