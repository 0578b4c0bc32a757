"""Proposals of the public: sent without an account, confirmed by mail or telephone, decided, told, forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import LinkScope, Role
from enggang.access.models import CapabilityLink
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.models import Event
from enggang.events.queries.concepts import concept_by
from enggang.files.models import StoredFile
from enggang.notices.models import Notice
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.stories.domain import deciding, suggestions
from enggang.stories.domain.suggestion_retention import old_suggestions
from enggang.stories.enums_suggestions import Suggested, SuggestionState
from enggang.stories.forms import suggestions as forms
from enggang.stories.models import Destination, Suggestion
from enggang.stories.queries.suggestions import desk_for
from tests.events.factories import make_region
from tests.training.factories import client_of, make_actor, make_agency, make_user
from tests.training.uploads import JPEG

pytestmark = pytest.mark.django_db
FORM = "/cerita/usul/destinasi/"
TEXT = {
    "name": "Riam Contoh", "place": "Dusun Hulu", "when": "Setiap hari", "description": "Air terjun di hutan.",
    "person": "Contoh Warga", "group": "Pokdarwis Hulu", "phone": "0812-3456-7890", "email": "", "agrees": "on",
}  # fmt: skip


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "SOONEST", -1)
    cache.clear()


@pytest.fixture
def desk(agency: Organisation) -> Organisation:
    deciding.keep_desk(organisation=agency, version=0, is_open=True, phone="0561 736541", hours="Senin", actor=SYSTEM)
    return agency


def hidden(page: str = FORM) -> dict[str, Any]:
    said = Client().get(page).content.decode()
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', said)[0] for name in ("once", "made")}


def sent(region: Region, page: str = FORM, /, *, client: Client | None = None, **changed: Any) -> Any:
    data = {**TEXT, "region": region.pk, **hidden(page), **changed}
    return (client or Client()).post(page, data)


def send(region: Region, what: str = Suggested.DESTINATION, **facts: Any) -> suggestions.Sent:
    known = {name: text for name, text in TEXT.items() if name != "agrees"}
    return suggestions.send_suggestion(region=region, what=what, actor=ANONYMOUS, **{**known, **facts})


def confirmed(region: Region, what: str = Suggested.DESTINATION, **facts: Any) -> Suggestion:
    found = send(region, what, **facts)
    return deciding.confirm_by_phone(suggestion=found.suggestion, code=found.call_code.lower(), actor=SYSTEM)


# -- sending ------------------------------------------------------------------------------------------------


def test_without_an_open_desk_nothing_is_taken(region: Region) -> None:
    said = Client().get(FORM).content.decode()
    assert 'name="description"' not in said
    with pytest.raises(Conflict):
        send(region)


def test_the_desk_of_the_regency_goes_before_that_of_the_province(desk: Organisation, region: Region) -> None:
    found = desk_for(region)
    assert found
    assert found.organisation == desk
    own = make_agency("Dinas daerah")
    Organisation.objects.filter(pk=own.pk).update(region=region)
    deciding.keep_desk(organisation=own, version=0, is_open=True, phone="0561 1234567", hours="", actor=SYSTEM)
    found = desk_for(region)
    assert found
    assert found.organisation == own


def test_it_arrives_without_an_account_and_without_a_cookie_for_its_reader(desk: Organisation, region: Region) -> None:
    answer = sent(region, file=SimpleUploadedFile("foto.jpg", JPEG, "image/jpeg"))
    said = answer.content.decode()
    row = Suggestion.objects.get()
    assert answer.status_code == 200
    assert (row.state, row.organisation, row.phone) == ("sent", desk, "+6281234567890")
    assert row.photo
    code = re.findall(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{2})</strong>", said)[0]
    assert code.replace("-", "") not in str(Suggestion.objects.values())
    assert "0812" not in str(AuditEntry.objects.values_list("details", flat=True))


def test_a_mail_confirms_only_when_the_button_is_pressed(desk: Organisation, region: Region) -> None:
    sent(region, email="warga@contoh.example")
    notice = Notice.objects.get()
    address = re.findall(r"(/cerita/usul/saya/\S+/\S+/)", notice.text)[0]
    assert Client().get(address).status_code == 200
    assert Suggestion.objects.get().state == "sent"
    for _time in range(2):  # pressed twice is once
        assert Client().post(address, follow=True).status_code == 200
    row = Suggestion.objects.get()
    assert (row.state, row.confirmed_by) == ("confirmed", "mail")
    assert mail.outbox == []  # mails go by a job; the proposal does not wait for it


def test_the_own_page_alone_confirms_nothing(desk: Organisation, region: Region) -> None:
    found = send(region, email="warga@contoh.example")
    page = f"/cerita/usul/saya/{found.token}/"
    assert "suggestion_confirm" not in Client().get(page).content.decode()
    Client().post(f"{page}kunci-salah/")
    Client().post(f"{page}{'x' * 5_000}/")
    assert Suggestion.objects.get().state == "sent"


@pytest.mark.parametrize("changed", [
    {"name": ""}, {"name": "!!!"}, {"name": "x" * 161}, {"description": "x" * 3_001}, {"description": ""}, {"phone": "abc"}, {"region": ""},
    {"region": "61"}, {"region": "99.99"}, {"email": "bukan surel"}, {"agrees": ""}, {"person": ""}, {"homepage": "https://x.example"}, {"made": "x"},
    {"made": ""},
])  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    desk: Organisation, region: Region, changed: dict[str, Any]
) -> None:
    answer = sent(region, **{"group": "Pokdarwis yang diketik", **changed})
    assert answer.status_code == 422
    assert "Pokdarwis yang diketik" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_the_regencies_offered_are_those_that_somebody_reads_for(desk: Organisation, region: Region) -> None:
    far = Region.objects.create(code="11", name="Aceh", level=RegionLevel.PROVINCE)
    Region.objects.create(code="11.01", name="Kabupaten Aceh Selatan", level=RegionLevel.REGENCY, parent=far)
    province = region.parent
    assert province is not None
    Organisation.objects.filter(pk=desk.pk).update(region=province)
    said = Client().get(FORM).content.decode()
    assert f'value="{region.pk}"' in said
    assert "Aceh" not in said
    Organisation.objects.filter(pk=desk.pk).update(region=None)
    assert "Aceh" in Client().get(FORM).content.decode()


def test_the_form_travels_compressed_to_whoever_is_not_signed_in(desk: Organisation) -> None:
    packed = Client(headers={"accept-encoding": "gzip"})
    assert packed.get(FORM)["Content-Encoding"] == "gzip"
    known = client_of(make_user())
    assert "Content-Encoding" not in known.get(FORM, headers={"accept-encoding": "gzip"})


def test_a_program_is_too_quick(desk: Organisation, region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "SOONEST", 3)
    assert sent(region).status_code == 422
    assert not Suggestion.objects.exists()


def test_a_page_that_stood_open_for_days_is_sent_once_more(
    desk: Organisation, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LATEST", -1)
    answer = sent(region)
    assert answer.status_code == 422
    monkeypatch.setattr(forms, "LATEST", 60)
    made = re.findall(r'name="made" value="([^"]*)"', answer.content.decode())[0]
    assert sent(region, made=made).status_code == 200


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"%PDF-1.7 x", b"\xff\xd8\xff" + b"x" * (5 * 1024 * 1024)]
)
def test_only_pictures_of_a_size(desk: Organisation, region: Region, content: bytes) -> None:
    assert sent(region, file=SimpleUploadedFile("foto.jpg", content, "image/jpeg")).status_code == 422
    assert not StoredFile.objects.exists()
    assert not Suggestion.objects.exists()


def test_sent_twice_is_one(desk: Organisation, region: Region) -> None:
    same = hidden()
    assert sent(region, **same).status_code == 200
    again = sent(region, **same)
    assert again.status_code == 200
    assert "/cerita/usul/saya/" in again.content.decode()
    stranger = sent(region)  # another form, the same telephone: no private address is given away
    assert "/cerita/usul/saya/" not in stranger.content.decode()
    assert Suggestion.objects.count() == 1


def test_one_telephone_has_five_at_once(desk: Organisation, region: Region) -> None:
    for number in range(5):
        send(region, name=f"Riam {number}")
    with pytest.raises(Conflict):
        send(region, name="Riam keenam")
    assert send(region, name="Riam keenam", phone="0813 1111 2222").token


def test_unconfirmed_ones_have_an_end(desk: Organisation, region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "UNCONFIRMED", 1)
    send(region)
    with pytest.raises(Conflict):
        send(region, name="Lain", phone="0813 1111 2222")


def test_somebody_who_sends_a_hundred_is_stopped(
    desk: Organisation, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enggang.stories.views.suggest.TIMES", 2)
    answers = [sent(region, name=f"Riam {n}", phone=f"0812 3456 00{n}0").status_code for n in range(4)]
    assert answers == [200, 200, 422, 422]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Propose a destination"), ("ms", "Cadangkan"), ("zh", "推荐"), ("fr", "Usulkan")]
)
def test_in_the_language_the_visitor_came_from(desk: Organisation, language: str, words: str) -> None:
    assert words in Client().get(FORM, {"bahasa": language}).content.decode()


def test_nothing_else_can_be_proposed(desk: Organisation) -> None:
    assert Client().get("/cerita/usul/gubernur/").status_code == 404


# -- the proposer's page ------------------------------------------------------------------------------------


def test_another_s_link_and_an_expired_one_open_nothing(desk: Organisation, region: Region) -> None:
    one, other = send(region), send(region, name="Lain", phone="0813 1111 2222", email="a@contoh.example")
    with pytest.raises(NotAllowed):
        suggestions.withdraw_suggestion(suggestion=one.suggestion, actor=make_actor(Role.PARTICIPANT, desk))
    key = re.findall(r"/cerita/usul/saya/\S+/(\S+)/", Notice.objects.get().text)[0]
    Client().post(f"/cerita/usul/saya/{one.token}/{key}/")
    assert Suggestion.objects.get(pk=one.suggestion.pk).state == "sent"
    CapabilityLink.objects.filter(scope=LinkScope.SUGGESTION).update(expires_at=clock.now() - timedelta(days=1))
    for page in ("", "tarik/", f"{key}/"):
        assert Client().get(f"/cerita/usul/saya/{other.token}/{page}").status_code in {404, 405}
        assert Client().post(f"/cerita/usul/saya/{other.token}/{page}").status_code in {404, 405}
    assert Client().get("/cerita/usul/saya/tidak-ada/").status_code == 404


def test_it_can_be_withdrawn_until_it_is_decided(desk: Organisation, region: Region) -> None:
    found = send(region)
    Client().post(f"/cerita/usul/saya/{found.token}/tarik/")
    assert Suggestion.objects.get().state == "withdrawn"
    other = send(region, name="Lain")
    row = deciding.confirm_by_phone(suggestion=other.suggestion, code=other.call_code, actor=SYSTEM)
    deciding.refuse_suggestion(suggestion=row, reason="Sudah ada", actor=SYSTEM)
    Client().post(f"/cerita/usul/saya/{other.token}/tarik/")
    assert Suggestion.objects.get(pk=row.pk).state == "refused"


# -- deciding -----------------------------------------------------------------------------------------------


def test_only_the_right_code_confirms(desk: Organisation, region: Region) -> None:
    found = send(region)
    for wrong in ("", "ZZZZZZ", "x" * 500):
        with pytest.raises(Conflict):
            deciding.confirm_by_phone(suggestion=found.suggestion, code=wrong, actor=SYSTEM)
    row = deciding.confirm_by_phone(
        suggestion=found.suggestion, code=f"{found.call_code[:3]}-{found.call_code[3:]}", actor=SYSTEM
    )
    assert row.confirmed_by == "phone"


def test_an_accepted_place_is_a_draft_with_its_source(desk: Organisation, region: Region) -> None:
    row = deciding.accept_destination(suggestion=confirmed(region), kind="nature", actor=SYSTEM)
    place = Destination.objects.get()
    assert (row.state, row.destination, place.state, place.source) == ("accepted", place, "draft", deciding.SOURCE)
    assert place.organisation == desk
    assert not place.phone


def test_a_place_that_is_there_already_leaves_the_proposal_as_it_was(desk: Organisation, region: Region) -> None:
    deciding.accept_destination(suggestion=confirmed(region), kind="nature", actor=SYSTEM)
    other = confirmed(region, phone="0813 1111 2222")
    with pytest.raises(Conflict):
        deciding.accept_destination(suggestion=other, kind="nature", actor=SYSTEM)
    assert Suggestion.objects.get(pk=other.pk).state == "confirmed"


def test_an_accepted_event_becomes_the_idea_of_one(desk: Organisation, region: Region) -> None:
    row = confirmed(region, Suggested.EVENT)
    organiser = client_of(make_user(Role.ORGANISER, desk))
    assert concept_by(row.code, make_actor(Role.ORGANISER, desk)) is None
    organiser.post(f"/cerita/usulan/{row.code}/langkah/terima/")
    said = organiser.get(f"/cerita/usulan/{row.code}/").content.decode()
    start = re.findall(r'href="([^"]*konsep=[^"]*)"', said)[0]
    page = organiser.get(start).content.decode()
    assert "Air terjun di hutan." in page
    assert f'value="{region.pk}" selected' in page
    assert "Contoh Warga" not in page
    assert "81234567890" not in page
    assert concept_by(row.code, make_actor(Role.ORGANISER, make_agency("Dinas lain"))) is None
    assert not Event.objects.exists()


def test_the_wrong_way_for_its_kind_is_refused(desk: Organisation, region: Region) -> None:
    with pytest.raises(Conflict):
        deciding.accept_event(suggestion=confirmed(region), actor=SYSTEM)
    with pytest.raises(Conflict):
        deciding.accept_destination(
            suggestion=confirmed(region, Suggested.EVENT, phone="0813 1111 2222"), kind="nature", actor=SYSTEM
        )


def test_nothing_unconfirmed_is_accepted_and_nothing_decided_twice(desk: Organisation, region: Region) -> None:
    fresh = send(region, Suggested.EVENT).suggestion
    with pytest.raises(Conflict):
        deciding.accept_event(suggestion=fresh, actor=SYSTEM)
    row = confirmed(region, Suggested.EVENT, name="Lain")
    stale = Suggestion.objects.select_related("subject", "organisation").get(pk=row.pk)
    deciding.accept_event(suggestion=row, actor=SYSTEM)
    with pytest.raises(Conflict):
        deciding.refuse_suggestion(suggestion=stale, reason="Tidak", actor=SYSTEM)


def test_a_refusal_has_a_reason_which_is_told_and_can_be_taken_back(desk: Organisation, region: Region) -> None:
    row = confirmed(region, email="warga@contoh.example")
    with pytest.raises(Conflict):
        deciding.refuse_suggestion(suggestion=row, reason="  ", actor=SYSTEM)
    row = deciding.refuse_suggestion(suggestion=row, reason="Sudah ada dalam daftar.", actor=SYSTEM)
    notice = Notice.objects.order_by("pk").last()
    assert notice
    assert "Sudah ada dalam daftar." in notice.text
    own = re.findall(r"(/cerita/usul/saya/\S+/)", notice.text)[0]
    assert "Sudah ada dalam daftar." in Client().get(own).content.decode()
    assert row.told_at
    again = deciding.take_up_again(suggestion=row, actor=SYSTEM)
    assert (again.state, again.reason, again.decided_at) == ("confirmed", "", None)


def test_without_mail_staff_tell_by_telephone(desk: Organisation, region: Region) -> None:
    row = deciding.refuse_suggestion(suggestion=confirmed(region), reason="Bukan wisata.", actor=SYSTEM)
    assert row.is_to_be_told
    client = client_of(make_user(Role.COORDINATOR, desk))
    assert row.name in client.get("/cerita/usulan/?perlu=untold").content.decode()
    client.post(f"/cerita/usulan/{row.code}/langkah/disampaikan/")
    assert not Suggestion.objects.get().is_to_be_told
    with pytest.raises(Conflict):
        deciding.note_told(suggestion=Suggestion.objects.select_related("organisation").get(), actor=SYSTEM)


def test_who_may(desk: Organisation, region: Region) -> None:
    row = confirmed(region)
    other = make_agency("Dinas lain")
    for actor in (make_actor(Role.ORGANISER, other), make_actor(Role.LEADER, desk), make_actor(Role.COORDINATOR, desk)):
        with pytest.raises(NotAllowed):
            deciding.refuse_suggestion(suggestion=row, reason="x", actor=actor)
    page = f"/cerita/usulan/{row.code}/"
    assert client_of(make_user(Role.ORGANISER, other)).get(page).status_code == 404
    leader = client_of(make_user(Role.LEADER, desk)).get(page).content.decode()
    assert "Contoh Warga" not in leader
    assert "Contoh Warga" in client_of(make_user(Role.COORDINATOR, desk)).get(page).content.decode()


def test_the_photo_is_for_the_office_alone(desk: Organisation, region: Region) -> None:
    sent(region, file=SimpleUploadedFile("foto.jpg", JPEG, "image/jpeg"))
    page = f"/cerita/usulan/{Suggestion.objects.get().code}/foto/"
    assert client_of(make_user(Role.ORGANISER, desk)).get(page).status_code == 200
    assert client_of(make_user(Role.ORGANISER, make_agency("Dinas lain"))).get(page).status_code == 404
    assert Client().get(page).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(desk: Organisation, region: Region) -> None:
    client = client_of(make_user(Role.ORGANISER, desk))

    def asked() -> int:
        client.get("/cerita/usulan/")
        with CaptureQueriesContext(connection) as questions:
            assert client.get("/cerita/usulan/").status_code == 200
        return len(questions)

    send(region)
    one = asked()
    send(region, name="Dua")
    send(region, name="Tiga")
    assert asked() == one


def test_no_name_leaves_in_the_list_as_a_file(desk: Organisation, region: Region) -> None:
    send(region)
    said = client_of(make_user(Role.ORGANISER, desk)).post("/cerita/usulan/", {"form": "csv"}).content.decode()
    assert "Riam Contoh" in said
    assert "Contoh Warga" not in said


def test_a_desk_is_opened_and_closed_by_an_organiser(agency: Organisation) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    page = f"/cerita/usulan/penerima/{agency.code}/"
    assert client.post(page, {"is_open": "on", "phone": "bukan", "hours": ""}).status_code == 422
    client.post(page, {"is_open": "on", "phone": "0561-736541", "hours": "Senin", "version": ""})
    assert 'name="description"' in Client().get(FORM).content.decode()
    assert client.post(page, {"phone": "0561-736541", "version": "99"}).status_code == 422
    client.post(page, {"phone": "0561-736541", "version": "1"})
    assert 'name="description"' not in Client().get(FORM).content.decode()
    assert client_of(make_user(Role.COORDINATOR, agency)).get(page).status_code == 404


# -- forgetting ---------------------------------------------------------------------------------------------


def test_what_is_personal_goes_in_time(desk: Organisation, region: Region) -> None:
    sent(region, file=SimpleUploadedFile("foto.jpg", JPEG, "image/jpeg"))
    unconfirmed = Suggestion.objects.get()
    refused = deciding.refuse_suggestion(suggestion=confirmed(region, name="Lama"), reason="Tidak", actor=SYSTEM)
    withdrawn = send(region, name="Ditarik")
    Client().post(f"/cerita/usul/saya/{withdrawn.token}/tarik/")
    assert old_suggestions() == 1
    Suggestion.objects.filter(pk=unconfirmed.pk).update(sent_at=clock.now() - timedelta(days=31))
    Suggestion.objects.filter(pk=refused.pk).update(decided_at=clock.now() - timedelta(days=366))
    assert old_suggestions() == 2
    assert old_suggestions() == 0
    for row in Suggestion.objects.all():
        assert {row.person, row.phone, row.email, row.group} <= {"-", ""}
    assert Suggestion.objects.get(pk=refused.pk).name == "Lama"
    stored = StoredFile.objects.get()
    assert stored.delete_after
    assert stored.delete_after < clock.today()
    assert SuggestionState(Suggestion.objects.get(pk=unconfirmed.pk).state) == SuggestionState.WITHDRAWN
