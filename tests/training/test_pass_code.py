"""What the hall and the desk ask to be typed stands on the participant's own page."""

from __future__ import annotations

import pytest
from django.test import Client

from enggang.attendance.forms.marking import ScanForm
from enggang.attendance.models import Pass
from enggang.core.actor import SYSTEM
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.registrations import hand_out_page
from tests.training.factories import make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db


def test_the_code_of_the_pass_stands_below_it_and_is_read_as_it_is_written() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Umum", 1))
    registration = seat(wave, make_person(agency))
    waiting = seat(wave, make_person(agency, "Lain"))
    code = Pass.objects.get(holder=registration.person.subject).code
    written = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    page = Client().get(f"/pelatihan/kursi/{hand_out_page(registration=registration, actor=SYSTEM)}/")
    assert f'<code class="code">{written}</code>' in page.content.decode()
    form = ScanForm({"token": written.lower()})
    assert form.is_valid()
    assert form.cleaned_data["token"] == code
    page = Client().get(f"/pelatihan/kursi/{hand_out_page(registration=waiting, actor=SYSTEM)}/")
    assert 'id="pass"' not in page.content.decode()
