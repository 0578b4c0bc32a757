"""Ways of signing on the screen: added, a batch signed with and without script, signed files brought and decided."""

from __future__ import annotations

import io
import re

import pytest
from pytest_django import DjangoAssertNumQueries

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.documents.domain.attaching import (
    attach_signature,
)
from enggang.documents.domain.documents import render_document
from enggang.documents.models import Signature, SigningMethod
from enggang.documents.queries.signing import waiting_papers
from enggang.documents.signing.pades import PdfSigner
from enggang.places.models import Organisation
from tests.documents.signing import EsignClient, as_pkcs12
from tests.documents.test_signing import (
    KEY,
    by_service,
    by_upload,
    client,
    frozen_paper,
    stamped,
)
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Organisation:
    return organisation()


def test_the_page_shows_ways_and_adds_them(place: Organisation) -> None:
    browser, address = client(place), f"/surat/{place.code}/tanda-tangan/"
    assert browser.get(address).status_code == 200
    today = clock.today().isoformat()
    made = browser.post(address + "cara/key/", {"name": "Segel elektronik", "valid_from": today})
    assert made.status_code == 302
    method = SigningMethod.objects.get()
    assert method.self_made
    assert "Segel elektronik" in browser.get(address).content.decode()
    wrong = io.BytesIO(as_pkcs12(KEY))
    wrong.name = "kunci.p12"
    answer = browser.post(address + "cara/key/", {"name": "B", "valid_from": today, "key": wrong, "passphrase": "x"})
    assert answer.status_code == 422
    answer = browser.post(address + "cara/service/", {"name": "B", "valid_from": today})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"address", "login", "password"}
    browser.post(f"{address}cara/{method.pk}/akhir/", {"valid_to": today})
    method.refresh_from_db()
    assert method.valid_to == clock.today()
    assert client(place, Role.ORGANISER).get(address + "cara/key/").status_code == 404


def test_a_batch_is_signed_on_the_page_with_and_without_script(place: Organisation) -> None:
    esign = EsignClient()
    for _each in range(2):
        frozen_paper(place)
    browser, address = client(place, Role.ORGANISER), f"/surat/{place.code}/tanda-tangan/bubuhkan/"
    with esign.running() as service:
        by_service(place, service)
        typed = {"nik": "6171010101010001", "passphrase": "salah"}
        answer = browser.post(address, typed, headers={"Accept": "application/json"})
        assert answer.json() == {"signed": 0, "left": 2, "problem": answer.json()["problem"]}
        assert "Passphrase anda salah" in answer.json()["problem"]
        page = browser.post(address, {"nik": "12", "passphrase": "benar"})
        assert page.status_code == 422
        assert "benar" not in page.content.decode()
        answer = browser.post(address, {**typed, "passphrase": "benar"}, headers={"Accept": "application/json"})
        assert answer.json() == {"signed": 2, "left": 0, "problem": ""}
        frozen_paper(place)
        assert browser.post(address, {**typed, "passphrase": "benar"}).status_code == 200
    assert not waiting_papers(place).exists()


def test_signed_files_are_brought_and_decided_on_the_page(place: Organisation) -> None:
    by_upload(place)
    papers = [frozen_paper(place) for _each in range(2)]
    browser, address = client(place, Role.ORGANISER), f"/surat/{place.code}/tanda-tangan/"
    assert browser.get(address + "unduh/")["Content-Type"] == "application/zip"
    good, odd = (
        io.BytesIO(PdfSigner.of(KEY).sign(render_document(papers[0]))),
        io.BytesIO(stamped(render_document(papers[1]))),
    )
    good.name, odd.name = "a.pdf", f"{papers[1].code}.pdf"
    answer = browser.post(address + "unggah/", {"papers": [good, odd]})
    assert answer.context["files_form"].errors == {}
    assert (answer.context["not_taken"], answer.status_code) == ([], 200)
    proposed = Signature.objects.get(state="proposed")
    text = browser.get(address).content.decode()
    assert "Ditandatangani di portal" in text
    assert browser.get(f"{address}{proposed.pk}/berkas/")["Content-Type"] == "application/pdf"
    browser.post(f"{address}{proposed.pk}/terima/")
    assert Signature.objects.filter(state="attached").count() == 2
    assert browser.post(address + "unggah/").status_code == 422
    plain = io.BytesIO(render_document(papers[0]))
    plain.name = "tanpa-tanda-tangan.pdf"
    refused = browser.post(address + "unggah/", {"papers": [plain]})
    assert refused.status_code == 422
    told = refused.text.partition('<div class="alert alert--bad" role="alert">')[2]
    assert "tanpa-tanda-tangan.pdf" in told.partition("</div>")[0]
    assert not re.search(r"\[object", text)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_papers_as_for_one(
    place: Organisation, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by_upload(place)
    for _each in range(count):
        paper = frozen_paper(place)
        attach_signature(
            document=paper, signed=stamped(render_document(paper)), method=SigningMethod.objects.get(), actor=SYSTEM
        )
        frozen_paper(place)
    browser = client(place)
    browser.get(f"/surat/{place.code}/tanda-tangan/")
    with django_assert_max_num_queries(22):
        browser.get(f"/surat/{place.code}/tanda-tangan/")
