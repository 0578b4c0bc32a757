"""A certificate under another name: one act, the old record kept, its code and its badge void, the next number new."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.credentials.badges.checking import check_badge
from enggang.credentials.domain.awards import void_award
from enggang.credentials.domain.reissuing import reissue_award
from enggang.credentials.findings import Fault
from enggang.credentials.models import Award
from enggang.documents.domain.signing import add_signing_key
from enggang.documents.models import Number, Signatory
from enggang.notices.models import Notice
from enggang.training.models import Registration
from tests.credentials.test_badges import issued
from tests.documents.signing import FIRST, a_key, as_pkcs12
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def reissued(award: Award, name: str = "Siti Aminah binti Ahmad") -> Award:
    new = reissue_award(award=award, name=name, reason="Ganti nama setelah menikah", issued_on=DAY, actor=SYSTEM)
    jobs.run_pending()
    new.refresh_from_db()
    return new


def test_the_new_one_carries_the_new_name_and_the_next_number_and_all_else_stays() -> None:
    old = issued()[0]
    before_name = old.person.name
    new = reissued(old)
    old.refresh_from_db()
    assert (old.is_void, old.void_reason, old.holder_name) == (True, "Ganti nama setelah menikah", before_name)
    assert (new.is_issued, new.holder_name, new.issued_on, new.replaces) == (True, "Siti Aminah binti Ahmad", DAY, old)
    assert [row.seq for row in Number.objects.order_by("seq")] == [1, 2]
    before, after = old.document.content, new.document.content
    assert before["programme"] == after["programme"]
    assert before["signatory"] == after["signatory"]
    assert (after["holder"]["nip"], after["verification"]["code"]) == (before["holder"]["nip"], new.verify_code)


def test_old_code_and_old_badge_say_void_and_the_new_ones_hold(client: Client) -> None:
    old = issued()[0]
    content = bytes(old.badge.content)
    new = reissued(old)
    assert client.get(f"/verify/{old.verify_code}").context["answer"].verdict == "void"
    assert client.get(f"/verify/{new.verify_code}").context["answer"].verdict == "valid"
    assert check_badge(content).fault == Fault.REVOKED
    finding = check_badge(bytes(Award.objects.get(pk=new.pk).badge.content))
    assert (finding.holds, finding.award) == (True, new)


def test_the_registration_leads_to_the_new_one_and_its_holder_is_told_once() -> None:
    old = issued()[0]
    told = Notice.objects.count()
    new = reissued(old)
    registration = Registration.objects.get()
    assert (registration.award, registration.printed_name) == (new, "Siti Aminah binti Ahmad")
    assert Notice.objects.count() == 2 * told  # as the first time: that it is ready, not that one is void


def test_another_signs_when_the_office_has_passed_on() -> None:
    old = issued()[0]
    row = Signatory.objects.create(
        organisation=old.organisation, form="an", post="Sekretaris", on_behalf="Kepala Dinas", name="Budi, S.E.",
        nip="19700101 199503 1 001", valid_from=clock.today() - timedelta(days=9),
    )  # fmt: skip
    new = reissue_award(award=old, name="Siti", reason="x", issued_on=DAY, signatory=row, actor=SYSTEM)
    assert new.document.content["signatory"] == {
        "post": "Sekretaris",
        "name": "Budi, S.E.",
        "nip": "197001011995031001",
        "above": "a.n. Kepala Dinas",
        "status": old.document.content["signatory"]["status"],
    }


@pytest.mark.parametrize(
    ("name", "reason"), [("", "x"), ("  ", "x"), ("the same", "x"), ("Siti", " "), ("Siti 漢", "x")]
)
def test_a_refusal_changes_nothing(name: str, reason: str) -> None:
    old = issued()[0]
    entries = AuditEntry.objects.count()
    asked = old.holder_name if name == "the same" else name
    with pytest.raises(Conflict):
        reissue_award(award=old, name=asked, reason=reason, issued_on=DAY, actor=SYSTEM)
    old.refresh_from_db()
    assert (old.is_issued, Award.objects.count(), Number.objects.count()) == (True, 1, 1)
    assert AuditEntry.objects.count() == entries


def test_a_void_one_is_not_issued_again_and_a_stranger_may_not() -> None:
    old = issued()[0]
    stranger = make_actor(Role.ORGANISER, make_agency("Lain"))
    with pytest.raises(NotAllowed):
        reissue_award(award=old, name="Siti", reason="x", issued_on=DAY, actor=stranger)
    void_award(award=old, reason="x", actor=SYSTEM)
    with pytest.raises(Conflict):
        reissue_award(award=old, name="Siti", reason="x", issued_on=DAY, actor=SYSTEM)


def test_a_paper_that_could_not_be_made_says_why_and_how_to_go_on() -> None:
    old = issued()[0]
    client = client_of(make_user(Role.ORGANISER, old.organisation))
    add_signing_key(
        organisation=old.organisation, name="Segel", validity=FIRST, content=as_pkcs12(a_key()), passphrase="rahasia",
        timestamp_url="http://127.0.0.1:9/", actor=SYSTEM,
    )  # fmt: skip
    form = {"name": "Siti", "reason": "Ganti nama", "issued_on": "2026-12-01"}
    made = client.post(f"/sertifikat/{old.code}/terbitkan-ulang", form, follow=True).content.decode()
    assert "Berkasnya sedang dibuat" in made
    jobs.run_pending()
    new = Award.objects.get(replaces=old)
    page = client.get(f"/sertifikat/{new.code}/").content.decode()
    job = Job.objects.get(name="credentials.draw_awards", state="failed")
    assert (new.state, "Otoritas stempel waktu tidak menjawab" in page) == ("reserved", True)
    assert f"/tugas/{job.code}/" in page
    other = client_of(make_user(Role.ORGANISER, old.organisation)).get(f"/sertifikat/{new.code}/").content.decode()
    assert f"/tugas/{job.code}/" not in other  # somebody else's job
    assert f"/tugas/{job.code}/" not in client.get(f"/sertifikat/{old.code}/").content.decode()


def test_the_button_on_the_page_leads_to_the_new_one() -> None:
    old = issued()[0]
    client = client_of(make_user(Role.ORGANISER, old.organisation))
    address = f"/sertifikat/{old.code}/terbitkan-ulang"
    refused = client.post(address, {"name": old.holder_name, "reason": "Ganti nama", "issued_on": "2026-12-01"})
    assert (refused.status_code, Award.objects.count()) == (422, 1)
    assert "Ganti nama" in refused.content.decode()
    page = client.post(address, {"name": "Siti", "reason": "Ganti nama", "issued_on": "2026-12-01"}, follow=True)
    new = Award.objects.get(replaces=old)
    assert page.redirect_chain[-1][0] == f"/sertifikat/{new.code}/"
    assert f"/sertifikat/{old.code}/" in page.content.decode()
    assert f"/sertifikat/{new.code}/" in client.get(f"/sertifikat/{old.code}/").content.decode()
    assert client.post(address, {"name": "Ani", "reason": "x", "issued_on": "2026-12-01"}).status_code == 422
    assert Award.objects.count() == 2
