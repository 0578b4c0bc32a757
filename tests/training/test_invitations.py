from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain.letters import issue_letter, void_letter
from enggang.documents.models import Letter
from enggang.documents.queries.wordings import shipped_wordings
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain import invitations as acts
from enggang.training.domain.invitations import Office
from enggang.training.enums import AddresseeState
from enggang.training.models import Addressee, Wave
from tests.documents.factories import letterhead, signatory, text_of
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def lettered_wave(**facts: Any) -> Wave:
    """A wave whose organiser has a letterhead and somebody who signs."""
    agency = make_agency("Disporapar")
    letterhead(agency)
    signatory(agency)
    return make_wave(agency, **facts)


def draft(wave: Wave, *offices: Office, separate: bool = False) -> list[Letter]:
    return acts.draft_invitations(
        wave=wave, wording=shipped_wordings()[0], signatory=wave.organisation.signatories.get(), offices=offices,
        separate=separate, actor=SYSTEM,
    )  # fmt: skip


def issue(letter: Letter, number: str = "005/1/D/2026") -> Letter:
    return issue_letter(letter=letter, dated=clock.today(), number=number, actor=SYSTEM)


def invited(wave: Wave | None = None, to: Organisation | None = None) -> tuple[Addressee, str]:
    """An office that was sent the invitation, and its private address."""
    wave = wave or lettered_wave()
    letter = issue(draft(wave, Office(to or make_agency("Bappeda"), "Kepala"))[0])
    shared = acts.send_invitation(addressee=letter.addressees.with_names().get(), actor=SYSTEM)
    return shared.addressee, "/" + shared.address.split("/", 3)[3]


def test_one_letter_for_all_or_one_for_each() -> None:
    wave = lettered_wave()
    offices = [Office(make_agency(name), "Sekretaris Daerah") for name in ("Sambas", "Landak", "Melawi")]
    one = draft(wave, *offices)
    assert len(one) == 1
    assert one[0].addressees.count() == 3
    each = draft(wave, *offices, separate=True)
    assert [len(letter.content["addressees"]) for letter in each] == [1, 1, 1]
    assert {letter.about_id for letter in each} == {wave.subject_id}


def test_the_letter_says_what_the_wave_is() -> None:
    from enggang.documents.domain.letters import draw_letter

    wave = lettered_wave(name="Gelombang #7 *x*")
    text = text_of(draw_letter(draft(wave, Office(make_agency("Bappeda"), "Kepala"))[0]))
    for part in ("Gelombang #7 *x*", "Pelatihan ASN Kreatif", "24 jam pelajaran", "08.00", "Bappeda", f"/{wave.code}/"):
        assert part in text


@pytest.mark.parametrize("names", [[], ["A", "A"]])
def test_nobody_and_the_same_office_twice_are_refused(names: list[str]) -> None:
    wave, to = lettered_wave(), make_agency("Bappeda")
    with pytest.raises(Conflict):
        draft(wave, *[Office(to, name) for name in names])
    assert not Letter.objects.exists()


def test_without_a_letterhead_the_organiser_is_told() -> None:
    agency = make_agency()
    signatory(agency)
    with pytest.raises(Conflict, match="belum mempunyai kop surat"):
        draft(make_wave(agency), Office(make_agency("B"), "Kepala"))


def test_a_draft_cannot_be_sent() -> None:
    wave = lettered_wave()
    row = draft(wave, Office(make_agency("B"), "Kepala"))[0].addressees.with_names().get()
    with pytest.raises(Conflict, match="Terbitkan dulu"):
        acts.send_invitation(addressee=row, actor=SYSTEM)


def test_sending_tells_the_coordinators_there_and_above_and_makes_a_text() -> None:
    regency = make_agency("Kabupaten")
    agency = make_agency("Dinas", regency)
    above, there = make_user(Role.COORDINATOR, regency), make_user(Role.COORDINATOR, agency)
    make_user(Role.COORDINATOR, make_agency("Lain"))
    make_user(Role.COORDINATOR)  # of the whole installation: no address of this letter
    row, address = invited(to=agency)
    assert row.state == AddresseeState.SENT
    assert set(Notice.objects.values_list("user_id", flat=True)) == {above.pk, there.pk}
    assert all(f"/undangan/{row.code}/" in href for href in Notice.objects.values_list("href", flat=True))
    assert Client().get(address).status_code == 200


def test_the_private_page_opens_by_its_button_and_not_by_being_fetched() -> None:
    row, address = invited()
    page = Client().get(address)
    row.refresh_from_db()
    assert row.state == AddresseeState.SENT  # a messenger's preview fetches the address, too
    assert page.context["seats"]
    for pool in page.context["seats"]:  # "1 of 1 free" means nothing without whose seats they are
        assert pool.label in page.content.decode()
    letter = Client().post(f"{address}surat/")
    assert letter.content.startswith(b"%PDF-")
    assert "attachment" in letter["Content-Disposition"]
    row.refresh_from_db()
    assert row.state == AddresseeState.OPENED
    assert row.opened_at is not None


def test_confirming_declining_and_changing_ones_mind() -> None:
    row, address = invited()
    Client().post(f"{address}jawab/", {"answer": "no", "reason": " "})
    row.refresh_from_db()
    assert row.state == AddresseeState.SENT
    Client().post(f"{address}jawab/", {"answer": "no", "reason": "Bertepatan dengan audit"})
    row.refresh_from_db()
    assert (row.state, row.reason) == (AddresseeState.DECLINED, "Bertepatan dengan audit")
    Client().post(f"{address}jawab/", {"answer": "yes"})
    row.refresh_from_db()
    assert (row.state, row.reason) == (AddresseeState.CONFIRMED, "")
    assert row.answered_by_key.startswith("link:")


def test_answering_twice_is_the_same_answer() -> None:
    _row, address = invited()
    Client().post(f"{address}jawab/", {"answer": "yes"})
    first = Addressee.objects.get().answered_at
    Client().post(f"{address}jawab/", {"answer": "yes"})
    assert Addressee.objects.get().answered_at == first


def test_a_link_opens_only_its_own_invitation() -> None:
    wave = lettered_wave()
    row, address = invited(wave)
    token = address.rstrip("/").rsplit("/", 1)[1]
    for wrong in ("x", token + "x", "%00"):
        assert Client().get(f"/pelatihan/undang/{wrong}/").status_code == 404
    other = issue(draft(wave, Office(make_agency("Lain"), "Kepala"))[0], "2").addressees.with_names().get()
    acts.send_invitation(addressee=other, actor=SYSTEM)
    assert Client().get(f"/pelatihan/undangan/{other.code}/").status_code == 302
    assert Client().get(f"/pelatihan/kursi/{token}/").status_code == 404  # a right of another sort
    Client().post(f"{address}jawab/", {"answer": "yes"})
    other.refresh_from_db()
    assert other.state == AddresseeState.SENT
    assert row.code != other.code


def test_taking_the_sending_back_ends_the_address_and_sending_again_makes_another() -> None:
    row, address = invited()
    acts.recall_invitation(addressee=row, actor=SYSTEM)
    assert Client().get(address).status_code == 404
    again = acts.send_invitation(addressee=row, actor=SYSTEM)
    assert Client().get("/" + again.address.split("/", 3)[3]).status_code == 200
    acts.answer_invitation(addressee=row, confirmed=True, actor=SYSTEM)
    with pytest.raises(Conflict, match="sudah dijawab"):
        acts.recall_invitation(addressee=row, actor=SYSTEM)
    acts.clear_answer(addressee=row, actor=SYSTEM)
    assert row.state == AddresseeState.OPENED


def test_a_voided_letter_needs_no_answer() -> None:
    row, address = invited()
    void_letter(letter=row.letter, reason="salah tanggal", actor=SYSTEM)
    page = Client().get(address).content.decode()
    assert "salah tanggal" in page
    Client().post(f"{address}jawab/", {"answer": "yes"})
    row.refresh_from_db()
    assert row.state == AddresseeState.SENT


def test_a_reminder_goes_to_those_who_have_not_answered() -> None:
    wave = lettered_wave()
    agency = make_agency("Dinas")
    make_user(Role.COORDINATOR, agency)
    row, _address = invited(wave, agency)
    before = Notice.objects.count()
    assert [each.pk for each in acts.remind_addressees(wave=wave, actor=SYSTEM)] == [row.pk]
    assert Notice.objects.count() == before + 1
    row.refresh_from_db()
    assert acts.share_invitation(addressee=row, actor=SYSTEM).text.startswith("*")
    acts.answer_invitation(addressee=row, confirmed=True, actor=SYSTEM)
    with pytest.raises(Conflict, match="sudah menjawab"):
        acts.remind_addressees(wave=wave, actor=SYSTEM)


def test_strangers_may_do_nothing() -> None:
    row, _address = invited()
    stranger = make_actor(Role.ORGANISER, make_agency("Lain"))
    coordinator = make_actor(Role.COORDINATOR, row.organisation)
    for act in (acts.recall_invitation, acts.clear_answer, acts.share_invitation, acts.open_invitation):
        with pytest.raises(NotAllowed):
            act(addressee=row, actor=stranger)
    with pytest.raises(NotAllowed):
        acts.recall_invitation(addressee=row, actor=coordinator)
    assert acts.answer_invitation(addressee=row, confirmed=True, actor=coordinator).state == AddresseeState.CONFIRMED


# -- screens ------------------------------------------------------------------------------------------


def test_the_whole_way_on_the_screen() -> None:
    wave = lettered_wave()
    to = make_agency("Badan Kepegawaian")
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    signs = wave.organisation.signatories.get()
    address = f"/pelatihan/gelombang/{wave.code}/surat/"
    form = {"wording": "invitation/1", "signatory": signs.pk, "separate": "no", "others": "Kepala; nowhere"}
    refused = client.post(f"{address}undangan/", form)
    assert refused.status_code == 422
    assert "Kepala; nowhere" in refused.content.decode()
    drafted = client.post(f"{address}undangan/", {**form, "others": f"Kepala; {to.name}"}, follow=True)
    letter = Letter.objects.get()
    page = drafted.redirect_chain[-1][0]
    assert page == f"/surat/naskah/{letter.code}/"
    assert client.get(f"{page}pdf/").content.startswith(b"%PDF-")
    blocks = {f"block-{key}": text for key, text in letter.content["blocks"].items()}
    client.post(
        f"{page}ubah/", {**blocks, "block-subject": "Hal baru", "signatory": signs.pk, "version": letter.version}
    )
    assert client.post(f"{page}nomor/", {"dated": "2026-11-12"}).status_code == 422
    far = client.post(f"{page}nomor/", {"number": "005/9", "dated": (clock.today() + timedelta(days=400)).isoformat()})
    assert (far.status_code, far.context["number_form"]["number"].value()) == (422, "005/9")
    for _press in range(2):
        client.post(f"{page}nomor/", {"number": "005/9", "dated": clock.today().isoformat()})
    letter.refresh_from_db()
    assert (letter.title, letter.is_issued) == ("Hal baru", True)
    assert client.get(f"{page}docx/").content.startswith(b"PK")
    client.post(f"{page}pindaian/", {"file": SimpleUploadedFile("x.pdf", b"%PDF-1")})
    assert client.get(f"{page}pindaian/unduh/").content == b"%PDF-1"
    sent = client.post(f"{address}langkah/kirim/")
    assert "/pelatihan/undang/" in sent.context["shared"][0].text
    listed = client.get(address).content.decode()
    assert "005/9" in listed
    assert str(to) in listed


def test_the_tab_asks_as_often_for_one_letter_as_for_three() -> None:
    wave = lettered_wave()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/surat/"
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            invited_to = make_agency(f"Dinas {rows}-{number}")
            draft(wave, Office(invited_to, "Kepala"))
            seat(wave, make_person(invited_to)) if wave.offer.pools.get().size > 1 and rows == 1 else None
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_own_assignment_letter_is_written_for_the_committee() -> None:
    wave = lettered_wave()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/surat/tugas-panitia/"
    form = {"wording": "assignment/1", "signatory": wave.organisation.signatories.get().pk}
    for wrong in ("", "; x", "a;b;c;d;e;f"):
        assert client.post(address, {**form, "persons": wrong}).status_code == 422
    client.post(address, {**form, "persons": "Contoh Orang; 1; Penata; Analis; Panitia\nOrang Dua"})
    people = Letter.objects.get().content["persons"]
    assert [person["name"] for person in people] == ["Contoh Orang", "Orang Dua"]


def test_quota_owners_and_governments_are_suggested() -> None:
    from enggang.training.forms.letters import suggested_organisations

    agency, invited_to = make_agency("Disporapar"), make_agency("Dinas Lain")
    wave = make_wave(agency, PoolSpec("Dinas", 3, organisation=invited_to))
    assert list(suggested_organisations(wave)) == [invited_to]


def test_whoever_was_called_or_sends_people_is_suggested_too() -> None:
    from enggang.training.domain.nominations import invite_agency, open_call
    from enggang.training.forms.letters import suggested_organisations

    agency, called, sending, _other = (make_agency(name) for name in ("Disporapar", "Dinas A", "Dinas B", "Dinas C"))
    wave = make_wave(agency, PoolSpec("Terbuka", 3))
    assert list(suggested_organisations(wave)) == []
    until = clock.now() + timedelta(days=2)
    call = open_call(programme=wave.programme, title="Panggilan", waves=[wave], deadline=until, actor=SYSTEM)
    invite_agency(call=call, agency=called, quota=2, actor=SYSTEM)
    for person in (make_person(sending), make_person(agency)):
        seat(wave, person)
    assert set(suggested_organisations(wave)) == {called, sending}
