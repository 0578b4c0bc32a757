from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain import messages as acts
from enggang.training.domain.messages import write_to_wave
from enggang.training.enums import Audience
from enggang.training.models import Registration, Wave, WaveMessage
from enggang.training.queries.audience import addressed
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def mixed_wave() -> Wave:
    """Seated: one with an account, one with an e-mail address, one with neither. Waiting: one."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 3))
    for name, email in (("Ani", ""), ("Budi", "budi@kalbar.example"), ("Citra", ""), ("Dedi", "dedi@kalbar.example")):
        seat(wave, make_person(agency, name, email=email))
    ani = Registration.objects.get(person__name="Ani").person
    ani.user = make_user()
    ani.save()
    return wave


def test_a_message_reaches_each_by_the_way_they_have_and_is_counted() -> None:
    wave = mixed_wave()
    write_to_wave(wave=wave, audience=Audience.SEATED, title="Besok", text="Bawa kamera.", actor=SYSTEM)
    assert not Notice.objects.exists()
    jobs.run_pending()
    message = WaveMessage.objects.get()
    assert (message.told, message.by_inbox, message.by_email, message.by_hand) == (3, 1, 1, 1)
    assert message.is_delivered
    assert set(Notice.objects.values_list("channel", "title")) == {("inbox", "Besok"), ("email", "Besok")}
    assert all("Bawa kamera." in text for text in Notice.objects.values_list("text", flat=True))


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.ALL, {"Ani", "Budi", "Citra", "Dedi"}),
        (Audience.WAITING, {"Dedi"}),
        (Audience.UNCONFIRMED, {"Budi", "Citra"}),
    ],
)
def test_each_audience_is_who_it_says(audience: Audience, names: set[str]) -> None:
    wave = mixed_wave()
    Registration.objects.filter(person__name="Ani").update(name_confirmed_at=clock.now())
    assert {row.person.name for row in addressed(wave, audience)} == names


def test_a_delivery_that_was_cut_off_goes_on_and_tells_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "BATCH", 1)
    wave = mixed_wave()
    message = write_to_wave(wave=wave, audience=Audience.ALL, title="Besok", text="Bawa kamera.", actor=SYSTEM)
    acts.deliver_batch(message=message, actor=SYSTEM)
    stale = WaveMessage.objects.get()
    stale.delivered_upto = 0
    acts.deliver_batch(message=stale, actor=SYSTEM)
    assert WaveMessage.objects.get().told == 1
    jobs.run_pending()
    assert WaveMessage.objects.get().told == 4
    assert Notice.objects.count() == 3


def test_nobody_in_the_audience_is_told_and_nothing_is_kept() -> None:
    wave = make_wave(make_agency())
    with pytest.raises(Conflict):
        write_to_wave(wave=wave, audience=Audience.ALL, title="Besok", text="x", actor=SYSTEM)
    assert not WaveMessage.objects.exists()


def test_only_the_organiser_writes_to_a_wave() -> None:
    wave = mixed_wave()
    actor = make_actor(Role.INSTRUCTOR, wave.organisation)
    with pytest.raises(NotAllowed):
        write_to_wave(wave=wave, audience=Audience.ALL, title="Besok", text="x", actor=actor)
    assert not WaveMessage.objects.exists()


def test_the_tab_writes_keeps_what_was_typed_and_hands_over_the_text_for_whatsapp() -> None:
    wave = mixed_wave()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/pesan/"
    ready = client.get(address, {"untuk": "unconfirmed"}).context["form"]
    assert ready.initial["audience"] == Audience.UNCONFIRMED
    assert ready.initial["text"]
    refused = client.post(address, {"audience": "seated", "title": "", "text": "Bawa kamera."})
    assert refused.status_code == 422
    assert "Bawa kamera." in refused.content.decode()
    sent = client.post(address, {"audience": "seated", "title": "Besok", "text": "Bawa kamera."}, follow=True)
    jobs.run_pending()
    page = client.get(sent.redirect_chain[0][0])
    assert page.context["text"].startswith("*Besok*\n\nBawa kamera.")
    assert [person.name for person, _link in page.context["people"]] == ["Citra"]
    assert "Besok" in client.get(address).content.decode()


def test_a_watcher_reads_the_log_and_writes_nothing() -> None:
    wave = mixed_wave()
    client = client_of(make_user(Role.INSPECTOR, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/pesan/"
    assert client.get(address).context["form"] is None
    assert client.post(address, {"audience": "seated", "title": "x", "text": "x"}).status_code == 404
