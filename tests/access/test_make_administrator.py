from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from enggang.access.enums import Role
from enggang.access.models import CapabilityLink, RoleGrant
from enggang.accounts.models import User
from enggang.core import clock

pytestmark = pytest.mark.django_db


def made(*arguments: str) -> str:
    out = StringIO()
    call_command("make_administrator", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_first_administrator_gets_a_link_for_the_password() -> None:
    url = made("Admin Daerah", "Admin@Contoh.id")
    grant = RoleGrant.objects.get()
    assert (grant.role, grant.organisation) == (Role.ADMINISTRATOR, None)
    assert Client().get(url.removeprefix("http://localhost:8000")).status_code == 200


def test_asking_twice_makes_no_second_account_and_ends_the_first_link() -> None:
    made("Admin Daerah", "198609262015052901")
    made("Admin Daerah", "19860926 201505 2 901")
    assert (User.objects.count(), RoleGrant.objects.count()) == (1, 1)
    assert CapabilityLink.objects.usable(clock.now()).count() == 1
