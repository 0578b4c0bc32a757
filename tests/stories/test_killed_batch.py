"""A batch of certificates whose worker is killed twice, and what comes of it: a stranger's phone reads the code on the
paper, checks paper and badge, and is told everywhere when one of them is void.

Forty papers as a rule; the five hundred that are promised with ``--long``. The worker is killed for real (``kill -9``) while
it holds a set that is drawn and signed and not on record.
"""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from django.conf import settings as installed
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.credentials.models import Award, Badge
from enggang.documents.domain.signing import Validity, add_signing_key
from enggang.documents.models import Number, Signature
from enggang.documents.queries.soundness import changed_papers, changed_signed_papers, registers_with_gaps
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.completion import decide_outcomes
from enggang.training.models import Registration, Wave
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, sign_in
from tests.stories.test_credentials import check_by_tools_of_others, checked, command, take_home, void_everywhere
from tests.training.factories import SIGNING
from tests.training.test_completion import held_wave

pytestmark = pytest.mark.django_db(transaction=True)
DRAWING = "credentials.draw_awards"

KILLED = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "enggang.config.settings"
import django
django.setup()
from enggang.core import jobs
from enggang.credentials.domain import drawing
keep, sets = drawing.finish_awards, int(sys.argv[2])
def keep_and_hang(papers):
    global sets
    if sets == 0:
        print("signed", flush=True)
        time.sleep(600)
    sets -= 1
    return keep(papers)
drawing.finish_awards = keep_and_hang
jobs.run_job(int(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def public_url(settings: Settings, live_server: LiveServer) -> None:
    settings.PUBLIC_URL, settings.DEMO = live_server.url, True


@pytest.mark.parametrize("people", [40, pytest.param(500, marks=pytest.mark.long)])
def test_a_batch_killed_twice_stands_up_before_a_stranger(
    visit: Visit,
    live_server: LiveServer,
    worker: Callable[[], int],
    picture: Picture,
    public_url: None,
    tmp_path: Path,
    child_environment: dict[str, str],
    people: int,
) -> None:
    child_environment["ENGGANG_PUBLIC_URL"] = live_server.url
    wave = asked(people)
    sets = people // 40  # of ten papers each
    for kept in (sets * 10, sets * 20):  # killed at about a quarter, and at about the half
        kill_in_the_middle(child_environment, sets)
        assert Award.objects.filter(state="issued").count() == Signature.objects.count() == kept
    again()
    worker()
    all_is_there_once(people)

    paper, badge, card = take_home(visit(width=360), wave, tmp_path, picture)
    stranger = visit(width=360)
    read_by_a_camera(stranger, paper)
    for file in (paper, badge, card):
        assert checked(stranger, file) == "good", file
    check_by_tools_of_others(paper)
    assert command(badge) == command(card) == 0

    account("Administrator Contoh", "admin@contoh.id", Role.ADMINISTRATOR, wave.organisation)
    staff = visit()
    sign_in(staff, "admin@contoh.id")
    first = Award.objects.order_by("pk")[0]
    assert not is_listed_as_void(stranger, first)
    void_everywhere(staff, stranger, [paper, badge, card], picture)
    cache.clear()  # the list may be kept for an hour, and says so
    assert is_listed_as_void(stranger, first)
    assert not is_listed_as_void(stranger, Award.objects.order_by("pk")[1])
    assert {command(file) for file in (paper, badge, card)} == {1}
    read_by_a_camera(stranger, paper, tone="bad")


def asked(people: int) -> Wave:
    """Everybody has passed, and their certificates are asked for, to be signed with the organisation's own key."""
    wave = held_wave(present=1, sessions=1, people=people)
    decide_outcomes(wave=wave, actor=SYSTEM)
    add_signing_key(organisation=wave.organisation, name="Segel contoh", validity=Validity(SIGNING.on), actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    return wave


def kill_in_the_middle(environment: dict[str, str], sets: int) -> None:
    again()
    command = [sys.executable, "-c", KILLED, str(Job.objects.get(name=DRAWING).pk), str(sets)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "signed"
        child.kill()


def again() -> None:
    """What the lease does by itself after a while: the job of the one that died is handed out once more."""
    Job.objects.filter(name=DRAWING).update(state=JobState.QUEUED)


def all_is_there_once(people: int) -> None:
    assert Job.objects.get(name=DRAWING).state == JobState.DONE
    assert list(Number.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, people + 1))
    assert Award.objects.filter(state="issued").values("number").distinct().count() == people
    assert Signature.objects.filter(state="attached").count() == Badge.objects.count() == people
    assert [*registers_with_gaps(), *changed_papers(), *changed_signed_papers()] == []
    assert Registration.objects.filter(award__state="issued").count() == people


def read_by_a_camera(phone: Page, paper: Path, tone: str = "good") -> None:
    """The paper photographed a little askew, its square code read by a library that is not ours, the address opened."""
    draw = shutil.which("pdftoppm")
    if draw is None:
        pytest.skip("no pdftoppm on PATH")
    png = subprocess.run([draw, "-png", "-r", "110", "-l", "1", str(paper)], capture_output=True, check=True).stdout
    photo = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").rotate(4, expand=True, fillcolor=(214, 208, 196)).save(
        photo, "JPEG", quality=70
    )
    found = zxingcpp.read_barcodes(Image.open(photo))
    award = Award.objects.order_by("pk")[0]
    assert [each.text for each in found] == [f"{installed.PUBLIC_URL}/verify/{award.verify_code}"]
    phone.goto(found[0].text)
    expect(phone.locator(f"main .alert--{tone}").first).to_be_visible()
    expect(phone.locator("main")).to_contain_text(award.number)


def is_listed_as_void(page: Page, award: Award) -> bool:
    """What the status list tells anybody's software."""
    place = Badge.objects.get(award=award)
    text = page.request.get(f"/badges/status/{place.list_number}").json()["credentialSubject"]["encodedList"]
    bits = gzip.decompress(urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))
    return bool(bits[place.list_index // 8] >> (7 - place.list_index % 8) & 1)
