"""What is published goes out with its credit in every file, in cuts for the channels."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.models import Job
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.publishing import publish_asset
from enggang.media.domain.rights import state_rights
from enggang.media.models import Asset
from enggang.media.queries.kit import kit_for
from tests.media.factories import make_asset
from tests.media.rights import accepted, fresh, in_order
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


def test_publishing_makes_credited_cuts_and_the_kit_takes_them() -> None:
    agency = make_agency()
    asset = make_asset(agency, SYSTEM, width=1400, height=1000)
    publish_asset(asset=accepted(in_order(asset)), actor=SYSTEM)
    jobs.run_pending()
    found = fresh(Asset.objects.get())
    kit = {each.key: each for each in kit_for(found)}
    assert kit["instagram"].fits
    assert kit["story"].fits
    row = found.renditions.get(kind="medium", format="avif")
    with row.content.open("rb") as handle:
        assert b"Ibu Contoh" in handle.read()


def released(**facts: Any) -> Asset:
    asset = make_asset(make_agency(), SYSTEM, width=1400, height=1000, **facts)
    publish_asset(asset=accepted(in_order(asset)), actor=SYSTEM)
    jobs.run_pending()
    return fresh(Asset.objects.get())


def told(client: Client, asset: Asset, form: str = "jpeg") -> Any:
    return client.get(reverse("gallery:rendition", args=[asset.code, "medium", form]))


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def test_a_file_whose_credit_is_current_goes_out_as_it_was_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = released()
    written: list[bytes] = []

    def note(content: bytes, _credit: object) -> bytes:
        written.append(content)
        return content

    monkeypatch.setattr("enggang.media.views.public.with_credit", note)
    for form in ("jpeg", "webp", "avif"):
        answer = told(client, asset, form)
        assert answer.streaming
        assert whole(answer).count(b"<photoshop:Credit>Ibu Contoh") == 1
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "max-age=60" in answer["Cache-Control"]
        assert told(client, asset, form).status_code == 200
        again = client.get(answer.request["PATH_INFO"], headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
    assert not written


def test_between_a_change_and_its_job_the_new_credit_is_written_as_the_file_goes_out(client: Client) -> None:
    asset = released()
    before = told(client, asset)["ETag"]
    state_rights(asset=asset, credit="Sanggar Baru", actor=SYSTEM)
    answer = told(client, asset)
    content = whole(answer)
    assert b"Sanggar Baru" in content
    assert b"Ibu Contoh / " not in content
    assert answer["ETag"] != before
    jobs.run_pending()
    later = told(client, asset)
    assert later.streaming
    assert b"Sanggar Baru" in whole(later)
    assert not asset.renditions.filter(marks="", kind__in=["small", "medium", "large"]).exists()


def test_of_two_changes_the_older_job_does_not_come_last(client: Client) -> None:
    asset = released()
    state_rights(asset=asset, credit="Pertama", actor=SYSTEM)
    state_rights(asset=fresh(asset), credit="Kedua", actor=SYSTEM)
    first, second = Job.objects.filter(name="media.mark_renditions", state="queued").order_by("pk")
    jobs.run_job(second.pk)
    jobs.run_job(first.pk)
    answer = told(client, asset)
    assert answer.streaming
    assert b"Kedua" in whole(answer)


def test_another_author_is_written_into_the_files_too(client: Client) -> None:
    asset = released()
    describe_asset(asset=asset, version=asset.version, author_name="Ibu Baru", actor=SYSTEM)
    jobs.run_pending()
    answer = told(client, asset)
    assert answer.streaming
    assert b"Ibu Baru" in whole(answer)
