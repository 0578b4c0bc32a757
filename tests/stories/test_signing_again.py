"""An official signs a batch with the e-sign client: a wrong passphrase is told, and the same page goes on with the right one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from enggang.access.enums import Role
from enggang.documents.models import Signature
from tests.documents.signing import EsignClient
from tests.documents.test_signing import by_service, frozen_paper
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_wrong_passphrase_does_not_end_the_page(visit: Visit, picture: Picture) -> None:
    place = frozen_paper().organisation
    account("Administrator Contoh", "admin@contoh.id", Role.ADMINISTRATOR, place)
    official = visit(width=360)
    sign_in(official, "admin@contoh.id")
    with EsignClient().running() as address:
        by_service(place, address)
        official.goto(f"/surat/{place.code}/tanda-tangan/")
        assert official.evaluate("document.documentElement.scrollWidth") == 360
        official.fill("input[name=nik]", "6171010101010001")
        official.fill("input[name=passphrase]", "salah")
        button = official.locator("form[data-sign-batch] button")
        button.click()
        expect(official.locator("[data-sign-told]")).to_contain_text("Passphrase anda salah")
        expect(button).to_be_enabled()
        picture(official, "signing-refused")
        official.fill("input[name=passphrase]", "benar")
        button.click()
        expect(official.locator("form[data-sign-batch]")).to_have_count(0)
    assert Signature.objects.get().state == "attached"
