"""Rights and consents: stated step by step, kept of people, and what their withdrawal does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import ANONYMOUS, SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.media.domain.consents import (
    add_likeness,
    drop_likeness,
    hand_out_consent,
    keep_consent,
    withdraw_consent,
)
from enggang.media.domain.publishing import publish_asset, queue_recheck, withdraw_asset
from enggang.media.domain.rights import state_rights
from enggang.media.enums import AssetState
from enggang.media.models import Asset, Consent, RightsStatement
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from tests.media.rights import FREE, accepted, consent_of, fresh, in_order, published, shows, work
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 bukti"


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


class TestRights:
    def test_own_work_is_the_authors_and_gets_its_credit_line(self, agency: Organisation) -> None:
        asset = work(agency)
        Asset.objects.filter(pk=asset.pk).update(author_name="Ibu Contoh")
        state_rights(asset=fresh(asset), own_work=True, licence="cc-by-4.0", people="nobody", actor=SYSTEM)
        row = RightsStatement.objects.get()
        assert (row.holder, row.credit) == ("Ibu Contoh", "Ibu Contoh / Disporapar")

    def test_two_tabs_meet(self, agency: Organisation) -> None:
        asset = in_order(work(agency))
        state_rights(asset=fresh(asset), version=1, holder="Ani", actor=SYSTEM)
        with pytest.raises(Conflict):
            state_rights(asset=fresh(asset), version=1, holder="Budi", actor=SYSTEM)
        assert RightsStatement.objects.get().holder == "Ani"

    @pytest.mark.parametrize("wrong", [{"licence": "gratis"}, {"people": "ramai"}, {"holder": "x" * 200}])
    def test_nonsense_is_refused(self, agency: Organisation, wrong: dict[str, str]) -> None:
        with pytest.raises((Conflict, ValidationError)):
            state_rights(asset=work(agency), actor=SYSTEM, **{**FREE, **wrong})
        assert not RightsStatement.objects.exists()

    def test_last_day_before_the_first_is_refused(self, agency: Organisation) -> None:
        day = clock.today()
        with pytest.raises(ValidationError):
            state_rights(asset=work(agency), actor=SYSTEM, **FREE, valid_from=day, valid_to=day - timedelta(days=1))

    def test_a_stranger_states_nothing(self, agency: Organisation) -> None:
        other = load_user(make_user(Role.ORGANISER, make_agency("Lain")).pk)
        with pytest.raises(NotAllowed):
            state_rights(asset=work(agency), actor=other, **FREE)
        with pytest.raises(NotAllowed):
            publish_asset(asset=accepted(in_order(work(agency))), actor=other)

    def test_a_licence_that_ends_shuts_it_by_night_and_tells_its_keepers(self, agency: Organisation) -> None:
        keeper = make_user(Role.ORGANISER, agency)
        asset = published(agency)
        today = clock.today(agency.time_zone)
        RightsStatement.objects.update(valid_to=today - timedelta(days=1))
        queue_recheck()
        jobs.run_pending()
        asset = fresh(asset)
        assert (asset.state, asset.release.reasons) == (AssetState.ACCEPTED, ["expired"])
        assert Notice.objects.filter(user_id=keeper.pk, title__contains="Sampan").exists()
        queue_recheck()
        jobs.run_pending()
        assert Notice.objects.filter(user_id=keeper.pk, channel="inbox").count() == 1
        state_rights(asset=asset, valid_to=None, actor=SYSTEM)
        publish_asset(asset=fresh(asset), actor=SYSTEM)
        assert fresh(asset).release.withdrawn_at is None

    def test_rights_that_change_shut_it_at_once(self, agency: Organisation) -> None:
        asset = published(agency)
        state_rights(asset=asset, people="some", actor=SYSTEM)
        assert fresh(asset).state == AssetState.ACCEPTED


class TestConsents:
    def test_withdrawing_shuts_every_work_of_the_person_at_once(self, agency: Organisation) -> None:
        consent = consent_of(agency)
        both = [shows(published(agency, name), consent) for name in ("Satu", "Dua")]
        other = published(agency, "Tiga")
        withdraw_consent(consent=consent, note="lewat telepon", evidence=(PDF, "surat.pdf"), actor=SYSTEM)
        assert [fresh(each).state for each in (*both, other)] == ["accepted", "accepted", "published"]
        consent.refresh_from_db()
        assert consent.is_withdrawn
        assert consent.withdrawal_evidence is not None
        with pytest.raises(Conflict):
            withdraw_consent(consent=consent, actor=SYSTEM)
        with pytest.raises(Conflict):
            publish_asset(asset=fresh(both[0]), actor=SYSTEM)

    def test_the_person_withdraws_by_their_private_address(self, agency: Organisation) -> None:
        consent = consent_of(agency)
        asset = shows(published(agency), consent)
        token = hand_out_consent(consent=consent, actor=SYSTEM)
        url = reverse("media:consent_by_link", args=[token])
        page = Client().get(url).content.decode()
        assert "Ibu Contoh" in page
        assert "Sampan" in page
        Client().post(url, {"note": "tidak mau lagi"})
        assert fresh(asset).state == AssetState.ACCEPTED
        assert Client().get(reverse("gallery:work", args=[asset.code])).status_code == 410
        assert "Ibu Contoh" in Client().get(url).content.decode()
        assert Client().get(reverse("media:consent_by_link", args=["x" * 32])).status_code == 404

    def test_of_a_minor_the_page_names_the_guardian_who_agreed(self, agency: Organisation) -> None:
        consent = consent_of(agency, "Anak Contoh", is_minor=True, guardian="Bapak Wali")
        token = hand_out_consent(consent=consent, actor=SYSTEM)
        page = Client().get(reverse("media:consent_by_link", args=[token])).content.decode()
        assert "Bapak Wali setuju atas nama Anak Contoh" in " ".join(page.split())
        assert "Anda setuju bahwa" not in page

    def test_a_new_address_ends_the_former(self, agency: Organisation) -> None:
        consent = consent_of(agency)
        first = hand_out_consent(consent=consent, actor=SYSTEM)
        hand_out_consent(consent=consent, actor=SYSTEM)
        assert Client().get(reverse("media:consent_by_link", args=[first])).status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [
            {"scopes": []}, {"scopes": ["semua"]}, {"person": ""}, {"person": "x" * 300}, {"is_minor": True},
            {"expires_on": clock.today() - timedelta(days=9999)}, {"evidence": (b"<html>", "x.pdf")},
            {"evidence": (b"%PDF" + b"0" * 6_000_000, "x.pdf")},
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_not_kept(self, agency: Organisation, wrong: dict[str, Any]) -> None:
        with pytest.raises((Conflict, ValidationError)):
            consent_of(agency, **wrong)
        assert not Consent.objects.exists()

    def test_a_person_is_put_beside_a_work_once_and_taken_off(self, agency: Organisation) -> None:
        consent, asset = consent_of(agency), work(agency)
        asset = shows(asset, consent)
        with pytest.raises(Conflict):
            add_likeness(asset=asset, consent=consent, actor=SYSTEM)
        drop_likeness(asset=asset, likeness_id=asset.likenesses.get().pk, actor=SYSTEM)
        with pytest.raises(Conflict):
            drop_likeness(asset=fresh(asset), likeness_id=0, actor=SYSTEM)

    def test_after_a_withdrawal_nobody_is_quietly_taken_off(self, agency: Organisation) -> None:
        consent = consent_of(agency)
        asset = shows(work(agency), consent)
        withdraw_consent(consent=consent, actor=SYSTEM)
        with pytest.raises(Conflict):
            drop_likeness(asset=fresh(asset), likeness_id=asset.likenesses.get().pk, actor=SYSTEM)
        with pytest.raises(Conflict):
            keep_consent(
                organisation=agency, consent=Consent.objects.get(), person="X", scopes=["web"], actor=SYSTEM,
                given_on=clock.today(),
            )  # fmt: skip

    def test_of_another_agency_it_is_no_use(self, agency: Organisation) -> None:
        with pytest.raises(Conflict):
            add_likeness(asset=work(agency), consent=consent_of(make_agency("Lain")), actor=SYSTEM)

    def test_nobody_withdraws_for_a_stranger(self, agency: Organisation) -> None:
        with pytest.raises(NotAllowed):
            withdraw_consent(consent=consent_of(agency), actor=ANONYMOUS)

    def test_a_narrower_scope_shuts_it(self, agency: Organisation) -> None:
        consent = consent_of(agency)
        asset = shows(published(agency), consent)
        keep_consent(
            organisation=agency, consent=Consent.objects.get(), version=1, person="Ibu", scopes=["print"], actor=SYSTEM,
            given_on=clock.today(),
        )  # fmt: skip
        assert fresh(asset).state == AssetState.ACCEPTED


class TestScreens:
    def test_the_five_steps_to_a_published_work(self, client: Client, agency: Organisation) -> None:
        asset = work(agency)
        steps = {
            "karya": {"own_work": "no", "holder": "Ibu Contoh"}, "orang": {"people": "nobody"},
            "tempat": {"sensitivity": "none", "precision": "regency"}, "lisensi": {"licence": "cc-by-4.0"},
            "uraian": {"title": "Sampan", "alt_id": "Sampan di sungai", "tags": "Kapuas, sungai, kapuas"},
        }  # fmt: skip
        for step, data in steps.items():
            answer = client.post(reverse("media:rights_step", args=[asset.code, step]), data)
            assert answer.status_code == 302, (step, answer.content.decode())
        for step in ("ajukan", "nilai", "terima", "terbitkan"):
            client.post(reverse("media:move", args=[asset.code, step]))
        found = fresh(asset)
        assert found.state == AssetState.PUBLISHED
        assert [each.tag.name for each in found.tagged.all()] == ["Kapuas", "sungai"]
        page = client.get(reverse("media:rights", args=[asset.code])).content.decode()
        assert "Everybody can see it." in page

    def test_why_a_work_was_withdrawn_stands_there_and_of_one_never_shown_nothing_is_asked(
        self, client: Client, agency: Organisation
    ) -> None:
        asset, draft = published(agency), work(agency, "Draf")
        client.post(reverse("media:move", args=[asset.code, "cabut"]), {"note": ""})
        assert fresh(asset).state == AssetState.PUBLISHED
        client.post(reverse("media:move", args=[asset.code, "cabut"]), {"note": "Surat ahli waris"})
        assert "Surat ahli waris" in client.get(reverse("media:rights", args=[asset.code])).content.decode()
        client.post(reverse("media:move", args=[draft.code, "cabut"]))
        assert fresh(draft).state == AssetState.WITHDRAWN

    def test_a_shut_gate_says_why_and_keeps_what_was_typed(self, client: Client, agency: Organisation) -> None:
        asset = work(agency)
        page = client.get(reverse("media:rights", args=[asset.code])).content.decode()
        assert "Nobody has said under which licence it may be shown." in page
        wrong = {"own_work": "no", "holder": ""}
        answer = client.post(reverse("media:rights_step", args=[asset.code, "karya"]), wrong)
        assert answer.status_code == 422
        odd = {"licence": "cc-by-4.0", "credit": "Kredit Saya", "valid_to": "kemarin"}
        answer = client.post(reverse("media:rights_step", args=[asset.code, "lisensi"]), odd)
        assert answer.status_code == 422
        assert "Kredit Saya" in answer.content.decode()

    def test_an_agreement_is_corrected_without_its_proof_being_brought_again(
        self, client: Client, agency: Organisation
    ) -> None:
        asset = work(agency)
        step = reverse("media:rights_step", args=[asset.code, "lisensi"])
        proof = reverse("media:rights_proof", args=[asset.code])
        assert client.get(proof).status_code == 404
        client.post(step, {"licence": "custom", "proof": SimpleUploadedFile("surat.pdf", PDF)})
        answer = client.post(step, {"licence": "custom", "terms": "Hanya untuk pameran"})
        assert answer.status_code == 302
        assert RightsStatement.objects.get().terms == "Hanya untuk pameran"
        assert proof in client.get(f"{reverse('media:rights', args=[asset.code])}?langkah=lisensi").content.decode()
        assert b"".join(client.get(proof)) == PDF

    @pytest.mark.parametrize(
        ("step", "first", "second"),
        [
            ("lisensi", {"licence": "cc-by-4.0"}, {"licence": "reserved"}),
            ("uraian", {"title": "Sampan", "alt_id": "Satu"}, {"title": "Perahu", "alt_id": "Dua"}),
        ],
    )
    def test_of_two_tabs_the_second_is_told(
        self, client: Client, agency: Organisation, step: str, first: dict[str, str], second: dict[str, str]
    ) -> None:
        asset = work(agency)
        page = client.get(f"{reverse('media:rights', args=[asset.code])}?langkah={step}").content.decode()
        found = re.search(r'name="version" value="(\d+)"', page)
        assert found
        url = reverse("media:rights_step", args=[asset.code, step])
        assert client.post(url, {**first, "version": found[1]}).status_code == 302
        answer = client.post(url, {**second, "version": found[1]})
        assert answer.status_code == 422
        assert "newer version" in answer.content.decode()
        assert (fresh(asset).alt_id, RightsStatement.objects.filter(licence="reserved").count()) in {
            ("Satu", 0),
            ("", 0),
        }

    def test_a_consent_from_the_wizard_stands_beside_the_work(self, client: Client, agency: Organisation) -> None:
        asset = work(agency)
        url = f"{reverse('media:consent_new', args=[agency.code])}?karya={asset.code}"
        form = {"person": "Ani", "scopes": ["web"], "given_on": clock.today().isoformat()}
        assert client.get(url).status_code == 200
        client.post(url, form)
        assert asset.likenesses.get().consent.person == "Ani"
        bad = client.post(url, {**form, "person": "Budi", "is_minor": "on"})
        assert bad.status_code == 422
        assert "Budi" in bad.content.decode()
        stranger = f"{reverse('media:consent_new', args=[agency.code])}?karya={work(make_agency('Lain')).code}"
        assert client.post(stranger, form).status_code == 404

    def test_the_list_the_page_and_the_withdrawal(self, client: Client, agency: Organisation) -> None:
        consent = consent_of(agency, evidence=(PDF, "lembar.pdf"))
        shows(published(agency), consent)
        assert "Ibu Contoh" in client.get(reverse("media:consents")).content.decode()
        assert "Sampan" in client.get(reverse("media:consent", args=[consent.code])).content.decode()
        file = client.get(reverse("media:consent_file", args=[consent.code, "bukti"]))
        assert b"".join(file) == PDF
        assert client.get(reverse("media:consent_file", args=[consent.code, "lain"])).status_code == 404
        address = client.post(reverse("media:consent_link", args=[consent.code])).content.decode()
        assert "/izin/saya/" in address
        client.post(reverse("media:consent_withdraw", args=[consent.code]), {"note": "surat"})
        assert Consent.objects.get().is_withdrawn

    def test_a_list_of_three_asks_no_more_than_one_of_one(self, client: Client, agency: Organisation) -> None:
        counts = []
        for person in ("Ani", "Budi", "Cici"):
            consent_of(agency, person)
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("media:consents"))
            counts.append(len(asked))
        assert counts[0] == counts[2]

    def test_withdrawn_by_its_keeper_it_comes_back_only_by_review(self, client: Client, agency: Organisation) -> None:
        asset = published(agency)
        client.post(reverse("media:move", args=[asset.code, "cabut"]), {"note": "salah unggah"})
        assert fresh(asset).state == AssetState.WITHDRAWN
        client.post(reverse("media:move", args=[asset.code, "terbitkan"]))
        assert fresh(asset).state == AssetState.WITHDRAWN
        client.post(reverse("media:move", args=[asset.code, "ajukan"]))
        assert fresh(asset).state == AssetState.SUBMITTED
        with pytest.raises(Conflict):
            publish_asset(asset=fresh(asset), actor=SYSTEM)
        withdraw_asset(asset=fresh(asset), actor=SYSTEM)


def test_one_that_ends_within_a_month_is_told_in_time(client: Client, agency: Organisation) -> None:
    today = clock.today()
    for days, label in ((31, "in force"), (30, "ends soon"), (0, "ends soon")):
        consent = consent_of(agency, f"Ibu {days}", expires_on=today + timedelta(days=days))
        page = client.get(reverse("media:consents"), {"q": consent.person}).content.decode()
        assert label in page
    withdraw_consent(consent=consent, actor=SYSTEM)
    assert "ends soon" not in client.get(reverse("media:consents"), {"q": consent.person}).content.decode()
