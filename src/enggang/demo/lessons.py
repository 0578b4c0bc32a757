"""A question bank of every kind, and tests: a pair that was sat with its gain, and a pre-test that is open now. All made up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.surveys.bodies import read_body
from enggang.surveys.domain.attempts import Given, hand_in, save_answers
from enggang.surveys.domain.bank import add_question
from enggang.surveys.domain.tests import close_test, open_test
from enggang.surveys.models import Attempt, AttemptItem, Question
from enggang.training.domain.testing import begin_test, prepare_tests
from enggang.training.enums import Phase
from enggang.training.models import Registration, Wave, WaveTest

ZONE, SEED, SAT = ZoneInfo("Asia/Pontianak"), 38, 24
QUESTIONS = (
    ("single", "Fotografi", "Pengaturan mana yang mengatur lamanya cahaya masuk?", "*Kecepatan rana\nISO\nKeseimbangan putih"),
    ("single", "Fotografi", "Aturan sepertiga membagi bingkai menjadi berapa bagian?", "Empat\nEnam\n*Sembilan"),
    ("multiple", "Fotografi", "Apa saja yang memengaruhi pencahayaan?", "*ISO\n*Diafragma\n*Kecepatan rana\nTripod"),
    ("truefalse", "Etika", "Wajah anak boleh diunggah tanpa izin orang tuanya.", "salah"),
    ("truefalse", "Etika", "Karya orang lain dipakai sesuai lisensinya.", "benar"),
    ("short", "Videografi", "Istilah untuk susunan gambar sebelum pengambilan video?", "storyboard\npapan cerita"),
    ("matching", "Videografi", "Pasangkan istilah dengan artinya.", "Pan = kamera menoleh\nZum = gambar mendekat\nDoli = kamera bergeser"),
    ("single", "Videografi", "Berapa gambar per detik yang lazim untuk video media sosial?", "5\n*30\n300"),
)  # fmt: skip


def lay_down_bank(wave: Wave) -> list[Question]:
    """Call once; any wave of the agency will do."""
    return [
        add_question(
            organisation=wave.organisation, topic=topic, kind=kind, text=text, body=read_body(kind, lines), actor=SYSTEM
        )
        for kind, topic, text, lines in QUESTIONS
    ]  # fmt: skip


def lay_down_sat_tests(wave: Wave, bank: Sequence[Question]) -> None:
    """For a wave that is over: most sat both tests, and knew more in the second."""
    chance = random.Random(SEED)
    with clock.frozen_at(_at(wave.starts_on, 7)):
        prepare_tests(wave=wave, questions=bank, minutes=30, actor=SYSTEM)
    rows = list(wave.registrations.seated().with_names().select_related("person__user").order_by("pk")[:SAT])
    for phase, day, knows in ((Phase.PRE, wave.starts_on, 0.4), (Phase.POST, wave.ends_on, 0.8)):
        test = WaveTest.objects.select_related("test__organisation", "test__subject").get(wave=wave, phase=phase).test
        with clock.frozen_at(_at(day, 14)):
            open_test(test=test, actor=SYSTEM)
            for row in rows:
                _sit(row, phase, knows, chance)
            test.refresh_from_db()
            close_test(test=test, actor=SYSTEM)


def lay_down_open_test(wave: Wave, bank: Sequence[Question]) -> None:
    """For the wave of these days: whoever has a seat can begin."""
    prepare_tests(wave=wave, questions=bank, minutes=20, actor=SYSTEM)
    test = WaveTest.objects.select_related("test__organisation", "test__subject").get(wave=wave, phase=Phase.PRE).test
    open_test(test=test, closes_at=clock.now() + timedelta(days=2), actor=SYSTEM)


def _sit(row: Registration, phase: Phase, knows: float, chance: random.Random) -> None:
    own = holder_of(row)
    begun = begin_test(registration=row, phase=phase, actor=own)
    attempt = Attempt.objects.with_test().get(pk=begun.pk)
    given = {
        item.pk: Given(_answer(item, right=chance.random() < knows), item.revision)
        for item in attempt.items.select_related("item__version")
    }
    save_answers(attempt=attempt, given=given, actor=own)
    hand_in(attempt=attempt, actor=own)


def holder_of(row: Registration) -> Actor:
    """Whoever holds the private page of a participant."""
    return Actor(ActorKind.LINK, "link:demo", scopes=frozenset({(str(LinkScope.REGISTRATION), row.code)}))


def _answer(row: AttemptItem, *, right: bool) -> Any:
    """In the form in which the page sends it."""
    version = row.item.version
    assert version is not None
    if version.kind == "truefalse":
        return "true" if version.body["right"] is right else "false"
    if version.kind == "short":
        return "papan cerita" if right else "naskah"
    if version.kind == "matching":
        return [(1, 1), (2, 2), (3, 3)] if right else [(1, 2), (2, 1), (3, 3)]
    rights = [option["id"] for option in version.body["options"] if option["right"]]
    wrong = [option["id"] for option in version.body["options"] if not option["right"]]
    return rights if right else wrong[:1]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)
