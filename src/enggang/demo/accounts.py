"""One account per role, so that every home page can be seen. Their passwords are made on this machine."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.domain.passwords import set_password
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation

WORDS = "gawai robo saprahan kapuas betang tenun sape mandau rangkong ruai durian sentarum".split()


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    handle: str
    name: str


def make_accounts() -> tuple[list[SignIn], str]:
    """Make the accounts; answers them with the one password they share."""
    password = "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(9000) + 1000}"
    places = {key: Organisation.objects.get(key=key) for key in ("kalbar", "kalbar/disporapar", "kalbar/sambas")}
    rows = [
        _account(Role.ADMINISTRATOR, "Admin Contoh", None, password),
        _account(Role.ORGANISER, "Penyelenggara Contoh", places["kalbar"], password),
        _account(Role.COORDINATOR, "Koordinator Sambas (contoh)", places["kalbar/sambas"], password),
        _account(Role.INSTRUCTOR, "Instruktur Contoh", places["kalbar/disporapar"], password),
        _participant(password),
        _superior(password),
        _account(Role.GRADER, "Penilai Karya Contoh", places["kalbar/disporapar"], password),
        _account(Role.ASSESSOR, "Asesor Contoh", places["kalbar"], password),
        _account(Role.TREASURER, "Bendahara Contoh", places["kalbar/disporapar"], password),
        _account(Role.LEADER, "Pimpinan Contoh", places["kalbar"], password),
        _account(Role.INSPECTOR, "Pemeriksa Contoh", places["kalbar"], password),
    ]
    return rows, password


def _account(role: Role, name: str, organisation: Organisation | None, password: str) -> SignIn:
    user, handle = _user(role, name, password)
    grant_role(user=user, role=role, organisation=organisation, actor=SYSTEM)
    return SignIn(role, handle, name)


def _user(role: Role, name: str, password: str) -> tuple[User, str]:
    user = create_account(name=name, actor=SYSTEM)
    handle = f"{role}@demo.enggang"
    # The demonstration has no mailbox to confirm from: its own addresses count as confirmed.
    Handle.objects.create(user=user, kind=HandleKind.EMAIL, value=handle, verified_at=clock.now())
    set_password(user=user, password=password, actor=SYSTEM)
    return user, handle


def _participant(password: str) -> SignIn:
    """Somebody with a seat in the wave of these days."""
    person = Person.objects.filter(registrations__wave__starts_on=clock.today(), user=None).order_by("pk").first()
    return _linked(Role.PARTICIPANT, person, password)


def _superior(password: str) -> SignIn:
    """Somebody of the same agency, who leads the participant."""
    led = Person.objects.filter(user__isnull=False, registrations__isnull=False).order_by("pk").first()
    work = Employment.objects.present().filter(person=led).first()
    others = Employment.objects.filter(organisation=work.organisation if work else None, person__user=None)
    other = others.select_related("person").order_by("-person_id").first()
    if work and other:
        Employment.objects.filter(pk=work.pk).update(superior=other.person)
    return _linked(Role.SUPERIOR, other.person if other else None, password)


def _linked(role: Role, person: Person | None, password: str) -> SignIn:
    name = person.name if person else str(role.label)
    user, handle = _user(role, name, password)
    if person:
        Person.objects.filter(pk=person.pk).update(user=user)
    return SignIn(role, handle, name)
