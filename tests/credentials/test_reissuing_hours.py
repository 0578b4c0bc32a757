"""A certificate with corrected hours: the papers that say the old number are named, and issued again."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.credentials.domain.reissuing import reissue_award
from enggang.credentials.models import Award
from enggang.documents.rendering.certificate import check, page
from enggang.files.domain.storing import read_bytes
from enggang.training.domain.crediting import correct_jp
from enggang.training.models import Registration
from enggang.training.queries.corrected import stale_papers
from tests.credentials.test_badges import issued, said
from tests.credentials.test_reissuing import reissued
from tests.documents.factories import text_of
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def corrected(jp: int = 20) -> tuple[Registration, Award]:
    award = issued()[0]
    row = Registration.objects.with_names().get()
    correct_jp(registration=row, jp=jp, reason="Pulang lebih awal", actor=SYSTEM)
    return Registration.objects.with_names().get(), award


def again(award: Award, hours: int = 20) -> Award:
    new = reissue_award(award=award, hours=hours, reason="JP diperbaiki", issued_on=DAY, actor=SYSTEM)
    jobs.run_pending()
    new.refresh_from_db()
    return new


def test_a_correction_names_the_papers_that_say_the_old_number_until_they_are_issued_again() -> None:
    row, award = corrected()
    assert [paper.can_be_issued_again for paper in stale_papers(row)] == [True, False]
    new = again(award)
    row = Registration.objects.with_names().get()
    assert (row.award, stale_papers(row)) == (new, [])
    assert (new.hours, new.replaces, new.holder_name) == (20, award, award.holder_name)


def test_paper_and_badge_say_the_credited_hours_beside_the_curriculum() -> None:
    _row, award = corrected()
    new = again(award)
    assert new.document.content["programme"]["jp"] == award.document.content["programme"]["jp"] == 24
    assert said(new)["credentialSubject"]["creditsEarned"] == 20
    assert new.document.file is not None
    assert "diakui 20" in text_of(read_bytes(new.document.file)).replace("\xa0", " ").replace("\n", " ")
    back = again(new, hours=24)
    assert "credited_jp" not in back.document.content["programme"]
    assert "diakui" not in page(check(back.document.content))["programme"]["circumstances"]


def test_the_old_code_says_void_and_leads_to_the_new_one_but_not_to_another_name(client: Client) -> None:
    _row, award = corrected()
    new = again(award)
    page = client.get(f"/verify/{award.verify_code}")
    assert page.context["answer"].verdict == "void"
    assert new.verify_code in page.content.decode()
    renamed = reissued(new)
    assert renamed.hours == 20
    assert renamed.verify_code not in client.get(f"/verify/{new.verify_code}").content.decode()


@pytest.mark.parametrize("hours", [24, -1, 1_001])
def test_the_same_or_impossible_hours_issue_nothing(hours: int) -> None:
    award = issued()[0]
    with pytest.raises(Conflict):
        reissue_award(award=award, hours=hours, reason="x", issued_on=DAY, actor=SYSTEM)
    award.refresh_from_db()
    assert (award.is_issued, Award.objects.count()) == (True, 1)


def test_the_organiser_is_led_there_from_the_correction_and_a_stranger_is_not() -> None:
    award = issued()[0]
    row = Registration.objects.with_names().get()
    client = client_of(make_user(Role.ORGANISER, award.organisation))
    at = f"/pelatihan/pendaftaran/{row.code}/jp/"
    answer = client.post(at, {"jp": 20, "reason": "Pulang lebih awal"})
    assert answer["Location"] == f"{at}terbit-ulang/"
    page = client.get(answer["Location"]).content.decode()
    assert award.number in page
    assert "Pulang lebih awal" in page
    assert client_of(make_user(Role.ORGANISER, make_agency("Lain"))).get(answer["Location"]).status_code == 404
    assert client.post(answer["Location"], {"reason": "", "issued_on": DAY.isoformat()}).status_code == 422
    assert client.post(answer["Location"], {"reason": "JP diperbaiki", "issued_on": DAY.isoformat()}).status_code == 302
    jobs.run_pending()
    assert Registration.objects.get().award_id != award.pk
    assert award.number not in client.get(answer["Location"]).content.decode()
    assert client.post(answer["Location"], {"reason": "JP", "issued_on": DAY.isoformat()}).status_code == 200
    assert Award.objects.count() == 2
