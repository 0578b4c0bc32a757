"""Which way of signing is in force by the organisation's own calendar, whether it can be used, and what is done outside."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import NotAllowed
from enggang.core.management.commands import doctor
from enggang.documents.domain.attaching import attach_signatures, examined
from enggang.documents.domain.documents import render_document
from enggang.documents.domain.signing import Validity, add_signing_by_hand, add_signing_key, method_for, sign_with_key
from enggang.documents.enums import SigningBackend
from enggang.documents.queries.soundness import check_signing_keys
from tests.documents.signing import FIRST
from tests.documents.test_signing import by_key, by_upload, client, frozen_paper
from tests.places.factories import organisation
from tests.training.factories import make_actor

pytestmark = pytest.mark.django_db


def test_a_day_is_that_of_the_organisation() -> None:
    place = organisation()
    place.time_zone = "Asia/Jayapura"  # two hours before the installation's own
    by_key(place)
    day = date(2026, 3, 1)
    newer = add_signing_by_hand(
        organisation=place, name="Tangan", validity=Validity(day), backend=SigningBackend.UPLOAD, actor=SYSTEM
    )
    with clock.frozen_at(datetime(2026, 2, 28, 15, 30, tzinfo=UTC)):  # half past midnight there, not yet here
        assert clock.today() < day
        assert method_for(place, "certificate") == newer
        place.time_zone = "Asia/Pontianak"
        assert method_for(place, "certificate") != newer


def test_a_key_sealed_with_another_secret_is_told_by_the_doctor(settings: Settings) -> None:
    method = by_key(organisation())
    assert check_signing_keys()[0]
    settings.SECRET_KEY = "another" * 8
    finding = next(each for each in doctor.examine(invariants=False) if each.check == "signing")
    assert (finding.ok, method.name in finding.text) == (False, True)


def test_each_way_has_its_own_title() -> None:
    place = organisation()
    browser = client(place)
    pages = [browser.get(f"/surat/{place.code}/tanda-tangan/cara/{each}/") for each in SigningBackend.values]
    assert len({page.context["title"] for page in pages}) == 4


def test_the_form_for_files_signed_elsewhere_is_one_that_a_browser_sends() -> None:
    place = frozen_paper().organisation
    by_upload(place)
    page = client(place).get(f"/surat/{place.code}/tanda-tangan/").text
    form = re.search(rf'<form[^>]*action="/surat/{place.code}/tanda-tangan/unggah/"[^>]*>', page)
    assert form is not None
    assert 'method="post"' in form[0]
    assert 'enctype="multipart/form-data"' in form[0]


def test_examining_is_done_before_the_transaction() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_key(place)
    signed = sign_with_key(render_document(paper), method=method)
    with CaptureQueriesContext(connection) as asked:
        found = examined(document=paper, signed=signed, method=method, actor=SYSTEM)
    assert not any(each["sql"].startswith(("INSERT", "UPDATE", "SAVEPOINT", "BEGIN")) for each in asked)
    assert attach_signatures([found])[0].is_attached


def test_who_may_issue_may_not_yet_choose_the_key() -> None:
    place = organisation()
    with pytest.raises(NotAllowed):
        add_signing_key(organisation=place, name="Segel", validity=FIRST, actor=make_actor(Role.ORGANISER, place))
